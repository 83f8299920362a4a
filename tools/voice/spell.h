/* Vietnamese as written, turned into the words that are spoken: numbers, money, phones,
 * dates, times, codes, short forms, signs. Pure. The words keep their place in the
 * written text, so that it can be lit while it is heard. */
#pragma once

#include <stddef.h>

struct arena;

/* Words of `say` and what they stand for. */
struct spell_piece {
    size_t from;           /* character of `say` where they begin: 0, 1, … */
    size_t offset, length; /* bytes of the text as written */
};

struct spelling {
    const char *say; /* words, with , . ? ! for pauses; "" when nothing is spoken */
    struct spell_piece *pieces; /* in order of `from` */
    size_t n_pieces;
};

/* `text` is valid UTF-8 in NFC. The result lives in `arena`. */
void spell_text(const char *text, struct arena *arena, struct spelling *out);
