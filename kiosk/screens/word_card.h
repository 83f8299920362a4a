/* The card of a word as phones write it: how it looks, how it is said, what it is. */
#pragma once

#include "app/app.h"
#include "ui/ui.h"

/* Draws `card`, a word card, into `body`; `low`: something hangs over the upper part.
 * The word can be heard again by its own button where there is a voice. */
void word_card(struct app *app, struct ui *ui, const struct card *card,
               struct rect body, bool low);
