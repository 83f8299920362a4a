/* /cac-xa, a province's first page: each commune's figures of the chosen period, by
 * alphabet: nobody is ranked. */
#include "base/buf.h"
#include "base/clock.h"
#include "communes.h"
#include "csv.h"
#include "html.h"
#include "pages.h"

static void name_of(struct buf *out, const struct commune *c)
{
    if (c->name) {
        html_text(out, c->name);
    } else {
        html_raw(out, "chưa đặt tên cho mã xã ");
        html_text(out, c->code);
    }
}

static void row(const struct visit *v, struct buf *out, const struct commune *c)
{
    html_raw(out, "<tr><th scope=\"row\">");
    name_of(out, c);
    html_raw(out, "</th>");
    for (size_t i = 0; i < COMMUNE_FIGURES; i++)
        page_cell(out, &c->figures[i]);
    html_literal(out, c->seen_ms ? "<td>" : "<td class=\"none\">");
    if (c->seen_ms)
        page_ago(out, clock_wall_ms(v->server->clock) - c->seen_ms);
    else
        html_raw(out, "chưa gửi");
    html_raw(out, "</td></tr>\n");
}

static void table(const struct visit *v, struct buf *out, const struct communes *c)
{
    html_raw(out, "<div class=\"box\">");
    page_table(out, "Bảng theo xã");
    html_raw(out, "<tr><th scope=\"col\">Xã</th>");
    for (size_t i = 0; i < COMMUNE_FIGURES; i++) {
        html_raw(out, "<th scope=\"col\" class=\"num\">");
        html_text(out, communes_title((enum commune_figure)i));
        html_raw(out, " (");
        html_text(out, communes_unit((enum commune_figure)i));
        html_raw(out, ")</th>");
    }
    html_raw(out, "<th scope=\"col\">Gửi lần cuối</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < c->n; i++)
        row(v, out, &c->rows[i]);
    html_raw(out, "<tr><th scope=\"row\">Các xã có số liệu</th>");
    for (size_t i = 0; i < COMMUNE_FIGURES; i++)
        page_cell(out, &c->sums[i]);
    html_raw(out, "<td></td></tr>\n");
    page_table_end(out);
    html_raw(out, "</div>\n");
}

enum err page_communes(const struct visit *v, struct http_response *r)
{
    struct arena arena = { 0 };
    struct communes communes = { 0 };
    struct period p = page_period(v);
    char name[PERIOD_NAME_CHARS];
    struct buf *out = &r->body;
    enum err err = page_begin(v, out, "Các xã");

    period_name(&p, name);
    if (!err)
        err = communes_read(v->server, &p, &arena, &communes);
    if (!err) {
        page_top(out, "Các xã", "Xếp theo bảng chữ cái. Không xã nào bị xếp hạng.");
        page_period_choice(v, &p, out);
        page_top_end(out);
        if (communes.n)
            table(v, out, &communes);
        else
            html_element(out, "p", "none",
                         "Chưa có xã nào. Lấy mã cho xã đầu tiên ở Việc chờ duyệt.");
        html_raw(out,
                 "<p class=\"mute foot\">“Chưa có”: chưa có số liệu, hoặc số dưới 5 "
                 "người đã gộp ở xã. Số người của kỳ là do xã đếm, không phải tổng "
                 "các tháng. <a href=\"/totals.csv?period=");
        html_text(out, name);
        html_raw(out, "\">Tải bảng (CSV)</a></p>\n");
        page_end(out);
    }
    arena_finish(&arena);
    return err;
}

static void csv_figures(struct buf *out, const struct figure *figures)
{
    for (size_t i = 0; i < COMMUNE_FIGURES; i++)
        if (figures[i].known)
            csv_number(out, figures[i].value);
        else
            csv_text(out, "");
}

enum err page_communes_csv(struct server *s, const char *period, struct buf *out)
{
    struct arena arena = { 0 };
    struct communes c;
    struct period p = period_of(PERIOD_HALF, clock_day(clock_wall_ms(s->clock)));
    enum err err;

    if (period)
        (void)period_parse(period, &p);
    err = communes_read(s, &p, &arena, &c);
    csv_begin(out);
    csv_text(out, "Mã xã");
    csv_text(out, "Xã");
    for (size_t i = 0; i < COMMUNE_FIGURES; i++)
        csv_text(out,
                 arena_printf(&arena, "%s (%s)", communes_title((enum commune_figure)i),
                              communes_unit((enum commune_figure)i)));
    csv_end_row(out);
    for (size_t i = 0; !err && i < c.n; i++) {
        csv_text(out, c.rows[i].code);
        csv_text(out, c.rows[i].name ? c.rows[i].name : "");
        csv_figures(out, c.rows[i].figures);
        csv_end_row(out);
    }
    arena_finish(&arena);
    return err;
}
