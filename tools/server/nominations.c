/* See nominations.h. The code of a row of Biểu 7 says which cell it quotes:
 * "b1.active.t07" (bieu_praise.c). */
#include "nominations.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"

#define CODE_MAX 80

static const struct {
    const char *table, *code, *word;
} kinds[] = {
    { "b1", "thon", "Thôn" },
    { "b5", "unit", "Đơn vị, tổ chức" },
};

const char *const nomination_forms[] = {
    "Giấy khen",
    "Bằng khen của Chủ tịch UBND tỉnh",
    "Cờ Thi đua của UBND tỉnh",
    "Bằng khen của Thủ tướng Chính phủ",
    "Cờ Thi đua của Chính phủ",
    "Huân chương Lao động",
    NULL,
};

static const struct report_row *row_of(const struct report_table *t, const char *code)
{
    for (size_t i = 0; i < t->n_rows; i++)
        if (!t->rows[i].total && !strcmp(t->rows[i].code, code))
            return &t->rows[i];
    return NULL;
}

bool nomination_of(const struct report *r, const char *kind_code, const char *code,
                   struct nomination *out)
{
    for (size_t i = 0; i < COUNT(kinds); i++) {
        const struct report_table *t = report_table_of(r, kinds[i].table);

        if (strcmp(kinds[i].code, kind_code) != 0 || !t)
            continue;
        *out = (struct nomination){ kinds[i].word, kinds[i].code, t, row_of(t, code) };
        return out->row != NULL;
    }
    return false;
}

bool nomination_is_in(const struct nomination *n, const struct report_row *praise)
{
    size_t n_table = strlen(n->from->id);
    const char *column = praise->code + n_table + 1, *code;

    if (strncmp(praise->code, n->from->id, n_table) != 0 ||
        praise->code[n_table] != '.')
        return false;
    code = strchr(column, '.');
    return code && !strcmp(code + 1, n->row->code);
}

/* The candidate that a row of Biểu 7 speaks of. */
static bool candidate(const struct report *r, const struct report_row *praise,
                      struct nomination *out)
{
    const char *column = strchr(praise->code, '.');
    const char *code = column ? strchr(column + 1, '.') : NULL;

    for (size_t i = 0; code && i < COUNT(kinds); i++)
        if (nomination_of(r, kinds[i].code, code + 1, out) &&
            nomination_is_in(out, praise))
            return true;
    return false;
}

size_t nominations_read(const struct report *r, struct arena *arena,
                        struct nomination **out)
{
    const struct report_table *praise = report_table_of(r, "b7");
    size_t n = 0, k;

    *out = arena_alloc(arena, (praise->n_rows + 1) * sizeof(**out));
    for (size_t i = 0; i < praise->n_rows; i++) {
        if (!candidate(r, &praise->rows[i], &(*out)[n]))
            continue;
        for (k = 0; k < n && (*out)[k].row != (*out)[n].row;)
            k++;
        n += k == n;
    }
    return n;
}

size_t nomination_before(const struct report_table *t, size_t column)
{
    char code[CODE_MAX];

    (void)snprintf(code, sizeof(code), "%s_before", t->columns[column].code);
    return report_column_of(t, code);
}

bool nomination_is_figure(const struct report_column *c)
{
    return c->kind != COLUMN_TEXT && !c->before;
}

void nomination_words(const struct report_column *c, const struct value *cell,
                      struct buf *out)
{
    report_cell_words(c, cell, out);
    if ((cell->kind == VALUE_NUMBER || cell->kind == VALUE_RANGE) &&
        (c->kind == COLUMN_PEOPLE || c->kind == COLUMN_TIMES))
        buf_printf(out, " %s", report_unit(c->kind));
}
