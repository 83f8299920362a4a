/* See bulletin.h. The program's own sentences are in strings.def, so that they are recorded
 * as every other. */
#include "bulletin.h"

#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "lesson/address.h"
#include "source.h"
#include "ui/strings.h"

static void add(struct bulletin *b, struct arena *arena, const char *text, bool may_go)
{
    if (!text || !*text)
        return;
    ASSERT(b->n < BULLETIN_LINES_MAX);
    b->lines[b->n++] =
        (struct bulletin_line){ .text = arena_strdup(arena, address_fill(arena, text)),
                                .may_go = may_go };
}

/* A word card says what a word means, which is no news without it on a page. */
static bool is_told(const struct source_card *card)
{
    return !card->is_word && card->text.text;
}

/* Index of the first card that warns and is told, or n_cards. */
static size_t first_warning(const struct source_lesson *l)
{
    size_t i = 0;

    while (i < l->n_cards && !(is_told(&l->cards[i]) && l->cards[i].warns))
        i++;
    return i;
}

static void add_cards(struct bulletin *b, const struct source_lesson *l,
                      struct arena *arena)
{
    size_t warning = first_warning(l), n = 0;

    for (size_t i = 0; i < l->n_cards && n < BULLETIN_CARDS_MAX; i++) {
        const struct source_card *card = &l->cards[i];
        /* the last place is kept for the warning as long as it is to come */
        bool kept = warning < l->n_cards && warning > i && n + 1 == BULLETIN_CARDS_MAX;

        if (!is_told(card) || kept)
            continue;
        add(b, arena, card->text.text, true);
        if (card->warns)
            add(b, arena, card->note.text, true);
        n++;
    }
}

void bulletin_choose(const struct source_lesson *lesson, const char *when,
                     struct arena *arena, struct bulletin *out)
{
    *out = (struct bulletin){ 0 };
    add(out, arena, text_of(T_bul_open), false);
    add(out, arena, lesson->front.title, false);
    add_cards(out, lesson, arena);
    add(out, arena, text_of(T_bul_remember), false);
    add(out, arena, lesson->remember.text, false);
    add(out, arena, text_of(T_bul_where), false);
    add(out, arena, when, false);
}

int bulletin_ms(const struct bulletin *b)
{
    int ms = 0;

    for (size_t i = 0; i < b->n; i++)
        ms += b->lines[i].ms + (i ? BULLETIN_PAUSE_MS : 0);
    return ms;
}

enum err bulletin_fit(struct bulletin *b)
{
    size_t i = b->n;

    while (i-- && bulletin_ms(b) > BULLETIN_MS_MAX) {
        if (!b->lines[i].may_go)
            continue;
        memmove(&b->lines[i], &b->lines[i + 1], (b->n - i - 1) * sizeof(b->lines[0]));
        b->n--;
    }
    return bulletin_ms(b) > BULLETIN_MS_MAX ? ERR_REJECTED : ERR_OK;
}
