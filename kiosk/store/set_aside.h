/* The rows that the server set aside (PROTOCOL §3), for staff to look at. */
#pragma once

#include <stddef.h>

#include "base/err.h"

struct arena;
struct db;

struct set_aside {
    const char *stat, *period, *unit, *dims;
    const char *code; /* "grammar", "held" */
};
/* At most `max`, the newest periods first. Strings live in `arena`. */
NODISCARD enum err set_aside_read(struct db *db, size_t max, struct arena *arena,
                                  struct set_aside **out, size_t *n_out);
