/* A report as the tables that bdhvs-report makes a workbook or a text document of. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/json.h"
#include "dossier.h"
#include "report.h"
#include "report_words.h"

#define WORDS_MAX 2048
#define NONE_WIDTH 15 /* "chưa có số liệu" in a workbook, where a row is one line */

/* --- cells ------------------------------------------------------------------------------ */

static void put_cell(struct buf *out, const struct report_column *c,
                     const struct value *v)
{
    struct buf words;
    char day[11];

    if (v->kind == VALUE_NUMBER && c->kind == COLUMN_DAY) {
        clock_day_text(v->least, day);
        json_put_text(out, NULL, day);
    } else if (v->kind == VALUE_NUMBER) {
        json_put_int(out, NULL, v->least);
    } else {
        buf_init(&words, WORDS_MAX);
        report_cell_words(c, v, &words);
        json_put_text(out, NULL, buf_text(&words));
        buf_finish(&words);
    }
}

static void put_column(struct buf *out, const char *name, const char *kind, int width)
{
    json_open(out, NULL, '{');
    json_put_text(out, "name", name);
    json_put_text(out, "kind", kind);
    json_put_int(out, "width", width);
    json_close(out, '}');
}

static void put_columns(struct buf *out, const struct report_table *t, bool codes)
{
    json_open(out, "columns", '[');
    put_column(out, "TT", "int", 6);
    if (codes)
        put_column(out, "Mã", "text", 12);
    put_column(out, t->row_head, "text", 26);
    for (size_t c = 0; c < t->n_columns; c++)
        put_column(out, t->columns[c].name,
                   t->columns[c].kind == COLUMN_RATE   ? "percent"
                   : t->columns[c].kind == COLUMN_DAY  ? "date"
                   : t->columns[c].kind == COLUMN_TEXT ? "text"
                                                       : "int",
                   codes && t->columns[c].width < NONE_WIDTH ? NONE_WIDTH
                                                             : t->columns[c].width);
    json_close(out, ']');
}

/* "Toàn xã" below the others; lines of the summary are no sums. */
static bool is_sum(const struct report_row *row)
{
    return row->total && !strcmp(row->code, "all");
}

static void put_rows(struct buf *out, const struct report_table *t, bool codes)
{
    int64_t number = 0;

    json_open(out, "rows", '[');
    for (size_t i = 0; i < t->n_rows; i++) {
        json_open(out, NULL, '[');
        if (is_sum(&t->rows[i]))
            json_put_text(out, NULL, "");
        else
            json_put_int(out, NULL, ++number);
        if (codes)
            json_put_text(out, NULL, t->rows[i].code);
        json_put_text(out, NULL, t->rows[i].name);
        for (size_t c = 0; c < t->n_columns; c++)
            put_cell(out, &t->columns[c], &t->rows[i].cells[c]);
        json_close(out, ']');
    }
    json_close(out, ']');
}

/* Columns of the period before, and months after the first, explain themselves. */
static bool is_explained(const struct report_table *t, size_t column)
{
    return t->columns[column].before ||
           (column &&
            !strcmp(t->columns[column].meaning, t->columns[column - 1].meaning));
}

/* What each column means, in one line: "Số hộ: …; Số buổi học: …." */
static void put_meanings(struct buf *out, const struct report_table *t)
{
    const char *gap = "";
    struct buf words;

    buf_init(&words, 4 * WORDS_MAX);
    buf_str(&words, "Giải thích cột: ");
    for (size_t c = 0; c < t->n_columns; c++) {
        if (is_explained(t, c))
            continue;
        buf_printf(&words, "%s%s: %s", gap, t->columns[c].name, t->columns[c].meaning);
        gap = "; ";
    }
    buf_char(&words, '.');
    json_put_text(out, NULL, buf_text(&words));
    buf_finish(&words);
}

static void put_table(struct buf *out, const struct report_table *t, bool codes)
{
    json_open(out, NULL, '{');
    json_put_text(out, "name", t->sheet);
    json_put_text(out, "title", t->title);
    put_columns(out, t, codes);
    put_rows(out, t, codes);
    json_open(out, "strong", '[');
    for (size_t i = 0; i < t->n_rows; i++)
        if (is_sum(&t->rows[i]))
            json_put_int(out, NULL, (int64_t)i);
    json_close(out, ']');
    json_open(out, "notes", '[');
    for (size_t i = 0; i < t->n_notes; i++)
        json_put_text(out, NULL, t->notes[i]);
    if (!codes) /* a workbook has its dictionary */
        put_meanings(out, t);
    json_close(out, ']');
    json_close(out, '}');
}

/* --- the workbook ------------------------------------------------------------------------- */

static void put_pair(struct buf *out, const char *name, const char *text)
{
    json_open(out, NULL, '[');
    json_put_text(out, NULL, name);
    json_put_text(out, NULL, text);
    json_close(out, ']');
}

static void put_about(struct buf *out, const struct report *r, const char *sha256)
{
    char version[32];

    json_open(out, NULL, '{');
    json_put_text(out, "name", "Thông tin");
    json_put_text(out, "title", "Báo cáo phong trào “Bình dân học vụ số”");
    json_open(out, "columns", '[');
    put_column(out, "Mục", "text", 26);
    put_column(out, "Nội dung", "text", 90);
    json_close(out, ']');
    json_open(out, "rows", '[');
    put_pair(out, "Mã xã", r->commune_code);
    put_pair(out, "Tên xã", r->commune_name);
    put_pair(out, "Kỳ báo cáo", r->period_label);
    put_pair(out, "Mã kỳ", r->period);
    put_pair(out, "Từ ngày", r->from);
    put_pair(out, "Đến ngày", r->to);
    put_pair(out, "Kỳ trước", r->before_label);
    put_pair(out, "Ngày lập số liệu", r->made);
    if (r->version) {
        (void)snprintf(version, sizeof(version), "bản số %lld", (long long)r->version);
        put_pair(out, "Đã chốt", version);
        put_pair(out, "Mã kiểm tra SHA-256", sha256);
    }
    for (size_t i = 0; i < r->n_lines; i++)
        put_pair(out, "Ghi chú", r->lines[i]);
    put_pair(out, "Số nhỏ", report_words_small(r));
    json_close(out, ']');
    json_open(out, "notes", '[');
    json_close(out, ']');
    json_close(out, '}');
}

static void put_dictionary(struct buf *out, const struct report *r)
{
    json_open(out, NULL, '{');
    json_put_text(out, "name", "Từ điển số liệu");
    json_put_text(out, "title", "Từ điển số liệu");
    json_open(out, "columns", '[');
    put_column(out, "Biểu", "text", 8);
    put_column(out, "Mã cột", "text", 20);
    put_column(out, "Cột", "text", 34);
    put_column(out, "Đơn vị", "text", 10);
    put_column(out, "Định nghĩa", "text", 90);
    json_close(out, ']');
    json_open(out, "rows", '[');
    for (size_t i = 0; i < r->n_tables; i++)
        for (size_t c = 0; c < r->tables[i].n_columns; c++) {
            const struct report_column *column = &r->tables[i].columns[c];

            json_open(out, NULL, '[');
            json_put_text(out, NULL, r->tables[i].id);
            json_put_text(out, NULL, column->code);
            json_put_text(out, NULL, column->name);
            json_put_text(out, NULL, report_unit(column->kind));
            json_put_text(out, NULL, column->meaning);
            json_close(out, ']');
        }
    json_close(out, ']');
    json_open(out, "notes", '[');
    json_close(out, ']');
    json_close(out, '}');
}

enum err report_sheets(const struct report *r, const char *frozen_sha256,
                       struct buf *out)
{
    json_open(out, NULL, '{');
    json_open(out, "sheets", '[');
    put_about(out, r, frozen_sha256);
    for (size_t i = 0; i < r->n_tables; i++)
        put_table(out, &r->tables[i], true);
    put_dictionary(out, r);
    json_close(out, ']');
    json_close(out, '}');
    return out->overflow ? ERR_FULL : ERR_OK;
}

/* --- the text document ---------------------------------------------------------------------- */

enum err report_document(const struct report *r, const char *frozen_sha256,
                         enum report_shape shape, struct buf *out)
{
    json_open(out, NULL, '{');
    if (shape == REPORT_WHOLE)
        report_words_paper(r, out);
    else if (shape == REPORT_DOSSIER)
        dossier_words_paper(r, out);
    report_words_title(r, out);
    json_open(out, "paragraphs", '[');
    if (shape == REPORT_SECTION)
        report_words_results(r, out);
    report_words_source(r, frozen_sha256, out);
    json_close(out, ']');
    json_open(out, "sheets", '[');
    for (size_t i = 0; i < r->n_tables; i++)
        put_table(out, &r->tables[i], false);
    json_close(out, ']');
    json_close(out, '}');
    return out->overflow ? ERR_FULL : ERR_OK;
}
