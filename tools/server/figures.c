/* See figures.h. Passes: the thôn, counters (lượt), gauges (người), names. */
#include "figures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "figures_private.h"
#include "notice.h"

#define HOUR_MS 3600000LL
#define PLACE_UNCERTAINTY_MS (24 * HOUR_MS)

static const char *const visit_stats[FIGURES_STATS] = {
    [FIGURES_STARTS] = "starts",
    [FIGURES_COMPLETIONS] = "completions",
    [FIGURES_PASSES] = "passes",
};

/* Shown in their own places, or parts of what is shown: not "other". */
static const char known_stats[] =
    " starts completions passes seconds item_shown item_first_right practice_done"
    " practice_hints guest_completions assisted_completions group_completions"
    " visitor_completions registered active finished_one module_finished"
    " path_finished lesson_firsts vneid_status ";

/* What stands beside lessons, in words. */
static const struct figures_word {
    const char *stat, *title, *unit;
} beside_lessons[] = {
    { "classes", "Buổi học", "buổi" },
    { "attendance", "Lượt dự lớp của người đã ghi danh", "lượt" },
    { "head_count", "Lượt dự lớp của người không ghi danh", "lượt" },
    { "help", "Lượt hỗ trợ", "lượt" },
    { "sign_offs", "Lượt tự làm được trên điện thoại của mình", "lượt" },
    { "certificates", "Giấy ghi nhận", "giấy" },
    { "notice_plays", "Lượt phát bài học trên loa", "lượt" },
    { NOTICE_STAT, "Lượt xem hoặc nghe thông báo trên máy", "lượt" },
    { "volunteer_minutes", "Thời gian của tình nguyện viên", "phút" },
};

void figures_add(struct figure *figure, int64_t v)
{
    figure->known = true;
    figure->value += v;
}

bool figures_place(int64_t hours, int64_t start_ms, int64_t uncertainty_ms,
                   int64_t trust, int64_t *day_out)
{
    if (trust <= 0 || uncertainty_ms > PLACE_UNCERTAINTY_MS)
        return false;
    *day_out = clock_day(start_ms + hours * HOUR_MS + HOUR_MS / 2);
    return true;
}

/* --- rows by key ------------------------------------------------------------------ */

struct figures_lesson *figures_lesson_row(struct reading *r, const char *id)
{
    struct figures *f = r->f;
    size_t i = 0;

    while (i < f->n_lessons && strcmp(f->lessons[i].id, id))
        i++;
    if (i == f->n_lessons && i < FIGURES_ROWS_MAX) {
        const char *copy = arena_strdup(r->arena, id);

        f->lessons[f->n_lessons++] = (struct figures_lesson){ .id = copy };
    }
    return i < FIGURES_ROWS_MAX ? &f->lessons[i] : NULL;
}

struct figures_thon *figures_thon_row(struct reading *r, const char *code)
{
    struct figures *f = r->f;
    size_t i = 0;

    while (i < f->n_thons && strcmp(f->thons[i].code, code))
        i++;
    if (i == f->n_thons && i < FIGURES_ROWS_MAX)
        f->thons[f->n_thons++] =
            (struct figures_thon){ .code = arena_strdup(r->arena, code) };
    return i < FIGURES_ROWS_MAX ? &f->thons[i] : NULL;
}

static bool is_known(const char *stat)
{
    size_t n = strlen(stat);

    for (const char *at = known_stats; n && (at = strstr(at, stat)); at += n)
        if (at[-1] == ' ' && at[n] == ' ') /* ids have no spaces: never at its start */
            return true;
    return false;
}

void figures_add_other(struct reading *r, const char *stat, bool people, int64_t v)
{
    struct figures *f = r->f;
    size_t i = 0;

    if (is_known(stat))
        return;
    while (i < f->n_others &&
           (strcmp(f->others[i].stat, stat) || f->others[i].people != people))
        i++;
    if (i == FIGURES_ROWS_MAX)
        return;
    if (i == f->n_others) {
        struct figures_other *o = &f->others[f->n_others++];

        *o = (struct figures_other){ .stat = arena_strdup(r->arena, stat),
                                     .people = people,
                                     .unit = people ? "người" : "lượt" };
        for (size_t k = 0; k < COUNT(beside_lessons); k++)
            if (!strcmp(beside_lessons[k].stat, stat)) {
                o->title = beside_lessons[k].title;
                o->unit = beside_lessons[k].unit;
            }
    }
    f->others[i].value += v;
}

/* --- lượt ------------------------------------------------------------------------- */

/* The month of the day, FIGURES_MONTHS: it is none of those shown. */
static size_t month_of(const struct figures *f, int64_t day)
{
    int year;
    int month;
    int mday;
    int at;

    clock_day_civil(day, &year, &month, &mday);
    at = (year - f->months[0].year) * 12 + month - 1;
    return at >= 0 && at < FIGURES_MONTHS ? (size_t)at : FIGURES_MONTHS;
}

static void add_month(struct figures *f, size_t stat, int64_t day, int64_t v)
{
    size_t at = month_of(f, day);

    if (at < FIGURES_MONTHS)
        figures_add(&f->months[at].visits[stat], v);
}

/* Completions of a thôn. */
static void add_thon(struct reading *r, const char *code, bool placed, int64_t day,
                     bool in_period, int64_t v)
{
    size_t at = placed ? month_of(r->f, day) : FIGURES_MONTHS;
    struct figures_thon *thon =
        in_period || at < FIGURES_MONTHS ? figures_thon_row(r, code) : NULL;

    if (!thon)
        return;
    if (in_period)
        figures_add(&thon->completions, v);
    if (at == FIGURES_MONTHS)
        return;
    if (!thon->months)
        thon->months = arena_alloc(r->arena, FIGURES_MONTHS * sizeof(*thon->months));
    figures_add(&thon->months[at], v);
}

/* A row without dims of one of the three, `placed` on a day or not. */
static void add_visits(struct reading *r, size_t stat, const char *unit, bool placed,
                       int64_t day, int64_t v)
{
    struct figures *f = r->f;
    struct figures_lesson *lesson;

    if (placed)
        add_month(f, stat, day, v);
    else if (stat == FIGURES_COMPLETIONS)
        figures_add(&f->undated, v);
    if (placed ? !period_holds(&f->period, day) : f->period.kind != PERIOD_ALL)
        return;
    figures_add(&f->visits[stat], v);
    lesson = figures_lesson_row(r, unit);
    if (lesson)
        figures_add(&lesson->visits[stat], v);
}

static void take_count(struct reading *r, const struct cell *c)
{
    const char *period = c[1].text;
    const char *dims = c[3].text;
    bool in_period;
    bool placed;
    int64_t day = 0;
    size_t stat = 0;

    if (period[0] == '?')
        placed = figures_place(strtoll(period + 1, NULL, 10), c[5].number, c[6].number,
                               c[7].number, &day);
    else
        placed = (day = clock_day_parse(period)) >= 0;
    in_period =
        placed ? period_holds(&r->f->period, day) : r->f->period.kind == PERIOD_ALL;
    while (stat < FIGURES_STATS && strcmp(visit_stats[stat], c[0].text))
        stat++;
    if (!strcmp(dims, "-")) {
        if (stat < FIGURES_STATS)
            add_visits(r, stat, c[2].text, placed, day, c[4].number);
        else if (in_period)
            figures_add_other(r, notice_stat(c[0].text, c[2].text), false, c[4].number);
    } else if (stat == FIGURES_COMPLETIONS) {
        add_thon(r, dims + strlen("thon="), placed, day, in_period, c[4].number);
    }
}

/* Periods that are read together: adding up the counters once is what takes time. */
struct readings {
    struct reading of[2];
    size_t n;
};

/* Cells of Q_PAGE_DAYS and its sisters: stat period unit dims value start uncertainty trust. */
static enum err take_row(void *ctx, const struct cell *c)
{
    struct readings *all = ctx;

    for (size_t i = 0; i < all->n; i++)
        take_count(&all->of[i], c);
    return ERR_OK;
}

/* The days that any of them shows, months beside the period too. */
static void days_of(const struct readings *all, struct period_days *out)
{
    struct period_days days;

    period_days(&all->of[0].f->period, out);
    for (size_t i = 0; i < all->n; i++) {
        const struct figures *f = all->of[i].f;
        char first[11];
        char last[11];

        period_days(&f->period, &days);
        snprintf(first, sizeof(first), "%04d-01-01", f->months[0].year);
        snprintf(last, sizeof(last), "%04d-12-31", f->months[FIGURES_MONTHS - 1].year);
        period_days_reach(out, days.first, days.last);
        period_days_reach(out, first, last);
    }
}

static enum err read_counts(struct readings *all)
{
    static const enum query parts[] = { Q_PAGE_DAYS, Q_PAGE_THONS };
    struct store *store = all->of[0].server->store;
    struct period_days days;
    enum err err = ERR_OK;

    days_of(all, &days);
    for (size_t i = 0; i < COUNT(parts) && !err; i++)
        err = store_run(store, parts[i], take_row, all, PARAM_TEXT(days.first),
                        PARAM_TEXT(days.last));
    return err ? err : store_run_plain(store, Q_PAGE_HOURS, take_row, all);
}

/* A lesson that anybody opened has a count of the others too, be it 0. */
static void fill_zeros(struct figure visits[FIGURES_STATS])
{
    bool known = false;

    for (size_t i = 0; i < FIGURES_STATS; i++)
        known = known || visits[i].known;
    for (size_t i = 0; i < FIGURES_STATS; i++)
        visits[i].known = known;
}

static enum err take_held(void *ctx, const struct cell *c)
{
    *(int64_t *)ctx = c[3].number;
    return ERR_OK;
}

static void prepare(struct reading *r, const char *period)
{
    struct figures *f = r->f;
    int64_t now_ms = clock_wall_ms(r->server->clock);
    int64_t today = clock_day(now_ms);
    int year;

    *f = (struct figures){ .now_ms = now_ms, .commune = r->server->commune };
    if (!period || !period_parse(period, &f->period))
        f->period = period_of(PERIOD_HALF, today);
    year = f->period.kind == PERIOD_ALL || f->period.kind == PERIOD_PHASE
               ? period_of(PERIOD_YEAR, today).year
               : f->period.year;
    for (int i = 0; i < FIGURES_MONTHS; i++) {
        f->months[i].year = year - 1 + i / 12;
        f->months[i].month = i % 12 + 1;
    }
    f->lessons = arena_alloc(r->arena, FIGURES_ROWS_MAX * sizeof(*f->lessons));
    f->thons = arena_alloc(r->arena, FIGURES_ROWS_MAX * sizeof(*f->thons));
    f->others = arena_alloc(r->arena, FIGURES_ROWS_MAX * sizeof(*f->others));
    f->machines = arena_alloc(r->arena, FIGURES_ROWS_MAX * sizeof(*f->machines));
}

static enum err read_rest(struct reading *r)
{
    struct figures *f = r->f;
    enum err err = figures_read_people(r);

    if (!err)
        err = figures_read_machines(r);
    if (!err)
        err = store_run_plain(r->server->store, Q_COUNT_ROWS, take_held, &f->held_rows);
    for (size_t i = 0; i < f->n_lessons; i++)
        fill_zeros(f->lessons[i].visits);
    fill_zeros(f->visits);
    for (int i = 0; i < FIGURES_MONTHS; i++)
        fill_zeros(f->months[i].visits);
    return err ? err : figures_read_names(r);
}

static enum err read_all(struct readings *all)
{
    enum err err = ERR_OK;

    for (size_t i = 0; i < all->n && !err; i++)
        err = figures_read_places(&all->of[i]);
    if (!err)
        err = read_counts(all);
    for (size_t i = 0; i < all->n && !err; i++)
        err = read_rest(&all->of[i]);
    return server_note(all->of[0].server, err);
}

enum err figures_read(struct server *s, const char *period, struct arena *arena,
                      struct figures *out)
{
    struct readings one = { { { s, arena, out } }, 1 };

    prepare(&one.of[0], period);
    return read_all(&one);
}

enum err figures_read_both(struct server *s, const struct period *p,
                           struct arena *arena, struct figures *out,
                           struct figures *before, bool *compare_out)
{
    struct readings both = { { { s, arena, out }, { s, arena, before } }, 1 };
    struct period last;
    char name[PERIOD_NAME_CHARS];

    *before = (struct figures){ 0 };
    *compare_out = period_before(p, &last);
    period_name(p, name);
    prepare(&both.of[0], name);
    if (*compare_out) {
        period_name(&last, name);
        prepare(&both.of[1], name);
        both.n = 2;
    }
    return read_all(&both);
}

enum err figures_machines(struct server *s, struct arena *arena, struct figures *out)
{
    struct reading r = { s, arena, out };
    enum err err;

    prepare(&r, NULL);
    err = figures_read_machines(&r);
    if (!err)
        err = figures_read_names(&r);
    return server_note(s, err);
}

const struct figures_thon *figures_thon_of(const struct figures *f, const char *code)
{
    for (size_t i = 0; i < f->n_thons; i++)
        if (!strcmp(f->thons[i].code, code))
            return &f->thons[i];
    return NULL;
}

const struct figures_lesson *figures_lesson_of(const struct figures *f, const char *id)
{
    for (size_t i = 0; i < f->n_lessons; i++)
        if (!strcmp(f->lessons[i].id, id))
            return &f->lessons[i];
    return NULL;
}

const struct figures_machine *figures_machine_of(const struct figures *f,
                                                 const char *id)
{
    for (size_t i = 0; i < f->n_machines; i++)
        if (!strcmp(f->machines[i].id, id))
            return &f->machines[i];
    return NULL;
}
