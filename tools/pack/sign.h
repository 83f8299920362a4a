/* Making keys and signatures in minisign's format; the kiosk's side is
 * lesson/minisign.h. Keys are not encrypted: they belong on the author's machine, 0600. */
#pragma once

#include "base/err.h"

struct buf;

/* Writes PREFIX.key (0600) and PREFIX.pub; never over an existing file. `why` (n_why
 * bytes) says what is wrong. Errors: ERR_REJECTED (a file is there), ERR_FULL,
 * ERR_CORRUPT. */
NODISCARD enum err sign_keygen(const char *prefix, char *why, unsigned long n_why);

/* Signs the bytes with the key file, prehashed; appends the text of the .minisig to
 * `out`. The same input gives the same signature. `comment` is signed too and has no
 * line end. Errors: ERR_OFFLINE (no key file), ERR_REJECTED (not a key of ours). */
NODISCARD enum err sign_bytes(const char *key_path, const struct buf *message,
                              const char *comment, struct buf *out, char *why,
                              unsigned long n_why);
