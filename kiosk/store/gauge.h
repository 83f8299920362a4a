/* Gauges: how many people stand in each cell (PROTOCOL §3). A stock (STAT_STOCK) has
 * marks in "all" only; its gauge of a period is a copy of that of "all", taken at each
 * start, completion and registration of the period whose day is certain. So it says who
 * was known when the period ended, whoever was registered before the clock was known
 * included; a period in which nothing happened has none. */
#pragma once

#include "store/apply.h"
#include "store/person.h"
#include "store/stats.h"

/* One mark more (+1) or less (-1) in every cell of the cohort; seen by gauge_settle. */
NODISCARD enum err gauge_move(struct db *db, const struct stat_def *def,
                              const char *period, const char *unit,
                              const struct person_cohort *cohort, int by);
/* Writes what was moved, with the next revs of `a`. */
NODISCARD enum err gauge_settle(struct apply *a);
/* Stocks of the periods of a's day follow those of "all"; nothing when it is not
 * certain. */
NODISCARD enum err gauge_carry_stocks(struct apply *a);
/* Every gauge gets a new rev in this run, in the order of its key. */
NODISCARD enum err gauge_restamp(struct apply *a);
