/* The tables of the page: by month, lesson, thôn, machine, and what needs a look. */
#include <inttypes.h>

#include "base/buf.h"
#include "chart.h"
#include "figures.h"
#include "html.h"
#include "page.h"

#define MINUTE_MS 60000
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)
#define SILENT_DAYS 3 /* a machine that sent nothing for so long is asked about */

static void open_box(struct buf *out, const char *id, const char *class_name,
                     const char *title)
{
    html_raw(out, "<section class=\"box ");
    html_text(out, class_name);
    html_raw(out, "\" id=\"");
    html_text(out, id);
    html_raw(out, "\">");
    html_element(out, "h2", NULL, title);
}

static void none(struct buf *out)
{
    html_element(out, "p", "none", "chưa có số liệu");
}

static void cell(struct buf *out, const struct figure *v)
{
    if (!v->known) {
        html_raw(out, "<td class=\"none\">chưa có</td>");
        return;
    }
    html_raw(out, "<td class=\"num\">");
    html_number(out, v->value);
    html_raw(out, "</td>");
}

static void visits(struct buf *out, const struct figure v[FIGURES_STATS])
{
    cell(out, &v[FIGURES_STARTS]);
    cell(out, &v[FIGURES_COMPLETIONS]);
    cell(out, &v[FIGURES_PASSES]);
}

void page_lessons(struct buf *out, const struct figures *f)
{
    open_box(out, "theo-bai", "big", "Theo bài học");
    if (!f->n_lessons) {
        none(out);
        html_raw(out, "</section>\n");
        return;
    }
    html_raw(out,
             "<div class=\"scroll\"><table><thead><tr><th rowspan=\"2\">Bài học</th>"
             "<th colspan=\"3\" class=\"group\">Lượt</th>"
             "<th class=\"group\">Người</th></tr><tr><th class=\"num\">bắt đầu</th>"
             "<th class=\"num\">xong</th><th class=\"num\">đạt</th>"
             "<th class=\"num\">xong lần đầu</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < f->n_lessons; i++) {
        const struct figures_lesson *l = &f->lessons[i];

        html_raw(out, "<tr>");
        html_element(out, "td", NULL, l->title);
        visits(out, l->visits);
        cell(out, &l->firsts);
        html_raw(out, "</tr>\n");
    }
    html_raw(out, "</tbody></table></div></section>\n");
}

static void thon_name(struct buf *out, const struct figures_thon *t)
{
    html_raw(out, "<td>");
    if (t->name) {
        html_text(out, t->name);
    } else {
        html_raw(out, "xã chưa đặt tên cho mã thôn ");
        html_text(out, t->code);
    }
    html_raw(out, "</td>");
}

void page_thons(struct buf *out, const struct figures *f)
{
    int64_t max = 0;

    open_box(out, "theo-thon", "big", "Theo thôn");
    for (size_t i = 0; i < f->n_thons; i++)
        if (f->thons[i].completions.value > max)
            max = f->thons[i].completions.value;
    if (!f->n_thons) {
        none(out);
        html_raw(out, "</section>\n");
        return;
    }
    html_raw(out, "<div class=\"scroll\"><table><thead><tr><th rowspan=\"2\">Thôn</th>"
                  "<th colspan=\"2\" class=\"group\">Người</th>"
                  "<th colspan=\"2\" class=\"group\">Lượt</th></tr>"
                  "<tr><th class=\"num\">ghi danh");
    html_literal(out, f->registered_now ? " đến nay" : "");
    html_raw(out, "</th><th class=\"num\">xong 1 bài</th>"
                  "<th class=\"num\">xong bài</th><th class=\"barcell\"></th></tr>"
                  "</thead><tbody>\n");
    for (size_t i = 0; i < f->n_thons; i++) {
        const struct figures_thon *t = &f->thons[i];

        html_raw(out, "<tr>");
        thon_name(out, t);
        cell(out, &t->registered);
        cell(out, &t->finished);
        cell(out, &t->completions);
        html_raw(out, "<td class=\"barcell\">");
        if (t->completions.known)
            chart_bar(out, t->completions.value, max);
        html_raw(out, "</td></tr>\n");
    }
    html_raw(out, "</tbody></table></div></section>\n");
}

static bool month_known(const struct figures_month *m)
{
    return m->visits[FIGURES_COMPLETIONS].known;
}

void page_months(struct buf *out, const struct figures *f)
{
    bool any = false;

    open_box(out, "theo-thang", "", "Theo tháng");
    for (int i = 0; i < FIGURES_MONTHS; i++)
        any = any || month_known(&f->months[i]);
    if (!any) {
        none(out);
    } else {
        html_raw(out, "<div class=\"scroll\"><table><thead><tr><th rowspan=\"2\">Tháng"
                      "</th><th colspan=\"3\" class=\"group\">Lượt</th></tr><tr>"
                      "<th class=\"num\">bắt đầu</th><th class=\"num\">xong</th>"
                      "<th class=\"num\">đạt</th></tr></thead><tbody>\n");
        for (int i = FIGURES_MONTHS - 1; i >= 0; i--) {
            const struct figures_month *m = &f->months[i];

            if (!month_known(m))
                continue;
            buf_printf(out, "<tr><td>%d/%d</td>", m->month, m->year);
            visits(out, m->visits);
            html_raw(out, "</tr>\n");
        }
        html_raw(out,
                 "</tbody></table></div><p class=\"mute\">Tháng không có trong bảng: "
                 "chưa có số liệu.</p>");
    }
    if (f->undated.known && f->undated.value) {
        html_raw(out, "<p class=\"mute\">Chưa rõ ngày: <b>");
        html_number(out, f->undated.value);
        html_raw(out, "</b> lượt xong bài, chỉ tính trong kỳ “Tất cả”. Lúc ghi, đồng "
                      "hồ của máy chưa chắc đúng.</p>");
    }
    html_raw(out, "</section>\n");
}

static void ago(struct buf *out, int64_t ms)
{
    if (ms < HOUR_MS)
        buf_printf(out, "%" PRId64 " phút trước", ms < 0 ? 0 : ms / MINUTE_MS);
    else if (ms < DAY_MS)
        buf_printf(out, "%" PRId64 " giờ trước", ms / HOUR_MS);
    else
        buf_printf(out, "%" PRId64 " ngày trước", ms / DAY_MS);
}

static bool is_silent(const struct figures *f, const struct figures_machine *m)
{
    return !m->revoked && m->seen_ms && f->now_ms - m->seen_ms >= SILENT_DAYS * DAY_MS;
}

void page_machines(struct buf *out, const struct figures *f)
{
    open_box(out, "cac-may", "", "Các máy");
    if (!f->n_machines)
        html_element(out, "p", "none", "chưa có máy nào");
    html_raw(out, "<table><tbody>\n");
    for (size_t i = 0; i < f->n_machines; i++) {
        const struct figures_machine *m = &f->machines[i];

        html_raw(out, "<tr>");
        html_element(out, "td", NULL, m->name);
        html_raw(out, "<td class=\"num\"><span class=\"chip ");
        html_text(out, m->revoked || !m->seen_ms || is_silent(f, m) ? "later" : "good");
        html_raw(out, "\">");
        if (m->revoked)
            html_raw(out, "đã thu hồi");
        else if (!m->seen_ms)
            html_raw(out, "chưa gửi lần nào");
        else
            ago(out, f->now_ms - m->seen_ms);
        if (m->only_here && !m->revoked) {
            html_raw(out, ", ");
            html_number(out, m->only_here);
            html_raw(out, " lượt chờ");
        }
        html_raw(out, "</span></td></tr>\n");
    }
    html_raw(out, "</tbody></table></section>\n");
}

static void alert_end(struct buf *out, const char *what_to_do)
{
    html_raw(out, "</b><br>");
    html_text(out, what_to_do);
    html_raw(out, "</li>\n");
}

/* How many alerts the machines gave. */
static int machine_alerts(struct buf *out, const struct figures *f)
{
    int n = 0;

    for (size_t i = 0; i < f->n_machines; i++) {
        const struct figures_machine *m = &f->machines[i];

        if (m->shared_key && !m->revoked) {
            html_raw(out, "<li><b>");
            html_text(out, m->name);
            html_raw(out, ": có thể hai máy đang dùng chung một khóa");
            alert_end(out, "Cần ghi danh lại một trong hai máy");
            n++;
        }
        if (is_silent(f, m)) {
            html_raw(out, "<li><b>");
            html_text(out, m->name);
            buf_printf(out, ": %" PRId64 " ngày chưa gửi số liệu",
                       (f->now_ms - m->seen_ms) / DAY_MS);
            alert_end(out, "Gọi tình nguyện viên, hoặc chép ra USB mang về");
            n++;
        }
    }
    return n;
}

void page_alerts(struct buf *out, const struct figures *f)
{
    int n;

    open_box(out, "viec-can-xem", "", "Việc cần xem");
    html_raw(out, "<ul class=\"alerts\">\n");
    n = machine_alerts(out, f);
    if (f->held_rows) {
        html_raw(out, "<li><b>");
        html_number(out, f->held_rows);
        html_raw(out, " dòng có số lớn khác thường, đang giữ lại");
        alert_end(out, "Quản trị xem rồi cho vào, hoặc tìm nguyên nhân ở máy");
        n++;
    }
    if (f->undated.known && f->undated.value) {
        html_raw(out, "<li><b>");
        html_number(out, f->undated.value);
        html_raw(out, " lượt xong bài chưa rõ ngày");
        alert_end(out, "Máy sẽ ghi đúng ngày khi biết giờ; số không mất");
        n++;
    }
    for (size_t i = 0; i < f->n_thons; i++) {
        if (f->thons[i].name)
            continue;
        html_raw(out, "<li><b>Mã thôn ");
        html_text(out, f->thons[i].code);
        html_raw(out, " chưa có tên");
        alert_end(out, "Thêm vào danh mục thôn hoặc sửa ở máy");
        n++;
    }
    html_raw(out, "</ul>");
    if (!n)
        html_element(out, "p", "mute", "Không có việc gì cần xem.");
    html_raw(out, "</section>\n");
}

static void other_rows(struct buf *out, const struct figures *f, bool named)
{
    html_raw(out, "<table><tbody>\n");
    for (size_t i = 0; i < f->n_others; i++) {
        const struct figures_other *o = &f->others[i];

        if ((o->title != NULL) != named)
            continue;
        html_raw(out, "<tr>");
        html_element(out, "td", NULL, named ? o->title : o->stat);
        html_raw(out, "<td class=\"num\">");
        html_number(out, o->value);
        html_raw(out, " ");
        html_text(out, o->unit);
        html_raw(out, "</td></tr>\n");
    }
    html_raw(out, "</tbody></table></section>\n");
}

void page_others(struct buf *out, const struct figures *f)
{
    size_t n_named = 0;

    for (size_t i = 0; i < f->n_others; i++)
        n_named += f->others[i].title != NULL;
    if (n_named) {
        open_box(out, "lop", "", "Lớp học và hỗ trợ");
        other_rows(out, f, true);
    }
    if (n_named == f->n_others)
        return;
    open_box(out, "khac", "", "Số liệu khác");
    html_raw(
        out,
        "<p class=\"mute\">Những số máy gửi lên mà máy chủ này chưa biết tên.</p>");
    other_rows(out, f, false);
}
