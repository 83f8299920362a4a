/* librsvg and cairo behind two functions. */
#include "svg.h"

#include <cairo.h>
#include <librsvg/rsvg.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "svg_check.h"

static enum err refuse(char *why, size_t n_why, const char *what)
{
    snprintf(why, n_why, "%s", what);
    return ERR_REJECTED;
}

static cairo_status_t write_png(void *closure, const unsigned char *bytes, unsigned n)
{
    buf_add(closure, bytes, n);
    return CAIRO_STATUS_SUCCESS;
}

static enum err finish_png(cairo_surface_t *surface, struct buf *png, char *why,
                           size_t n_why)
{
    /* cairo un-premultiplies, and writes no time or text chunk */
    if (cairo_surface_write_to_png_stream(surface, write_png, png) || png->overflow)
        return refuse(why, n_why, "the picture does not fit: simplify it");
    return ERR_OK;
}

/* The height that goes with `width`, or 0. */
static int height_for(double w, double h, int width)
{
    double height = round(width * h / w);

    return w > 0 && h > 0 && height >= 1 && height <= SVG_WIDTH_MAX ? (int)height : 0;
}

static enum err draw(RsvgHandle *handle, int width, struct buf *png, char *why,
                     size_t n_why)
{
    gboolean has_w, has_h, has_box;
    RsvgLength w, h;
    RsvgRectangle box = { 0 };
    RsvgRectangle view = { .width = width };
    cairo_surface_t *surface;
    cairo_t *cr;
    gboolean drawn;
    enum err err;

    rsvg_handle_get_intrinsic_dimensions(handle, &has_w, &w, &has_h, &h, &has_box,
                                         &box);
    view.height = has_box ? height_for(box.width, box.height, width) : 0;
    if (view.height <= 0)
        return refuse(why, n_why, "viewBox has no usable size: use 0 0 480 400");
    surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, (int)view.height);
    cr = cairo_create(surface);
    drawn = rsvg_handle_render_document(handle, cr, &view, NULL);
    err = drawn && cairo_status(cr) == CAIRO_STATUS_SUCCESS
              ? finish_png(surface, png, why, n_why)
              : refuse(why, n_why, "cannot be drawn: simplify it");
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    return err;
}

enum err svg_draw(const char *svg, size_t n, int width, struct buf *png, char *why,
                  size_t n_why)
{
    struct svg_problem problem;
    GInputStream *stream;
    RsvgHandle *handle;
    GError *error = NULL;
    enum err err;

    if (width < 1 || width > SVG_WIDTH_MAX)
        return refuse(why, n_why, "width is not between 1 and 4096");
    err = svg_check(svg, n, &problem);
    if (err) {
        snprintf(why, n_why, "line %d: %s", problem.line, problem.what);
        return err;
    }
    stream = g_memory_input_stream_new_from_data(svg, (gssize)n, NULL);
    /* no base file: nothing can be loaded, even if the check missed a reference */
    handle = rsvg_handle_new_from_stream_sync(stream, NULL, RSVG_HANDLE_FLAGS_NONE,
                                              NULL, &error);
    g_object_unref(stream);
    if (!handle) {
        snprintf(why, n_why, "not well-formed SVG (%s): export it again",
                 error->message);
        g_error_free(error);
        return ERR_REJECTED;
    }
    err = draw(handle, width, png, why, n_why);
    g_object_unref(handle);
    return err;
}

struct png_in {
    const unsigned char *bytes;
    size_t n;
};

static cairo_status_t read_png(void *closure, unsigned char *out, unsigned n)
{
    struct png_in *in = closure;

    if (n > in->n)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(out, in->bytes, n);
    in->bytes += n;
    in->n -= n;
    return CAIRO_STATUS_SUCCESS;
}

static unsigned long big_endian(const unsigned char *p)
{
    return (unsigned long)p[0] << 24 | (unsigned long)p[1] << 16 |
           (unsigned long)p[2] << 8 | p[3];
}

/* A decoder allocates by the size in the header: look there first. */
static enum err check_png(const unsigned char *p, size_t n, char *why, size_t n_why)
{
    if (n > PNG_BYTES_MAX)
        return refuse(why, n_why, "larger than 4 MiB: make it smaller");
    if (n < 33 || memcmp(p, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) != 0)
        return refuse(why, n_why, "not a PNG: save it as PNG or SVG");
    if (big_endian(p + 16) - 1 >= SVG_WIDTH_MAX ||
        big_endian(p + 20) - 1 >= SVG_WIDTH_MAX)
        return refuse(why, n_why, "larger than 4096 px: make it smaller");
    return ERR_OK;
}

enum err svg_scale_png(const void *bytes, size_t n, int width, struct buf *png,
                       char *why, size_t n_why)
{
    struct png_in in = { bytes, n };
    cairo_surface_t *from, *to;
    cairo_t *cr;
    double scale;
    int w, h, height;
    enum err err = check_png(bytes, n, why, n_why);

    if (err)
        return err;
    from = cairo_image_surface_create_from_png_stream(read_png, &in);
    if (cairo_surface_status(from)) {
        cairo_surface_destroy(from);
        return refuse(why, n_why, "a damaged PNG: save it again");
    }
    w = cairo_image_surface_get_width(from);
    h = cairo_image_surface_get_height(from);
    width = width < w ? width : w;
    height = height_for(w, h, width);
    scale = (double)width / w;
    to = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height ? height : 1);
    cr = cairo_create(to);
    cairo_scale(cr, scale, scale);
    cairo_set_source_surface(cr, from, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_BEST);
    cairo_paint(cr);
    err = finish_png(to, png, why, n_why);
    cairo_destroy(cr);
    cairo_surface_destroy(to);
    cairo_surface_destroy(from);
    return err;
}
