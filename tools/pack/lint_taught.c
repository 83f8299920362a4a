/* Walks the lessons in teaching order for each word that a word card teaches. Titles of
 * lessons and parts are names and may stand before. */
#include "lint_taught.h"

#include <ctype.h>
#include <string.h>

#include "report.h"

struct walk {
    struct report *report;
    const struct source_lesson *l; /* at hand */
    const char *word;
    bool taught;
    bool early; /* said once a lesson */
};

/* No letter or digit; of what is not ASCII only the quotes are none. */
static bool is_edge(const char *at, const char *quote)
{
    return (unsigned char)*at < 0x80 ? !isalnum((unsigned char)*at)
                                     : strncmp(at, quote, strlen(quote)) == 0;
}

/* As a word of its own. */
static bool uses(const char *text, const char *word)
{
    static const char opens[] = "“";
    size_t n = strlen(word), n_open = strlen(opens);

    for (const char *at = text; at && (at = strstr(at, word)); at += n) {
        bool begins = at == text || is_edge(at - 1, opens) ||
                      ((size_t)(at - text) >= n_open && is_edge(at - n_open, opens) &&
                       (unsigned char)at[-1] >= 0x80);

        if (begins && is_edge(at + n, "”"))
            return true;
    }
    return false;
}

static void look(struct walk *w, const char *text, int line)
{
    if (w->taught || w->early || !uses(text, w->word))
        return;
    w->early = true;
    report_problem(w->report, w->l->file, line,
                   "“%s” is used before its word card: write # Từ: %s before", w->word,
                   w->word);
}

static void walk_card(struct walk *w, const struct source_card *card)
{
    if (card->is_word && strcmp(card->title.text, w->word) == 0) {
        if (w->taught)
            report_problem(w->report, w->l->file, card->title.line,
                           "“%s” is taught twice: keep the first card of it", w->word);
        w->taught = true;
        return;
    }
    look(w, card->title.text, card->title.line);
    look(w, card->text.text, card->text.line);
    look(w, card->note.text, card->note.line);
}

static void walk_item(struct walk *w, const struct gift_item *item)
{
    look(w, item->stem, item->line);
    for (size_t i = 0; i < item->n_options; i++) {
        look(w, item->options[i].text, item->options[i].line);
        look(w, item->options[i].feedback, item->options[i].line);
    }
    for (size_t i = 0; i < item->n_parts; i++)
        walk_item(w, &item->parts[i]);
}

static void walk_lessons(const struct source *s, struct walk *w)
{
    for (size_t i = 0; i < s->n_modules; i++) {
        for (size_t k = 0; k < s->modules[i].n_lessons; k++) {
            w->l = &s->modules[i].lessons[k];
            w->early = false;
            for (size_t c = 0; c < w->l->n_cards; c++)
                walk_card(w, &w->l->cards[c]);
            for (size_t c = 0; c < w->l->n_items; c++)
                walk_item(w, &w->l->items[c]);
        }
    }
}

/* The first card of the word, so that each is walked for once. */
static bool is_first(const struct source *s, const struct source_card *card)
{
    for (size_t i = 0; i < s->n_modules; i++) {
        for (size_t k = 0; k < s->modules[i].n_lessons; k++) {
            const struct source_lesson *l = &s->modules[i].lessons[k];

            for (size_t c = 0; c < l->n_cards; c++) {
                if (&l->cards[c] == card)
                    return true;
                if (l->cards[c].is_word &&
                    strcmp(l->cards[c].title.text, card->title.text) == 0)
                    return false;
            }
        }
    }
    return true;
}

void lint_taught(const struct source *s, struct report *report)
{
    for (size_t i = 0; i < s->n_modules; i++) {
        for (size_t k = 0; k < s->modules[i].n_lessons; k++) {
            const struct source_lesson *l = &s->modules[i].lessons[k];

            for (size_t c = 0; c < l->n_cards; c++) {
                struct walk w = { .report = report, .word = l->cards[c].title.text };

                if (l->cards[c].is_word && *w.word && is_first(s, &l->cards[c]))
                    walk_lessons(s, &w);
            }
        }
    }
}
