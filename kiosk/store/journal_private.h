/* Writing one event from inside a transaction, for the files of this room. */
#pragma once

#include "store/journal.h"

/* Appends and books one event; begins a run if there is none. `out` may be NULL. The
 * event is trusted: journal_append checks those from outside. */
NODISCARD enum err journal_write(struct db *db, const struct event *ev,
                                 struct event_id *out);
