/* The microphone: open only while somebody records, so that nothing listens otherwise.
 * Thread: the UI thread; SDL's own thread fills its queue. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct microphone;

struct microphone *microphone_create(void);
void microphone_destroy(struct microphone *m); /* NULL is allowed */

/* 16-bit mono samples, 48000 a second. Errors: ERR_OFFLINE (there is none). */
NODISCARD enum err microphone_start(struct microphone *m);
/* What came since; waits for nothing. */
size_t microphone_read(struct microphone *m, int16_t *out, size_t max);
void microphone_stop(struct microphone *m);
