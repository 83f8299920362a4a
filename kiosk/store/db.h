/* The kiosk's database: one file, one connection, one owner thread (PROTOCOL §1).
 * Opening checks the file, migrates it and reads every PRAGMA back. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"

struct db;

enum db_health {
    DB_OK,
    DB_FULL,   /* the disk is full: lessons go on, nothing is falsely saved */
    DB_NEWER,  /* written by a newer program: lessons go on, nothing is written */
    DB_BROKEN, /* could not be opened or verified: the same, staff are told */
};

/* Such a file in the data folder says that its own partition is not mounted over it: what is
 * written there would be gone with the power (tools/deploy). */
#define DB_NO_PLACE ".no-data-partition"

struct db_config {
    const char *dir; /* data folder; the file is kiosk.db in it */
    const char *vfs; /* SQLite VFS by name, NULL: the default. For tests */
    const struct clock *clock;
    const char *program_version;
    bool
        clock_kept; /* the wall clock comes from a chip with a battery (clock_is_kept) */
    int64_t build_day; /* floor of every date, days since 1970 (UTC+7); 0: none */
};

/* Opens or makes the database. With ERR_REJECTED (newer version) and ERR_CORRUPT the
 * program goes on without a database (NULL): lessons need none. ERR_FULL likewise, and
 * ERR_RETRY: another process has it open; ERR_OFFLINE: DB_NO_PLACE is there, and nothing was
 * touched.
 * A database that fails its check is set aside as kiosk.db.bad-<n>, the newest verified
 * backup is put in its place, and the fact is logged and noted for staff
 * in the setting "note_database": "restored" or, without a backup, "empty".
 * Thread: the one that opened it is the only one that may use it. */
NODISCARD enum err db_open(const struct db_config *config, struct db **out);
void db_close(struct db *db); /* NULL and half-open are allowed */

/* The state to show staff. NULL is DB_BROKEN. */
enum db_health db_health(const struct db *db);

/* Whether it can still be read. */
bool db_answers(struct db *db);

/* Free space of the data folder in MB, or -1. */
int64_t db_free_mb(const struct db *db);
/* The data folder. */
const char *db_dir(const struct db *db);

/* Small facts that are no events: settings, ids, floors. `fallback` may be NULL.
 * The text is valid until the next call on `db`. */
const char *db_setting(struct db *db, const char *key, const char *fallback);
NODISCARD enum err db_set(struct db *db, const char *key, const char *value);

/* Runs `work` in one transaction: what it wrote stays whole, or not at all. Errors: those
 * of `work`, and of the disk. */
NODISCARD enum err db_all_or_nothing(struct db *db,
                                     enum err (*work)(struct db *db, void *ctx),
                                     void *ctx);

/* Moves WAL pages into the file; called while the screen rests. */
void db_checkpoint(struct db *db);
