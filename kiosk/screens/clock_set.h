/* Setting the clock by taps: day, month, year, hour, minute. */
#pragma once

#include "app/app.h"
#include "ui/ui.h"

struct clock_set {
    int part[5]; /* day, month, year, hour, minute */
    enum err err;
};

void clock_set_begin(struct app *app, struct clock_set *c);
/* Draws into `r`, below a title of the caller's. True: it was set. */
bool clock_set_draw(struct app *app, struct ui *ui, struct rect r, struct clock_set *c);
/* Draws the whole page. 1: set; -1: given up; 0: not yet. */
int clock_set_frame(struct app *app, struct ui *ui, struct clock_set *c);
