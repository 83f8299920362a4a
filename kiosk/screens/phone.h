/* The mock phone: its frame with the words that it is none, the look of each kind of screen,
 * and the parts on it. It draws what lesson/practice.h describes and says what was touched. */
#pragma once

#include "app/app.h"
#include "lesson/practice.h"
#include "ui/ui.h"

/* How long a PART_HOLD is pressed. */
#define PHONE_HOLD_MS 700

/* The part that a finger holds, from frame to frame; zeroed at first. */
struct phone_hold {
    size_t part; /* from 1; 0: none */
    int64_t since_ms;
};

struct phone_view {
    const struct practice *practice;
    const struct practice_state *state;
    size_t marked;           /* part with the yellow frame; n_parts: none */
    bool hand;               /* and the hand on it */
    struct phone_hold *hold; /* NULL: only to watch */
};

struct phone_touch {
    bool any;
    size_t part;
    char digit; /* of a PART_DIAL; 0: none */
    bool gesture;
};

/* The frame in `r`; what was touched. */
struct phone_touch phone_frame(struct app *app, struct ui *ui, struct rect r,
                               const struct phone_view *view);
