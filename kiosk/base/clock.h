/* Time as an argument: the real clock, or one that a test moves. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct clock {
    int64_t (*mono_ms)(void *ctx); /* since an unknown moment; never goes back */
    int64_t (*wall_ms)(void *ctx); /* since 1970-01-01 UTC; may be wrong or jump */
    void *ctx;
};

/* The machine's own clock. */
extern const struct clock clock_real;

/* Whether the machine has a clock chip with a battery and the kernel set the wall clock
 * from it at boot. A bare Raspberry Pi has none: its clock is only a memory. */
bool clock_is_kept(void);

int64_t clock_mono_ms(const struct clock *c);
int64_t clock_wall_ms(const struct clock *c);

/* Days since 1970-01-01 in Vietnam (UTC+7) of a wall time. */
int64_t clock_day(int64_t wall_ms);
/* When that day begins in Vietnam, wall clock ms. */
int64_t clock_day_start(int64_t day);
/* "2026-11-22" of such a day; `out` has room for 11. */
void clock_day_text(int64_t day, char out[11]);
/* Year, month 1..12 and day 1..31 of such a day. */
void clock_day_civil(int64_t day, int *year, int *month, int *mday);
/* The day of "YYYY-MM-DD", or -1 when the text is not a date. */
int64_t clock_day_parse(const char *text);
