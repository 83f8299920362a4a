/* Signatures in minisign's format (jedisct1.github.io/minisign), so that the stock tool
 * can check a pack. Reading and verifying only; signing is the author's tool. */
#pragma once

#include <stddef.h>

#include "lesson/pack.h"

#define MINISIGN_TEXT_MAX 4096 /* bytes of a key or signature file */

/* Reads the text of a public key file. Errors: ERR_REJECTED. */
NODISCARD enum err minisign_key_parse(const char *text, struct pack_key *out);

/* Checks `message` against the text of its .minisig: the prehashed kind only ("ED",
 * BLAKE2b-512), and the trusted comment too. One of the keys must fit; `*by_out` (or NULL)
 * is that one. `why` (n_why bytes) says what is wrong. Errors: ERR_REJECTED. */
NODISCARD enum err minisign_verify(const struct pack_key *keys, size_t n_keys,
                                   const void *message, size_t n, const char *signature,
                                   const struct pack_key **by_out, char *why,
                                   size_t n_why);
