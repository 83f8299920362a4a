/* What somebody far away wants to know to help: how the machine is, what it is, which files lie
 * there. No names, nothing of a learner, no key: it may be sent by mail. */
#pragma once

#include "base/err.h"

struct buf;

#define SUPPORT_MAX (1U << 20) /* bytes of the text */

/* Runs a command of control.h; returns its exit code. */
typedef int support_ask(void *ctx, int argc, const char *const *argv, struct buf *out);

/* The text, appended to `out`. `dir`: data folder. Errors: ERR_FULL (`out` holds no more). */
NODISCARD enum err support_write(const char *dir, support_ask *ask, void *ctx,
                                 struct buf *out);
