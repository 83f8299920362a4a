/* From one picture of the screen to the next in a few steps. Pure: pixels in, pixels out;
 * it knows no window and no clock. The two copies live only while a page turns. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "platform/canvas.h"
#include "ui/motion.h"

struct turning {
    enum motion motion; /* MOTION_CUT: nothing turns */
    uint32_t *from, *to;
    int w, h;  /* px */
    int reach; /* px that the new page slides or rises */
    int64_t began_ms;
};

/* Keeps what the canvas shows. `reach` px. */
void turning_begin(struct turning *t, const struct canvas *c, enum motion motion,
                   int reach);
/* Keeps the page that was painted since: it comes in from now on. */
void turning_take(struct turning *t, const struct canvas *c, int64_t now_ms);
/* Paints what is seen at `now_ms`; false when that was the last step. */
bool turning_step(struct turning *t, struct canvas *c, int64_t now_ms);
/* Until the next of 60 steps a second is due. */
int turning_wait_ms(const struct turning *t, int64_t now_ms);
/* The new page stands at once. */
void turning_end(struct turning *t, struct canvas *c);
