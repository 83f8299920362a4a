/* Gauges move by what one event changes.
 *
 * Invariants
 *  1. gauge.value = number of marks of that statistic, period and unit whose person's
 *     cohort, as it is now, has those dims; but a stock of a period is what that of
 *     "all" was when it was carried last.
 *  2. A gauge gets a rev only when its value changed (or by EVENT_RESTAMP), in the order
 *     of its key: rebuild gives the same revs. */
#include "store/gauge.h"

#include "store/period.h"
#include "store/private.h"

static enum err move_cell(struct db *db, const struct stat_def *def, const char *period,
                          const char *unit, const char *dims, int by)
{
    sqlite3_stmt *st =
        db_stmt(db, "INSERT INTO temp.moved(stat, period, unit, dims, by)"
                    " VALUES(?1, ?2, ?3, ?4, ?5)"
                    " ON CONFLICT DO UPDATE SET by = by + excluded.by");

    db_bind_text(st, 1, def->name);
    db_bind_text(st, 2, period);
    db_bind_text(st, 3, unit);
    db_bind_text(st, 4, dims);
    sqlite3_bind_int(st, 5, by);
    return db_run(db, st, "moved");
}

enum err gauge_move(struct db *db, const struct stat_def *def, const char *period,
                    const char *unit, const struct person_cohort *cohort, int by)
{
    const char *cubes = def->dims;
    char dims[STATS_DIMS_BYTES];
    enum err err = ERR_OK;

    while (!err && stats_next_dims(&cubes, cohort, unit, dims))
        if (*dims)
            err = move_cell(db, def, period, stats_row_unit(def, unit), dims, by);
    return err;
}

static enum err set_gauge(struct apply *a, sqlite3_stmt *cell)
{
    int64_t by = sqlite3_column_int64(cell, 4);
    sqlite3_stmt *st;

    if (by > 0) /* a CHECK would refuse a negative value before the conflict is seen */
        st = db_stmt(a->db,
                     "INSERT INTO gauge(stat, period, unit, dims, value, run, rev)"
                     " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET"
                     " value = value + excluded.value, run = excluded.run,"
                     " rev = excluded.rev");
    else
        st = db_stmt(a->db, "UPDATE gauge SET value = value + ?5, run = ?6, rev = ?7"
                            " WHERE stat = ?1 AND period = ?2 AND unit = ?3"
                            " AND dims = ?4");
    for (int i = 0; i < 4; i++)
        db_bind_text(st, i + 1, db_column_text(cell, i));
    sqlite3_bind_int64(st, 5, by);
    sqlite3_bind_int64(st, 6, a->ev.run);
    sqlite3_bind_int64(st, 7, ++a->rev);
    return db_run(a->db, st, "gauge");
}

enum err gauge_settle(struct apply *a)
{
    sqlite3_stmt *cells =
        db_stmt(a->db, "SELECT stat, period, unit, dims, by FROM temp.moved"
                       " WHERE by <> 0 ORDER BY stat, period, unit, dims");
    bool row;
    enum err err;

    while (!(err = db_row(a->db, cells, &row)) && row) {
        err = set_gauge(a, cells);
        if (err) {
            sqlite3_reset(cells);
            return err;
        }
    }
    return err ? err : db_run(a->db, db_stmt(a->db, "DELETE FROM temp.moved"), "moved");
}

/* --- stocks ------------------------------------------------------------------------- */

static enum err carry_stock(struct db *db, const struct stat_def *def,
                            const char *period)
{
    sqlite3_stmt *st = db_stmt(
        db, "INSERT INTO temp.moved(stat, period, unit, dims, by)"
            " SELECT w.stat, ?2, w.unit, w.dims, w.value - ifnull(p.value, 0)"
            " FROM gauge w LEFT JOIN gauge p ON p.stat = w.stat AND p.period = ?2"
            " AND p.unit = w.unit AND p.dims = w.dims WHERE w.stat = ?1"
            " AND w.period = 'all' AND w.value <> ifnull(p.value, 0)");

    db_bind_text(st, 1, def->name);
    db_bind_text(st, 2, period);
    return db_run(db, st, "stock");
}

static bool is_stock(const struct stat_def *def)
{
    return def->kind == STAT_STOCK || def->kind == STAT_STATUS;
}

enum err gauge_carry_stocks(struct apply *a)
{
    struct periods periods;
    enum err err;

    if (a->ev.day < 0)
        return ERR_OK;
    err = periods_of(a->db, a->ev.day, &periods);
    for (size_t i = 0; i < stats_n_defs; i++)
        for (size_t k = 1; /* the first is "all" */
             !err && is_stock(&stats_defs[i]) && k < periods.n; k++)
            err = carry_stock(a->db, &stats_defs[i], periods.text[k]);
    return err ? err : gauge_settle(a);
}

/* --- saying everything again -------------------------------------------------------- */

enum err gauge_restamp(struct apply *a)
{
    sqlite3_stmt *st = db_stmt(
        a->db,
        "UPDATE gauge SET run = ?1, rev = ?2 + o.n FROM (SELECT stat, period, unit,"
        " dims, row_number() OVER (ORDER BY stat, period, unit, dims) AS n"
        " FROM gauge) o WHERE gauge.stat = o.stat AND gauge.period = o.period"
        " AND gauge.unit = o.unit AND gauge.dims = o.dims");
    enum err err;

    sqlite3_bind_int64(st, 1, a->ev.run);
    sqlite3_bind_int64(st, 2, a->rev);
    err = db_run(a->db, st, "restamp");
    if (!err)
        a->rev += sqlite3_changes(a->db->sq);
    return err;
}
