/* /viec-cho: what waits for an administrator: machines to be let in, rows that are held. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "deeds.h"
#include "enrolment.h"
#include "form.h"
#include "held.h"
#include "html.h"
#include "pages.h"
#include "tls.h"

#define FIELD_CHARS 128
#define HELD_BYTES_MAX (1 << 20)

struct listing {
    const struct visit *visit;
    struct buf *out;
    bool may_change;
    size_t n;
};

static void hidden(struct buf *out, const char *name, const char *value)
{
    html_raw(out, "<input type=\"hidden\" name=\"");
    html_text(out, name);
    html_raw(out, "\" value=\"");
    html_text(out, value);
    html_raw(out, "\">");
}

static void open_act(const struct listing *l, const char *act)
{
    page_form(l->visit, l->out, "/viec-cho", "row");
    hidden(l->out, "viec", act);
}

static void close_act(struct buf *out, const char *class_name, const char *word)
{
    html_raw(out, "<button type=\"submit\" class=\"button ");
    html_text(out, class_name);
    html_raw(out, "\">");
    html_text(out, word);
    html_raw(out, "</button></form>");
}

/* Cells of Q_KIOSKS; those that wait have a number and no id yet. */
static enum err add_machine(void *ctx, const struct cell *c)
{
    struct listing *l = ctx;

    if (c[0].text)
        return ERR_OK;
    l->n++;
    html_raw(l->out, "<li><p>Máy hiện số <b class=\"code\">");
    html_text(l->out, c[9].text);
    html_raw(l->out, "</b></p>");
    if (l->may_change) {
        open_act(l, "nhan");
        hidden(l->out, "so", c[9].text);
        close_act(l->out, "", "Hai số giống nhau, nhận máy");
    }
    html_raw(l->out, "</li>\n");
    return ERR_OK;
}

/* For whoever looks at what a machine has pinned, or puts a proxy in front. */
static enum err tell_pin(struct listing *l)
{
    char pin[CERT_PIN_CHARS];
    enum err err = tls_pin(l->visit->server, pin);

    if (err || !pin[0])
        return err;
    html_raw(l->out, "<p class=\"mute\">Mã ghim TLS của máy chủ (để đối chiếu):<br>"
                     "<code class=\"pin\">");
    html_text(l->out, pin);
    html_raw(l->out, "</code></p>");
    return ERR_OK;
}

static enum err machines(struct listing *l)
{
    enum err err;

    page_box(l->out, "may-moi", "", "Máy mới");
    html_raw(l->out,
             "<ol class=\"steps\"><li>Lấy mã 8 ký tự ở đây, gõ vào máy mới trong "
             "15 phút.</li><li>So số 8 chữ số trên máy với số hiện ở đây. Khác "
             "nhau thì đừng nhận: có người chen giữa.</li></ol>\n<ul class=\""
             "rows\">");
    err = store_run_plain(l->visit->server->store, Q_KIOSKS, add_machine, l);
    html_raw(l->out, "</ul>");
    if (!l->n)
        html_element(l->out, "p", "none", "Không có máy nào đang chờ.");
    if (l->may_change) {
        open_act(l, "ma-moi");
        if (l->visit->server->is_province)
            html_raw(l->out, "<label>Mã xã <input name=\"xa\" required maxlength=\"32\""
                             " autocomplete=\"off\"></label> ");
        close_act(l->out, "plain", "Lấy mã cho máy mới");
    }
    if (!err)
        err = tell_pin(l);
    page_box_end(l->out);
    return server_note(l->visit->server, err);
}

/* Cells of Q_HELD_LIST: kiosk period n_rows sum_plus. */
static enum err add_held(void *ctx, const struct cell *c)
{
    struct listing *l = ctx;

    l->n++;
    html_raw(l->out, "<tr><th scope=\"row\"><a href=\"/may?id=");
    html_text(l->out, c[0].text);
    html_raw(l->out, "\">");
    html_text(l->out, c[0].text);
    html_raw(l->out, "</a></th><td>");
    html_text(l->out, c[1].text);
    html_raw(l->out, "</td><td class=\"num\">");
    html_number(l->out, c[3].number);
    html_raw(l->out, "</td>");
    if (l->may_change) {
        html_raw(l->out, "<td>");
        open_act(l, "cho-vao");
        hidden(l->out, "may", c[0].text);
        hidden(l->out, "ngay", c[1].text);
        close_act(l->out, "plain", "Cho vào");
        html_raw(l->out, "</td>");
    }
    html_raw(l->out, "</tr>\n");
    return ERR_OK;
}

static enum err held(struct listing *l)
{
    struct buf rows;
    struct listing held = { l->visit, &rows, l->may_change, 0 };
    enum err err;

    buf_init(&rows, HELD_BYTES_MAX);
    err = store_run_plain(l->visit->server->store, Q_HELD_LIST, add_held, &held);
    page_box(l->out, "giu-lai", "", "Số lớn khác thường, đang giữ lại");
    html_raw(l->out, "<p class=\"mute\">Quá 2.000 lượt xong bài một máy, một ngày. Hỏi "
                     "người giữ máy; đúng thì cho vào, không thì để yên.</p>");
    if (held.n) {
        html_raw(l->out, "<table><thead><tr><th scope=\"col\">Máy</th>"
                         "<th scope=\"col\">Ngày</th>"
                         "<th scope=\"col\" class=\"num\">Tổng</th>");
        html_literal(l->out, l->may_change ? "<th scope=\"col\">Việc</th>" : "");
        html_raw(l->out, "</tr></thead><tbody>\n");
        buf_add(l->out, buf_text(&rows), rows.len);
        html_raw(l->out, "</tbody></table>");
    } else {
        html_element(l->out, "p", "none", "Không có số nào đang giữ lại.");
    }
    page_box_end(l->out);
    buf_finish(&rows);
    return server_note(l->visit->server, err);
}

enum err page_waiting(const struct visit *v, struct http_response *r)
{
    struct buf *out = &r->body;
    struct listing l = { v, out, gate_may(v->server, v->visitor, FOR_ADMINISTRATORS),
                         0 };
    enum err err = page_begin(v, out, "Việc chờ duyệt");

    page_top(out, "Việc chờ duyệt", "");
    page_top_end(out);
    html_raw(out, "<div class=\"pair\">");
    if (!err)
        err = machines(&l);
    if (!err)
        err = held(&l);
    html_raw(out,
             "</div>\n<p class=\"mute foot\">Yêu cầu về dữ liệu cá nhân (xem, sửa, "
             "xóa tên) làm ở máy người ấy đã ghi danh: máy chủ không có tên ai.</p>\n");
    page_end(out);
    return err;
}

/* --- what is posted ----------------------------------------------------------------- */

static enum err give_code(const struct visit *v, struct http_response *r)
{
    const struct http_request *q = v->request;
    char code[ENROL_CODE_CHARS];
    char commune[FIELD_CHARS] = "";
    struct buf *out = &r->body;
    enum err err;

    if (v->server->is_province &&
        (!form_value(q->body, q->n_body, "xa", commune, sizeof(commune)) ||
         !bundle_id_ok(commune)))
        return page_say(v, r, 400, "Chưa làm gì cả",
                        "Cần mã xã mà máy mới sẽ gửi số liệu, ví dụ 21520.");
    err = enrolment_code_for(v->server, commune, code);
    if (!err)
        err = deeds_add(v->server, v->visitor->staff.name, DEED_ENROL_CODE, commune);
    if (!err)
        err = page_begin(v, out, "Mã cho máy mới");
    if (err)
        return err;
    page_top(out, "Mã cho máy mới",
             "Dùng một lần, trong 15 phút, gõ sai nhiều nhất 5 lần.");
    page_top_end(out);
    html_raw(out, "<div class=\"box slim\"><p class=\"code large\">");
    html_text(out, code);
    html_raw(out,
             "</p><p>Gõ mã này vào máy mới, rồi <a href=\"/viec-cho\">trở lại Việc "
             "chờ duyệt</a> để so số.</p></div>\n");
    page_end(out);
    return ERR_OK;
}

static enum err confirm(struct server *s, const char *by, const char *number)
{
    char kiosk[BUNDLE_ID_MAX + 1];
    enum err err = enrolment_confirm(s, number, kiosk);

    return err ? err : deeds_add(s, by, DEED_KIOSK_CONFIRM, kiosk);
}

static enum err admit(struct server *s, const char *by, const char *kiosk,
                      const char *period)
{
    char both[2 * FIELD_CHARS + 2];
    enum err err = held_admit(s, kiosk, period);

    snprintf(both, sizeof(both), "%s %s", kiosk, period);
    return err ? err : deeds_add(s, by, DEED_ADMIT, both);
}

static enum err revoke(struct server *s, const char *by, const char *kiosk)
{
    int64_t known = 0;
    enum err err =
        store_run(s->store, Q_KIOSK_KNOWN, store_number, &known, PARAM_TEXT(kiosk));

    if (!err && !known)
        return ERR_REJECTED;
    if (!err)
        err = store_run(s->store, Q_KIOSK_REVOKE, NULL, NULL, PARAM_TEXT(kiosk));
    return err ? server_note(s, err) : deeds_add(s, by, DEED_KIOSK_REVOKE, kiosk);
}

enum err page_waiting_post(const struct visit *v, struct http_response *r)
{
    const struct http_request *q = v->request;
    const char *by = v->visitor->staff.name;
    char act[FIELD_CHARS];
    char kiosk[FIELD_CHARS];
    char what[FIELD_CHARS];
    enum err err = ERR_REJECTED;

    form_value(q->body, q->n_body, "viec", act, sizeof(act));
    form_value(q->body, q->n_body, "may", kiosk, sizeof(kiosk));
    if (!strcmp(act, "ma-moi"))
        return give_code(v, r);
    if (!strcmp(act, "nhan") &&
        form_value(q->body, q->n_body, "so", what, sizeof(what)))
        err = confirm(v->server, by, what);
    else if (!strcmp(act, "cho-vao") &&
             form_value(q->body, q->n_body, "ngay", what, sizeof(what)))
        err = admit(v->server, by, kiosk, what);
    else if (!strcmp(act, "ngung") &&
             form_value(q->body, q->n_body, "chac", what, sizeof(what)))
        err = revoke(v->server, by, kiosk);
    if (err == ERR_REJECTED)
        return page_say(v, r, 400, "Chưa làm gì cả",
                        "Việc này không còn chờ nữa, hoặc hai số khác nhau. Mời mở lại "
                        "trang Việc chờ duyệt.");
    if (!err)
        page_see(r, "/viec-cho");
    return err;
}
