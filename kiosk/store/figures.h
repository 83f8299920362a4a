/* Figures for screens and reports, read out of totals and gauges: the very numbers of
 * `totals --json`, never counted another way. Lượt, người and tỷ lệ stay apart; what was
 * not measured is FIGURE_NONE ("chưa có số liệu"), never 0. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct db;

#define FIGURE_NONE INT64_MIN

struct figure_range {
    int64_t from_day, to_day; /* since 1970, both in; to_day -1: everything */
    char
        period[11]; /* "2026-11", "2026-Q4", "2026-H2", "2026", "P1", "all"; "": free */
};
/* Ranges that are a period get its name. Nothing at all: from_day > to_day = 0. */
struct figure_range figure_range_of(struct db *db, int64_t from_day, int64_t to_day);
enum figure_now {
    FIGURE_MONTH,
    FIGURE_QUARTER,
    FIGURE_HALF,
    FIGURE_YEAR,
    FIGURE_PHASE,
    FIGURE_ALL
};
/* While no day is certain, by the best guess at today. */
struct figure_range figure_range_now(struct db *db, enum figure_now which);
/* The period before it, or as many days; nothing before "all" and "P1". */
struct figure_range figure_range_before(struct db *db,
                                        const struct figure_range *range);

/* Lượt of a statistic in a range. `unit` NULL: all units; `dims` "-" or "thon=t07".
 * `unplaced_out` (may be NULL): those whose day is not known; they are not in the result,
 * but of "all", where there are none. Hours of a run whose clock became known since are
 * placed as the server does. */
NODISCARD enum err figure_times(struct db *db, const char *stat, const char *unit,
                                const char *dims, const struct figure_range *range,
                                int64_t *out, int64_t *unplaced_out);
/* Người: exact for a period; for a free range from … to (PROTOCOL §3). Who is registered,
 * and VNeID, at the end of the range: always exact. */
struct figure_people {
    int64_t least, most; /* equal when exact */
};
NODISCARD enum err figure_people(struct db *db, const char *stat, const char *unit,
                                 const char *dims, const struct figure_range *range,
                                 struct figure_people *out);

/* One row per code that has a value, or that the list knows. */
struct figure_row {
    const char *code; /* "t07", "2026-11", "m09-b03" */
    int64_t value;    /* FIGURE_NONE: no data */
    int64_t second;   /* see the function */
};
/* By a dimension ("thon", "group", "sex", "band", "job", "unit", "kind", "s"); `people`:
 * gauges, `value` the most and `second` the least; else `second` is what is unplaced. */
NODISCARD enum err figure_by(struct db *db, const char *stat, const char *unit,
                             const char *dimension, bool people,
                             const struct figure_range *range, struct arena *arena,
                             struct figure_row **out, size_t *n_out);
/* By unit (lesson, item, module); the rest as figure_by. */
NODISCARD enum err figure_by_unit(struct db *db, const char *stat, bool people,
                                  const struct figure_range *range, struct arena *arena,
                                  struct figure_row **out, size_t *n_out);
/* By month, the last `n_months` up to the range's end; `second` 1: not over yet. */
NODISCARD enum err figure_by_month(struct db *db, const char *stat, const char *unit,
                                   const char *dims, const struct figure_range *range,
                                   size_t n_months, struct arena *arena,
                                   struct figure_row **out, size_t *n_out);
/* The item answered right at the first try least often (at least 5 shown): `value` right,
 * `second` shown. False: none. */
bool figure_hardest(struct db *db, const struct figure_range *range,
                    struct arena *arena, struct figure_row *out);
