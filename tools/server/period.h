/* Periods as the pages and the gauges name them: 2026-11, 2026-Q4, 2026-H2, 2026, P1, all;
 * and free ones of days, 2026-11-01..2026-11-22, that no gauge has. Pure: today is an
 * argument. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum period_kind {
    PERIOD_MONTH,
    PERIOD_QUARTER,
    PERIOD_HALF,
    PERIOD_YEAR,
    PERIOD_ALL,
    PERIOD_PHASE, /* of the plan: P1 up to the end of 2027, P2 from then on */
    PERIOD_RANGE,
    PERIOD_KINDS
};

#define PERIOD_NAME_CHARS 24
#define PERIOD_RANGE_DAYS_MAX 3653 /* ten years */
#define PERIOD_LABEL_BYTES 64

struct period {
    enum period_kind kind;
    int year;
    int part;          /* month 1..12, quarter 1..4, half, phase 1..2; else 1 */
    int64_t first_day; /* days since 1970 (UTC+7) */
    int64_t end_day;   /* the day after the last one */
};

/* False when the text is none of the forms, the year is not 2000..2199, or the days of a
 * range are more than ten years or the wrong way round. */
bool period_parse(const char *text, struct period *out);
/* The one of this kind that holds `day`. */
struct period period_of(enum period_kind kind, int64_t day);
/* The one `steps` later (or earlier), a range by as many days as it has. PERIOD_ALL
 * stays, and a phase that has none there. */
struct period period_step(const struct period *p, int steps);

/* The one to compare with; false: there is none. */
bool period_before(const struct period *p, struct period *out);

bool period_holds(const struct period *p, int64_t day);

/* As rows name days: to be compared as text, both included. */
struct period_days {
    char first[11], last[11];
};
/* Of PERIOD_ALL: all that is a day. */
void period_days(const struct period *p, struct period_days *out);
/* Further, if `first` is earlier or `last` later. */
void period_days_reach(struct period_days *days, const char first[11],
                       const char last[11]);
/* "2026-H2" */
void period_name(const struct period *p, char out[PERIOD_NAME_CHARS]);
/* "6 tháng cuối năm 2026" */
void period_label(const struct period *p, char out[PERIOD_LABEL_BYTES]);
