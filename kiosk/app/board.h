/* The figures that the statistics pages show, gathered once for a range: what they are
 * called stands in the screens, what they are in store/figures.h. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "store/figures.h"

struct app;

struct board_bars {
    struct figure_row *rows; /* named: `code` is what to show */
    size_t n;
};
struct board {
    struct figure_range range;
    int64_t registered;            /* người, at the end of the range */
    struct figure_people finished; /* người: at least one lesson */
    int64_t completions;           /* lượt */
    int64_t certificates, classes; /* lượt */
    int64_t unplaced;              /* completions whose day is not known; 0 of "all" */
    struct board_bars thon, unit, group, job; /* người who finished one */
    struct board_bars months;                 /* lượt; codes stay "2026-11" */
    /* for each row of `thon`: its adults as the commune entered them, -1; with the newest
     * source and its day. NULL: there are none at all */
    int64_t *thon_adults;
    const char *base_source;
    int64_t base_day;
    int64_t women, men;
    int64_t bands[5];
    int64_t read_ms; /* wall, when it was read; 0: the clock is not certain */
};

struct board_lesson {
    const char *title; /* or the id, of a lesson that is in no open pack */
    int64_t starts, completions, shown, right;
};

/* FIGURE_NONE wherever nothing was measured or nothing can be read. Everything lives in
 * `arena`. */
void board_read(struct app *app, const struct figure_range *range, struct arena *arena,
                struct board *out);
/* In teaching order; those never started are left out. */
void board_lessons(struct app *app, const struct figure_range *range,
                   struct arena *arena, struct board_lesson **out, size_t *n_out);
/* The question answered right at first least often; NULL: none. */
const char *board_hardest(struct app *app, const struct figure_range *range,
                          struct arena *arena, int *right_pct_out);
