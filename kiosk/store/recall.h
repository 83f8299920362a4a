/* What a person is to be asked again (lesson/review.h), and the path they chose: what a
 * visit of theirs begins with. Projections of the events. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lesson/review.h"
#include "store/db.h"

struct arena;

struct recall_item {
    const char *id;
    struct review_memory memory;
};

struct recall {
    struct recall_item *items; /* those ever answered, by id */
    size_t n_items;
    struct review_when now; /* the visit that is going on, or begins */
    bool asked;             /* was asked where to begin, or chose */
    const char *path;       /* "short", "citizen", "full"; NULL: none was chosen */
    const char *start;      /* module to begin with; NULL: the first */
};

/* Of the person `token`. The day is a property of the run, so one begins. Strings live in
 * `arena`. Errors: ERR_CORRUPT. */
NODISCARD enum err recall_read(struct db *db, const unsigned char *token,
                               struct arena *arena, struct recall *out);
