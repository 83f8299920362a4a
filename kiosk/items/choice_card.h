/* Cards of options, where they stand, and the button that confirms. */
#pragma once

#include "items/items.h"
#include "ui/ui.h"

enum choice_look {
    CHOICE_ABOVE,  /* the picture above the words */
    CHOICE_BESIDE, /* left of them */
};

/* The card of an option at `place` (from 0); true when tapped. */
bool choice_card(struct ui *ui, struct rect r, size_t place,
                 const struct item_option *o, enum choice_look look, unsigned state);
/* While a group learns: the number of the choice at `place`, in the upper left corner of `in`
 * or, without a picture there, cut off at its left. */
void choice_call(struct ui *ui, struct rect *in, size_t place, bool picture);
/* The i-th of `n` places in `columns` columns of `area`. */
struct rect choice_place(const struct ui *ui, struct rect area, size_t columns,
                         size_t n, size_t i);
/* The option at place `i` when the places must not give the answer away: `order`, but
 * never the author's own. */
size_t choice_mixed(const unsigned char *order, size_t n, size_t i);
/* The round number of a place or pair; `size` dp. */
void choice_number(struct ui *ui, struct rect at, size_t number, bool chosen);
/* The tick of what is chosen, in the corner of its card. */
void choice_tick(struct ui *ui, struct rect card);

/* The ground of a card that shows a thing alone; after ui_card, with its dy. */
void choice_ground(struct ui *ui, struct rect card, unsigned state, float dy);

struct confirm {
    enum text_id word;    /* on the button */
    enum text_id instead; /* when it was touched too early */
    bool ready;
    unsigned char *asked; /* in the answer: it was touched too early */
};
/* True: the answer is given. */
bool confirm_button(struct ui *ui, const struct confirm *c);
/* How wide it is in the foot. */
float confirm_width(struct ui *ui, enum text_id word);
/* The same at a place of one's own. */
bool confirm_button_at(struct ui *ui, struct rect r, const struct confirm *c);
