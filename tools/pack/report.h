/* What is wrong with the content, as lines for its author:
 *   file:line: what: what to do
 * A warning says "warning" before the what, and fails nothing. */
#pragma once

#include <stddef.h>

#include "base/buf.h"

struct report {
    struct buf lines;
    size_t n_problems;
    size_t n_warnings;
};

void report_init(struct report *r);
void report_finish(struct report *r); /* NULL is allowed */

/* `line` 0: the file as a whole. `what` is printf text, "what: what to do". */
void report_problem(struct report *r, const char *file, int line, const char *what, ...)
    __attribute__((format(printf, 4, 5)));
void report_warning(struct report *r, const char *file, int line, const char *what, ...)
    __attribute__((format(printf, 4, 5)));
