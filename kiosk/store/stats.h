/* The statistics (PROTOCOL §3): one row of the table in stats.c each. */
#pragma once

#include <stddef.h>

#include "store/apply.h"
#include "store/person.h"

#define STATS_DIMS_BYTES 64

enum stat_kind {
    STAT_COUNT,      /* lượt: what an event adds */
    STAT_PER_PERIOD, /* người: once in every period in which it happened */
    STAT_FIRST_TIME, /* người: once, in the periods of the first time */
    STAT_STOCK,      /* người: who is known when the period ends (store/gauge.h) */
    STAT_STATUS,     /* the same, but of several units a person has the last one only */
};

struct stat_def {
    const char *name;
    enum stat_kind kind;
    /* What the unit is: "lesson", "item", "module", "path", "-"; "kind" and "s" go
     * into dims under that name, and the unit of the row is "-". */
    const char *unit;
    const char *dims; /* the cubes, separated by spaces; "-" is the one without dims */
    const char *sql;  /* ?1 = seq of an event. STAT_COUNT: at most one row unit, amount;
                       * else: the units for which its person counts from now on */
};

extern const struct stat_def stats_defs[];
extern const size_t stats_n_defs;

/* Books what the event `from` (a->ev, or the one it takes back) adds, as plus or
 * minus, in the run and with the next revs of `a`. */
NODISCARD enum err stats_book(struct apply *a, const struct event_row *from,
                              const char *period, bool taken_back);

/* The first cube of `*cubes` for a cohort, e.g. "sex=f;thon=t07"; advances `*cubes`.
 * False at the end of the list. `out` is "" when the cohort does not say all of it.
 * `unit`: what the dims "kind" and "s" stand for. */
bool stats_next_dims(const char **cubes, const struct person_cohort *cohort,
                     const char *unit, char out[STATS_DIMS_BYTES]);
/* The unit of its rows. */
const char *stats_row_unit(const struct stat_def *def, const char *unit);
