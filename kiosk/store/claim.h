/* What a guest learnt just now, offered to the one who registers: the same visit, that is
 * the newest learner of this run, and nobody else since; for a few minutes. */
#pragma once

#include <stddef.h>

#include "lesson/event.h"
#include "store/db.h"

#define CLAIM_MAX 8      /* lessons of one visit that are offered */
#define CLAIM_MS 1200000 /* since the guest's last touch: 20 minutes */

struct claim {
    size_t n; /* 0: there is nothing to offer */
    char lessons[CLAIM_MAX][EVENT_UNIT_MAX + 1];
    int64_t seqs[CLAIM_MAX]; /* of the completions; the best one of each lesson */
};
/* Errors: ERR_CORRUPT. */
NODISCARD enum err claim_find(struct db *db, struct claim *out);

/* The lessons of `offer` become the person's, all of those that are still offered at once:
 * progress and people gauges from today on. The lượt stay what they were, a guest's, so that
 * nothing is counted twice or taken back (PROTOCOL §3); each completion is given once, for
 * ever, by an index. `*n_out`: how many. Errors: ERR_REJECTED (nobody's), ERR_FULL,
 * ERR_CORRUPT. */
NODISCARD enum err claim_take(struct db *db, const struct claim *offer,
                              const unsigned char *token, const char *actor,
                              size_t *n_out);
