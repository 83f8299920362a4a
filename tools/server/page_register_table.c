/* The table of a register: when, where, what, who wrote it, and what may be done. */
#include <inttypes.h>
#include <string.h>

#include "html.h"
#include "page_register.h"

const char *page_register_words(struct register_listing *l, const struct entry *e,
                                size_t i)
{
    const struct register_field *f = &l->kind->fields[i];

    buf_clear(&l->cell);
    if (!f->personal || register_is_shown(l->visit->server, e))
        register_value_words(&l->names, f, e->values[i], &l->cell);
    return buf_text(&l->cell);
}

const char *page_register_who(struct register_listing *l, const struct entry *e)
{
    buf_clear(&l->cell);
    register_who_words(&l->names, e, register_is_shown(l->visit->server, e), &l->cell);
    return buf_text(&l->cell);
}

const char *page_register_done(struct register_listing *l, const struct entry *e)
{
    struct register_done done = register_done_of(&l->counts, e);

    buf_clear(&l->cell);
    register_done_words(&done, &l->cell);
    return buf_text(&l->cell);
}

bool page_register_is_who(const struct register_kind *k, size_t field)
{
    return register_has_who(k) && !strcmp(k->fields[field].code, "ten");
}

/* --- the table ---------------------------------------------------------------------- */

/* Is the field somewhere else in the row than among its words? */
static bool has_own_place(const struct register_field *f)
{
    return f->dates || f->of_consent || f->type == REGISTER_CONSENT ||
           f->type == REGISTER_UNIT || f->type == REGISTER_THON;
}

static void content(struct register_listing *l, struct buf *out, const struct entry *e)
{
    const struct register_kind *k = l->kind;
    bool first = true;

    html_raw(out, "<td class=\"words\">");
    if (register_has_who(k))
        html_element(out, "b", NULL, page_register_who(l, e));
    for (size_t i = 0; i < k->n_fields; i++) {
        const char *words =
            has_own_place(&k->fields[i]) ? "" : page_register_words(l, e, i);

        if (!*words || page_register_is_who(k, i)) /* is said */
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

static void place(struct register_listing *l, struct buf *out, const struct entry *e)
{
    bool second = false;

    html_raw(out, "<th scope=\"row\">");
    for (size_t i = 0; i < l->kind->n_fields; i++) {
        enum register_type type = l->kind->fields[i].type;

        if ((type != REGISTER_UNIT && type != REGISTER_THON) || !*e->values[i])
            continue;
        html_literal(out, second ? "<br>" : "");
        html_text(out, page_register_words(l, e, i));
        second = true;
    }
    html_raw(out, "</th>");
}

static void date(struct register_listing *l, struct buf *out, const struct entry *e)
{
    size_t i = 0;

    while (i < l->kind->n_fields && !l->kind->fields[i].dates)
        i++;
    html_raw(out, "<td class=\"num\">");
    if (i < l->kind->n_fields && *e->values[i])
        html_text(out, page_register_words(l, e, i));
    else
        page_day(out, e->day);
    html_raw(out, "</td>");
}

static void act(const struct register_listing *l, struct buf *out,
                const struct entry *e, const char *act, const char *word)
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

static void acts(const struct register_listing *l, struct buf *out,
                 const struct entry *e)
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
        act(l, out, e, "rut-dong-y",
            l->kind->only_with_consent ? "Rút đồng ý: xóa hẳn" : "Rút đồng ý: xóa tên");
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

static void state(struct register_listing *l, struct buf *out, const struct entry *e)
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

static void row(struct register_listing *l, struct buf *out, const struct entry *e)
{
    html_raw(out, "<tr>");
    date(l, out, e);
    place(l, out, e);
    content(l, out, e);
    if (l->kind->has_done) {
        html_raw(out, "<td>");
        html_text(out, page_register_done(l, e));
        html_raw(out, "</td>");
    }
    state(l, out, e);
    html_raw(out, "</tr>\n");
}

void page_register_table(struct register_listing *l, struct buf *out)
{
    html_raw(out, "<div class=\"box big records\">");
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
