/* /phong-trao: the emulation movement at a glance: its registers, its targets, what is
 * counted, and the ways to everything that belongs to it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "html.h"
#include "pages.h"
#include "record.h"
#include "register.h"

#define TARGETS_MAX 100

/* THE TABLE of ways from here that are no registers: a page more is a row more. */
static const struct movement_link {
    const char *path, *word, *line;
    enum access access;
} movement_links[] = {
    { "/don-vi", "Theo đơn vị", "Buổi học và người của từng đơn vị", FOR_FIGURES },
    { "/kho-khan", "Khó khăn, vướng mắc", "Việc cần gỡ, ai lo, đến đâu",
      FOR_OFFICIALS },
    { "/bao-cao", "Báo cáo", "Bản in của kỳ này", FOR_FIGURES },
};

static void link_row(struct buf *out, const char *path, const char *word,
                     const char *line)
{
    html_raw(out, "<li><a href=\"");
    html_text(out, path);
    html_raw(out, "\"><b>");
    html_text(out, word);
    html_raw(out, "</b></a><br><span class=\"mute\">");
    html_text(out, line);
    html_raw(out, "</span></li>\n");
}

static void links(const struct visit *v, struct buf *out)
{
    page_box(out, "cac-trang", "", "Xem thêm");
    html_raw(out, "<ul class=\"rows\">");
    for (size_t i = 0; i < COUNT(movement_links); i++)
        if (gate_may(v->server, v->visitor, movement_links[i].access))
            link_row(out, movement_links[i].path, movement_links[i].word,
                     movement_links[i].line);
    html_raw(out, "</ul>");
    page_box_end(out);
}

/* --- registers ---------------------------------------------------------------------- */

static enum err register_row(const struct visit *v, struct buf *out,
                             const struct register_kind *k)
{
    struct arena arena = { 0 };
    struct entries entries;
    enum err err = register_read(v->server, k, &arena, &entries);
    const struct entry *newest = NULL;
    size_t n = 0;

    for (size_t i = entries.n; i-- > 0;)
        if (register_is_shown(v->server, &entries.rows[i])) {
            newest = &entries.rows[i];
            n++;
        }
    html_raw(out, "<tr><th scope=\"row\"><a href=\"");
    html_text(out, k->path);
    html_raw(out, "\">");
    html_text(out, k->title);
    html_raw(out, "</a><br><span class=\"mute\">");
    html_text(out, k->line);
    buf_printf(out, "</span></th><td class=\"num\">%zu</td><td class=\"num\">", n);
    if (newest)
        page_day(out, newest->day);
    else
        html_raw(out, "chưa có");
    html_raw(out, "</td></tr>\n");
    arena_finish(&arena);
    return err;
}

static enum err registers(const struct visit *v, struct buf *out)
{
    enum err err = ERR_OK;

    html_raw(out, "<div class=\"box big counts\">");
    page_table(out, "Các sổ của phong trào");
    html_raw(out, "<tr><th scope=\"col\">Sổ</th><th scope=\"col\" class=\"num\">Số dòng"
                  "</th><th scope=\"col\" class=\"num\">Mới nhất</th></tr></thead>"
                  "<tbody>\n");
    for (size_t i = 0; !err && i < register_n_kinds; i++)
        err = register_row(v, out, &register_kinds[i]);
    page_table_end(out);
    html_raw(out,
             "<p class=\"mute foot\">Người học không bị xếp hạng. Tên chỉ được nêu "
             "khi người ấy đồng ý.</p></div>\n");
    return err;
}

/* --- targets ------------------------------------------------------------------------ */

struct target {
    struct record record;
    const char *key;
    char reached[11]; /* "": not yet */
    int64_t value;
    bool known;
};

struct targets {
    struct arena arena;
    struct target rows[TARGETS_MAX];
    size_t n;
};

static enum err take_target(void *ctx, const struct cell *c)
{
    struct targets *t = ctx;
    const char *why;

    if (t->n < TARGETS_MAX && !strncmp(c[0].text, "target.", 7) &&
        record_read(c[0].text, c[1].text, &t->rows[t->n].record, &why))
        t->rows[t->n++].key = arena_strdup(&t->arena, c[0].text);
    return ERR_OK;
}

static enum err take_day(void *ctx, const struct cell *c)
{
    struct target *t = ctx;

    snprintf(t->reached, sizeof(t->reached), "%s", c[0].text);
    return ERR_OK;
}

struct looking {
    struct target *target;
    const char *dims;
};

/* Cells of Q_PAGE_GAUGES: stat unit dims value. */
static enum err take_gauge(void *ctx, const struct cell *c)
{
    const struct looking *l = ctx;

    if (!strcmp(c[0].text, "finished_one") && !strcmp(c[1].text, "-") &&
        !strcmp(c[2].text, l->dims)) {
        l->target->known = true;
        l->target->value += c[3].number;
    }
    return ERR_OK;
}

static enum err read_target(const struct visit *v, struct targets *all,
                            struct target *t)
{
    struct looking looking = {
        t,
        t->record.code[0] ? arena_printf(&all->arena, "group=%s", t->record.code) : "-"
    };
    enum err err =
        store_run(v->server->store, Q_REACHED_GET, take_day, t, PARAM_TEXT(t->key));

    return err ? err
               : store_run(v->server->store, Q_PAGE_GAUGES, take_gauge, &looking,
                           PARAM_TEXT(t->record.period));
}

static void target_row(struct buf *out, const struct target *t)
{
    static const struct {
        const char *code, *word;
    } groups[] = { { "", "Toàn xã" },
                   { "g1", "Học sinh, sinh viên" },
                   { "g2", "Người dân" },
                   { "g3", "Cán bộ, công chức, viên chức" },
                   { "g4", "Người lao động" } };
    const char *word = t->record.code;
    struct period p;
    char label[PERIOD_LABEL_BYTES];

    for (size_t i = 0; i < COUNT(groups); i++)
        if (!strcmp(groups[i].code, t->record.code))
            word = groups[i].word;
    html_raw(out, "<li><b>");
    html_text(out, word);
    html_raw(out, "</b>: ");
    if (t->known)
        html_number(out, t->value);
    else
        html_raw(out, "chưa có số liệu");
    html_raw(out, " / ");
    html_number(out, t->record.numbers[0]);
    html_raw(out, " người xong ít nhất 1 bài<br><span class=\"mute\">");
    if (period_parse(t->record.period, &p)) {
        period_label(&p, label);
        html_text(out, label);
        html_raw(out, ", hạn ");
    }
    page_day(out, t->record.day);
    html_raw(out, ", ");
    html_text(out, t->record.text);
    html_raw(out, "</span> ");
    if (*t->reached) {
        html_raw(out, "<span class=\"chip good\">Về đích ");
        page_day(out, t->reached);
        html_raw(out, "</span>");
    } else {
        html_raw(out, "<span class=\"chip\">Chưa đến đích</span>");
    }
    html_raw(out, "</li>\n");
}

static enum err targets(const struct visit *v, struct buf *out)
{
    struct targets *all = check_alloc(sizeof(*all));
    enum err err;

    *all = (struct targets){ .n = 0 };
    err = store_run_plain(v->server->store, Q_SETTINGS, take_target, all);
    page_box(out, "chi-tieu", "", "Chỉ tiêu chung của xã");
    html_raw(out, "<ul class=\"rows\">");
    for (size_t i = 0; !err && i < all->n; i++) {
        err = read_target(v, all, &all->rows[i]);
        target_row(out, &all->rows[i]);
    }
    html_raw(out, "</ul>");
    if (!all->n)
        html_element(out, "p", "none", "Xã chưa đặt chỉ tiêu nào.");
    page_box_end(out);
    arena_finish(&all->arena);
    free(all);
    return err;
}

enum err page_movement(const struct visit *v, struct http_response *r)
{
    struct buf *out = &r->body;
    enum err err = page_begin(v, out, "Phong trào thi đua");

    page_top(out, "Phong trào thi đua",
             "Ai nhận việc gì, ai có cách làm hay, ai đáng khen.");
    page_top_end(out);
    page_emulation_places(v, out);
    html_raw(out, "<div class=\"pair\">");
    if (!err)
        err = registers(v, out);
    html_raw(out, "<div class=\"side-by\">");
    if (!err)
        err = targets(v, out);
    links(v, out);
    html_raw(out, "</div></div>\n");
    page_end(out);
    return server_note(v->server, err);
}
