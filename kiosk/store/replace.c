/* Replacing the database file.
 *
 *   STAGED [replace_stage]: kiosk.db.new is whole, synced, and so is its name. From here
 *   on it will be the database, whatever the power does: db_open calls replace_finish.
 *   IN PLACE [replace_finish]
 *     1. the WAL's pages go into the old file, if it can still be opened
 *     2. what is left of the WAL is renamed aside: it must never meet another file,
 *        because SQLite would play it back into that one
 *     3. the old file gets its second name by a link, so that kiosk.db is never missing
 *        (an empty one would be made in its place) and nothing is deleted
 *     4. the new one is renamed over it
 *   The folder is synced between the steps, so that none overtakes another. */
#include "store/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "store/private.h"

#define LOG_MODULE "backup"
#include "base/log.h"

#define PATH_BYTES 4096
#define ASIDE_MAX 1000
#define BUNDLES_SKIPPED "10000" /* numbers that the lost copy may have used already */

/* --- checking ----------------------------------------------------------------------- */

static int query(sqlite3 *sq, const char *sql, char *out, size_t n_out)
{
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v2(sq, sql, -1, &st, NULL);

    if (rc == SQLITE_OK)
        rc = sqlite3_step(st);
    out[0] = 0;
    if (rc == SQLITE_ROW)
        (void)snprintf(out, n_out, "%s", db_column_text(st, 0));
    sqlite3_finalize(st);
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static enum err check_open(sqlite3 *sq, const char *path)
{
    char text[128];
    int rc = query(sq, "PRAGMA application_id", text, sizeof(text));

    if (rc == SQLITE_OK && strcmp(text, DB_APPLICATION_ID) != 0) {
        LOG_ERR("%s is not a database of this program", path);
        return ERR_REJECTED;
    }
    if (rc == SQLITE_OK)
        rc = query(sq, "PRAGMA user_version", text, sizeof(text));
    if (rc == SQLITE_OK && !migrate_knows(strtol(text, NULL, 10))) {
        LOG_ERR("%s has version %s, which this program does not know", path, text);
        return ERR_REJECTED;
    }
    if (rc == SQLITE_OK)
        rc = query(sq, "PRAGMA integrity_check(1)", text, sizeof(text));
    if (rc == SQLITE_OK && strcmp(text, "ok") == 0)
        rc = query(sq, "PRAGMA foreign_key_check", text, sizeof(text));
    else if (rc == SQLITE_OK)
        rc = SQLITE_CORRUPT;
    if (rc == SQLITE_OK && !text[0])
        return ERR_OK;
    LOG_ERR("%s fails its check: %s", path, rc ? sqlite3_errstr(rc) : text);
    return (rc & 0xff) == SQLITE_NOTADB  ? ERR_REJECTED
           : (rc & 0xff) == SQLITE_IOERR ? ERR_OFFLINE
                                         : ERR_CORRUPT;
}

enum err replace_check(const char *path, const char *vfs)
{
    sqlite3 *sq = NULL;
    int rc = sqlite3_open_v2(path, &sq, SQLITE_OPEN_READONLY, vfs);
    enum err err = ERR_REJECTED;

    if (rc == SQLITE_OK)
        err = check_open(sq, path);
    else
        LOG_ERR("%s: %s", path, sqlite3_errstr(rc));
    sqlite3_close(sq);
    return err;
}

/* --- replacing ---------------------------------------------------------------------- */

struct names {
    char db[PATH_BYTES];
    char wal[PATH_BYTES];
    char fresh[PATH_BYTES];   /* staged: whole by construction */
    char scratch[PATH_BYTES]; /* being copied: whatever it is, it may go */
    char aside[PATH_BYTES];
    char aside_wal[PATH_BYTES];
};

static enum err make_names(struct names *n, const char *dir)
{
    if (strlen(dir) > PATH_BYTES - 64)
        return ERR_REJECTED;
    (void)snprintf(n->db, PATH_BYTES, "%s/kiosk.db", dir);
    (void)snprintf(n->wal, PATH_BYTES, "%s/kiosk.db-wal", dir);
    (void)snprintf(n->fresh, PATH_BYTES, "%s/kiosk.db.new", dir);
    (void)snprintf(n->scratch, PATH_BYTES, "%s/kiosk.db.copy", dir);
    for (int i = 1; i <= ASIDE_MAX; i++) {
        (void)snprintf(n->aside, PATH_BYTES, "%s/kiosk.db.bad-%d", dir, i);
        (void)snprintf(n->aside_wal, PATH_BYTES, "%s/kiosk.db.bad-%d-wal", dir, i);
        if (!file_exists(n->aside) && !file_exists(n->aside_wal))
            return ERR_OK;
    }
    return ERR_FULL;
}

/* A database that can be opened takes its WAL in; one that cannot keeps it beside it. */
static void take_wal_in(const char *path, const char *vfs)
{
    sqlite3 *sq = NULL;

    /* the query: SQLite does not know that there is a WAL before it has read */
    if (sqlite3_open_v2(path, &sq, SQLITE_OPEN_READWRITE, vfs) == SQLITE_OK &&
        sqlite3_exec(sq,
                     "PRAGMA locking_mode = EXCLUSIVE;"
                     "SELECT count(*) FROM sqlite_schema",
                     NULL, NULL, NULL) == SQLITE_OK)
        (void)sqlite3_wal_checkpoint_v2(sq, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
                                        NULL);
    sqlite3_close(sq);
}

static enum err failed(const char *what)
{
    LOG_ERR("cannot %s: %s", what, strerror(errno));
    return errno == ENOSPC || errno == EDQUOT ? ERR_FULL : ERR_CORRUPT;
}

/* Steps 1 to 3. */
static enum err set_aside(const struct db_config *config, const struct names *n)
{
    enum err err;

    if (!file_exists(n->db))
        return ERR_OK;
    take_wal_in(n->db, config->vfs);
    if (file_exists(n->wal) && rename(n->wal, n->aside_wal))
        return failed("set the WAL aside");
    err = file_sync_folder(config->dir);
    if (err)
        return err;
    if (link(n->db, n->aside))
        return failed("set the database aside");
    LOG_WARN("the old database is now %s", n->aside);
    return file_sync_folder(config->dir);
}

enum err replace_finish(const struct db_config *config)
{
    struct names n;
    enum err err = make_names(&n, config->dir);

    if (err || !file_exists(n.fresh))
        return err;
    err = set_aside(config, &n);
    if (!err && rename(n.fresh, n.db))
        err = failed("name the new database");
    return err ? err : file_sync_folder(config->dir);
}

enum err replace_with_nothing(const struct db_config *config)
{
    struct names n;
    enum err err = make_names(&n, config->dir);

    if (!err)
        err = set_aside(config, &n);
    if (!err && unlink(n.db) && errno != ENOENT)
        err = failed("remove the damaged database");
    return err ? err : file_sync_folder(config->dir);
}

/* --- staging ------------------------------------------------------------------------ */

static enum err copy_file(const char *from, const char *to)
{
    char chunk[65536];
    int in = open(from, O_RDONLY | O_CLOEXEC);
    int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    ssize_t n = in < 0 || out < 0 ? -1 : 0;
    bool full = false;

    while (n >= 0 && (n = read(in, chunk, sizeof(chunk))) > 0)
        if (write(out, chunk, (size_t)n) != n) {
            full = errno == ENOSPC || errno == EDQUOT;
            n = -1;
        }
    if (n == 0 && fsync(out))
        n = -1;
    if (in >= 0)
        close(in);
    if (out >= 0)
        close(out);
    if (n == 0)
        return ERR_OK;
    LOG_ERR("cannot copy %s to %s: %s", from, to, strerror(errno));
    return full ? ERR_FULL : ERR_CORRUPT;
}

/* Bundles that the lost copy sent have numbers that this one has not seen: skip them. */
static int keep_who(sqlite3 *sq, const char *by)
{
    sqlite3_stmt *st = NULL;
    int rc =
        sqlite3_prepare_v2(sq,
                           "INSERT INTO setting(key, value) VALUES('put_back_by', ?1)"
                           " ON CONFLICT DO UPDATE SET value = excluded.value",
                           -1, &st, NULL);

    if (rc == SQLITE_OK)
        rc = sqlite3_bind_text(st, 1, by, -1, SQLITE_STATIC);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(st);
    sqlite3_finalize(st);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static enum err make_ours(const char *path, const char *vfs, const char *by)
{
    static const char skip_numbers[] =
        "INSERT INTO setting(key, value) SELECT 'bundle_floor', " BUNDLES_SKIPPED
        " + max(ifnull((SELECT max(n) FROM bundle), 0), ifnull((SELECT CAST(value AS"
        " INTEGER) FROM setting WHERE key = 'bundle_floor'), 0))"
        " WHERE 1 ON CONFLICT DO UPDATE SET value = excluded.value;"
        "UPDATE bundle SET bytes = NULL";
    sqlite3 *sq = NULL;
    int rc = sqlite3_open_v2(path, &sq, SQLITE_OPEN_READWRITE, vfs);

    if (rc == SQLITE_OK) /* a scratch copy: a journal would only outlive it */
        rc = sqlite3_exec(sq, "PRAGMA journal_mode = MEMORY", NULL, NULL, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(sq, skip_numbers, NULL, NULL, NULL);
    if (rc == SQLITE_OK)
        rc = keep_who(sq, by);
    if (rc != SQLITE_OK)
        LOG_ERR("%s: %s", path, sqlite3_errmsg(sq));
    sqlite3_close(sq);
    return rc == SQLITE_OK              ? ERR_OK
           : (rc & 0xff) == SQLITE_FULL ? ERR_FULL
                                        : ERR_CORRUPT;
}

static enum err sync_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    int rc = fd < 0 ? -1 : fsync(fd);

    if (fd >= 0)
        close(fd);
    return rc ? failed("sync a file") : ERR_OK;
}

enum err replace_stage(const struct db_config *config, const char *path, const char *by)
{
    struct names n;
    enum err err = make_names(&n, config->dir);

    if (!err)
        err = replace_check(path, config->vfs);
    if (!err)
        err = copy_file(path, n.scratch);
    if (!err)
        err = make_ours(n.scratch, config->vfs, by);
    if (!err)
        err = replace_check(n.scratch, config->vfs);
    if (!err)
        err = sync_file(n.scratch);
    if (!err && rename(n.scratch, n.fresh))
        err = failed("name the staged database");
    if (err)
        (void)unlink(n.scratch);
    return err ? err : file_sync_folder(config->dir);
}
