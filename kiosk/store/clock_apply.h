/* How EVENT_CLOCK dates runs. */
#pragma once

#include "store/apply.h"

NODISCARD enum err clock_apply(struct apply *a);
/* Neither before the program was built nor long after: a dead battery says 2000. */
bool clock_is_plausible(const struct db *db, int64_t wall_ms);
