/* Picture files of the content to PNGs for the four panel classes. */
#pragma once

#include <stddef.h>

#include "base/err.h"
#include "base/panel.h"

struct buf;

/* px, the width of a lesson card's picture: 560 dp on reg and wide, 318 on cmp, 400 on
 * por, each times the panel's px per dp (tokens.md §1, mock-up r10). */
#define PICTURE_WIDTH_REG 525
#define PICTURE_WIDTH_CMP 264
#define PICTURE_WIDTH_WIDE 700
#define PICTURE_WIDTH_POR 520
extern const int picture_width[PANEL_COUNT];

/* The viewBox of the content's drawings; places in a picture are given in it. */
#define PICTURE_FRAME_W 480
#define PICTURE_FRAME_H 400
#define PICTURE_FRAME "viewBox=\"0 0 480 400\""

/* Whether the *.svg or *.png at `path` is one that we draw; `why` (n_why bytes) says
 * "what: what to do". Errors: ERR_REJECTED. */
NODISCARD enum err picture_check(const char *path, char *why, size_t n_why);

/* The same, and its bytes appended to `out`, for picture_draw. */
NODISCARD enum err picture_load(const char *path, struct buf *out, char *why,
                                size_t n_why);

/* Appends the PNG of loaded bytes for one panel class. Errors: ERR_REJECTED. */
NODISCARD enum err picture_draw(const struct buf *bytes, enum panel panel,
                                struct buf *png, char *why, size_t n_why);
