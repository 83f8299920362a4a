/* Reads a picture, looks at what it is, and has it drawn. */
#include "pictures.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "svg.h"
#include "svg_check.h"

#define CHECK_WIDTH 48 /* px: enough to know that it can be drawn */

const int picture_width[PANEL_COUNT] = {
    [PANEL_REG] = PICTURE_WIDTH_REG,
    [PANEL_CMP] = PICTURE_WIDTH_CMP,
    [PANEL_WIDE] = PICTURE_WIDTH_WIDE,
    [PANEL_POR] = PICTURE_WIDTH_POR,
};

static enum err draw(const struct buf *bytes, int width, struct buf *png, char *why,
                     size_t n_why)
{
    bool is_png = bytes->len > 4 && memcmp(bytes->data, "\x89PNG", 4) == 0;

    return is_png ? svg_scale_png(bytes->data, bytes->len, width, png, why, n_why)
                  : svg_draw(buf_text(bytes), bytes->len, width, png, why, n_why);
}

/* A drawing saved on Windows: CR LF becomes LF, so that it gives the same bytes. */
static void drop_returns(struct buf *b)
{
    size_t to = 0;

    for (size_t i = 0; i < b->len; i++) {
        if (b->data[i] != '\r')
            b->data[to++] = b->data[i];
    }
    b->len = to;
    if (b->data)
        b->data[to] = 0;
}

enum err picture_load(const char *path, struct buf *out, char *why, size_t n_why)
{
    size_t n = strlen(path);
    bool named_png = n > 4 && strcmp(path + n - 4, ".png") == 0;

    if (file_read(path, out)) {
        snprintf(why, n_why, "unreadable or too large: at most 1 MiB as SVG, 4 as PNG");
        return ERR_REJECTED;
    }
    if (named_png != (out->len > 4 && memcmp(out->data, "\x89PNG", 4) == 0)) {
        snprintf(why, n_why, "its name says another kind: save it anew");
        return ERR_REJECTED;
    }
    if (!named_png)
        drop_returns(out);
    return ERR_OK;
}

enum err picture_check(const char *path, char *why, size_t n_why)
{
    struct buf bytes, png;
    enum err err;

    buf_init(&bytes, PNG_BYTES_MAX);
    buf_init(&png, PNG_BYTES_MAX);
    err = picture_load(path, &bytes, why, n_why);
    if (!err)
        err = draw(&bytes, CHECK_WIDTH, &png, why, n_why);
    buf_finish(&bytes);
    buf_finish(&png);
    return err;
}

enum err picture_draw(const struct buf *bytes, enum panel panel, struct buf *png,
                      char *why, size_t n_why)
{
    return draw(bytes, picture_width[panel], png, why, n_why);
}
