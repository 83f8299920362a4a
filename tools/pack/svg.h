/* Drawings to PNG bytes at a width. The only door to librsvg and cairo. The same input
 * gives the same bytes. */
#pragma once

#include <stddef.h>

#include "base/err.h"

struct buf;

#define SVG_WIDTH_MAX 4096 /* px, of the result; its height too */
#define PNG_BYTES_MAX (4U * 1024U * 1024U)

/* Draws an SVG that passes svg_check, `width` px wide, height by its viewBox; appends
 * the PNG (8-bit, alpha not premultiplied) to `png`. `why` (n_why bytes) says what is
 * wrong and what to do. Errors: ERR_REJECTED. */
NODISCARD enum err svg_draw(const char *svg, size_t n, int width, struct buf *png,
                            char *why, size_t n_why);

/* The same for a PNG; never makes it larger than it is. */
NODISCARD enum err svg_scale_png(const void *bytes, size_t n, int width,
                                 struct buf *png, char *why, size_t n_why);
