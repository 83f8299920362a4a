/* Pictures: PNG files and pack objects, averaged down to the size on screen, kept while
 * there is room. */
#pragma once

#include "base/err.h"
#include "platform/canvas.h"
#include "platform/platform.h"

struct images;

/* `share` holds art/ and icons/; `hooks` (may be NULL) gives pack objects. Both are
 * copied or borrowed as platform_options says. */
struct images *images_create(const char *share, const struct platform_hooks *hooks);
void images_destroy(struct images *im); /* NULL is allowed */

/* The picture of a UI_CMD_IMAGE or of the woven band (`tile_w` wide then), and where in
 * the window its top left corner goes. NULL: it cannot be read (logged once). Borrowed
 * until the next call. */
const struct picture *images_get(struct images *im, struct canvas *canvas,
                                 const struct ui_cmd *cmd, int *x_out, int *y_out);
