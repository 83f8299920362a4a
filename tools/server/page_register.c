/* One page for every register: what stands in it, as a table or as a file for spreadsheets,
 * the form, and what is posted. Which registers there are is in register_kinds.c. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "csv.h"
#include "form.h"
#include "html.h"
#include "icons.h"
#include "page_register.h"
#include "pages.h"
#include "register_done.h"

#define FIELD_CHARS 64
#define CELL_BYTES_MAX (2 * REGISTER_VALUE_BYTES)

struct listing {
    const struct visit *visit;
    const struct register_kind *kind;
    struct arena arena;
    struct register_names names;
    struct register_counts counts; /* of kinds with has_done */
    struct entries entries;
    size_t n_shown;
    bool all; /* the older versions, what was taken out, what has expired */
    bool may_write;
    struct buf cell; /* words of one cell */
};

static enum err begin(const struct visit *v, const struct register_kind *k,
                      struct listing *l)
{
    const char *which = v->request->query(v->request, "xem");
    enum err err;

    *l = (struct listing){ .visit = v, .kind = k };
    l->may_write = gate_may(v->server, v->visitor, k->writer);
    l->all = which && !strcmp(which, "het") &&
             gate_may(v->server, v->visitor, FOR_ADMINISTRATORS);
    buf_init(&l->cell, CELL_BYTES_MAX);
    err = register_names_read(v->server, &l->arena, &l->names);
    if (!err)
        err = register_read(v->server, k, &l->arena, &l->entries);
    if (!err && k->has_done)
        err = register_counts_read(v->server, &l->arena, &l->counts);
    for (size_t i = 0; i < l->entries.n; i++)
        l->n_shown += register_is_shown(v->server, &l->entries.rows[i]);
    return err;
}

static void finish(struct listing *l)
{
    buf_finish(&l->cell);
    arena_finish(&l->arena);
}

/* The words of one field; of what is not shown any more nothing personal. Until the next
 * one. */
static const char *words_of(struct listing *l, const struct entry *e, size_t i)
{
    const struct register_field *f = &l->kind->fields[i];

    buf_clear(&l->cell);
    if (!f->personal || register_is_shown(l->visit->server, e))
        register_value_words(&l->names, f, e->values[i], &l->cell);
    return buf_text(&l->cell);
}

static const char *who_of(struct listing *l, const struct entry *e)
{
    buf_clear(&l->cell);
    register_who_words(&l->names, e, register_is_shown(l->visit->server, e), &l->cell);
    return buf_text(&l->cell);
}

static const char *done_of(struct listing *l, const struct entry *e)
{
    struct register_done done = register_done_of(&l->counts, e);

    buf_clear(&l->cell);
    register_done_words(&done, &l->cell);
    return buf_text(&l->cell);
}

/* --- the table ---------------------------------------------------------------------- */

/* Is the field somewhere else in the row than among its words? */
static bool has_own_place(const struct register_field *f)
{
    return f->dates || f->of_consent || f->type == REGISTER_CONSENT ||
           f->type == REGISTER_UNIT || f->type == REGISTER_THON;
}

static void content(struct listing *l, struct buf *out, const struct entry *e)
{
    const struct register_kind *k = l->kind;
    bool first = true;

    html_raw(out, "<td class=\"words\">");
    if (register_has_who(k))
        html_element(out, "b", NULL, who_of(l, e));
    for (size_t i = 0; i < k->n_fields; i++) {
        const char *words = has_own_place(&k->fields[i]) ? "" : words_of(l, e, i);

        if (!*words ||
            (register_has_who(k) && !strcmp(k->fields[i].code, "ten"))) /* is said */
            continue;
        html_literal(out, first && !register_has_who(k) ? "" : "<br>");
        if (!first || k->has_done) {
            html_raw(out, "<span class=\"mute\">");
            html_text(out, k->fields[i].title);
            html_raw(out, ":</span> ");
        }
        html_text(out, words);
        first = false;
    }
    html_raw(out, "</td>");
}

static void place(struct listing *l, struct buf *out, const struct entry *e)
{
    bool second = false;

    html_raw(out, "<th scope=\"row\">");
    for (size_t i = 0; i < l->kind->n_fields; i++) {
        enum register_type type = l->kind->fields[i].type;

        if ((type != REGISTER_UNIT && type != REGISTER_THON) || !*e->values[i])
            continue;
        html_literal(out, second ? "<br>" : "");
        html_text(out, words_of(l, e, i));
        second = true;
    }
    html_raw(out, "</th>");
}

static void date(struct listing *l, struct buf *out, const struct entry *e)
{
    size_t i = 0;

    while (i < l->kind->n_fields && !l->kind->fields[i].dates)
        i++;
    html_raw(out, "<td class=\"num\">");
    if (i < l->kind->n_fields && *e->values[i])
        html_text(out, words_of(l, e, i));
    else
        page_day(out, e->day);
    html_raw(out, "</td>");
}

static void act(const struct listing *l, struct buf *out, const struct entry *e,
                const char *act, const char *word)
{
    page_form(l->visit, out, l->kind->path, "row");
    buf_printf(out, "<input type=\"hidden\" name=\"so\" value=\"%" PRId64 "\">",
               e->seq);
    html_raw(out,
             "<label class=\"check\"><input type=\"checkbox\" required name=\"chac\""
             " value=\"co\"> Tôi chắc chắn</label><button class=\"button danger\""
             " type=\"submit\" name=\"viec\" value=\"");
    html_text(out, act);
    html_raw(out, "\">");
    html_text(out, word);
    html_raw(out, "</button></form>");
}

static void acts(const struct listing *l, struct buf *out, const struct entry *e)
{
    size_t consent = register_field_of(l->kind, REGISTER_CONSENT);
    bool agreed =
        consent < l->kind->n_fields && !strcmp(e->values[consent], REGISTER_YES);

    if (!l->may_write || (e->state != REGISTER_NOW && !agreed))
        return;
    buf_printf(out,
               "<details><summary>Sửa, rút<span class=\"unseen\"> dòng %" PRId64
               "</span></summary>",
               e->seq);
    if (e->state == REGISTER_NOW) {
        buf_printf(out,
                   "<a class=\"button plain\" href=\"%s?sua=%" PRId64 "#moi\">Sửa</a>",
                   l->kind->path, e->seq);
        act(l, out, e, "rut", "Rút khỏi sổ");
    }
    if (agreed)
        act(l, out, e, "rut-dong-y", "Rút đồng ý: xóa tên");
    html_raw(out, "</details>");
}

static void chip(struct buf *out, const char *look, const char *words)
{
    html_raw(out, "<span class=\"chip ");
    html_text(out, look);
    html_raw(out, "\">");
    html_text(out, words);
    html_raw(out, "</span> ");
}

static void state(struct listing *l, struct buf *out, const struct entry *e)
{
    size_t consent = register_field_of(l->kind, REGISTER_CONSENT);

    html_raw(out, "<td>");
    if (e->state == REGISTER_CORRECTED)
        chip(out, "", "Bản cũ, đã sửa");
    else if (e->state == REGISTER_WITHDRAWN)
        chip(out, "", "Đã rút");
    else if (register_is_expired(l->visit->server, e))
        chip(out, "later", "Đã hết hạn");
    if (consent < l->kind->n_fields) {
        const char *v = e->values[consent];

        chip(out, !strcmp(v, REGISTER_YES) ? "good" : "",
             !strcmp(v, REGISTER_YES)    ? "Được nêu tên"
             : !strcmp(v, REGISTER_GONE) ? "Đã rút đồng ý"
                                         : "Không nêu tên");
    }
    html_raw(out, "<span class=\"mute\">");
    html_text(out, e->by);
    html_raw(out, "</span>");
    acts(l, out, e);
    html_raw(out, "</td>");
}

static void row(struct listing *l, struct buf *out, const struct entry *e)
{
    html_raw(out, "<tr>");
    date(l, out, e);
    place(l, out, e);
    content(l, out, e);
    if (l->kind->has_done) {
        html_raw(out, "<td>");
        html_text(out, done_of(l, e));
        html_raw(out, "</td>");
    }
    state(l, out, e);
    html_raw(out, "</tr>\n");
}

static void table(struct listing *l, struct buf *out)
{
    html_raw(out, "<div class=\"box big\">");
    if (l->all ? l->entries.n : l->n_shown) {
        page_table(out, l->kind->title);
        html_raw(out, "<tr><th scope=\"col\" class=\"num\">Ngày</th>"
                      "<th scope=\"col\">Nơi</th><th scope=\"col\">Nội dung</th>");
        html_literal(out, l->kind->has_done ? "<th scope=\"col\">Đã làm / đã nhận</th>"
                                            : "");
        html_raw(out, "<th scope=\"col\">Người ghi</th></tr></thead><tbody>\n");
        for (size_t i = 0; i < l->entries.n; i++)
            if (l->all || register_is_shown(l->visit->server, &l->entries.rows[i]))
                row(l, out, &l->entries.rows[i]);
        page_table_end(out);
    } else {
        html_element(out, "p", "none", "Chưa ghi dòng nào.");
    }
    if (l->entries.n_more)
        buf_printf(out, "<p class=\"mute\">Còn %zu dòng cũ hơn.</p>",
                   l->entries.n_more);
    html_raw(out, "</div>\n");
}

static void head(const struct listing *l, struct buf *out)
{
    const char *path = l->kind->path;

    html_raw(out,
             "<p class=\"up-link\"><a href=\"/phong-trao\">‹ Phong trào</a></p>\n");
    page_top(out, l->kind->title, l->kind->line);
    if (gate_may(l->visit->server, l->visit->visitor, FOR_ADMINISTRATORS)) {
        buf_printf(out,
                   "<nav class=\"seg\" aria-label=\"Xem\"><a href=\"%s\"%s>Đang có %zu"
                   "</a><a href=\"%s?xem=het\"%s>Cả dòng cũ, đã rút %zu</a></nav>\n",
                   path, l->all ? "" : " aria-current=\"true\"", l->n_shown, path,
                   l->all ? " aria-current=\"true\"" : "", l->entries.n);
    }
    buf_printf(out, "<a class=\"button plain\" href=\"%s?dang=csv\">", path);
    page_icon(out, ICON_DOWNLOAD);
    html_raw(out, "Tải bảng (CSV)</a>");
    page_top_end(out);
}

/* The whole page; the form stands in it when `values` is not NULL. */
static enum err show(const struct visit *v, struct http_response *r, struct listing *l,
                     int64_t seq, const char *const *values,
                     const struct register_fault *fault)
{
    struct buf *out = &r->body;
    enum err err = page_begin(v, out, l->kind->title);

    head(l, out);
    html_raw(out, "<div class=\"pair\">");
    table(l, out);
    if (values && l->may_write)
        page_register_form(v, out, l->kind, &l->names, seq, values, fault);
    html_raw(out, "</div>\n");
    page_end(out);
    return err;
}

/* --- for spreadsheets --------------------------------------------------------------- */

static void csv_head(const struct register_kind *k, struct buf *out)
{
    csv_begin(out);
    csv_text(out, "Số");
    if (register_has_who(k))
        csv_text(out, "Ai");
    for (size_t i = 0; i < k->n_fields; i++)
        if (!register_has_who(k) || strcmp(k->fields[i].code, "ten") != 0)
            csv_text(out, k->fields[i].title);
    if (k->has_done)
        csv_text(out, "Đã làm / đã nhận");
    csv_text(out, "Người ghi");
    csv_end_row(out);
}

static void csv(struct listing *l, struct http_response *r)
{
    const struct register_kind *k = l->kind;
    struct buf *out = &r->body;

    r->type = "text/csv; charset=utf-8";
    r->file_name = k->file;
    csv_head(k, out);
    for (size_t n = 0; n < l->entries.n; n++) {
        const struct entry *e = &l->entries.rows[n];

        if (!register_is_shown(l->visit->server, e))
            continue;
        csv_number(out, e->root);
        if (register_has_who(k))
            csv_text(out, who_of(l, e));
        for (size_t i = 0; i < k->n_fields; i++)
            if (!register_has_who(k) || strcmp(k->fields[i].code, "ten") != 0)
                csv_text(out, words_of(l, e, i));
        if (k->has_done)
            csv_text(out, done_of(l, e));
        csv_text(out, e->by);
        csv_end_row(out);
    }
}

/* --- asked and posted --------------------------------------------------------------- */

/* What stands in the form: nothing, or the entry that is to be corrected. */
static enum err prefill(struct listing *l, int64_t *seq, const char **values)
{
    const char *asked = l->visit->request->query(l->visit->request, "sua");
    struct entry old = { .seq = 0 };
    enum err err = ERR_OK;

    *seq = asked && l->may_write ? strtoll(asked, NULL, 10) : 0;
    if (*seq)
        err = register_get(l->visit->server, l->kind, *seq, &l->arena, &old);
    if (old.state != REGISTER_NOW)
        old.seq = 0;
    *seq = old.seq;
    for (size_t i = 0; i < l->kind->n_fields; i++)
        values[i] = old.seq ? old.values[i] : "";
    return err;
}

enum err page_register(const struct visit *v, struct http_response *r)
{
    const struct register_kind *k = register_kind_at(v->request->path);
    const char *as = v->request->query(v->request, "dang");
    const char *values[REGISTER_FIELDS_MAX];
    struct listing l;
    int64_t seq;
    enum err err;

    ASSERT(k); /* routes.c asks for those paths alone */
    err = begin(v, k, &l);
    if (!err && as && !strcmp(as, "csv")) {
        csv(&l, r);
    } else if (!err) {
        err = prefill(&l, &seq, values);
        if (!err)
            err = show(v, r, &l, seq, values, NULL);
    }
    finish(&l);
    return err;
}

static enum err write(const struct visit *v, struct http_response *r,
                      const struct register_kind *k, int64_t seq)
{
    const char *values[REGISTER_FIELDS_MAX];
    struct register_fault fault = { 0 };
    struct listing l;
    enum err err = begin(v, k, &l);

    if (!err)
        page_register_posted(v, k, &l.names, &l.arena, values);
    if (!err)
        err = register_write(v->server, v->visitor->staff.name, k, seq, values, &fault);
    if (err == ERR_REJECTED) { /* nothing that was typed is lost */
        r->status = 400;
        err = show(v, r, &l, fault.field ? seq : 0, values, &fault);
    } else if (!err) {
        page_see(r, k->path);
    }
    finish(&l);
    return err;
}

enum err page_register_post(const struct visit *v, struct http_response *r)
{
    const struct register_kind *k = register_kind_at(v->request->path);
    const struct http_request *q = v->request;
    const char *by = v->visitor->staff.name;
    char act[FIELD_CHARS];
    char number[FIELD_CHARS];
    char sure[FIELD_CHARS];
    int64_t seq;
    enum err err = ERR_REJECTED;

    ASSERT(k);
    form_value(q->body, q->n_body, "viec", act, sizeof(act));
    form_value(q->body, q->n_body, "so", number, sizeof(number));
    form_value(q->body, q->n_body, "chac", sure, sizeof(sure));
    seq = strtoll(number, NULL, 10);
    if (!strcmp(act, "ghi"))
        return write(v, r, k, seq);
    if (!strcmp(act, "rut") && !strcmp(sure, "co"))
        err = register_withdraw(v->server, by, k, seq);
    if (!strcmp(act, "rut-dong-y") && !strcmp(sure, "co"))
        err = register_forget(v->server, by, k, seq);
    if (err == ERR_REJECTED)
        return page_say(v, r, 400, "Chưa làm gì cả",
                        "Dòng này vừa được sửa hoặc rút, hoặc chưa đánh dấu “Tôi chắc "
                        "chắn”. Mời trở lại sổ.");
    if (!err)
        page_see(r, k->path);
    return err;
}
