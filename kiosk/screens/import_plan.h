/* What a list of people on the stick would do, or did: figures and the rows that are not
 * taken, with why. */
#pragma once

#include "ui/ui.h"

struct people_plan;

/* `*first` is the row of the list that stands on top; the pager changes it. */
void import_plan_draw(struct ui *ui, struct rect r, const struct people_plan *plan,
                      size_t *first);
