/* Rejected rows, read out of the bundle that carried them. */
#include "store/outbox_rejected.h"

#include <string.h>

#include "base/buf.h"
#include "base/encoding.h"
#include "base/json.h"
#include "store/private.h"

#define KEY_COLUMNS 4
#define DEPTH_MAX 4

/* The payload of a JWS (header.payload.signature), parsed. */
static enum err parse_payload(const char *jws, size_t n, json_value **out)
{
    const char *dot = memchr(jws, '.', n);
    const char *end = dot ? memchr(dot + 1, '.', n - (size_t)(dot + 1 - jws)) : NULL;
    struct buf payload;
    enum err err;

    *out = NULL;
    if (!end)
        return ERR_REJECTED;
    buf_init(&payload, BUNDLE_BYTES_MAX);
    err = encoding_unbase64url(dot + 1, (size_t)(end - dot - 1), &payload);
    if (!err)
        err = json_parse(buf_text(&payload), payload.len, DEPTH_MAX, out, NULL, 0);
    buf_finish(&payload);
    return err;
}

static enum err read_bundle(struct db *db, int64_t n, json_value **out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT bytes FROM bundle WHERE n = ?1 AND bytes IS NOT NULL");
    bool row;
    enum err err;

    *out = NULL;
    sqlite3_bind_int64(st, 1, n);
    err = db_row(db, st, &row);
    if (!row)
        return err;
    /* bytes of another kind have no rows that could be named */
    (void)!parse_payload(sqlite3_column_blob(st, 0),
                         (size_t)sqlite3_column_bytes(st, 0), out);
    sqlite3_reset(st);
    return ERR_OK;
}

/* Row `i` as the acknowledgement counts: counts first, then gauges. */
static json_value *find_row(json_value *doc, size_t i)
{
    size_t n_counts = json_count(json_get(doc, "counts"));

    return i < n_counts ? json_at(json_get(doc, "counts"), i)
                        : json_at(json_get(doc, "gauges"), i - n_counts);
}

static bool bind_key(sqlite3_stmt *st, json_value *row)
{
    for (size_t i = 0; i < KEY_COLUMNS; i++) {
        const char *text = json_text(json_at(row, i + 1)); /* 0 is the run */

        if (!text)
            return false;
        sqlite3_bind_text(st, (int)i + 1, text, -1, SQLITE_TRANSIENT);
    }
    return true;
}

static enum err forget_row(struct db *db, json_value *row)
{
    sqlite3_stmt *st =
        db_stmt(db, "DELETE FROM rejected WHERE (stat, period, unit, dims)"
                    " = (?1, ?2, ?3, ?4)");

    return bind_key(st, row) ? db_run(db, st, "rejected") : ERR_OK;
}

static enum err note_row(struct db *db, json_value *row, const char *code)
{
    sqlite3_stmt *st =
        db_stmt(db, "INSERT INTO rejected(stat, period, unit, dims, code)"
                    " VALUES(?1, ?2, ?3, ?4, ?5)"
                    " ON CONFLICT DO UPDATE SET code = excluded.code");

    if (!bind_key(st, row))
        return ERR_OK;
    db_bind_text(st, 5, code);
    return db_run(db, st, "rejected");
}

enum err outbox_note_rejected(struct db *db, int64_t n, const struct ack *ack)
{
    json_value *doc, *row;
    enum err err = read_bundle(db, n, &doc);

    for (size_t i = 0; !err && (row = find_row(doc, i)); i++)
        err = forget_row(db, row);
    for (size_t i = 0; !err && i < ack->n_rejected; i++) {
        row = ack->rejected[i].i < 0 ? NULL : find_row(doc, (size_t)ack->rejected[i].i);
        if (row)
            err = note_row(db, row, ack->rejected[i].code);
    }
    json_free(doc);
    return err;
}
