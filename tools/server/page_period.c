/* The choice of the period: by links, so that it works without a script; free days by a
 * small form. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "figures.h"
#include "html.h"
#include "page.h"

static int64_t today(const struct visit *v)
{
    return clock_day(clock_wall_ms(v->server->clock));
}

struct period page_period(const struct visit *v)
{
    const struct http_request *q = v->request;
    const char *name = q->query(q, "period");
    const char *first = q->query(q, "tu");
    const char *last = q->query(q, "den");
    char range[PERIOD_NAME_CHARS];
    struct period p;

    if (first && last &&
        (size_t)snprintf(range, sizeof(range), "%s..%s", first, last) < sizeof(range))
        name = range;
    if (!name || !period_parse(name, &p))
        p = period_of(PERIOD_HALF, today(v));
    return p;
}

static void link_to(const struct visit *v, struct buf *out, const struct period *p,
                    const char *class_name, bool here, const char *word)
{
    char name[PERIOD_NAME_CHARS];

    period_name(p, name);
    html_raw(out, "<a class=\"");
    html_text(out, class_name);
    html_raw(out, "\" href=\"");
    html_text(out, v->request->path);
    html_raw(out, "?period=");
    html_text(out, name);
    html_raw(out, "\"");
    if (here)
        html_raw(out, " aria-current=\"true\"");
    html_raw(out, ">");
    html_text(out, word);
    html_raw(out, "</a>");
}

static void day_field(struct buf *out, const char *name, const char *word, int64_t day)
{
    char text[11];

    clock_day_text(day, text);
    html_raw(out, "<label>");
    html_text(out, word);
    html_raw(out, " <input type=\"date\" required name=\"");
    html_text(out, name);
    html_raw(out, "\" value=\"");
    html_text(out, text);
    html_raw(out, "\"></label>");
}

/* Free days; closed until it is asked for. */
static void days(const struct visit *v, const struct period *p, struct buf *out)
{
    struct period shown = *p;

    if (p->kind == PERIOD_ALL || p->kind == PERIOD_PHASE)
        shown = period_of(PERIOD_RANGE, today(v));
    html_raw(out, "<details class=\"days\"");
    if (p->kind == PERIOD_RANGE)
        html_raw(out, " open");
    html_raw(out, "><summary>Chọn ngày</summary><form method=\"get\" action=\"");
    html_text(out, v->request->path);
    html_raw(out, "\">");
    day_field(out, "tu", "Từ ngày", shown.first_day);
    day_field(out, "den", "đến ngày", shown.end_day - 1);
    html_raw(out, "<button class=\"button plain\" type=\"submit\">Xem</button></form>"
                  "</details>\n");
}

void page_period_choice(const struct visit *v, const struct period *p, struct buf *out)
{
    static const struct {
        enum period_kind kind;
        const char *word;
    } kinds[] = {
        { PERIOD_MONTH, "Tháng" },     { PERIOD_QUARTER, "Quý" },
        { PERIOD_HALF, "6 tháng" },    { PERIOD_YEAR, "Năm" },
        { PERIOD_PHASE, "Giai đoạn" }, { PERIOD_ALL, "Tất cả" },
    };
    struct period other;
    char label[PERIOD_LABEL_BYTES];

    html_raw(out, "<nav class=\"seg\" aria-label=\"Thời gian\">");
    for (size_t i = 0; i < COUNT(kinds); i++) {
        other = period_of(kinds[i].kind, today(v));
        link_to(v, out, &other, "", kinds[i].kind == p->kind, kinds[i].word);
    }
    html_raw(out, "</nav>\n<div class=\"when\">");
    if (period_before(p, &other))
        link_to(v, out, &other, "step", false, "‹ Kỳ trước");
    period_label(p, label);
    html_element(out, "b", NULL, label);
    other = period_step(p, 1);
    if (other.end_day > p->end_day && p->end_day <= today(v))
        link_to(v, out, &other, "step", false, "Kỳ sau ›");
    days(v, p, out);
    html_raw(out, "</div>\n");
}

void page_period_line(const struct period *p, struct buf *out)
{
    struct period before;
    char label[PERIOD_LABEL_BYTES];

    period_label(p, label);
    html_text(out, label);
    if (!period_before(p, &before))
        return;
    period_label(&before, label);
    html_raw(out, "; kỳ trước là ");
    html_text(out, label);
}

enum err page_compared(const struct visit *v, struct http_response *r,
                       const char *title, page_writer *write)
{
    struct arena arena = { 0 };
    struct figures f = { 0 };
    struct figures before = { 0 };
    struct period p = page_period(v);
    bool compare;
    enum err err = page_begin(v, &r->body, title);

    if (!err)
        err = figures_read_both(v->server, &p, &arena, &f, &before, &compare);
    if (!err) {
        write(v, &r->body, &f, compare ? &before : NULL);
        page_end(&r->body);
    }
    arena_finish(&arena);
    return err;
}
