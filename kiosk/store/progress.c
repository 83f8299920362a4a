/* Where learners stand: `progress` (lessons completed) and `place` (lessons left
 * unfinished, with the session to resume). The guest's token is x''. */
#include "store/progress.h"

#include <string.h>

#include "base/arena.h"
#include "store/private.h"
#include "store/progress_apply.h"

static void bind_token(sqlite3_stmt *st, const unsigned char *token)
{
    sqlite3_bind_blob(st, 1, token ? (const void *)token : "",
                      token ? EVENT_TOKEN_BYTES : 0, SQLITE_STATIC);
}

static enum err run_for(struct db *db, const char *sql, const struct event_row *ev)
{
    sqlite3_stmt *st = db_stmt(db, sql);

    bind_token(st, ev->has_token ? ev->token : NULL);
    sqlite3_bind_int64(st, 2, ev->seq);
    return db_run(db, st, "progress");
}

/* A step after the completion (looking at the result again) opens no new place. */
static const char step_sql[] =
    "INSERT INTO place(token, lesson, body, seq)"
    " SELECT ?1, e.unit, e.body, e.seq FROM event e WHERE e.seq = ?2"
    " AND (EXISTS(SELECT 1 FROM place p WHERE p.token = ?1 AND p.lesson = e.unit)"
    " OR NOT EXISTS(SELECT 1 FROM progress g WHERE g.token = ?1 AND g.lesson = e.unit))"
    " ON CONFLICT DO UPDATE SET body = excluded.body, seq = excluded.seq";

static const char start_sql[] =
    "INSERT INTO place(token, lesson, body, seq)"
    " SELECT ?1, unit, NULL, seq FROM event WHERE seq = ?2"
    " ON CONFLICT DO UPDATE SET body = NULL, seq = excluded.seq";

static const char complete_sql[] =
    "INSERT INTO progress(token, lesson, passed, best_pct)"
    " SELECT ?1, unit, flags & 1, value FROM event WHERE seq = ?2"
    " ON CONFLICT DO UPDATE SET passed = max(passed, excluded.passed),"
    " best_pct = max(best_pct, excluded.best_pct)";

/* The score of the guest's completion; a passport tells none. */
static const char credit_sql[] =
    "INSERT INTO progress(token, lesson, passed, best_pct)"
    " SELECT ?1, e.unit, e.flags & 1, ifnull(g.value, 0) FROM event e"
    " LEFT JOIN event g ON g.seq = e.value AND g.kind = 4 WHERE e.seq = ?2"
    " ON CONFLICT DO UPDATE SET passed = max(passed, excluded.passed),"
    " best_pct = max(best_pct, excluded.best_pct)";

static const char finished_sql[] =
    "DELETE FROM place WHERE token = ?1"
    " AND lesson = (SELECT unit FROM event WHERE seq = ?2)";

enum err progress_apply(struct db *db, const struct event_row *ev)
{
    enum err err;

    switch (ev->kind) {
    case EVENT_START:
        return run_for(db, start_sql, ev);
    case EVENT_STEP:
        return run_for(db, step_sql, ev);
    case EVENT_COMPLETE:
        err = run_for(db, complete_sql, ev);
        return err ? err : run_for(db, finished_sql, ev);
    case EVENT_CREDIT:
        err = run_for(db, credit_sql, ev);
        return err ? err : run_for(db, finished_sql, ev);
    case EVENT_LEAVE:
        if (ev->has_token)
            return ERR_OK;
        err = run_for(db, "DELETE FROM place WHERE token = ?1 AND ?2 > 0", ev);
        return err ? err
                   : run_for(db, "DELETE FROM progress WHERE token = ?1 AND ?2 > 0",
                             ev);
    default:
        return ERR_OK;
    }
}

enum err progress_recount(struct db *db, const struct event_row *ev)
{
    enum err err = run_for(db,
                           "DELETE FROM progress WHERE token = ?1"
                           " AND lesson = (SELECT unit FROM event WHERE seq = ?2)",
                           ev);

    if (err || !ev->has_token) /* the guests who came before are forgotten anyway */
        return err;
    return run_for(db,
                   "INSERT INTO progress(token, lesson, passed, best_pct)"
                   " SELECT ?1, e.unit, max(e.flags & 1), max(CASE e.kind WHEN 4"
                   " THEN e.value ELSE ifnull(g.value, 0) END)"
                   " FROM event t JOIN voided w ON w.seq = t.seq"
                   " JOIN event e ON e.kind IN (4, 25) AND e.unit = t.unit"
                   " AND (e.token = ?1"
                   " OR e.token IN (SELECT token FROM person WHERE root = ?1))"
                   " LEFT JOIN event g ON g.seq = e.value AND g.kind = 4"
                   " AND e.kind = 25"
                   " WHERE t.seq = ?2 AND e.seq < w.by AND NOT EXISTS("
                   "SELECT 1 FROM voided v WHERE v.seq = e.seq AND v.by <= w.by)"
                   " GROUP BY e.unit",
                   ev);
}

enum err progress_read(struct db *db, const unsigned char *token, struct arena *arena,
                       struct progress *out)
{
    sqlite3_stmt *st;
    int64_t n;
    bool row;
    enum err err;

    memset(out, 0, sizeof(*out));
    if (!db)
        return ERR_CORRUPT;
    st = db_stmt(db, "SELECT count(*) FROM progress WHERE token = ?1");
    bind_token(st, token);
    err = db_int(db, st, 0, &n);
    if (err)
        return err;
    out->lessons = arena_alloc(arena, ((size_t)n + 1) * sizeof(*out->lessons));
    st = db_stmt(db, "SELECT lesson, passed, best_pct FROM progress WHERE token = ?1"
                     " ORDER BY lesson");
    bind_token(st, token);
    while (!(err = db_row(db, st, &row)) && row) {
        struct progress_lesson *l = &out->lessons[out->n_lessons++];

        l->lesson = arena_strdup(arena, db_column_text(st, 0));
        l->completed = true;
        l->passed = sqlite3_column_int(st, 1) != 0;
        l->best_pct = sqlite3_column_int64(st, 2);
    }
    if (err)
        return err;
    st = db_stmt(db, "SELECT lesson, body FROM place WHERE token = ?1"
                     " ORDER BY seq DESC LIMIT 1");
    bind_token(st, token);
    err = db_row(db, st, &row);
    if (row) {
        out->current = arena_strdup(arena, db_column_text(st, 0));
        if (sqlite3_column_type(st, 1) != SQLITE_NULL)
            out->current_body = arena_strdup(arena, db_column_text(st, 1));
        sqlite3_reset(st);
    }
    return err;
}
