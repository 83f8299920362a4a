/* What the page shows, one figure a row: table, code, name, what, unit, value. */
#include <inttypes.h>
#include <stdio.h>

#include "base/buf.h"
#include "csv.h"
#include "cubes.h"
#include "figures.h"
#include "pages.h"

#define PEOPLE "người"
#define VISITS "lượt"

static const char *const visit_words[FIGURES_STATS] = {
    [FIGURES_STARTS] = "bắt đầu",
    [FIGURES_COMPLETIONS] = "xong bài",
    [FIGURES_PASSES] = "đạt",
};

/* People of free days. */
static void from_to(struct buf *out, const struct figure *v)
{
    char text[64];

    snprintf(text, sizeof(text), "từ %" PRId64 " đến %" PRId64, v->value, v->most);
    csv_text(out, text);
}

static void row(struct buf *out, const char *table, const char *code, const char *name,
                const char *what, const char *unit, const struct figure *v)
{
    csv_text(out, table);
    csv_text(out, code);
    csv_text(out, name);
    csv_text(out, what);
    csv_text(out, unit);
    if (!v->known)
        csv_text(out, "chưa có số liệu");
    else if (v->most > 0 && v->most > v->value)
        from_to(out, v);
    else
        csv_number(out, v->value);
    csv_end_row(out);
}

static void visits(struct buf *out, const char *table, const char *code,
                   const char *name, const struct figure v[FIGURES_STATS])
{
    for (size_t i = 0; i < FIGURES_STATS; i++)
        row(out, table, code, name, visit_words[i], VISITS, &v[i]);
}

static const char *registered_words(const struct figures *f)
{
    return f->registered_now ? "ghi danh đến nay" : "ghi danh";
}

static void whole(struct buf *out, const struct figures *f)
{
    char label[PERIOD_LABEL_BYTES];
    char name[PERIOD_NAME_CHARS];

    period_label(&f->period, label);
    period_name(&f->period, name);
    visits(out, "Tổng quan", name, label, f->visits);
    row(out, "Tổng quan", name, label, registered_words(f), PEOPLE, &f->registered);
    row(out, "Tổng quan", name, label, "xong ít nhất 1 bài", PEOPLE, &f->finished);
    row(out, "Tổng quan", name, label,
        f->registered_now ? "nữ ghi danh đến nay" : "nữ ghi danh", PEOPLE, &f->women);
    row(out, "Tổng quan", name, label,
        f->registered_now ? "từ 60 tuổi, ghi danh đến nay" : "từ 60 tuổi, ghi danh",
        PEOPLE, &f->over60);
    row(out, "Tổng quan", name, "Từ đầu đến nay", "xong bài, chưa rõ ngày", VISITS,
        &f->undated);
}

static void lists(struct buf *out, const struct figures *f)
{
    for (size_t i = 0; i < f->n_lessons; i++) {
        const struct figures_lesson *l = &f->lessons[i];

        visits(out, "Theo bài học", l->id, l->title, l->visits);
        row(out, "Theo bài học", l->id, l->title, "xong lần đầu", PEOPLE, &l->firsts);
    }
    for (size_t i = 0; i < f->n_thons; i++) {
        const struct figures_thon *t = &f->thons[i];
        const char *name = t->name ? t->name : "xã chưa đặt tên";

        row(out, "Theo thôn", t->code, name, registered_words(f), PEOPLE,
            &t->registered);
        row(out, "Theo thôn", t->code, name, "xong 1 bài", PEOPLE, &t->finished);
        row(out, "Theo thôn", t->code, name, "xong bài", VISITS, &t->completions);
    }
    for (int i = 0; i < FIGURES_MONTHS; i++) {
        const struct figures_month *m = &f->months[i];
        char code[16];
        char name[32];

        if (!m->visits[FIGURES_COMPLETIONS].known)
            continue;
        snprintf(code, sizeof(code), "%04d-%02d", m->year, m->month);
        snprintf(name, sizeof(name), "Tháng %d/%d", m->month, m->year);
        visits(out, "Theo tháng", code, name, m->visits);
    }
    for (size_t i = 0; i < f->n_others; i++) {
        const struct figures_other *o = &f->others[i];
        struct figure v = { .known = true, .value = o->value };

        row(out, o->title ? "Lớp học và hỗ trợ" : "Số liệu khác", o->stat,
            o->title ? o->title : o->stat, "", o->unit, &v);
    }
}

/* By group, age, sex, occupation and unit. */
static void cubes(struct buf *out, const struct cubes *c)
{
    for (size_t kind = 0; kind < CUBE_KINDS; kind++) {
        const char *table = cubes_title((enum cube_kind)kind);

        for (size_t i = 0; i < c->n_rows[kind]; i++) {
            const struct cube *q = &c->rows[kind][i];
            const char *name = q->name ? q->name : "xã chưa đặt tên";

            row(out, table, q->code, name, "ghi danh", PEOPLE, &q->registered);
            row(out, table, q->code, name, "xong 1 bài", PEOPLE, &q->finished);
            row(out, table, q->code, name, "xong bài", VISITS, &q->completions);
            if (kind == CUBE_UNIT) {
                row(out, table, q->code, name, "buổi học", "buổi", &q->classes);
                row(out, table, q->code, name, "dự lớp", VISITS, &q->attendance);
            }
        }
    }
}

enum err page_csv(struct server *s, const char *period, struct buf *out)
{
    static const char *const heads[] = { "Bảng",   "Mã",     "Tên",
                                         "Chỉ số", "Đơn vị", "Giá trị" };
    struct arena arena = { 0 };
    struct figures f = { 0 };
    struct cubes c = { 0 };
    enum err err = figures_read(s, period, &arena, &f);

    if (!err)
        err = cubes_read(s, &f.period, &arena, &c);
    if (!err) {
        csv_begin(out);
        for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
            csv_text(out, heads[i]);
        csv_end_row(out);
        whole(out, &f);
        lists(out, &f);
        cubes(out, &c);
    }
    arena_finish(&arena);
    return err;
}
