/* Whether a file is a whole database of ours, and putting one in the place of
 * kiosk.db so that a power cut leaves either. The database must not be open. */
#pragma once

#include "store/db.h"

/* Full check of a closed database file. Errors: ERR_REJECTED (not there, not ours, or
 * newer), ERR_CORRUPT, ERR_OFFLINE (the disk would not read it). */
NODISCARD enum err replace_check(const char *path, const char *vfs);

/* Copies `path`, checked before and after, to what will be the database from now on. `by`: who
 * wants it, kept in the setting "put_back_by" of the copy for the log. Another database may
 * be open. Errors: as replace_check, ERR_FULL. */
NODISCARD enum err replace_stage(const struct db_config *config, const char *path,
                                 const char *by);

/* Puts what was staged in place, if anything was; the old database stays beside it as
 * kiosk.db.bad-<n>. Call before every opening. Errors: ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err replace_finish(const struct db_config *config);

/* Sets the database aside and leaves none. Errors: as replace_finish. */
NODISCARD enum err replace_with_nothing(const struct db_config *config);
