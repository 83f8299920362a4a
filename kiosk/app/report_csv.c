/* The tables document as CSV, and what a report's files are called. */
#include <stdio.h>
#include <string.h>

#include "app/report_file.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"

#define DEPTH_MAX 8

/* RFC 4180; what a spreadsheet would take for a formula gets an apostrophe. */
static void text_cell(struct buf *out, const char *text)
{
    buf_char(out, '"');
    if (*text && strchr("=+-@\t\r", *text))
        buf_char(out, '\'');
    for (; *text; text++) {
        if (*text == '"')
            buf_char(out, '"');
        buf_char(out, *text);
    }
    buf_char(out, '"');
}

/* A rate is thousandths: "69.8%". */
static void number_cell(struct buf *out, int64_t n, bool percent)
{
    if (percent)
        buf_printf(out, "%lld.%lld%%", (long long)n / 10, (long long)n % 10);
    else
        buf_printf(out, "%lld", (long long)n);
}

static void csv_row(struct buf *out, const json_value *columns, const json_value *row)
{
    for (size_t i = 0; i < json_count(row); i++) {
        const json_value *v = json_at(row, i);
        const char *kind = json_text(json_get(json_at(columns, i), "kind"));
        int64_t n;

        if (i)
            buf_char(out, ',');
        if (json_text(v))
            text_cell(out, json_text(v));
        else if (!json_int(v, -JSON_INT_MAX, JSON_INT_MAX, &n))
            number_cell(out, n, kind && !strcmp(kind, "percent"));
    }
    buf_str(out, "\r\n");
}

static void csv_sheet(struct buf *out, const json_value *sheet)
{
    const json_value *columns = json_get(sheet, "columns");
    const json_value *rows = json_get(sheet, "rows"), *notes = json_get(sheet, "notes");
    const char *title = json_text(json_get(sheet, "title"));

    text_cell(out, title ? title : "");
    buf_str(out, "\r\n");
    for (size_t i = 0; i < json_count(columns); i++) {
        const char *name = json_text(json_get(json_at(columns, i), "name"));

        if (i)
            buf_char(out, ',');
        text_cell(out, name ? name : "");
    }
    buf_str(out, "\r\n");
    for (size_t i = 0; i < json_count(rows); i++)
        csv_row(out, columns, json_at(rows, i));
    for (size_t i = 0; i < json_count(notes); i++) {
        text_cell(out, json_text(json_at(notes, i)));
        buf_str(out, "\r\n");
    }
    buf_str(out, "\r\n");
}

enum err report_file_csv(const struct buf *tables, struct buf *out)
{
    const json_value *sheets;
    const char *title;
    json_value *doc;

    if (json_parse(buf_text(tables), tables->len, DEPTH_MAX, &doc, NULL, 0))
        return ERR_REJECTED;
    sheets = json_get(doc, "sheets");
    title = json_text(json_get(doc, "title"));
    buf_str(out, "\xEF\xBB\xBF");
    text_cell(out, title ? title : "");
    buf_str(out, "\r\n\r\n");
    for (size_t i = 0; i < json_count(sheets); i++)
        csv_sheet(out, json_at(sheets, i));
    json_free(doc);
    return out->overflow ? ERR_FULL : ERR_OK;
}

void report_file_name(const struct figure_range *range, const char *suffix,
                      char out[REPORT_NAME_BYTES])
{
    char from[11], to[11];

    if (range->period[0]) {
        const char *half = strstr(range->period, "-H");

        if (half) /* as the commune calls it: six months, year, which of the two */
            (void)snprintf(out, REPORT_NAME_BYTES, "bao-cao-6-thang-%.4s-%.1s.%.8s",
                           range->period, half + 2, suffix);
        else
            (void)snprintf(out, REPORT_NAME_BYTES, "bao-cao-%s.%.8s", range->period,
                           suffix);
        return;
    }
    clock_day_text(range->from_day, from);
    clock_day_text(range->to_day, to);
    (void)snprintf(out, REPORT_NAME_BYTES, "bao-cao-%s-%s.%.8s", from, to, suffix);
}
