/* Passwords of officials, as Argon2id strings. libsodium stays behind this header. */
#pragma once

#include <stdbool.h>

#include "base/err.h"

struct buf;

#define PASSWORD_HASH_CHARS 128
#define PASSWORD_MIN_CHARS 10

/* Errors: ERR_REJECTED (too short, too long, not UTF-8), ERR_FULL (no memory for it). */
NODISCARD enum err password_hash(const char *password, char out[PASSWORD_HASH_CHARS]);

/* Does it fit? NULL for `hash`: there is no such official; it takes as long, and never
 * fits. */
bool password_fits(const char *hash, const char *password);

/* Reads a line from the terminal on standard input without showing it. */
bool password_ask(struct buf *out);

/* Overwrites a password that is done with. */
void password_wipe(struct buf *password);
