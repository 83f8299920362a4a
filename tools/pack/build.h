/* Source tree to an unsigned pack folder. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "lesson/lesson.h"
#include "source.h"

struct report;
struct voice;

struct build_result {
    size_t n_lessons;
    size_t n_objects;
    size_t n_clips;
    size_t n_drawn;   /* pictures drawn, not found in the cache */
    size_t n_removed; /* objects that nothing names any more */
    bool changed;     /* the manifest differs: it must be signed again */
};

/* Builds `s`, which passed lint, into the folder `out`. Every lesson is read back by
 * lesson_read with `types`; clips come from `voice`. The manifest is replaced last; when it is the same as
 * before, it and its signature stay. Errors: ERR_REJECTED (reported), ERR_FULL,
 * ERR_CORRUPT. */
NODISCARD enum err build_pack(struct source *s, const char *out, item_types types,
                              struct voice *voice, struct report *report,
                              struct build_result *result);
