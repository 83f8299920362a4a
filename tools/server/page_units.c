/* /don-vi: what each organising unit did. In alphabetical order: nobody is ranked. */
#include "base/buf.h"
#include "cubes.h"
#include "html.h"
#include "pages.h"

static void row(struct buf *out, const struct cube *u, const struct cube *then)
{
    const struct figure unknown = { .known = false };

    html_raw(out, "<tr><th scope=\"row\">");
    if (u->name) {
        html_text(out, u->name);
    } else {
        html_raw(out, "xã chưa đặt tên cho mã đơn vị ");
        html_text(out, u->code);
    }
    html_raw(out, "</th>");
    page_cell(out, &u->classes);
    page_cell(out, then ? &then->classes : &unknown);
    page_cell(out, &u->attendance);
    page_cell(out, &u->registered);
    page_cell(out, &u->finished);
    page_cell(out, then ? &then->finished : &unknown);
    html_raw(out, "</tr>\n");
}

static void table(struct buf *out, const struct cubes *c, const struct cubes *before)
{
    html_raw(out, "<div class=\"box\">");
    page_table(out, "Bảng theo đơn vị");
    html_raw(out,
             "<tr><th scope=\"col\" rowspan=\"2\">Đơn vị</th>"
             "<th scope=\"colgroup\" colspan=\"3\" class=\"group\">Lớp học</th>"
             "<th scope=\"colgroup\" colspan=\"3\" class=\"group\">Người của đơn vị"
             "</th></tr><tr><th scope=\"col\" class=\"num\">buổi</th>"
             "<th scope=\"col\" class=\"num\">buổi, kỳ trước</th>"
             "<th scope=\"col\" class=\"num\">lượt dự</th>"
             "<th scope=\"col\" class=\"num\">ghi danh</th>"
             "<th scope=\"col\" class=\"num\">xong 1 bài</th>"
             "<th scope=\"col\" class=\"num\">xong, kỳ trước</th></tr></thead>"
             "<tbody>\n");
    for (size_t i = 0; i < c->n_rows[CUBE_UNIT]; i++)
        row(out, &c->rows[CUBE_UNIT][i],
            before ? cubes_find(before, CUBE_UNIT, c->rows[CUBE_UNIT][i].code) : NULL);
    page_table_end(out);
    html_raw(out, "</div>\n");
}

enum err page_units(const struct visit *v, struct http_response *r)
{
    struct arena arena = { 0 };
    struct cubes cubes = { 0 };
    struct cubes before = { 0 };
    struct period p = page_period(v);
    struct period last;
    struct buf *out = &r->body;
    bool compare = period_before(&p, &last);
    enum err err = page_begin(v, out, "Theo đơn vị");

    if (!err)
        err = cubes_read(v->server, &p, &arena, &cubes);
    if (!err && compare)
        err = cubes_read(v->server, &last, &arena, &before);
    if (!err) {
        page_top(out, "Theo đơn vị", "Xếp theo bảng chữ cái. Không ai bị xếp hạng.");
        page_period_choice(v, &p, out);
        page_top_end(out);
        if (cubes.n_rows[CUBE_UNIT])
            table(out, &cubes, compare ? &before : NULL);
        else
            html_element(out, "p", "none",
                         "Xã chưa đặt tên đơn vị nào, và chưa máy nào gửi số theo đơn "
                         "vị.");
        html_raw(out, "<p class=\"mute foot\">Kỳ này: ");
        page_period_line(&p, out);
        html_raw(out, ".</p>\n");
        page_end(out);
    }
    arena_finish(&arena);
    return err;
}
