/* The three pictures of twelve that a person chose, asked after the own name is touched
 * where the class asks for them (flows R1). The order of the touches does not matter: people
 * recognise pictures, they do not learn a sequence, and the page shows no order either. That
 * leaves 220 sets, so this keeps a neighbour from opening somebody's lessons by mistake or
 * for fun, and nothing else: it guards no data, and no wait is a lock. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "store/db.h"

#define PICTURES_ALL 12
#define PICTURES_CHOSEN 3

/* A set: bit i is picture i. True: PICTURES_CHOSEN of PICTURES_ALL. */
bool pictures_is_set(unsigned pictures);

/* The person of that card chose some. */
bool pictures_has(struct db *db, const unsigned char *token);
/* Chosen, in place of what was. `actor`: "self", or whoever stood by. Errors: ERR_REJECTED
 * (no set, nobody's), ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err pictures_choose(struct db *db, const unsigned char *token,
                                   unsigned pictures, const char *actor);
/* Forgotten ones open nothing any more; nobody is asked until others are chosen. */
NODISCARD enum err pictures_reset(struct db *db, const unsigned char *token,
                                  const char *actor);

enum pictures_verdict {
    PICTURES_FIT,
    PICTURES_MISSED,
    PICTURES_WAIT /* too many misses on this kiosk: see pictures_wait_s */
};
/* The miss is on the disk before it is compared, as with PINs: each `tries`th brings a wait
 * of `wait_s`, over a power cut, too. Of two cards that were merged either one's fit. Errors:
 * ERR_FULL, ERR_CORRUPT: nothing was compared. */
NODISCARD enum err pictures_check(struct db *db, const unsigned char *token,
                                  unsigned pictures, int tries, int wait_s,
                                  enum pictures_verdict *out);
/* Whole seconds until sets are compared again; 0: now. */
long pictures_wait_s(struct db *db);
