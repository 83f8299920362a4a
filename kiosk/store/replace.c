/* Replacing the database file.
 *
 * The order keeps three promises whenever the power goes: kiosk.db is never missing
 * (an empty one would be made in its place), it never meets the WAL of another file
 * (SQLite would replay it), and nothing is deleted.
 *   1. the WAL's pages go into the old file, if it can still be opened
 *   2. what is left of the WAL is renamed aside, the folder synced
 *   3. the old file gets its second name by a link
 *   4. the new one is renamed over it, the folder synced */
#include "store/replace.h"

#include <errno.h>
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
    return (rc & 0xff) == SQLITE_NOTADB ? ERR_REJECTED : ERR_CORRUPT;
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
    char aside[PATH_BYTES];
    char aside_wal[PATH_BYTES];
};

static enum err make_names(struct names *n, const char *dir)
{
    if (strlen(dir) > PATH_BYTES - 64)
        return ERR_REJECTED;
    (void)snprintf(n->db, PATH_BYTES, "%s/kiosk.db", dir);
    (void)snprintf(n->wal, PATH_BYTES, "%s/kiosk.db-wal", dir);
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

    if (sqlite3_open_v2(path, &sq, SQLITE_OPEN_READWRITE, vfs) == SQLITE_OK &&
        sqlite3_exec(sq, "PRAGMA locking_mode = EXCLUSIVE", NULL, NULL, NULL) ==
            SQLITE_OK)
        (void)sqlite3_wal_checkpoint_v2(sq, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
                                        NULL);
    sqlite3_close(sq);
}

static enum err failed(const char *what)
{
    LOG_ERR("cannot %s: %s", what, strerror(errno));
    return errno == ENOSPC || errno == EDQUOT ? ERR_FULL : ERR_CORRUPT;
}

enum err replace_database(const struct db_config *config, const char *fresh)
{
    struct names n;
    enum err err = make_names(&n, config->dir);

    if (err)
        return err;
    if (file_exists(n.db))
        take_wal_in(n.db, config->vfs);
    if (file_exists(n.wal) && rename(n.wal, n.aside_wal))
        return failed("set the WAL aside");
    err = file_sync_folder(config->dir);
    if (err)
        return err;
    if (file_exists(n.db) && link(n.db, n.aside))
        return failed("set the database aside");
    if (fresh ? rename(fresh, n.db) : unlink(n.db) && errno != ENOENT)
        return failed("name the new database");
    if (file_exists(n.aside))
        LOG_WARN("the old database is now %s", n.aside);
    return file_sync_folder(config->dir);
}
