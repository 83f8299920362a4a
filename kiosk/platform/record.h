/* Writes what people do as a replay script (--record), for the null platform. */
#pragma once

#include <stdint.h>

#include "base/err.h"

struct record;
struct ui;

/* Errors: ERR_FULL (cannot be written). */
NODISCARD enum err record_open(const char *path, struct record **out);
/* Call after each ui_end: writes the action that the frame took, after a `wait` for
 * the time since the last one. NULL log: does nothing. */
void record_frame(struct record *r, const struct ui *ui, int64_t now_ms);
void record_close(struct record *r); /* NULL is allowed */
