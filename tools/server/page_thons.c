/* /theo-thon: how many people of each thôn learn, beside how many live there. The thôn
 * stand in the order of their codes, which is the commune's own. */
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "chart.h"
#include "figures.h"
#include "html.h"
#include "pages.h"

#define SPARK_MONTHS 6
#define LOW_PERCENT 60 /* of the commune's share: asks for attention */

struct whole { /* of the thôn whose adults are known */
    struct figure finished;
    struct figure adults;
    const char *day; /* the newest of their numbers */
};

static struct whole sum_up(const struct figures *f)
{
    struct whole w = { .day = "" };

    for (size_t i = 0; i < f->n_thons; i++) {
        const struct figures_thon *t = &f->thons[i];

        if (!t->adults.known)
            continue;
        w.adults.known = true;
        w.adults.value += t->adults.value;
        w.finished.known = w.finished.known || t->finished.known;
        w.finished.value += t->finished.value;
        if (!*w.day || strcmp(t->adults_day, w.day) > 0)
            w.day = t->adults_day;
    }
    return w;
}

static void reach(struct buf *out, const struct figures_thon *t, const struct whole *w)
{
    int percent;
    int common;

    if (!t->finished.known || !t->adults.known || t->adults.value <= 0) {
        html_raw(out, "<td class=\"none\">–</td>");
        return;
    }
    percent = page_percent(t->finished.value, t->adults.value);
    common = page_percent(w->finished.value, w->adults.value);
    html_raw(out, "<td class=\"reach\">");
    chart_share(out, percent, percent * 100 < common * LOW_PERCENT);
    buf_printf(out, "<b>%d%%</b></td>", percent);
}

/* The last months up to the period's end. */
static void spark(struct buf *out, const struct figures *f,
                  const struct figures_thon *t)
{
    int64_t today = clock_day(f->now_ms);
    int64_t last = f->period.end_day - 1 < today ? f->period.end_day - 1 : today;
    int year;
    int month;
    int mday;
    int at;

    html_raw(out, "<td class=\"sparkcell\">");
    clock_day_civil(last, &year, &month, &mday);
    at = (year - f->months[0].year) * 12 + month; /* after the last */
    if (t->months && at >= SPARK_MONTHS && at <= FIGURES_MONTHS)
        chart_spark(out, &t->months[at - SPARK_MONTHS], SPARK_MONTHS);
    html_raw(out, "</td>");
}

static void row(struct buf *out, const struct figures *f, const struct figures_thon *t,
                const struct figures *before, const struct whole *w)
{
    const struct figures_thon *then = before ? figures_thon_of(before, t->code) : NULL;
    const struct figure unknown = { .known = false };

    html_raw(out, "<tr><th scope=\"row\">");
    page_thon_name(out, t->code, t->name);
    html_raw(out, "</th>");
    page_cell(out, &t->adults);
    page_cell(out, &t->registered);
    page_cell(out, &t->finished);
    page_cell(out, then ? &then->finished : &unknown);
    reach(out, t, w);
    page_share_cell(out, &t->women, &t->registered);
    page_share_cell(out, &t->over60, &t->registered);
    page_cell(out, &t->completions);
    spark(out, f, t);
    html_raw(out, "</tr>\n");
}

static void foot_row(struct buf *out, const struct figures *f,
                     const struct figures *before, const struct whole *w)
{
    const struct figure unknown = { .known = false };

    html_raw(out, "<tr class=\"total\"><th scope=\"row\">Toàn xã</th>");
    page_cell(out, &w->adults);
    page_cell(out, &f->registered);
    page_cell(out, &f->finished);
    page_cell(out, before ? &before->finished : &unknown);
    if (w->adults.known && w->adults.value > 0 && w->finished.known)
        buf_printf(out, "<td class=\"reach\"><b>%d%%</b></td>",
                   page_percent(w->finished.value, w->adults.value));
    else
        html_raw(out, "<td class=\"none\">–</td>");
    page_share_cell(out, &f->women, &f->registered);
    page_share_cell(out, &f->over60, &f->registered);
    page_cell(out, &f->visits[FIGURES_COMPLETIONS]);
    html_raw(out, "<td class=\"sparkcell\"></td></tr>\n");
}

static void table(struct buf *out, const struct figures *f,
                  const struct figures *before, const struct whole *w)
{
    html_raw(out, "<div class=\"box\">");
    page_table(out, "Bảng theo thôn");
    html_raw(out, "<tr>"
                  "<th scope=\"col\">Thôn</th>"
                  "<th scope=\"col\" class=\"num\">Người lớn ở thôn</th>"
                  "<th scope=\"col\" class=\"num\">Ghi danh");
    html_literal(out, f->registered_now ? " đến nay" : "");
    html_raw(out, "</th><th scope=\"col\" class=\"num\">Xong 1 bài</th>"
                  "<th scope=\"col\" class=\"num\">Kỳ trước</th>"
                  "<th scope=\"col\">Phần người đã học</th>"
                  "<th scope=\"col\" class=\"num\">Nữ</th>"
                  "<th scope=\"col\" class=\"num\">Từ 60 tuổi</th>"
                  "<th scope=\"col\" class=\"num\">Lượt xong bài</th>"
                  "<th scope=\"col\">6 tháng</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < f->n_thons; i++)
        row(out, f, &f->thons[i], before, w);
    foot_row(out, f, before, w);
    page_table_end(out);
    html_raw(out, "</div>\n");
}

static void notes(struct buf *out, const struct figures *f, const struct whole *w)
{
    html_raw(out, "<p class=\"mute foot\">Kỳ này: ");
    page_period_line(&f->period, out);
    html_raw(out,
             ". Phần người đã học là số người xong ít nhất 1 bài trên số người lớn "
             "của thôn. Nữ, từ 60 tuổi: phần của người ghi danh. ");
    if (w->adults.known) {
        html_raw(out, "Số người lớn do xã nhập, mới nhất ngày ");
        page_day(out, w->day);
        html_raw(out, ".");
    } else {
        html_raw(out, "Xã chưa nhập số người lớn của thôn nào.");
    }
    html_raw(out, " Đường 6 tháng: lượt xong bài mỗi tháng.</p>\n");
}

static void write(const struct visit *v, struct buf *out, const struct figures *f,
                  const struct figures *before)
{
    struct whole w = sum_up(f);

    page_top(out, "Theo thôn", "");
    page_period_choice(v, &f->period, out);
    page_download(out, &f->period);
    page_top_end(out);
    if (f->n_thons) {
        table(out, f, before, &w);
        notes(out, f, &w);
    } else {
        page_none(out);
    }
}

enum err page_thons(const struct visit *v, struct http_response *r)
{
    return page_compared(v, r, "Theo thôn", write);
}
