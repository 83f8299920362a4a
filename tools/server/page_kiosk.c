/* /may?id=…: one machine. Its days of this month, what is known of it, what to do. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "chart.h"
#include "figures.h"
#include "health.h"
#include "html.h"
#include "icons.h"
#include "pages.h"

struct days {
    struct period month;
    struct figure values[CHART_DAYS_MAX]; /* completions */
    bool sent[CHART_DAYS_MAX];
    int n; /* up to today */
};

/* Cells of Q_PAGE_OF_KIOSK: stat period unit dims value start uncertainty trust. */
static enum err take_count(void *ctx, const struct cell *c)
{
    struct days *d = ctx;
    const char *period = c[1].text;
    int64_t day = 0;
    bool placed = period[0] == '?'
                      ? figures_place(strtoll(period + 1, NULL, 10), c[5].number,
                                      c[6].number, c[7].number, &day)
                      : (day = clock_day_parse(period)) >= 0;

    if (placed && period_holds(&d->month, day)) {
        d->values[day - d->month.first_day].known = true;
        d->values[day - d->month.first_day].value += c[4].number;
    }
    return ERR_OK;
}

static enum err take_upload(void *ctx, const struct cell *c)
{
    struct days *d = ctx;
    int64_t day = clock_day(c[0].number);

    if (period_holds(&d->month, day))
        d->sent[day - d->month.first_day] = true;
    return ERR_OK;
}

static enum err read_days(struct server *s, const char *id, struct days *out)
{
    int64_t today = clock_day(clock_wall_ms(s->clock));
    enum err err;

    *out = (struct days){ .month = period_of(PERIOD_MONTH, today) };
    out->n = (int)(today - out->month.first_day) + 1;
    err = store_run(s->store, Q_PAGE_OF_KIOSK, take_count, out, PARAM_TEXT(id),
                    PARAM_TEXT("completions"));
    if (!err)
        err = store_run(s->store, Q_KIOSK_UPLOADS, take_upload, out, PARAM_TEXT(id),
                        PARAM_INT(clock_day_start(out->month.first_day)));
    return server_note(s, err);
}

/* --- the page ----------------------------------------------------------------------- */

static void day_table(struct buf *out, const struct days *d)
{
    html_raw(out, "<details><summary>Số từng ngày</summary><table><thead><tr>"
                  "<th scope=\"col\">Ngày</th>"
                  "<th scope=\"col\" class=\"num\">Lượt xong bài</th>"
                  "<th scope=\"col\">Gửi số liệu</th></tr></thead><tbody>\n");
    for (int i = d->n - 1; i >= 0; i--) {
        if (!d->values[i].known && !d->sent[i])
            continue;
        buf_printf(out, "<tr><th scope=\"row\">%d/%d</th>", i + 1, d->month.part);
        page_cell(out, &d->values[i]);
        html_literal(out, d->sent[i] ? "<td>có</td></tr>\n" : "<td>không</td></tr>\n");
    }
    html_raw(out, "</tbody></table></details>");
}

static void chart(struct buf *out, const struct days *d)
{
    html_raw(out,
             "<section class=\"box big\" aria-labelledby=\"ngay\"><h2 id=\"ngay\">");
    buf_printf(out, "Lượt xong bài và ngày có gửi số liệu, tháng %d</h2>\n",
               d->month.part);
    chart_days(out, d->values, d->sent, d->n, CHART_WIDE);
    chart_days(out, d->values, d->sent, d->n, CHART_NARROW);
    html_raw(out,
             "<p class=\"mute\">Cột: lượt xong bài. Chấm xanh: ngày có gửi số liệu, "
             "trong những lần gửi gần đây.</p>");
    day_table(out, d);
    page_box_end(out);
}

static void worries(struct buf *out, const struct health_word *words, size_t n)
{
    page_box(out, "can-lam", "", "Việc cần làm");
    html_raw(out, "<ul class=\"alerts\">\n");
    for (size_t i = 0; i < n; i++) {
        html_raw(out, "<li>");
        page_icon(out, ICON_WARN);
        html_raw(out, "<p><b>");
        html_text(out, words[i].what);
        html_raw(out, "</b><br>");
        html_text(out, words[i].what_to_do);
        html_raw(out, "</p></li>\n");
    }
    html_raw(out, "</ul>");
    if (!n)
        html_element(out, "p", "mute", "Máy đang ổn.");
    page_box_end(out);
}

static void line(struct buf *out, const char *word, const char *text)
{
    html_raw(out, "<tr><th scope=\"row\">");
    html_text(out, word);
    html_raw(out, "</th><td>");
    html_text(out, text);
    html_raw(out, "</td></tr>\n");
}

static void number_line(struct buf *out, const char *word, const struct figure *v,
                        const char *unit)
{
    char text[HTML_NUMBER_CHARS];
    struct buf both;

    buf_init(&both, 64);
    html_number_text(v->value, text);
    buf_printf(&both, "%s %s", text, unit);
    line(out, word, v->known ? buf_text(&both) : "chưa có số liệu");
    buf_finish(&both);
}

static void card(struct buf *out, const struct figures_machine *m)
{
    struct figure waits = { .known = m->seen_ms > 0, .value = m->only_here };
    struct figure pack = { .known = m->pack_ver > 0, .value = m->pack_ver };
    struct buf text;

    buf_init(&text, 64);
    page_box(out, "phieu", "", "Phiếu máy");
    html_raw(out, "<table><tbody>\n");
    line(out, "Mã máy", m->id);
    line(out, "Số khi ghi danh", m->number);
    if (m->seen_ms)
        page_moment(&text, m->seen_ms);
    line(out, "Tin gần nhất", m->seen_ms ? buf_text(&text) : "chưa gửi lần nào");
    number_line(out, "Chờ gửi", &waits, "lượt");
    line(out, "Đồng hồ", health_clock(m));
    line(out, "Bản phần mềm", *m->version ? m->version : "chưa có số liệu");
    number_line(out, "Gói bài học, bản", &pack, "");
    number_line(out, "Đĩa trống", &m->free_mb, "MB");
    number_line(out, "Nhiệt độ", &m->temp_c, "°C");
    number_line(out, "Số lần mất điện đột ngột", &m->power_cuts, "lần");
    html_raw(out, "</tbody></table>");
    page_box_end(out);
    buf_finish(&text);
}

/* What administrators do from afar. */
static void acts(const struct visit *v, struct buf *out,
                 const struct figures_machine *m)
{
    if (!gate_may(v->server, v->visitor, FOR_ADMINISTRATORS))
        return;
    page_box(out, "tu-xa", "", "Việc làm từ xa");
    if (m->revoked) {
        html_element(out, "p", NULL,
                     "Đã ngừng nhận số liệu từ máy này. Số liệu cũ vẫn giữ. Muốn dùng "
                     "lại: ghi danh máy lần nữa.");
        page_box_end(out);
        return;
    }
    html_raw(out,
             "<p><b>Ngừng nhận số liệu từ máy này</b><br>Khi máy bị mất hoặc không "
             "dùng nữa. Số liệu cũ vẫn giữ.</p>");
    page_form(v, out, "/viec-cho", "row");
    html_raw(out, "<input type=\"hidden\" name=\"viec\" value=\"ngung\">"
                  "<input type=\"hidden\" name=\"may\" value=\"");
    html_text(out, m->id);
    html_raw(out, "\"><label class=\"check\"><input type=\"checkbox\" name=\"chac\""
                  " value=\"co\" required> Tôi chắc chắn</label>"
                  "<button class=\"button danger\" type=\"submit\">Ngừng nhận</button>"
                  "</form>");
    page_box_end(out);
}

static void write(const struct visit *v, struct buf *out, const struct figures *f,
                  const struct figures_machine *m, const struct days *d)
{
    struct health_word words[HEALTH_MAX];
    int64_t pack_ver = *v->server->offer.id ? v->server->offer.ver : 0;
    size_t n = health_words(m, f->now_ms, pack_ver, words);

    html_raw(out, "<p class=\"up-link\"><a href=\"/cac-may\">‹ Các máy</a></p>");
    page_top(out, m->name, "");
    page_top_end(out);
    html_raw(out, "<div class=\"pair\">");
    chart(out, d);
    worries(out, words, n);
    html_raw(out, "</div>\n<div class=\"pair\">");
    card(out, m);
    acts(v, out, m);
    html_raw(out, "</div>\n");
}

enum err page_kiosk(const struct visit *v, struct http_response *r)
{
    const char *id = v->request->query(v->request, "id");
    const struct figures_machine *m;
    struct arena arena = { 0 };
    struct figures f = { 0 };
    struct days days = { 0 };
    enum err err = figures_machines(v->server, &arena, &f);

    m = !err && id && bundle_id_ok(id) ? figures_machine_of(&f, id) : NULL;
    if (!err && !m) {
        err = page_say(v, r, 404, "Không có máy này", "Xem danh sách ở trang Các máy.");
    } else if (!err) {
        offer_refresh(&v->server->offer);
        err = page_begin(v, &r->body, m->name);
        if (!err)
            err = read_days(v->server, id, &days);
        if (!err) {
            write(v, &r->body, &f, m, &days);
            page_end(&r->body);
        }
    }
    arena_finish(&arena);
    return err;
}
