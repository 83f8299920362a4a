/* One page for every register: what stands in it, as a table or as a file for spreadsheets,
 * the form, and what is posted. Which registers there are is in register_kinds.c. */
#include <stdio.h>
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

#define FIELD_CHARS 64
#define CELL_BYTES_MAX (2 * REGISTER_VALUE_BYTES)

static enum err begin(const struct visit *v, const struct register_kind *k,
                      struct register_listing *l)
{
    const char *which = v->request->query(v->request, "xem");
    enum err err;

    *l = (struct register_listing){ .visit = v, .kind = k };
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

static void finish(struct register_listing *l)
{
    buf_finish(&l->cell);
    arena_finish(&l->arena);
}

static void head(const struct register_listing *l, struct buf *out)
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
static enum err show(const struct visit *v, struct http_response *r,
                     struct register_listing *l, int64_t seq, const char *const *values,
                     const struct register_fault *fault)
{
    struct buf *out = &r->body;
    enum err err = page_begin(v, out, l->kind->title);

    head(l, out);
    html_raw(out, "<div class=\"pair\">");
    page_register_table(l, out);
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
        if (!page_register_is_who(k, i))
            csv_text(out, k->fields[i].title);
    if (k->has_done)
        csv_text(out, "Đã làm / đã nhận");
    csv_text(out, "Người ghi");
    csv_end_row(out);
}

static void csv(struct register_listing *l, struct http_response *r)
{
    const struct register_kind *k = l->kind;
    struct buf *out = &r->body;

    r->type = "text/csv; charset=utf-8";
    snprintf(r->file_name, sizeof(r->file_name), "%s", k->file);
    csv_head(k, out);
    for (size_t n = 0; n < l->entries.n; n++) {
        const struct entry *e = &l->entries.rows[n];

        if (!register_is_shown(l->visit->server, e))
            continue;
        csv_number(out, e->root);
        if (register_has_who(k))
            csv_text(out, page_register_who(l, e));
        for (size_t i = 0; i < k->n_fields; i++)
            if (!page_register_is_who(k, i))
                csv_text(out, page_register_words(l, e, i));
        if (k->has_done)
            csv_text(out, page_register_done(l, e));
        csv_text(out, e->by);
        csv_end_row(out);
    }
}

/* --- asked and posted --------------------------------------------------------------- */

/* What stands in the form: nothing, or the entry that is to be corrected. */
static enum err prefill(struct register_listing *l, int64_t *seq, const char **values)
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
    struct register_listing l;
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
    struct register_listing l;
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
