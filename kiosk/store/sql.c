/* Prepared statements, the one place that steps a write, and transactions. Knows no
 * table. */
#include "store/private.h"

#include <string.h>

#define LOG_MODULE "db"
#include "base/log.h"

sqlite3_stmt *db_stmt(struct db *db, const char *sql)
{
    sqlite3_stmt *st = NULL;
    int rc;

    if (!db->sq) {
        db->prepare_rc = SQLITE_CANTOPEN;
        return NULL;
    }
    for (size_t i = 0; i < db->n_cache; i++)
        if (db->cache[i].sql == sql)
            return db->cache[i].st;
    rc = sqlite3_prepare_v3(db->sq, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL);
    if (rc == SQLITE_ERROR)
        LOG_ERR("%s: %s", sqlite3_errmsg(db->sq), sql);
    ASSERT(rc != SQLITE_ERROR); /* our own SQL does not fit our own schema */
    if (rc != SQLITE_OK) {
        db->prepare_rc = rc;
        return NULL;
    }
    ASSERT(db->n_cache < DB_STATEMENTS_MAX);
    db->cache[db->n_cache].sql = sql;
    db->cache[db->n_cache++].st = st;
    return st;
}

void db_forget_statements(struct db *db)
{
    for (size_t i = 0; i < db->n_cache; i++)
        sqlite3_finalize(db->cache[i].st);
    db->n_cache = 0;
}

enum err db_grade(struct db *db, int rc, const char *what)
{
    const char *why = db->sq ? sqlite3_errmsg(db->sq) : sqlite3_errstr(rc);

    switch (rc & 0xff) {
    case SQLITE_OK:
    case SQLITE_DONE:
    case SQLITE_ROW:
        return ERR_OK;
    case SQLITE_FULL:
        LOG_WARN("%s: the disk is full", what);
        db->is_full = true;
        return ERR_FULL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        LOG_WARN("%s: %s", what, why);
        return ERR_RETRY;
    case SQLITE_CONSTRAINT:
    case SQLITE_TOOBIG:
        LOG_WARN("%s: refused: %s", what, why);
        return ERR_REJECTED;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        db->is_damaged = true;
        LOG_ERR("%s: %s (%d)", what, why, rc);
        return ERR_CORRUPT;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PROTOCOL:
    case SQLITE_PERM:
    case SQLITE_ABORT: /* a statement met the rollback of an I/O error */
        LOG_ERR("%s: %s (%d)", what, why, rc);
        return ERR_CORRUPT;
    default:
        LOG_ERR("%s: %s (%d)", what, why, rc);
        ASSERT(rc == SQLITE_OK); /* only our own mistakes give such a result */
        return ERR_CORRUPT;
    }
}

static void done_with(sqlite3_stmt *st)
{
    sqlite3_reset(st);
    sqlite3_clear_bindings(st);
}

enum err db_run(struct db *db, sqlite3_stmt *st, const char *what)
{
    enum err err;
    int rc;

    if (!st)
        return db_grade(db, db->prepare_rc, what);
    rc = sqlite3_step(st);
    ASSERT(rc != SQLITE_ROW); /* a write never returns rows here */
    err = db_grade(db, rc, what);
    done_with(st);
    return err;
}

enum err db_row(struct db *db, sqlite3_stmt *st, bool *row_out)
{
    enum err err = ERR_OK;
    int rc;

    *row_out = false;
    if (!st)
        return db_grade(db, db->prepare_rc, "query");
    rc = sqlite3_step(st);
    *row_out = rc == SQLITE_ROW;
    if (!*row_out) {
        err = db_grade(db, rc, sqlite3_sql(st));
        done_with(st);
    }
    return err;
}

enum err db_int(struct db *db, sqlite3_stmt *st, int64_t fallback, int64_t *out)
{
    bool row;
    enum err err = db_row(db, st, &row);

    *out = fallback;
    if (row && sqlite3_column_type(st, 0) != SQLITE_NULL)
        *out = sqlite3_column_int64(st, 0);
    if (row)
        done_with(st);
    return err;
}

enum err db_exec(struct db *db, const char *sql)
{
    if (!db->sq)
        return ERR_CORRUPT;
    return db_grade(db, sqlite3_exec(db->sq, sql, NULL, NULL, NULL), sql);
}

void db_bind_text(sqlite3_stmt *st, int i, const char *text)
{
    if (text)
        sqlite3_bind_text(st, i, text, -1, SQLITE_STATIC);
    else
        sqlite3_bind_null(st, i);
}

const char *db_column_text(sqlite3_stmt *st, int i)
{
    const unsigned char *text = sqlite3_column_text(st, i);

    return text ? (const char *)text : "";
}

/* --- transactions ------------------------------------------------------------------- */

/* The last event: tells whether a commit that failed halfway happened after all. */
struct head {
    int64_t seq;
    unsigned char chain[16];
};

static enum err read_head(struct db *db, struct head *out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT seq, chain FROM event ORDER BY seq DESC LIMIT 1");
    bool row;
    enum err err = db_row(db, st, &row);

    memset(out, 0, sizeof(*out));
    if (!row)
        return err;
    out->seq = sqlite3_column_int64(st, 0);
    if (sqlite3_column_bytes(st, 1) == sizeof(out->chain))
        memcpy(out->chain, sqlite3_column_blob(st, 1), sizeof(out->chain));
    done_with(st);
    return ERR_OK;
}

/* After an I/O error nothing that the connection believes is trusted: SQLite's cache
 * may hold pages that the kernel already dropped. */
static enum err reopen(struct db *db)
{
    LOG_WARN("closing and opening the database again after an I/O error");
    db_disconnect(db);
    return db_connect(db);
}

static enum err attempt(struct db *db, db_work work, void *ctx)
{
    struct run run_before = db->run;
    struct head before, wanted, found;
    bool committing = false;
    enum err err = db_exec(db, "BEGIN IMMEDIATE");

    if (err)
        goto fail;
    err = read_head(db, &before);
    if (!err)
        err = work(db, ctx);
    if (!err)
        err = read_head(db, &wanted);
    if (err)
        goto fail;
    committing = true;
    err = db_exec(db, "COMMIT");
    if (!err) {
        db->is_full = false;
        return ERR_OK;
    }

fail:
    db->run = run_before;
    if (db->sq && !sqlite3_get_autocommit(db->sq) &&
        sqlite3_exec(db->sq, "ROLLBACK", NULL, NULL, NULL) != SQLITE_OK)
        err = ERR_CORRUPT;
    if (err != ERR_CORRUPT)
        return err;
    if (reopen(db) || !committing || wanted.seq == before.seq)
        return ERR_CORRUPT;
    /* The error may have come after the bytes were safe: then the events are there, and
     * saying otherwise would make the caller write them twice. */
    if (read_head(db, &found) || memcmp(&found, &wanted, sizeof(found)) != 0)
        return ERR_CORRUPT;
    if (sqlite3_wal_checkpoint_v2(db->sq, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL))
        return ERR_CORRUPT;
    return ERR_OK;
}

enum err db_transact(struct db *db, db_work work, void *ctx)
{
    enum err err;

    if (!db)
        return ERR_CORRUPT;
    if (!db->sq && reopen(db))
        return ERR_CORRUPT;
    if (!sqlite3_get_autocommit(db->sq))
        return work(db, ctx);
    err = attempt(db, work, ctx);
    if (err == ERR_FULL && ballast_give_up(db))
        err = attempt(db, work, ctx);
    return err;
}

enum err db_all_or_nothing(struct db *db, enum err (*work)(struct db *db, void *ctx),
                           void *ctx)
{
    return db_transact(db, work, ctx);
}
