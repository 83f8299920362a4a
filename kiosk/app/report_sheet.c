/* Cells of a report. */
#include "app/report_sheet.h"

#include "base/clock.h"

void report_sheet_open(struct report *r, enum text_id name, enum text_id title)
{
    json_open(r->out, NULL, '{');
    json_put_text(r->out, "name", text_of(name));
    json_put_text(r->out, "title", text_of(title));
    json_open(r->out, "columns", '[');
}

void report_column(struct report *r, enum text_id head, int width,
                   enum report_kind kind)
{
    static const char *const kinds[] = { [REPORT_TEXT] = "text",
                                         [REPORT_INT] = "int",
                                         [REPORT_PERCENT] = "percent",
                                         [REPORT_DATE] = "date" };

    json_open(r->out, NULL, '{');
    json_put_text(r->out, "name", text_of(head));
    json_put_int(r->out, "width", width);
    json_put_text(r->out, "kind", kinds[kind]);
    json_close(r->out, '}');
}

void report_rows(struct report *r)
{
    json_close(r->out, ']');
    json_open(r->out, "rows", '[');
}

void report_sheet_close(struct report *r, const enum text_id *notes)
{
    json_close(r->out, ']');
    json_open(r->out, "notes", '[');
    for (; *notes != T_COUNT; notes++)
        json_put_text(r->out, NULL, text_of(*notes));
    json_close(r->out, ']');
    json_close(r->out, '}');
}

void report_row_open(struct report *r)
{
    json_open(r->out, NULL, '[');
}

void report_row_close(struct report *r)
{
    json_close(r->out, ']');
}

void report_text(struct report *r, const char *text)
{
    json_put_text(r->out, NULL, text);
}

void report_number(struct report *r, int64_t n)
{
    if (n == FIGURE_NONE)
        report_text(r, text_of(T_rf_none));
    else
        json_put_int(r->out, NULL, n);
}

void report_people(struct report *r, const struct figure_people *n)
{
    if (n->least == n->most)
        report_number(r, n->most);
    else
        report_text(
            r, text_fill(r->arena, text_of(T_rf_range), "a",
                         arena_printf(r->arena, "%lld", (long long)n->least), "b",
                         arena_printf(r->arena, "%lld", (long long)n->most), NULL));
}

void report_rate(struct report *r, int64_t part, int64_t whole)
{
    if (part == FIGURE_NONE || whole == FIGURE_NONE || whole <= 0)
        report_text(r, text_of(T_rf_none));
    else
        json_put_int(r->out, NULL, (part * 1000 + whole / 2) / whole);
}

void report_day(struct report *r, int64_t day)
{
    char text[11];

    if (day < 0) {
        report_text(r, "");
        return;
    }
    clock_day_text(day, text);
    report_text(r, text);
}

int64_t report_times_of(struct report *r, const struct figure_range *range,
                        const char *stat, const char *unit, const char *dims)
{
    int64_t n = FIGURE_NONE;

    if (!r->err)
        r->err = figure_times(r->db, stat, unit, dims, range, &n, NULL);
    return r->err ? FIGURE_NONE : n;
}

struct figure_people report_people_of(struct report *r,
                                      const struct figure_range *range,
                                      const char *stat, const char *dims)
{
    struct figure_people n = { FIGURE_NONE, FIGURE_NONE };

    if (!r->err)
        r->err = figure_people(r->db, stat, "-", dims, range, &n);
    return r->err ? (struct figure_people){ FIGURE_NONE, FIGURE_NONE } : n;
}
