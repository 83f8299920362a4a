/* How a page comes onto the screen, tokens.md §8. */
#pragma once

enum motion {
    MOTION_CUT,  /* at once */
    MOTION_TURN, /* it slides in a little and fades in, 180 ms */
    MOTION_RISE, /* it comes up from below and slows down, 220 ms */
};
