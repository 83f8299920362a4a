/* Counts by lesson; sums as it goes. */
#include "coverage.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "lesson/item.h"
#include "practice_source.h"
#include "shared_text.h"
#include "source.h"
#include "spoken.h"
#include "voice_list.h"

/* Domains of skills (D) and the five basic skills of a household (K). */
static const char *const codes[] = { "D0", "D1", "D2", "D3", "D4", "D5",
                                     "D6", "K1", "K2", "K3", "K4", "K5" };

#define TYPES_MAX 32
#define LANGUAGES_MAX 16

struct counts {
    size_t practices, questions, pictures;
    size_t of_type[TYPES_MAX]; /* as in the table of types */
    size_t texts, draft, unlisted, recorded[LANGUAGES_MAX];
};

struct covering {
    const struct source *s;
    item_types types;
    size_t n_types, n_languages;
    const struct voice_list *voices;
    struct shared_text shared;
    struct buf *out;
    struct counts total;
    size_t n_lessons, of_code[COUNT(codes)];
};

/* --- counting ----------------------------------------------------------------------- */

static void count_item(const struct covering *c, const struct gift_item *item,
                       struct counts *n)
{
    n->pictures += item->picture.file != NULL;
    for (size_t i = 0; i < item->n_options; i++)
        n->pictures += item->options[i].picture.file != NULL;
    for (size_t i = 0; i < item->n_parts; i++)
        count_item(c, &item->parts[i], n);
}

static void count_items(const struct covering *c, const struct source_lesson *l,
                        struct counts *n)
{
    n->questions = l->n_items;
    for (size_t i = 0; i < l->n_items; i++) {
        count_item(c, &l->items[i], n);
        for (size_t t = 0; t < c->n_types; t++)
            n->of_type[t] += strcmp(c->types[t]->name, l->items[i].type) == 0;
    }
}

static void count_practices(const struct source_lesson *l, struct counts *n)
{
    n->practices = l->n_practices;
    for (size_t i = 0; i < l->n_practices; i++) {
        const struct source_practice *p = l->practices[i];

        for (size_t k = 0; k < p->practice.n_screens; k++) {
            for (size_t j = 0; j < p->practice.screens[k].n_parts; j++)
                n->pictures += p->pictures[k][j].file != NULL;
        }
    }
}

/* A row without a language is for every language. */
static void count_text(const struct covering *c, const char *key, struct counts *n)
{
    bool is_listed = false, is_recorded = false;
    bool by[LANGUAGES_MAX] = { false };

    for (size_t i = 0; i < c->voices->n; i++) {
        const struct voice_row *row = &c->voices->rows[i];

        if (strcmp(row->key, key) != 0)
            continue;
        is_listed = true;
        is_recorded = is_recorded || row->recorded;
        for (size_t k = 0; row->recorded && k < c->n_languages; k++)
            by[k] |=
                !*row->lang || strcmp(row->lang, c->s->front.languages.item[k]) == 0;
    }
    n->texts++;
    n->unlisted += !is_listed;
    n->draft += is_listed && !is_recorded;
    for (size_t k = 0; k < c->n_languages; k++)
        n->recorded[k] += by[k];
}

static void count_voice(const struct covering *c, const struct source_lesson *l,
                        struct counts *n)
{
    struct spoken spoken;

    spoken_collect_lesson(l, &spoken);
    for (size_t i = 0; i < spoken.n; i++)
        count_text(c, spoken.list[i].key, n);
    spoken_finish(&spoken);
}

static void sum(struct counts *total, const struct counts *n)
{
    total->practices += n->practices;
    total->questions += n->questions;
    total->pictures += n->pictures;
    total->texts += n->texts;
    total->draft += n->draft;
    total->unlisted += n->unlisted;
    for (size_t i = 0; i < TYPES_MAX; i++)
        total->of_type[i] += n->of_type[i];
    for (size_t i = 0; i < LANGUAGES_MAX; i++)
        total->recorded[i] += n->recorded[i];
}

/* --- writing ------------------------------------------------------------------------ */

static void write_head(const struct covering *c)
{
    buf_str(c->out, "lesson\ttitle\tframework\tpractices\tquestions");
    for (size_t i = 0; i < c->n_types; i++)
        buf_printf(c->out, "\t%s", c->types[i]->name);
    buf_str(c->out, "\tpictures\ttexts\tdraft\tunlisted");
    for (size_t i = 0; i < c->n_languages; i++)
        buf_printf(c->out, "\trecorded_%s", c->s->front.languages.item[i]);
    buf_str(c->out, "\tshared_percent\tshared_with\n");
}

static void write_counts(const struct covering *c, const struct counts *n)
{
    buf_printf(c->out, "\t%zu\t%zu", n->practices, n->questions);
    for (size_t i = 0; i < c->n_types; i++)
        buf_printf(c->out, "\t%zu", n->of_type[i]);
    buf_printf(c->out, "\t%zu\t%zu\t%zu\t%zu", n->pictures, n->texts, n->draft,
               n->unlisted);
    for (size_t i = 0; i < c->n_languages; i++)
        buf_printf(c->out, "\t%zu", n->recorded[i]);
}

static void write_shared(const struct covering *c, const struct shared_row *row)
{
    buf_printf(c->out, "\t%d\t%s\n", row->percent,
               row->with ? row->with->front.id : "");
}

static void write_lesson(struct covering *c, const struct source_lesson *l)
{
    const struct yaml_list *framework = &l->front.framework;
    struct counts n = { 0 };

    for (size_t i = 0; i < l->n_cards; i++)
        n.pictures += l->cards[i].picture.file != NULL;
    count_items(c, l, &n);
    count_practices(l, &n);
    count_voice(c, l, &n);
    buf_printf(c->out, "%s\t%s\t", l->front.id, l->front.title);
    for (size_t i = 0; i < framework->n; i++) {
        buf_printf(c->out, "%s%s", i ? " " : "", framework->item[i]);
        for (size_t k = 0; k < COUNT(codes); k++)
            c->of_code[k] += strcmp(codes[k], framework->item[i]) == 0;
    }
    write_counts(c, &n);
    write_shared(c, &c->shared.rows[c->n_lessons++]);
    sum(&c->total, &n);
}

static const struct shared_row *most_alike(const struct shared_text *t)
{
    static const struct shared_row none;
    const struct shared_row *most = &none;

    for (size_t i = 0; i < t->n; i++) {
        if (t->rows[i].percent > most->percent)
            most = &t->rows[i];
    }
    return most;
}

static bool is_code(const char *text)
{
    for (size_t i = 0; i < COUNT(codes); i++) {
        if (strcmp(codes[i], text) == 0)
            return true;
    }
    return false;
}

static void write_unknown(const struct covering *c, const struct source_lesson *l)
{
    for (size_t i = 0; i < l->front.framework.n; i++) {
        if (!is_code(l->front.framework.item[i]))
            buf_printf(c->out, "unknown\t%s\t%s\n", l->front.framework.item[i],
                       l->front.id);
    }
}

static void write_framework(const struct covering *c)
{
    buf_char(c->out, '\n');
    for (size_t i = 0; i < COUNT(codes); i++)
        buf_printf(c->out, "%s\t%s\t%zu\n", c->of_code[i] ? "covered" : "uncovered",
                   codes[i], c->of_code[i]);
    for (size_t i = 0; i < c->s->n_modules; i++) {
        for (size_t k = 0; k < c->s->modules[i].n_lessons; k++)
            write_unknown(c, &c->s->modules[i].lessons[k]);
    }
}

void coverage_write(const struct source *s, item_types types,
                    const struct voice_list *voices, struct buf *out)
{
    struct covering c = { .s = s, .types = types, .voices = voices, .out = out };

    while (c.n_types < TYPES_MAX && types[c.n_types])
        c.n_types++;
    c.n_languages =
        s->front.languages.n < LANGUAGES_MAX ? s->front.languages.n : LANGUAGES_MAX;
    shared_text_measure(s, &c.shared);
    write_head(&c);
    for (size_t i = 0; i < s->n_modules; i++) {
        for (size_t k = 0; k < s->modules[i].n_lessons; k++)
            write_lesson(&c, &s->modules[i].lessons[k]);
    }
    buf_printf(out, "total\t%zu lessons\t", c.n_lessons);
    write_counts(&c, &c.total);
    write_shared(&c, most_alike(&c.shared));
    write_framework(&c);
    shared_text_finish(&c.shared);
}
