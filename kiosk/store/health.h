/* What the database remembers of the machine itself: lives of the program that did not
 * end well, weak power, and how fast the card fills. Settings, no events: a lost count
 * does no harm, and none of it is a figure of the commune. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct db;

struct health_past {
    int64_t power_cuts;     /* the machine went off under the running program */
    int64_t restarts;       /* the program ended badly while the machine stayed on */
    int64_t weak_power;     /* times that power was seen weak today, or in this run
                              * while the day is not certain */
    int64_t bytes_a_day;    /* by which the database grows, -1: too early to say */
    int64_t start_day;      /* of the first certain event, -1: none */
    int64_t today;          /* -1: not certain */
    int trust;              /* enum run_trust of the current run */
    int64_t uncertainty_ms; /* of its clock */
    int passport; /* enum passport_in: why one was refused last, 0: none in … */
    int64_t passport_day;    /* … the last week; -1: not certain when */
    bool put_back_from_copy; /* the database was damaged: a backup took its place … */
    bool begun_anew;         /* … or, without one, an empty one */
};

/* The program runs from now on. Finds out how its last life ended: once, at the start of
 * the kiosk, never by a tool. Errors: as db_set; the count is then not kept. */
NODISCARD enum err health_begin(struct db *db);
/* It ends as it should. Nothing to do about an error: the next start counts one more. */
void health_end(struct db *db);

/* Power is weak now, or is not. Writes only when that is news. Errors: as db_set. */
NODISCARD enum err health_note_power(struct db *db, bool weak);

/* A passport was refused for that reason (enum passport_in, not 0). Writes only when that is
 * news of the day, so that a stuck scanner does not wear the card out. Errors: as db_set. */
NODISCARD enum err health_note_passport(struct db *db, int why);

NODISCARD enum err health_past_read(struct db *db, struct health_past *out);
