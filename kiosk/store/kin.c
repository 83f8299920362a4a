/* From a token to the person it belongs to now. */
#include "store/kin.h"

#include <string.h>

#include "store/private.h"

enum err kin_find(struct db *db, const unsigned char *token, struct kin *out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT p.root, ifnull(r.cohort, 0) FROM person p"
                    " JOIN person r ON r.token = p.root WHERE p.token ="
                    " ifnull((SELECT owner FROM card WHERE token = ?1), ?1)");
    bool row;
    enum err err;

    memset(out, 0, sizeof(*out));
    sqlite3_bind_blob(st, 1, token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    err = db_row(db, st, &row);
    if (!row)
        return err;
    out->known = true;
    memcpy(out->root, sqlite3_column_blob(st, 0), EVENT_TOKEN_BYTES);
    out->cohort = sqlite3_column_int64(st, 1);
    sqlite3_reset(st);
    return ERR_OK;
}

enum err kin_need(struct db *db, const unsigned char *token, struct kin *out)
{
    enum err err = kin_find(db, token, out);

    if (!err && !out->cohort)
        err = ERR_REJECTED;
    return err;
}
