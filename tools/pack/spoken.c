/* Walks lessons and the string table as a screen shows them. */
#include "spoken.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "items/message.h"
#include "language.h"
#include "lesson/address.h"
#include "lesson/review.h"
#include "practice_source.h"
#include "source.h"
#include "ui/strings.h"

const struct spoken_text *spoken_find(const struct spoken *s, const char *key)
{
    for (size_t i = 0; i < s->n; i++) {
        if (strcmp(s->list[i].key, key) == 0)
            return &s->list[i];
    }
    return NULL;
}

static void append(struct spoken_text **list, size_t *n, size_t *cap,
                   const struct spoken_text *text)
{
    if (*n == *cap) {
        *cap = *cap ? 2 * *cap : 256;
        *list = check_realloc(*list, *cap * sizeof(**list));
    }
    (*list)[(*n)++] = *text;
}

/* `text` NULL, or without a letter or digit: nothing is said. */
static void add(struct spoken *s, const char *text, const char *where)
{
    struct spoken_text x = { .where = where };

    if (!text || language_syllables(text) == 0)
        return;
    x.text = arena_strdup(&s->arena, address_fill(&s->arena, text));
    voice_key(x.text, x.key);
    if (strchr(x.text, '{'))
        append(&s->dynamic, &s->n_dynamic, &s->dynamic_cap, &x);
    else if (!spoken_find(s, x.key))
        append(&s->list, &s->n, &s->cap, &x);
}

static void add_at(struct spoken *s, const char *text, const char *file, int line)
{
    add(s, text, arena_printf(&s->arena, "%s:%d", file, line));
}

static void add_picture(struct spoken *s, const struct gift_picture *p,
                        const char *file)
{
    if (p->file)
        add_at(s, p->alt, file, p->line);
}

/* Each answer of a pair, and every part of a story. */
static void add_item(struct spoken *s, const struct gift_item *item, const char *file)
{
    add_at(s, message_plain(&s->arena, item->stem), file, item->line);
    add_at(s, item->from, file, item->line);
    add_picture(s, &item->picture, file);
    for (size_t i = 0; i < item->n_options; i++) {
        const struct gift_option *o = &item->options[i];

        add_at(s, o->text, file, o->line);
        add_at(s, o->pair, file, o->line);
        add_at(s, o->feedback, file, o->line);
        add_picture(s, &o->picture, file);
    }
    for (size_t i = 0; i < item->n_parts; i++)
        add_item(s, &item->parts[i], file);
}

/* What the tutor says, and whatever of the phone can be touched or read. */
static void add_practice(struct spoken *s, const struct source_practice *p,
                         const char *file)
{
    add_at(s, p->practice.title, file, p->line);
    for (size_t i = 0; i < p->practice.n_screens; i++) {
        const struct practice_screen *screen = &p->practice.screens[i];

        add_at(s, screen->say, file, p->screen_line[i]);
        add_at(s, screen->hint, file, p->screen_line[i]);
        for (size_t k = 0; k < screen->n_parts; k++) {
            const struct practice_part *part = &screen->parts[k];

            add_at(s, message_plain(&s->arena, part->text), file, p->part_line[i][k]);
            add_at(s, part->note, file, p->part_line[i][k]);
            add_picture(s, &p->pictures[i][k], file);
        }
    }
}

static void add_lesson(struct spoken *s, const struct source_lesson *l)
{
    add_at(s, l->front.title, l->file, yaml_line_of(&l->front_text, "title"));
    add_at(s, l->front.outcome, l->file, yaml_line_of(&l->front_text, "outcome"));
    for (size_t i = 0; i < l->n_cards; i++) {
        const struct source_card *card = &l->cards[i];

        add_at(s, card->title.text, l->file, card->title.line);
        add_at(s, card->text.text, l->file, card->text.line);
        add_at(s, card->note.text, l->file, card->note.line);
        if (card->say.text) /* as its page says it */
            add_at(
                s,
                text_fill(&s->arena, text_of(T_word_say), "am", card->say.text, NULL),
                l->file, card->say.line);
        add_picture(s, &card->picture, l->file);
    }
    add_at(s, l->show.text, l->file, l->show.line);
    for (size_t i = 0; i < l->n_practices; i++)
        add_practice(s, l->practices[i], l->file);
    for (size_t i = 0; i < l->n_items; i++)
        add_item(s, &l->items[i], l->file);
    add_at(s, l->remember.text, l->file, l->remember.line);
}

/* Whether something beside {values} is said. */
static bool has_words(struct arena *arena, const char *text)
{
    char *rest = arena_alloc(arena, strlen(text) + 1);
    bool inside = false;
    size_t n = 0;

    for (; *text; text++) {
        inside |= *text == '{';
        if (!inside)
            rest[n++] = *text;
        inside &= *text != '}';
    }
    return language_syllables(rest) > 0;
}

static void add_strings(struct spoken *s)
{
    const char *minutes = arena_printf(&s->arena, "%d", REVIEW_MINUTES);

    add(s, text_fill(&s->arena, text_of(T_rev_h), "phut", minutes, NULL),
        "strings.def: rev.h"); /* its value is always the same */
    for (int i = 0; i < T_COUNT; i++) {
        const char *text = text_of((enum text_id)i);

        if (!strchr(text, '{') || has_words(&s->arena, text))
            add(s, text,
                arena_printf(&s->arena, "strings.def: %s", text_key((enum text_id)i)));
    }
}

void spoken_collect(const struct source *s, struct spoken *out)
{
    *out = (struct spoken){ 0 };
    add_at(out, s->front.title, s->file, yaml_line_of(&s->front_text, "title"));
    for (size_t i = 0; i < s->n_modules; i++) {
        const struct source_module *m = &s->modules[i];

        add_at(out, m->front.title, m->file, yaml_line_of(&m->front_text, "title"));
        add_at(out, m->front.outcome, m->file, yaml_line_of(&m->front_text, "outcome"));
        add_at(out, m->front.question, m->file,
               yaml_line_of(&m->front_text, "question"));
        for (size_t k = 0; k < m->n_lessons; k++)
            add_lesson(out, &m->lessons[k]);
    }
    if (!s->front.beside)
        add_strings(out); /* they speak out of the pack that it stands beside */
}

void spoken_collect_lesson(const struct source_lesson *l, struct spoken *out)
{
    *out = (struct spoken){ 0 };
    add_lesson(out, l);
}

void spoken_finish(struct spoken *s)
{
    arena_finish(&s->arena);
    free(s->list);
    free(s->dynamic);
}
