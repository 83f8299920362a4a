/* Whole files: read with a ceiling, replaced so that a power cut leaves either the old
 * or the new one. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct buf;

/* Appends the regular file `path` to `out`, at most its ceiling. Links are followed.
 * Errors: ERR_OFFLINE (not there), ERR_REJECTED (too large, not a regular file),
 * ERR_CORRUPT (read error). */
NODISCARD enum err file_read(const char *path, struct buf *out);

/* The same, but refuses a symbolic link: for folders that strangers write to. */
NODISCARD enum err file_read_nofollow(const char *path, struct buf *out);

/* Writes `path` by way of a temporary file beside it: write, fsync, rename, fsync of
 * the folder. `mode` as in open(2). Errors: ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err file_replace(const char *path, const void *bytes, size_t n,
                                unsigned mode);

/* Makes `path` and its parents, 0700. Errors: ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err file_make_folder(const char *path);

bool file_exists(const char *path);

/* For a file that SQLite is about to open: where its time_t has 32 bits (armhf of Debian 12)
 * it opens none whose times lie after 2038-01-19, as a clock that was wrong leaves them. Such
 * times become those of now, also of its WAL; everything else is left alone. */
void file_fit_times(const char *path);

/* Fsyncs a folder, so that names made or removed in it last. Errors: ERR_CORRUPT. */
NODISCARD enum err file_sync_folder(const char *path);
