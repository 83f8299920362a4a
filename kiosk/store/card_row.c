/* Cards in the database. */
#include "store/card_row.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "store/private.h"

#define CODE_DIGITS 5
#define CODES 100000
#define TRIES 200 /* for a free code; with half of all taken 2 are enough on average */

static enum err code_is_free(struct db *db, const char *code, bool *out)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT 1 FROM card WHERE code = ?1 UNION ALL"
                                   " SELECT 1 FROM spent_code WHERE code = ?1");
    int64_t taken;
    enum err err;

    db_bind_text(st, 1, code);
    err = db_int(db, st, 0, &taken);
    *out = !taken;
    return err;
}

static enum err pick_code(struct db *db, char out[PERSON_CODE_CHARS])
{
    bool is_free = false;
    enum err err = ERR_OK;

    for (int i = 0; !err && !is_free && i < TRIES; i++) {
        (void)snprintf(out, PERSON_CODE_CHARS, "%05u",
                       (unsigned)hash_random_below(CODES) % CODES);
        out[CODE_DIGITS] = person_check_digit(out);
        out[CODE_DIGITS + 1] = 0;
        err = code_is_free(db, out, &is_free);
    }
    return err || is_free ? err : ERR_FULL;
}

enum err card_row_make(struct db *db, const unsigned char *owner,
                       struct person_card *out)
{
    sqlite3_stmt *st;
    enum err err = pick_code(db, out->code);

    if (err)
        return err;
    hash_random(out->token, EVENT_TOKEN_BYTES);
    st = db_stmt(db, "INSERT INTO card(token, code, owner, state, made)"
                     " SELECT ?1, ?2, ?3, 1, 1 + ifnull(max(made), 0) FROM card");
    sqlite3_bind_blob(st, 1, out->token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    db_bind_text(st, 2, out->code);
    sqlite3_bind_blob(st, 3, owner ? owner : out->token, EVENT_TOKEN_BYTES,
                      SQLITE_STATIC);
    return db_run(db, st, "card");
}

enum err card_row_find(struct db *db, const unsigned char *token, struct card_row *out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT state, owner, code FROM card WHERE token = ?1");
    bool row;
    enum err err;

    memset(out, 0, sizeof(*out));
    sqlite3_bind_blob(st, 1, token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    err = db_row(db, st, &row);
    if (!row)
        return err;
    out->state = (enum card_state)sqlite3_column_int(st, 0);
    memcpy(out->owner, sqlite3_column_blob(st, 1), EVENT_TOKEN_BYTES);
    (void)snprintf(out->code, sizeof(out->code), "%s", db_column_text(st, 2));
    sqlite3_reset(st);
    return ERR_OK;
}

enum err card_row_code(struct db *db, const unsigned char *root,
                       char out[PERSON_CODE_CHARS])
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT c.code FROM person p JOIN card c ON c.owner = p.token"
                    " WHERE p.root = ?1 AND c.state = 1"
                    " ORDER BY p.token = p.root DESC, c.made DESC LIMIT 1");
    bool row;
    enum err err;

    out[0] = 0;
    sqlite3_bind_blob(st, 1, root, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    err = db_row(db, st, &row);
    if (!row)
        return err;
    (void)snprintf(out, PERSON_CODE_CHARS, "%s", db_column_text(st, 0));
    sqlite3_reset(st);
    return ERR_OK;
}

enum err card_row_revoke(struct db *db, const unsigned char *root)
{
    sqlite3_stmt *st =
        db_stmt(db, "UPDATE card SET state = 2 WHERE owner IN"
                    " (SELECT token FROM person WHERE root = ?1) AND state = 1");

    sqlite3_bind_blob(st, 1, root, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    return db_run(db, st, "card");
}

enum err card_row_erase(struct db *db, const unsigned char *owner)
{
    sqlite3_stmt *st = db_stmt(db, "INSERT INTO spent_code SELECT code FROM card"
                                   " WHERE owner = ?1 ON CONFLICT DO NOTHING");
    enum err err;

    sqlite3_bind_blob(st, 1, owner, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    err = db_run(db, st, "card");
    if (err)
        return err;
    st = db_stmt(db, "DELETE FROM card WHERE owner = ?1");
    sqlite3_bind_blob(st, 1, owner, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    return db_run(db, st, "card");
}
