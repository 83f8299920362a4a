/* A machine of tools/deploy: its root is only read, and what is written beside it lies in memory
 * (an overlay). An update is tried there; once it presented a frame it is written to the card
 * itself. PLACE_OWN lies on the card, too, and is seen at its own place. */
#pragma once

#include <stdbool.h>

#include "base/err.h"
#include "place.h"

#define CARD "/run/bdhvs-root/card" /* tools/deploy/root/…/init-bottom/bdhvs-root */

/* The card beneath an overlay; false: the root is the card. */
bool card_is_below(const struct place *p);
/* Shows PLACE_OWN of the card at its place, once. Errors: ERR_CORRUPT. */
NODISCARD enum err card_show(const struct place *p);
/* It may be written to until card_close. ERR_OK also without an overlay. Errors: ERR_CORRUPT. */
NODISCARD enum err card_open(const struct place *p);
void card_close(const struct place *p);
