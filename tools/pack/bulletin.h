/* What a commune's loudspeaker says of a lesson, in at most a minute: which of its texts, and
 * what is left out when they take longer. Pure. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct arena;
struct source_lesson;

#define BULLETIN_MS_MAX 60000
#define BULLETIN_PAUSE_MS 500 /* between two texts */
#define BULLETIN_CARDS_MAX 3
#define BULLETIN_LINES_MAX (6 + 2 * BULLETIN_CARDS_MAX)

struct bulletin_line {
    const char *text; /* one clip */
    bool may_go;      /* of a card: left out when there is no time */
    int ms;           /* how long it is; the caller writes it */
};
struct bulletin {
    struct bulletin_line lines[BULLETIN_LINES_MAX];
    size_t n;
};

/* Greeting, title, two or three cards (the first two and the first that warns, with its
 * note; no word cards), the sentence to remember, where to learn, and `when` unless it is
 * NULL. Texts are as they are spoken, in `arena`. */
void bulletin_choose(const struct source_lesson *lesson, const char *when,
                     struct arena *arena, struct bulletin *out);

int bulletin_ms(const struct bulletin *b); /* with the pauses */

/* Leaves out texts of cards, the last one first, until BULLETIN_MS_MAX holds. Errors:
 * ERR_REJECTED (too long without any). */
NODISCARD enum err bulletin_fit(struct bulletin *b);
