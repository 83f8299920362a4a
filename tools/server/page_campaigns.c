/* /nam-thi-dua: the years of the movement, their targets, and the next year out of one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "bieu.h"
#include "campaign.h"
#include "form.h"
#include "html.h"
#include "pages.h"
#include "record.h"

#define FIELD_CHARS 32
#define ROWS_BYTES_MAX (1 << 20)

struct listing {
    struct buf years, targets;
    int newest;
    size_t n_unchecked; /* copied, without a document of their own */
};

/* --- what is there ------------------------------------------------------------------------ */

static void document_cell(struct listing *l, struct buf *out, const char *document)
{
    bool copied = campaign_is_copied(document);

    l->n_unchecked += copied;
    html_literal(out, copied ? "<td class=\"warn\">" : "<td>");
    html_text(out, document);
    html_raw(out, "</td>");
}

static void add_year(struct listing *l, const struct campaign *c)
{
    struct buf *out = &l->years;

    l->newest = c->year > l->newest ? c->year : l->newest;
    buf_printf(out, "<tr><th scope=\"row\">%d</th><td>", c->year);
    html_text(out, c->title);
    html_raw(out, "</td>");
    document_cell(l, out, c->document);
    html_raw(out, "<td>");
    page_day(out, c->start);
    html_raw(out, " – ");
    page_day(out, c->end);
    html_raw(out, "</td></tr>\n");
}

/* "Người dân"; a code that nobody knows is shown raw. */
static const char *group_word(const char *code)
{
    for (size_t i = 0; i < bieu_n_groups; i++)
        if (!strcmp(bieu_groups[i].code, code))
            return bieu_groups[i].name;
    return *code ? code : "Toàn xã";
}

static void add_target(struct listing *l, const struct record *t)
{
    struct buf *out = &l->targets;
    char label[PERIOD_LABEL_BYTES];
    struct period period;

    html_raw(out, "<tr><th scope=\"row\">");
    if (period_parse(t->period, &period)) {
        period_label(&period, label);
        html_text(out, label);
    } else {
        html_text(out, t->period);
    }
    html_raw(out, "</th><td>");
    html_text(out, group_word(t->code));
    html_raw(out, "</td><td class=\"num\">");
    html_number(out, t->numbers[0]);
    html_raw(out, "</td><td>");
    page_day(out, t->day);
    html_raw(out, "</td>");
    document_cell(l, out, t->text);
    html_raw(out, "</tr>\n");
}

static enum err take(void *ctx, const struct cell *c)
{
    struct campaign campaign;
    struct record record;
    const char *why;

    if (!strncmp(c[0].text, CAMPAIGN_GROUP, strlen(CAMPAIGN_GROUP)) &&
        campaign_read(c[0].text, c[1].text, &campaign, &why))
        add_year(ctx, &campaign);
    if (!strncmp(c[0].text, "target.", 7) &&
        record_read(c[0].text, c[1].text, &record, &why))
        add_target(ctx, &record);
    return ERR_OK;
}

static void years(struct buf *out, const struct listing *l)
{
    page_box(out, "cac-nam", "big", "Các năm");
    page_table(out, "Các năm thi đua");
    html_raw(out, "<tr><th scope=\"col\">Năm</th><th scope=\"col\">Tên</th>"
                  "<th scope=\"col\">Văn bản</th><th scope=\"col\">Thời gian</th></tr>"
                  "</thead><tbody>\n");
    buf_add(out, buf_text(&l->years), l->years.len);
    page_table_end(out);
    html_literal(out, l->years.len ? "" : "<p class=\"none\">Chưa ghi năm nào.</p>\n");
    html_raw(out, "<h2 class=\"next\">Chỉ tiêu</h2>");
    page_table(out, "Chỉ tiêu của các năm");
    html_raw(out, "<tr><th scope=\"col\">Kỳ</th><th scope=\"col\">Nhóm</th>"
                  "<th scope=\"col\" class=\"num\">Người</th><th scope=\"col\">Hạn</th>"
                  "<th scope=\"col\">Văn bản giao</th></tr></thead><tbody>\n");
    buf_add(out, buf_text(&l->targets), l->targets.len);
    page_table_end(out);
    html_literal(
        out, l->targets.len ? "" : "<p class=\"none\">Chưa nhập chỉ tiêu nào.</p>\n");
    page_box_end(out);
}

/* --- the forms ---------------------------------------------------------------------------- */

static void copy_form(const struct visit *v, struct buf *out, int from)
{
    page_form(v, out, "/nam-thi-dua", "stack");
    buf_printf(out,
               "<input type=\"hidden\" name=\"viec\" value=\"chep\"><input "
               "type=\"hidden\" name=\"nam\" value=\"%d\"><p>Năm %d được chép từ năm "
               "%d: tên, thời gian, các chỉ tiêu, hạn lùi một năm. Văn bản để trống "
               "chờ ghi. Chỉ tiêu đã có thì giữ nguyên.</p><button class=\"button\" "
               "type=\"submit\">Chép sang năm %d</button></form>\n",
               from, from + 1, from, from + 1);
}

static void text_field(struct buf *out, const char *name, const char *word,
                       const char *type)
{
    html_raw(out, "<label for=\"");
    html_text(out, name);
    html_raw(out, "\">");
    html_text(out, word);
    html_raw(out, "</label><input required maxlength=\"60\" id=\"");
    html_text(out, name);
    html_raw(out, "\" name=\"");
    html_text(out, name);
    html_raw(out, "\" type=\"");
    html_text(out, type);
    html_raw(out, "\">");
}

static void forms(const struct visit *v, struct buf *out, int newest)
{
    html_raw(out, "<div class=\"box choose\">");
    if (newest) {
        html_raw(out, "<h2>Năm tiếp theo</h2>");
        copy_form(v, out, newest);
    }
    html_raw(out, "<h2>Ghi một năm</h2>");
    page_form(v, out, "/nam-thi-dua", "stack");
    html_raw(out, "<input type=\"hidden\" name=\"viec\" value=\"ghi\">");
    text_field(out, "nam", "Năm", "text");
    text_field(out, "ten", "Tên phong trào", "text");
    text_field(out, "van-ban", "Kế hoạch, văn bản", "text");
    text_field(out, "tu", "Từ ngày", "date");
    text_field(out, "den", "Đến hết ngày", "date");
    html_raw(out, "<button class=\"button\" type=\"submit\">Ghi lại</button></form>"
                  "</div>\n");
}

enum err page_campaigns(const struct visit *v, struct http_response *r)
{
    struct buf *out = &r->body;
    struct listing l = { .newest = 0 };
    enum err err = page_begin(v, out, "Năm thi đua");

    buf_init(&l.years, ROWS_BYTES_MAX);
    buf_init(&l.targets, ROWS_BYTES_MAX);
    if (!err)
        err = server_note(v->server,
                          store_run_plain(v->server->store, Q_SETTINGS, take, &l));
    page_top(out, "Năm thi đua", "Mỗi năm một kế hoạch, có chỉ tiêu và hạn.");
    page_top_end(out);
    page_emulation_places(v, out);
    if (l.n_unchecked)
        html_element(out, "p", "said",
                     "Có dòng chép từ năm trước, chưa ghi văn bản. Mời xem lại và ghi "
                     "số văn bản.");
    html_raw(out, "<div class=\"pair\">");
    years(out, &l);
    if (gate_may(v->server, v->visitor, FOR_ADMINISTRATORS))
        forms(v, out, l.newest);
    html_raw(out, "</div>\n");
    page_end(out);
    buf_finish(&l.years);
    buf_finish(&l.targets);
    return err;
}

/* --- what is posted ----------------------------------------------------------------------- */

static enum err set_year(const struct visit *v, int year, const char **why)
{
    const struct http_request *q = v->request;
    struct campaign c = { .year = year };

    form_value(q->body, q->n_body, "ten", c.title, sizeof(c.title));
    form_value(q->body, q->n_body, "van-ban", c.document, sizeof(c.document));
    form_value(q->body, q->n_body, "tu", c.start, sizeof(c.start));
    form_value(q->body, q->n_body, "den", c.end, sizeof(c.end));
    return campaign_set(v->server, v->visitor->staff.name, &c, why);
}

enum err page_campaigns_post(const struct visit *v, struct http_response *r)
{
    const struct http_request *q = v->request;
    struct campaign_copy copy;
    char act[FIELD_CHARS], text[FIELD_CHARS];
    const char *why = "";
    int year;
    enum err err = ERR_REJECTED;

    form_value(q->body, q->n_body, "viec", act, sizeof(act));
    form_value(q->body, q->n_body, "nam", text, sizeof(text));
    year = campaign_year(text);
    if (year && !strcmp(act, "chep"))
        err = campaign_copy(v->server, v->visitor->staff.name, year, year + 1, &copy,
                            &why);
    else if (year && !strcmp(act, "ghi"))
        err = set_year(v, year, &why);
    if (err == ERR_REJECTED)
        return page_say(v, r, 400, "Chưa ghi gì cả",
                        "Năm là bốn chữ số như 2027; tên và văn bản không trống, không "
                        "có dấu chấm phẩy; ngày đầu trước ngày cuối. Mời trở lại trang "
                        "Năm thi đua.");
    if (!err)
        page_see(r, "/nam-thi-dua");
    return err;
}
