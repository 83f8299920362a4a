/* Enrolling this kiosk at the commune's server: address and code, then the number that two
 * people compare. For the page of sending, and the set-up of a new machine. */
#pragma once

#include <stdbool.h>

#include "app/app.h"
#include "ui/keyboard.h"
#include "ui/ui.h"

struct enrol_steps {
    struct field url, code;
    struct keyboard keys;
    bool at_code; /* the keys type into the code */
    enum err err; /* of the last try to begin */
};

/* "https://" stands there already. */
void enrol_steps_begin(struct enrol_steps *e);
/* Draws into `r`, below a title of the caller's. True: it is over, done (the status says
 * so) or given up; an unfinished one was cancelled. */
bool enrol_steps_frame(struct app *app, struct ui *ui, struct rect r,
                       struct enrol_steps *e);
/* The caller's page is left half-way. */
void enrol_steps_cancel(struct app *app);
