/* Người: which person counts in which period. */
#pragma once

#include "store/apply.h"

/* An event of a person: marks that are new, and the gauges they move. */
NODISCARD enum err marks_apply(struct apply *a);
/* EVENT_PERSON: the person is new, or moved to other cells. */
NODISCARD enum err marks_apply_person(struct apply *a);
/* `taken` of a person was taken back: what rested on it is counted again. */
NODISCARD enum err marks_recount(struct apply *a, const struct event_row *taken);
/* The curriculum changed: who has finished what is seen by the new one; nobody loses
 * what was finished by an older one. */
NODISCARD enum err marks_apply_curriculum(struct apply *a);
