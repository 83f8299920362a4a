/* See tally.h. Counters and gauges are read a statistic or a period at a time, sorted, and
 * rows of one key folded together. */
#include "tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "figures.h"
#include "notice.h"
#include "period.h"

#define ENTRIES_MAX 400000 /* a commune has a few thousand */
#define MONTHS_MAX 240     /* of a free range */

static const char *const counters[] = {
    "starts",
    "completions",
    "passes",
    "attendance",
    "head_count",
    "classes",
    "help",
    "sign_offs",
    "certificates",
    "notice_plays",
    NOTICE_STAT, /* stored as notice_plays */
    "volunteer_minutes",
    "item_shown",
    "item_first_right",
};
static const char *const stocks[] = { "registered", "vneid_status" };
static const char *const first_times[] = { "lesson_firsts", "module_finished",
                                           "path_finished" };

enum fold { FOLD_SUM, FOLD_MAX };

struct pile {
    struct server *server;
    struct arena *arena;
    struct tally *t;
    size_t cap;
    const char *only; /* the one counter that is wanted, or NULL: all */
    bool whole;       /* a gauge's month lies within the span */
};

static bool is_counter(const char *stat)
{
    for (size_t i = 0; i < COUNT(counters); i++)
        if (!strcmp(counters[i], stat))
            return true;
    return false;
}

static enum fold least_of(const char *stat)
{
    for (size_t i = 0; i < COUNT(first_times); i++)
        if (!strcmp(first_times[i], stat))
            return FOLD_SUM;
    return FOLD_MAX;
}

static void add(struct pile *p, const char *stat, const char *unit, const char *dims,
                int64_t least, int64_t most)
{
    struct tally *t = p->t;

    if (t->n_entries == ENTRIES_MAX)
        return;
    if (t->n_entries == p->cap) {
        struct tally_entry *more;

        p->cap = p->cap ? 2 * p->cap : 1024;
        more = arena_alloc(p->arena, p->cap * sizeof(*more));
        if (t->n_entries)
            memcpy(more, t->entries, t->n_entries * sizeof(*more));
        t->entries = more;
    }
    t->entries[t->n_entries++] =
        (struct tally_entry){ arena_strdup(p->arena, stat),
                              arena_strdup(p->arena, unit),
                              arena_strdup(p->arena, dims), least, most };
}

static void add_count(struct pile *p, const char *stat, const char *unit,
                      const char *dims, int64_t v)
{
    stat = notice_stat(stat, unit);
    add(p, stat, unit, dims, v, v);
    add(p, stat, TALLY_ALL_UNITS, dims, v, v);
}

/* --- folding ---------------------------------------------------------------------------- */

static int by_key(const void *a, const void *b)
{
    const struct tally_entry *x = a, *y = b;
    int order = strcmp(x->stat, y->stat);

    if (!order)
        order = strcmp(x->unit, y->unit);
    return order ? order : strcmp(x->dims, y->dims);
}

/* Counters always add up; of a gauge's months the greatest is certain, the sum possible. */
static void fold(struct tally *t)
{
    size_t n = 0;

    if (t->n_entries)
        qsort(t->entries, t->n_entries, sizeof(*t->entries), by_key);
    for (size_t i = 0; i < t->n_entries; i++) {
        struct tally_entry *e = &t->entries[i], *last = n ? &t->entries[n - 1] : NULL;

        if (!last || by_key(last, e)) {
            t->entries[n++] = *e;
            continue;
        }
        last->most += e->most;
        if (is_counter(e->stat) || least_of(e->stat) == FOLD_SUM)
            last->least += e->least;
        else if (e->least > last->least)
            last->least = e->least;
    }
    t->n_entries = n;
}

static const struct tally_entry *find(const struct tally *t, const char *stat,
                                      const char *unit, const char *dims)
{
    const struct tally_entry key = { stat, unit, dims, 0, 0 };

    return t->n_entries ? bsearch(&key, t->entries, t->n_entries, sizeof(key), by_key)
                        : NULL;
}

/* --- lượt ------------------------------------------------------------------------------- */

/* Cells: stat unit dims value. */
static enum err take_count(void *ctx, const struct cell *c)
{
    if (is_counter(c[0].text))
        add_count(ctx, c[0].text, c[1].text, c[2].text, c[3].number);
    return ERR_OK;
}

/* Cells: stat period unit dims value start uncertainty trust. */
static enum err take_hour(void *ctx, const struct cell *c)
{
    struct pile *p = ctx;
    const struct span *span = &p->t->span;
    int64_t day = 0;
    bool placed = figures_place(strtoll(c[1].text + 1, NULL, 10), c[5].number,
                                c[6].number, c[7].number, &day);

    if (p->only && strcmp(p->only, c[0].text) != 0)
        return ERR_OK;
    if (!placed && !strcmp(c[0].text, "completions") && !strcmp(c[3].text, "-"))
        p->t->undated += c[4].number;
    if (placed ? span_holds(span, day) : span->is_all)
        add_count(p, c[0].text, c[2].text, c[3].text, c[4].number);
    return ERR_OK;
}

static enum err read_counts(struct pile *p)
{
    const struct span *span = &p->t->span;
    char from[11] = "0", to[11] = "9999-12-31";
    enum err err;

    if (!span->is_all) {
        clock_day_text(span->first_day, from);
        clock_day_text(span->end_day - 1, to);
    }
    err = store_run(p->server->store, Q_REPORT_DAYS, take_count, p, PARAM_TEXT(from),
                    PARAM_TEXT(to), PARAM_TEXT(p->only ? p->only : ""));
    return err ? err : store_run_plain(p->server->store, Q_REPORT_HOURS, take_hour, p);
}

/* --- người ------------------------------------------------------------------------------ */

/* Cells: stat unit dims value. */
static enum err take_gauge(void *ctx, const struct cell *c)
{
    struct pile *p = ctx;

    for (size_t i = 0; i < COUNT(stocks); i++)
        if (!strcmp(c[0].text, stocks[i]))
            return ERR_OK; /* read_stocks */
    add(p, c[0].text, c[1].text, c[2].text, p->whole ? c[3].number : 0, c[3].number);
    return ERR_OK;
}

static enum err take_stock(void *ctx, const struct cell *c)
{
    add(ctx, c[0].text, c[1].text, c[2].text, c[3].number, c[3].number);
    return ERR_OK;
}

static enum err read_stocks(struct pile *p, const char *period)
{
    enum err err = ERR_OK;

    for (size_t i = 0; !err && i < COUNT(stocks); i++)
        err = store_run(p->server->store, Q_REPORT_STOCK, take_stock, p,
                        PARAM_TEXT(period), PARAM_TEXT(stocks[i]));
    return err;
}

/* Months that a free span touches; who is registered, at the end of the last. */
static enum err read_months(struct pile *p)
{
    const struct span *span = &p->t->span;
    struct period month = period_of(PERIOD_MONTH, span->first_day);
    char name[PERIOD_NAME_CHARS] = "";
    enum err err = ERR_OK;

    for (int i = 0; !err && month.first_day < span->end_day && i < MONTHS_MAX; i++) {
        period_name(&month, name);
        p->whole = month.first_day >= span->first_day && month.end_day <= span->end_day;
        err =
            store_run(p->server->store, Q_PAGE_GAUGES, take_gauge, p, PARAM_TEXT(name));
        month = period_step(&month, 1);
    }
    return err ? err : read_stocks(p, name);
}

/* Nobody counts more than once in all. */
static enum err cap_by_all(struct pile *p)
{
    struct tally all = { .span = p->t->span };
    struct pile of_all = {
        .server = p->server, .arena = p->arena, .t = &all, .whole = true
    };
    enum err err = store_run(p->server->store, Q_PAGE_GAUGES, take_gauge, &of_all,
                             PARAM_TEXT("all"));

    fold(&all);
    for (size_t i = 0; !err && i < p->t->n_entries; i++) {
        struct tally_entry *e = &p->t->entries[i];
        const struct tally_entry *cap = find(&all, e->stat, e->unit, e->dims);

        if (cap && e->most > cap->most)
            e->most = cap->most;
    }
    return err;
}

static enum err read_people(struct pile *p)
{
    const struct span *span = &p->t->span;
    enum err err;

    if (p->t->not_begun)
        return ERR_OK; /* a stock would be that of today */
    if (span->is_free)
        return read_months(p);
    p->whole = true;
    err = store_run(p->server->store, Q_PAGE_GAUGES, take_gauge, p,
                    PARAM_TEXT(span->name));
    return err ? err : read_stocks(p, span->name);
}

/* By a clock that can be believed. */
static bool lies_ahead(const struct server *s, const struct span *span)
{
    return server_clock_is_sane(s) &&
           span->first_day > clock_day(clock_wall_ms(s->clock));
}

/* --- the whole --------------------------------------------------------------------------- */

enum err tally_read(struct server *s, const struct span *span, struct arena *arena,
                    const struct tally *like, struct tally *out)
{
    struct pile p = { .server = s, .arena = arena, .t = out };
    enum err err;

    *out = (struct tally){ .span = *span, .not_begun = lies_ahead(s, span) };
    if (like) {
        out->firsts = like->firsts;
        out->n_firsts = like->n_firsts;
    }
    err = read_counts(&p);
    if (!err)
        err = read_people(&p);
    fold(out);
    if (!err && span->is_free)
        err = cap_by_all(&p);
    if (!err && !like)
        err = tally_read_firsts(s, arena, out);
    return server_note(s, err);
}

enum err tally_read_count(struct server *s, const struct span *span, const char *stat,
                          struct arena *arena, const struct tally *like,
                          struct tally *out)
{
    struct pile p = { .server = s, .arena = arena, .t = out, .only = stat };
    enum err err;

    *out = (struct tally){ .span = *span,
                           .not_begun = lies_ahead(s, span),
                           .firsts = like->firsts,
                           .n_firsts = like->n_firsts };
    err = read_counts(&p);
    fold(out);
    return server_note(s, err);
}

struct value tally_get(const struct tally *t, const char *stat, const char *unit,
                       const char *dims)
{
    const struct tally_entry *e = find(t, stat, unit, dims);

    if (e)
        return (struct value){ .kind = e->least == e->most ? VALUE_NUMBER : VALUE_RANGE,
                               .least = e->least,
                               .most = e->most };
    return tally_is_measured(t, stat, dims) ? VALUE_OF(0)
                                            : (struct value){ .kind = VALUE_NONE };
}
