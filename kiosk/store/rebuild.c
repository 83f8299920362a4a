/* Recomputing every projection from the events by the same functions that made them,
 * and saying where the two differ. One transaction: without `repair` nothing stays. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "store/apply.h"
#include "store/chain.h"
#include "store/journal.h"
#include "store/private.h"

#define LOG_MODULE "rebuild"
#include "base/log.h"

#define ROWS_SHOWN 5 /* per table and direction */

/* One projection: how it is put aside, emptied, and compared both ways. */
#define PROJECTION(name, columns, empty)                                              \
    {                                                                                 \
        name, "CREATE TEMP TABLE was_" name " AS SELECT " columns " FROM main." name, \
            empty,                                                                    \
            "SELECT " columns " FROM was_" name " EXCEPT SELECT " columns             \
            " FROM " name,                                                            \
            "SELECT " columns " FROM " name " EXCEPT SELECT " columns                 \
            " FROM was_" name,                                                        \
            "DROP TABLE temp.was_" name                                               \
    }

static const struct projection {
    const char *name;
    const char *put_aside;
    const char *empty;
    const char *only_before;
    const char *only_rebuilt;
    const char *forget;
} projections[] = {
    PROJECTION("total", "run, stat, period, unit, dims, plus, minus, rev",
               "DELETE FROM total"),
    PROJECTION("gauge", "stat, period, unit, dims, value, run, rev",
               "DELETE FROM gauge"),
    PROJECTION("mark", "stat, unit, period, seq, token", "DELETE FROM mark"),
    PROJECTION("progress", "lesson, passed, best_pct, token", "DELETE FROM progress"),
    PROJECTION("place", "lesson, seq, token, body", "DELETE FROM place"),
    PROJECTION("recall", "item, step, day, visit, token", "DELETE FROM recall"),
    PROJECTION("visit_count", "n, run, token", "DELETE FROM visit_count"),
    PROJECTION("path_choice", "path, start, token", "DELETE FROM path_choice"),
    PROJECTION("completion", "run, rev, seq", "DELETE FROM completion"),
    PROJECTION("curriculum", "kind, id, lesson", "DELETE FROM curriculum"),
    PROJECTION("phase", "name, last_day", "DELETE FROM phase"),
    PROJECTION("voided", "seq, by", "DELETE FROM voided"),
    PROJECTION("person", "cohort, root, token", "DELETE FROM person"),
    PROJECTION("merged", "seq, into_token, token", "DELETE FROM merged"),
    PROJECTION("consent", "text, day, method, witness, guardian, token",
               "DELETE FROM consent"),
    PROJECTION("run", "ord, rev, start_ms, uncertainty_ms, trust",
               "UPDATE run SET rev = 0, start_ms = born_start_ms,"
               " uncertainty_ms = born_uncertainty_ms, trust = born_trust"),
};

struct rebuild {
    bool repair;
    struct buf *report;
    int64_t n_different;
    bool finished; /* the verdict is in; what follows is only whether it stays */
};

/* Codes and counts only: a blob is a token, and a body is somebody's answers. */
static void report_row(struct rebuild *r, const struct projection *p, const char *what,
                       sqlite3_stmt *st)
{
    buf_printf(r->report, "%s: %s:", p->name, what);
    for (int i = 0; i < sqlite3_column_count(st); i++)
        if (sqlite3_column_type(st, i) != SQLITE_BLOB &&
            strcmp(sqlite3_column_name(st, i), "body") != 0)
            buf_printf(r->report, " %s", db_column_text(st, i));
    buf_char(r->report, '\n');
}

static enum err compare(struct db *db, struct rebuild *r, const struct projection *p,
                        const char *sql, const char *what)
{
    sqlite3_stmt *st = db_stmt(db, sql);
    int64_t n = 0;
    bool row;
    enum err err;

    while (!(err = db_row(db, st, &row)) && row)
        if (++n <= ROWS_SHOWN)
            report_row(r, p, what, st);
    if (n > ROWS_SHOWN)
        buf_printf(r->report, "%s: %s: %" PRId64 " rows in all\n", p->name, what, n);
    r->n_different += n;
    return err;
}

static enum err check_chain(struct db *db, struct rebuild *r, int64_t seq)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT chain FROM event WHERE seq = ?1");
    unsigned char want[HASH_CHAIN_BYTES];
    bool row, same;
    enum err err = chain_of(db, seq, want);

    if (err)
        return err;
    sqlite3_bind_int64(st, 1, seq);
    err = db_row(db, st, &row);
    if (!row)
        return err ? err : ERR_CORRUPT;
    same = sqlite3_column_bytes(st, 0) == HASH_CHAIN_BYTES &&
           !memcmp(sqlite3_column_blob(st, 0), want, HASH_CHAIN_BYTES);
    sqlite3_reset(st);
    if (!same) {
        buf_printf(r->report, "event %" PRId64 ": the chain does not fit\n", seq);
        r->n_different++;
    }
    return ERR_OK;
}

/* --- people who were erased --------------------------------------------------------- */

/* Their events count for one person until the EVENT_ERASE, so they get a token that is
 * nobody's: two bytes 0xff and the seq of that event. It goes again when that event is
 * applied, within the transaction. */
static enum err wake_ghost(struct db *db, int64_t ghost)
{
    unsigned char token[EVENT_TOKEN_BYTES] = { 0xff, 0xff };
    sqlite3_stmt *st = db_stmt(db, "UPDATE event SET token = ?2, salt = zeroblob(16)"
                                   " WHERE ghost = ?1");

    for (int i = 0; i < 8; i++)
        token[9 - i] = (unsigned char)((uint64_t)ghost >> (8 * i));
    sqlite3_bind_int64(st, 1, ghost);
    sqlite3_bind_blob(st, 2, token, sizeof(token), SQLITE_STATIC);
    return db_run(db, st, "erased");
}

static enum err wake_ghosts(struct db *db)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT DISTINCT ghost FROM event"
                                   " WHERE ghost > ?1 ORDER BY ghost LIMIT 1");
    int64_t ghost = 0;
    enum err err;

    do {
        sqlite3_bind_int64(st, 1, ghost);
        err = db_int(db, st, 0, &ghost);
        if (!err && ghost)
            err = wake_ghost(db, ghost);
    } while (!err && ghost);
    return err;
}

/* None is awake any more, unless its EVENT_ERASE is missing. */
static enum err lay_ghosts(struct db *db)
{
    return db_run(db,
                  db_stmt(db, "UPDATE event SET token = NULL, salt = NULL"
                              " WHERE ghost IS NOT NULL AND token IS NOT NULL"),
                  "erased");
}

static enum err replay(struct db *db, struct rebuild *r)
{
    int64_t last;
    enum err err = db_int(db, db_stmt(db, "SELECT max(seq) FROM event"), 0, &last);

    for (int64_t seq = 1; !err && seq <= last; seq++) {
        struct event_row ev;

        err = event_read(db, seq, &ev);
        if (err == ERR_REJECTED) {
            buf_printf(r->report, "event %" PRId64 ": missing\n", seq);
            r->n_different++;
            err = ERR_OK;
            continue;
        }
        if (!err)
            err = check_chain(db, r, seq);
        if (!err)
            err = apply_event(db, seq);
    }
    return err;
}

static enum err run_sql(struct db *db, const char *sql)
{
    return db_run(db, db_stmt(db, sql), "rebuild");
}

static enum err rebuild(struct db *db, void *ctx)
{
    struct rebuild *r = ctx;
    enum err err = ERR_OK;

    r->n_different = 0;
    for (size_t i = 0; !err && i < COUNT(projections); i++)
        err = db_exec(db, projections[i].put_aside);
    for (size_t i = 0; !err && i < COUNT(projections); i++)
        err = run_sql(db, projections[i].empty);
    if (!err)
        err = wake_ghosts(db);
    if (!err)
        err = replay(db, r);
    if (!err)
        err = lay_ghosts(db);
    for (size_t i = 0; !err && i < COUNT(projections); i++) {
        err = compare(db, r, &projections[i], projections[i].only_before, "stored");
        if (!err)
            err =
                compare(db, r, &projections[i], projections[i].only_rebuilt, "rebuilt");
    }
    for (size_t i = 0; !err && i < COUNT(projections); i++)
        err = db_exec(db, projections[i].forget);
    if (err)
        return err;
    r->finished = true;
    return r->repair ? ERR_OK : ERR_RETRY; /* the latter rolls back, quietly */
}

enum err journal_rebuild(struct db *db, int repair, struct buf *report)
{
    struct rebuild r = { .repair = repair != 0, .report = report };
    enum err err = db_transact(db, rebuild, &r);

    if (r.finished && err == ERR_RETRY)
        err = ERR_OK;
    if (err)
        return err;
    LOG_INFO("rebuilt from the events: %" PRId64 " differences%s", r.n_different,
             r.n_different && repair ? ", repaired" : "");
    return r.n_different ? ERR_CORRUPT : ERR_OK;
}
