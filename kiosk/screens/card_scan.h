/* A card held before the scanner on a page where nobody has signed in yet. */
#pragma once

#include <stdbool.h>

#include "app/app.h"
#include "ui/ui.h"

/* Call in the frame of such a page. A card that opens a visit leads to the lessons, a staff
 * card to the staff's door; of another one the page says why, over itself, for a while. */
void card_scan(struct app *app, struct ui *ui);
