/* /theo-nhom: people by target group, age, sex and occupation; the commune's targets beside
 * the groups. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "chart.h"
#include "cubes.h"
#include "html.h"
#include "pages.h"
#include "record.h"
#include "settings.h"

static void head(struct buf *out, enum cube_kind kind)
{
    page_table(out, cubes_title(kind));
    html_raw(out, "<tr><th scope=\"col\">");
    html_text(out, cubes_title(kind));
    html_raw(out, "</th><th scope=\"col\" class=\"num\">Ghi danh</th>"
                  "<th scope=\"col\" class=\"barcell\"><span class=\"unseen\">Biểu đồ "
                  "ghi danh</span></th>"
                  "<th scope=\"col\" class=\"num\">Xong 1 bài</th>"
                  "<th scope=\"col\" class=\"num\">Kỳ trước</th>"
                  "<th scope=\"col\" class=\"num\">Lượt xong bài</th></tr></thead>"
                  "<tbody>\n");
}

static void row(struct buf *out, const struct cube *c, const struct cube *then,
                int64_t max)
{
    const struct figure unknown = { .known = false };

    html_raw(out, "<tr><th scope=\"row\">");
    if (c->name) {
        html_text(out, c->name);
    } else {
        html_raw(out, "mã ");
        html_text(out, c->code);
    }
    html_raw(out, "</th>");
    page_cell(out, &c->registered);
    html_raw(out, "<td class=\"barcell\">");
    if (c->registered.known)
        chart_bar(out, c->registered.value, max);
    html_raw(out, "</td>");
    page_cell(out, &c->finished);
    page_cell(out, then ? &then->finished : &unknown);
    page_cell(out, &c->completions);
    html_raw(out, "</tr>\n");
}

static void table(struct buf *out, const struct cubes *c, const struct cubes *before,
                  enum cube_kind kind, const char *id)
{
    int64_t max = 0;

    for (size_t i = 0; i < c->n_rows[kind]; i++)
        if (c->rows[kind][i].registered.value > max)
            max = c->rows[kind][i].registered.value;
    page_box(out, id, "", cubes_title(kind));
    head(out, kind);
    for (size_t i = 0; i < c->n_rows[kind]; i++)
        row(out, &c->rows[kind][i],
            before ? cubes_find(before, kind, c->rows[kind][i].code) : NULL, max);
    page_table_end(out);
    page_box_end(out);
}

/* --- targets ------------------------------------------------------------------------ */

/* target.<group>.<period>, which keys write with small letters. */
static bool find_target(struct server *s, const char *group, const char *period,
                        struct record *out)
{
    char key[SETTING_KEY_MAX];
    const char *why;
    struct buf text;
    bool found;

    snprintf(key, sizeof(key), "target.%s.%s", group, period);
    for (char *c = key; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    buf_init(&text, SETTING_VALUE_MAX + 1);
    found = !settings_get(s, key, "", &text) && text.len &&
            record_read(key, buf_text(&text), out, &why);
    buf_finish(&text);
    return found;
}

static void target(struct buf *out, const char *name, const struct record *t,
                   const struct figure *finished)
{
    int percent = t->numbers[0] > 0 && finished->known
                      ? page_percent(finished->value, t->numbers[0])
                      : 0;

    html_raw(out, "<tr><th scope=\"row\">");
    html_text(out, name);
    html_raw(out, "<br><span class=\"mute\">");
    html_text(out, t->text);
    html_raw(out, ", hạn ");
    page_day(out, t->day);
    html_raw(out, "</span></th><td class=\"num\">");
    html_number(out, t->numbers[0]);
    html_raw(out, "</td>");
    page_cell(out, finished);
    if (!finished->known || t->numbers[0] <= 0) {
        html_raw(out, "<td class=\"none\">–</td></tr>\n");
        return;
    }
    html_raw(out, "<td class=\"reach\">");
    chart_share(out, percent, percent < 50);
    buf_printf(out, "<b>%d%%</b></td></tr>\n", percent);
}

static void targets(struct server *s, struct buf *out, const struct figures *f,
                    const struct cubes *c)
{
    char period[PERIOD_NAME_CHARS];
    struct record t;
    struct buf rows;

    period_name(&f->period, period);
    buf_init(&rows, 65536);
    if (find_target(s, "all", period, &t))
        target(&rows, "Toàn xã", &t, &f->finished);
    for (size_t i = 0; i < c->n_rows[CUBE_GROUP]; i++) {
        const struct cube *g = &c->rows[CUBE_GROUP][i];

        if (find_target(s, g->code, period, &t))
            target(&rows, g->name ? g->name : g->code, &t, &g->finished);
    }
    page_box(out, "chi-tieu", "", "Chỉ tiêu: người xong ít nhất 1 bài");
    if (rows.len) {
        page_table(out, "Chỉ tiêu");
        html_raw(out, "<tr>"
                      "<th scope=\"col\">Nhóm</th>"
                      "<th scope=\"col\" class=\"num\">Mục tiêu</th>"
                      "<th scope=\"col\" class=\"num\">Xong 1 bài</th>"
                      "<th scope=\"col\">Phần đã đạt</th></tr></thead><tbody>\n");
        buf_add(out, buf_text(&rows), rows.len);
        page_table_end(out);
    } else {
        html_element(out, "p", "none", "Xã chưa đặt chỉ tiêu cho kỳ này.");
    }
    page_box_end(out);
    buf_finish(&rows);
}

static void write(const struct visit *v, struct buf *out, const struct figures *f,
                  const struct cubes *c, const struct cubes *before)
{
    page_top(out, "Theo nhóm", "");
    page_period_choice(v, &f->period, out);
    page_top_end(out);
    targets(v->server, out, f, c);
    table(out, c, before, CUBE_GROUP, "nhom");
    table(out, c, before, CUBE_BAND, "tuoi");
    table(out, c, before, CUBE_SEX, "nam-nu");
    table(out, c, before, CUBE_JOB, "nghe");
    html_raw(out, "<p class=\"mute foot\">Kỳ này: ");
    page_period_line(&f->period, out);
    html_raw(out,
             ". Ghi danh, xong 1 bài: người; ai không ghi nam nữ thì không nằm trong "
             "bảng ấy. Không hỏi và không đếm theo dân tộc.</p>\n");
}

enum err page_groups(const struct visit *v, struct http_response *r)
{
    struct arena arena = { 0 };
    struct figures f = { 0 };
    struct cubes cubes = { 0 };
    struct cubes before = { 0 };
    struct period p = page_period(v);
    struct period last;
    char name[PERIOD_NAME_CHARS];
    bool compare = period_before(&p, &last);
    enum err err = page_begin(v, &r->body, "Theo nhóm");

    period_name(&p, name);
    if (!err)
        err = figures_read(v->server, name, &arena, &f);
    if (!err)
        err = cubes_read(v->server, &p, &arena, &cubes);
    if (!err && compare)
        err = cubes_read(v->server, &last, &arena, &before);
    if (!err) {
        write(v, &r->body, &f, &cubes, compare ? &before : NULL);
        page_end(&r->body);
    }
    arena_finish(&arena);
    return err;
}
