/* The passport QR: which lessons the holder of a card has passed, to be shown at another
 * kiosk of the commune. "BP1" and Crockford base32 of a version (1 byte), the tag of the
 * commune (3), the token (10), a tag of the list of lessons (4), a bit for each lesson in
 * the order of their ids, and a MAC with the commune's key (10). No personal data.
 *
 * Reading proves and tells; it books nothing. */
#pragma once

#include <stddef.h>

#include "lesson/event.h"
#include "store/db.h"

struct arena;

#define PASSPORT_LESSONS_MAX 256
#define PASSPORT_TEXT_CHARS 100 /* with that many lessons, and the NUL */

/* Of the person whose card it is. Errors: ERR_REJECTED (nobody's, or more lessons than
 * fit), ERR_CORRUPT. */
NODISCARD enum err passport_text(struct db *db, const unsigned char *token,
                                 char out[PASSPORT_TEXT_CHARS]);

enum passport_verdict {
    PASSPORT_OURS,    /* `token` is the person it belongs to now */
    PASSPORT_VISITOR, /* of another kiosk of this commune */
    PASSPORT_LESSONS, /* genuine, but the lessons here are others: which, cannot be told */
    PASSPORT_UNKNOWN, /* no passport of this commune, damaged, or of somebody erased */
};
struct passport {
    unsigned char token[EVENT_TOKEN_BYTES];
    const char **passed; /* ids of lessons, in `arena` */
    size_t n_passed;
};
/* `scanned` as scanners and people type it. */
enum passport_verdict passport_read(struct db *db, const char *scanned,
                                    struct arena *arena, struct passport *out);
