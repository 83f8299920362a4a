/* Counting a person again from all their events, as they came: after a merge, its undo,
 * something taken back, a blank card that somebody claimed. */
#pragma once

#include "store/apply.h"

/* Marks and gauges of the person of `token`, from events before `before`. What an older
 * curriculum gave stays given. */
NODISCARD enum err life_recount(struct apply *a, const unsigned char *token,
                                int64_t before);
/* Where the person of root `root` stands in the lessons. */
NODISCARD enum err life_progress(struct apply *a, const unsigned char *root);
/* What the person of `token`, or of a card of theirs, is to be asked again, and their path,
 * from events before a->ev. */
NODISCARD enum err life_recall(struct apply *a, const unsigned char *token);
/* The curriculum changed: who has finished what is seen by the new one; nobody loses
 * what was finished by an older one. */
NODISCARD enum err life_apply_curriculum(struct apply *a);
