/* /goi-bai: the lessons that this server offers its machines, and who has them already. */
#include <inttypes.h>

#include "base/buf.h"
#include "figures.h"
#include "html.h"
#include "pages.h"
#include "titles.h"

static void offered(const struct server *s, struct buf *out)
{
    const struct offer *o = &s->offer;

    page_box(out, "giao", "", "Gói máy chủ đang giao");
    if (!*o->id) {
        html_element(
            out, "p", "none",
            "Máy chủ chưa giao gói nào: máy dùng gói đã có, hoặc nhận qua USB.");
        page_box_end(out);
        return;
    }
    html_raw(out, "<p><b>");
    html_text(out, o->id);
    buf_printf(out, "</b>, bản %" PRId64 "</p><p class=\"mute\">", o->ver);
    html_raw(out,
             "Máy tự nhận khi có mạng. Chữ ký kiểm ở máy; gói sai chữ ký không được "
             "dùng.</p>");
    page_box_end(out);
}

static void machines(const struct server *s, struct buf *out, const struct figures *f)
{
    const struct offer *o = &s->offer;

    page_box(out, "tung-may", "big", "Gói trên từng máy");
    if (!f->n_machines)
        html_element(out, "p", "none", "chưa có máy nào");
    else
        html_raw(out,
                 "<table><thead><tr><th scope=\"col\">Máy</th>"
                 "<th scope=\"col\" class=\"num\">Bản</th>"
                 "<th scope=\"col\">So với gói đang giao</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < f->n_machines; i++) {
        const struct figures_machine *m = &f->machines[i];
        const struct figure ver = { .known = m->pack_ver > 0, .value = m->pack_ver };

        html_raw(out, "<tr><th scope=\"row\"><a href=\"/may?id=");
        html_text(out, m->id);
        html_raw(out, "\">");
        html_text(out, m->name);
        html_raw(out, "</a></th>");
        page_cell(out, &ver);
        html_raw(out, "<td>");
        if (!ver.known || !*o->id)
            html_raw(out, "chưa rõ");
        else if (m->pack_ver >= o->ver)
            html_raw(out, "<span class=\"chip good\">mới nhất</span>");
        else
            html_raw(out, "<span class=\"chip later\">có bản mới</span>");
        html_raw(out, "</td></tr>\n");
    }
    html_literal(out, f->n_machines ? "</tbody></table>" : "");
    page_box_end(out);
}

static void lessons(const struct server *s, struct buf *out)
{
    if (!s->titles || !s->titles->n_rows)
        return;
    page_box(out, "cac-bai", "", "Các phần và bài trong gói");
    html_raw(out, "<ul class=\"rows\">\n");
    for (size_t i = 0; i < s->titles->n_rows; i++) {
        html_raw(out, "<li>");
        html_text(out, s->titles->rows[i].text);
        html_raw(out, " <span class=\"mute\">");
        html_text(out, s->titles->rows[i].id);
        html_raw(out, "</span></li>\n");
    }
    html_raw(out, "</ul>");
    page_box_end(out);
}

enum err page_packs(const struct visit *v, struct http_response *r)
{
    struct arena arena = { 0 };
    struct figures f = { 0 };
    struct buf *out = &r->body;
    enum err err = page_begin(v, out, "Gói bài học");

    offer_refresh(&v->server->offer);
    if (!err)
        err = figures_machines(v->server, &arena, &f);
    if (!err) {
        page_top(out, "Gói bài học", "");
        page_top_end(out);
        html_raw(out, "<div class=\"pair\">");
        machines(v->server, out, &f);
        offered(v->server, out);
        html_raw(out, "</div>\n");
        page_programs(v, out, &f);
        lessons(v->server, out);
        page_end(out);
    }
    arena_finish(&arena);
    return err;
}
