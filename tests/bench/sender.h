/* Many clients in one process: each sends a request on a connection that it keeps, waits
 * for the answer, and takes the next. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "crowd.h"

struct sent {
    size_t n;     /* answered with 200 */
    size_t n_bad; /* answered otherwise, or not at all */
    double seconds;
    double p50_ms;
    double p99_ms;
};

/* From request `*at` on, for `seconds` or as long as there are some; `*at` goes on. */
struct sent sender_run(const struct crowd *c, unsigned port, size_t n_clients,
                       double seconds, size_t *at);
/* GETs the path once, reads the whole answer; ms, or -1 when it is no 200. */
double sender_get(unsigned port, const char *path);
double sender_now_s(void);
