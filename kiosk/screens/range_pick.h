/* A free range of days, by taps alone. */
#pragma once

#include <stdbool.h>

#include "app/board.h"
#include "ui/ui.h"

struct range_pick {
    int from[3], to[3]; /* year, month, day */
    bool bad;
};

void range_pick_begin(struct range_pick *pick, const struct figure_range *range);
/* Draws the whole page. 1: `*out` was chosen; -1: given up; 0: not yet. */
int range_pick_frame(struct app *app, struct ui *ui, struct range_pick *pick,
                     struct figure_range *out);
