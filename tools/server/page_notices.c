/* /thong-bao: what stands on the first page of the kiosks, and how often it was looked at.
 * Editors and administrators write; a preview shows it before it goes out. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "deeds.h"
#include "figures.h"
#include "form.h"
#include "html.h"
#include "icons.h"
#include "notice.h"
#include "pages.h"
#include "tally.h"

#define PATH "/thong-bao"
#define FIELD_CHARS 64
#define ROWS_BYTES_MAX (4 << 20)
#define DAYS_AT_FIRST 6 /* a new one stands for a week, unless it is said otherwise */

/* What stands in the form, and what is to be said about it. */
struct draft {
    struct notice notice;
    bool is_preview;
    const char *fault; /* NULL: none */
};

struct listing {
    const struct visit *visit;
    struct buf *out;
    const struct tally *plays;
    int64_t today;
    bool may_change;
    size_t n;
};

/* --- one of them -------------------------------------------------------------------- */

/* As it looks on the first page of a kiosk. */
static void card(struct buf *out, const struct notice *n)
{
    html_raw(out, "<div class=\"notice\">");
    page_icon(out, ICON_SPEAKER);
    html_raw(out, "<div>");
    html_element(out, "p", NULL, n->text);
    if (*n->source)
        html_element(out, "p", "by", n->source);
    html_raw(out, "</div></div>");
}

static void days(struct buf *out, const struct notice *n)
{
    char from[11], to[11];

    clock_day_text(n->from_day, from);
    clock_day_text(n->to_day, to);
    page_day(out, from);
    html_raw(out, " – ");
    page_day(out, to);
}

static void chip(struct buf *out, const struct notice *n, int64_t today)
{
    if (n->to_day < today)
        html_raw(out, "<span class=\"chip\">Đã thôi</span>");
    else if (n->from_day > today)
        html_raw(out, "<span class=\"chip later\">Sắp đăng</span>");
    else
        html_raw(out, "<span class=\"chip good\">Đang đăng</span>");
}

static void plays_cell(struct listing *l, const struct notice *n)
{
    struct value v = tally_get(l->plays, NOTICE_STAT, n->id, "-");
    struct figure f = { .known = v.kind != VALUE_NONE, .value = v.least };

    page_cell(l->out, &f);
}

static void acts(struct listing *l, const struct notice *n)
{
    html_raw(l->out, "<td>");
    if (n->to_day >= l->today) {
        html_raw(l->out,
                 "<div class=\"row\"><a class=\"button plain\" href=\"" PATH "?sua=");
        html_text(l->out, n->id);
        html_raw(l->out, "#viet\">Sửa</a>");
        page_form(l->visit, l->out, PATH, "row");
        html_raw(l->out, "<input type=\"hidden\" name=\"so\" value=\"");
        html_text(l->out, n->id);
        html_raw(l->out, "\"><button class=\"button danger\" name=\"viec\" value=\"go\""
                         " type=\"submit\">Gỡ</button></form></div>");
    }
    html_raw(l->out, "</td>");
}

static enum err add_row(void *ctx, const struct notice *n)
{
    struct listing *l = ctx;

    l->n++;
    html_raw(l->out, "<tr><th scope=\"row\" class=\"words\">");
    card(l->out, n);
    html_raw(l->out, "</th><td>");
    days(l->out, n);
    html_raw(l->out, "<br>");
    chip(l->out, n, l->today);
    html_raw(l->out, "</td>");
    plays_cell(l, n);
    if (l->may_change)
        acts(l, n);
    html_raw(l->out, "</tr>\n");
    return ERR_OK;
}

static enum err add_list(struct listing *l, struct buf *out)
{
    struct buf rows;
    enum err err;

    buf_init(&rows, ROWS_BYTES_MAX);
    l->out = &rows;
    err = notice_each(l->visit->server, add_row, l);
    html_raw(out, "<div class=\"box big\">");
    if (l->n) {
        page_table(out, "Bảng thông báo");
        html_raw(out, "<tr><th scope=\"col\">Thông báo</th><th scope=\"col\">Những ngày"
                      "</th><th scope=\"col\" class=\"num\">Lượt xem hoặc nghe</th>");
        html_literal(out, l->may_change ? "<th scope=\"col\">Việc</th>" : "");
        html_raw(out, "</tr></thead><tbody>\n");
        buf_add(out, buf_text(&rows), rows.len);
        page_table_end(out);
    } else {
        html_element(out, "p", "none", "Chưa có thông báo nào.");
    }
    html_raw(out, "</div>\n");
    l->out = NULL;
    buf_finish(&rows);
    return err;
}

/* --- writing ------------------------------------------------------------------------ */

static void field(struct buf *out, const char *name, const char *word, const char *type,
                  const char *value, const char *more)
{
    html_raw(out, "<label for=\"");
    html_text(out, name);
    html_raw(out, "\">");
    html_text(out, word);
    html_raw(out, "</label><input id=\"");
    html_text(out, name);
    html_raw(out, "\" name=\"");
    html_text(out, name);
    html_raw(out, "\" type=\"");
    html_text(out, type);
    html_raw(out, "\" value=\"");
    html_text(out, value);
    html_raw(out, "\"");
    html_literal(out, more);
    html_raw(out, ">");
}

static void day_field(struct buf *out, const char *name, const char *word, int64_t day)
{
    char text[11] = "";

    if (day >= 0)
        clock_day_text(day, text);
    field(out, name, word, "date", text, " required");
}

static void say_draft(struct buf *out, const struct draft *d)
{
    if (d->fault)
        html_element(out, "p", "fault", d->fault);
    if (!d->is_preview)
        return;
    html_element(out, "p", "label", "Trên máy sẽ hiện như thế này (chưa đăng):");
    card(out, &d->notice);
}

static void add_form(const struct visit *v, struct buf *out, const struct draft *d)
{
    const struct notice *n = &d->notice;

    page_box(out, "viet", "", *n->id ? "Sửa thông báo" : "Viết thông báo mới");
    say_draft(out, d);
    page_form(v, out, PATH, "stack");
    html_raw(out, "<input type=\"hidden\" name=\"so\" value=\"");
    html_text(out, n->id);
    html_raw(out,
             "\"><label for=\"loi\">Lời thông báo</label>"
             "<textarea id=\"loi\" name=\"loi\" rows=\"4\" required"
             " maxlength=\"120\" placeholder=\"Một câu ngắn, nói rõ việc gì, ở đâu, "
             "lúc nào. Không ghi tên, số điện thoại của người dân.\">");
    html_text(out, n->text);
    html_raw(out, "</textarea>");
    field(out, "noi", "Nơi báo", "text", n->source,
          " maxlength=\"60\" placeholder=\"UBND xã\"");
    day_field(out, "tu", "Từ ngày", n->from_day);
    day_field(out, "den", "Đến hết ngày", n->to_day);
    html_raw(
        out,
        "<div class=\"row\"><button class=\"button plain\" name=\"viec\""
        " value=\"xem\" type=\"submit\">Xem trước</button>"
        "<button class=\"button\" name=\"viec\" value=\"ghi\" type=\"submit\">"
        "Đăng lên các máy</button></div></form>"
        "<p class=\"mute\">Mỗi lúc nhiều nhất 5 thông báo. Máy có mạng nhận khi gửi "
        "số liệu lần sau (trong khoảng 20 phút); máy không mạng nhận khi cắm USB "
        "đã qua máy chủ.</p>");
    page_box_end(out);
}

/* --- the page ----------------------------------------------------------------------- */

/* Cells as often as anything was counted in the period. */
static enum err read_plays(const struct visit *v, const struct period *p,
                           struct arena *arena, struct tally *out)
{
    char name[PERIOD_NAME_CHARS];
    struct tally like = { .n_firsts = 0 };
    struct span span;
    enum err err;

    period_name(p, name);
    if (!span_parse(name, clock_day_parse(SPAN_PHASE1_LAST), &span))
        return ERR_REJECTED; /* the period was parsed: it has a span */
    like.span = span;
    err = tally_read_firsts(v->server, arena, &like);
    return err ? err
               : tally_read_count(v->server, &span, "notice_plays", arena, &like, out);
}

static enum err write(const struct visit *v, struct http_response *r,
                      const struct draft *d)
{
    struct buf *out = &r->body;
    struct period p = page_period(v);
    struct arena arena = { 0 };
    struct tally plays;
    struct listing l = {
        .visit = v,
        .plays = &plays,
        .today = clock_day(clock_wall_ms(v->server->clock)),
        .may_change = gate_may(v->server, v->visitor, FOR_EDITORS),
    };
    enum err err = read_plays(v, &p, &arena, &plays);

    if (!err)
        err = page_begin(v, out, "Thông báo");
    if (!err) {
        page_top(
            out, "Thông báo",
            "Lời ngắn hiện ở trang đầu của các máy, có nút nghe. Lượt được tính khi "
            "có người chạm vào máy lúc thông báo đang hiện.");
        page_period_choice(v, &p, out);
        page_top_end(out);
        html_raw(out, "<div class=\"pair\">");
        err = add_list(&l, out);
        if (l.may_change)
            add_form(v, out, d);
        html_raw(out, "</div>\n");
        page_end(out);
    }
    arena_finish(&arena);
    return server_note(v->server, err);
}

struct wanted {
    const char *id;
    struct notice *out;
};

static enum err take_wanted(void *ctx, const struct notice *n)
{
    const struct wanted *w = ctx;

    if (!strcmp(n->id, w->id))
        *w->out = *n;
    return ERR_OK;
}

enum err page_notices(const struct visit *v, struct http_response *r)
{
    const char *id = v->request->query(v->request, "sua");
    int64_t today = clock_day(clock_wall_ms(v->server->clock));
    struct draft d = { .notice = { .from_day = today,
                                   .to_day = today + DAYS_AT_FIRST } };
    enum err err = ERR_OK;

    if (id)
        err = notice_each(v->server, take_wanted, &(struct wanted){ id, &d.notice });
    return err ? err : write(v, r, &d);
}

/* --- what is posted ----------------------------------------------------------------- */

/* Spaces for the line ends of a browser. False: a field does not fit. */
static bool read_draft(const struct http_request *q, struct draft *d)
{
    char from[FIELD_CHARS], to[FIELD_CHARS];
    struct notice *n = &d->notice;

    form_value(q->body, q->n_body, "so", n->id, sizeof(n->id));
    form_value(q->body, q->n_body, "tu", from, sizeof(from));
    form_value(q->body, q->n_body, "den", to, sizeof(to));
    form_value(q->body, q->n_body, "noi", n->source, sizeof(n->source));
    n->from_day = clock_day_parse(from);
    n->to_day = clock_day_parse(to);
    if (!form_value(q->body, q->n_body, "loi", n->text, sizeof(n->text)))
        return false;
    for (char *c = n->text; *c; c++)
        if (*c == '\r' || *c == '\n' || *c == '\t')
            *c = ' ';
    return !*n->id || wire_notice_id_ok(n->id);
}

static enum err save(const struct visit *v, struct draft *d)
{
    enum err err = notice_save(v->server, &d->notice, &d->fault);

    if (!err)
        err = deeds_add(v->server, v->visitor->staff.name, DEED_NOTICE, d->notice.id);
    return err;
}

static enum err end(const struct visit *v, struct http_response *r, const char *id)
{
    enum err err = wire_notice_id_ok(id) ? notice_end(v->server, id) : ERR_REJECTED;

    if (err == ERR_REJECTED)
        return page_say(
            v, r, 400, "Chưa gỡ gì cả",
            "Thông báo ấy không còn đăng nữa. Mời trở lại trang Thông báo.");
    if (!err)
        err = deeds_add(v->server, v->visitor->staff.name, DEED_NOTICE_END, id);
    if (!err)
        page_see(r, PATH);
    return err;
}

enum err page_notices_post(const struct visit *v, struct http_response *r)
{
    const struct http_request *q = v->request;
    struct draft d = { .is_preview = true };
    char act[FIELD_CHARS];
    enum err err = ERR_REJECTED;

    form_value(q->body, q->n_body, "viec", act, sizeof(act));
    if (!read_draft(q, &d) && strcmp(act, "go") != 0)
        d.fault = "Chưa có lời thông báo, hoặc lời dài quá 120 chữ cái.";
    else if (!strcmp(act, "go"))
        return end(v, r, d.notice.id);
    else if (!strcmp(act, "xem"))
        d.fault = notice_fault(&d.notice);
    else if (!strcmp(act, "ghi"))
        err = save(v, &d);
    if (!err) {
        page_see(r, PATH);
        return ERR_OK;
    }
    if (err != ERR_REJECTED)
        return err;
    d.is_preview = !d.fault;
    r->status = d.fault ? 400 : 200;
    return write(v, r, &d);
}
