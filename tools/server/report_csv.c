/* A report as CSV: one figure a row with its definition, so that every record has the same
 * fields (RFC 4180) and nothing is lost between tables. */
#include "base/buf.h"
#include "base/check.h"
#include "csv.h"
#include "report.h"

#define WORDS_MAX 1024

static void head(struct buf *out)
{
    static const char *const names[] = { "Biểu",   "Tên biểu",  "Mã dòng", "Dòng",
                                         "Mã cột", "Cột",       "Đơn vị",  "Giá trị",
                                         "Đến",    "Định nghĩa" };

    for (size_t i = 0; i < COUNT(names); i++)
        csv_text(out, names[i]);
    csv_end_row(out);
}

/* A number bare, a share with a point, days and words as people read them. */
static void figure(struct buf *out, const struct report_column *c, int64_t n)
{
    struct value v = VALUE_OF(n);
    struct buf words;

    if (c->kind == COLUMN_RATE) {
        csv_tenths(out, n);
    } else if (c->kind == COLUMN_DAY) {
        buf_init(&words, WORDS_MAX);
        report_cell_words(c, &v, &words);
        csv_text(out, buf_text(&words));
        buf_finish(&words);
    } else {
        csv_number(out, n);
    }
}

static void value(struct buf *out, const struct report_column *c, const struct value *v)
{
    struct buf words;

    if (v->kind == VALUE_NUMBER || v->kind == VALUE_RANGE) {
        figure(out, c, v->least);
    } else {
        buf_init(&words, WORDS_MAX);
        report_cell_words(c, v, &words);
        csv_text(out, buf_text(&words));
        buf_finish(&words);
    }
    if (v->kind == VALUE_RANGE)
        figure(out, c, v->most);
    else
        csv_text(out, "");
}

static void line(struct buf *out, const struct report_table *of, const char *code,
                 const char *name, const char *text)
{
    static const struct report_column words = { .kind = COLUMN_TEXT };
    const struct value v = { .kind = VALUE_TEXT, .text = text };

    csv_text(out, of ? of->id : "");
    csv_text(out, of ? of->title : "Thông tin");
    csv_text(out, code);
    csv_text(out, name);
    csv_text(out, "");
    csv_text(out, "");
    csv_text(out, report_unit(COLUMN_TEXT));
    value(out, &words, &v);
    csv_text(out, "");
    csv_end_row(out);
}

static void table(struct buf *out, const struct report_table *t)
{
    for (size_t i = 0; i < t->n_notes; i++)
        line(out, t, "note", "Ghi chú", t->notes[i]);
    for (size_t i = 0; i < t->n_rows; i++)
        for (size_t c = 0; c < t->n_columns; c++) {
            csv_text(out, t->id);
            csv_text(out, t->title);
            csv_text(out, t->rows[i].code);
            csv_text(out, t->rows[i].name);
            csv_text(out, t->columns[c].code);
            csv_text(out, t->columns[c].name);
            csv_text(out, report_unit(t->columns[c].kind));
            value(out, &t->columns[c], &t->rows[i].cells[c]);
            csv_text(out, t->columns[c].meaning);
            csv_end_row(out);
        }
}

enum err report_csv(const struct report *r, struct buf *out)
{
    csv_begin(out);
    head(out);
    line(out, NULL, "commune", "Mã xã", r->commune_code);
    line(out, NULL, "commune_name", "Tên xã", r->commune_name);
    line(out, NULL, "period", "Kỳ báo cáo", r->period);
    line(out, NULL, "made", "Ngày lập số liệu", r->made);
    for (size_t i = 0; i < r->n_lines; i++)
        line(out, NULL, "note", "Ghi chú", r->lines[i]);
    for (size_t i = 0; i < r->n_tables; i++)
        table(out, &r->tables[i]);
    return out->overflow ? ERR_FULL : ERR_OK;
}
