/* Sums of counters, values of gauges, and when there is none to tell. */
#include "store/figures.h"

#include <stdio.h>
#include <string.h>

#include "store/figures_private.h"
#include "store/private.h"
#include "store/stats.h"

#define MONTHS_MAX 240 /* of a free range */

/* Counters by the day they belong to. Hours whose run was dated since are placed like the
 * server does (PROTOCOL §2); day NULL: nobody knows. ?1 stat, ?2 dims. */
#define PLACED                                                                       \
    "(SELECT t.unit, t.plus - t.minus AS n, CASE WHEN t.period NOT GLOB '[?]*'"      \
    " THEN CAST(julianday(t.period) - 2440587.5 AS INTEGER)"                         \
    " WHEN r.trust > 0 AND r.uncertainty_ms <= 86400000 THEN (r.start_ms + 25200000" \
    " + CAST(substr(t.period, 2) AS INTEGER) * 3600000 + 1800000) / 86400000"        \
    " END AS day FROM total t JOIN run r ON r.ord = t.run"                           \
    " WHERE t.stat = ?1 AND t.dims = ?2)"

/* --- is there anything to tell? ----------------------------------------------------- */

/* A statistic is measured from the first time that its witness was: 0 completions is
 * true where lessons were started, and unknown where none was. */
static const char *witness_of(const char *stat)
{
    static const struct {
        const char *stats, *witness;
    } families[] = {
        { " completions passes seconds guest_completions assisted_completions"
          " group_completions visitor_completions item_first_right ",
          "starts" },
        { " active finished_one lesson_firsts module_finished path_finished ",
          "registered" },
        { " attendance head_count ", "classes" },
    };
    size_t n = strlen(stat);

    for (size_t i = 0; i < COUNT(families); i++)
        for (const char *at = strstr(families[i].stats, stat); at;
             at = strstr(at + 1, stat))
            if (at[-1] == ' ' && at[n] == ' ')
                return families[i].witness;
    return stat;
}

static enum err seen(struct db *db, const char *sql, const char *text, bool *out)
{
    sqlite3_stmt *st = db_stmt(db, sql);
    int64_t n;
    enum err err;

    db_bind_text(st, 1, text);
    err = db_int(db, st, 0, &n);
    *out = n != 0;
    return err;
}

/* The first day of which this kiosk knows anything, -1: none is certain. */
static enum err first_day(struct db *db, int64_t *out)
{
    return db_int(db,
                  db_stmt(db, "SELECT day FROM event WHERE day IS NOT NULL"
                              " ORDER BY seq LIMIT 1"),
                  -1, out);
}

/* Whether a missing row means 0: the statistic was measured, of these people, by the end
 * of the range. */
static enum err is_measured(struct db *db, const char *stat, const char *dims,
                            const struct figure_range *range, bool *out)
{
    int64_t first;
    enum err err = first_day(db, &first);

    *out = !err && (range->to_day < 0 || (first >= 0 && range->to_day >= first));
    if (*out)
        err = seen(db,
                   "SELECT EXISTS(SELECT 1 FROM total WHERE stat = ?1)"
                   " OR EXISTS(SELECT 1 FROM gauge WHERE stat = ?1)",
                   witness_of(stat), out);
    if (*out && !err && strcmp(dims, "-") != 0)
        err = seen(db,
                   "SELECT EXISTS(SELECT 1 FROM total WHERE dims = ?1)"
                   " OR EXISTS(SELECT 1 FROM gauge WHERE dims = ?1)",
                   dims, out);
    return err;
}

/* --- lượt --------------------------------------------------------------------------- */

enum err figure_times(struct db *db, const char *stat, const char *unit,
                      const char *dims, const struct figure_range *range, int64_t *out,
                      int64_t *unplaced_out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT sum(CASE WHEN ?5 < 0 OR day BETWEEN ?4 AND ?5 THEN n END),"
                    " sum(CASE WHEN ?5 >= 0 AND day IS NULL THEN n END) FROM " PLACED
                    " WHERE ?3 IS NULL OR unit = ?3");
    bool row, measured, none = true;
    enum err err;

    *out = FIGURE_NONE;
    if (unplaced_out)
        *unplaced_out = 0;
    db_bind_text(st, 1, stat);
    db_bind_text(st, 2, dims);
    db_bind_text(st, 3, unit);
    sqlite3_bind_int64(st, 4, range->from_day);
    sqlite3_bind_int64(st, 5, range->to_day);
    err = db_row(db, st, &row);
    if (row) {
        none = sqlite3_column_type(st, 0) == SQLITE_NULL;
        *out = none ? FIGURE_NONE : sqlite3_column_int64(st, 0);
        if (unplaced_out)
            *unplaced_out = sqlite3_column_int64(st, 1);
        sqlite3_reset(st);
    }
    if (err || !none)
        return err;
    err = is_measured(db, stat, dims, range, &measured);
    *out = measured ? 0 : FIGURE_NONE;
    return err;
}

/* --- người -------------------------------------------------------------------------- */

static const struct stat_def *def_of(const char *stat)
{
    size_t i = 0;

    while (i < stats_n_defs && strcmp(stats_defs[i].name, stat) != 0)
        i++;
    return i < stats_n_defs ? &stats_defs[i] : NULL;
}

static bool is_stock(const struct stat_def *def)
{
    return def && (def->kind == STAT_STOCK || def->kind == STAT_STATUS);
}

/* FIGURE_NONE: no such row. `unit` NULL: the statistic has one unit only. */
static enum err gauge_of(struct db *db, const char *stat, const char *unit,
                         const char *dims, const char *period, int64_t *out)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT value FROM gauge WHERE stat = ?1"
                                   " AND period = ?2 AND unit = ?3 AND dims = ?4");

    db_bind_text(st, 1, stat);
    db_bind_text(st, 2, period);
    db_bind_text(st, 3, unit ? unit : "-");
    db_bind_text(st, 4, dims);
    return db_int(db, st, FIGURE_NONE, out);
}

/* Whoever was known at the end of a period in which nothing moved was known before. The
 * period of which the stock tells: itself, an earlier one of its kind, or "all" for one
 * that is not over; "": nobody was known yet. */
static enum err stock_period(struct db *db, const char *stat,
                             const struct figure_range *range, char out[24])
{
    bool certain;
    bool goes_on = range->to_day < 0 || range->to_day >= figures_today(db, &certain);
    sqlite3_stmt *st;
    bool row;
    enum err err;

    (void)snprintf(out, 24, "%s", goes_on ? "all" : "");
    if (goes_on)
        return ERR_OK;
    st = db_stmt(db, "SELECT max(period) FROM gauge WHERE stat = ?1 AND period <= ?2"
                     " AND length(period) = length(?2)"
                     " AND substr(period, 6, 1) GLOB CASE WHEN substr(?2, 6, 1)"
                     " GLOB '[QH]' THEN substr(?2, 6, 1) ELSE '[^QH]*' END"
                     " UNION ALL SELECT NULL LIMIT 1");
    db_bind_text(st, 1, stat);
    db_bind_text(st, 2, range->period);
    err = db_row(db, st, &row);
    if (row) {
        (void)snprintf(out, 24, "%s", db_column_text(st, 0));
        sqlite3_reset(st);
    }
    return err;
}

static enum err people_of_period(struct db *db, const char *stat, const char *unit,
                                 const char *dims, const struct figure_range *range,
                                 int64_t *out)
{
    char period[24];
    bool measured;
    enum err err = ERR_OK;

    (void)snprintf(period, sizeof(period), "%s", range->period);
    if (is_stock(def_of(stat)))
        err = stock_period(db, stat, range, period);
    if (!err)
        err = gauge_of(db, stat, unit, dims, period, out);
    if (err || *out != FIGURE_NONE)
        return err;
    err = is_measured(db, stat, dims, range, &measured);
    *out = measured ? 0 : FIGURE_NONE;
    return err;
}

/* Months of a free range: whole ones bound from below, touched ones from above. Somebody
 * who counts in two months is one person, unless the statistic is of first times. */
static enum err people_of_months(struct db *db, const char *stat, const char *unit,
                                 const char *dims, const struct figure_range *range,
                                 struct figure_people *out)
{
    const struct stat_def *def = def_of(stat);
    bool firsts = def && def->kind == STAT_FIRST_TIME;
    int64_t day = range->from_day, all, n;
    enum err err = gauge_of(db, stat, unit, dims, "all", &all);

    *out = (struct figure_people){ 0, 0 };
    for (int i = 0; !err && day <= range->to_day && i < MONTHS_MAX; i++) {
        struct figure_range month;
        bool whole;
        int y, m, d;

        clock_day_civil(day, &y, &m, &d);
        month.from_day = figures_day(y, m, 1);
        month.to_day = figures_day(m == 12 ? y + 1 : y, m == 12 ? 1 : m + 1, 1) - 1;
        month = figure_range_of(db, month.from_day, month.to_day);
        whole = month.from_day >= range->from_day && month.to_day <= range->to_day;
        err = gauge_of(db, stat, unit, dims, month.period, &n);
        n = n == FIGURE_NONE ? 0 : n;
        out->most += n;
        if (whole)
            out->least = firsts ? out->least + n : n > out->least ? n : out->least;
        day = month.to_day + 1;
    }
    if (all >= 0 && out->most > all)
        out->most = all;
    return err;
}

/* The month that the range ends in, of a stock. */
static struct figure_range last_month(struct db *db, const struct figure_range *range)
{
    int y, m, d;

    clock_day_civil(range->to_day, &y, &m, &d);
    return figure_range_of(db, figures_day(y, m, 1),
                           figures_day(m == 12 ? y + 1 : y, m == 12 ? 1 : m + 1, 1) -
                               1);
}

enum err figure_people(struct db *db, const char *stat, const char *unit,
                       const char *dims, const struct figure_range *range,
                       struct figure_people *out)
{
    struct figure_range at = *range;
    bool measured;
    enum err err;

    *out = (struct figure_people){ FIGURE_NONE, FIGURE_NONE };
    if (range->to_day >= 0 && range->to_day < range->from_day)
        return ERR_OK; /* no range at all */
    if (!*range->period && is_stock(def_of(stat)))
        at = last_month(db, range);
    if (*at.period) {
        err = people_of_period(db, stat, unit, dims, &at, &out->least);
        out->most = out->least;
        return err;
    }
    err = is_measured(db, stat, dims, range, &measured);
    if (err || !measured)
        return err;
    return people_of_months(db, stat, unit, dims, range, out);
}
