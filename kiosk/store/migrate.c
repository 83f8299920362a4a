/* Brings an older database to the schema of this program, forward only. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/backup.h"
#include "store/private.h"

#define LOG_MODULE "db"
#include "base/log.h"

#define MARK "\n-- migration "

/* The text of migration `number`, up to the next one; NULL: there is none. */
static const char *find_migration(int number, size_t *n_out)
{
    char mark[32];
    const char *at, *end;

    (void)snprintf(mark, sizeof(mark), MARK "%d\n", number);
    at = strstr(schema_sql, mark);
    if (!at)
        return NULL;
    at += strlen(mark);
    end = strstr(at, MARK);
    *n_out = end ? (size_t)(end - at) : strlen(at);
    return at;
}

/* Not db_transact: its answer to an I/O error is to connect again, and connecting is
 * what we are in the middle of. */
static enum err run_migration(struct db *db, int number, const char *text, size_t n)
{
    char version[48];
    char *sql = check_alloc(n + 1);
    enum err err = db_exec(db, "BEGIN IMMEDIATE");

    memcpy(sql, text, n);
    sql[n] = 0;
    (void)snprintf(version, sizeof(version), "PRAGMA user_version = %d", number);
    if (!err)
        err = db_grade(db, sqlite3_exec(db->sq, sql, NULL, NULL, NULL), "migration");
    if (!err)
        err = db_exec(db, version);
    if (!err)
        err = db_exec(db, "COMMIT");
    if (err)
        (void)sqlite3_exec(db->sq, "ROLLBACK", NULL, NULL, NULL);
    free(sql);
    return err;
}

static int newest_version(void)
{
    int newest = 0;
    size_t n;

    while (find_migration(newest + 1, &n))
        newest++;
    return newest;
}

static enum err read_version(struct db *db, int64_t *out)
{
    return db_int(db, db_stmt(db, "PRAGMA user_version"), 0, out);
}

enum err migrate_check_version(struct db *db)
{
    int64_t version;
    enum err err = read_version(db, &version);

    if (err || version <= newest_version())
        return err;
    LOG_ERR("the database has version %lld, this program knows %d", (long long)version,
            newest_version());
    return ERR_REJECTED;
}

/* A file in which nothing was ever written (the power went while it was made) has
 * nothing to lose. */
static enum err back_up(struct db *db)
{
    int64_t n_runs;
    enum err err = db_int(db, db_stmt(db, "SELECT count(*) FROM run"), 0, &n_runs);

    return err || n_runs == 0 ? err : backup_make(db, NULL, 0);
}

bool migrate_knows(int64_t version)
{
    return version > 0 && version <= newest_version();
}

enum err migrate(struct db *db)
{
    int64_t version;
    size_t n = 0;
    enum err err = read_version(db, &version);

    if (!err && version > 0 && version < newest_version())
        err = back_up(db);
    for (int i = (int)version + 1; !err && i <= newest_version(); i++) {
        const char *text = find_migration(i, &n);

        ASSERT(text);
        err = run_migration(db, i, text, n);
        if (!err)
            LOG_INFO("database migrated to version %d", i);
    }
    return err;
}
