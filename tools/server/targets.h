/* Since when a target is reached: the first day on which the server's own figure stood
 * there (R06). Called inside the transaction that moved a gauge or set a target. */
#pragma once

#include "base/err.h"
#include "server.h"

#define TARGETS_STAT "finished_one" /* what targets are set in */

/* Notes today for every target that is reached and was not before. Without a clock that
 * can be believed, nothing. Errors: of the store. */
NODISCARD enum err targets_note(struct server *s);
