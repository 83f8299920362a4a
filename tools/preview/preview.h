/* The pages of one lesson as pictures, out of a content tree. */
#pragma once

#include <stddef.h>

#include "base/err.h"

struct report;
struct source;

struct preview_options {
    const char *out; /* folder; made if it is not there */
    int w, h;        /* px */
    int text_step;   /* of the letters, as a learner chooses them */
};

/* Draws every step of the lesson, which is all that is left of `s` (source_keep), into
 * OUT/<step>.png and names each on stdout. `text_step` 0 is the usual size. Errors:
 * ERR_REJECTED (reported), ERR_FULL. */
NODISCARD enum err preview_lesson(struct source *s, const struct preview_options *o,
                                  struct report *report);
