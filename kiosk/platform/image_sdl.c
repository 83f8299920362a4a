/* Decoding through SDL2_image; scaling averages premultiplied pixels, so that no dark
 * seam appears around transparent parts. */
#include "platform/image_sdl.h"

#include <SDL_image.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"

#define LOG_MODULE "images"
#include "base/log.h"

#define IMAGES_MAX 192
#define IMAGES_BYTES (48 << 20) /* of scaled pixels; a page of 1920×1080 is 8 MB */
#define OBJECT_BYTES (16 << 20) /* of one PNG */
#define SIDE_MAX 8192           /* px of a source picture */
#define PATH_BYTES 4096
#define ENOUGH 1.15F /* times the pixels on screen: a copy with fewer would blur */

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

/* The part of a source that is shown, in source px, and the size it gets. */
struct mapping {
    float x, y, w, h;
    int out_w, out_h;
};

static struct mapping map(const SDL_Surface *s, const struct ui_cmd *cmd)
{
    float sw = (float)s->w;
    float sh = (float)s->h;
    float bw = (float)cmd->box.w;
    float bh = (float)cmd->box.h;
    bool wider = sw * bh > sh * bw;
    struct mapping m = { 0, 0, sw, sh, cmd->box.w, cmd->box.h };

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
static float drawn_width(const SDL_Surface *s, const struct ui_cmd *cmd)
{
    struct mapping m = map(s, cmd);

    return (float)s->w * (float)m.out_w / m.w;
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
        s = checked(IMG_LoadTyped_RW(SDL_RWFromConstMem(bytes.data, (int)bytes.len), 1,
                                     "PNG"));
    buf_finish(&bytes);
    return s;
}

/* One of the program's own drawings: `width` px wide, 0: the one that must exist. */
static SDL_Surface *load_file(const struct images *im, const char *folder, int width,
                              const char *name)
{
    char path[PATH_BYTES];
    SDL_RWops *file;

    if (width > 0)
        snprintf(path, sizeof(path), "%s/%s/%d/%s.png", im->share, folder, width, name);
    else
        snprintf(path, sizeof(path), "%s/%s/%s.png", im->share, folder, name);
    file = SDL_RWFromFile(path, "rb");
    return file ? checked(IMG_LoadTyped_RW(file, 1, "PNG")) : NULL;
}

/* The narrowest copy that has enough pixels for `cmd`. A copy hardly larger than the
 * picture on screen would blur it. */
static SDL_Surface *load_drawing(const struct images *im, const char *folder,
                                 const int *widths, const char *name,
                                 const struct ui_cmd *cmd)
{
    int least = cmd->box.w < cmd->box.h ? cmd->box.w : cmd->box.h;

    if (strchr(name, '/'))
        return NULL;
    for (; *widths; widths++) {
        SDL_Surface *s;

        if (*widths < least)
            continue; /* too narrow however the picture is shaped, or nearly so */
        s = load_file(im, folder, *widths, name);
        if (s && (float)s->w >= ENOUGH * drawn_width(s, cmd))
            return s;
        SDL_FreeSurface(s);
    }
    return load_file(im, folder, 0, name);
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

/* --- scaling ---------------------------------------------------------------------- */

/* How much of which source pixels makes one output pixel, along one axis. */
struct taps {
    int first, n;
    float weight[2]; /* of the first and the last; those between count `share` */
    float share;
};

/* Larger than its source: between the two nearest pixels. */
static struct taps between_two(float middle, int n_in)
{
    float at = fminf(fmaxf(middle - 0.5F, 0), (float)(n_in - 1));
    int first = (int)at;
    float right = at - (float)first;

    if (first == n_in - 1)
        return (struct taps){ .first = first, .n = 1, .weight = { 1, 1 } };
    return (struct taps){ .first = first, .n = 2, .weight = { 1 - right, right } };
}

/* Smaller than its source: the average of what [from, to] covers. */
static struct taps average_of(float from, float to, int n_in)
{
    int first = (int)floorf(from);
    int last = (int)ceilf(to) - 1;
    float left = 1;
    float right = 1;
    float total = 1;

    first = first < 0 ? 0 : first > n_in - 1 ? n_in - 1 : first;
    last = last < first ? first : last > n_in - 1 ? n_in - 1 : last;
    if (first < last) {
        left = (float)(first + 1) - from;
        right = to - (float)last;
        total = left + right + (float)(last - first - 1);
    }
    return (struct taps){ .first = first, .n = last - first + 1,
                          .weight = { left / total, right / total },
                          .share = 1 / total };
}

static struct taps *taps_of(float start, float length, int n_out, int n_in)
{
    struct taps *taps = check_alloc((unsigned long)n_out * sizeof(*taps));
    float step = length / (float)n_out;

    for (int i = 0; i < n_out; i++) {
        float from = start + (float)i * step;

        taps[i] = step < 1 ? between_two(from + step / 2, n_in)
                           : average_of(from, from + step, n_in);
    }
    return taps;
}

static float weight_at(const struct taps *t, int i)
{
    return i == 0 ? t->weight[0] : i == t->n - 1 ? t->weight[1] : t->share;
}

/* Adds one source row, `scale` of it, to the premultiplied channels of each output
 * column: alpha and three colours in the order of the source's bytes. */
static void average_row(const uint32_t *row, const struct taps *columns, int n_out,
                        float scale, float *sums)
{
    for (int x = 0; x < n_out; x++, sums += 4) {
        const struct taps *t = &columns[x];

        for (int i = 0; i < t->n; i++) {
            uint32_t px = row[t->first + i];
            float k;

            if (px >> 24 == 0)
                continue;
            k = (float)(px >> 24) * weight_at(t, i) * scale;
            sums[0] += k;
            sums[1] += k * (float)(px >> 16 & 0xFF);
            sums[2] += k * (float)(px >> 8 & 0xFF);
            sums[3] += k * (float)(px & 0xFF);
        }
    }
}

static uint32_t pack_pixel(const float *sum, bool red_last)
{
    uint32_t a = (uint32_t)(sum[0] + 0.5F);
    float r = red_last ? sum[3] : sum[1];
    float b = red_last ? sum[1] : sum[3];

    if (a == 0)
        return 0;
    if (a > 255)
        a = 255;
    return a << 24 | (uint32_t)(r / sum[0] + 0.5F) << 16 |
           (uint32_t)(sum[2] / sum[0] + 0.5F) << 8 | (uint32_t)(b / sum[0] + 0.5F);
}

static struct picture scale(const SDL_Surface *s, const struct mapping *m)
{
    size_t n_out = (size_t)m->out_w * (size_t)m->out_h;
    struct taps *columns = taps_of(m->x, m->w, m->out_w, s->w);
    struct taps *rows = taps_of(m->y, m->h, m->out_h, s->h);
    float *sums = check_alloc((unsigned long)m->out_w * 4 * sizeof(float));
    bool red_last = s->format->format == SDL_PIXELFORMAT_ABGR8888;
    struct picture p = { .px = check_alloc(n_out * sizeof(uint32_t)), .w = m->out_w,
                         .h = m->out_h, .opaque = true };

    for (int y = 0; y < m->out_h; y++) {
        memset(sums, 0, (size_t)m->out_w * 4 * sizeof(float));
        for (int i = 0; i < rows[y].n; i++) {
            const unsigned char *line = (unsigned char *)s->pixels +
                                        (size_t)(rows[y].first + i) * (size_t)s->pitch;

            average_row((const uint32_t *)(const void *)line, columns, m->out_w,
                        weight_at(&rows[y], i), sums);
        }
        for (int x = 0; x < m->out_w; x++) {
            uint32_t px = pack_pixel(&sums[4 * x], red_last);

            p.opaque = p.opaque && px >> 24 == 0xFF;
            p.px[(size_t)y * (size_t)m->out_w + (size_t)x] = px;
        }
    }
    free(columns);
    free(rows);
    free(sums);
    return p;
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
            struct mapping m = map(s, cmd);

            e->picture = scale(s, &m);
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
