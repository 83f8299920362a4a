/* Texts and answers of a GIFT file from elsewhere. Only for gift_import*.c. */
#pragma once

#include "import.h"

/* Text up to an unescaped sign of `stops`, or "####" if `stops` has #; with # missing in
 * it, single # are text. As gift_piece otherwise, and \n is a line break. */
const char *gift_import_piece(struct importing *im, const char *stops,
                              bool ends_at_why);

/* The words of a piece; its [format] holds for later ones without their own. */
const char *gift_import_words(struct importing *im, const char *text, int line,
                              struct gift_picture *picture);

/* {…} at `im->g.at`, into the item; afterwards `at` is on the closing brace. */
void gift_import_answers(struct importing *im, struct gift_item *item);

/* What follows T or F; `side` 1: T. */
void gift_import_sides(struct importing *im, struct gift_item *item, int side);
/* "#…" at `im->g.at`. */
void gift_import_numbers(struct importing *im, struct gift_item *item);

/* "%50%" at `im->g.at`: what stands between; NULL when there is none. */
const char *gift_import_weight(struct importing *im);
/* "#…" of one answer, "" when there is none; "####…" of the question as a whole. */
const char *gift_import_feedback(struct importing *im);
void gift_import_why(struct importing *im, struct gift_item *item);
