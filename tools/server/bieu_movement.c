/* Biểu 9 to 11: what the registers of the movement hold for the span. Never a name: a
 * frozen report cannot forget one. */
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "bieu.h"
#include "register_done.h"
#include "register_words.h"

#define ROWS_MAX 1000
#define WORDS_BYTES_MAX (4 * REGISTER_VALUE_BYTES)

struct gathering {
    struct maker *m;
    struct report_table *t;
    struct register_names names;
    struct entries entries;
    struct buf words;
};

static bool begin(struct gathering *g, const char *kind)
{
    struct maker *m = g->m;

    buf_init(&g->words, WORDS_BYTES_MAX);
    if (!m->err)
        m->err = register_names_read(m->server, m->arena, &g->names);
    if (!m->err)
        m->err =
            register_read(m->server, register_kind_of(kind), m->arena, &g->entries);
    return !m->err;
}

/* Does this one stand in the table? */
static bool belongs(const struct gathering *g, const struct entry *e)
{
    return g->t->n_rows < ROWS_MAX && register_is_shown(g->m->server, e) &&
           (g->m->span.is_all ||
            register_is_of(e, g->m->span.first_day, g->m->span.end_day));
}

static const char *keep(struct gathering *g)
{
    const char *text = arena_strdup(g->m->arena, buf_text(&g->words));

    buf_clear(&g->words);
    return text;
}

static const char *words(struct gathering *g, const struct entry *e, const char *code)
{
    size_t i = register_field_at(e->kind, code);

    if (i < e->kind->n_fields && !e->kind->fields[i].personal)
        register_value_words(&g->names, &e->kind->fields[i], e->values[i], &g->words);
    return keep(g);
}

/* Of the whole commune: its lines are no parts of one. */
static struct report_row *line(struct gathering *g, const struct entry *e,
                               const char *name)
{
    struct report_row *row = bieu_plain_row(
        g->m, g->t, arena_printf(g->m->arena, "e%lld", (long long)e->root), name);

    row->total = true;
    return row;
}

static void put(struct gathering *g, struct report_row *row, const struct entry *e,
                const char *column, const char *field)
{
    *bieu_cell(g->t, row, column) = VALUE_WORDS(words(g, e, field));
}

void bieu_assignments(struct maker *m, struct report_table *t)
{
    static const char *const columns[][2] = { { "plan", "ke-hoach" },
                                              { "modules", "chuyen-de" },
                                              { "thons", "thon" },
                                              { "months", "thang" },
                                              { "criteria", "tieu-chi" } };
    struct gathering g = { .m = m, .t = t };
    struct register_counts counts = { 0 };

    if (begin(&g, "don-vi"))
        m->err = register_counts_read(m->server, m->arena, &counts);
    for (size_t i = 0; !m->err && i < g.entries.n; i++) {
        const struct entry *e = &g.entries.rows[i];
        struct register_done done;
        struct report_row *row;

        if (!belongs(&g, e))
            continue;
        row = line(&g, e, words(&g, e, "don-vi"));
        for (size_t c = 0; c < COUNT(columns); c++)
            put(&g, row, e, columns[c][0], columns[c][1]);
        done = register_done_of(&counts, e);
        register_done_words(&done, &g.words);
        *bieu_cell(t, row, "done") = VALUE_WORDS(keep(&g));
    }
    buf_finish(&g.words);
}

void bieu_initiatives(struct maker *m, struct report_table *t)
{
    struct gathering g = { .m = m, .t = t };

    begin(&g, "sang-kien");
    for (size_t i = 0; !m->err && i < g.entries.n; i++) {
        const struct entry *e = &g.entries.rows[i];
        struct report_row *row;

        if (!belongs(&g, e))
            continue;
        row = line(&g, e, words(&g, e, "ten"));
        *bieu_cell(t, row, "day") = VALUE_OF(clock_day_parse(e->day));
        put(&g, row, e, "unit", "don-vi");
        put(&g, row, e, "how", "mo-ta");
        put(&g, row, e, "result", "ket-qua");
    }
    buf_finish(&g.words);
}

void bieu_highlights(struct maker *m, struct report_table *t)
{
    struct gathering g = { .m = m, .t = t };

    begin(&g, "bieu-duong-thang");
    for (size_t i = 0; !m->err && i < g.entries.n; i++) {
        const struct entry *e = &g.entries.rows[i];
        struct report_row *row;

        if (!belongs(&g, e))
            continue;
        register_who_words(&g.names, e, false, &g.words);
        row = line(&g, e, keep(&g));
        put(&g, row, e, "month", "thang");
        put(&g, row, e, "what", "noi-dung");
    }
    buf_finish(&g.words);
}
