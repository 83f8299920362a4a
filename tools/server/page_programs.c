/* On /goi-bai: updates of the machines' program, who has them, and an end to offering one. */
#include "base/buf.h"
#include "figures.h"
#include "form.h"
#include "html.h"
#include "pages.h"
#include "programs.h"

#include <string.h>

#define PATH "/goi-bai"
#define FIELD_CHARS 64

static void stop_form(const struct visit *v, struct buf *out, const char *system)
{
    html_raw(out, "<td>");
    page_form(v, out, PATH, "row");
    html_raw(out, "<input type=\"hidden\" name=\"loai\" value=\"");
    html_text(out, system);
    html_raw(out, "\"><label class=\"check\"><input type=\"checkbox\" name=\"chac\""
                  " value=\"co\" required> Tôi chắc chắn</label>"
                  "<button class=\"button danger\" type=\"submit\">Ngừng giao</button>"
                  "</form></td>");
}

/* Of the machines of this kind: all, and those that run it. A machine says both itself. */
static void machines(struct buf *out, const struct figures *f,
                     const struct programs_offer *o)
{
    int64_t n = 0, n_have = 0;

    for (size_t i = 0; i < f->n_machines; i++) {
        const struct figures_machine *m = &f->machines[i];

        if (m->revoked || strcmp(m->system, o->system) != 0)
            continue;
        n++;
        n_have += !strcmp(m->version, o->version);
    }
    html_raw(out, "<td class=\"num\">");
    html_number(out, n_have);
    html_raw(out, " / ");
    html_number(out, n);
    html_raw(out, "</td>");
}

static void row(const struct visit *v, struct buf *out, const struct figures *f,
                const struct programs_offer *o, bool may_stop)
{
    html_raw(out, "<tr><th scope=\"row\">");
    html_text(out, o->system);
    html_raw(out, "</th><td>");
    html_text(out, o->version);
    html_raw(out, "</td>");
    machines(out, f, o);
    if (may_stop)
        stop_form(v, out, o->system);
    html_raw(out, "</tr>\n");
}

void page_programs(const struct visit *v, struct buf *out, const struct figures *f)
{
    struct programs *p = &v->server->programs;
    bool may_stop = gate_may(v->server, v->visitor, FOR_ADMINISTRATORS);

    programs_refresh(p);
    page_box(out, "ban-may", "", "Bản máy đang giao");
    if (!p->n) {
        html_element(
            out, "p", "none",
            "Máy chủ chưa giao bản máy mới nào: máy chạy bản đang có, hoặc nhận "
            "qua USB.");
        page_box_end(out);
        return;
    }
    html_raw(
        out,
        "<p class=\"mute\">Máy tự tải khi có mạng và kiểm chữ ký. Chỉ khi quản trị bấm "
        "“Cập nhật” tại máy thì bản ấy mới được cài.</p>");
    page_table(out, "Bản máy đang giao");
    html_raw(out, "<tr><th scope=\"col\">Loại máy</th><th scope=\"col\">Bản</th>"
                  "<th scope=\"col\" class=\"num\">Máy đã chạy bản này</th>");
    html_literal(out, may_stop ? "<th scope=\"col\">Việc</th>" : "");
    html_raw(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < p->n; i++)
        row(v, out, f, &p->offers[i], may_stop);
    page_table_end(out);
    page_box_end(out);
}

enum err page_packs_post(const struct visit *v, struct http_response *r)
{
    const struct http_request *q = v->request;
    char system[FIELD_CHARS], sure[FIELD_CHARS];
    enum err err;

    form_value(q->body, q->n_body, "loai", system, sizeof(system));
    form_value(q->body, q->n_body, "chac", sure, sizeof(sure));
    if (strcmp(sure, "co") != 0)
        return page_say(v, r, 400, "Chưa ngừng giao",
                        "Cần đánh dấu “Tôi chắc chắn” rồi bấm lại.");
    err = programs_stop(v->server, v->visitor->staff.name, system);
    if (err == ERR_REJECTED)
        return page_say(v, r, 400, "Chưa ngừng gì cả",
                        "Bản máy ấy không còn giao nữa. Mời mở lại trang Gói bài học.");
    if (err == ERR_FULL)
        return page_say(v, r, 503, "Chưa ngừng giao",
                        "Đĩa của máy chủ đã đầy. Dọn bớt chỗ rồi làm lại.");
    if (!err)
        page_see(r, PATH);
    return err;
}
