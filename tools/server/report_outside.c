/* What leaves the commune has no small cell, nor one that the rest would tell
 * (PROTOCOL §3). Works on the structure, so that all formats agree. */
#include <string.h>

#include "base/check.h"
#include "report.h"

static bool is_personal(const struct report_column *c)
{
    return c->kind == COLUMN_PEOPLE || c->kind == COLUMN_TIMES ||
           c->kind == COLUMN_MIXED;
}

static bool is_small(int64_t n)
{
    return n > 0 && n < REPORT_SMALL;
}

/* A mixed column counts people or lượt where its row says so: lessons, papers and minutes
 * are nobody's. */
static bool counts_people(const struct report_table *t, const struct report_row *row,
                          size_t column)
{
    static const char *const unit_columns[] = { "kind", "measured_in" };

    for (size_t i = 0;
         t->columns[column].kind == COLUMN_MIXED && i < COUNT(unit_columns); i++) {
        size_t unit = report_column_of(t, unit_columns[i]);

        if (unit < t->n_columns && row->cells[unit].kind == VALUE_TEXT)
            return !strcmp(row->cells[unit].text, report_unit(COLUMN_PEOPLE)) ||
                   !strcmp(row->cells[unit].text, report_unit(COLUMN_TIMES));
    }
    return true;
}

/* Small itself, or what is left of its whole is (7 learners, 5 of them women). */
static bool tells_few(const struct report_table *t, const struct report_row *row,
                      size_t column)
{
    const struct value *cell = &row->cells[column];
    size_t whole = report_column_of(t, t->columns[column].part_of);

    if ((cell->kind != VALUE_NUMBER && cell->kind != VALUE_RANGE) ||
        !counts_people(t, row, column))
        return false;
    if (is_small(cell->least) || is_small(cell->most))
        return true;
    return whole < t->n_columns && row->cells[whole].kind == VALUE_NUMBER &&
           cell->kind == VALUE_NUMBER &&
           is_small(row->cells[whole].least - cell->least);
}

size_t report_small_cells(const struct report *r)
{
    size_t n = 0;

    for (size_t i = 0; i < r->n_tables; i++)
        for (size_t k = 0; k < r->tables[i].n_rows; k++)
            for (size_t c = 0; c < r->tables[i].n_columns; c++)
                n += is_personal(&r->tables[i].columns[c]) &&
                     tells_few(&r->tables[i], &r->tables[i].rows[k], c);
    return n;
}

/* The number is kept, to judge what the merged ones tell together; nothing writes it. */
static void merge(struct value *cell)
{
    cell->kind = VALUE_MERGED;
}

/* The rows of a column whose sum its total row tells. */
struct merging {
    size_t n;
    int64_t sum;
};

static void merge_cell(struct merging *m, struct value *cell)
{
    m->n++;
    m->sum += cell->least;
    merge(cell);
}

/* The smallest of a group that still stands there, nobody last; or NULL. */
static struct value *smallest(struct report_table *t, size_t column, int64_t group)
{
    struct value *least = NULL;

    for (size_t i = 0; i < t->n_rows; i++) {
        struct value *cell = &t->rows[i].cells[column];

        if (t->rows[i].total || t->rows[i].group != group || cell->kind != VALUE_NUMBER)
            continue;
        if (!least || least->least <= 0 ||
            (cell->least > 0 && cell->least < least->least))
            least = cell;
    }
    return least;
}

static void merge_group(struct report_table *t, size_t column, int64_t group)
{
    struct merging m = { 0 };
    struct value *more;

    for (size_t i = 0; i < t->n_rows; i++)
        if (!t->rows[i].total && t->rows[i].group == group &&
            tells_few(t, &t->rows[i], column))
            merge_cell(&m, &t->rows[i].cells[column]);
    /* one alone, or few together, would be what the total lacks */
    while (m.n && (m.n < 2 || m.sum < REPORT_SMALL) &&
           (more = smallest(t, column, group)))
        merge_cell(&m, more);
}

static void merge_column(struct report_table *t, size_t column)
{
    int64_t last = 0;

    for (size_t i = 0; i < t->n_rows; i++) {
        last = t->rows[i].group > last ? t->rows[i].group : last;
        if (t->rows[i].total && tells_few(t, &t->rows[i], column))
            merge(&t->rows[i].cells[column]);
    }
    for (int64_t group = 0; group <= last; group++)
        merge_group(t, column, group);
}

/* Months beside their sum: one alone that is merged would be told by the others of its row
 * or of its column, so a row's go together. */
static bool spread_row(struct report_table *t, struct report_row *row)
{
    size_t n_merged = 0, n = 0;

    for (size_t c = 0; c < t->n_columns; c++)
        if (t->columns[c].part_of && !strcmp(t->columns[c].part_of, REPORT_SUM)) {
            n++;
            n_merged += row->cells[c].kind == VALUE_MERGED;
        }
    if (!n_merged || n_merged == n)
        return false;
    for (size_t c = 0; c < t->n_columns; c++)
        if (t->columns[c].part_of && !strcmp(t->columns[c].part_of, REPORT_SUM))
            merge(&row->cells[c]);
    return true;
}

/* … until what is merged in the month is several rows' and no few people's. */
static bool spread_column(struct report_table *t, size_t column)
{
    struct merging m = { 0 };
    struct value *more;

    if (!t->columns[column].part_of || strcmp(t->columns[column].part_of, REPORT_SUM))
        return false;
    for (size_t i = 0; i < t->n_rows; i++)
        if (!t->rows[i].total && t->rows[i].cells[column].kind == VALUE_MERGED)
            merge_cell(&m, &t->rows[i].cells[column]);
    if (!m.sum || (m.n >= 2 && m.sum >= REPORT_SMALL))
        return false;
    more = smallest(t, column, 0);
    if (more)
        merge(more);
    return more != NULL;
}

static void spread(struct report_table *t)
{
    for (bool moved = true; moved;) {
        moved = false;
        for (size_t i = 0; i < t->n_rows; i++)
            moved |= spread_row(t, &t->rows[i]);
        for (size_t c = 0; c < t->n_columns; c++)
            moved |= spread_column(t, c);
    }
}

static bool is_merged(const struct report_table *t, const struct report_row *row,
                      const char *code)
{
    size_t column = report_column_of(t, code);

    return column < t->n_columns && row->cells[column].kind == VALUE_MERGED;
}

/* A share would tell its part; a part that is merged leaves its share out, too. */
static void merge_rates(struct report_table *t)
{
    for (size_t c = 0; c < t->n_columns; c++)
        for (size_t i = 0; t->columns[c].kind == COLUMN_RATE && i < t->n_rows; i++)
            if (is_merged(t, &t->rows[i], t->columns[c].part_of) ||
                is_merged(t, &t->rows[i], t->columns[c].over))
                merge(&t->rows[i].cells[c]);
}

/* A row whose code is "b1.active.t07" quotes that cell. */
static bool is_quoted_merged(const struct report *r, const char *code)
{
    for (size_t i = 0; i < r->n_tables; i++) {
        const struct report_table *t = &r->tables[i];
        size_t n = strlen(t->id);

        if (strncmp(code, t->id, n) != 0 || code[n] != '.')
            continue;
        for (size_t c = 0; c < t->n_columns; c++) {
            size_t n_code = strlen(t->columns[c].code);

            if (strncmp(code + n + 1, t->columns[c].code, n_code) != 0 ||
                code[n + 1 + n_code] != '.')
                continue;
            for (size_t k = 0; k < t->n_rows; k++)
                if (!strcmp(t->rows[k].code, code + n + n_code + 2))
                    return t->rows[k].cells[c].kind == VALUE_MERGED;
        }
    }
    return false;
}

static void merge_quotes(struct report *r)
{
    for (size_t i = 0; i < r->n_tables; i++) {
        struct report_table *t = &r->tables[i];
        size_t figure = report_column_of(t, REPORT_QUOTE);

        for (size_t k = 0; figure < t->n_columns && k < t->n_rows; k++)
            if (is_quoted_merged(r, t->rows[k].code))
                merge(&t->rows[k].cells[figure]);
    }
}

void report_outside(struct report *r)
{
    r->outside = true;
    for (size_t i = 0; i < r->n_tables; i++) {
        struct report_table *t = &r->tables[i];

        /* parts are judged while their whole still stands there */
        for (size_t c = t->n_columns; c-- > 0;)
            if (is_personal(&t->columns[c]))
                merge_column(t, c);
        spread(t);
        merge_rates(t);
    }
    merge_quotes(r);
}
