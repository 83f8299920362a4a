/* What the files of this room share: the connection, prepared statements, transactions.
 * Nothing outside kiosk/store includes it. */
#pragma once

#include <sqlite3.h>

#include "base/check.h"
#include "lesson/event.h"
#include "store/db.h"
#include "store/run.h"

#define DB_STATEMENTS_MAX 512
#define DB_APPLICATION_ID "1650750582" /* "bdhv" */

extern const char schema_sql[]; /* schema.sql, made at build time */

struct db {
    sqlite3 *sq; /* NULL after an I/O error that reopening did not mend */
    char *dir;
    char *path; /* of kiosk.db */
    char *vfs;
    char *program;
    struct clock clock;
    bool clock_kept;
    int64_t build_day;
    bool is_damaged; /* the file itself fails its checks, not the disk under it */
    bool is_full;    /* the last write did not fit */
    bool ballast_given_up;
    struct {
        const char *sql;
        sqlite3_stmt *st;
    } cache[DB_STATEMENTS_MAX];
    size_t n_cache;
    int prepare_rc; /* why db_stmt returned NULL */
    char *text;     /* what db_setting returned last */
    struct run run; /* the current run; ord 0: none yet */
    struct {        /* of the bundle filled last, for outbox_keep */
        int64_t n;
        int64_t since_n; /* as outbox_fill_beyond was asked */
        int64_t explained_ord;
        size_t n_runs;
        struct {
            int64_t ord;
            int64_t to;
        } runs[64];
    } filled;
    int64_t all_known_mono_ms; /* when `known` last listed every run; -1: never */
    int64_t backup_mono_ms;    /* of the last backup of this process, -1: none yet */
};

/* --- sql.c: statements and transactions -------------------------------------------- */

/* The prepared statement of a constant text, reset and without bindings. NULL only when
 * the database cannot be read; binding to NULL is harmless, db_run and db_row then
 * return the cause. */
sqlite3_stmt *db_stmt(struct db *db, const char *sql);

/* Steps a write to its end: the only place that does. Errors: as db_grade. */
NODISCARD enum err db_run(struct db *db, sqlite3_stmt *st, const char *what);

/* Steps a query: `*row_out` false at the end, and the statement is reset. */
NODISCARD enum err db_row(struct db *db, sqlite3_stmt *st, bool *row_out);

/* The one integer of a query; `fallback` when there is no row or it is NULL. */
NODISCARD enum err db_int(struct db *db, sqlite3_stmt *st, int64_t fallback,
                          int64_t *out);

/* Runs constant SQL without parameters that returns nothing of interest. */
NODISCARD enum err db_exec(struct db *db, const char *sql);

/* Logs an SQLite result once and grades it by what the caller can do. */
enum err db_grade(struct db *db, int rc, const char *what);

/* `work` between BEGIN IMMEDIATE and COMMIT; rolled back when either fails. A full disk
 * costs the ballast and is tried once more; after an I/O error the database is closed,
 * opened again and verified. Inside another transaction `work` just runs. */
typedef enum err (*db_work)(struct db *db, void *ctx);
NODISCARD enum err db_transact(struct db *db, db_work work, void *ctx);

void db_bind_text(sqlite3_stmt *st, int i, const char *text); /* NULL: SQL NULL */

/* Text of a column, "" for NULL. Valid until the next step. */
const char *db_column_text(sqlite3_stmt *st, int i);

/* Finalises every statement. */
void db_forget_statements(struct db *db);

/* --- db.c --------------------------------------------------------------------------- */

/* Opens the connection of `db`, sets and reads back the PRAGMAs, verifies, migrates. */
NODISCARD enum err db_connect(struct db *db);
void db_disconnect(struct db *db);

/* --- migrate.c ---------------------------------------------------------------------- */

/* Reads only. Errors: ERR_REJECTED when a newer program wrote the file. */
NODISCARD enum err migrate_check_version(struct db *db);
/* Is this user_version one that this program can open? */
bool migrate_knows(int64_t version);
/* Brings the schema to this program's version. */
NODISCARD enum err migrate(struct db *db);

/* --- ballast.c ---------------------------------------------------------------------- */

void ballast_take(struct db *db);    /* if there is room */
bool ballast_give_up(struct db *db); /* true: there was one, so a retry makes sense */
