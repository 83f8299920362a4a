/* What an HTTP answer is worth. Pure: no socket, no clock, no thread. */
#pragma once

#include <stddef.h>

#include "sync/sync.h"

struct buf;

/* Judges status and body by the job they answer. With SYNC_VERIFIED the verified
 * payload, with SYNC_WAITING the body is appended to `payload_out`. */
enum sync_outcome answer_judge(const struct sync_job *job, long status,
                               const char *body, size_t n, struct buf *payload_out);
