/* The data key (PROTOCOL §6). What identifies a person is sealed with it; on disk the key
 * exists only wrapped by a passphrase, a recovery code or the secret of a staff card. Its
 * public half is open, so that registering works while locked.
 *
 * ABSENT -> UNLOCKED [vault_create]; LOCKED -> UNLOCKED [vault_unlock] -> LOCKED
 * [vault_lock, every process start]. Thread: the owner of the database. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "lesson/event.h"

struct buf;
struct db;
struct vault;

#define VAULT_SECRET_CHARS 40   /* a recovery code or card text with its NUL */
#define VAULT_PASSPHRASE_MIN 10 /* characters */

enum vault_way { VAULT_PASSPHRASE, VAULT_RECOVERY, VAULT_CARD };

/* Reads what the database has; never unlocks. `db` is borrowed and may be NULL (then the
 * vault is absent for ever). Errors: ERR_CORRUPT. */
NODISCARD enum err vault_open(struct db *db, struct vault **out);
void vault_close(struct vault *v); /* wipes; NULL is allowed */

bool vault_exists(const struct vault *v);
bool vault_is_unlocked(const struct vault *v);

/* First set-up: makes the key pair, wraps it by `passphrase`, and by a fresh recovery code
 * that comes back once ("XXXX-XXXX-…", Crockford base32). Unlocked afterwards.
 * Errors: ERR_REJECTED (exists, or the passphrase is too short), ERR_FULL. */
NODISCARD enum err vault_create(struct vault *v, const char *passphrase,
                                char recovery_out[VAULT_SECRET_CHARS]);

/* Tries a secret as typed or scanned (case, blanks and hyphens of codes do not matter).
 * Takes 0.1…2 s (Argon2id). Wrong guesses are slowed by a durable counter: ERR_RETRY means
 * wait vault_wait_s. Errors: ERR_REJECTED (does not fit), ERR_RETRY, ERR_CORRUPT. */
NODISCARD enum err vault_unlock(struct vault *v, enum vault_way way,
                                const char *secret);
long vault_wait_s(const struct vault *v);
void vault_lock(struct vault *v);

/* While unlocked. A new secret for `staff` (its QR text "BDS1…" comes back once) and taking
 * it away; another passphrase; another recovery code (the old one dies). */
NODISCARD enum err vault_card_make(struct vault *v, const char *staff,
                                   char secret_out[VAULT_SECRET_CHARS]);
NODISCARD enum err vault_card_drop(struct vault *v, const char *staff);
NODISCARD enum err vault_set_passphrase(struct vault *v, const char *passphrase);
NODISCARD enum err vault_set_recovery(struct vault *v,
                                      char recovery_out[VAULT_SECRET_CHARS]);

/* Seals `n` bytes for (token, column, version): XChaCha20-Poly1305 with these as AAD while
 * unlocked, a sealed box (same three inside) while locked; appended to `out`. */
NODISCARD enum err vault_seal(struct vault *v,
                              const unsigned char token[EVENT_TOKEN_BYTES],
                              const char *column, int64_t version, const void *plain,
                              size_t n, struct buf *out);
/* Opens either form. `out` must be wiped by the caller. Errors: ERR_OFFLINE (locked),
 * ERR_CORRUPT (other token, column or version, or damaged). */
NODISCARD enum err vault_unseal(struct vault *v,
                                const unsigned char token[EVENT_TOKEN_BYTES],
                                const char *column, int64_t version, const void *sealed,
                                size_t n, struct buf *out);
