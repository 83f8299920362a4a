/* Projections `person`, `merged` and `consent`, and what merges and erasures do to the
 * others. EVENT_PERSON is in marks.c.
 *
 * Merges are a forest: what is merged and what it is merged into were roots then, and
 * person.root leads each token to its root. Marks, progress and place belong to roots. */
#include "store/person_apply.h"

#include <string.h>

#include "store/gauge.h"
#include "store/kin.h"
#include "store/life.h"
#include "store/marks.h"
#include "store/private.h"

/* A write whose ?1 is a token and whose ?2 is another one, or nothing. */
static enum err write_tokens(struct db *db, const char *sql, const unsigned char *first,
                             const unsigned char *second)
{
    sqlite3_stmt *st = db_stmt(db, sql);

    sqlite3_bind_blob(st, 1, first, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    if (second)
        sqlite3_bind_blob(st, 2, second, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    return db_run(db, st, "person");
}

static enum err apply_card(struct apply *a)
{
    return write_tokens(a->db,
                        "INSERT INTO person(token, cohort, root) VALUES(?1, NULL, ?1)"
                        " ON CONFLICT DO NOTHING",
                        a->ev.token, NULL);
}

static enum err apply_consent(struct apply *a)
{
    sqlite3_stmt *st = db_stmt(
        a->db, "INSERT INTO consent(token, text, day, method, witness, guardian)"
               " SELECT token, body ->> '$.text', value, body ->> '$.method',"
               " body ->> '$.witness', body ->> '$.guardian' FROM event WHERE seq = ?1"
               " ON CONFLICT DO UPDATE SET text = excluded.text, day = excluded.day,"
               " method = excluded.method, witness = excluded.witness,"
               " guardian = excluded.guardian");

    sqlite3_bind_int64(st, 1, a->ev.seq);
    return db_run(a->db, st, "consent");
}

/* --- merges ------------------------------------------------------------------------- */

/* A blob of a row that has one, `*found_out` false otherwise. */
static enum err read_token(struct db *db, const char *sql, int64_t seq,
                           unsigned char out[EVENT_TOKEN_BYTES], bool *found_out)
{
    sqlite3_stmt *st = db_stmt(db, sql);
    bool row;
    enum err err;

    *found_out = false;
    sqlite3_bind_int64(st, 1, seq);
    err = db_row(db, st, &row);
    if (!row)
        return err;
    *found_out = sqlite3_column_bytes(st, 0) == EVENT_TOKEN_BYTES;
    if (*found_out)
        memcpy(out, sqlite3_column_blob(st, 0), EVENT_TOKEN_BYTES);
    sqlite3_reset(st);
    return ERR_OK;
}

/* Everything that follows from who belongs to whom. */
static enum err count_again(struct apply *a, const unsigned char *root)
{
    enum err err = life_progress(a, root);

    if (!err)
        err = life_recall(a, root);
    return err ? err : life_recount(a, root, a->ev.seq);
}

static enum err note_merge(struct apply *a, const unsigned char *keep)
{
    sqlite3_stmt *st =
        db_stmt(a->db, "INSERT INTO merged(token, into_token, seq) VALUES(?1, ?2, ?3)");

    sqlite3_bind_blob(st, 1, a->ev.token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    sqlite3_bind_blob(st, 2, keep, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    sqlite3_bind_int64(st, 3, a->ev.seq);
    return db_run(a->db, st, "merge");
}

static enum err apply_merge(struct apply *a)
{
    struct marks_who other;
    struct kin kin = { 0 };
    unsigned char keep[EVENT_TOKEN_BYTES];
    bool found, registered;
    enum err err = read_token(a->db,
                              "SELECT token FROM event WHERE seq ="
                              " (SELECT value FROM event WHERE seq = ?1)",
                              a->ev.seq, keep, &found);

    if (!err && found)
        err = kin_find(a->db, keep, &kin);
    if (err || !found || !kin.known ||
        !memcmp(kin.root, a->ev.token, EVENT_TOKEN_BYTES))
        return err ? err : ERR_CORRUPT; /* it was checked before it was written */
    err = marks_who(a->db, a->ev.token, &other, &registered);
    if (!err && registered)
        err = marks_drop(a->db, &other);
    if (!err)
        err = note_merge(a, kin.root);
    if (!err)
        err = write_tokens(a->db, "UPDATE person SET root = ?2 WHERE root = ?1",
                           a->ev.token, kin.root);
    return err ? err : count_again(a, kin.root);
}

/* `token` and all that went into it are apart from the rest again. */
static const char apart_sql[] =
    "WITH RECURSIVE part(token) AS (SELECT ?1 UNION"
    " SELECT m.token FROM merged m JOIN part p ON m.into_token = p.token)"
    " UPDATE person SET root = ?1 WHERE token IN (SELECT token FROM part)";

static enum err apply_unmerge(struct apply *a)
{
    unsigned char token[EVENT_TOKEN_BYTES];
    struct kin kin;
    bool found;
    enum err err = read_token(a->db,
                              "SELECT token FROM merged WHERE seq ="
                              " (SELECT value FROM event WHERE seq = ?1)",
                              a->ev.seq, token, &found);

    if (err || !found)
        return err ? err : ERR_CORRUPT;
    err = kin_find(a->db, token, &kin);
    if (!err)
        err = write_tokens(a->db, "DELETE FROM merged WHERE token = ?1", token, NULL);
    if (!err)
        err = write_tokens(a->db, apart_sql, token, NULL);
    if (!err)
        err = count_again(a, kin.root);
    return err ? err : count_again(a, token);
}

/* --- erasure ------------------------------------------------------------------------ */

/* An alias is erased before its root, in one transaction: its marks are the root's.
 * Projections only; erase.c takes the token out of every other table. */
static enum err apply_erase(struct apply *a)
{
    static const char *const forget[] = {
        "DELETE FROM progress WHERE token = ?1",
        "DELETE FROM place WHERE token = ?1",
        "DELETE FROM consent WHERE token = ?1",
        "DELETE FROM merged WHERE token = ?1",
        "DELETE FROM recall WHERE token = ?1",
        "DELETE FROM visit_count WHERE token = ?1",
        "DELETE FROM path_choice WHERE token = ?1",
        "DELETE FROM person WHERE token = ?1",
    };
    struct marks_who who;
    sqlite3_stmt *st;
    bool found;
    enum err err = marks_who(a->db, a->ev.token, &who, &found);

    if (!err && found && !memcmp(who.token, a->ev.token, EVENT_TOKEN_BYTES))
        err = marks_drop(a->db, &who);
    for (size_t i = 0; !err && i < COUNT(forget); i++)
        err = write_tokens(a->db, forget[i], a->ev.token, NULL);
    if (err)
        return err;
    st = db_stmt(a->db, "UPDATE event SET token = NULL, salt = NULL, ghost = ?2"
                        " WHERE token = ?1");
    sqlite3_bind_blob(st, 1, a->ev.token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    sqlite3_bind_int64(st, 2, a->ev.seq);
    err = db_run(a->db, st, "erasure");
    return err ? err : gauge_settle(a);
}

enum err person_apply(struct apply *a)
{
    enum err err;

    if (!a->ev.has_token)
        return ERR_OK; /* never written so */
    switch (a->ev.kind) {
    case EVENT_CARD:
        return apply_card(a);
    case EVENT_CONSENT:
        return apply_consent(a);
    case EVENT_MERGE:
        err = apply_merge(a);
        break;
    case EVENT_UNMERGE:
        err = apply_unmerge(a);
        break;
    default:
        err = apply_erase(a);
        break;
    }
    return err ? err : gauge_carry_stocks(a);
}
