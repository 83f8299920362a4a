/* What an HTTP answer is worth. Pure: no socket, no clock, no thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "sync/sync.h"

struct buf;

/* Judges status and body by the job they answer. With SYNC_VERIFIED the verified
 * payload, with SYNC_WAITING the body is appended to `payload_out`. */
enum sync_outcome answer_judge(const struct sync_job *job, long status,
                               const char *body, size_t n, struct buf *payload_out);
/* The same for SYNC_FETCH: a 206 counts only if it `continues` where we stopped. What the
 * bytes are worth, their hash says. */
enum sync_outcome answer_fetch(const struct sync_job *job, long status, bool continues);
