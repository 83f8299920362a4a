/* See report.h: how cells are found and read. */
#include "report.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"

const struct report_table *report_table_of(const struct report *r, const char *id)
{
    for (size_t i = 0; i < r->n_tables; i++)
        if (!strcmp(r->tables[i].id, id))
            return &r->tables[i];
    return NULL;
}

size_t report_column_of(const struct report_table *t, const char *code)
{
    size_t i = 0;

    while (i < t->n_columns && (!code || strcmp(t->columns[i].code, code) != 0))
        i++;
    return i;
}

const char *report_unit(enum column_kind kind)
{
    static const char *const units[COLUMN_KINDS] = {
        [COLUMN_PEOPLE] = "người",    [COLUMN_TIMES] = "lượt",
        [COLUMN_COUNT] = "số lượng",  [COLUMN_RATE] = "%",
        [COLUMN_DAY] = "ngày",        [COLUMN_TEXT] = "chữ",
        [COLUMN_MIXED] = "theo dòng",
    };

    return units[kind];
}

/* --- words ------------------------------------------------------------------------------ */

static void whole_words(int64_t v, struct buf *out)
{
    char digits[32];
    int n = 0;

    for (int group = 0; v || n == 0; v /= 10, group++) {
        if (group && group % 3 == 0)
            digits[n++] = '.';
        digits[n++] = (char)('0' + v % 10);
    }
    while (n)
        buf_char(out, digits[--n]);
}

static void number_words(enum column_kind kind, int64_t v, struct buf *out)
{
    int year, month, day;

    if (kind == COLUMN_DAY) {
        clock_day_civil(v, &year, &month, &day);
        buf_printf(out, "%02d/%02d/%d", day, month, year);
        return;
    }
    if (v < 0) /* sums over runs may be (PROTOCOL §3) */
        buf_char(out, '-');
    v = v < 0 ? -v : v;
    whole_words(kind == COLUMN_RATE ? v / 10 : v, out);
    if (kind == COLUMN_RATE)
        buf_printf(out, ",%d%%", (int)(v % 10));
}

void report_cell_words(const struct report_column *c, const struct value *cell,
                       struct buf *out)
{
    switch (cell->kind) {
    case VALUE_NONE:
        buf_str(out, "chưa có số liệu");
        break;
    case VALUE_NUMBER:
        number_words(c->kind, cell->least, out);
        break;
    case VALUE_RANGE:
        number_words(c->kind, cell->least, out);
        buf_str(out, " đến ");
        number_words(c->kind, cell->most, out);
        break;
    case VALUE_TEXT:
        buf_str(out, cell->text);
        break;
    case VALUE_BLANK:
        break;
    case VALUE_MERGED:
        buf_str(out, "gộp (số nhỏ)");
        break;
    }
}
