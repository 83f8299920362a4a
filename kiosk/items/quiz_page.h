/* Where things stand on pages with a question, for the types that draw there and the
 * screens around them. Lengths in dp. */
#pragma once

#include "items/items.h"
#include "ui/ui.h"

/* Bottom edge of the top bar with its title. */
float page_bar_bottom(const struct ui *ui);
/* Space left and right of a page's content. */
float page_margin(const struct ui *ui);
/* Height of the foot of a page whose foot holds a button. */
float page_foot_h(const struct ui *ui);
/* The page between bar and a foot of `foot_h`, without margins. */
struct rect page_body(const struct ui *ui, float foot_h);
/* Where a button of width `w` stands in the foot, at the right edge. */
struct rect page_foot_button(const struct ui *ui, float w);

float quiz_foot_h(const struct ui *ui, enum item_foot foot);

/* Draws `text` as the question at the top of `*area` and cuts it off. */
void quiz_question(struct ui *ui, struct rect *area, const char *id, const char *text,
                   bool bold);

/* A smaller line below it: how to answer. Cut off as well. */
void quiz_hint(struct ui *ui, struct rect *area, enum text_id id);

/* The source of a picture for this panel, for ui_picture. */
const char *quiz_picture_source(struct ui *ui, const struct picture *picture);

/* --- the answer and its reason ---------------------------------------------------- */

/* What the feedback page says. */
struct verdict {
    bool right;
    bool shown; /* the right answer is shown instead of the given one */
    const char *why;
};
struct verdict quiz_verdict(const struct item *item, const void *state,
                            bool show_right);
enum text_id quiz_verdict_title(const struct verdict *v);

/* The sheet with the reason, at the bottom of the page. */
struct sheet {
    struct rect all, sign, title, why, button;
    struct ui_font title_font, why_font;
};
struct sheet quiz_sheet(struct ui *ui, const struct verdict *v);
/* Of the question on the feedback page. */
struct ui_font quiz_asked_font(const struct ui *ui);
struct rect quiz_asked_area(struct ui *ui, const struct item *item);

/* What was chosen so far, in words; returns the width of the chip. */
float quiz_chip(struct ui *ui, enum text_id id, const char *text, struct rect r);
