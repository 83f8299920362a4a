/* Requests about personal data. */
#include "store/requests.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "store/audit.h"
#include "store/people_seal.h"
#include "store/private.h"

#define REPLY_DAYS 2
#define DONE_DAYS 15

int64_t requests_reply_by(int64_t day)
{
    for (int left = REPLY_DAYS; left > 0;) {
        int weekday; /* 0 Thursday, as 1970-01-01 */

        day++;
        weekday = (int)((day % 7 + 7) % 7);
        if (weekday != 2 && weekday != 3) /* Saturday, Sunday */
            left--;
    }
    return day;
}

int64_t requests_today(struct db *db)
{
    int64_t day = db ? people_today(db) : -1;

    if (!db || day >= 0)
        return day;
    if (db_int(db, db_stmt(db, "SELECT ifnull(max(day), 0) FROM event"), 0, &day))
        day = 0;
    return day > db->build_day ? day : db->build_day;
}

static enum err card_is_ours(struct db *db, const char *card, bool *out)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT 1 FROM card WHERE code = ?1");
    int64_t n;
    enum err err;

    db_bind_text(st, 1, card);
    err = db_int(db, st, 0, &n);
    *out = n != 0;
    return err;
}

struct adding {
    enum request_kind kind;
    const char *card;
    int64_t day;
    const char *actor;
    int64_t id;
};

static enum err write_request(struct db *db, void *ctx)
{
    struct adding *a = ctx;
    sqlite3_stmt *st = db_stmt(
        db, "INSERT INTO request(kind, card, received, reply_by, done_by, actor)"
            " VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
    enum err err;

    sqlite3_bind_int(st, 1, (int)a->kind);
    db_bind_text(st, 2, a->card);
    sqlite3_bind_int64(st, 3, a->day);
    sqlite3_bind_int64(st, 4, requests_reply_by(a->day));
    sqlite3_bind_int64(st, 5, a->day + DONE_DAYS);
    db_bind_text(st, 6, a->actor);
    err = db_run(db, st, "request");
    a->id = sqlite3_last_insert_rowid(db->sq);
    return err ? err
               : audit_add(db, AUDIT_PEOPLE, a->actor, "au.e.request_new", a->card);
}

enum err requests_add(struct db *db, enum request_kind kind, const char *card,
                      int64_t received_day, const char *actor, int64_t *id_out)
{
    struct adding a = { kind, card, received_day, actor, 0 };
    bool ours;
    enum err err;

    if (!db)
        return ERR_CORRUPT;
    if (kind < REQUEST_ERASE || kind >= REQUEST_KIND_COUNT || !people_actor_ok(actor) ||
        received_day < db->build_day)
        return ERR_REJECTED;
    err = card_is_ours(db, card, &ours);
    if (!err && !ours)
        err = ERR_REJECTED;
    if (!err)
        err = db_transact(db, write_request, &a);
    if (!err && id_out)
        *id_out = a.id;
    return err;
}

static void read_row(sqlite3_stmt *st, struct request *out)
{
    out->id = sqlite3_column_int64(st, 0);
    out->kind = (enum request_kind)sqlite3_column_int(st, 1);
    (void)snprintf(out->card, sizeof(out->card), "%s", db_column_text(st, 2));
    out->received_day = sqlite3_column_int64(st, 3);
    out->reply_by_day = sqlite3_column_int64(st, 4);
    out->done_by_day = sqlite3_column_int64(st, 5);
    out->replied_day = sqlite3_column_int64(st, 6);
    out->done_day = sqlite3_column_int64(st, 7);
    out->outcome = (enum request_outcome)sqlite3_column_int(st, 8);
    (void)snprintf(out->actor, sizeof(out->actor), "%s", db_column_text(st, 9));
}

enum err requests_read(struct db *db, size_t skip, size_t max, struct arena *arena,
                       struct request **out, size_t *n_out)
{
    sqlite3_stmt *st;
    bool row;
    enum err err;

    *out = arena_alloc(arena, (max ? max : 1) * sizeof(**out));
    *n_out = 0;
    if (!db)
        return ERR_CORRUPT;
    st = db_stmt(db, "SELECT id, kind, card, received, reply_by, done_by,"
                     " ifnull(replied, -1), ifnull(done, -1), outcome, actor"
                     " FROM request ORDER BY outcome <> 0,"
                     " CASE outcome WHEN 0 THEN done_by ELSE -done END, id"
                     " LIMIT ?1 OFFSET ?2");
    sqlite3_bind_int64(st, 1, (int64_t)max);
    sqlite3_bind_int64(st, 2, (int64_t)skip);
    while (!(err = db_row(db, st, &row)) && row)
        read_row(st, &(*out)[(*n_out)++]);
    return err;
}

struct answer {
    int64_t id;
    enum request_outcome outcome; /* OPEN: only the reply */
    int64_t day;
    const char *actor;
};

static enum err write_answer(struct db *db, void *ctx)
{
    const struct answer *a = ctx;
    char detail[32];
    sqlite3_stmt *st =
        db_stmt(db, "UPDATE request SET replied = ifnull(replied, ?2), outcome = ?3,"
                    " done = CASE ?3 WHEN 0 THEN NULL ELSE ?2 END"
                    " WHERE id = ?1 AND outcome = 0 AND received <= ?2");
    enum err err;

    sqlite3_bind_int64(st, 1, a->id);
    sqlite3_bind_int64(st, 2, a->day);
    sqlite3_bind_int(st, 3, (int)a->outcome);
    err = db_run(db, st, "request");
    if (!err && sqlite3_changes(db->sq) == 0)
        err = ERR_REJECTED;
    if (err)
        return err;
    (void)snprintf(detail, sizeof(detail), "%" PRId64, a->id);
    return audit_add(db, AUDIT_PEOPLE, a->actor,
                     a->outcome == REQUEST_OPEN      ? "au.e.request_replied"
                     : a->outcome == REQUEST_REFUSED ? "au.e.request_refused"
                                                     : "au.e.request_done",
                     detail);
}

enum err requests_reply(struct db *db, int64_t id, int64_t day, const char *actor)
{
    struct answer a = { id, REQUEST_OPEN, day, actor };

    return people_actor_ok(actor) ? db_transact(db, write_answer, &a) : ERR_REJECTED;
}

enum err requests_close(struct db *db, int64_t id, enum request_outcome outcome,
                        int64_t day, const char *actor)
{
    struct answer a = { id, outcome, day, actor };

    if (!people_actor_ok(actor) ||
        (outcome != REQUEST_DONE && outcome != REQUEST_REFUSED))
        return ERR_REJECTED;
    return db_transact(db, write_answer, &a);
}

enum err requests_count(struct db *db, int64_t today, int64_t *open_out,
                        int64_t *late_out)
{
    sqlite3_stmt *st;
    enum err err;

    *open_out = *late_out = 0;
    if (!db)
        return ERR_CORRUPT;
    err = db_int(db, db_stmt(db, "SELECT count(*) FROM request WHERE outcome = 0"), 0,
                 open_out);
    if (err)
        return err;
    st = db_stmt(db, "SELECT count(*) FROM request WHERE outcome = 0 AND"
                     " (done_by < ?1 OR (replied IS NULL AND reply_by < ?1))");
    sqlite3_bind_int64(st, 1, today);
    return db_int(db, st, 0, late_out);
}

enum err requests_erased(struct db *db, const unsigned char *root, const char *receipt)
{
    sqlite3_stmt *st = db_stmt(
        db, "UPDATE request SET card = ?2,"
            " replied = CASE WHEN kind = 1 THEN ifnull(replied, max(received, ?3)) "
            "ELSE replied END,"
            " done = CASE WHEN outcome = 0 AND kind = 1 THEN max(received, ?3) ELSE "
            "done END,"
            " outcome = CASE WHEN outcome = 0 AND kind = 1 THEN 1 ELSE outcome END"
            " WHERE card IN (SELECT c.code FROM card c JOIN person p"
            " ON p.token = c.owner WHERE p.root = ?1)");

    sqlite3_bind_blob(st, 1, root, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    db_bind_text(st, 2, receipt);
    sqlite3_bind_int64(st, 3, people_today(db));
    return db_run(db, st, "request");
}
