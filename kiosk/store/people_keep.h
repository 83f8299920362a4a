/* What is looked after about people from time to time. */
#pragma once

#include <stddef.h>

#include "store/people.h"

/* Registered while the names were locked: nobody has looked for duplicates yet. Tokens in
 * `arena`, oldest entries in no order. */
NODISCARD enum err people_unchecked(struct db *db, struct arena *arena,
                                    unsigned char (**out)[EVENT_TOKEN_BYTES],
                                    size_t *n_out);
/* Staff looked: not a duplicate, or merged. */
NODISCARD enum err people_checked(struct db *db, const unsigned char *token);

/* No event for `months`, as well as the days are known: to ask whether to erase them
 * (setting of the kiosk, 24 by default). Nobody while today is not certain. */
NODISCARD enum err people_stale(struct db *db, int months, struct arena *arena,
                                unsigned char (**out)[EVENT_TOKEN_BYTES],
                                size_t *n_out);

/* Staff asked, and the name stays: not asked again for as many months. Errors: ERR_REJECTED (no
 * such person, no actor), as db_run. */
NODISCARD enum err people_kept(struct db *db, const unsigned char *token,
                               const char *actor);

/* At an unlock: in a new year everybody's age band is that of its 1 January (moves the
 * gauges). Also drops the sealed names of cards whose merge can be undone no more. Nothing
 * happens while today is not certain or the vault is locked. */
NODISCARD enum err people_refresh_bands(struct db *db, struct vault *vault);
