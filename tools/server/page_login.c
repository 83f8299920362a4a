/* /dang-nhap and /dang-xuat. Wrong name and wrong password get one answer, in one time. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "deeds.h"
#include "form.h"
#include "html.h"
#include "icons.h"
#include "pages.h"
#include "settings.h"
#include "throttle.h"

#define LOG_MODULE "login"
#include "base/log.h"

#define PASSWORD_FIELD_CHARS 300

enum answer { ASKED, WRONG, WAIT, STALE, IN_THE_OPEN };

static const struct {
    unsigned status;
    const char *words;
} answers[] = {
    [ASKED] = { 200, NULL },
    [WRONG] = { 401, "Tên hoặc mật khẩu chưa khớp. Mời nhập lại." },
    [WAIT] = { 429, "Đã nhập chưa khớp 5 lần. Mời đợi 5 phút rồi nhập lại." },
    [STALE] = { 403, "Trang đã mở quá lâu, hoặc được gửi từ nơi khác. Mời nhập lại." },
    [IN_THE_OPEN] = { 403,
                      "Mật khẩu chỉ được gửi qua địa chỉ https, hoặc ngay trên máy "
                      "chủ này. Mời dùng địa chỉ https của xã." },
};

static void field(struct buf *out, const char *id, const char *type, const char *word,
                  const char *icon, const char *complete, const char *value)
{
    html_raw(out, "<label for=\"");
    html_text(out, id);
    html_raw(out, "\">");
    html_text(out, word);
    html_raw(out, "</label><div class=\"field\">");
    page_icon(out, icon);
    html_raw(out, "<input required maxlength=\"128\" id=\"");
    html_text(out, id);
    html_raw(out, "\" name=\"");
    html_text(out, id);
    html_raw(out, "\" type=\"");
    html_text(out, type);
    html_raw(out, "\" autocomplete=\"");
    html_text(out, complete);
    html_raw(out, "\" autocapitalize=\"none\" spellcheck=\"false\" value=\"");
    html_text(out, value);
    html_raw(out, "\"></div>\n");
}

static void form(const struct visit *v, struct buf *out, const char *cookie,
                 enum answer answer, const char *name, const char *back)
{
    char token[GATE_TOKEN_CHARS];

    gate_form_token(v->server, cookie, token);
    html_raw(out, "<form method=\"post\" action=\"" GATE_LOGIN "\" class=\"login\">"
                  "<h2>Đăng nhập</h2>\n");
    if (answers[answer].words) {
        html_raw(out, "<p class=\"said\" role=\"alert\">");
        html_text(out, answers[answer].words);
        html_raw(out, "</p>");
    }
    html_raw(out, "<input type=\"hidden\" name=\"ma\" value=\"");
    html_text(out, token);
    html_raw(out, "\"><input type=\"hidden\" name=\"ve\" value=\"");
    html_text(out, back);
    html_raw(out, "\">\n");
    field(out, "ten", "text", "Tên đăng nhập", ICON_USER, "username", name);
    field(out, "mat-khau", "password", "Mật khẩu", ICON_LOCK, "current-password", "");
    html_raw(out, "<button class=\"button\" type=\"submit\">Vào trang</button>\n"
                  "<p class=\"mute\">Nhập chưa khớp 5 lần, trang khóa 5 phút. Quên mật "
                  "khẩu: nhờ quản trị khác cấp lại.</p>"
                  "<p class=\"mute\">Máy dùng chung: nhớ đăng xuất. Trang tự thoát sau "
                  "30 phút không dùng.</p></form>\n");
}

static enum err show(const struct visit *v, struct http_response *r, enum answer answer,
                     const char *name, const char *back)
{
    struct buf *out = &r->body;
    struct buf commune;
    char cookie[GATE_TOKEN_CHARS];
    enum err err;

    r->status = answers[answer].status;
    r->type = "text/html; charset=utf-8";
    gate_login_cookie(v->request, r, cookie);
    buf_init(&commune, SETTING_VALUE_MAX + 1);
    err = settings_get(v->server, "commune.name", v->server->commune, &commune);
    page_head(out, "Đăng nhập", buf_text(&commune));
    html_raw(out, "<main class=\"door\"><div class=\"welcome\"><div class=\"brand\">");
    page_seal(out);
    html_raw(out, "<p><b>Bình dân học vụ số</b><br>");
    html_text(out, buf_text(&commune));
    html_raw(out,
             "</p></div><h1>Trang dành cho cán bộ xã</h1>"
             "<p>Số liệu lớp học, báo cáo, các máy.<br>Người học không cần trang "
             "này.</p><img src=\"/canh.svg\" alt=\"\"></div>\n<div class=\"entry\">");
    form(v, out, cookie, answer, name, back);
    html_raw(out, "</div></main></body></html>\n");
    buf_finish(&commune);
    return server_note(v->server, err);
}

enum err page_login(const struct visit *v, struct http_response *r)
{
    const char *back = v->request->query(v->request, "ve");

    if (!back || !gate_return_ok(back))
        back = "/";
    if (v->visitor->known) {
        page_see(r, back);
        return ERR_OK;
    }
    return show(v, r, gate_is_private(v->request) ? ASKED : IN_THE_OPEN, "", back);
}

/* Counts the miss. Whoever waits from now on stands in the log, if they exist. */
static enum err missed(struct server *s, const char *name, const char *address)
{
    int64_t now_ms = clock_mono_ms(s->clock);
    bool name_waits = throttle_miss(s->throttle, now_ms, THROTTLE_NAME, name);
    struct staff staff;
    bool found;
    enum err err;

    if (throttle_miss(s->throttle, now_ms, THROTTLE_ADDRESS, address))
        LOG_WARN("an address has to wait: too many wrong passwords");
    if (!name_waits)
        return ERR_OK;
    LOG_WARN("a name has to wait: too many wrong passwords");
    err = staff_find(s, name, &staff, &found);
    return err || !found ? err : deeds_add(s, name, DEED_LOCKED, "");
}

static int64_t wait_ms(const struct server *s, const char *name, const char *address)
{
    int64_t now_ms = clock_mono_ms(s->clock);
    int64_t by_name = throttle_wait_ms(s->throttle, now_ms, THROTTLE_NAME, name);
    int64_t by_address =
        throttle_wait_ms(s->throttle, now_ms, THROTTLE_ADDRESS, address);

    return by_name > by_address ? by_name : by_address;
}

static enum err try_password(const struct visit *v, struct http_response *r,
                             const char *name, const char *password,
                             const char *address, const char *back)
{
    struct server *s = v->server;
    struct staff staff;
    bool fits;
    enum err err = staff_check(s, name, password, &staff, &fits);

    if (err)
        return err;
    if (!fits) {
        err = missed(s, name, address);
        return err ? err : show(v, r, WRONG, bundle_id_ok(name) ? name : "", back);
    }
    throttle_forget(s->throttle, THROTTLE_NAME, name);
    throttle_forget(s->throttle, THROTTLE_ADDRESS, address);
    err = deeds_add(s, name, DEED_LOGIN, "");
    if (err == ERR_CORRUPT) /* but a full disk keeps nobody from the figures */
        return err;
    gate_enter(s, v->request, &staff, r);
    page_see(r, back);
    return ERR_OK;
}

enum err page_login_post(const struct visit *v, struct http_response *r)
{
    const struct http_request *q = v->request;
    char cookie[GATE_TOKEN_CHARS];
    char name[PASSWORD_FIELD_CHARS];
    char password[PASSWORD_FIELD_CHARS];
    char back[GATE_RETURN_CHARS];
    char address[LISTEN_ADDRESS_CHARS];
    int64_t wait;
    enum err err;

    if (!form_value(q->body, q->n_body, "ve", back, sizeof(back)) ||
        !gate_return_ok(back))
        snprintf(back, sizeof(back), "/");
    if (!gate_is_private(q))
        return show(v, r, IN_THE_OPEN, "", back);
    gate_login_cookie(q, r, cookie);
    if (!gate_form_ok(v->server, q, cookie))
        return show(v, r, STALE, "", back);
    form_value(q->body, q->n_body, "ten", name, sizeof(name));
    form_value(q->body, q->n_body, "mat-khau", password, sizeof(password));
    gate_address(q, address);
    wait = wait_ms(v->server, name, address);
    if (wait > 0) {
        r->retry_after_s = (unsigned)(wait / 1000 + 1);
        err = show(v, r, WAIT, bundle_id_ok(name) ? name : "", back);
    } else {
        err = try_password(v, r, name, password, address, back);
    }
    hash_wipe(password, sizeof(password));
    return err;
}

enum err page_logout_post(const struct visit *v, struct http_response *r)
{
    enum err err = deeds_add(v->server, v->visitor->staff.name, DEED_LOGOUT, "");

    /* out in any case: a full disk keeps nobody logged in */
    gate_leave(v->server, v->request, v->visitor, r);
    page_see(r, GATE_LOGIN);
    return err == ERR_CORRUPT ? err : ERR_OK;
}
