/* What erasing a person leaves to do beyond the rows (people_erase in people.h):
 *
 *   LISTED [erased.h: on the list, which is durable] -> GONE [one transaction: events are
 *   anonymous, sealed row, cards, progress are no more, totals stay] -> SWEPT [no byte of
 *   the token in the database file, its WAL, backups and set-aside copies]
 *
 * A power cut between them is made good by the next db_open, and so is a copy of the
 * database from before that was put back. */
#pragma once

#include "store/db.h"

/* Erases who is on the list but still here, and sweeps. Called by db_open; a failure is
 * logged and made good at the next. */
void erase_settle(struct db *db);
/* Sweeps when something was erased and the sweep did not end well. */
void erase_sweep_again(struct db *db);
