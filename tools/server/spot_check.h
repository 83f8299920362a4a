/* A sample of completions for an inspector to compare at the machines (R26): drawn at
 * random, drawn again by its seed.
 *
 * A line is a machine, a day and a lesson (dims "-", lives of the machine added up); an hour
 * of a run that nobody can place on a day is a line of its own and belongs to every period,
 * because it may lie in it. A line's place is the SHA-256 of
 *   SEED|KIOSK|2026-11-22|-|LESSON   or   SEED|KIOSK|?7|RUN|LESSON
 * and the n with the smallest hashes are drawn. Anybody can repeat it from `totals --json`. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "period.h"
#include "server.h"

#define SPOT_CHECK_LEAST 5
#define SPOT_CHECK_MOST 30
#define SPOT_CHECK_SEED_CHARS 9 /* 8 of 0-9 A-Z without I L O U, and the NUL */

struct spot_row {
    const char *kiosk;
    const char *day; /* "2026-11-22"; of what cannot be placed "?7" */
    const char *run; /* of that alone, else "-" */
    const char *lesson;
    int64_t claimed; /* lượt that the server counts there */
};

struct spot_sample {
    struct spot_row *rows; /* by machine, day, lesson */
    size_t n, n_all;       /* drawn, out of how many lines */
};

bool spot_row_is_placed(const struct spot_row *row);

/* Errors: of the store; ERR_FULL (more lines than a commune can have). */
NODISCARD enum err spot_check_draw(struct server *s, const struct period *period,
                                   const char *seed, size_t n, struct arena *arena,
                                   struct spot_sample *out);

void spot_check_seed(char out[SPOT_CHECK_SEED_CHARS]);
bool spot_check_seed_ok(const char *seed);

/* A draw is in the log before its lines are shown: "2026-H2 10 7K3M9QXA". Errors: of the
 * store. */
NODISCARD enum err spot_check_log(struct server *s, const char *by,
                                  const struct period *period, const char *seed,
                                  size_t n);
NODISCARD enum err spot_check_is_logged(struct server *s, const struct period *period,
                                        const char *seed, size_t n, bool *out);
