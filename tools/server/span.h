/* What a report is about: a period of the gauges (2026-11, 2026-Q4, 2026-H2, 2026, all),
 * a phase of the plan (P1, P2), or any days FROM..TO. Pure. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define SPAN_NAME_CHARS 24
#define SPAN_LABEL_BYTES 64
#define SPAN_PHASE1_LAST "2027-12-31" /* unless the commune says otherwise */

struct span {
    char name[SPAN_NAME_CHARS]; /* as it is asked for */
    bool is_free;               /* FROM..TO: no gauge has that name */
    bool is_all;
    int64_t first_day;            /* since 1970 (UTC+7); of "all" as far as days go */
    int64_t end_day;              /* the day after the last one */
    char label[SPAN_LABEL_BYTES]; /* "6 tháng cuối năm 2026" */
};

/* Days that are a period or a phase get its name. `phase1_last`: the last day of P1.
 * False: none of the forms, or it ends before it begins. */
bool span_parse(const char *text, int64_t phase1_last, struct span *out);
/* The one before it, or as many days before. False: there is none. */
bool span_before(const struct span *s, int64_t phase1_last, struct span *out);
bool span_holds(const struct span *s, int64_t day);
