/* Verified copies of the database. */
#pragma once

#include <stddef.h>

#include "store/db.h"

/* VACUUM INTO a temporary file, fsync, reopen, full check, rename to
 * <dir>/backup/kiosk-<n>.db; keeps three. `path_out` (n_path bytes, may be NULL) gets
 * the name. Errors: ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err backup_make(struct db *db, char *path_out, unsigned long n_path);

/* Makes a backup and removes all others: somebody in them was erased. They go even when no
 * new one can be made (the error says so, and backup_keep_fresh tries again). */
NODISCARD enum err backup_rewrite(struct db *db);

/* Makes a backup when events were written since the newest one, but not twice within a
 * day. Called while the screen rests; a failure is logged, and the older ones stay. */
void backup_keep_fresh(struct db *db);

/* The copies in <dir>/backup, newest first; at most BACKUPS_SHOWN. One that cannot be read has
 * `events` -1. */
#define BACKUPS_SHOWN 3
struct backup_info {
    char path[4096];
    int64_t number;
    int64_t events;   /* written when it was made; -1: it cannot be read */
    int64_t last_day; /* of them, days since 1970; -1: none is certain */
    int64_t bytes;
};
size_t backup_list(struct db *db, struct backup_info out[BACKUPS_SHOWN]);
/* How many events the open database has; -1: it cannot be read. */
int64_t backup_events_now(struct db *db);

/* Checks `path` and copies it to what the next db_open opens, while `db` stays open: the
 * program must start again; `by` stands in the log then. Who was erased meanwhile is erased again then. Errors: as
 * backup_restore. */
NODISCARD enum err backup_stage(struct db *db, const char *path, const char *by);

/* Puts a backup in the place of the database of `config->dir` (which must not be open):
 * checks it, sets the old one aside, and sees to it that the next write starts a new
 * run. Who was erased meanwhile (store/erased.h, here or beside `path`) is erased again by
 * the next db_open. Errors: ERR_REJECTED (not a backup of ours, newer), ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err backup_restore(const struct db_config *config, const char *path);

/* The same with the newest one of <dir>/backup that passes the check. Errors: also
 * ERR_OFFLINE when there is none that is whole. */
NODISCARD enum err backup_restore_newest(const struct db_config *config);
