/* Whether an SVG drawing keeps to what our drawings are made of: flat shapes, nothing
 * that reads other files, runs, expands or hides. Knows no renderer. */
#pragma once

#include <stddef.h>

#include "base/err.h"

#define SVG_BYTES_MAX (1024U * 1024U)

struct svg_problem {
    int line;       /* 1, 2, … */
    char what[120]; /* English, "what: what to do" */
};

/* Errors: ERR_REJECTED, with `*out` filled in. */
NODISCARD enum err svg_check(const char *svg, size_t n, struct svg_problem *out);
