/* The SQLite backend: one file, one connection, statements prepared when first run.
 * Not for two processes at a time: the second gets ERR_RETRY. */
#include "store.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/check.h"
#include "base/file.h"
#include "schema_sqlite.h"

#define LOG_MODULE "store"
#include "base/log.h"

#define PARAMS_MAX 12

struct sqlite_store {
    struct store base; /* first, see store.h */
    sqlite3 *sq;
    struct statement {
        sqlite3_stmt *st;
        int at[PARAMS_MAX]; /* where SQLite put $1, $2, … */
    } statements[QUERY_COUNT];
};

/* Logs once and returns the graded code. */
static enum err grade(struct sqlite_store *s, int rc, const char *what)
{
    LOG_ERR("%s: %s (%d)", what, s->sq ? sqlite3_errmsg(s->sq) : "no database", rc);
    switch (rc & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_RETRY;
    case SQLITE_FULL:
        return ERR_FULL;
    default:
        return ERR_CORRUPT;
    }
}

static enum err exec(struct sqlite_store *s, const char *sql, const char *what)
{
    int rc = sqlite3_exec(s->sq, sql, NULL, NULL, NULL);

    return rc == SQLITE_OK ? ERR_OK : grade(s, rc, what);
}

/* Runs "PRAGMA x" or "PRAGMA x = y" and compares what it answers. */
static enum err pragma(struct sqlite_store *s, const char *sql, const char *want)
{
    sqlite3_stmt *st = NULL;
    enum err err = ERR_OK;
    int rc = sqlite3_prepare_v2(s->sq, sql, -1, &st, NULL);
    const char *got = NULL;

    if (rc == SQLITE_OK)
        rc = sqlite3_step(st);
    if (rc == SQLITE_ROW)
        got = (const char *)sqlite3_column_text(st, 0);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
        err = grade(s, rc, sql);
    } else if (!got || strcmp(got, want)) {
        LOG_ERR("%s: is %s, must be %s", sql, got ? got : "nothing", want);
        err = ERR_CORRUPT;
    }
    sqlite3_finalize(st);
    return err;
}

static enum err set_pragmas(struct sqlite_store *s)
{
    static const struct {
        const char *set;
        const char *read;
        const char *want;
    } pragmas[] = {
        { "PRAGMA locking_mode = EXCLUSIVE", "PRAGMA locking_mode", "exclusive" },
        { "PRAGMA journal_mode = WAL", "PRAGMA journal_mode", "wal" },
        { "PRAGMA synchronous = EXTRA", "PRAGMA synchronous", "3" },
        { "PRAGMA foreign_keys = ON", "PRAGMA foreign_keys", "1" },
        { "PRAGMA trusted_schema = OFF", "PRAGMA trusted_schema", "0" },
        { "PRAGMA cell_size_check = ON", "PRAGMA cell_size_check", "1" },
        /* a name that somebody took back is not left in the file's free places */
        { "PRAGMA secure_delete = ON", "PRAGMA secure_delete", "1" },
        { "PRAGMA temp_store = MEMORY", "PRAGMA temp_store", "2" },
        { "PRAGMA cache_size = -16384", "PRAGMA cache_size", "-16384" },
        /* 16 MiB: pages that many uploads change are copied over once for all of them */
        { "PRAGMA wal_autocheckpoint = 4000", "PRAGMA wal_autocheckpoint", "4000" },
        { "PRAGMA journal_size_limit = 1048576", "PRAGMA journal_size_limit",
          "1048576" },
    };

    for (size_t i = 0; i < COUNT(pragmas); i++) {
        enum err err = exec(s, pragmas[i].set, pragmas[i].set);

        if (!err)
            err = pragma(s, pragmas[i].read, pragmas[i].want);
        if (err)
            return err;
    }
    return ERR_OK;
}

static enum err migrate(struct sqlite_store *s)
{
    sqlite3_stmt *st = NULL;
    int version = -1;
    enum err err = ERR_OK;

    if (sqlite3_prepare_v2(s->sq, "PRAGMA user_version", -1, &st, NULL) == SQLITE_OK &&
        sqlite3_step(st) == SQLITE_ROW)
        version = sqlite3_column_int(st, 0);
    sqlite3_finalize(st);
    if (version < 0)
        return grade(s, sqlite3_errcode(s->sq), "user_version");
    if ((size_t)version > schema_sqlite_n) {
        LOG_ERR("written by a newer program (schema %d)", version);
        return ERR_REJECTED;
    }
    for (size_t i = (size_t)version; !err && i < schema_sqlite_n; i++) {
        err = exec(s, "BEGIN IMMEDIATE", "schema");
        if (!err)
            err = exec(s, schema_sqlite[i], "schema");
        if (!err)
            err = exec(s, "COMMIT", "schema");
    }
    return err; /* closing rolls back */
}

static void destroy(struct sqlite_store *s)
{
    for (size_t i = 0; i < QUERY_COUNT; i++)
        sqlite3_finalize(s->statements[i].st);
    sqlite3_close(s->sq);
    free(s);
}

static void close_sqlite(struct store *base)
{
    destroy((struct sqlite_store *)base);
}

static enum err open_sqlite(const char *uri, enum store_mode mode, struct store **out)
{
    const char *path = strchr(uri, ':') + 1;
    struct sqlite_store *s;
    mode_t mask;
    enum err err = ERR_OK;
    int rc;

    *out = NULL;
    if (mode == STORE_EXISTING && !file_exists(path)) {
        LOG_ERR("%s: there is no such database", path);
        return ERR_REJECTED;
    }
    file_fit_times(path);
    s = check_alloc(sizeof(*s));
    mask = umask(077); /* it holds the signing key */
    *s = (struct sqlite_store){ .base.driver = &store_sqlite };
    rc =
        sqlite3_open_v2(path, &s->sq, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (rc != SQLITE_OK)
        err = grade(s, rc, path);
    if (!err)
        err = set_pragmas(s);
    if (!err)
        err = pragma(s, "PRAGMA quick_check(1)", "ok");
    if (!err)
        err = migrate(s);
    umask(mask);
    if (err) {
        destroy(s);
        s = NULL;
    }
    *out = s ? &s->base : NULL;
    return err;
}

static enum err prepare(struct sqlite_store *s, enum query q)
{
    struct statement *t = &s->statements[q];
    int rc;

    ASSERT(queries[q]);
    if (t->st)
        return ERR_OK;
    rc = sqlite3_prepare_v3(s->sq, queries[q], -1, SQLITE_PREPARE_PERSISTENT, &t->st,
                            NULL);
    if (rc != SQLITE_OK) {
        enum err err = grade(s, rc, queries[q]);

        ASSERT((rc & 0xff) != SQLITE_ERROR); /* our own SQL is wrong */
        return err;
    }
    for (int i = 0; i < sqlite3_bind_parameter_count(t->st); i++) {
        char name[24];

        snprintf(name, sizeof(name), "$%d", i + 1);
        ASSERT(i < PARAMS_MAX);
        t->at[i] = sqlite3_bind_parameter_index(t->st, name);
        ASSERT(t->at[i] > 0);
    }
    return ERR_OK;
}

static void bind(const struct statement *t, const struct param *params, size_t n)
{
    ASSERT((size_t)sqlite3_bind_parameter_count(t->st) == n);
    for (size_t i = 0; i < n; i++) {
        int rc;

        if (params[i].null)
            rc = sqlite3_bind_null(t->st, t->at[i]);
        else if (params[i].text)
            rc = sqlite3_bind_text(t->st, t->at[i], params[i].text, -1, SQLITE_STATIC);
        else
            rc = sqlite3_bind_int64(t->st, t->at[i], params[i].number);
        ASSERT(rc == SQLITE_OK);
    }
}

static enum err run_sqlite(struct store *base, enum query q, const struct param *params,
                           size_t n, row_fn *row, void *ctx)
{
    struct sqlite_store *s = (struct sqlite_store *)base;
    enum err err = prepare(s, q);
    sqlite3_stmt *st = s->statements[q].st;
    int rc = SQLITE_DONE;

    if (err)
        return err;
    bind(&s->statements[q], params, n);
    while (!err && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        struct cell cells[STORE_CELLS_MAX];
        int n_cells = sqlite3_column_count(st);

        ASSERT(n_cells <= STORE_CELLS_MAX);
        for (int i = 0; i < n_cells; i++) {
            bool is_text = sqlite3_column_type(st, i) == SQLITE_TEXT;

            cells[i].text = is_text ? (const char *)sqlite3_column_text(st, i) : NULL;
            cells[i].number = is_text ? 0 : sqlite3_column_int64(st, i);
        }
        if (row)
            err = row(ctx, cells);
    }
    if (!err && rc != SQLITE_DONE)
        err = grade(s, rc, queries[q]);
    sqlite3_reset(st);
    sqlite3_clear_bindings(st);
    return err;
}

static enum err transact_sqlite(struct store *base, enum tx tx)
{
    struct sqlite_store *s = (struct sqlite_store *)base;

    switch (tx) {
    case TX_BEGIN:
        return exec(s, "BEGIN IMMEDIATE", "begin");
    case TX_COMMIT:
        return exec(s, "COMMIT", "commit");
    default:
        /* SQLite has rolled back by itself after some errors. */
        return sqlite3_get_autocommit(s->sq) ? ERR_OK : exec(s, "ROLLBACK", "rollback");
    }
}

static enum err check_copy(const char *path)
{
    struct sqlite_store copy = { .base.driver = &store_sqlite };
    enum err err;
    int rc = sqlite3_open_v2(path, &copy.sq, SQLITE_OPEN_READONLY, NULL);

    err = rc == SQLITE_OK ? pragma(&copy, "PRAGMA integrity_check(1)", "ok")
                          : grade(&copy, rc, path);
    sqlite3_close(copy.sq);
    return err;
}

static enum err backup_sqlite(struct store *base, const char *path)
{
    struct sqlite_store *s = (struct sqlite_store *)base;
    sqlite3_stmt *st = NULL;
    mode_t mask = umask(077);
    enum err err = ERR_OK;
    int fd;
    int rc = sqlite3_prepare_v2(s->sq, "VACUUM INTO $1", -1, &st, NULL);

    ASSERT(rc == SQLITE_OK);
    sqlite3_bind_text(st, 1, path, -1, SQLITE_STATIC);
    rc = sqlite3_step(st);
    if (rc != SQLITE_DONE)
        err = grade(s, rc, path);
    sqlite3_finalize(st);
    umask(mask);
    if (err)
        return err;
    fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0 || fsync(fd)) {
        LOG_ERR("%s: could not be synced", path);
        err = ERR_FULL;
    }
    if (fd >= 0)
        close(fd);
    return err ? err : check_copy(path);
}

const struct store_driver store_sqlite = {
    .scheme = "sqlite",
    .open = open_sqlite,
    .run = run_sqlite,
    .transact = transact_sqlite,
    .backup = backup_sqlite,
    .close = close_sqlite,
};
