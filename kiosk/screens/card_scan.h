/* A card held before the scanner on a page where nobody has signed in yet; a passport there,
 * and later. */
#pragma once

#include <stdbool.h>

#include "app/app.h"
#include "ui/ui.h"

/* Call in the frame of such a page. A card that opens a visit leads to the lessons, a staff
 * card to the staff's door; of another one the page says why, over itself, for a while. */
void card_scan(struct app *app, struct ui *ui);
/* On a page of lessons: a passport is booked for whoever learns there, and the page says what
 * came of it, over itself. Cards do nothing there. True: lessons were passed that were not. */
bool passport_scan(struct app *app, struct ui *ui);
