/* Takes out of the database what may leave: lượt added up to the periods of gauges, hours
 * placed on days as every reader does, people as their kiosks counted them. */
#include "outside.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/json.h"
#include "figures.h"
#include "period.h"
#include "settings.h"
#include "span.h"

#define CELLS_MAX \
    2000000 /* before they are added up; a commune has some ten thousand */
#define MONTHS_MAX 240
#define NO_DIMS ""
#define OF_PEOPLE "band group job sex"

enum kind {
    TIMES,  /* lượt */
    FIRSTS, /* people, each once in all times: months add up */
    PEOPLE,
    STOCK, /* people, known until it is said anew */
    STAYS, /* how well an item is asked is nobody's business outside */
};

/* What is not named here leaves without dims, as TIMES or PEOPLE. */
static const struct rule {
    const char *stat;
    enum kind kind;
    const char *dims;
    const char *part_of;
} rules[] = {
    { "active", PEOPLE, OF_PEOPLE, "registered" },
    { "assisted_completions", TIMES, NO_DIMS, "completions" },
    { "attendance", TIMES, OF_PEOPLE, NULL },
    { "completions", TIMES, OF_PEOPLE, NULL },
    { "finished_one", PEOPLE, OF_PEOPLE, "active" },
    { "group_completions", TIMES, NO_DIMS, "completions" },
    { "guest_completions", TIMES, NO_DIMS, "completions" },
    { "help", TIMES, "kind", NULL },
    { "item_first_right", STAYS, NO_DIMS, NULL },
    { "item_shown", STAYS, NO_DIMS, NULL },
    { "lesson_firsts", FIRSTS, NO_DIMS, NULL },
    { "module_finished", FIRSTS, OF_PEOPLE, NULL },
    { "passes", TIMES, NO_DIMS, "completions" },
    { "path_finished", FIRSTS, OF_PEOPLE, NULL },
    { "registered", STOCK, OF_PEOPLE, NULL },
    { "visitor_completions", TIMES, NO_DIMS, "completions" },
    { "vneid_status", STOCK, "s", NULL },
};

struct taking {
    struct server *server;
    struct arena *arena;
    struct outside *out;
    size_t cap;
    int64_t phase1_last; /* day */
    const char *period;  /* of the stock that is read */
    char first_month[PERIOD_NAME_CHARS], last_month[PERIOD_NAME_CHARS];
};

static struct rule rule_of(const char *stat, enum kind otherwise)
{
    for (size_t i = 0; i < COUNT(rules); i++)
        if (!strcmp(rules[i].stat, stat))
            return rules[i];
    return (struct rule){ stat, otherwise, NO_DIMS, NULL };
}

/* Whole, or one dimension that the rule names. */
static bool may_leave(const struct rule *rule, const char *dims)
{
    size_t n = strcspn(dims, "=");

    if (rule->kind == STAYS || strchr(dims, ';'))
        return false;
    if (!strcmp(dims, "-"))
        return true;
    for (const char *at = rule->dims; *at; at += strspn(at, " ")) {
        size_t n_name = strcspn(at, " ");

        if (n_name == n && !memcmp(at, dims, n))
            return true;
        at += n_name;
    }
    return false;
}

static enum err add(struct taking *t, const struct rule *rule, const char *period,
                    const char *unit, const char *dims, int64_t v)
{
    struct outside *o = t->out;

    if (o->n == CELLS_MAX)
        return ERR_FULL;
    if (o->n == t->cap) {
        struct outside_cell *more;

        t->cap = t->cap ? 2 * t->cap : 4096;
        more = arena_alloc(t->arena, t->cap * sizeof(*more));
        if (o->n)
            memcpy(more, o->cells, o->n * sizeof(*more));
        o->cells = more;
    }
    o->cells[o->n++] = (struct outside_cell){
        .stat = arena_strdup(t->arena, rule->stat),
        .period = arena_strdup(t->arena, period),
        .unit = arena_strdup(t->arena, unit),
        .dims = arena_strdup(t->arena, dims),
        .value = v,
        .part_of = rule->part_of,
        .over_units = rule->kind == TIMES,
        .over_time = rule->kind == TIMES || rule->kind == FIRSTS,
    };
    return ERR_OK;
}

static void note_month(struct taking *t, const char *month)
{
    struct period p;

    if (!period_parse(month, &p) || p.kind != PERIOD_MONTH)
        return;
    if (!*t->first_month || strcmp(month, t->first_month) < 0)
        period_name(&p, t->first_month);
    if (strcmp(month, t->last_month) > 0)
        period_name(&p, t->last_month);
}

/* --- lượt --------------------------------------------------------------------------- */

/* By lesson, module, … the whole alone leaves; parts leave for all of them together. */
static enum err add_times(struct taking *t, const char *period, const char *stat,
                          const char *unit, const char *dims, int64_t v)
{
    struct rule rule = rule_of(stat, TIMES);
    enum err err = ERR_OK;

    if (!may_leave(&rule, dims))
        return ERR_OK;
    if (!strcmp(dims, "-") && strcmp(unit, OUTSIDE_ALL_UNITS) != 0)
        err = add(t, &rule, period, unit, dims, v);
    return err ? err : add(t, &rule, period, OUTSIDE_ALL_UNITS, dims, v);
}

static enum err add_month(struct taking *t, const char *month, const char *phase,
                          const char *const row[3], int64_t v)
{
    const char *all[6] = { month, NULL, NULL, NULL, phase, "all" };
    enum err err = ERR_OK;

    note_month(t, month);
    for (size_t i = 1; i < 4; i++)
        all[i] = outside_period_above(t->out, all[i - 1], t->arena);
    for (size_t i = 0; i < COUNT(all) && !err; i++)
        if (all[i] && *all[i])
            err = add_times(t, all[i], row[0], row[1], row[2], v);
    return err;
}

/* Cells: stat month phase unit dims value. */
static enum err take_days(void *ctx, const struct cell *c)
{
    const char *const row[] = { c[0].text, c[3].text, c[4].text };

    return add_month(ctx, c[1].text, c[2].text, row, c[5].number);
}

static const char *phase_of(const struct taking *t, int64_t day)
{
    struct span span;

    for (int i = 1; i <= 2; i++)
        if (span_parse(i == 1 ? "P1" : "P2", t->phase1_last, &span) &&
            span_holds(&span, day))
            return i == 1 ? "P1" : "P2";
    return "";
}

/* Cells: stat period unit dims value start uncertainty trust. */
static enum err take_hour(void *ctx, const struct cell *c)
{
    struct taking *t = ctx;
    const char *const row[] = { c[0].text, c[2].text, c[3].text };
    char day_text[11];
    int64_t day;

    if (!figures_place(strtoll(c[1].text + 1, NULL, 10), c[5].number, c[6].number,
                       c[7].number, &day))
        return add_times(t, "all", row[0], row[1], row[2], c[4].number);
    clock_day_text(day, day_text);
    day_text[7] = 0; /* "2026-11" */
    return add_month(t, day_text, phase_of(t, day), row, c[4].number);
}

/* --- người -------------------------------------------------------------------------- */

/* Cells: stat period unit dims value. */
static enum err take_gauge(void *ctx, const struct cell *c)
{
    struct taking *t = ctx;
    struct rule rule = rule_of(c[0].text, PEOPLE);

    note_month(t, c[1].text);
    return rule.kind != STOCK && may_leave(&rule, c[3].text)
               ? add(t, &rule, c[1].text, c[2].text, c[3].text, c[4].number)
               : ERR_OK;
}

/* Cells: stat unit dims value. States are counted without a whole: they get one, which
 * everybody could add up, so that a small one is hidden together with another. */
static enum err take_stock(void *ctx, const struct cell *c)
{
    struct taking *t = ctx;
    struct rule rule = rule_of(c[0].text, STOCK);
    enum err err;

    if (!may_leave(&rule, c[2].text))
        return ERR_OK;
    err = add(t, &rule, t->period, c[1].text, c[2].text, c[3].number);
    if (!err && !strncmp(c[2].text, "s=", 2))
        err = add(t, &rule, t->period, c[1].text, "-", c[3].number);
    return err;
}

static enum err read_stocks(struct taking *t, const char *period)
{
    enum err err = ERR_OK;

    t->period = period;
    for (size_t i = 0; i < COUNT(rules) && !err; i++)
        if (rules[i].kind == STOCK)
            err = store_run(t->server->store, Q_REPORT_STOCK, take_stock, t,
                            PARAM_TEXT(period), PARAM_TEXT(rules[i].stat));
    return err;
}

/* Of every period from the first month that anything is known for until now. */
static enum err read_all_stocks(struct taking *t)
{
    static const enum period_kind kinds[] = { PERIOD_MONTH, PERIOD_QUARTER, PERIOD_HALF,
                                              PERIOD_YEAR };
    int64_t now = clock_day(clock_wall_ms(t->server->clock));
    struct period first, last;
    char name[PERIOD_NAME_CHARS];
    enum err err = ERR_OK;

    if (!*t->first_month || !period_parse(t->first_month, &first) ||
        !period_parse(t->last_month, &last))
        return ERR_OK;
    if (server_clock_is_sane(t->server) && now > last.first_day)
        last = period_of(PERIOD_MONTH, now);
    for (size_t k = 0; k < COUNT(kinds) && !err; k++) {
        struct period p = period_of(kinds[k], first.first_day);

        for (int i = 0; !err && i < MONTHS_MAX && p.first_day <= last.first_day; i++) {
            period_name(&p, name);
            err = read_stocks(t, name);
            p = period_step(&p, 1);
        }
    }
    if (!err)
        err = read_stocks(t, "P1");
    if (!err && last.first_day > t->phase1_last)
        err = read_stocks(t, "P2");
    return err ? err : read_stocks(t, "all");
}

/* --- the whole ---------------------------------------------------------------------- */

/* Adds up what has one key. */
static void fold(struct outside *o)
{
    size_t n = 0;

    if (o->n)
        qsort(o->cells, o->n, sizeof(*o->cells), outside_compare);
    for (size_t i = 0; i < o->n; i++) {
        if (n && !outside_compare(&o->cells[n - 1], &o->cells[i]))
            o->cells[n - 1].value += o->cells[i].value;
        else
            o->cells[n++] = o->cells[i];
    }
    o->n = n;
}

static enum err read_phases(struct taking *t)
{
    int month, mday, year;
    struct buf last;
    enum err err;

    buf_init(&last, SETTING_VALUE_MAX + 1);
    err = settings_get(t->server, "report.phase1-end", SPAN_PHASE1_LAST, &last);
    t->phase1_last = clock_day_parse(buf_text(&last));
    if (t->phase1_last < 0)
        t->phase1_last = clock_day_parse(SPAN_PHASE1_LAST);
    buf_finish(&last);
    clock_day_civil(t->phase1_last, &year, &month, &mday);
    t->out->phase1_year = year;
    t->out->years_fill_phases = month == 12 && mday == 31;
    return err;
}

enum err outside_read(struct server *s, struct arena *arena, struct outside *out)
{
    struct taking t = { .server = s, .arena = arena, .out = out };
    char phase1_last[11];
    enum err err;

    *out = (struct outside){ 0 };
    err = read_phases(&t);
    clock_day_text(t.phase1_last, phase1_last);
    if (!err)
        err =
            store_run(s->store, Q_OUTSIDE_DAYS, take_days, &t, PARAM_TEXT(phase1_last));
    if (!err)
        err = store_run_plain(s->store, Q_REPORT_HOURS, take_hour, &t);
    if (!err)
        err = store_run_plain(s->store, Q_OUTSIDE_GAUGES, take_gauge, &t);
    if (!err)
        err = read_all_stocks(&t);
    fold(out);
    return server_note(s, err);
}

enum err outside_json(struct server *s, struct buf *out)
{
    struct arena arena = { 0 };
    struct outside o;
    enum err err = outside_read(s, &arena, &o);

    if (!err)
        outside_merge(&o);
    json_open(out, NULL, '{');
    json_put_int(out, "schema", 1);
    json_open(out, "rows", '[');
    for (size_t i = 0; !err && i < o.n; i++) {
        if (o.cells[i].hidden)
            continue;
        json_open(out, NULL, '[');
        json_put_text(out, NULL, o.cells[i].stat);
        json_put_text(out, NULL, o.cells[i].period);
        json_put_text(out, NULL, o.cells[i].unit);
        json_put_text(out, NULL, o.cells[i].dims);
        json_put_int(out, NULL, o.cells[i].value);
        json_close(out, ']');
    }
    json_close(out, ']');
    json_close(out, '}');
    arena_finish(&arena);
    return err ? err : out->overflow ? ERR_FULL : ERR_OK;
}
