/* The question that stands open, whoever answers it: one learner or a group. */
#pragma once

#include "app/app.h"
#include "ui/ui.h"

/* Draws it between bar and foot, and takes the answer or what was touched of it. */
void quiz_item_frame(struct app *app, struct ui *ui);
