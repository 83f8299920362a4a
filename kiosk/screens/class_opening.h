/* What the steps of opening a class share. */
#pragma once

#include "app/class_day.h"
#include "ui/ui.h"

struct app;

enum opening_step { OPENING_ASK, OPENING_THON, OPENING_UNIT, OPENING_LESSON };

struct class_opening {
    struct class_plan plan;
    bool guessed; /* by the calendar */
    bool changed;
    int64_t all, last; /* people of the classes before */
    int minute;
    enum opening_step step;
    size_t first;
    const char *say;
    struct arena *arena; /* of the page */
    struct commune_entry *thon, *units;
    size_t n_thon, n_units;
    struct commune_slot *slots;
    size_t n_slots;
};

/* How many came to the classes before, of what is planned. */
void class_opening_look_back(struct app *app, struct class_opening *s);
/* The page of the step that is chosen at. */
void class_opening_choose(struct app *app, struct class_opening *s, struct ui *ui);
