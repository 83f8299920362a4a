/* Biểu 7: who stands highest by figures of the other Biểu. It proposes and never decides;
 * there are no persons in it. */
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "bieu.h"

#define PLACES 3 /* of each indicator; ties share one */
#define WORDS_MAX 64

static const struct {
    const char *table, *column, *kind, *reason;
} indicators[] = {
    { "b1", "done_of_adults", "Thôn",
      "Tỷ lệ người hoàn thành trên người trưởng thành cao" },
    { "b1", "done", "Thôn", "Số người hoàn thành lộ trình nhiều" },
    { "b1", "active", "Thôn", "Số người học nhiều" },
    { "b1", "attendance", "Thôn", "Số lượt tham gia buổi học nhiều" },
    { "b5", "classes", "Đơn vị, tổ chức", "Số buổi học đã tổ chức nhiều" },
    { "b5", "done", "Đơn vị, tổ chức",
      "Số cán bộ, người lao động hoàn thành lộ trình nhiều" },
};

/* What a row is ranked by; 0: not at all. Few people are no ground for praise. */
static int64_t rank_of(const struct report_table *t, const struct report_row *row,
                       size_t column)
{
    const struct report_column *c = &t->columns[column];
    const struct value *cell = &row->cells[column];
    size_t part = report_column_of(t, c->part_of);

    if (row->total || cell->kind != VALUE_NUMBER)
        return 0;
    if ((c->kind == COLUMN_PEOPLE || c->kind == COLUMN_TIMES) &&
        cell->least < REPORT_SMALL) /* few lượt may be one person's */
        return 0;
    if (c->kind == COLUMN_RATE &&
        (part == t->n_columns || row->cells[part].least < REPORT_SMALL))
        return 0;
    return cell->least;
}

/* How many stand higher. */
static size_t above(const struct report_table *t, const struct report_row *row,
                    size_t column)
{
    size_t n = 0;

    for (size_t i = 0; i < t->n_rows; i++)
        n += rank_of(t, &t->rows[i], column) > rank_of(t, row, column);
    return n;
}

static void propose(struct maker *m, struct report_table *t, size_t which,
                    const struct report_table *from, const struct report_row *row,
                    size_t column)
{
    struct report_row *out =
        bieu_plain_row(m, t,
                       arena_printf(m->arena, "%s.%s.%s", from->id,
                                    from->columns[column].code, row->code),
                       indicators[which].kind);
    struct buf words;

    buf_init(&words, WORDS_MAX);
    report_cell_words(&from->columns[column], &row->cells[column], &words);
    if (from->columns[column].kind != COLUMN_RATE)
        buf_printf(&words, " %s",
                   from->columns[column].kind == COLUMN_COUNT
                       ? "buổi"
                       : report_unit(from->columns[column].kind));
    *bieu_cell(t, out, "subject") = VALUE_WORDS(row->name);
    *bieu_cell(t, out, "reason") = VALUE_WORDS(indicators[which].reason);
    *bieu_cell(t, out, REPORT_QUOTE) =
        VALUE_WORDS(arena_strdup(m->arena, buf_text(&words)));
    bieu_cell(t, out, "form")->kind = VALUE_BLANK;
    bieu_cell(t, out, "opinion")->kind = VALUE_BLANK;
    buf_finish(&words);
}

void bieu_praise(struct maker *m, struct report_table *t)
{
    for (size_t i = 0; i < COUNT(indicators); i++) {
        const struct report_table *from =
            report_table_of(m->report, indicators[i].table);
        size_t column = report_column_of(from, indicators[i].column);

        for (size_t place = 0; place < PLACES; place++)
            for (size_t k = 0; k < from->n_rows && t->n_rows < REPORT_ROWS_MAX; k++)
                if (rank_of(from, &from->rows[k], column) > 0 &&
                    above(from, &from->rows[k], column) == place)
                    propose(m, t, i, from, &from->rows[k], column);
    }
}
