/* Absurd rows wait here until an administrator admits them (PROTOCOL §3). */
#pragma once

#include "base/err.h"
#include "server.h"

struct buf;

/* Appends one line for each kiosk and period: kiosk, period, rows, sum. */
NODISCARD enum err held_list(struct server *s, struct buf *out);

/* Merges what is held of this kiosk and period, and holds no more of it. Errors:
 * ERR_REJECTED (nothing is held), of the store. */
NODISCARD enum err held_admit(struct server *s, const char *kiosk, const char *period);
