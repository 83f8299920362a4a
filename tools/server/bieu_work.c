/* Biểu 4 to 6: what is learnt, who organises it, and whom the community teams help. */
#include <string.h>

#include "base/check.h"
#include "bieu.h"
#include "period.h"

#define ITEM_SHOWN_MIN 5 /* fewer say nothing about a question */
#define SLOTS_MAX 12
#define SLOTS_FIRST_YEAR 2025

/* --- Biểu 4 ----------------------------------------------------------------------------- */

static bool is_of(const char *unit, const char *module)
{
    size_t n = strlen(module);

    return !strncmp(unit, module, n) && unit[n] == '-';
}

/* Over a module's lessons: the sum, and the greatest of them as `greatest`. */
static struct value over_lessons(const struct maker *m, bool past, const char *stat,
                                 const char *module, int64_t *greatest)
{
    const struct tally *t = past ? &m->past : &m->now;
    struct value sum =
        bieu_value(m, past, stat, module, "-"); /* no lesson: 0, or unknown */

    *greatest = 0;
    for (size_t i = 0; i < t->n_entries && sum.kind != VALUE_NONE; i++) {
        const struct tally_entry *e = &t->entries[i];

        if (strcmp(e->stat, stat) != 0 || strcmp(e->dims, "-") != 0 ||
            !is_of(e->unit, module))
            continue;
        sum = bieu_sum(
            sum,
            (struct value){ .kind = VALUE_RANGE, .least = e->least, .most = e->most });
        *greatest = e->least > *greatest ? e->least : *greatest;
    }
    return sum;
}

/* Who passed two lessons is one person: at least those of the greatest lesson. */
static struct value learners(const struct maker *m, const char *module)
{
    int64_t greatest;
    struct value v = over_lessons(m, false, "lesson_firsts", module, &greatest);

    if (v.kind == VALUE_NONE)
        return v;
    v.least = greatest;
    v.kind = v.least == v.most ? VALUE_NUMBER : VALUE_RANGE;
    return v;
}

static struct value hardest(struct maker *m, const char *module)
{
    const struct tally *t = &m->now;
    const char *worst = NULL;
    int64_t worst_pct = 101;

    for (size_t i = 0; i < t->n_entries; i++) {
        const struct tally_entry *e = &t->entries[i];
        int64_t right;

        if (strcmp(e->stat, "item_shown") != 0 || strcmp(e->dims, "-") != 0 ||
            !is_of(e->unit, module) || e->least < ITEM_SHOWN_MIN)
            continue;
        right = tally_get(t, "item_first_right", e->unit, "-").least;
        if (right * 100 / e->least < worst_pct) {
            worst = e->unit;
            worst_pct = right * 100 / e->least;
        }
    }
    if (!worst)
        return (struct value){ .kind = VALUE_NONE };
    return VALUE_WORDS(
        arena_printf(m->arena, "%s: đúng ngay %lld%%", worst, (long long)worst_pct));
}

static void module_row(struct maker *m, struct report_table *t, const char *code,
                       const char *name)
{
    struct report_row *row = bieu_plain_row(m, t, code, name);
    int64_t greatest;

    *bieu_cell(t, row, "starts") = over_lessons(m, false, "starts", code, &greatest);
    *bieu_cell(t, row, "completions") =
        over_lessons(m, false, "completions", code, &greatest);
    *bieu_cell(t, row, "completions_before") =
        over_lessons(m, true, "completions", code, &greatest);
    *bieu_cell(t, row, "passes") = over_lessons(m, false, "passes", code, &greatest);
    *bieu_cell(t, row, "learners") = learners(m, code);
    *bieu_cell(t, row, "done") = bieu_value(m, false, "module_finished", code, "-");
    *bieu_cell(t, row, "done_before") =
        bieu_value(m, true, "module_finished", code, "-");
    *bieu_cell(t, row, "sign_offs") =
        over_lessons(m, false, "sign_offs", code, &greatest);
    *bieu_cell(t, row, "hardest") = hardest(m, code);
}

void bieu_modules(struct maker *m, struct report_table *t)
{
    static const struct {
        const char *column, *stat;
        bool past;
    } sums[] = {
        { "starts", "starts", false },
        { "completions", "completions", false },
        { "completions_before", "completions", true },
        { "passes", "passes", false },
        { "sign_offs", "sign_offs", false },
    };
    struct report_row *total;

    for (size_t i = 0; i < m->modules.n; i++)
        module_row(m, t, m->modules.rows[i].code, m->modules.rows[i].name);
    total = bieu_plain_row(m, t, "all", "Toàn xã (lượt)");
    total->total = true;
    for (size_t i = 0; i < COUNT(sums); i++)
        *bieu_cell(t, total, sums[i].column) =
            bieu_value(m, sums[i].past, sums[i].stat, TALLY_ALL_UNITS, "-");
    /* people of several modules are not a sum of theirs */
    bieu_cell(t, total, "learners")->kind = VALUE_BLANK;
    bieu_cell(t, total, "done")->kind = VALUE_BLANK;
    bieu_cell(t, total, "done_before")->kind = VALUE_BLANK;
    bieu_cell(t, total, "hardest")->kind = VALUE_BLANK;
}

/* --- Biểu 5 ----------------------------------------------------------------------------- */

void bieu_units(struct maker *m, struct report_table *t)
{
    static const char *const by_hand[] = { "mobilised", "tasks", "ideas", "hardships" };

    for (size_t i = 0; i < m->units.n; i++)
        bieu_row(m, t, "unit", m->units.rows[i].code, m->units.rows[i].name);
    bieu_total(m, t);
    for (size_t i = 0; i < t->n_rows; i++)
        for (size_t k = 0; k < COUNT(by_hand); k++)
            bieu_cell(t, &t->rows[i], by_hand[k])->kind = VALUE_BLANK;
}

/* --- Biểu 6 ----------------------------------------------------------------------------- */

/* Months of the span, or years of a long one. */
static size_t slots_of(const struct maker *m, struct period out[SLOTS_MAX])
{
    int64_t end = m->span.end_day, first = m->span.first_day;
    struct period p, year = period_of(PERIOD_YEAR, 0);
    size_t n = 0;

    if (m->span.is_all) { /* since the campaign began */
        year = period_step(&year, SLOTS_FIRST_YEAR - year.year);
        first = year.first_day;
        end = clock_day(clock_wall_ms(m->server->clock)) + 1;
    }
    p = period_of(PERIOD_MONTH, first);
    p = period_step(&p, SLOTS_MAX);
    p = period_of(p.first_day >= end ? PERIOD_MONTH : PERIOD_YEAR, first);
    for (; n < SLOTS_MAX && p.first_day < end; p = period_step(&p, 1))
        out[n++] = p;
    return n;
}

/* The slot's days that lie within the span. */
static struct span span_of(const struct maker *m, const struct period *slot)
{
    struct span span = m->span;

    span.is_all = false;
    span.first_day =
        slot->first_day > span.first_day ? slot->first_day : span.first_day;
    span.end_day = slot->end_day < span.end_day ? slot->end_day : span.end_day;
    return span;
}

static void slot_column(struct maker *m, struct report_table *t,
                        const struct period *slot)
{
    char code[PERIOD_NAME_CHARS];
    struct measure column = { .kind = COLUMN_TIMES, .width = 9, .part_of = REPORT_SUM };
    struct span span = span_of(m, slot);
    struct tally tally;

    period_name(slot, code);
    column.code = code;
    column.name = slot->kind == PERIOD_MONTH
                      ? arena_printf(m->arena, "Tháng %d/%d", slot->part, slot->year)
                      : arena_printf(m->arena, "Năm %d", slot->year);
    column.meaning = "Lượt hỗ trợ trong tháng (hoặc năm) này, phần nằm trong kỳ";
    bieu_column(m, t, &column);
    if (!m->err)
        m->err = tally_read_count(m->server, &span, "help", m->arena, &m->now, &tally);
    for (size_t i = 0; !m->err && i < t->n_rows; i++)
        t->rows[i].cells[t->n_columns - 1] = tally_get(
            &tally, "help", "-",
            t->rows[i].total ? "-"
                             : arena_printf(m->arena, "kind=%s", t->rows[i].code));
}

void bieu_help(struct maker *m, struct report_table *t)
{
    struct period slots[SLOTS_MAX];
    size_t n = slots_of(m, slots);

    for (size_t i = 0; i < bieu_n_helps; i++)
        bieu_row(m, t, "kind", bieu_helps[i].code, bieu_helps[i].name);
    bieu_total(m, t);
    for (size_t i = 0; i < n; i++)
        slot_column(m, t, &slots[i]);
}
