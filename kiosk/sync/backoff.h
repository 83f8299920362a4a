/* When to try next (PROTOCOL §4, schedule). Pure: randomness is an argument. */
#pragma once

#include <stdint.h>

enum backoff_event {
    BACKOFF_BOOT,    /* the program started */
    BACKOFF_CHANGED, /* there is something new to say, and nothing failed lately */
    BACKOFF_MORE,    /* acknowledged, rows are left */
    BACKOFF_DONE,    /* acknowledged, nothing is left */
    BACKOFF_FAILED,
    BACKOFF_BUSY, /* 429 or 503 */
};

/* Milliseconds to wait. `failures`: failures in a row before this one. `asked_s`: what
 * the server asked for (`after_s`, Retry-After), or below 1; at most a day is believed.
 * `random`: uniform over its whole range. */
int64_t backoff_wait_ms(enum backoff_event event, unsigned failures, int64_t asked_s,
                        uint32_t random);
