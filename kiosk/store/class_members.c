/* Who belongs to the open class, and what came of it. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "store/class_private.h"
#include "store/kin.h"
#include "store/private.h"

#define MEMBERS_MAX 400

/* --- attendance --------------------------------------------------------------------- */

/* The event by which the person is present in this class, 0: is not. */
static enum err present_seq(struct db *db, int64_t class_seq, const unsigned char *root,
                            int64_t *out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT max(e.seq) FROM event e JOIN person p ON p.token = e.token"
                    " WHERE e.kind = 17 AND e.value = ?1 AND p.root = ?2"
                    " AND NOT EXISTS(SELECT 1 FROM voided v WHERE v.seq = e.seq)");

    sqlite3_bind_int64(st, 1, class_seq);
    sqlite3_bind_blob(st, 2, root, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    return db_int(db, st, 0, out);
}

enum err class_present(struct db *db, const unsigned char *token, bool present,
                       const char *actor)
{
    struct class_state now;
    struct kin kin;
    int64_t seq = 0;
    enum err err = class_need_open(db, &now);

    if (!err)
        err = kin_find(db, token, &kin);
    if (!err && !kin.known)
        err = ERR_REJECTED;
    if (!err)
        err = present_seq(db, now.seq, kin.root, &seq);
    if (err || (seq != 0) == present)
        return err;
    if (!present)
        return class_take_back(db, seq, actor);
    return class_write(db,
                       &(struct event){ .kind = EVENT_PRESENT,
                                        .token = kin.root,
                                        .unit = now.plan.thon,
                                        .value = now.seq,
                                        .actor = actor },
                       1);
}

enum err class_add(struct db *db, const unsigned char *token, const char *actor)
{
    return class_present(db, token, true, actor);
}

/* --- members ------------------------------------------------------------------------ */

/* `gone_by`: the three classes before at that place. `came`: who was there, or is now.
 * `fresh`: who got a name since it was opened. ?1 class, ?2 thôn, ?3 place. */
#define MEMBERS                                                                      \
    "WITH gone_by(seq) AS (SELECT seq FROM event o WHERE kind = 15 AND seq < ?1"     \
    " AND unit = ?2 AND body ->> '$.place' = ?3 AND body ->> '$.elsewhere' IS NULL"  \
    " ORDER BY seq DESC LIMIT 3),"                                                   \
    " came(class, root) AS (SELECT e.value, p.root FROM event e"                     \
    " JOIN person p ON p.token = e.token WHERE e.kind = 17"                          \
    " AND e.value IN (SELECT ?1 UNION SELECT seq FROM gone_by)"                      \
    " AND NOT EXISTS(SELECT 1 FROM voided v WHERE v.seq = e.seq)),"                  \
    " fresh(root) AS (SELECT p.root FROM event e JOIN person p ON p.token = e.token" \
    " WHERE e.kind = 6 AND e.seq > ?1 AND NOT EXISTS(SELECT 1 FROM event f"          \
    " WHERE f.token = e.token AND f.kind = 6 AND f.seq < e.seq))"

static const char members_sql[] = MEMBERS
    " SELECT m.root, EXISTS(SELECT 1 FROM came c WHERE c.root = m.root"
    " AND c.class = ?1),"
    " EXISTS(SELECT 1 FROM event e JOIN person p ON p.token = e.token"
    " WHERE p.root = m.root AND e.kind IN (4, 25) AND e.seq > ?1"
    " AND NOT EXISTS(SELECT 1 FROM voided v WHERE v.seq = e.seq)),"
    " EXISTS(SELECT 1 FROM class_need n JOIN person p ON p.token = n.token"
    " WHERE p.root = m.root AND n.class = ?1),"
    " EXISTS(SELECT 1 FROM fresh f WHERE f.root = m.root),"
    " (SELECT count(*) FROM gone_by g WHERE g.seq > ifnull((SELECT max(class)"
    " FROM came c WHERE c.root = m.root AND c.class < ?1), ?1)),"
    " ifnull((SELECT lesson FROM place l WHERE l.token = m.root"
    " ORDER BY l.seq DESC LIMIT 1), '')"
    " FROM (SELECT root FROM came UNION SELECT root FROM fresh) m ORDER BY m.root";

enum err class_members(struct db *db, struct arena *arena, struct class_member **out,
                       size_t *n_out)
{
    struct class_state now;
    sqlite3_stmt *st;
    bool row;
    enum err err = class_current(db, &now);

    *out = arena_alloc(arena, MEMBERS_MAX * sizeof(**out));
    *n_out = 0;
    if (err || !now.seq)
        return err;
    st = db_stmt(db, members_sql);
    sqlite3_bind_int64(st, 1, now.seq);
    db_bind_text(st, 2, now.plan.thon);
    db_bind_text(st, 3, now.plan.place);
    while (!(err = db_row(db, st, &row)) && row) {
        struct class_member *m = &(*out)[*n_out];

        if (*n_out == MEMBERS_MAX || sqlite3_column_bytes(st, 0) != EVENT_TOKEN_BYTES)
            continue;
        memcpy(m->token, sqlite3_column_blob(st, 0), EVENT_TOKEN_BYTES);
        m->present = sqlite3_column_int(st, 1) != 0;
        m->finished = sqlite3_column_int(st, 2) != 0;
        m->needs_help = sqlite3_column_int(st, 3) != 0;
        m->is_new = sqlite3_column_int(st, 4) != 0;
        m->missed = sqlite3_column_int(st, 5);
        m->lesson = arena_strdup(arena, db_column_text(st, 6));
        (*n_out)++;
    }
    return err;
}

struct need {
    int64_t class_seq;
    const unsigned char *root;
    bool needs;
};

static enum err write_need(struct db *db, void *ctx)
{
    const struct need *n = ctx;
    sqlite3_stmt *st = n->needs ? db_stmt(db, "INSERT INTO class_need(class, token)"
                                              " VALUES(?1, ?2) ON CONFLICT DO NOTHING")
                                : db_stmt(db, "DELETE FROM class_need WHERE class = ?1"
                                              " AND token IN (SELECT token FROM person"
                                              " WHERE root = ?2)");

    sqlite3_bind_int64(st, 1, n->class_seq);
    sqlite3_bind_blob(st, 2, n->root, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    return db_run(db, st, "need");
}

enum err class_needs_help(struct db *db, const unsigned char *token, bool needs,
                          const char *actor)
{
    struct class_state now;
    struct need n = { .needs = needs };
    struct kin kin;
    enum err err = class_need_open(db, &now);

    (void)actor; /* a note, not an event */
    if (!err)
        err = kin_find(db, token, &kin);
    if (!err && !kin.known)
        err = ERR_REJECTED;
    if (err)
        return err;
    n.class_seq = now.seq;
    n.root = kin.root;
    return db_transact(db, write_need, &n);
}
