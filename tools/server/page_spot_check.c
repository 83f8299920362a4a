/* /kiem-tra: a sample for the inspector, drawn by a form (it stands in the log), shown and
 * printed by its seed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "form.h"
#include "html.h"
#include "pages.h"
#include "settings.h"
#include "spot_check.h"
#include "titles.h"

#define FIELD_CHARS 64
#define N_USUAL 10

struct sheet {
    const struct visit *visit;
    struct period period;
    size_t n;
    const char *seed; /* "": none, or none of ours */
    struct spot_sample sample;
};

static size_t read_n(const char *text)
{
    long n = text ? strtol(text, NULL, 10) : N_USUAL;

    return n < SPOT_CHECK_LEAST  ? SPOT_CHECK_LEAST
           : n > SPOT_CHECK_MOST ? SPOT_CHECK_MOST
                                 : (size_t)n;
}

/* --- the form ----------------------------------------------------------------------------- */

static void form(struct buf *out, const struct sheet *s, bool asked)
{
    char name[PERIOD_NAME_CHARS];

    period_name(&s->period, name);
    page_form(s->visit, out, "/kiem-tra", "box stack choose");
    if (asked)
        html_element(out, "p", "said",
                     "Lần rút này chưa có trong nhật ký. Bấm Rút mẫu để ghi và xem.");
    html_raw(out, "<input type=\"hidden\" name=\"ky\" value=\"");
    html_text(out, name);
    buf_printf(out,
               "\"><label for=\"n\">Số dòng (%d–%d)</label><input id=\"n\" name=\"n\" "
               "type=\"number\" min=\"%d\" max=\"%d\" value=\"%zu\" required>",
               SPOT_CHECK_LEAST, SPOT_CHECK_MOST, SPOT_CHECK_LEAST, SPOT_CHECK_MOST,
               s->n);
    html_raw(out, "<label for=\"so\">Mã rút</label><input id=\"so\" name=\"so\" "
                  "maxlength=\"8\" autocomplete=\"off\" value=\"");
    html_text(out, s->seed);
    html_raw(out,
             "\" aria-describedby=\"so-y\"><p class=\"mute\" id=\"so-y\">Để trống: máy "
             "chủ tự chọn. Nhập mã cũ: rút lại đúng mẫu ấy, khi số liệu chưa đổi.</p>"
             "<button class=\"button\" type=\"submit\">Rút mẫu</button>"
             "<p class=\"mute\">Mỗi lần rút được ghi vào nhật ký.</p></form>\n");
}

/* --- the sheet ---------------------------------------------------------------------------- */

static enum err named(const struct sheet *s, struct buf *out, const char *group,
                      const char *id)
{
    struct server *server = s->visit->server;
    const struct titles *titles = server->titles;
    size_t at = titles ? titles_find(titles, id) : 0;
    char key[SETTING_KEY_MAX + 1];
    struct buf name;
    enum err err;

    (void)snprintf(key, sizeof(key), "%s.%s", group, id);
    buf_init(&name, SETTING_VALUE_MAX + 1);
    err = settings_get(
        server, key, titles && at < titles->n_rows ? titles->rows[at].text : id, &name);
    html_text(out, buf_text(&name));
    if (strcmp(buf_text(&name), id) != 0) {
        html_raw(out, "<br><span class=\"mute\">");
        html_text(out, id);
        html_raw(out, "</span>");
    }
    buf_finish(&name);
    return err;
}

static enum err row(const struct sheet *s, struct buf *out, size_t i)
{
    const struct spot_row *row = &s->sample.rows[i];
    enum err err;

    buf_printf(out, "<tr><td class=\"num\">%zu</td><th scope=\"row\">", i + 1);
    err = named(s, out, "kiosk", row->kiosk);
    html_literal(out,
                 spot_row_is_placed(row) ? "</th><td class=\"day\">" : "</th><td>");
    if (spot_row_is_placed(row)) {
        page_day(out, row->day);
    } else {
        html_raw(out, "chưa rõ ngày<br><span class=\"mute\">giờ thứ ");
        html_text(out, row->day + 1);
        html_raw(out, " của lần chạy ");
        html_text(out, row->run);
        html_raw(out, "</span>");
    }
    html_raw(out, "</td><td class=\"lesson\">");
    if (!err)
        err = named(s, out, "lesson", row->lesson);
    html_raw(out, "</td><td class=\"num\">");
    html_number(out, row->claimed);
    html_raw(out, "</td><td></td><td></td></tr>\n");
    return err;
}

static void how(struct buf *out, const struct sheet *s)
{
    size_t n_unplaced = 0;

    for (size_t i = 0; i < s->sample.n; i++)
        n_unplaced += !spot_row_is_placed(&s->sample.rows[i]);
    html_raw(
        out,
        "<p class=\"remark\"><b>Xem tại máy:</b> đăng nhập bằng tên kiểm tra (hoặc "
        "quản "
        "trị) → <b>Thống kê</b> → <b>Chọn ngày</b>, chọn từ ngày và đến hết ngày là "
        "ngày của dòng → <b>Theo bài</b> → cột <b>Xong</b> của bài. Ghi số ấy vào cột "
        "“Thấy tại máy”. Việc cán bộ đã làm trên máy: mục <b>Nhật ký</b>.</p>\n"
        "<p class=\"remark\">Số tại máy có thể lớn hơn khi máy còn số chưa gửi, hoặc "
        "máy mới biết ngày của những lượt trước chưa rõ ngày: ghi vào cột “Ghi "
        "chú”.</p>\n");
    if (n_unplaced)
        html_raw(
            out,
            "<p class=\"remark\"><b>Chưa rõ ngày:</b> lúc ghi, máy chưa có giờ tin "
            "được. Dòng ấy có thể không thuộc kỳ này và không xem riêng được theo "
            "ngày; mục Thống kê của máy cho biết tổng số lượt chưa rõ ngày.</p>\n");
}

static void head(struct buf *out, const struct sheet *s, const char *commune)
{
    char label[PERIOD_LABEL_BYTES];

    period_label(&s->period, label);
    html_raw(out, "<div class=\"letterhead\"><p>Hội đồng Thi đua - Khen thưởng<br><b>");
    html_text(out, commune);
    html_raw(out, "</b></p><p><b>Cộng hòa xã hội chủ nghĩa Việt Nam</b><br>"
                  "<span>Độc lập – Tự do – Hạnh phúc</span></p></div>\n"
                  "<h2>PHIẾU KIỂM TRA SỐ LIỆU TẠI MÁY</h2><p>Kỳ: <b>");
    html_text(out, label);
    html_raw(out, "</b>. Mã rút: <b>");
    html_text(out, s->seed);
    html_raw(out, "</b>. Rút ");
    html_number(out, (int64_t)s->sample.n);
    html_raw(out, " trong ");
    html_number(out, (int64_t)s->sample.n_all);
    html_raw(out, " dòng (máy, ngày, bài) có lượt xong bài. Số liệu lúc ");
    page_moment(out, clock_wall_ms(s->visit->server->clock));
    html_raw(out, ".</p>\n");
}

static enum err sheet(struct buf *out, const struct sheet *s)
{
    struct buf commune;
    enum err err;

    buf_init(&commune, SETTING_VALUE_MAX + 1);
    err = settings_get(s->visit->server, "commune.name", s->visit->server->commune,
                       &commune);
    html_raw(out, "<article class=\"paper\" aria-label=\"Bản in\">");
    head(out, s, buf_text(&commune));
    page_table(out, "Mẫu kiểm tra");
    html_raw(out,
             "<tr><th scope=\"col\" class=\"num\">TT</th><th scope=\"col\">Máy</th>"
             "<th scope=\"col\">Ngày</th><th scope=\"col\">Bài học</th>"
             "<th scope=\"col\" class=\"num\">Lượt xong theo máy chủ</th>"
             "<th scope=\"col\" class=\"by-hand\">Thấy tại máy</th>"
             "<th scope=\"col\" class=\"by-hand\">Ghi chú</th></tr></thead>"
             "<tbody>\n");
    for (size_t i = 0; !err && i < s->sample.n; i++)
        err = row(s, out, i);
    page_table_end(out);
    if (!s->sample.n)
        html_element(out, "p", "none", "Kỳ này chưa có số liệu để rút.");
    how(out, s);
    html_raw(out,
             "<p class=\"end\">Ngày kiểm tra: ……/……/…………</p><div class=\"signs\">"
             "<p><b>Người kiểm tra</b><br>(ký, ghi rõ họ tên)</p>"
             "<p><b>Người giữ máy</b><br>(ký, ghi rõ họ tên)</p></div></article>\n");
    buf_finish(&commune);
    return err;
}

/* --- asked and posted --------------------------------------------------------------------- */

enum err page_spot_check(const struct visit *v, struct http_response *r)
{
    const struct http_request *q = v->request;
    const char *seed = q->query(q, "so");
    struct sheet s = { .visit = v,
                       .period = page_period(v),
                       .n = read_n(q->query(q, "n")),
                       .seed = seed && spot_check_seed_ok(seed) ? seed : "" };
    struct arena arena = { 0 };
    bool logged = false;
    enum err err = page_begin(v, &r->body, "Kiểm tra tại máy");

    if (!err && *s.seed)
        err = spot_check_is_logged(v->server, &s.period, s.seed, s.n, &logged);
    if (!err && logged)
        err = spot_check_draw(v->server, &s.period, s.seed, s.n, &arena, &s.sample);
    page_top(&r->body, "Kiểm tra tại máy",
             "Rút ngẫu nhiên một số dòng để so với số trên máy.");
    page_period_choice(v, &s.period, &r->body);
    page_top_end(&r->body);
    page_emulation_places(v, &r->body);
    html_raw(&r->body, "<div class=\"pair\">");
    form(&r->body, &s, *s.seed && !logged);
    if (!err && logged)
        err = sheet(&r->body, &s);
    html_raw(&r->body, "</div>\n");
    page_end(&r->body);
    arena_finish(&arena);
    return err;
}

enum err page_spot_check_post(const struct visit *v, struct http_response *r)
{
    const struct http_request *q = v->request;
    char name[FIELD_CHARS], n_text[FIELD_CHARS], seed[FIELD_CHARS];
    char path[HTTP_LOCATION_BYTES];
    struct period period;
    size_t n;
    enum err err;

    form_value(q->body, q->n_body, "ky", name, sizeof(name));
    form_value(q->body, q->n_body, "n", n_text, sizeof(n_text));
    form_value(q->body, q->n_body, "so", seed, sizeof(seed));
    if (!*seed)
        spot_check_seed(seed);
    if (!period_parse(name, &period) || !spot_check_seed_ok(seed))
        return page_say(
            v, r, 400, "Chưa rút mẫu",
            "Mã rút là 8 chữ số và chữ cái in hoa, như 7K3M9QXA. Mời trở lại "
            "trang Kiểm tra tại máy.");
    n = read_n(n_text);
    err = spot_check_log(v->server, v->visitor->staff.name, &period, seed, n);
    period_name(&period, name);
    (void)snprintf(path, sizeof(path), "/kiem-tra?period=%s&n=%zu&so=%s", name, n,
                   seed);
    if (!err)
        page_see(r, path);
    return err;
}
