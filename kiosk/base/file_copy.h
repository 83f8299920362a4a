/* Files that are larger than memory should be: hashed and copied piece by piece. */
#pragma once

#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"

/* Links are not followed. Errors: ERR_OFFLINE (not there), ERR_CORRUPT (read error). */
NODISCARD enum err file_hash(const char *path, char sha256[HASH_SHA256_HEX],
                             int64_t *size_out);

/* Copies at most `max` bytes of the open plain file into `to` (0600, fsynced), whose SHA-256 and
 * size are then read from the copy. Errors: ERR_FULL, ERR_REJECTED (larger), ERR_CORRUPT. */
NODISCARD enum err file_pour(int from, const char *to, int64_t max,
                             char sha256[HASH_SHA256_HEX], int64_t *size_out);

/* The plain file `from`, no link, under its new name only when it is whole and its hash is
 * `sha256`: by way of "<to>.new", with an fsync of it. The folder is the caller's to sync. Errors:
 * ERR_OFFLINE (not there), ERR_REJECTED (another size or hash, not a plain file), ERR_FULL,
 * ERR_CORRUPT. */
NODISCARD enum err file_copy_hashed(const char *from, const char *to, int64_t size,
                                    const char *sha256);

/* Bytes free on the file system of `path`; 0: not known. */
int64_t file_free_bytes(const char *path);
