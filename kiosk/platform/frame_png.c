/* paint.c on a surface of its own. */
#include "platform/frame_png.h"

#include <SDL.h>
#include <SDL_image.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/check.h"
#include "platform/font_sdl.h"
#include "platform/image_sdl.h"
#include "platform/paint.h"

#define LOG_MODULE "platform"
#include "base/log.h"

#define PATH_BYTES 4096

struct frame_png {
    struct paint paint;
    SDL_Surface *surface;
};

enum err frame_png_create(const char *share, const struct platform_hooks *hooks, int w,
                          int h, struct frame_png **out)
{
    struct frame_png *f = check_alloc(sizeof(*f));
    struct buf folder;
    enum err err;

    *out = NULL;
    *f = (struct frame_png){ 0 };
    f->surface = SDL_CreateRGBSurfaceWithFormat(0, w, h, 32, SDL_PIXELFORMAT_RGB888);
    ASSERT(f->surface);
    f->paint.canvas.px = f->surface->pixels;
    f->paint.canvas.w = w;
    f->paint.canvas.h = h;
    f->paint.canvas.stride = f->surface->pitch / 4;
    buf_init(&folder, PATH_BYTES);
    platform_find_share(share, &folder);
    f->paint.images = images_create(buf_text(&folder), hooks);
    buf_str(&folder, "/fonts");
    err = fonts_open(buf_text(&folder), &f->paint.fonts);
    buf_finish(&folder);
    if (err) {
        frame_png_destroy(f);
        return err;
    }
    *out = f;
    return ERR_OK;
}

void frame_png_destroy(struct frame_png *f)
{
    if (!f)
        return;
    images_destroy(f->paint.images);
    fonts_close(f->paint.fonts);
    canvas_finish(&f->paint.canvas);
    SDL_FreeSurface(f->surface);
    free(f);
}

struct ui_metrics frame_png_metrics(const struct frame_png *f)
{
    return (struct ui_metrics){ fonts_text_width, f->paint.fonts };
}

enum err frame_png_save(struct frame_png *f, const struct ui *ui, const char *path)
{
    size_t n;
    const struct ui_cmd *cmds = ui_cmds(ui, &n);
    const struct canvas *c = &f->paint.canvas;

    paint_area(&f->paint, cmds, n, (struct box){ 0, 0, c->w, c->h });
    if (IMG_SavePNG(f->surface, path) != 0) {
        LOG_ERR("%s: %s", path, IMG_GetError());
        return ERR_FULL;
    }
    return ERR_OK;
}
