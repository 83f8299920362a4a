/* Erasing a person is more than rows:
 *
 *   LISTED [erased.h: on the list, which is durable] -> GONE [one transaction: events are
 *   anonymous, sealed row, cards, progress are no more, totals stay] -> SWEPT [no byte of
 *   the token in the database file, its WAL, backups and set-aside copies]
 *
 * A power cut between them is made good by the next db_open, and so is a copy of the
 * database from before that was put back. */
#pragma once

#include <stdint.h>

#include "store/db.h"

struct erase_receipt {
    char number[24]; /* "X-2026-0007": no name, no token */
    int64_t day;     /* -1: not certain */
    int64_t wall_ms; /* 0: not certain */
    int n_events;    /* rows made anonymous */
};
/* PROTOCOL §6: sealed rows, tokens and salts go, local backups are rewritten, the token is
 * put on the `erased` list outside the database; totals stay. Whoever was merged into the
 * person goes with them. An error with `out->number` filled in: the rows are gone, but a
 * copy could not be rewritten; the next start tries again. Errors: ERR_REJECTED (nobody's),
 * ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err people_erase(struct db *db, const unsigned char *token,
                                const char *actor, struct erase_receipt *out);

/* Erases who is on the list but still here, and sweeps. Called by db_open; a failure is
 * logged and made good at the next. */
void erase_settle(struct db *db);
/* Sweeps when something was erased and the sweep did not end well. */
void erase_sweep_again(struct db *db);
