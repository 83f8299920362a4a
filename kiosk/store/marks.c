/* Marks say that a person counts for a statistic, unit and period, once. What one event
 * changes about them moves the gauges (gauge.c), so that a full commune costs no more
 * than an empty one; rebuild counts them again from nothing. */
#include "store/marks.h"

#include <string.h>

#include "store/cohort.h"
#include "store/gauge.h"
#include "store/kin.h"
#include "store/life.h"
#include "store/period.h"
#include "store/private.h"
#include "store/stats.h"

/* --- marks -------------------------------------------------------------------------- */

enum err marks_who(struct db *db, const unsigned char *token, struct marks_who *out,
                   bool *found_out)
{
    struct kin kin;
    enum err err = kin_find(db, token, &kin);

    *found_out = !err && kin.cohort;
    if (!*found_out)
        return err;
    memcpy(out->token, kin.root, EVENT_TOKEN_BYTES);
    return cohort_read(db, kin.cohort, &out->cohort);
}

static enum err has_mark(struct db *db, const struct marks_who *who, const char *stat,
                         const char *unit, bool *out)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT 1 FROM mark WHERE token = ?1 AND stat = ?2"
                                   " AND unit = ?3 AND period = 'all'");
    int64_t n;
    enum err err;

    sqlite3_bind_blob(st, 1, who->token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    db_bind_text(st, 2, stat);
    db_bind_text(st, 3, unit);
    err = db_int(db, st, 0, &n);
    *out = n != 0;
    return err;
}

static enum err add_mark(struct db *db, const struct marks_who *who,
                         const struct stat_def *def, const char *unit,
                         const char *period, int64_t seq)
{
    sqlite3_stmt *st =
        db_stmt(db, "INSERT INTO mark(token, stat, unit, period, seq)"
                    " VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING");
    enum err err;

    sqlite3_bind_blob(st, 1, who->token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    db_bind_text(st, 2, def->name);
    db_bind_text(st, 3, unit);
    db_bind_text(st, 4, period);
    sqlite3_bind_int64(st, 5, seq);
    err = db_run(db, st, "mark");
    if (err || sqlite3_changes(db->sq) == 0)
        return err;
    return gauge_move(db, def, period, unit, &who->cohort, 1);
}

/* What the person was before, of a status. */
static enum err drop_other_units(struct db *db, const struct marks_who *who,
                                 const struct stat_def *def, const char *unit)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT unit FROM mark WHERE token = ?1 AND stat = ?2"
                    " AND unit <> ?3");
    bool row;
    enum err err;

    sqlite3_bind_blob(st, 1, who->token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    db_bind_text(st, 2, def->name);
    db_bind_text(st, 3, unit);
    while (!(err = db_row(db, st, &row)) && row) {
        err = gauge_move(db, def, "all", db_column_text(st, 0), &who->cohort, -1);
        if (err) {
            sqlite3_reset(st);
            return err;
        }
    }
    if (err)
        return err;
    st = db_stmt(db, "DELETE FROM mark WHERE token = ?1 AND stat = ?2 AND unit <> ?3");
    sqlite3_bind_blob(st, 1, who->token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    db_bind_text(st, 2, def->name);
    db_bind_text(st, 3, unit);
    return db_run(db, st, "mark");
}

static enum err add_marks(struct db *db, const struct marks_who *who,
                          const struct stat_def *def, const char *unit,
                          const struct periods *periods, int64_t seq)
{
    bool stock = def->kind == STAT_STOCK || def->kind == STAT_STATUS;
    size_t n = stock ? 1 : periods->n; /* the first is "all" */
    bool had = false;
    enum err err = ERR_OK;

    if (def->kind == STAT_FIRST_TIME)
        err = has_mark(db, who, def->name, unit, &had);
    if (def->kind == STAT_STATUS)
        err = drop_other_units(db, who, def, unit);
    for (size_t i = 0; !err && !had && i < n; i++)
        err = add_mark(db, who, def, unit, periods->text[i], seq);
    return err;
}

enum err marks_add(struct db *db, const struct marks_who *who,
                   const struct event_row *ev)
{
    struct periods periods;
    enum err err = periods_of(db, ev->day, &periods);

    for (size_t i = 0; !err && i < stats_n_defs; i++) {
        const struct stat_def *def = &stats_defs[i];
        sqlite3_stmt *units;
        bool row;

        if (def->kind == STAT_COUNT)
            continue;
        units = db_stmt(db, def->sql);
        sqlite3_bind_int64(units, 1, ev->seq);
        while (!(err = db_row(db, units, &row)) && row) {
            err = add_marks(db, who, def, db_column_text(units, 0), &periods, ev->seq);
            if (err) {
                sqlite3_reset(units);
                break;
            }
        }
    }
    return err;
}

enum err marks_apply(struct apply *a)
{
    struct marks_who who;
    bool found;
    enum err err;

    if (!a->ev.has_token || a->ev.flags & EVENT_VISITOR) /* lượt only */
        return ERR_OK;
    err = marks_who(a->db, a->ev.token, &who, &found);
    if (err || !found)
        return err;
    err = marks_add(a->db, &who, &a->ev);
    return err ? err : gauge_settle(a);
}

/* --- people who move ---------------------------------------------------------------- */

static const struct stat_def *find_def(const char *name)
{
    for (size_t i = 0; i < stats_n_defs; i++)
        if (!strcmp(stats_defs[i].name, name))
            return &stats_defs[i];
    return NULL;
}

/* All marks of a person out of, or into, their cells. */
static enum err move_marks(struct db *db, const struct marks_who *who, int by)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT stat, unit, period FROM mark WHERE token = ?1");
    bool row;
    enum err err;

    sqlite3_bind_blob(st, 1, who->token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    while (!(err = db_row(db, st, &row)) && row) {
        const struct stat_def *def = find_def(db_column_text(st, 0));

        if (def)
            err = gauge_move(db, def, db_column_text(st, 2), db_column_text(st, 1),
                             &who->cohort, by);
        if (err) {
            sqlite3_reset(st);
            return err;
        }
    }
    return err;
}

enum err marks_drop(struct db *db, const struct marks_who *who)
{
    sqlite3_stmt *st;
    enum err err = move_marks(db, who, -1);

    if (err)
        return err;
    st = db_stmt(db, "DELETE FROM mark WHERE token = ?1");
    sqlite3_bind_blob(st, 1, who->token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    return db_run(db, st, "mark");
}

/* Of a card that was blank the events so far count from now on. */
static enum err put_cohort(struct apply *a)
{
    sqlite3_stmt *st =
        db_stmt(a->db, "INSERT INTO person(token, cohort, root) VALUES(?1, ?2, ?1)"
                       " ON CONFLICT DO UPDATE SET cohort = excluded.cohort");

    sqlite3_bind_blob(st, 1, a->ev.token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    sqlite3_bind_int64(st, 2, a->ev.cohort);
    return db_run(a->db, st, "person");
}

static enum err move_person(struct apply *a, struct marks_who *who)
{
    bool found;
    enum err err = move_marks(a->db, who, -1);

    if (!err)
        err = put_cohort(a);
    if (!err)
        err = marks_who(a->db, a->ev.token, who, &found);
    if (!err)
        err = move_marks(a->db, who, 1);
    if (!err)
        err = marks_add(a->db, who, &a->ev);
    return err ? err : gauge_settle(a);
}

enum err marks_apply_person(struct apply *a)
{
    struct marks_who who;
    bool found;
    enum err err = marks_who(a->db, a->ev.token, &who, &found);

    if (err)
        return err;
    if (found)
        return move_person(a, &who);
    err = put_cohort(a);
    return err ? err : life_recount(a, a->ev.token, a->ev.seq + 1);
}
