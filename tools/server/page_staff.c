/* /can-bo: who may log in here. Administrators add, remove, and give new passwords. */
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "form.h"
#include "html.h"
#include "pages.h"
#include "password.h"

#define FIELD_CHARS 300

static const char *const role_words[STAFF_ROLES] = {
    [STAFF_ADMINISTRATOR] = "Quản trị",
    [STAFF_INSPECTOR] = "Kiểm tra (chỉ xem)",
    [STAFF_EDITOR] = "Biên tập thông báo",
};

struct listing {
    const struct visit *visit;
    struct buf *out;
    bool may_change;
};

static void act(const struct listing *l, const char *act, const char *name)
{
    page_form(l->visit, l->out, "/can-bo", "row");
    html_raw(l->out, "<input type=\"hidden\" name=\"viec\" value=\"");
    html_text(l->out, act);
    html_raw(l->out, "\"><input type=\"hidden\" name=\"ten\" value=\"");
    html_text(l->out, name);
    html_raw(l->out, "\">");
}

static void changes(const struct listing *l, const char *name)
{
    html_raw(l->out, "<td><details><summary>Sửa<span class=\"unseen\"> ");
    html_text(l->out, name);
    html_raw(l->out, "</span></summary>");
    act(l, "mat-khau", name);
    html_raw(l->out, "<label>Mật khẩu mới <input type=\"password\" required"
                     " minlength=\"10\" maxlength=\"128\" name=\"mat-khau\""
                     " autocomplete=\"new-password\"></label>"
                     "<button class=\"button plain\" type=\"submit\">Cấp lại mật khẩu"
                     "</button></form>");
    if (strcmp(name, l->visit->visitor->staff.name) != 0) {
        act(l, "xoa", name);
        html_raw(l->out, "<label class=\"check\"><input type=\"checkbox\" required"
                         " name=\"chac\" value=\"co\"> Tôi chắc chắn</label>"
                         "<button class=\"button danger\" type=\"submit\">Xóa tên này"
                         "</button></form>");
    }
    html_raw(l->out, "</details></td>");
}

/* Cells: name role made_ms. */
static enum err add_row(void *ctx, const struct cell *c)
{
    const struct listing *l = ctx;
    enum staff_role role;

    html_raw(l->out, "<tr><th scope=\"row\">");
    html_text(l->out, c[0].text);
    html_raw(l->out, "</th><td>");
    html_text(l->out,
              staff_role_parse(c[1].text, &role) ? role_words[role] : c[1].text);
    html_raw(l->out, "</td><td>");
    page_moment(l->out, c[2].number);
    html_raw(l->out, "</td>");
    if (l->may_change)
        changes(l, c[0].text);
    html_raw(l->out, "</tr>\n");
    return ERR_OK;
}

static void add_form(const struct listing *l)
{
    page_box(l->out, "them-nguoi", "", "Thêm người");
    page_form(l->visit, l->out, "/can-bo", "stack");
    html_raw(l->out, "<input type=\"hidden\" name=\"viec\" value=\"them\">"
                     "<label for=\"ten\">Tên đăng nhập</label>"
                     "<input id=\"ten\" name=\"ten\" required maxlength=\"32\""
                     " pattern=\"[a-z0-9._\\-]+\" autocomplete=\"off\""
                     " autocapitalize=\"none\" aria-describedby=\"ten-luu-y\">"
                     "<p class=\"mute\" id=\"ten-luu-y\">Chữ thường không dấu, số, dấu "
                     "chấm; ví dụ vo.minh</p>"
                     "<label for=\"vai\">Được làm gì</label>"
                     "<select id=\"vai\" name=\"vai\">");
    for (int i = STAFF_ROLES - 1; i >= 0; i--) {
        html_raw(l->out, "<option value=\"");
        html_text(l->out, staff_role_name((enum staff_role)i));
        html_raw(l->out, "\">");
        html_text(l->out, role_words[i]);
        html_raw(l->out, "</option>");
    }
    html_raw(l->out,
             "</select><label for=\"mat-khau\">Mật khẩu</label>"
             "<input id=\"mat-khau\" name=\"mat-khau\" type=\"password\" required"
             " minlength=\"10\" maxlength=\"128\" autocomplete=\"new-password\">"
             "<p class=\"mute\">Ít nhất 10 ký tự. Nên dùng một câu dài dễ nhớ.</p>"
             "<button class=\"button\" type=\"submit\">Thêm</button></form>");
    page_box_end(l->out);
}

enum err page_staff(const struct visit *v, struct http_response *r)
{
    struct buf *out = &r->body;
    struct listing l = { v, out, gate_may(v->server, v->visitor, FOR_ADMINISTRATORS) };
    enum err err = page_begin(v, out, "Cán bộ");

    if (err)
        return err;
    page_top(out, "Cán bộ", "Ai được vào trang này. Người học không có tên ở đây.");
    page_top_end(out);
    html_raw(out, "<div class=\"pair\">");
    page_box(out, "danh-sach", "big", "Danh sách");
    html_raw(out, "<table><thead><tr><th scope=\"col\">Tên đăng nhập</th>"
                  "<th scope=\"col\">Được làm gì</th><th scope=\"col\">Từ lúc</th>");
    html_literal(out, l.may_change ? "<th scope=\"col\">Việc</th>" : "");
    html_raw(out, "</tr></thead><tbody>\n");
    err = staff_each(v->server, add_row, &l);
    html_raw(out, "</tbody></table>");
    page_box_end(out);
    if (l.may_change)
        add_form(&l);
    html_raw(out, "</div>\n");
    page_end(out);
    return err;
}

/* --- what is posted ----------------------------------------------------------------- */

static enum err change(const struct visit *v, const char *act, const char *name,
                       const char *hash, const char **why)
{
    const struct http_request *q = v->request;
    const char *by = v->visitor->staff.name;
    char text[FIELD_CHARS];
    enum staff_role role;

    *why = "Không hiểu việc này.";
    if (!strcmp(act, "them")) {
        form_value(q->body, q->n_body, "vai", text, sizeof(text));
        return staff_role_parse(text, &role)
                   ? staff_add(v->server, by, name, role, hash, why)
                   : ERR_REJECTED;
    }
    if (!strcmp(act, "mat-khau"))
        return staff_passwd(v->server, by, name, hash, why);
    form_value(q->body, q->n_body, "chac", text, sizeof(text));
    if (!strcmp(act, "xoa") && !strcmp(text, "co"))
        return staff_remove(v->server, by, name, why);
    return ERR_REJECTED;
}

enum err page_staff_post(const struct visit *v, struct http_response *r)
{
    const struct http_request *q = v->request;
    char act[FIELD_CHARS];
    char name[FIELD_CHARS];
    char password[FIELD_CHARS];
    char hash[PASSWORD_HASH_CHARS] = "";
    const char *why;
    enum err err = ERR_OK;

    form_value(q->body, q->n_body, "viec", act, sizeof(act));
    form_value(q->body, q->n_body, "ten", name, sizeof(name));
    if (form_value(q->body, q->n_body, "mat-khau", password, sizeof(password)) ||
        strcmp(act, "xoa") != 0)
        err = password_hash(password, hash);
    hash_wipe(password, sizeof(password));
    if (err == ERR_REJECTED)
        return page_say(v, r, 400, "Mật khẩu chưa được",
                        "Mật khẩu cần ít nhất 10 ký tự. Mời trở lại trang Cán bộ.");
    if (!err)
        err = change(v, act, name, hash, &why);
    if (err == ERR_REJECTED)
        return page_say(v, r, 400, "Chưa làm gì cả",
                        "Tên có rồi, không có tên ấy, tên viết chưa đúng, hoặc đó là "
                        "quản trị cuối cùng. Mời trở lại trang Cán bộ.");
    if (!err)
        page_see(r, "/can-bo");
    return err;
}
