/* See figures.h. Three passes: names, counters (lượt), gauges (người). */
#include "figures.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "titles.h"

#define HOUR_MS 3600000LL
#define PLACE_UNCERTAINTY_MS (24 * HOUR_MS)
#define TWIN_REMEMBER_MS (30 * 24 * HOUR_MS) /* since the last two-faced number */
#define ROWS_MAX 2000 /* of one list; more cannot be read by anyone */

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
    { "volunteer_minutes", "Thời gian của tình nguyện viên", "phút" },
};

struct reading {
    struct server *server;
    struct arena *arena;
    struct figures *f;
};

static void add(struct figure *figure, int64_t v)
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

static struct figures_lesson *lesson_of(struct reading *r, const char *id)
{
    struct figures *f = r->f;
    size_t i = 0;

    while (i < f->n_lessons && strcmp(f->lessons[i].id, id))
        i++;
    if (i == f->n_lessons && i < ROWS_MAX) {
        const char *copy = arena_strdup(r->arena, id);

        f->lessons[f->n_lessons++] = (struct figures_lesson){ .id = copy };
    }
    return i < ROWS_MAX ? &f->lessons[i] : NULL;
}

static struct figures_thon *thon_of(struct reading *r, const char *code)
{
    struct figures *f = r->f;
    size_t i = 0;

    while (i < f->n_thons && strcmp(f->thons[i].code, code))
        i++;
    if (i == f->n_thons && i < ROWS_MAX)
        f->thons[f->n_thons++] =
            (struct figures_thon){ .code = arena_strdup(r->arena, code) };
    return i < ROWS_MAX ? &f->thons[i] : NULL;
}

static bool is_known(const char *stat)
{
    size_t n = strlen(stat);

    for (const char *at = known_stats; n && (at = strstr(at, stat)); at += n)
        if (at[-1] == ' ' && at[n] == ' ') /* ids have no spaces: never at its start */
            return true;
    return false;
}

static void add_other(struct reading *r, const char *stat, bool people, int64_t v)
{
    struct figures *f = r->f;
    size_t i = 0;

    if (is_known(stat))
        return;
    while (i < f->n_others &&
           (strcmp(f->others[i].stat, stat) || f->others[i].people != people))
        i++;
    if (i == ROWS_MAX)
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

static void add_month(struct figures *f, size_t stat, int64_t day, int64_t v)
{
    int year;
    int month;
    int mday;
    int at;

    clock_day_civil(day, &year, &month, &mday);
    at = (year - f->months[0].year) * 12 + month - 1;
    if (at >= 0 && at < FIGURES_MONTHS)
        add(&f->months[at].visits[stat], v);
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
        add(&f->undated, v);
    if (placed ? !period_holds(&f->period, day) : f->period.kind != PERIOD_ALL)
        return;
    add(&f->visits[stat], v);
    lesson = lesson_of(r, unit);
    if (lesson)
        add(&lesson->visits[stat], v);
}

/* Cells of Q_PAGE_DAYS and its sisters: stat period unit dims value start uncertainty trust. */
static enum err take_count(void *ctx, const struct cell *c)
{
    struct reading *r = ctx;
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
            add_other(r, c[0].text, false, c[4].number);
    } else if (in_period && stat == FIGURES_COMPLETIONS) {
        struct figures_thon *thon = thon_of(r, dims + strlen("thon="));

        if (thon)
            add(&thon->completions, c[4].number);
    }
    return ERR_OK;
}

static enum err read_counts(struct reading *r)
{
    static const enum query parts[] = { Q_PAGE_DAYS, Q_PAGE_THONS, Q_PAGE_HOURS };
    enum err err = ERR_OK;

    for (size_t i = 0; i < COUNT(parts) && !err; i++)
        err = store_run_plain(r->server->store, parts[i], take_count, r);
    return err;
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

/* --- người ------------------------------------------------------------------------ */

/* Cells of Q_PAGE_GAUGES and Q_PAGE_STOCK: stat unit dims value. */
static enum err take_gauge(void *ctx, const struct cell *c)
{
    struct reading *r = ctx;
    struct figures *f = r->f;
    const char *dims = c[2].text;
    bool registered = !strcmp(c[0].text, "registered");
    bool finished = !strcmp(c[0].text, "finished_one");
    bool whole = !strcmp(dims, "-");

    if (whole && registered) {
        add(&f->registered, c[3].number);
    } else if (whole && finished) {
        add(&f->finished, c[3].number);
    } else if (whole && !strcmp(c[0].text, "lesson_firsts")) {
        struct figures_lesson *lesson = lesson_of(r, c[1].text);

        if (lesson)
            add(&lesson->firsts, c[3].number);
    } else if (registered && !strcmp(dims, "sex=f")) {
        add(&f->women, c[3].number);
    } else if (registered && !strcmp(dims, "band=b4")) {
        add(&f->over60, c[3].number);
    } else if ((registered || finished) && !strncmp(dims, "thon=", 5) &&
               !strchr(dims, ';')) {
        struct figures_thon *thon = thon_of(r, dims + 5);

        if (thon)
            add(registered ? &thon->registered : &thon->finished, c[3].number);
    } else if (whole) {
        add_other(r, c[0].text, true, c[3].number);
    }
    return ERR_OK;
}

static enum err read_people(struct reading *r)
{
    struct store *store = r->server->store;
    char name[PERIOD_NAME_CHARS];
    enum err err;

    period_name(&r->f->period, name);
    err = store_run(store, Q_PAGE_GAUGES, take_gauge, r, PARAM_TEXT(name));
    if (!err)
        err = store_run(store, Q_PAGE_STOCK, take_gauge, r, PARAM_TEXT(name));
    if (err || r->f->registered.known)
        return err;
    err = store_run(store, Q_PAGE_STOCK, take_gauge, r, PARAM_TEXT("all"));
    r->f->registered_now = r->f->registered.known;
    return err;
}

/* --- names ------------------------------------------------------------------------ */

static enum err take_setting(void *ctx, const struct cell *c)
{
    struct reading *r = ctx;
    struct figures *f = r->f;

    if (!strcmp(c[0].text, "commune.name"))
        f->commune = arena_strdup(r->arena, c[1].text);
    if (!strncmp(c[0].text, "thon.", 5)) {
        struct figures_thon *thon = thon_of(r, c[0].text + 5);

        if (thon)
            thon->name = arena_strdup(r->arena, c[1].text);
    }
    return ERR_OK;
}

static enum err take_machine(void *ctx, const struct cell *c)
{
    struct reading *r = ctx;
    struct figures *f = r->f;

    if (!c[0].text || f->n_machines == ROWS_MAX)
        return ERR_OK;
    f->machines[f->n_machines++] = (struct figures_machine){
        .id = arena_strdup(r->arena, c[0].text),
        .revoked = !strcmp(c[1].text, "revoked"),
        .seen_ms = c[2].number,
        .only_here = c[5].number > 0 ? c[5].number : 0,
        .shared_key = c[8].number && f->now_ms - c[8].number < TWIN_REMEMBER_MS,
    };
    return ERR_OK;
}

static enum err take_name(void *ctx, const struct cell *c)
{
    struct reading *r = ctx;
    struct figures *f = r->f;

    for (size_t i = 0; !strncmp(c[0].text, "lesson.", 7) && i < f->n_lessons; i++)
        if (!strcmp(f->lessons[i].id, c[0].text + 7))
            f->lessons[i].title = arena_strdup(r->arena, c[1].text);
    for (size_t i = 0; !strncmp(c[0].text, "kiosk.", 6) && i < f->n_machines; i++)
        if (!strcmp(f->machines[i].id, c[0].text + 6))
            f->machines[i].name = arena_strdup(r->arena, c[1].text);
    return ERR_OK;
}

static int by_place(const void *a, const void *b)
{
    const struct figures_lesson *x = a;
    const struct figures_lesson *y = b;

    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return strcmp(x->id, y->id);
}

static int by_code(const void *a, const void *b)
{
    const struct figures_thon *x = a;
    const struct figures_thon *y = b;

    return strcmp(x->code, y->code);
}

static void name_lessons(struct reading *r)
{
    const struct titles *titles = r->server->titles;
    struct figures *f = r->f;

    for (size_t i = 0; i < f->n_lessons; i++) {
        struct figures_lesson *l = &f->lessons[i];

        l->place = titles ? titles_find(titles, l->id) : 0;
        if (!l->title)
            l->title = titles && l->place < titles->n_rows ? titles->rows[l->place].text
                                                           : l->id;
        fill_zeros(l->visits);
    }
    qsort(f->lessons, f->n_lessons, sizeof(*f->lessons), by_place);
    qsort(f->thons, f->n_thons, sizeof(*f->thons), by_code);
    for (size_t i = 0; i < f->n_machines; i++)
        if (!f->machines[i].name)
            f->machines[i].name = f->machines[i].id;
}

static enum err take_held(void *ctx, const struct cell *c)
{
    *(int64_t *)ctx = c[3].number;
    return ERR_OK;
}

static void prepare(struct reading *r, const char *period)
{
    struct figures *f = r->f;
    int64_t today = clock_day(clock_wall_ms(r->server->clock));
    struct period this_year = period_of(PERIOD_YEAR, today);
    int year;

    *f = (struct figures){ .now_ms = clock_wall_ms(r->server->clock),
                           .commune = r->server->commune };
    if (!period || !period_parse(period, &f->period))
        f->period = period_of(PERIOD_HALF, today);
    year = f->period.kind == PERIOD_ALL ? this_year.year : f->period.year;
    for (int i = 0; i < FIGURES_MONTHS; i++) {
        f->months[i].year = year - 1 + i / 12;
        f->months[i].month = i % 12 + 1;
    }
    f->lessons = arena_alloc(r->arena, ROWS_MAX * sizeof(*f->lessons));
    f->thons = arena_alloc(r->arena, ROWS_MAX * sizeof(*f->thons));
    f->others = arena_alloc(r->arena, ROWS_MAX * sizeof(*f->others));
    f->machines = arena_alloc(r->arena, ROWS_MAX * sizeof(*f->machines));
}

enum err figures_read(struct server *s, const char *period, struct arena *arena,
                      struct figures *out)
{
    struct reading r = { s, arena, out };
    enum err err;

    prepare(&r, period);
    err = store_run_plain(s->store, Q_SETTINGS, take_setting, &r);
    if (!err)
        err = read_counts(&r);
    if (!err)
        err = read_people(&r);
    if (!err)
        err = store_run_plain(s->store, Q_KIOSKS, take_machine, &r);
    if (!err)
        err = store_run_plain(s->store, Q_SETTINGS, take_name, &r);
    if (!err)
        err = store_run_plain(s->store, Q_COUNT_ROWS, take_held, &out->held_rows);
    if (err)
        return server_note(s, err);
    fill_zeros(out->visits);
    for (int i = 0; i < FIGURES_MONTHS; i++)
        fill_zeros(out->months[i].visits);
    name_lessons(&r);
    return ERR_OK;
}
