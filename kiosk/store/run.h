/* One life of the program, and what its clock is worth (PROTOCOL §1, §2). */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct db;

struct run {
    int64_t ord; /* 1, 2, 3, …; also the key in the tables */
    uint64_t id;
    int64_t mono_ms; /* monotonic clock at its start */
    int64_t start_ms;
    int64_t uncertainty_ms;
    int trust; /* enum run_trust */
};

#define RUN_BOOT_CHARS 64
/* What the kernel calls this boot; "" when it does not say. */
void run_boot_id(char out[RUN_BOOT_CHARS]);

/* Begins a run with an ordinal above every known one and above `above`; it is
 * db->run from then on. */
NODISCARD enum err run_begin(struct db *db, int64_t above);
/* Begins one if this process has none. */
NODISCARD enum err run_need(struct db *db);

/* Milliseconds of the current run, never negative. */
int64_t run_mono_ms(const struct db *db);
/* The day (UTC+7) of a moment of `run`, or -1 when it is not certain. */
int64_t run_day(const struct run *run, int64_t mono_ms);
/* Is a start learned with these better than what is known? */
bool run_learns(const struct run *run, int64_t uncertainty_ms, int trust);
