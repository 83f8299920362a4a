/* In which periods something is counted (PROTOCOL §2, §3). */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "store/db.h"

#define PERIODS_MAX 6
#define PERIOD_BYTES 24

struct periods {
    size_t n;
    char text[PERIODS_MAX][PERIOD_BYTES];
};

/* Of lượt: "2026-11-22", or "?3" for the hour of the run when `day` is -1. */
void period_of(int64_t day, int64_t mono_ms, char out[PERIOD_BYTES]);

/* Of người: "all", and when `day` is certain its month, quarter, half, year, phase. */
NODISCARD enum err periods_of(struct db *db, int64_t day, struct periods *out);

/* The last day of the campaign's first phase: of the curriculum, else 2027-12-31. */
NODISCARD enum err period_phase1_last(struct db *db, int64_t *out);
