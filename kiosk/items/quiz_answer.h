/* The answer as the feedback page shows it, between the question and the reason. */
#pragma once

#include "items/quiz_page.h"

/* An answer as it is drawn: a picture, or else a sign, and words. */
struct answer_look {
    const struct picture *picture; /* may be NULL */
    const char *icon;
    uint32_t icon_colour;
    const char *text;
};
void quiz_answer(struct ui *ui, const struct item *item, const struct verdict *v,
                 const struct answer_look *answer);

/* One line of an answer of several parts. */
struct answer_row {
    const char *mark;              /* a few characters before the words; may be NULL */
    const struct picture *picture; /* may be NULL */
    const char *text;
};
void quiz_answer_rows(struct ui *ui, const struct item *item, const struct verdict *v,
                      const struct answer_row *rows, size_t n);

/* The box alone, with its tick and its node `text`; what is drawn in it is the
 * caller's. Returns the room left. */
struct rect quiz_answer_box(struct ui *ui, const struct item *item,
                            const struct verdict *v, const char *text);
