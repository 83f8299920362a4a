/* How EVENT_CLOCK dates runs. */
#pragma once

#include "store/apply.h"

NODISCARD enum err clock_apply(struct apply *a);
