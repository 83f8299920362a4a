/* Whether a file is a whole database of ours, and putting one in the place of
 * kiosk.db so that a power cut leaves either. */
#pragma once

#include "store/db.h"

/* Full check of a closed database file. Errors: ERR_REJECTED (not ours, or newer),
 * ERR_CORRUPT. */
NODISCARD enum err replace_check(const char *path, const char *vfs);

/* Sets kiosk.db and its WAL aside as kiosk.db.bad-<n> and names `fresh` kiosk.db;
 * `fresh` NULL: only sets aside. The database must not be open.
 * Errors: ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err replace_database(const struct db_config *config, const char *fresh);
