/* /kho-khan: the log of difficulties. Written to get them out of the way, not to blame. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "deeds.h"
#include "difficulty.h"
#include "form.h"
#include "html.h"
#include "pages.h"

#define FIELD_CHARS 64
#define ROWS_BYTES_MAX (4 << 20)

static const char *const state_words[DIFFICULTY_STATES] = {
    [DIFFICULTY_NEW] = "Mới ghi",
    [DIFFICULTY_DOING] = "Đang làm",
    [DIFFICULTY_DONE] = "Xong",
};
static const char *const state_codes[DIFFICULTY_STATES] = { "moi", "dang-lam", "xong" };

struct listing {
    const struct visit *visit;
    struct buf rows;
    bool all; /* those that are done as well */
    bool may_change;
    int64_t n_open;
    int64_t n_all;
};

/* "20/11" of this year's, else with the year. */
static void day(struct buf *out, const char *text, int64_t today)
{
    char now[11];

    clock_day_text(today, now);
    buf_printf(out, "%.2s/%.2s", text + 8, text + 5);
    if (strncmp(now, text, 4) != 0)
        buf_printf(out, "/%.4s", text);
}

static void state(struct listing *l, const struct difficulty *d, int64_t today)
{
    static const char *const looks[DIFFICULTY_STATES] = { "", "later", "good" };

    html_raw(&l->rows, "<td><span class=\"chip ");
    html_text(&l->rows, looks[d->state]);
    html_raw(&l->rows, "\">");
    html_text(&l->rows, state_words[d->state]);
    if (d->state == DIFFICULTY_DONE) {
        html_raw(&l->rows, " ");
        day(&l->rows, d->changed_day, today);
    }
    html_raw(&l->rows, "</span>");
    if (l->may_change && d->state != DIFFICULTY_DONE) {
        enum difficulty_state next = d->state + 1;

        page_form(l->visit, &l->rows, "/kho-khan", "row");
        buf_printf(&l->rows,
                   "<input type=\"hidden\" name=\"so\" value=\"%" PRId64 "\">", d->seq);
        html_raw(&l->rows, "<button class=\"button plain\" name=\"viec\" value=\"");
        html_text(&l->rows, state_codes[next]);
        html_raw(&l->rows, "\" type=\"submit\">");
        html_text(&l->rows, next == DIFFICULTY_DONE ? "Đã xong" : "Bắt đầu");
        html_raw(&l->rows, "</button></form>");
    }
    html_raw(&l->rows, "</td>");
}

static enum err add_row(void *ctx, const struct difficulty *d)
{
    struct listing *l = ctx;
    int64_t today = clock_day(clock_wall_ms(l->visit->server->clock));

    l->n_all++;
    l->n_open += d->state != DIFFICULTY_DONE;
    if (!l->all && d->state == DIFFICULTY_DONE)
        return ERR_OK;
    html_raw(&l->rows, "<tr><td class=\"num\">");
    day(&l->rows, d->day, today);
    html_raw(&l->rows, "</td><th scope=\"row\">");
    html_text(&l->rows, strcmp(d->place, "-") ? d->place_name : "Toàn xã");
    html_raw(&l->rows, "</th><td>");
    html_text(&l->rows, difficulty_kind_word(d->kind));
    html_raw(&l->rows, "</td><td class=\"words\">");
    html_text(&l->rows, d->words);
    html_literal(&l->rows, d->in_report ? ""
                                        : " <span class=\"mute\">(không đưa vào báo "
                                          "cáo)</span>");
    html_raw(&l->rows, "</td><td>");
    html_text(&l->rows, *d->who ? d->who : "chưa có");
    html_raw(&l->rows, "</td>");
    state(l, d, today);
    html_raw(&l->rows, "</tr>\n");
    return ERR_OK;
}

static void choice(struct buf *out, const struct listing *l)
{
    html_raw(out, "<nav class=\"seg\" aria-label=\"Xem\"><a href=\"/kho-khan\"");
    html_literal(out, l->all ? ">" : " aria-current=\"true\">");
    buf_printf(out, "Chưa xong %" PRId64 "</a><a href=\"/kho-khan?xem=het\"",
               l->n_open);
    html_literal(out, l->all ? " aria-current=\"true\">" : ">");
    buf_printf(out, "Tất cả %" PRId64 "</a></nav>\n", l->n_all);
}

static void table(struct buf *out, const struct listing *l)
{
    html_raw(out, "<div class=\"box big\">");
    if (l->rows.len) {
        page_table(out, "Bảng khó khăn");
        html_raw(out, "<tr><th scope=\"col\" class=\"num\">Ngày</th>"
                      "<th scope=\"col\">Nơi</th><th scope=\"col\">Loại</th>"
                      "<th scope=\"col\">Việc gì</th><th scope=\"col\">Ai lo</th>"
                      "<th scope=\"col\">Đến đâu</th></tr></thead><tbody>\n");
        buf_add(out, buf_text(&l->rows), l->rows.len);
        page_table_end(out);
    } else {
        html_element(out, "p", "none", "Không có khó khăn nào chưa xong.");
    }
    html_raw(out, "</div>\n");
}

/* --- a new one ---------------------------------------------------------------------- */

static void option(struct buf *out, const char *value, const char *word)
{
    html_raw(out, "<option value=\"");
    html_text(out, value);
    html_raw(out, "\">");
    html_text(out, word);
    html_raw(out, "</option>");
}

static enum err add_place(void *ctx, const struct cell *c)
{
    if (!strncmp(c[0].text, "thon.", 5))
        option(ctx, c[0].text + 5, c[1].text);
    return ERR_OK;
}

static enum err add_official(void *ctx, const struct cell *c)
{
    option(ctx, c[0].text, c[0].text);
    return ERR_OK;
}

static enum err add_form(const struct visit *v, struct buf *out)
{
    enum err err;

    page_box(out, "moi", "", "Ghi khó khăn mới");
    page_form(v, out, "/kho-khan", "stack");
    html_raw(out, "<input type=\"hidden\" name=\"viec\" value=\"ghi\">"
                  "<label for=\"noi\">Nơi</label><select id=\"noi\" name=\"noi\">");
    option(out, "-", "Toàn xã");
    err = store_run_plain(v->server->store, Q_SETTINGS, add_place, out);
    html_raw(out, "</select><fieldset class=\"kinds\"><legend>Loại</legend>");
    for (const struct difficulty_kind *k = difficulty_kinds; k->code; k++) {
        html_raw(out, "<label><input type=\"radio\" name=\"loai\" required value=\"");
        html_text(out, k->code);
        html_raw(out, "\"> ");
        html_text(out, k->word);
        html_raw(out, "</label>");
    }
    html_raw(out,
             "</fieldset><label for=\"gi\">Việc gì, đã thử cách nào</label>"
             "<textarea id=\"gi\" name=\"gi\" rows=\"4\" required maxlength=\"300\""
             " placeholder=\"Viết 1–2 câu. Không ghi tên người học.\"></textarea>"
             "<label for=\"ai\">Ai lo</label><select id=\"ai\" name=\"ai\">");
    option(out, "", "Chưa có ai");
    if (!err)
        err = staff_each(v->server, add_official, out);
    html_raw(out, "</select><label class=\"check\"><input type=\"checkbox\" checked"
                  " name=\"bao-cao\" value=\"1\"> Đưa vào báo cáo</label>"
                  "<button class=\"button\" type=\"submit\">Ghi lại</button></form>");
    page_box_end(out);
    return server_note(v->server, err);
}

enum err page_difficulties(const struct visit *v, struct http_response *r)
{
    struct buf *out = &r->body;
    const char *which = v->request->query(v->request, "xem");
    struct listing l = {
        .visit = v,
        .all = which && !strcmp(which, "het"),
        .may_change = gate_may(v->server, v->visitor, FOR_ADMINISTRATORS),
    };
    enum err err = page_begin(v, out, "Khó khăn, vướng mắc");

    buf_init(&l.rows, ROWS_BYTES_MAX);
    if (!err)
        err = difficulty_each(v->server, add_row, &l);
    page_top(out, "Khó khăn, vướng mắc",
             "Ghi để giải quyết, không để chê ai. Đưa thẳng vào mục “Khó khăn” của báo "
             "cáo.");
    choice(out, &l);
    page_top_end(out);
    html_raw(out, "<div class=\"pair\">");
    table(out, &l);
    if (!err && l.may_change)
        err = add_form(v, out);
    html_raw(out, "</div>\n");
    page_end(out);
    buf_finish(&l.rows);
    return err;
}

/* --- what is posted ----------------------------------------------------------------- */

static enum err add(const struct visit *v)
{
    const struct http_request *q = v->request;
    struct difficulty d;
    char today[11];
    char place[FIELD_CHARS];
    char kind[FIELD_CHARS];
    char who[FIELD_CHARS];
    char in_report[FIELD_CHARS];
    char words[DIFFICULTY_WORDS_MAX + 1];
    size_t used = 0;
    enum err err;

    clock_day_text(clock_day(clock_wall_ms(v->server->clock)), today);
    form_value(q->body, q->n_body, "noi", place, sizeof(place));
    form_value(q->body, q->n_body, "loai", kind, sizeof(kind));
    form_value(q->body, q->n_body, "ai", who, sizeof(who));
    form_value(q->body, q->n_body, "gi", words, sizeof(words));
    for (const char *c = words; *c; c++) /* browsers end lines with two characters */
        if (*c != '\r')
            words[used++] = *c;
    words[used] = 0;
    d = (struct difficulty){
        .day = today, .place = place, .kind = kind, .words = words, .who = who
    };
    d.in_report =
        form_value(q->body, q->n_body, "bao-cao", in_report, sizeof(in_report));
    err = difficulty_add(v->server, &d);
    return err ? err
               : deeds_add(v->server, v->visitor->staff.name, DEED_DIFFICULTY, kind);
}

enum err page_difficulties_post(const struct visit *v, struct http_response *r)
{
    const struct http_request *q = v->request;
    char act[FIELD_CHARS];
    char seq[FIELD_CHARS];
    enum err err = ERR_REJECTED;

    form_value(q->body, q->n_body, "viec", act, sizeof(act));
    form_value(q->body, q->n_body, "so", seq, sizeof(seq));
    if (!strcmp(act, "ghi"))
        err = add(v);
    for (int i = DIFFICULTY_DOING; i < DIFFICULTY_STATES; i++)
        if (!strcmp(act, state_codes[i]))
            err = difficulty_move(v->server, strtoll(seq, NULL, 10),
                                  (enum difficulty_state)i);
    if (err == ERR_REJECTED)
        return page_say(v, r, 400, "Chưa ghi gì cả",
                        "Thiếu loại hoặc lời, hoặc lời dài quá. Mời trở lại trang Khó "
                        "khăn.");
    if (!err)
        page_see(r, "/kho-khan");
    return err;
}
