/* What is wrong with a machine, and what to do, in words of an official. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "figures.h"

#define HEALTH_MAX 8
#define HEALTH_DAY_MS (24 * 3600000LL)
#define HEALTH_SILENT_DAYS 7 /* no network for some days is usual here */
#define HEALTH_FREE_MB 500   /* less is little */
#define HEALTH_HOT_C 75

struct health_word {
    const char *what;
    const char *what_to_do;
};

/* The words for one machine, the most urgent first; how many. `pack_ver`: of the pack that
 * this server offers, 0: none. */
size_t health_words(const struct figures_machine *m, int64_t now_ms, int64_t pack_ver,
                    struct health_word out[HEALTH_MAX]);

bool health_is_silent(const struct figures_machine *m, int64_t now_ms);
/* "Đúng", "Chưa chắc", "Chưa rõ": its clock. */
const char *health_clock(const struct figures_machine *m);
bool health_clock_is_sure(const struct figures_machine *m);
