/* Finding and decoding through SDL2_image, fitting, keeping; scaling is scale.c. */
#include "platform/image_sdl.h"

#include <SDL_image.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "platform/scale.h"

#define LOG_MODULE "images"
#include "base/log.h"

#define IMAGES_MAX 192
#define IMAGES_BYTES (16 << 20) /* of scaled pixels; a full page of 1920×1080 is 8 MB */
#define OBJECT_BYTES (16 << 20) /* of one PNG */
#define SIDE_MAX 8192           /* px of a source picture */
#define PATH_BYTES 4096
#define ENOUGH 1.08F /* times the pixels on screen: a copy with fewer would blur */

struct cached {
    uint64_t key, used;
    struct picture picture; /* px NULL: cannot be read */
    int dx, dy;             /* from the box's corner */
};

struct images {
    char *share;
    const struct platform_hooks *hooks;
    struct cached entries[IMAGES_MAX];
    size_t n;
    size_t bytes;
    uint64_t tick;
};

struct images *images_create(const char *share, const struct platform_hooks *hooks)
{
    struct images *im = check_alloc(sizeof(*im));

    memset(im, 0, sizeof(*im));
    im->share = check_strdup(share);
    im->hooks = hooks;
    return im;
}

void images_destroy(struct images *im)
{
    if (!im)
        return;
    for (size_t i = 0; i < im->n; i++)
        free(im->entries[i].picture.px);
    free(im->share);
    free(im);
}

/* --- fitting ---------------------------------------------------------------------- */

static struct scale_part map(int source_w, int source_h, const struct ui_cmd *cmd)
{
    float sw = (float)source_w;
    float sh = (float)source_h;
    float bw = (float)cmd->box.w;
    float bh = (float)cmd->box.h;
    bool wider = sw * bh > sh * bw;
    struct scale_part m = { 0, 0, sw, sh, cmd->box.w, cmd->box.h };

    if (cmd->fit == UI_FIT_CONTAIN) {
        if (wider)
            m.out_h = (int)lroundf(bw * sh / sw);
        else
            m.out_w = (int)lroundf(bh * sw / sh);
    } else if (wider) {
        m.w = sh * bw / bh;
        m.x = (sw - m.w) / 2;
    } else {
        m.h = sw * bh / bw;
        m.y = cmd->fit == UI_FIT_COVER_TOP ? 0 : (sh - m.h) / 2;
    }
    m.out_w = m.out_w < 1 ? 1 : m.out_w;
    m.out_h = m.out_h < 1 ? 1 : m.out_h;
    return m;
}

/* How wide, in px, the whole source would be on screen. */
static float drawn_width(int source_w, int source_h, const struct ui_cmd *cmd)
{
    struct scale_part m = map(source_w, source_h, cmd);

    return (float)source_w * (float)m.out_w / m.w;
}

/* --- decoding --------------------------------------------------------------------- */

/* Only the two orders of bytes that PNGs decode to are read as they are. */
static SDL_Surface *checked(SDL_Surface *s)
{
    SDL_Surface *argb = NULL;

    if (s && (s->w <= 0 || s->h <= 0 || s->w > SIDE_MAX || s->h > SIDE_MAX)) {
        SDL_FreeSurface(s);
        return NULL;
    }
    if (!s || s->format->format == SDL_PIXELFORMAT_ARGB8888 ||
        s->format->format == SDL_PIXELFORMAT_ABGR8888)
        return s;
    argb = SDL_ConvertSurfaceFormat(s, SDL_PIXELFORMAT_ARGB8888, 0);
    SDL_FreeSurface(s);
    return argb;
}

static SDL_Surface *load_object(const struct images *im, const char *sha256)
{
    SDL_Surface *s = NULL;
    struct buf bytes;

    if (!im->hooks || !im->hooks->object)
        return NULL;
    buf_init(&bytes, OBJECT_BYTES);
    if (im->hooks->object(im->hooks->ctx, sha256, &bytes) == ERR_OK && bytes.len > 0)
        s = checked(
            IMG_LoadTyped_RW(SDL_RWFromConstMem(bytes.data, (int)bytes.len), 1, "PNG"));
    buf_finish(&bytes);
    return s;
}

/* Opens one of the program's own drawings: `width` px wide, 0: the one that must
 * exist. */
static SDL_RWops *open_drawing(const struct images *im, const char *folder, int width,
                               const char *name)
{
    char path[PATH_BYTES];

    if (width > 0)
        snprintf(path, sizeof(path), "%s/%s/%d/%s.png", im->share, folder, width, name);
    else
        snprintf(path, sizeof(path), "%s/%s/%s.png", im->share, folder, name);
    return SDL_RWFromFile(path, "rb");
}

/* Width and height stand at bytes 16 to 23 of every PNG, most significant byte first. */
static bool read_size(SDL_RWops *png, int *w_out, int *h_out)
{
    unsigned char head[24];
    bool read = SDL_RWread(png, head, sizeof(head), 1) == 1;

    *w_out = read ? (head[18] << 8 | head[19]) : 0;
    *h_out = read ? (head[22] << 8 | head[23]) : 0;
    return *w_out > 0 && *h_out > 0 && SDL_RWseek(png, 0, RW_SEEK_SET) == 0;
}

/* The narrowest copy that has enough pixels for `cmd`, or the drawing itself. */
static SDL_Surface *load_drawing(const struct images *im, const char *folder,
                                 const int *widths, const char *name,
                                 const struct ui_cmd *cmd)
{
    SDL_RWops *png = strchr(name, '/') ? NULL : open_drawing(im, folder, 0, name);
    float least;
    int w;
    int h;

    if (!png)
        return NULL;
    if (!read_size(png, &w, &h)) {
        SDL_RWclose(png);
        return NULL;
    }
    least = ENOUGH * drawn_width(w, h, cmd);
    for (; *widths; widths++) {
        SDL_RWops *copy =
            (float)*widths >= least ? open_drawing(im, folder, *widths, name) : NULL;

        if (copy) {
            SDL_RWclose(png);
            png = copy;
            break;
        }
    }
    return checked(IMG_LoadTyped_RW(png, 1, "PNG"));
}

static SDL_Surface *load(const struct images *im, const struct ui_cmd *cmd)
{
    static const int art_widths[] = { 128, 192, 288, 432, 648, 0 };
    static const int icon_widths[] = { 48, 72, 108, 0 };
    const char *source = cmd->text;
    SDL_Surface *s = NULL;

    if (strncmp(source, "art:", 4) == 0)
        s = load_drawing(im, "art", art_widths, source + 4, cmd);
    else if (strncmp(source, "icon:", 5) == 0)
        s = load_drawing(im, "icons", icon_widths, source + 5, cmd);
    else if (strncmp(source, "pack:", 5) == 0)
        s = load_object(im, source + 5);
    if (!s)
        LOG_WARN("picture %s cannot be read", source);
    return s;
}

/* --- the cache -------------------------------------------------------------------- */

static void tint(struct picture *p, uint32_t colour)
{
    for (size_t i = 0; i < (size_t)p->w * (size_t)p->h; i++)
        p->px[i] = (p->px[i] & 0xFF000000) | (colour & 0x00FFFFFF);
}

static size_t bytes_of(const struct picture *p)
{
    return p->px ? (size_t)p->w * (size_t)p->h * sizeof(uint32_t) : 0;
}

static void drop_oldest(struct images *im)
{
    struct cached *oldest = &im->entries[0];

    for (size_t i = 1; i < im->n; i++) {
        if (im->entries[i].used < oldest->used)
            oldest = &im->entries[i];
    }
    im->bytes -= bytes_of(&oldest->picture);
    free(oldest->picture.px);
    *oldest = im->entries[--im->n];
}

static uint64_t key_of(const struct ui_cmd *cmd)
{
    struct ui_cmd at_origin = *cmd;

    at_origin.box.x = at_origin.box.y = 0;
    return ui_cmd_hash(&at_origin);
}

const struct picture *images_get(struct images *im, struct canvas *canvas,
                                 const struct ui_cmd *cmd, int *x_out, int *y_out)
{
    uint64_t key = key_of(cmd);
    struct cached *e = NULL;
    SDL_Surface *s;

    for (size_t i = 0; !e && i < im->n; i++) {
        if (im->entries[i].key == key)
            e = &im->entries[i];
    }
    if (!e) {
        while (im->n > 0 && (im->n == IMAGES_MAX || im->bytes > IMAGES_BYTES))
            drop_oldest(im);
        e = &im->entries[im->n++];
        *e = (struct cached){ .key = key };
        s = load(im, cmd);
        if (s) {
            struct scale_part m = map(s->w, s->h, cmd);

            e->picture = scale_picture(
                &(struct scale_source){ .px = s->pixels,
                                        .w = s->w,
                                        .h = s->h,
                                        .pitch = s->pitch,
                                        .red_last = s->format->format ==
                                                    SDL_PIXELFORMAT_ABGR8888 },
                &m);
            SDL_FreeSurface(s);
            if (cmd->colour)
                tint(&e->picture, cmd->colour);
            canvas_round_picture(canvas, &e->picture, cmd->radius, cmd->corners);
            e->dx = (cmd->box.w - m.out_w) / 2;
            e->dy = (cmd->box.h - m.out_h) / 2;
            im->bytes += bytes_of(&e->picture);
        }
    }
    e->used = ++im->tick;
    *x_out = cmd->box.x + e->dx;
    *y_out = cmd->box.y + e->dy;
    return e->picture.px ? &e->picture : NULL;
}
