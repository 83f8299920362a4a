/* Two entries that are one person, and saying that they are not after all. */
#include "store/merge.h"

#include <string.h>

#include "base/arena.h"
#include "store/audit.h"
#include "store/card_row.h"
#include "store/journal_private.h"
#include "store/kin.h"
#include "store/people_seal.h"
#include "store/private.h"

#define UNDO_DAYS 30

struct merging {
    const unsigned char *keep;
    const unsigned char *other;
    int64_t seq; /* of the merge to undo */
    const char *actor;
};

static enum err newest_person_event(struct db *db, const unsigned char *token,
                                    int64_t *out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT max(seq) FROM event WHERE token = ?1 AND kind = 6");

    sqlite3_bind_blob(st, 1, token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    return db_int(db, st, 0, out);
}

static enum err write_merge(struct db *db, void *ctx)
{
    const struct merging *m = ctx;
    struct event ev = { .kind = EVENT_MERGE, .actor = m->actor };
    struct kin keep, other;
    char code[PERSON_CODE_CHARS];
    enum err err = kin_need(db, m->keep, &keep);

    if (!err)
        err = kin_need(db, m->other, &other);
    if (!err && !memcmp(keep.root, other.root, EVENT_TOKEN_BYTES))
        err = ERR_REJECTED;
    if (!err)
        err = newest_person_event(db, keep.root, &ev.value);
    if (!err)
        err = card_row_code(db, keep.root, code);
    ev.token = other.root;
    if (!err)
        err = journal_write(db, &ev, NULL);
    return err ? err : audit_add(db, AUDIT_PEOPLE, m->actor, "au.e.person_merge", code);
}

enum err people_merge(struct db *db, const unsigned char *keep,
                      const unsigned char *other, const char *actor)
{
    struct merging m = { .keep = keep, .other = other, .actor = actor };

    if (!people_actor_ok(actor))
        return ERR_REJECTED;
    return db_transact(db, write_merge, &m);
}

/* Whose name was dropped after the 30 days (people_keep.c) does not come back nameless
 * because the clock is not known today. */
#define STILL_WHOLE                                                \
    " AND (EXISTS(SELECT 1 FROM sealed s WHERE s.token = m.token)" \
    " OR NOT EXISTS(SELECT 1 FROM consent c WHERE c.token = m.token))"

/* 0 … 30; -1 while one of the two days is not certain; -2 when it is too late. */
static int days_left(const struct db *db, int64_t merge_day)
{
    int64_t today = people_today(db);
    int64_t left = merge_day + UNDO_DAYS - today;

    if (merge_day < 0 || today < 0)
        return -1;
    return left < 0 ? -2 : left > UNDO_DAYS ? UNDO_DAYS : (int)left;
}

enum err people_merges(struct db *db, const unsigned char *keep, struct arena *arena,
                       struct people_merged **out, size_t *n_out)
{
    struct people_merged *all = NULL;
    size_t n = 0, cap = 0;
    struct kin kin;
    sqlite3_stmt *st;
    bool row;
    enum err err = db ? kin_need(db, keep, &kin) : ERR_CORRUPT;

    *out = NULL;
    *n_out = 0;
    if (err)
        return err;
    st = db_stmt(db, "SELECT m.token, m.seq, ifnull(e.day, -1) FROM merged m"
                     " JOIN event e ON e.seq = m.seq WHERE m.into_token IN"
                     " (SELECT token FROM person WHERE root = ?1)" STILL_WHOLE
                     " ORDER BY m.seq DESC");
    sqlite3_bind_blob(st, 1, kin.root, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    while (!(err = db_row(db, st, &row)) && row) {
        int left = days_left(db, sqlite3_column_int64(st, 2));

        if (left == -2)
            continue;
        if (n == cap) {
            struct people_merged *more =
                arena_alloc(arena, (cap = 2 * cap + 4) * sizeof(*more));

            if (n)
                memcpy(more, all, n * sizeof(*more));
            all = more;
        }
        memcpy(all[n].other, sqlite3_column_blob(st, 0), EVENT_TOKEN_BYTES);
        all[n].seq = sqlite3_column_int64(st, 1);
        all[n++].days_left = left;
    }
    if (err)
        return err;
    *out = all;
    *n_out = n;
    return ERR_OK;
}

static enum err write_unmerge(struct db *db, void *ctx)
{
    const struct merging *m = ctx;
    struct event ev = { .kind = EVENT_UNMERGE, .value = m->seq, .actor = m->actor };
    unsigned char token[EVENT_TOKEN_BYTES];
    char code[PERSON_CODE_CHARS];
    sqlite3_stmt *st =
        db_stmt(db, "SELECT m.token, ifnull(e.day, -1) FROM merged m"
                    " JOIN event e ON e.seq = m.seq WHERE m.seq = ?1" STILL_WHOLE);
    bool row;
    int left;
    enum err err;

    sqlite3_bind_int64(st, 1, m->seq);
    err = db_row(db, st, &row);
    if (!row)
        return err ? err : ERR_REJECTED;
    memcpy(token, sqlite3_column_blob(st, 0), sizeof(token));
    left = days_left(db, sqlite3_column_int64(st, 1));
    sqlite3_reset(st);
    if (left == -2)
        return ERR_REJECTED;
    ev.token = token;
    err = journal_write(db, &ev, NULL);
    if (!err)
        err = card_row_code(db, token, code);
    return err ? err
               : audit_add(db, AUDIT_PEOPLE, m->actor, "au.e.person_unmerge", code);
}

enum err people_unmerge(struct db *db, int64_t seq, const char *actor)
{
    struct merging m = { .seq = seq, .actor = actor };

    if (!people_actor_ok(actor))
        return ERR_REJECTED;
    return db_transact(db, write_unmerge, &m);
}
