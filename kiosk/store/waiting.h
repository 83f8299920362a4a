/* Guesses of secrets, counted on the disk before they are compared, and the waits after too
 * many. A wait is over when its time has passed on the boot clock; after a power cut what was
 * left of it begins with the boot: turning the machine off shortens nothing. */
#pragma once

#include <stdint.h>

#include "base/err.h"

struct db;

/* One more miss of `key`; from the `free`th on a wait of `first_ms` that doubles with each
 * further miss, at most `most_ms`. Errors: ERR_FULL, ERR_CORRUPT: nothing may be compared. */
NODISCARD enum err waiting_miss(struct db *db, const char *key, int free_misses,
                                int64_t first_ms, int64_t most_ms);
NODISCARD enum err waiting_clear(struct db *db, const char *key);
int64_t waiting_left_ms(struct db *db, const char *key); /* 0: none */
int waiting_misses(struct db *db, const char *key);
