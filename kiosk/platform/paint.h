/* Carries out a command list on a canvas, with the fonts and pictures at hand. */
#pragma once

#include <stddef.h>

#include "platform/canvas.h"

struct fonts;
struct images;

struct paint {
    struct canvas canvas;
    struct fonts *fonts;
    struct images *images;
};

/* Makes ready what `cmd` needs from fonts and pictures, and draws nothing. */
void paint_prepare(struct paint *p, const struct ui_cmd *cmd);
/* Draws what of the commands lies within `area`. */
void paint_area(struct paint *p, const struct ui_cmd *cmds, size_t n, struct box area);
