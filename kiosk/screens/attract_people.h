/* The picture of the first page, and how much of the page the doors below it take. */
#pragma once

#include <stdbool.h>

#include "ui/ui.h"

/* How high the ground of the doors is, dp. */
float attract_doors_height(struct ui *ui);
/* Hills and three people; touching them is as good as touching the button. `lift`: how much
 * higher than else their ground is; they are smaller then, below `top`. */
bool attract_people(struct ui *ui, float lift, float top);
