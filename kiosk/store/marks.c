/* Marks say that a person counts for a statistic, unit and period, once. What one event
 * changes about them moves the gauges (gauge.c), so that a full commune costs no more
 * than an empty one; rebuild counts them again from nothing. */
#include "store/marks.h"

#include <string.h>

#include "store/cohort.h"
#include "store/gauge.h"
#include "store/period.h"
#include "store/private.h"
#include "store/stats.h"

/* --- marks -------------------------------------------------------------------------- */

/* The person of an event and the cells that are theirs now. */
struct who {
    const unsigned char *token;
    struct person_cohort cohort;
};

static enum err find_who(struct db *db, const unsigned char *token, struct who *out)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT cohort FROM person WHERE token = ?1");
    int64_t cohort;
    enum err err;

    out->token = token;
    sqlite3_bind_blob(st, 1, token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    err = db_int(db, st, 0, &cohort);
    return err ? err : cohort_read(db, cohort, &out->cohort);
}

static enum err has_mark(struct db *db, const struct who *who, const char *stat,
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

static enum err add_mark(struct db *db, const struct who *who,
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

static enum err add_marks(struct db *db, const struct who *who,
                          const struct stat_def *def, const char *unit,
                          const struct periods *periods, int64_t seq)
{
    size_t n = def->kind == STAT_STOCK ? 1 : periods->n; /* the first is "all" */
    bool had = false;
    enum err err = ERR_OK;

    if (def->kind == STAT_FIRST_TIME)
        err = has_mark(db, who, def->name, unit, &had);
    for (size_t i = 0; !err && !had && i < n; i++)
        err = add_mark(db, who, def, unit, periods->text[i], seq);
    return err;
}

/* All marks that event `ev` brings its person. */
static enum err mark_event(struct db *db, const struct who *who,
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
    struct who who;
    enum err err;

    if (!a->ev.has_token || !a->ev.cohort) /* guests and visitors are lượt only */
        return ERR_OK;
    err = find_who(a->db, a->ev.token, &who);
    if (!err)
        err = mark_event(a->db, &who, &a->ev);
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

/* Takes the marks of `sql` (?1 token, ?2 seq) out of, or into, their cells. */
static enum err move_marks(struct db *db, const char *sql, const struct who *who,
                           int64_t seq, int by)
{
    sqlite3_stmt *st = db_stmt(db, sql);
    bool row;
    enum err err;

    sqlite3_bind_blob(st, 1, who->token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    sqlite3_bind_int64(st, 2, seq);
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

static const char marks_since_sql[] =
    "SELECT stat, unit, period FROM mark WHERE token = ?1 AND seq >= ?2";

enum err marks_apply_person(struct apply *a)
{
    struct who who;
    sqlite3_stmt *st;
    enum err err = find_who(a->db, a->ev.token, &who);

    if (!err)
        err = move_marks(a->db, marks_since_sql, &who, 0, -1);
    if (err)
        return err;
    st = db_stmt(a->db, "UPDATE person SET cohort = ?2 WHERE token = ?1");
    sqlite3_bind_blob(st, 1, a->ev.token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    sqlite3_bind_int64(st, 2, a->ev.cohort);
    err = db_run(a->db, st, "person");
    if (!err)
        err = find_who(a->db, a->ev.token, &who);
    if (!err)
        err = move_marks(a->db, marks_since_sql, &who, 0, 1);
    if (!err)
        err = mark_event(a->db, &who, &a->ev);
    return err ? err : gauge_settle(a);
}

/* --- counting again ----------------------------------------------------------------- */

/* Marks the person's events that `sql` lists (?1 token, after ?2, before ?3), in order.
 * Bounded, because in rebuild the events to come are in the table already. */
static enum err replay(struct db *db, const char *sql, const struct who *who,
                       int64_t after, int64_t before)
{
    sqlite3_stmt *st = db_stmt(db, sql);
    struct event_row ev;
    bool row;
    enum err err;

    sqlite3_bind_blob(st, 1, who->token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    sqlite3_bind_int64(st, 2, after);
    sqlite3_bind_int64(st, 3, before);
    while (!(err = db_row(db, st, &row)) && row) {
        err = event_read(db, sqlite3_column_int64(st, 0), &ev);
        if (!err)
            err = mark_event(db, who, &ev);
        if (err) {
            sqlite3_reset(st);
            return err;
        }
    }
    return err;
}

enum err marks_recount(struct apply *a, const struct event_row *taken)
{
    struct who who;
    sqlite3_stmt *st;
    enum err err;

    if (!taken->has_token || !taken->cohort)
        return ERR_OK;
    err = find_who(a->db, taken->token, &who);
    if (!err)
        err = move_marks(a->db, marks_since_sql, &who, taken->seq, -1);
    if (err)
        return err;
    st = db_stmt(a->db, "DELETE FROM mark WHERE token = ?1 AND seq >= ?2");
    sqlite3_bind_blob(st, 1, taken->token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    sqlite3_bind_int64(st, 2, taken->seq);
    err = db_run(a->db, st, "mark");
    if (!err)
        err =
            replay(a->db,
                   "SELECT seq FROM event e WHERE token = ?1 AND seq > ?2 AND seq < ?3"
                   " AND kind IN (1, 2, 3, 4)"
                   " AND NOT EXISTS(SELECT 1 FROM voided v WHERE v.seq = e.seq)"
                   " ORDER BY seq",
                   &who, taken->seq, a->ev.seq);
    return err ? err : gauge_settle(a);
}

static enum err finish_of_everybody(struct apply *a)
{
    sqlite3_stmt *st =
        db_stmt(a->db, "SELECT DISTINCT g.token FROM progress g JOIN person p"
                       " ON p.token = g.token WHERE g.passed = 1 ORDER BY g.token");
    unsigned char token[EVENT_TOKEN_BYTES];
    struct who who;
    bool row;
    enum err err;

    while (!(err = db_row(a->db, st, &row)) && row) {
        memcpy(token, sqlite3_column_blob(st, 0), sizeof(token));
        err = find_who(a->db, token, &who);
        if (!err)
            err = replay(
                a->db,
                "SELECT seq FROM event e WHERE token = ?1 AND seq > ?2 AND seq < ?3"
                " AND kind = 4 AND flags & 1"
                " AND NOT EXISTS(SELECT 1 FROM voided v WHERE v.seq = e.seq)"
                " ORDER BY seq",
                &who, 0, a->ev.seq);
        if (err) {
            sqlite3_reset(st);
            return err;
        }
    }
    return err;
}

enum err marks_apply_curriculum(struct apply *a)
{
    static const char *const steps[] = {
        "DELETE FROM curriculum WHERE ?1 > 0",
        "INSERT INTO curriculum(kind, id, lesson)"
        " SELECT k.key, g.key, l.value FROM event e, json_each(e.body) k,"
        " json_each(k.value) g, json_each(g.value) l"
        " WHERE e.seq = ?1 AND k.key IN ('module', 'path') ON CONFLICT DO NOTHING",
        "INSERT INTO phase(name, last_day)"
        " SELECT 'P1', json_extract(body, '$.phase1_last_day') FROM event WHERE seq = "
        "?1"
        " ON CONFLICT DO UPDATE SET last_day = excluded.last_day",
    };
    enum err err = ERR_OK;

    for (size_t i = 0; !err && i < COUNT(steps); i++) {
        sqlite3_stmt *st = db_stmt(a->db, steps[i]);

        sqlite3_bind_int64(st, 1, a->ev.seq);
        err = db_run(a->db, st, "curriculum");
    }
    if (!err)
        err = finish_of_everybody(a);
    return err ? err : gauge_settle(a);
}
