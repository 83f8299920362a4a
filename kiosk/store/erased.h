/* The list of who was erased, outside the database: <dir>/erased and a copy beside the
 * backups, one BLAKE2b-128 of a token (80 random bits: nobody guesses it) a line. A copy of
 * the database from before is put back only together with it (store/erase.h). */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/hash.h"
#include "lesson/event.h"

#define ERASED_HEX (2 * HASH_CHAIN_BYTES + 1)

struct erased_list {
    size_t n;
    char (*hex)[ERASED_HEX]; /* ascending, each once; erased_free */
};

void erased_hash(const unsigned char token[EVENT_TOKEN_BYTES], char out[ERASED_HEX]);

/* Lines that are no hash are left out; no file is an empty list. Errors: ERR_CORRUPT (the
 * disk would not read it). */
NODISCARD enum err erased_read(const char *dir, struct erased_list *out);
void erased_free(struct erased_list *list);
bool erased_has(const struct erased_list *list, const unsigned char *token);

/* Puts tokens on both lists, durably. Errors: ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err erased_add(const char *dir,
                              unsigned char (*tokens)[EVENT_TOKEN_BYTES], size_t n);
/* Takes over what the list in folder `from` says beyond ours: a stick, a backup folder. */
NODISCARD enum err erased_merge(const char *dir, const char *from);
/* Writes our list into folder `to`: with every backup that leaves the kiosk. */
NODISCARD enum err erased_copy(const char *dir, const char *to);
