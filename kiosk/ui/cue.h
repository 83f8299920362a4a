/* The short sounds of tokens.md §9: pages ask for them, the platform makes them. */
#pragma once

enum cue {
    CUE_TOUCH,   /* bamboo tick */
    CUE_SIGN_IN, /* "tinh", a small bell */
    CUE_RIGHT,   /* two rising bamboo notes */
    CUE_NOT_YET, /* one low warm note */
    CUE_DONE,    /* three gong notes */
    CUE_HELP,    /* the bell, twice */
    CUE_ERROR,   /* of staff: a low double tick */
    CUE_COUNT
};
