/* Two entries that are one person, and saying that they are not after all. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "lesson/event.h"
#include "store/db.h"

struct arena;

/* `other` becomes a second card of `keep`; undone within 30 days. What both learnt counts
 * for one person from now on; what is learnt afterwards stays with `keep`. Errors:
 * ERR_REJECTED (nobody's, or the same person). */
NODISCARD enum err people_merge(struct db *db, const unsigned char *keep,
                                const unsigned char *other, const char *actor);
struct people_merged {
    unsigned char other[EVENT_TOKEN_BYTES];
    int64_t seq;
    int days_left; /* to undo; -1: not certain, still allowed */
};
/* Those that can still be undone, newest first. */
NODISCARD enum err people_merges(struct db *db, const unsigned char *keep,
                                 struct arena *arena, struct people_merged **out,
                                 size_t *n_out);
NODISCARD enum err people_unmerge(struct db *db, int64_t seq, const char *actor);
