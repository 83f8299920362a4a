/* Between erase.c and erase_sweep.c. */
#pragma once

#include "store/erase.h"
#include "store/private.h"

#define ERASE_SWEEP "erase.sweep" /* setting: "1" until the sweep ended well */

typedef unsigned char erase_token[EVENT_TOKEN_BYTES];

/* Removes set-aside copies of the database in which a token stands. */
NODISCARD enum err erase_sweep_aside(const char *dir, erase_token *tokens, size_t n);
/* WAL, database file, backups. `n` 0: tokens unknown, the whole file is written anew. */
NODISCARD enum err erase_sweep(struct db *db, erase_token *tokens, size_t n);
