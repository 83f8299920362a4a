/* A passport held before the machine where its holder is at home: what they passed at other
 * kiosks of the commune is booked, once (PROTOCOL §3). */
#pragma once

#include "store/passport.h"

enum passport_in {
    PASSPORT_IN_BOOKED,  /* `n` lessons are new here; 0: all of them were known */
    PASSPORT_IN_OTHER,   /* somebody else's than the one who learns here now */
    PASSPORT_IN_VISITOR, /* of a person of another kiosk */
    PASSPORT_IN_LESSONS, /* made with other lessons than those here */
    PASSPORT_IN_UNKNOWN, /* no passport of this commune, damaged, or of somebody erased */
    PASSPORT_IN_FAILED, /* it is good, but could not be written */
    PASSPORT_IN_COUNT
};

/* It begins like one, as scanners and people type it. */
bool passport_looks_like(const char *scanned);

/* `holder`: who learns here now, or NULL. Writes an EVENT_CREDIT for each lesson passed that
 * is not yet passed here, all or none; a second look writes nothing. `n_out`: how many. */
enum passport_in passport_take(struct db *db, const char *scanned,
                               const unsigned char *holder, size_t *n_out);
