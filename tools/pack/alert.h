/* A warning of this week as a pack of its own: one page and one question in a file, which
 * stands beside the lessons and is shown first until its day. */
#pragma once

#include <stdint.h>

#include "base/err.h"

struct report;

struct alert_options {
    const char
        *file; /* a lesson.md; its pictures beside it, or in art/ of the content */
    const char *folder; /* where the overlay is made */
    const char *beside; /* id of the pack of the lessons */
    int64_t until;      /* day since 1970 */
    int64_t now_ms;     /* its version counts up with it */
};

/* Writes a folder that, laid over the content, is the alert alone (overlay.h). What is wrong
 * with the file goes to `report`. Errors: ERR_REJECTED (reported), ERR_OFFLINE (no such
 * file), ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err alert_make_overlay(const struct alert_options *o,
                                      struct report *report);
