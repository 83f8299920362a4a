/* How events move a learner's progress. */
#pragma once

#include "store/apply.h"

NODISCARD enum err progress_apply(struct db *db, const struct event_row *ev);
/* A completion was taken back: the lesson's progress is what the others say. */
NODISCARD enum err progress_recount(struct db *db, const struct event_row *ev);
