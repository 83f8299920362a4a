/* The people of a class in rows: two columns, one in portrait. */
#pragma once

#include "app/app.h"
#include "app/class_day.h"
#include "ui/ui.h"

struct class_grid {
    struct rect r;
    size_t columns, n; /* n: rows of people that fit */
    float w, h, dx, dy;
};
struct class_grid class_grid(struct ui *ui, struct rect r);
struct rect class_grid_at(const struct class_grid *grid, size_t k);

struct class_row {
    size_t number;  /* from 1 */
    unsigned state; /* UI_CORRECT … */
    bool on;        /* ticked */
    bool hand;      /* a hand instead of the tick */
};
/* Name, year, thôn, and what the class knows. True when tapped. */
bool class_row(struct app *app, struct ui *ui, struct rect r,
               const struct class_person *p, const struct class_row *row);
