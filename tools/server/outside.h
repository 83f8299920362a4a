/* What leaves the commune (PROTOCOL §3): totals as gauges, without the cells that stand
 * for fewer than five, nor any that the rest would tell. Two halves: outside_read takes
 * the figures out of the database, outside_merge (pure) hides what must stay.
 *
 * A hidden cell does not travel at all; its whole does, so that the whole less the cells
 * that travel is the merged rest. Thôn, own units and pairs stay in the commune. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "server.h"

#define OUTSIDE_SMALL 5
#define OUTSIDE_ALL_UNITS "-" /* lượt of every lesson, module, … together */

struct outside_cell {
    const char *stat, *period, *unit, *dims;
    int64_t value;
    const char *part_of; /* the statistic whose same cell holds it, or NULL */
    bool over_units;     /* its units add up to OUTSIDE_ALL_UNITS */
    bool over_time;      /* its months add up to quarters, … */
    bool hidden;
};

struct outside {
    struct outside_cell *cells; /* by stat, period, unit, dims; each once */
    size_t n;
    bool years_fill_phases; /* P1 ends with a year */
    int phase1_year;        /* the last that begins in P1 */
};

/* Every cell that may leave, exact, in `arena`. Errors: of the store, ERR_FULL (more than
 * can be meant). */
NODISCARD enum err outside_read(struct server *s, struct arena *arena,
                                struct outside *out);

/* Sorts the cells and marks those that stay. The same cells in any order give the same
 * marks. Who knows all cells that travel and subtracts parts from wholes, again and
 * again, learns no hidden cell, and no group of them that is smaller than five. */
void outside_merge(struct outside *o);

/* The period that a period is a part of, or NULL: "2026-Q4" of "2026-11". */
const char *outside_period_above(const struct outside *o, const char *period,
                                 struct arena *arena);
/* Bytewise by stat, period, unit, dims. */
int outside_compare(const void *a, const void *b);

/* {"schema":1,"rows":[…]} of what travels, as totals --json. Errors: as outside_read. */
NODISCARD enum err outside_json(struct server *s, struct buf *out);
