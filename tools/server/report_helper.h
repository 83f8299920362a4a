/* Starts bdhvs-report, which makes workbooks and text documents (tools/report): bytes in,
 * bytes out, nothing in files. The caller waits: `seconds` at most. */
#pragma once

#include <stdbool.h>

#include "base/err.h"

struct buf;

/* Beside this program, or where the package puts helpers. */
bool report_helper_there(void);
/* Errors: ERR_OFFLINE (it is not there), ERR_REJECTED (it refused the input), ERR_RETRY
 * (took too long), ERR_FULL (too much output), ERR_CORRUPT (it failed). */
NODISCARD enum err report_helper_run(const char *job, const struct buf *in, int seconds,
                                     struct buf *out);
