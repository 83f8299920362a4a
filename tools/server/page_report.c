/* /bao-cao: choose on the left, the printed page on the right. The browser prints it; nothing
 * of what is typed here is kept. */
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "cubes.h"
#include "difficulty.h"
#include "html.h"
#include "pages.h"

#define REMARK_MAX 1200 /* bytes */
#define DIFFICULTIES_BYTES_MAX (1 << 20)
#define MOVEMENT_BYTES_MAX (4 << 20)

enum part {
    PART_WHOLE,
    PART_THONS,
    PART_GROUPS,
    PART_LESSONS,
    PART_MOVEMENT,
    PART_DIFFICULTIES,
    PARTS
};

static const struct {
    const char *name;
    const char *word;
} parts[PARTS] = {
    [PART_WHOLE] = { "chung", "Số chung toàn xã" },
    [PART_THONS] = { "thon", "Theo thôn" },
    [PART_GROUPS] = { "nhom", "Theo nhóm đối tượng, tuổi, nam nữ" },
    [PART_LESSONS] = { "bai", "Theo bài học" },
    [PART_MOVEMENT] = { "phong-trao", "Đơn vị đảm nhận, sáng kiến, biểu dương" },
    [PART_DIFFICULTIES] = { "kho-khan", "Khó khăn, vướng mắc" },
};

struct report {
    const struct figures *f;
    const struct cubes *cubes;
    bool wanted[PARTS];
    const char *remark;             /* "": none */
    const struct buf *movement;     /* lists with their headings */
    const struct buf *difficulties; /* items of a list */
    int n;                          /* of the next heading */
};

/* --- what was chosen ---------------------------------------------------------------- */

/* Without the carriage returns that browsers put into lines; "": none, or none of ours. */
static const char *read_remark(const struct http_request *q, struct arena *arena)
{
    const char *text = q->query(q, "nhan-xet");
    char *copy;
    size_t used = 0;

    if (!text || strlen(text) > REMARK_MAX)
        return "";
    copy = arena_strdup(arena, text);
    for (const char *c = text; *c; c++)
        if (*c != '\r')
            copy[used++] = *c;
    copy[used] = 0;
    return utf8_valid(copy, used) ? copy : "";
}

static struct report choose(const struct visit *v, struct arena *arena,
                            const struct figures *f, const struct cubes *c)
{
    const struct http_request *q = v->request;
    bool all = !q->query(q, "chon"); /* nothing was chosen yet */
    struct report r = { .f = f, .cubes = c, .remark = read_remark(q, arena), .n = 1 };

    for (size_t i = 0; i < PARTS; i++)
        r.wanted[i] = all || q->query(q, parts[i].name);
    return r;
}

static void form(struct buf *out, const struct report *r)
{
    char name[PERIOD_NAME_CHARS];

    period_name(&r->f->period, name);
    html_raw(out, "<form method=\"get\" action=\"/bao-cao\" class=\"box stack choose\">"
                  "<input type=\"hidden\" name=\"chon\" value=\"1\">"
                  "<input type=\"hidden\" name=\"period\" value=\"");
    html_text(out, name);
    html_raw(out, "\"><fieldset><legend>Phần đưa vào</legend>\n");
    for (size_t i = 0; i < PARTS; i++) {
        html_raw(out,
                 "<label class=\"check\"><input type=\"checkbox\" value=\"1\" name=\"");
        html_text(out, parts[i].name);
        html_literal(out, r->wanted[i] ? "\" checked> " : "\"> ");
        html_text(out, parts[i].word);
        html_raw(out, "</label>\n");
    }
    html_raw(out, "</fieldset><label for=\"nhan-xet\">Nhận xét của cán bộ</label>"
                  "<textarea id=\"nhan-xet\" name=\"nhan-xet\" rows=\"4\""
                  " maxlength=\"400\" aria-describedby=\"luu-y\">");
    html_text(out, r->remark);
    html_raw(out,
             "</textarea><p class=\"mute\" id=\"luu-y\">Viết 2–3 câu, hoặc để trống. "
             "Không ghi tên người học. Lời này không được lưu lại.</p>"
             "<button class=\"button\" type=\"submit\">Xem bản in</button>\n"
             "<p>Để in hoặc lưu PDF: mở <b>In</b> của trình duyệt (Ctrl+P), khổ A4."
             "</p>\n");
    page_download(out, &r->f->period);
    html_raw(out, "</form>\n");
}

/* --- the printed page --------------------------------------------------------------- */

static void heading(struct buf *out, struct report *r, const char *words)
{
    buf_printf(out, "<h3>%d. ", r->n++);
    html_text(out, words);
    html_raw(out, "</h3>\n");
}

static void percent(struct buf *out, const struct figure *v, const struct figure *of)
{
    if (v->known && of->known && of->value > 0 && v->value >= 0 &&
        v->value <= of->value)
        buf_printf(out, " (%d%%)", page_percent(v->value, of->value));
}

/* "1.208 người ghi danh", or that nobody counted it. */
static void say(struct buf *out, const struct figure *v, const char *words)
{
    if (v->known)
        page_value(out, v);
    else
        html_raw(out, "chưa có số liệu về");
    html_raw(out, " ");
    html_text(out, words);
}

static void say_other(struct buf *out, const struct figures *f, const char *stat,
                      const char *words)
{
    for (size_t i = 0; i < f->n_others; i++) {
        if (strcmp(f->others[i].stat, stat) != 0)
            continue;
        html_raw(out, ", ");
        html_number(out, f->others[i].value);
        html_raw(out, " ");
        html_text(out, words);
    }
}

static void whole(struct buf *out, struct report *r)
{
    const struct figures *f = r->f;

    heading(out, r, "Số chung");
    html_raw(out, "<p>Có ");
    say(out, &f->registered,
        f->registered_now ? "người ghi danh đến nay" : "người ghi danh");
    html_raw(out, ", ");
    say(out, &f->finished, "người xong ít nhất 1 bài");
    percent(out, &f->finished, &f->registered);
    html_raw(out, ". Tổng ");
    say(out, &f->visits[FIGURES_COMPLETIONS], "lượt xong bài");
    say_other(out, f, "certificates", "giấy ghi nhận hoàn thành");
    say_other(out, f, "classes", "buổi học");
    html_raw(out, ".</p>\n");
}

static void thons(struct buf *out, struct report *r)
{
    const struct figures *f = r->f;

    heading(out, r, "Theo thôn");
    html_raw(out,
             "<table><thead><tr><th scope=\"col\">Thôn</th>"
             "<th scope=\"col\" class=\"num\">Ghi danh</th>"
             "<th scope=\"col\" class=\"num\">Xong 1 bài</th>"
             "<th scope=\"col\" class=\"num\">Lượt xong</th>"
             "<th scope=\"col\" class=\"num\">Nữ</th>"
             "<th scope=\"col\" class=\"num\">Từ 60 tuổi</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < f->n_thons; i++) {
        const struct figures_thon *t = &f->thons[i];

        html_raw(out, "<tr><th scope=\"row\">");
        page_thon_name(out, t->code, t->name);
        html_raw(out, "</th>");
        page_cell(out, &t->registered);
        page_cell(out, &t->finished);
        page_cell(out, &t->completions);
        page_share_cell(out, &t->women, &t->registered);
        page_share_cell(out, &t->over60, &t->registered);
        html_raw(out, "</tr>\n");
    }
    html_raw(out, "</tbody></table>\n");
}

static void kind(struct buf *out, const struct report *r, enum cube_kind kind)
{
    bool any = false;

    for (size_t i = 0; i < r->cubes->n_rows[kind]; i++) {
        const struct cube *c = &r->cubes->rows[kind][i];

        if (!c->registered.known)
            continue;
        html_literal(out, any ? "; " : "");
        html_text(out, c->name ? c->name : c->code);
        html_raw(out, " ");
        page_value(out, &c->registered);
        percent(out, &c->registered, &r->f->registered);
        any = true;
    }
    html_literal(out, any ? ". " : "chưa có số liệu. ");
}

static void groups(struct buf *out, struct report *r)
{
    heading(out, r, "Theo nhóm đối tượng, độ tuổi, giới");
    html_raw(out, "<p>Người ghi danh: ");
    kind(out, r, CUBE_GROUP);
    html_raw(out, "Tuổi: ");
    kind(out, r, CUBE_BAND);
    html_raw(out, "Giới: ");
    kind(out, r, CUBE_SEX);
    html_raw(out, "</p>\n");
}

static void lessons(struct buf *out, struct report *r)
{
    heading(out, r, "Theo bài học");
    html_raw(out, "<table><thead><tr><th scope=\"col\">Bài học</th>"
                  "<th scope=\"col\" class=\"num\">Lượt xong</th>"
                  "<th scope=\"col\" class=\"num\">Lượt đạt</th>"
                  "<th scope=\"col\" class=\"num\">Người đạt lần đầu</th></tr></thead>"
                  "<tbody>\n");
    for (size_t i = 0; i < r->f->n_lessons; i++) {
        const struct figures_lesson *l = &r->f->lessons[i];

        html_raw(out, "<tr><th scope=\"row\">");
        html_text(out, l->title);
        html_raw(out, "</th>");
        page_cell(out, &l->visits[FIGURES_COMPLETIONS]);
        page_cell(out, &l->visits[FIGURES_PASSES]);
        page_cell(out, &l->firsts);
        html_raw(out, "</tr>\n");
    }
    html_raw(out, "</tbody></table>\n");
}

static void difficulties(struct buf *out, struct report *r)
{
    if (!r->difficulties->len)
        return;
    heading(out, r, "Khó khăn, vướng mắc");
    html_raw(out, "<ul>");
    buf_add(out, buf_text(r->difficulties), r->difficulties->len);
    html_raw(out, "</ul>\n");
}

static void movement(struct buf *out, struct report *r)
{
    if (!r->movement->len)
        return;
    heading(out, r, "Phong trào thi đua");
    buf_add(out, buf_text(r->movement), r->movement->len);
}

struct gathering {
    const struct period *period;
    struct buf *out;
};

/* Those of the period that are meant for the report. */
static enum err add_difficulty(void *ctx, const struct difficulty *d)
{
    const struct gathering *g = ctx;

    if (!d->in_report || !period_holds(g->period, clock_day_parse(d->day)))
        return ERR_OK;
    html_raw(g->out, "<li>");
    html_text(g->out, strcmp(d->place, "-") ? d->place_name : "Toàn xã");
    html_raw(g->out, " (");
    html_text(g->out, difficulty_kind_word(d->kind));
    html_raw(g->out, "): ");
    html_text(g->out, d->words);
    html_literal(g->out, d->state == DIFFICULTY_DONE    ? " Đã giải quyết."
                         : d->state == DIFFICULTY_DOING ? " Đang giải quyết."
                                                        : "");
    html_raw(g->out, "</li>\n");
    return ERR_OK;
}

/* Until when the figures are, and what has not come yet. */
static void foot(struct buf *out, const struct figures *f)
{
    html_raw(out, "<p class=\"mute end\">Số liệu đến ");
    page_moment(out, f->now_ms);
    for (size_t i = 0; i < f->n_machines; i++) {
        const struct figures_machine *m = &f->machines[i];

        if (!m->only_here || m->revoked)
            continue;
        html_raw(out, " · ");
        html_number(out, m->only_here);
        html_raw(out, " lượt của ");
        html_text(out, m->name);
        html_raw(out, " chưa gửi");
    }
    html_raw(out, "</p>");
}

static void paper(struct buf *out, struct report *r)
{
    static void (*const writers[PARTS])(struct buf *, struct report *) = {
        whole, thons, groups, lessons, movement, difficulties
    };
    char label[PERIOD_LABEL_BYTES];

    period_label(&r->f->period, label);
    if (label[0] >= 'A' && label[0] <= 'Z') /* it goes on in the sentence */
        label[0] = (char)(label[0] - 'A' + 'a');
    html_raw(out,
             "<article class=\"paper\" aria-label=\"Bản in\"><div class=\"letterhead\">"
             "<p>Ủy ban nhân dân<br><b>");
    html_text(out, r->f->commune);
    html_raw(out, "</b></p><p><b>Cộng hòa xã hội chủ nghĩa Việt Nam</b><br>"
                  "<span>Độc lập – Tự do – Hạnh phúc</span></p></div>\n"
                  "<h2>BÁO CÁO<br>Kết quả lớp Bình dân học vụ số, ");
    html_text(out, label);
    html_raw(out, "</h2>\n");
    for (size_t i = 0; i < PARTS; i++)
        if (r->wanted[i])
            writers[i](out, r);
    if (*r->remark) {
        heading(out, r, "Nhận xét");
        html_element(out, "p", "remark", r->remark);
    }
    foot(out, r->f);
    html_raw(out, "</article>\n");
}

enum err page_report(const struct visit *v, struct http_response *response)
{
    struct arena arena = { 0 };
    struct figures f = { 0 };
    struct cubes cubes = { 0 };
    struct period p = page_period(v);
    struct buf *out = &response->body;
    struct buf items;
    struct buf lists;
    struct gathering gathering = { &p, &items };
    char name[PERIOD_NAME_CHARS];
    enum err err = page_begin(v, out, "Làm báo cáo");

    buf_init(&items, DIFFICULTIES_BYTES_MAX);
    buf_init(&lists, MOVEMENT_BYTES_MAX);
    period_name(&p, name);
    /* words of officials are for officials, not for an open page */
    if (!err && v->visitor->known)
        err = difficulty_each(v->server, add_difficulty, &gathering);
    if (!err && v->visitor->known)
        err = page_report_movement(v->server, &p, &lists);
    if (!err)
        err = figures_read(v->server, name, &arena, &f);
    if (!err)
        err = cubes_read(v->server, &p, &arena, &cubes);
    if (!err) {
        struct report r = choose(v, &arena, &f, &cubes);

        r.difficulties = &items;
        r.movement = &lists;
        page_top(out, "Làm báo cáo", "Xem trước đúng như bản in.");
        page_period_choice(v, &p, out);
        page_top_end(out);
        html_raw(out, "<div class=\"pair\">");
        html_raw(out, "<div class=\"choose\">");
        form(out, &r);
        if (v->visitor->known)
            err = page_report_files(v, &p, out);
        html_raw(out, "</div>");
        paper(out, &r);
        html_raw(out, "</div>\n");
        page_end(out);
    }
    buf_finish(&lists);
    buf_finish(&items);
    arena_finish(&arena);
    return err;
}
