/* The rows that the server set aside, by what they count. */
#pragma once

#include "store/outbox.h"

/* Notes what `ack` rejects of bundle `n`, and forgets what it took. Rows are found in
 * the bytes that were kept: a row may have grown since. */
NODISCARD enum err outbox_note_rejected(struct db *db, int64_t n,
                                        const struct ack *ack);
