/* The complaints of `forward` and `parent-enrol`. Both append "what: why: what to do" and
 * return the exit code. */
#pragma once

#include "sync/answer.h"

struct buf;

int forward_complain(struct buf *complaint, int code, const char *what, const char *why,
                     const char *fix);
/* Of anything but SYNC_VERIFIED. */
int forward_complain_of(struct buf *complaint, const char *url,
                        enum sync_outcome outcome);
