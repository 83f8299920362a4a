/* What types share whose answer is one of several options, chosen and then confirmed. */
#pragma once

#include "items/items.h"

struct one_choice {
    unsigned char chosen; /* 1 + option; 0: none */
    unsigned char given;  /* the answer was given; seen again, it was missed */
    unsigned char asked;  /* the button was touched before a choice */
    unsigned char missed; /* bit per option */
};

_Static_assert(sizeof(struct one_choice) <= ITEM_STATE_MAX, "fits the session");

/* Two to `max` options, one right, all with words. `why` as in struct item_type. */
enum err one_choice_check(const struct item *item, size_t max, char *why, size_t n_why);
/* NULL: nothing that can be chosen. */
const struct item_option *one_choice_of(const struct item *item, const void *state);
int one_choice_grade(const struct item *item, const void *state);
const char *one_choice_feedback(const struct item *item, const void *state);
/* The chosen option, or the right one. */
const struct item_option *one_choice_shown(const struct item *item, const void *state,
                                           bool show_right);
void one_choice_show(const struct item *item, const void *state, bool show_right,
                     struct ui *ui);

/* At the start of a frame: what was given before is missed now. */
void one_choice_begin(struct one_choice *s);
/* How the card of an option looks; and what a touch on it means. */
unsigned one_choice_state(const struct one_choice *s, size_t option);
void one_choice_tapped(struct one_choice *s, size_t option);
/* The button in the foot; true: the answer is given. */
bool one_choice_confirm(struct one_choice *s, struct ui *ui);
