/* How events move what a person is asked again. */
#pragma once

#include "store/apply.h"

/* Any event of a learner; those of guests and visitors move nothing. */
NODISCARD enum err recall_apply(struct db *db, const struct event_row *ev);
/* After the migration that made the tables: fills them from the events, once. */
NODISCARD enum err recall_settle(struct db *db);
