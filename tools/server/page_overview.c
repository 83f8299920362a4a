/* The first page: the large numbers, the line of months, what needs a look, thôn, groups
 * and machines. */
#include <inttypes.h>

#include "base/buf.h"
#include "base/clock.h"
#include "chart.h"
#include "cubes.h"
#include "figures.h"
#include "health.h"
#include "html.h"
#include "icons.h"
#include "pages.h"

static void sent_line(struct buf *out, const struct figures *f)
{
    int64_t newest_ms = 0;
    size_t n_seen = 0;

    for (size_t i = 0; i < f->n_machines; i++) {
        n_seen += f->machines[i].seen_ms > 0;
        if (f->machines[i].seen_ms > newest_ms)
            newest_ms = f->machines[i].seen_ms;
    }
    html_raw(out, "<p class=\"mute\">");
    if (n_seen) {
        buf_printf(out, "Số liệu từ %zu máy, đến ", n_seen);
        page_moment(out, newest_ms);
    } else {
        html_raw(out, "Chưa có máy nào gửi số liệu");
    }
    html_raw(out, "</p>");
}

static void top(const struct visit *v, struct buf *out, const struct figures *f)
{
    char name[PERIOD_NAME_CHARS];

    html_raw(out, "<div class=\"top\"><div class=\"grow\"><h1>Tổng quan</h1>");
    sent_line(out, f);
    html_raw(out, "</div>\n");
    page_period_choice(v, &f->period, out);
    period_name(&f->period, name);
    html_raw(out, "<a class=\"button\" href=\"/bao-cao?period=");
    html_text(out, name);
    html_raw(out, "\">");
    page_icon(out, ICON_FILE);
    html_raw(out, "Làm báo cáo</a>");
    page_top_end(out);
}

struct share {
    const struct figure *v;
    const struct figure *of;
    const char *words;
};

static void card(struct buf *out, const char *label, const char *unit,
                 const struct figure *v, const struct figure *before,
                 const struct share *share)
{
    html_raw(out, "<div class=\"card\">");
    html_element(out, "p", "label", label);
    if (!v->known) {
        page_none(out);
        html_raw(out, "</div>\n");
        return;
    }
    html_raw(out, "<p class=\"value\">");
    page_value(out, v);
    html_raw(out, " <small>");
    html_text(out, unit);
    html_raw(out, "</small></p>");
    if (share && share->v->known && share->of->known && share->of->value > 0 &&
        share->v->value >= 0 && share->v->value <= share->of->value) {
        buf_printf(out, "<p class=\"share\">%d%% ",
                   page_percent(share->v->value, share->of->value));
        html_text(out, share->words);
        html_raw(out, "</p>");
    }
    if (before)
        page_change(out, v, before);
    html_raw(out, "</div>\n");
}

/* `b`: of the period before, or NULL. */
static void cards(struct buf *out, const struct figures *f, const struct figures *b)
{
    const struct figure *done = &f->visits[FIGURES_COMPLETIONS];
    bool same_stock = b && !f->registered_now && !b->registered_now;

    html_raw(out, "<div class=\"cards\">");
    card(out, f->registered_now ? "Người ghi danh đến nay" : "Người ghi danh", "người",
         &f->registered, same_stock ? &b->registered : NULL, NULL);
    card(out, "Xong ít nhất 1 bài", "người", &f->finished, b ? &b->finished : NULL,
         &(const struct share){ &f->finished, &f->registered, "người ghi danh" });
    card(out, "Lượt xong bài", "lượt", done, b ? &b->visits[FIGURES_COMPLETIONS] : NULL,
         &(const struct share){ &f->visits[FIGURES_PASSES], done, "lượt đạt" });
    card(out, "Nữ ghi danh", "người", &f->women, same_stock ? &b->women : NULL,
         &(const struct share){ &f->women, &f->registered, "người ghi danh" });
    card(out, "Từ 60 tuổi, ghi danh", "người", &f->over60,
         same_stock ? &b->over60 : NULL,
         &(const struct share){ &f->over60, &f->registered, "người ghi danh" });
    html_raw(out, "</div>\n");
}

/* --- the months --------------------------------------------------------------------- */

static void month_table(struct buf *out, const struct figures *f)
{
    html_raw(out,
             "<details><summary>Số từng tháng</summary>"
             "<table><thead><tr><th scope=\"col\">Tháng</th>"
             "<th scope=\"col\" class=\"num\">Lượt bắt đầu</th>"
             "<th scope=\"col\" class=\"num\">Lượt xong</th>"
             "<th scope=\"col\" class=\"num\">Lượt đạt</th></tr></thead><tbody>\n");
    for (int i = FIGURES_MONTHS - 1; i >= 0; i--) {
        const struct figures_month *m = &f->months[i];

        if (!m->visits[FIGURES_COMPLETIONS].known)
            continue;
        buf_printf(out, "<tr><th scope=\"row\">%d/%d</th>", m->month, m->year);
        for (size_t k = 0; k < FIGURES_STATS; k++)
            page_cell(out, &m->visits[k]);
        html_raw(out, "</tr>\n");
    }
    html_raw(out, "</tbody></table><p class=\"mute\">Tháng không có trong bảng: "
                  "chưa có số liệu.</p></details>");
}

static void months(struct buf *out, const struct figures *f)
{
    bool known = false;
    int year;
    int month;
    int mday;

    for (int i = 0; i < FIGURES_MONTHS; i++)
        known = known || f->months[i].visits[FIGURES_COMPLETIONS].known;
    page_box(out, "theo-thang", "big", "Lượt xong bài mỗi tháng");
    if (!known) {
        page_none(out);
        page_box_end(out);
        return;
    }
    clock_day_civil(clock_day(f->now_ms), &year, &month, &mday);
    buf_printf(out, "<p class=\"mute legend\"><span><i class=\"key this\"></i> năm %d",
               f->months[12].year);
    if (year == f->months[12].year)
        buf_printf(out, " (tháng %d chưa hết)", month);
    buf_printf(out, "</span> <span><i class=\"key last\"></i> năm %d</span></p>\n",
               f->months[0].year);
    chart_months(out, f, CHART_WIDE);
    chart_months(out, f, CHART_NARROW);
    month_table(out, f);
    page_box_end(out);
}

/* --- thôn, groups, machines --------------------------------------------------------- */

static void bar_row(struct buf *out, const struct figure *v, int64_t max)
{
    html_raw(out, "<td class=\"barcell\">");
    if (v->known)
        chart_bar(out, v->value, max);
    html_raw(out, "</td>");
    page_cell(out, v);
    html_raw(out, "</tr>\n");
}

static void thons(struct buf *out, const struct figures *f)
{
    int64_t max = 0;

    page_box(out, "theo-thon", "", "Xong ít nhất 1 bài, theo thôn");
    for (size_t i = 0; i < f->n_thons; i++)
        if (f->thons[i].finished.value > max)
            max = f->thons[i].finished.value;
    if (!f->n_thons)
        page_none(out);
    else
        html_raw(out, "<table class=\"bars\"><thead class=\"unseen\"><tr>"
                      "<th scope=\"col\">Thôn</th><td></td>"
                      "<th scope=\"col\">Người</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < f->n_thons; i++) {
        html_raw(out, "<tr><th scope=\"row\">");
        page_thon_name(out, f->thons[i].code, f->thons[i].name);
        html_raw(out, "</th>");
        bar_row(out, &f->thons[i].finished, max);
    }
    html_literal(out, f->n_thons ? "</tbody></table>" : "");
    page_box_end(out);
}

static void part(struct buf *out, const struct cube *row, const char *word)
{
    if (!row || !row->registered.known)
        return;
    html_raw(out, "<span>");
    html_text(out, word ? word : row->name);
    html_raw(out, " <b>");
    page_value(out, &row->registered);
    html_raw(out, "</b></span> ");
}

static void groups(struct buf *out, const struct cubes *c)
{
    const struct cube *rows = c->rows[CUBE_GROUP];
    int64_t max = 0;

    page_box(out, "theo-nhom", "", "Người ghi danh, theo nhóm đối tượng");
    for (size_t i = 0; i < c->n_rows[CUBE_GROUP]; i++)
        if (rows[i].registered.value > max)
            max = rows[i].registered.value;
    html_raw(out, "<table class=\"bars\"><thead class=\"unseen\"><tr>"
                  "<th scope=\"col\">Nhóm</th><td></td><th scope=\"col\">Người</th>"
                  "</tr></thead><tbody>\n");
    for (size_t i = 0; i < c->n_rows[CUBE_GROUP]; i++) {
        html_raw(out, "<tr><th scope=\"row\">");
        html_text(out, rows[i].name ? rows[i].name : rows[i].code);
        html_raw(out, "</th>");
        bar_row(out, &rows[i].registered, max);
    }
    html_raw(out, "</tbody></table><p class=\"mute parts\">");
    for (size_t i = 0; i < c->n_rows[CUBE_BAND]; i++)
        part(out, &c->rows[CUBE_BAND][i], c->rows[CUBE_BAND][i].name ? NULL : "Khác");
    part(out, cubes_find(c, CUBE_SEX, "f"), "Nữ");
    part(out, cubes_find(c, CUBE_SEX, "m"), "Nam");
    html_raw(out, "</p>");
    page_box_end(out);
}

static void machine(struct buf *out, const struct figures *f,
                    const struct figures_machine *m)
{
    bool late = health_is_silent(m, f->now_ms);

    html_raw(out, "<tr><th scope=\"row\"><a href=\"/may?id=");
    html_text(out, m->id);
    html_raw(out, "\">");
    html_text(out, m->name);
    html_raw(out, "</a></th><td class=\"num\"><span class=\"chip ");
    html_literal(out, m->revoked || !m->seen_ms ? "later" : late ? "late" : "good");
    html_raw(out, "\">");
    if (late)
        page_icon(out, ICON_WARN);
    if (m->revoked)
        html_raw(out, "đã ngừng nhận");
    else if (!m->seen_ms)
        html_raw(out, "chưa gửi lần nào");
    else
        page_ago(out, f->now_ms - m->seen_ms);
    html_raw(out, "</span></td></tr>\n");
}

static void machines(struct buf *out, const struct figures *f)
{
    page_box(out, "cac-may", "", "Các máy");
    if (!f->n_machines)
        html_element(out, "p", "none", "chưa có máy nào");
    else
        html_raw(out, "<table><thead class=\"unseen\"><tr><th scope=\"col\">Máy</th>"
                      "<th scope=\"col\">Tin gần nhất</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < f->n_machines; i++)
        machine(out, f, &f->machines[i]);
    html_literal(out, f->n_machines ? "</tbody></table>" : "");
    page_box_end(out);
}

/* --- classes, and what nobody knows here -------------------------------------------- */

static void others(struct buf *out, const struct figures *f, bool named)
{
    size_t n = 0;

    for (size_t i = 0; i < f->n_others; i++)
        n += (f->others[i].title != NULL) == named;
    if (!n)
        return;
    page_box(out, named ? "lop" : "khac", "",
             named ? "Lớp học và hỗ trợ" : "Số liệu khác");
    if (!named)
        html_element(out, "p", "mute",
                     "Những số máy gửi lên mà máy chủ này chưa biết tên.");
    html_raw(out, "<table><tbody>\n");
    for (size_t i = 0; i < f->n_others; i++) {
        const struct figures_other *o = &f->others[i];

        if ((o->title != NULL) != named)
            continue;
        html_raw(out, "<tr><th scope=\"row\">");
        html_text(out, named ? o->title : o->stat);
        html_raw(out, "</th><td class=\"num\">");
        html_number(out, o->value);
        html_raw(out, " ");
        html_text(out, o->unit);
        html_raw(out, "</td></tr>\n");
    }
    html_raw(out, "</tbody></table>");
    page_box_end(out);
}

static void write(const struct visit *v, struct buf *out, const struct figures *f,
                  const struct figures *before, const struct cubes *c)
{
    top(v, out, f);
    cards(out, f, before);
    html_raw(out, "<div class=\"pair\">");
    months(out, f);
    page_alerts(v->server, out, f);
    html_raw(out, "</div>\n<div class=\"pair\">");
    thons(out, f);
    groups(out, c);
    machines(out, f);
    html_raw(out, "</div>\n<div class=\"pair\">");
    others(out, f, true);
    others(out, f, false);
    html_raw(out,
             "</div>\n<p class=\"mute foot\">Lượt: mỗi lần học được tính. Người: mỗi "
             "người tính một lần trong kỳ, ở máy đã ghi danh. Hai số này không cộng "
             "với nhau. Người học thử, không ghi danh, chỉ được tính lượt.</p>\n");
}

enum err page_overview(const struct visit *v, struct http_response *r)
{
    struct arena arena = { 0 };
    struct figures f = { 0 };
    struct figures before = { 0 };
    struct cubes cubes = { 0 };
    struct period p = page_period(v);
    bool compare;
    enum err err;

    if (v->server->is_province)
        return page_communes(v, r);
    err = page_begin(v, &r->body, "Tổng quan");

    if (!err)
        err = figures_read_both(v->server, &p, &arena, &f, &before, &compare);
    if (!err)
        err = cubes_read(v->server, &p, &arena, &cubes);
    if (!err) {
        write(v, &r->body, &f, compare ? &before : NULL, &cubes);
        page_end(&r->body);
    }
    arena_finish(&arena);
    return err;
}
