/* Software drawing into a buffer of 32-bit pixels: shapes with smooth edges, masks,
 * pictures. Pure: no window system, no files. Every call stays within the clip. */
#pragma once

#include <stdint.h>

#include "ui/ui.h"

#define CANVAS_RADIUS_MAX 512 /* px; larger corners are drawn with this one */

struct canvas {
    uint32_t *px; /* 0x??RRGGBB, rows of `stride` pixels; borrowed */
    int w, h, stride;
    struct box clip;                               /* within 0, 0, w, h */
    unsigned char *corners[CANVAS_RADIUS_MAX + 1]; /* coverage of r×r, made once */
};

void canvas_finish(struct canvas *c); /* frees the corners, not the pixels */

/* The common part; w or h is 0 when there is none. */
struct box box_common(struct box a, struct box b);
struct box box_around(struct box a, struct box b); /* an empty one counts not */

void canvas_fill(struct canvas *c, struct box b, int radius, unsigned corners,
                 uint32_t colour);
/* `line` px wide, inside the box. */
void canvas_border(struct canvas *c, struct box b, int radius, unsigned corners,
                   int line, bool dashed, uint32_t colour);
/* The soft shadow of a box that floats: `dy` px lower, `blur` px soft. */
void canvas_shadow(struct canvas *c, struct box b, int radius, int dy, int blur,
                   uint32_t colour);
/* Arc from 12 o'clock, clockwise, with round ends. */
void canvas_ring(struct canvas *c, struct box b, int line, int per_mille,
                 uint32_t colour);

/* Coverage 0..255 of w×h at (x, y), in `colour`. */
void canvas_mask(struct canvas *c, int x, int y, const unsigned char *coverage, int w,
                 int h, uint32_t colour);

struct picture {
    uint32_t *px; /* 0xAARRGGBB, not premultiplied */
    int w, h;
    bool opaque;
};
void canvas_picture(struct canvas *c, int x, int y, const struct picture *p);
/* Coverage of the rounded corners times the picture's own alpha. */
void canvas_round_picture(struct canvas *c, struct picture *p, int radius,
                          unsigned corners);
