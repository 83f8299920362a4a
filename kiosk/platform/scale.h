/* Pictures to the size on screen: smaller by area average, larger by interpolation.
 * Pure: pixels in, pixels out. */
#pragma once

#include <stdbool.h>

#include "platform/canvas.h"

struct scale_source {
    const unsigned char *px; /* 32 bits each, alpha on top; aligned for uint32_t */
    int w, h, pitch;         /* px, px, bytes */
    bool red_last;           /* 0xAABBGGRR instead of 0xAARRGGBB */
};

/* The part of a source that is shown, in source px, and the size it gets (≥ 1). */
struct scale_part {
    float x, y, w, h;
    int out_w, out_h;
};

/* The caller frees `px` of the result. */
struct picture scale_picture(const struct scale_source *s, const struct scale_part *m);
