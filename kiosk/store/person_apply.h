/* What becomes of a person: a blank card, consent, a merge and its undo, erasure. */
#pragma once

#include "store/apply.h"

/* Books EVENT_CARD, _CONSENT, _MERGE, _UNMERGE and _ERASE. */
NODISCARD enum err person_apply(struct apply *a);
