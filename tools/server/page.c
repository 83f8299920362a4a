/* The frame of the page: head, navigation, period, the large numbers, the chart. Tables
 * are in page_tables.c. */
#include "page.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "chart.h"
#include "figures.h"
#include "html.h"
#include "style_css.h"

#define DAY_MINUTES 1440
#define MINUTE_MS 60000
#define VIETNAM_MINUTES 420 /* UTC+7 */

static const struct {
    const char *anchor;
    const char *icon; /* path of a 24-unit drawing */
    const char *word;
} sections[] = {
    { "tong-quan", "M4 4v16h16M8.5 16.5v-5M13 16.5V8M17.5 16.5v-3", "Tổng quan" },
    { "theo-thang", "M4 6h16v14H4zM4 10.5h16M8 3.5V7M16 3.5V7", "Theo tháng" },
    { "theo-thon",
      "M12 21.5c-4.5-4.8-6.5-8-6.5-11a6.5 6.5 0 0 1 13 0c0 3-2 6.2-6.5 11z",
      "Theo thôn" },
    { "theo-bai",
      "M12 6.5C9.5 4.5 6.5 4 3 4v14.5c3.5 0 6.5.5 9 2.5 2.5-2 5.5-2.5 "
      "9-2.5V4c-3.5 0-6.5.5-9 2.5zM12 6.5V21",
      "Theo bài học" },
    { "cac-may", "M3 4.5h18v12H3zM9 20.5h6M12 16.5v4", "Các máy" },
};

void page_head(struct buf *out, const char *commune)
{
    html_raw(out, "<!doctype html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width,"
                  "initial-scale=1\">\n<title>");
    html_text(out, commune);
    html_raw(out, " – Bình dân học vụ số</title>\n"
                  "<link rel=\"stylesheet\" href=\"/style.css\"></head>\n<body>\n");
    /* the woven band, the one ornament */
    html_raw(
        out,
        "<svg class=\"weave\" aria-hidden=\"true\"><defs><pattern id=\"w\" "
        "width=\"56\" height=\"14\" patternUnits=\"userSpaceOnUse\">"
        "<rect width=\"56\" height=\"14\" fill=\"#22170E\"/>"
        "<path fill=\"#961B1E\" d=\"M0 0h56v2.5H0zM0 11.5h56V14H0z\"/>"
        "<path fill=\"#F7F0E3\" d=\"M14 3.5L19.5 7 14 10.5 8.5 7zM25 4.5h2v5h-2zM29 "
        "4.5h2v5h-2zM53 4.5h2v5h-2zM1 4.5h2v5H1z\"/>"
        "<path fill=\"#961B1E\" d=\"M14 5.3L16.7 7 14 8.7 11.3 7z\"/>"
        "<path fill=\"#F3B433\" d=\"M42 3.5L47.5 7 42 10.5 36.5 7z\"/></pattern>"
        "</defs><rect width=\"100%\" height=\"14\" fill=\"url(#w)\"/></svg>\n");
}

static void side(struct buf *out, const struct figures *f)
{
    html_raw(out,
             "<div class=\"house\">\n<header class=\"side\"><div class=\"brand\">"
             "<svg class=\"seal\" viewBox=\"0 0 44 44\" aria-hidden=\"true\">"
             "<circle cx=\"22\" cy=\"22\" r=\"22\" fill=\"#961B1E\"/>"
             "<path fill=\"#F3B433\" d=\"M22 12l3.1 6.3 6.9 1-5 4.9 1.2 6.9-6.2-3.2"
             "-6.2 3.2 1.2-6.9-5-4.9 6.9-1z\"/></svg><p><b>Bình dân học vụ số</b>"
             "<br>");
    html_text(out, f->commune);
    html_raw(out, "</p></div>\n<nav aria-label=\"Các phần\">");
    for (size_t i = 0; i < COUNT(sections); i++) {
        html_raw(out, "<a href=\"#");
        html_text(out, sections[i].anchor);
        html_raw(out, "\"><svg class=\"icon\" viewBox=\"0 0 24 24\" "
                      "aria-hidden=\"true\"><path d=\"");
        html_text(out, sections[i].icon);
        html_raw(out, "\"/></svg>");
        html_text(out, sections[i].word);
        html_raw(out, "</a>");
    }
    html_raw(out, "</nav></header>\n<main>\n");
}

static void link_to(struct buf *out, const struct period *p, const char *class_name,
                    bool here, const char *word)
{
    char name[PERIOD_NAME_CHARS];

    period_name(p, name);
    html_raw(out, "<a class=\"");
    html_text(out, class_name);
    html_raw(out, "\" href=\"/?period=");
    html_text(out, name);
    html_raw(out, "\"");
    if (here)
        html_raw(out, " aria-current=\"page\"");
    html_raw(out, ">");
    html_text(out, word);
    html_raw(out, "</a>");
}

static void period_choice(struct buf *out, const struct figures *f)
{
    static const struct {
        enum period_kind kind;
        const char *word;
    } kinds[] = {
        { PERIOD_MONTH, "Tháng" },  { PERIOD_QUARTER, "Quý" },
        { PERIOD_HALF, "6 tháng" }, { PERIOD_YEAR, "Năm" },
        { PERIOD_ALL, "Tất cả" },
    };
    const struct period *now = &f->period;
    int64_t today = clock_day(f->now_ms);
    char label[PERIOD_LABEL_BYTES];

    html_raw(out, "<nav class=\"seg\" aria-label=\"Kỳ\">");
    for (size_t i = 0; i < COUNT(kinds); i++) {
        struct period p = period_of(kinds[i].kind, today);

        link_to(out, &p, "", kinds[i].kind == now->kind, kinds[i].word);
    }
    html_raw(out, "</nav>\n<p class=\"when\">");
    if (now->kind != PERIOD_ALL) {
        struct period before = period_step(now, -1);

        link_to(out, &before, "step", false, "‹ Kỳ trước");
    }
    period_label(now, label);
    html_element(out, "b", NULL, label);
    if (now->kind != PERIOD_ALL && now->end_day <= today) {
        struct period after = period_step(now, 1);

        link_to(out, &after, "step", false, "Kỳ sau ›");
    }
    html_raw(out, "</p>\n");
}

static void top(struct buf *out, const struct figures *f)
{
    char name[PERIOD_NAME_CHARS];
    char day[11];
    int64_t newest_ms = 0;
    int64_t minutes;
    size_t n_seen = 0;

    for (size_t i = 0; i < f->n_machines; i++) {
        n_seen += f->machines[i].seen_ms > 0;
        if (f->machines[i].seen_ms > newest_ms)
            newest_ms = f->machines[i].seen_ms;
    }
    minutes = (newest_ms / MINUTE_MS + VIETNAM_MINUTES) % DAY_MINUTES;
    clock_day_text(clock_day(newest_ms), day);
    period_name(&f->period, name);
    html_raw(out, "<div class=\"top\" id=\"tong-quan\"><div class=\"grow\">"
                  "<h1>Tổng quan</h1><p class=\"mute\">");
    if (n_seen)
        buf_printf(out, "Số liệu từ %zu máy, đến %.2s/%.2s/%.4s %02d:%02d", n_seen,
                   day + 8, day + 5, day, (int)(minutes / 60), (int)(minutes % 60));
    else
        html_raw(out, "Chưa có máy nào gửi số liệu");
    html_raw(out, "</p></div>\n");
    period_choice(out, f);
    html_raw(out, "<a class=\"button\" href=\"/totals.csv?period=");
    html_text(out, name);
    html_raw(out, "\">Tải bảng (CSV)</a></div>\n");
}

static void card(struct buf *out, const char *label, const char *unit,
                 const struct figure *v, const struct figure *of, const char *of_words)
{
    html_raw(out, "<div class=\"card\">");
    html_element(out, "p", "label", label);
    if (v->known) {
        html_raw(out, "<p class=\"value\">");
        html_number(out, v->value);
        html_raw(out, " <small>");
        html_text(out, unit);
        html_raw(out, "</small></p>");
        if (of && of->known && of->value > 0 && v->value <= of->value) {
            buf_printf(out, "<p class=\"share\">%d%% ",
                       (int)((200 * v->value + of->value) / (2 * of->value)));
            html_text(out, of_words);
            html_raw(out, "</p>");
        }
    } else {
        html_element(out, "p", "none", "chưa có số liệu");
    }
    html_raw(out, "</div>\n");
}

static void cards(struct buf *out, const struct figures *f)
{
    html_raw(out, "<div class=\"cards\">");
    card(out, f->registered_now ? "Người ghi danh đến nay" : "Người ghi danh", "người",
         &f->registered, NULL, NULL);
    card(out, "Xong ít nhất 1 bài", "người", &f->finished, &f->registered,
         "người ghi danh");
    card(out, "Nữ ghi danh", "người", &f->women, &f->registered, "người ghi danh");
    card(out, "Từ 60 tuổi, ghi danh", "người", &f->over60, &f->registered,
         "người ghi danh");
    card(out, "Lượt xong bài", "lượt", &f->visits[FIGURES_COMPLETIONS], NULL, NULL);
    card(out, "Lượt đạt", "lượt", &f->visits[FIGURES_PASSES],
         &f->visits[FIGURES_COMPLETIONS], "lượt xong bài");
    html_raw(out, "</div>\n");
}

static void chart(struct buf *out, const struct figures *f)
{
    bool known = false;
    int year;
    int month;
    int mday;

    for (int i = 0; i < FIGURES_MONTHS; i++)
        known = known || f->months[i].visits[FIGURES_COMPLETIONS].known;
    if (!known) {
        html_raw(out, "<section class=\"box big\"><h2>Lượt xong bài mỗi tháng</h2>"
                      "<p class=\"none\">chưa có số liệu</p></section>\n");
        return;
    }

    clock_day_civil(clock_day(f->now_ms), &year, &month, &mday);
    buf_printf(out,
               "<section class=\"box big\"><h2>Lượt xong bài mỗi tháng</h2>"
               "<p class=\"mute legend\"><span><i class=\"key this\"></i> năm %d",
               f->months[12].year);
    if (year == f->months[12].year)
        buf_printf(out, " (tháng %d chưa hết)", month);
    buf_printf(out, "</span> <span><i class=\"key last\"></i> năm %d</span></p>\n",
               f->months[0].year);
    chart_months(out, f, CHART_WIDE);
    chart_months(out, f, CHART_NARROW);
    html_raw(out, "</section>\n");
}

enum err page_write(struct server *s, const char *period, struct buf *out)
{
    struct arena arena = { 0 };
    struct figures f = { 0 };
    enum err err = figures_read(s, period, &arena, &f);

    if (!err) {
        page_head(out, f.commune);
        side(out, &f);
        top(out, &f);
        cards(out, &f);
        html_raw(out, "<div class=\"pair\">");
        chart(out, &f);
        page_alerts(out, &f);
        html_raw(out, "</div>\n<div class=\"pair\">");
        page_thons(out, &f);
        page_machines(out, &f);
        html_raw(out, "</div>\n");
        html_raw(out, "<div class=\"pair\">");
        page_lessons(out, &f);
        page_months(out, &f);
        html_raw(out, "</div>\n");
        page_others(out, &f);
        html_raw(
            out,
            "<p class=\"mute foot\">Lượt: mỗi lần học được tính. Người: mỗi "
            "người tính một lần trong kỳ, ở máy đã ghi danh. Hai số này không "
            "cộng với nhau. Người học thử, không ghi danh, chỉ được tính lượt.</p>\n"
            "</main></div></body></html>\n");
    }
    arena_finish(&arena);
    return err;
}

void page_style(struct buf *out)
{
    buf_add(out, style_css, sizeof(style_css));
}
