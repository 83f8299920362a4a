/* Playing the events of one person, or one curriculum, again. Every query is bounded by a
 * seq, because in rebuild the events to come are in the table already. */
#include "store/life.h"

#include <string.h>

#include "store/gauge.h"
#include "store/kin.h"
#include "store/marks.h"
#include "store/private.h"
#include "store/progress_apply.h"
#include "store/recall_apply.h"

/* One event of a timeline: whose it is counted for is in `who` or `root`. */
typedef enum err (*life_visit)(struct apply *a, const void *ctx, int64_t seq);

/* Calls `visit` for the events that `sql` lists (?1 token, ?2 before), in order. */
static enum err walk(struct apply *a, const char *sql, const unsigned char *token,
                     int64_t before, life_visit visit, const void *ctx)
{
    sqlite3_stmt *st = db_stmt(a->db, sql);
    bool row;
    enum err err;

    sqlite3_bind_blob(st, 1, token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    sqlite3_bind_int64(st, 2, before);
    while (!(err = db_row(a->db, st, &row)) && row) {
        err = visit(a, ctx, sqlite3_column_int64(st, 0));
        if (err) {
            sqlite3_reset(st);
            return err;
        }
    }
    return err;
}

#define OF_THE_PERSON "token IN (SELECT token FROM person WHERE root = ?1)"
#define NOT_TAKEN_BACK " AND NOT EXISTS(SELECT 1 FROM voided v WHERE v.seq = e.seq)"

/* --- the curriculum ----------------------------------------------------------------- */

/* What event `seq` says about modules, paths and phases is what holds. */
static enum err load_curriculum(struct db *db, int64_t seq)
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
        sqlite3_stmt *st = db_stmt(db, steps[i]);

        sqlite3_bind_int64(st, 1, seq);
        err = db_run(db, st, "curriculum");
    }
    return err;
}

/* As before the first pack was opened. */
static enum err forget_curriculum(struct db *db)
{
    enum err err = db_run(db, db_stmt(db, "DELETE FROM curriculum"), "curriculum");

    return err ? err : db_run(db, db_stmt(db, "DELETE FROM phase"), "phase");
}

static enum err add_event(struct apply *a, const void *ctx, int64_t seq)
{
    struct event_row ev;
    enum err err = event_read(a->db, seq, &ev);

    if (err || ev.flags & EVENT_VISITOR)
        return err;
    return marks_add(a->db, ctx, &ev);
}

/* The passes so far, seen by the curriculum that holds now. */
static enum err add_passes(struct apply *a, const struct marks_who *who, int64_t before)
{
    return walk(a,
                "SELECT e.seq FROM event e WHERE " OF_THE_PERSON
                " AND kind IN (4, 25) AND flags & 1 AND seq < ?2" NOT_TAKEN_BACK
                " ORDER BY e.seq",
                who->token, before, add_event, who);
}

static enum err finish_of_everybody(struct apply *a)
{
    sqlite3_stmt *st =
        db_stmt(a->db, "SELECT DISTINCT p.root FROM progress g JOIN person p"
                       " ON p.token = g.token WHERE g.passed = 1 ORDER BY p.root");
    unsigned char token[EVENT_TOKEN_BYTES];
    struct marks_who who;
    bool row, found;
    enum err err;

    while (!(err = db_row(a->db, st, &row)) && row) {
        memcpy(token, sqlite3_column_blob(st, 0), sizeof(token));
        err = marks_who(a->db, token, &who, &found);
        if (!err && found)
            err = add_passes(a, &who, a->ev.seq);
        if (err) {
            sqlite3_reset(st);
            return err;
        }
    }
    return err;
}

enum err life_apply_curriculum(struct apply *a)
{
    enum err err = load_curriculum(a->db, a->ev.seq);

    if (!err)
        err = finish_of_everybody(a);
    return err ? err : gauge_settle(a);
}

/* --- marks -------------------------------------------------------------------------- */

/* An event of the person under the curriculum of its day, or the next curriculum. */
static enum err relive(struct apply *a, const void *ctx, int64_t seq)
{
    const struct marks_who *who = ctx;
    struct event_row ev;
    enum err err = event_read(a->db, seq, &ev);

    if (!err && ev.kind == EVENT_CURRICULUM) {
        err = load_curriculum(a->db, seq);
        return err ? err : add_passes(a, who, seq);
    }
    if (err || ev.flags & EVENT_VISITOR)
        return err;
    return marks_add(a->db, who, &ev);
}

enum err life_recount(struct apply *a, const unsigned char *token, int64_t before)
{
    struct marks_who who;
    bool found;
    enum err err = marks_who(a->db, token, &who, &found);

    if (err || !found)
        return err;
    err = marks_drop(a->db, &who);
    if (!err)
        err = forget_curriculum(a->db);
    if (!err)
        err = walk(a,
                   "SELECT seq FROM (SELECT seq FROM event e WHERE " OF_THE_PERSON
                       NOT_TAKEN_BACK " UNION ALL SELECT seq FROM event WHERE kind = 9)"
                   " WHERE seq < ?2 ORDER BY seq",
                   who.token, before, relive, &who);
    return err ? err : gauge_settle(a);
}

/* --- progress ----------------------------------------------------------------------- */

/* A START, STEP or COMPLETE of any of the person's tokens; or an EVENT_VOID. */
static enum err relearn(struct apply *a, const void *ctx, int64_t seq)
{
    struct event_row ev;
    enum err err = event_read(a->db, seq, &ev);
    bool taken = ev.kind == EVENT_VOID;

    if (!err && taken)
        err = apply_read_taken(a->db, seq, &ev);
    if (err)
        return err;
    ev.has_token = true;
    memcpy(ev.token, ctx, EVENT_TOKEN_BYTES);
    return taken ? progress_recount(a->db, &ev) : progress_apply(a->db, &ev);
}

/* Runs each statement; ?1 is the root. */
static enum err forget(struct db *db, const char *const *sql, size_t n,
                       const unsigned char *root)
{
    enum err err = ERR_OK;

    for (size_t i = 0; !err && i < n; i++) {
        sqlite3_stmt *st = db_stmt(db, sql[i]);

        sqlite3_bind_blob(st, 1, root, EVENT_TOKEN_BYTES, SQLITE_STATIC);
        err = db_run(db, st, "forget");
    }
    return err;
}

enum err life_progress(struct apply *a, const unsigned char *root)
{
    static const char *const tables[] = {
        "DELETE FROM progress WHERE " OF_THE_PERSON,
        "DELETE FROM place WHERE " OF_THE_PERSON,
    };
    enum err err = forget(a->db, tables, COUNT(tables), root);

    if (err)
        return err;
    return walk(a,
                "SELECT seq FROM (SELECT seq FROM event WHERE " OF_THE_PERSON
                " AND kind IN (1, 2, 4, 25) UNION ALL SELECT v.by FROM event e"
                " JOIN voided v ON v.seq = e.seq WHERE e." OF_THE_PERSON
                " AND e.kind = 4) WHERE seq < ?2 ORDER BY seq",
                root, a->ev.seq, relearn, root);
}

/* --- what is asked again ------------------------------------------------------------ */

static enum err remember(struct apply *a, const void *ctx, int64_t seq)
{
    struct event_row ev;
    enum err err = event_read(a->db, seq, &ev);

    if (err)
        return err;
    ev.has_token = true;
    memcpy(ev.token, ctx, EVENT_TOKEN_BYTES);
    return recall_apply(a->db, &ev);
}

enum err life_recall(struct apply *a, const unsigned char *token)
{
    static const char *const tables[] = {
        "DELETE FROM recall WHERE " OF_THE_PERSON,
        "DELETE FROM visit_count WHERE " OF_THE_PERSON,
        "DELETE FROM path_choice WHERE " OF_THE_PERSON,
    };
    struct kin kin;
    enum err err = kin_find(a->db, token, &kin);

    if (err || !kin.known)
        return err;
    err = forget(a->db, tables, COUNT(tables), kin.root);
    if (err)
        return err;
    return walk(a,
                "SELECT e.seq FROM event e WHERE e." OF_THE_PERSON
                " AND e.kind IN (1, 2, 3, 4, 5, 26, 27) AND e.seq < ?2" NOT_TAKEN_BACK
                " ORDER BY e.seq",
                kin.root, a->ev.seq, remember, kin.root);
}
