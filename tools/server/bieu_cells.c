/* How the cells of a Biểu are filled in. */
#include <string.h>

#include "base/check.h"
#include "bieu.h"

const char bieu_the_path[] = "the path";

static const char *unit_of(const struct maker *m, const struct measure *measure)
{
    if (measure->unit == bieu_the_path)
        return m->path;
    return measure->unit ? measure->unit : "-";
}

struct value bieu_value(const struct maker *m, bool past, const char *stat,
                        const char *unit, const char *dims)
{
    if (past && !m->has_before)
        return (struct value){ .kind = VALUE_NONE };
    return tally_get(past ? &m->past : &m->now, stat, unit, dims);
}

struct value bieu_sum(struct value a, struct value b)
{
    if (a.kind == VALUE_NONE)
        return b;
    if (b.kind != VALUE_NONE) {
        a.least += b.least;
        a.most += b.most;
        a.kind = a.least == a.most ? VALUE_NUMBER : VALUE_RANGE;
    }
    return a;
}

/* "sex=f;thon=t07": in the order of their names, as kiosks write it. */
static const char *dims_of(struct maker *m, const char *dimension, const char *code,
                           const char *with)
{
    const char *own =
        dimension ? arena_printf(m->arena, "%s=%s", dimension, code) : NULL;

    if (!own)
        return with ? with : "-";
    if (!with)
        return own;
    return strcmp(own, with) < 0 ? arena_printf(m->arena, "%s;%s", own, with)
                                 : arena_printf(m->arena, "%s;%s", with, own);
}

static struct value measured(struct maker *m, const struct measure *measure,
                             const char *dimension, const char *code)
{
    const char *dims = dims_of(m, dimension, code, measure->with);
    struct value more = { .kind = VALUE_NONE };

    if (measure->and_stat)
        more = bieu_value(m, measure->before, measure->and_stat, "-", dims);
    return bieu_sum(
        bieu_value(m, measure->before, measure->stat, unit_of(m, measure), dims), more);
}

struct report_row *bieu_plain_row(struct maker *m, struct report_table *t,
                                  const char *code, const char *name)
{
    struct report_row *row = &t->rows[t->n_rows];

    ASSERT(t->n_rows < REPORT_ROWS_MAX);
    t->n_rows++;
    *row = (struct report_row){
        .code = code,
        .name = name,
        .cells = arena_alloc(m->arena, REPORT_COLUMNS_MAX * sizeof(*row->cells)),
    };
    return row;
}

struct report_row *bieu_row(struct maker *m, struct report_table *t,
                            const char *dimension, const char *code, const char *name)
{
    struct report_row *row = bieu_plain_row(m, t, code, name);

    for (size_t i = 0; i < n_bieus; i++)
        for (size_t c = 0; !strcmp(bieus[i].id, t->id) && c < bieus[i].n_measures; c++)
            if (bieus[i].measures[c].stat)
                row->cells[c] = measured(m, &bieus[i].measures[c], dimension, code);
    return row;
}

struct report_row *bieu_total(struct maker *m, struct report_table *t)
{
    struct report_row *row = bieu_row(m, t, NULL, "all", "Toàn xã");

    row->total = true;
    return row;
}

struct value *bieu_cell(const struct report_table *t, const struct report_row *row,
                        const char *code)
{
    size_t column = report_column_of(t, code);

    ASSERT(column < t->n_columns);
    return &row->cells[column];
}

static struct value share(const struct value *part, const struct value *whole)
{
    struct value v = { .kind = part->kind };

    if ((part->kind != VALUE_NUMBER && part->kind != VALUE_RANGE) ||
        whole->kind != VALUE_NUMBER || whole->least <= 0)
        return (struct value){ .kind = VALUE_NONE };
    v.least = (part->least * 1000 + whole->least / 2) / whole->least;
    v.most = (part->most * 1000 + whole->least / 2) / whole->least;
    return v;
}

void bieu_rates(struct report_table *t)
{
    for (size_t i = 0; i < t->n_rows; i++)
        for (size_t c = 0; c < t->n_columns; c++)
            if (t->columns[c].kind == COLUMN_RATE)
                t->rows[i].cells[c] =
                    share(bieu_cell(t, &t->rows[i], t->columns[c].part_of),
                          bieu_cell(t, &t->rows[i], t->columns[c].over));
}

void bieu_column(struct maker *m, struct report_table *t, const struct measure *like)
{
    ASSERT(t->n_columns < REPORT_COLUMNS_MAX);
    t->columns[t->n_columns++] = (struct report_column){
        .code = arena_strdup(m->arena, like->code),
        .name = arena_strdup(m->arena, like->name),
        .meaning = like->meaning,
        .kind = like->kind,
        .width = like->width,
        .before = like->before,
        .part_of = like->part_of,
        .over = like->over,
    };
}

void bieu_make(struct maker *m)
{
    for (size_t i = 0; i < n_bieus; i++) {
        struct report_table *t = &m->report->tables[m->report->n_tables++];

        *t = (struct report_table){ .id = bieus[i].id,
                                    .title = bieus[i].title,
                                    .sheet = bieus[i].sheet,
                                    .row_head = bieus[i].row_head };
        t->rows = arena_alloc(m->arena, REPORT_ROWS_MAX * sizeof(*t->rows));
        for (size_t c = 0; c < bieus[i].n_measures; c++)
            bieu_column(m, t, &bieus[i].measures[c]);
        while (bieus[i].notes[t->n_notes]) {
            t->notes[t->n_notes] = bieus[i].notes[t->n_notes];
            t->n_notes++;
        }
        bieus[i].fill(m, t);
    }
}

/* --- names ------------------------------------------------------------------------------ */

const char *bieu_setting(const struct maker *m, const char *key)
{
    for (size_t i = 0; i < m->n_settings; i++)
        if (!strcmp(m->settings[i].code, key))
            return m->settings[i].name;
    return NULL;
}

const char *bieu_name(const struct names *names, const char *code)
{
    for (size_t i = 0; i < names->n; i++)
        if (!strcmp(names->rows[i].code, code))
            return names->rows[i].name;
    return code;
}
