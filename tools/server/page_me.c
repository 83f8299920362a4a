/* /toi: one's own password. */
#include <string.h>

#include "base/buf.h"
#include "form.h"
#include "html.h"
#include "pages.h"
#include "password.h"
#include "throttle.h"

#define FIELD_CHARS 300

static void field(struct buf *out, const char *id, const char *word,
                  const char *complete)
{
    html_raw(out, "<label for=\"");
    html_text(out, id);
    html_raw(out, "\">");
    html_text(out, word);
    html_raw(out, "</label><input type=\"password\" required maxlength=\"128\" id=\"");
    html_text(out, id);
    html_raw(out, "\" name=\"");
    html_text(out, id);
    html_raw(out, "\" autocomplete=\"");
    html_text(out, complete);
    html_raw(out, "\">\n");
}

enum err page_me(const struct visit *v, struct http_response *r)
{
    struct buf *out = &r->body;
    enum err err = page_begin(v, out, "Tên của tôi");

    page_top(out, v->visitor->staff.name, "");
    page_top_end(out);
    page_box(out, "doi", "slim", "Đổi mật khẩu");
    page_form(v, out, "/toi", "stack");
    field(out, "cu", "Mật khẩu đang dùng", "current-password");
    field(out, "moi", "Mật khẩu mới", "new-password");
    field(out, "lai", "Mật khẩu mới, nhập lại", "new-password");
    html_raw(out, "<p class=\"mute\">Ít nhất 10 ký tự. Đổi xong, mời đăng nhập lại."
                  "</p><button class=\"button\" type=\"submit\">Đổi mật khẩu</button>"
                  "</form>");
    page_box_end(out);
    page_end(out);
    return err;
}

/* Guessing the old one is slowed down as at the door. */
static enum err change(const struct visit *v, const char *old, const char *new_one,
                       const char **words)
{
    struct server *s = v->server;
    const char *name = v->visitor->staff.name;
    int64_t now_ms = clock_mono_ms(s->clock);
    char hash[PASSWORD_HASH_CHARS];
    const char *why;
    struct staff staff;
    bool fits;
    enum err err;

    *words = "Đã nhập chưa khớp 5 lần. Mời đợi 5 phút.";
    if (throttle_wait_ms(s->throttle, now_ms, THROTTLE_NAME, name) > 0)
        return ERR_REJECTED;
    err = staff_check(s, name, old, &staff, &fits);
    *words = "Mật khẩu đang dùng chưa khớp.";
    if (!err && !fits) {
        throttle_miss(s->throttle, now_ms, THROTTLE_NAME, name);
        return ERR_REJECTED;
    }
    *words = "Mật khẩu mới cần ít nhất 10 ký tự.";
    if (!err)
        err = password_hash(new_one, hash);
    return err ? err : staff_passwd(s, name, name, hash, &why);
}

enum err page_me_post(const struct visit *v, struct http_response *r)
{
    const struct http_request *q = v->request;
    char old[FIELD_CHARS];
    char new_one[FIELD_CHARS];
    char again[FIELD_CHARS];
    const char *words = "Hai lần nhập mật khẩu mới chưa giống nhau.";
    enum err err = ERR_REJECTED;

    form_value(q->body, q->n_body, "cu", old, sizeof(old));
    form_value(q->body, q->n_body, "moi", new_one, sizeof(new_one));
    form_value(q->body, q->n_body, "lai", again, sizeof(again));
    if (!strcmp(new_one, again))
        err = change(v, old, new_one, &words);
    hash_wipe(old, sizeof(old));
    hash_wipe(new_one, sizeof(new_one));
    hash_wipe(again, sizeof(again));
    if (err == ERR_REJECTED)
        return page_say(v, r, 400, "Chưa đổi mật khẩu", words);
    if (!err)
        page_see(r, GATE_LOGIN);
    return err;
}
