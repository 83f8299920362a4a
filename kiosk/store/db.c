/* Opening, checking and closing the one connection, and small settings. What is stored
 * is the business of the other files. */
#include "store/private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "store/backup.h"
#include "store/erase.h"
#include "store/recall_apply.h"
#include "store/replace.h"

#define LOG_MODULE "db"
#include "base/log.h"

#define PATH_BYTES 4096

/* Set in this order (locking before WAL: no shared memory is needed then), then read
 * back; PROTOCOL §1 says why each. `want` is how SQLite answers. */
static const struct {
    const char *set;
    const char *read;
    const char *want;
} pragmas[] = {
    { "PRAGMA locking_mode = EXCLUSIVE", "PRAGMA locking_mode", "exclusive" },
    { "PRAGMA page_size = 4096", "PRAGMA page_size", "4096" },
    { "PRAGMA synchronous = EXTRA", "PRAGMA synchronous", "3" },
    { "PRAGMA journal_mode = WAL", "PRAGMA journal_mode", "wal" },
    { "PRAGMA foreign_keys = ON", "PRAGMA foreign_keys", "1" },
    { "PRAGMA trusted_schema = OFF", "PRAGMA trusted_schema", "0" },
    { "PRAGMA cell_size_check = ON", "PRAGMA cell_size_check", "1" },
    { "PRAGMA secure_delete = ON", "PRAGMA secure_delete", "1" },
    { "PRAGMA temp_store = MEMORY", "PRAGMA temp_store", "2" },
    { "PRAGMA journal_size_limit = 1048576", "PRAGMA journal_size_limit", "1048576" },
};

/* The first value of a query, compared with `want`; "" matches what is not there. */
static enum err expect(struct db *db, const char *sql, const char *want)
{
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v2(db->sq, sql, -1, &st, NULL);
    enum err err;

    if (rc == SQLITE_OK)
        rc = sqlite3_step(st);
    err = db_grade(db, rc, sql);
    if (!err && (rc != SQLITE_ROW || strcmp(db_column_text(st, 0), want) != 0)) {
        LOG_ERR("%s: \"%s\", not \"%s\"", sql,
                rc == SQLITE_ROW ? db_column_text(st, 0) : "", want);
        err = ERR_CORRUPT;
    }
    sqlite3_finalize(st);
    return err;
}

/* How far gauges move while one event is booked (gauge.c); lives in memory. */
static const char moved_sql[] =
    "CREATE TEMP TABLE moved(stat TEXT, period TEXT, unit TEXT, dims TEXT,"
    " by INTEGER NOT NULL, PRIMARY KEY(stat, period, unit, dims)) WITHOUT ROWID";

static enum err set_pragmas(struct db *db)
{
    enum err err;

    for (size_t i = 0; i < COUNT(pragmas); i++) {
        err = db_exec(db, pragmas[i].set);
        if (!err)
            err = expect(db, pragmas[i].read, pragmas[i].want);
        if (err)
            return err;
    }
    return ERR_OK;
}

/* A file that is not ours, or not whole, is damaged: db_open sets it aside. */
static enum err check_file(struct db *db)
{
    int64_t tables;
    enum err err =
        db_int(db, db_stmt(db, "SELECT count(*) FROM sqlite_schema"), 0, &tables);

    if (!err && tables == 0)
        return db_exec(db, "PRAGMA application_id = " DB_APPLICATION_ID);
    if (!err)
        err = expect(db, "PRAGMA application_id", DB_APPLICATION_ID);
    if (!err)
        err = expect(db, "PRAGMA quick_check(1)", "ok");
    if (err == ERR_CORRUPT)
        db->is_damaged = true;
    return err;
}

enum err db_connect(struct db *db)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    mode_t mask = umask(077); /* SQLite makes the WAL with the rights of the file */
    int rc;

    file_fit_times(db->path);
    rc = sqlite3_open_v2(db->path, &db->sq, flags, db->vfs);
    enum err err = db_grade(db, rc, db->path);

    umask(mask);
    if (!err) {
        sqlite3_extended_result_codes(db->sq, 1);
        /* a newer database must be closed without a byte written to it */
        sqlite3_db_config(db->sq, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
        sqlite3_db_config(db->sq, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        /* before the first read: a WAL read without it makes a shared memory file */
        err = db_exec(db, "PRAGMA locking_mode = EXCLUSIVE");
    }
    if (!err)
        err = migrate_check_version(db);
    if (!err)
        err = set_pragmas(db);
    if (!err)
        err = check_file(db);
    if (!err)
        err = migrate(db);
    if (!err)
        err = db_exec(db, moved_sql);
    if (err) {
        db_disconnect(db);
        return err;
    }
    sqlite3_db_config(db->sq, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
    db->all_known_mono_ms = -1;
    db->backup_mono_ms = -1;
    return ERR_OK;
}

void db_disconnect(struct db *db)
{
    db_forget_statements(db);
    if (sqlite3_close(db->sq) != SQLITE_OK)
        LOG_ERR("the database did not close: %s", sqlite3_errmsg(db->sq));
    db->sq = NULL;
    db->run.ord = 0; /* the next write starts a new run */
    db->filled.n = 0;
}

static struct db *make_db(const struct db_config *config)
{
    struct db *db = check_alloc(sizeof(*db));
    size_t n = strlen(config->dir) + sizeof("/kiosk.db");

    db->dir = check_strdup(config->dir);
    db->path = check_alloc(n);
    (void)snprintf(db->path, n, "%s/kiosk.db", config->dir);
    db->vfs = config->vfs ? check_strdup(config->vfs) : NULL;
    db->program = check_strdup(config->program_version ? config->program_version : "");
    db->clock = config->clock ? *config->clock : clock_real;
    db->clock_kept = config->clock_kept;
    db->build_day = config->build_day;
    return db;
}

/* The file is damaged: the newest good backup takes its place, or an empty one. */
static enum err start_over(struct db *db, const struct db_config *config)
{
    const char *note = "restored";
    enum err err = backup_restore_newest(config);

    if (err == ERR_OFFLINE) { /* none, or none that is whole */
        note = "empty";
        err = replace_with_nothing(config);
    }
    if (!err)
        err = db_connect(db);
    db->is_damaged = err != ERR_OK;
    if (!err)
        err = db_set(db, "note_database", note);
    return err;
}

/* The folder that a file system should be mounted on, seen without it. */
static enum err check_place(const struct db *db)
{
    char path[PATH_BYTES];

    (void)snprintf(path, sizeof(path), "%s/" DB_NO_PLACE, db->dir);
    if (access(path, F_OK))
        return ERR_OK;
    LOG_ERR("%s: no data partition is mounted there: nothing is kept", db->dir);
    return ERR_OFFLINE;
}

enum err db_open(const struct db_config *config, struct db **out)
{
    struct db *db = make_db(config);
    enum err err = file_make_folder(db->dir);

    *out = NULL;
    if (!err)
        err = check_place(db);
    if (!err)
        err = replace_finish(config); /* what a power cut interrupted */
    if (!err) {
        ballast_take(db);
        err = db_connect(db);
    }
    if (err == ERR_CORRUPT && db->is_damaged)
        err = start_over(db, config);
    if (err) {
        db_close(db);
        return err;
    }
    if (recall_settle(db))
        LOG_ERR("what is to be asked again could not be counted: with the next start");
    erase_settle(db);
    *out = db;
    return ERR_OK;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    db_disconnect(db);
    free(db->dir);
    free(db->path);
    free(db->vfs);
    free(db->program);
    free(db->text);
    free(db);
}

enum db_health db_health(const struct db *db)
{
    if (!db || !db->sq || db->is_damaged)
        return DB_BROKEN;
    return db->is_full || db->ballast_given_up ? DB_FULL : DB_OK;
}

void db_checkpoint(struct db *db)
{
    if (!db || !db->sq)
        return;
    (void)db_grade(
        db,
        sqlite3_wal_checkpoint_v2(db->sq, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL),
        "checkpoint");
    ballast_take(db);
}

/* --- settings ----------------------------------------------------------------------- */

const char *db_dir(const struct db *db)
{
    return db->dir;
}

bool db_answers(struct db *db)
{
    int64_t n;

    return !db_int(
        db, db_stmt(db, "SELECT count(*) FROM (SELECT 1 FROM setting LIMIT 1)"), 0, &n);
}

const char *db_setting(struct db *db, const char *key, const char *fallback)
{
    sqlite3_stmt *st;
    bool row;

    if (!db)
        return fallback;
    st = db_stmt(db, "SELECT value FROM setting WHERE key = ?1");
    db_bind_text(st, 1, key);
    if (db_row(db, st, &row) || !row)
        return fallback;
    free(db->text);
    db->text = check_strdup(db_column_text(st, 0));
    sqlite3_reset(st);
    return db->text;
}

struct pair {
    const char *key;
    const char *value;
};

static enum err write_setting(struct db *db, void *ctx)
{
    const struct pair *pair = ctx;
    sqlite3_stmt *st = db_stmt(db, "INSERT INTO setting(key, value) VALUES(?1, ?2)"
                                   " ON CONFLICT DO UPDATE SET value = excluded.value");

    db_bind_text(st, 1, pair->key);
    db_bind_text(st, 2, pair->value);
    return db_run(db, st, "setting");
}

enum err db_set(struct db *db, const char *key, const char *value)
{
    struct pair pair = { key, value };

    return db_transact(db, write_setting, &pair);
}
