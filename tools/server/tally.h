/* All totals of one span in memory: the very numbers of `totals --json`, hours placed on
 * days as figures.c does. Lượt are sums over days; người are gauges, of a free range "from
 * … to" (PROTOCOL §3); what nobody measured is VALUE_NONE, never 0. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "report.h"
#include "server.h"
#include "span.h"

struct tally_entry {
    const char *stat, *unit, *dims;
    int64_t least, most; /* equal when exact */
};

struct tally_first { /* the first day that anything is known for */
    const char *of;  /* a statistic, or "thon=t07" */
    const char *day; /* "2026-11-22", "2026-11"; "": only without a day */
};

struct tally {
    struct span span;
    bool not_begun;              /* it lies ahead: nothing is known, not even 0 */
    struct tally_entry *entries; /* sorted by stat, unit, dims */
    size_t n_entries;
    struct tally_first *firsts;
    size_t n_firsts;
    int64_t undated; /* completions, all times, whose day nobody knows */
};

#define TALLY_ALL_UNITS "*" /* every lesson, item, … together */

/* `like`: another span that was read just now, or NULL; whether something was measured is
 * taken from there. Errors: of the store. */
NODISCARD enum err tally_read(struct server *s, const struct span *span,
                              struct arena *arena, const struct tally *like,
                              struct tally *out);
/* One counter alone; whether it was measured is taken from `like`. */
NODISCARD enum err tally_read_count(struct server *s, const struct span *span,
                                    const char *stat, struct arena *arena,
                                    const struct tally *like, struct tally *out);
/* `dims` "-" or "sex=f;thon=t07". */
struct value tally_get(const struct tally *t, const char *stat, const char *unit,
                       const char *dims);
/* The codes of `dimension` that ever occurred, each once: "t07", "t01". */
size_t tally_codes(const struct tally *t, const char *dimension, struct arena *arena,
                   const char ***out);

/* --- tally_known.c ------------------------------------------------------------------------ */

/* Fills in t->firsts. Errors: of the store. */
NODISCARD enum err tally_read_firsts(struct server *s, struct arena *arena,
                                     struct tally *t);
/* Whether a missing row means 0. A thôn or unit that never sent anything is unknown. */
bool tally_is_measured(const struct tally *t, const char *stat, const char *dims);
