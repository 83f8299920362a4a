/* Fonts through SDL2_ttf: widths, and lines of text as coverage masks, kept while
 * there is room. */
#pragma once

#include <stdbool.h>

#include "base/err.h"
#include "ui/ui.h"

struct fonts;

/* Maps NotoSans-Regular.ttf and NotoSans-Bold.ttf of `folder` into memory.
 * Errors: ERR_REJECTED (logged). */
NODISCARD enum err fonts_open(const char *folder, struct fonts **out);
void fonts_close(struct fonts *f); /* NULL is allowed */

/* struct ui_metrics: `ctx` is the fonts. */
int fonts_text_width(void *ctx, bool bold, int size, const char *text, size_t n);

struct text_mask {
    unsigned char *coverage; /* w × h, borrowed until the next fonts_line */
    int w, h;
    int ascent; /* rows above the baseline */
};
/* The baseline in a line box of `line` px: the font's own box in the middle of it. */
int fonts_baseline(int size, int line);
/* One line, without line breaks. */
struct text_mask fonts_line(struct fonts *f, bool bold, int size, const char *text);
