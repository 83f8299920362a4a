/* Where a learner stands. A projection of the events. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lesson/event.h"
#include "store/db.h"

struct arena;

struct progress_lesson {
    const char *lesson; /* id */
    bool completed;
    bool passed;
    int64_t best_pct;
};

struct progress {
    struct progress_lesson *lessons; /* those ever completed, by id */
    size_t n_lessons;
    const char *current;      /* lesson left unfinished last, or NULL */
    const char *current_body; /* its last EVENT_STEP body */
};

/* `token` NULL: the guest's place, which EVENT_LEAVE forgets.
 * Strings live in `arena`. Errors: ERR_CORRUPT. */
NODISCARD enum err progress_read(struct db *db, const unsigned char *token,
                                 struct arena *arena, struct progress *out);
