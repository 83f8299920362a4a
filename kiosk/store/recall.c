/* Projections `recall` (item → step of review.h and when it came there), `visit_count`
 * (which visit of the person it is; run 0: none is going on) and `path_choice`. */
#include "store/recall.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "store/life.h"
#include "store/people_seal.h"
#include "store/private.h"
#include "store/recall_apply.h"

#define LOG_MODULE "recall"
#include "base/log.h"

#define UNFILLED "recall.unfilled" /* set by the migration */

static void bind_token(sqlite3_stmt *st, const unsigned char *token)
{
    sqlite3_bind_blob(st, 1, token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
}

/* --- events ------------------------------------------------------------------------- */

/* A stay goes on until it is left, or until the program starts anew. */
static enum err note_visit(struct db *db, const struct event_row *ev)
{
    sqlite3_stmt *st = db_stmt(
        db,
        "INSERT INTO visit_count(token, n, run) VALUES(?1, 1, ?2)"
        " ON CONFLICT DO UPDATE SET n = n + (run <> excluded.run), run = excluded.run");

    bind_token(st, ev->token);
    sqlite3_bind_int64(st, 2, ev->run);
    return db_run(db, st, "visit");
}

static enum err end_visit(struct db *db, const struct event_row *ev)
{
    sqlite3_stmt *st = db_stmt(db, "UPDATE visit_count SET run = 0 WHERE token = ?1");

    bind_token(st, ev->token);
    return db_run(db, st, "visit");
}

static enum err read_visit(struct db *db, const struct event_row *ev, int64_t *out)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT n FROM visit_count WHERE token = ?1");

    bind_token(st, ev->token);
    return db_int(db, st, 0, out);
}

static enum err read_memory(struct db *db, const struct event_row *ev,
                            struct review_memory *out)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT step, day, visit FROM recall"
                                   " WHERE token = ?1 AND item = ?2");
    bool row;
    enum err err;

    *out = (struct review_memory){ 0 };
    bind_token(st, ev->token);
    db_bind_text(st, 2, ev->unit);
    err = db_row(db, st, &row);
    if (!row)
        return err;
    out->step = sqlite3_column_int(st, 0);
    out->at.day = sqlite3_column_int64(st, 1);
    out->at.visit = sqlite3_column_int64(st, 2);
    sqlite3_reset(st);
    return ERR_OK;
}

static enum err note_answer(struct db *db, const struct event_row *ev)
{
    struct review_when now = { .day = ev->day };
    struct review_memory m;
    int64_t right = 0;
    sqlite3_stmt *st = db_stmt(db, "SELECT value FROM event WHERE seq = ?1");
    enum err err;

    sqlite3_bind_int64(st, 1, ev->seq);
    err = db_int(db, st, 0, &right);
    if (!err)
        err = read_visit(db, ev, &now.visit);
    if (!err)
        err = read_memory(db, ev, &m);
    if (err)
        return err;
    review_answered(&m, right != 0, now);
    st = db_stmt(db,
                 "INSERT INTO recall(token, item, step, day, visit)"
                 " VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET"
                 " step = excluded.step, day = excluded.day, visit = excluded.visit");
    bind_token(st, ev->token);
    db_bind_text(st, 2, ev->unit);
    sqlite3_bind_int(st, 3, m.step);
    sqlite3_bind_int64(st, 4, m.at.day);
    sqlite3_bind_int64(st, 5, m.at.visit);
    return db_run(db, st, "recall");
}

/* Without a unit: not now. What was chosen before stays. */
static enum err note_path(struct db *db, const struct event_row *ev)
{
    sqlite3_stmt *st =
        db_stmt(db, "INSERT INTO path_choice(token, path, start)"
                    " SELECT ?1, unit, body ->> '$.start' FROM event WHERE seq = ?2"
                    " ON CONFLICT DO UPDATE SET path = excluded.path,"
                    " start = excluded.start WHERE excluded.path IS NOT NULL");

    bind_token(st, ev->token);
    sqlite3_bind_int64(st, 2, ev->seq);
    return db_run(db, st, "path");
}

enum err recall_apply(struct db *db, const struct event_row *ev)
{
    enum err err;

    if (!ev->has_token || ev->flags & EVENT_VISITOR)
        return ERR_OK;
    switch (ev->kind) {
    case EVENT_START:
    case EVENT_STEP:
    case EVENT_COMPLETE:
        return note_visit(db, ev);
    case EVENT_ITEM:
    case EVENT_REVIEW:
        err = note_visit(db, ev);
        return err ? err : note_answer(db, ev);
    case EVENT_LEAVE:
        return end_visit(db, ev);
    case EVENT_PATH:
        return note_path(db, ev);
    default:
        return ERR_OK;
    }
}

/* --- after the migration ------------------------------------------------------------- */

static enum err next_root(struct db *db, unsigned char root[EVENT_TOKEN_BYTES],
                          bool *found_out)
{
    sqlite3_stmt *st = db_stmt(
        db, "SELECT min(root) FROM person WHERE root > ?1 AND length(root) = 10");
    bool row;
    enum err err;

    bind_token(st, root);
    err = db_row(db, st, &row);
    *found_out = row && sqlite3_column_bytes(st, 0) == EVENT_TOKEN_BYTES;
    if (*found_out)
        memcpy(root, sqlite3_column_blob(st, 0), EVENT_TOKEN_BYTES);
    if (row)
        sqlite3_reset(st);
    return err;
}

static enum err fill(struct db *db, void *ctx)
{
    struct apply a = { .db = db };
    unsigned char root[EVENT_TOKEN_BYTES] = { 0 };
    bool found = true;
    enum err err =
        db_int(db, db_stmt(db, "SELECT max(seq) + 1 FROM event"), 0, &a.ev.seq);

    (void)ctx;
    while (!err && !(err = next_root(db, root, &found)) && found)
        err = life_recall(&a, root);
    return err ? err
               : db_run(db,
                        db_stmt(db, "DELETE FROM setting WHERE key = '" UNFILLED "'"),
                        "recall");
}

enum err recall_settle(struct db *db)
{
    return *db_setting(db, UNFILLED, "") ? db_transact(db, fill, NULL) : ERR_OK;
}

/* --- reading ------------------------------------------------------------------------- */

static enum err begin_run(struct db *db, void *ctx)
{
    (void)ctx;
    return run_need(db);
}

static enum err read_now(struct db *db, const unsigned char *token,
                         struct review_when *out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT n + (run <> ?2) FROM visit_count WHERE token = ?1");

    bind_token(st, token);
    sqlite3_bind_int64(st, 2, db->run.ord);
    out->day = people_today(db);
    return db_int(db, st, 1, &out->visit);
}

static enum err read_items(struct db *db, const unsigned char *token,
                           struct arena *arena, struct recall *out)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT count(*) FROM recall WHERE token = ?1");
    int64_t n;
    bool row;
    enum err err;

    bind_token(st, token);
    err = db_int(db, st, 0, &n);
    if (err)
        return err;
    out->items = arena_alloc(arena, ((size_t)n + 1) * sizeof(*out->items));
    st = db_stmt(db, "SELECT item, step, day, visit FROM recall WHERE token = ?1"
                     " ORDER BY item");
    bind_token(st, token);
    while (!(err = db_row(db, st, &row)) && row)
        out->items[out->n_items++] = (struct recall_item){
            .id = arena_strdup(arena, db_column_text(st, 0)),
            .memory = { sqlite3_column_int(st, 1),
                        { sqlite3_column_int64(st, 2), sqlite3_column_int64(st, 3) } },
        };
    return err;
}

static enum err read_path(struct db *db, const unsigned char *token,
                          struct arena *arena, struct recall *out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT path, start FROM path_choice WHERE token = ?1");
    enum err err;

    bind_token(st, token);
    err = db_row(db, st, &out->asked);
    if (!out->asked)
        return err;
    if (sqlite3_column_type(st, 0) != SQLITE_NULL)
        out->path = arena_strdup(arena, db_column_text(st, 0));
    if (sqlite3_column_type(st, 1) != SQLITE_NULL)
        out->start = arena_strdup(arena, db_column_text(st, 1));
    sqlite3_reset(st);
    return ERR_OK;
}

enum err recall_read(struct db *db, const unsigned char *token, struct arena *arena,
                     struct recall *out)
{
    enum err err;

    memset(out, 0, sizeof(*out));
    out->now = (struct review_when){ -1, 1 };
    if (!db)
        return ERR_CORRUPT;
    if (!db->run.ord && db_transact(db, begin_run, NULL))
        LOG_WARN("no run could begin: reviews go by visits");
    err = read_now(db, token, &out->now);
    if (!err)
        err = read_items(db, token, arena, out);
    return err ? err : read_path(db, token, arena, out);
}
