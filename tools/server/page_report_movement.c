/* The registers in the report that is seen and printed at /bao-cao. Nothing of it is kept,
 * so that names of those who agreed may stand there; the day after they no longer agree
 * they do not. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "html.h"
#include "pages.h"
#include "register_done.h"
#include "register_words.h"

#define CELL_BYTES_MAX (2 * REGISTER_VALUE_BYTES)

struct listing {
    struct server *server;
    struct arena *arena;
    struct register_names names;
    struct register_counts counts;
    const struct period *period;
    struct buf words;
};

/* Sentences are ended by us. */
static void say(struct listing *l, struct buf *out)
{
    while (l->words.len && l->words.data[l->words.len - 1] == '.')
        l->words.data[--l->words.len] = 0;
    html_text(out, buf_text(&l->words));
    buf_clear(&l->words);
}

/* Proofs of consent are for the register alone. */
static bool is_said(const struct register_field *f)
{
    return !f->of_consent && f->type != REGISTER_CONSENT;
}

static void item(struct listing *l, struct buf *out, const struct entry *e)
{
    const char *between = "";
    bool who = register_has_who(e->kind);

    html_raw(out, "<li>");
    if (who) {
        register_who_words(&l->names, e, true, &l->words);
        say(l, out);
        between = ". ";
    }
    for (size_t i = 0; i < e->kind->n_fields; i++) {
        const struct register_field *f = &e->kind->fields[i];

        if (!*e->values[i] || !is_said(f) || (who && !strcmp(f->code, "ten")))
            continue;
        html_literal(out, between);
        html_text(out, f->title);
        html_raw(out, ": ");
        register_value_words(&l->names, f, e->values[i], &l->words);
        say(l, out);
        between = ". ";
    }
    if (e->kind->has_done) {
        struct register_done done = register_done_of(&l->counts, e);

        html_raw(out, ". Đã làm / đã nhận: ");
        register_done_words(&done, &l->words);
        say(l, out);
    }
    html_raw(out, ".</li>\n");
}

static enum err list(struct listing *l, const struct register_kind *k, struct buf *out)
{
    struct entries entries;
    enum err err = register_read(l->server, k, l->arena, &entries);
    bool opened = false;

    for (size_t i = 0; !err && i < entries.n; i++) {
        const struct entry *e = &entries.rows[i];

        if (!register_is_shown(l->server, e) ||
            !register_is_of(e, l->period->first_day, l->period->end_day))
            continue;
        if (!opened) {
            html_element(out, "p", NULL, k->title);
            html_raw(out, "<ul>");
        }
        opened = true;
        item(l, out, e);
    }
    html_literal(out, opened ? "</ul>\n" : "");
    return err;
}

enum err page_report_movement(struct server *s, const struct period *p, struct buf *out)
{
    struct arena arena = { 0 };
    struct listing l = { .server = s, .arena = &arena, .period = p };
    enum err err = register_names_read(s, &arena, &l.names);

    buf_init(&l.words, CELL_BYTES_MAX);
    if (!err)
        err = register_counts_read(s, &arena, &l.counts);
    for (size_t i = 0; !err && i < register_n_kinds; i++)
        if (register_kinds[i].in_report)
            err = list(&l, &register_kinds[i], out);
    buf_finish(&l.words);
    arena_finish(&arena);
    return err;
}
