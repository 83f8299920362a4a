/* Any valid UTF-8 as a text to be spoken: the words are valid UTF-8, and each piece stands
 * for whole characters of the text, one behind the other. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/utf8.h"
#include "spell.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define TEXT_MAX 4000 /* bytes, as bdhvs-voice takes them */

static void look(const char *text, const struct spelling *s)
{
    size_t end = 0, from = 0;

    ASSERT(utf8_valid(s->say, strlen(s->say)));
    for (size_t i = 0; i < s->n_pieces; i++) {
        const struct spell_piece *p = &s->pieces[i];

        ASSERT(p->offset >= end && p->length > 0);
        ASSERT(i == 0 || p->from > from);
        ASSERT(utf8_valid(text + p->offset, p->length));
        end = p->offset + p->length;
        from = p->from;
    }
    ASSERT(end <= strlen(text));
    ASSERT(s->n_pieces == 0 || from < utf8_length(s->say));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = { 0 };
    struct spelling s;
    char *text;

    if (size > TEXT_MAX || !utf8_valid((const char *)data, size))
        return 0;
    text = arena_strndup(&arena, (const char *)data, size);
    spell_text(text, &arena, &s);
    look(text, &s);
    arena_finish(&arena);
    return 0;
}
