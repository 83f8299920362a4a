/* Pages as PNG files, without a window: painted into memory as the screen paints them. */
#pragma once

#include "base/err.h"
#include "platform/platform.h"

struct frame_png;

/* `share` and `hooks` as in platform_options; `hooks` is borrowed. Errors: ERR_REJECTED
 * (fonts missing, logged). */
NODISCARD enum err frame_png_create(const char *share,
                                    const struct platform_hooks *hooks, int w, int h,
                                    struct frame_png **out);
void frame_png_destroy(struct frame_png *f); /* NULL is allowed */

/* How wide its letters are: for ui_create. Borrowed from `f`. */
struct ui_metrics frame_png_metrics(const struct frame_png *f);

/* Paints the finished frame and writes it. Errors: ERR_FULL (logged). */
NODISCARD enum err frame_png_save(struct frame_png *f, const struct ui *ui,
                                  const char *path);
