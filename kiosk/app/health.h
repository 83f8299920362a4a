/* Is the machine well? Power, heat, card, clock, space: read when somebody asks, from the
 * kernel's files and from what the database remembers (store/health.h). */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "store/db.h"
#include "store/health.h"
#include "ui/strings.h"

#define HEALTH_SYS "/sys" /* tests have another one */
#define HEALTH_HOT_C 70

enum health_card {
    HEALTH_CARD_UNKNOWN, /* it does not say: most SD cards */
    HEALTH_CARD_GOOD,
    HEALTH_CARD_OLD, /* the maker's own warning: change it soon */
    HEALTH_CARD_WORN,
};

struct health {
    enum db_health db;
    int64_t storage_errors; /* that the file system counted, ever; -1: not known */
    int power_weak;         /* now: 1, 0; -1: the board does not say */
    int64_t temp_c;         /* -1: not known */
    int64_t free_mb;        /* -1: not known */
    int64_t years_left; /* of space at the growth so far, at most 20; -1: too early */
    enum health_card card;
    int worn_pct;            /* of its life, at most so much; -1: not known */
    int64_t up_s;            /* since the machine was switched on; -1: not known */
    enum text_id clock;      /* what the clock is worth, in words */
    struct health_past past; /* all 0 and -1 without a database */
};

/* `db` may be NULL. `sys`: HEALTH_SYS. Notes weak power in `db`. */
void health_read(struct db *db, const char *sys, struct health *out);
