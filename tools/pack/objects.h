/* The objects of a pack being built: files named by their SHA-256, listed for the
 * manifest, and a cache from the hash of an input to the object it gave, so that an
 * unchanged input is not drawn again. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

struct buf;

struct object {
    const char *name, *role, *sha256;
    size_t size;
};

struct objects {
    struct arena arena;
    const char *out; /* the pack's folder */
    struct object *list;
    size_t n;
    size_t cap;
    const char **keys; /* cache entries used */
    size_t n_keys;
    size_t keys_cap;
    size_t n_written; /* objects that were not there yet */
    size_t n_removed; /* objects that nothing names any more */
};

/* Makes `out`, `out`/objects and `out`/.cache. Errors: ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err objects_open(struct objects *o, const char *out);
void objects_close(struct objects *o); /* NULL is allowed */

/* Writes the object if it is not there, lists it once, and gives its name (borrowed
 * until close). `key` (hex, may be NULL) remembers it in the cache.
 * Errors: ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err objects_add(struct objects *o, const char *name, const char *role,
                               const char *key, const void *bytes, size_t n,
                               const char **sha256_out);

/* The object that `key` gave before, listed; false when it must be made. */
bool objects_recall(struct objects *o, const char *name, const char *role,
                    const char *key, const char **sha256_out);

/* Removes objects and cache entries that this build did not use. Call after the
 * manifest stands. */
void objects_sweep(struct objects *o);
