/* What true-false and scam-or-safe share: two answers, given by one touch. Option 0 is
 * the first word (Đúng, Lừa đảo), option 1 the second. */
#pragma once

#include "items/items.h"

struct two_ways {
    unsigned char chosen; /* 1 + option; 0: none */
    unsigned char given;  /* seen again, it was missed */
    unsigned char missed; /* bit per option */
};

_Static_assert(sizeof(struct two_ways) <= ITEM_STATE_MAX, "fits the session");

enum err two_ways_parse(struct item *item, const json_value *source,
                        struct arena *arena, char *why, size_t n_why);
int two_ways_grade(const struct item *item, const void *state);
const char *two_ways_feedback(const struct item *item, const void *state);
/* At the start of a frame: what was given before is missed now. */
void two_ways_begin(struct two_ways *s);
/* State of the button of an option; and what a touch on it means: true: answered. */
unsigned two_ways_state(const struct two_ways *s, size_t option);
bool two_ways_tapped(struct two_ways *s, size_t option);
/* The option that the feedback page shows. */
size_t two_ways_shown(const struct item *item, const struct two_ways *s,
                      bool show_right);
