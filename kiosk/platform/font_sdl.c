/* One TTF_Font per weight and size, opened when first needed; masks with an LRU. */
#include "platform/font_sdl.h"

#include <SDL_ttf.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"

#define LOG_MODULE "fonts"
#include "base/log.h"

#define SIZES_MAX 40          /* open sizes of both weights; a page uses eight */
#define LINES_MAX 768         /* masks */
#define LINES_BYTES (6 << 20) /* of masks: some three pages of 1920×1080 */
/* Noto Sans, in ems. SDL_ttf rounds both up, which would push small labels down. */
#define ASCENT 1.069F
#define DESCENT 0.293F
#define PATH_BYTES 4096
#define TEXT_BYTES 65536

struct font_file {
    void *bytes; /* mapped */
    size_t n;
};

struct open_size {
    TTF_Font *font;
    bool bold;
    int size;
    uint64_t used;
};

struct cached_line {
    uint64_t key;
    uint64_t used;
    struct text_mask mask;
};

struct fonts {
    struct font_file files[2]; /* regular, bold */
    struct open_size sizes[SIZES_MAX];
    size_t n_sizes;
    struct cached_line lines[LINES_MAX];
    size_t n_lines;
    size_t line_bytes;
    uint64_t tick;
    struct buf text; /* NUL-terminated copy for measuring */
};

static enum err map_file(const char *folder, const char *name, struct font_file *out)
{
    char path[PATH_BYTES];
    struct stat st;
    int fd;

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0 || st.st_size <= 0) {
        if (fd >= 0)
            close(fd);
        LOG_ERR("font %s cannot be read", path);
        return ERR_REJECTED;
    }
    out->n = (size_t)st.st_size;
    out->bytes = mmap(NULL, out->n, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (out->bytes == MAP_FAILED) {
        out->bytes = NULL;
        LOG_ERR("font %s cannot be mapped", path);
        return ERR_REJECTED;
    }
    return ERR_OK;
}

enum err fonts_open(const char *folder, struct fonts **out)
{
    struct fonts *f = check_alloc(sizeof(*f));
    enum err err;

    memset(f, 0, sizeof(*f));
    *out = NULL;
    buf_init(&f->text, TEXT_BYTES);
    if (TTF_Init() != 0) {
        LOG_ERR("SDL_ttf: %s", TTF_GetError());
        free(f);
        return ERR_REJECTED;
    }
    err = map_file(folder, "NotoSans-Regular.ttf", &f->files[0]);
    if (!err)
        err = map_file(folder, "NotoSans-Bold.ttf", &f->files[1]);
    if (err) {
        fonts_close(f);
        return err;
    }
    *out = f;
    return ERR_OK;
}

void fonts_close(struct fonts *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < f->n_sizes; i++)
        TTF_CloseFont(f->sizes[i].font);
    for (size_t i = 0; i < f->n_lines; i++)
        free(f->lines[i].mask.coverage);
    TTF_Quit();
    for (size_t i = 0; i < COUNT(f->files); i++) {
        if (f->files[i].bytes)
            munmap(f->files[i].bytes, f->files[i].n);
    }
    buf_finish(&f->text);
    free(f);
}

static TTF_Font *font_of(struct fonts *f, bool bold, int size)
{
    const struct font_file *file = &f->files[bold];
    struct open_size *slot = NULL;

    for (size_t i = 0; i < f->n_sizes; i++) {
        struct open_size *o = &f->sizes[i];

        if (o->bold == bold && o->size == size) {
            o->used = ++f->tick;
            return o->font;
        }
        if (!slot || o->used < slot->used)
            slot = o;
    }
    if (f->n_sizes < SIZES_MAX)
        slot = &f->sizes[f->n_sizes++];
    else
        TTF_CloseFont(slot->font);
    *slot = (struct open_size){
        .font = TTF_OpenFontRW(SDL_RWFromConstMem(file->bytes, (int)file->n), 1, size),
        .bold = bold,
        .size = size,
        .used = ++f->tick
    };
    /* The file is checked at build time; what is left to fail is memory. */
    ASSERT(slot->font);
    /* The others put every letter on a whole pixel: "N ghe". */
    TTF_SetFontHinting(slot->font, TTF_HINTING_LIGHT_SUBPIXEL);
    return slot->font;
}

int fonts_text_width(void *ctx, bool bold, int size, const char *text, size_t n)
{
    struct fonts *f = ctx;
    int w = 0;

    buf_clear(&f->text);
    buf_add(&f->text, text, n);
    if (TTF_SizeUTF8(font_of(f, bold, size), buf_text(&f->text), &w, NULL) != 0)
        w = 0;
    if (f->text.data)
        hash_wipe(f->text.data, f->text.len); /* it may be a name */
    return w;
}

int fonts_baseline(int size, int line)
{
    float em = (float)size;

    return (int)lroundf(((float)line - (ASCENT + DESCENT) * em) / 2 + ASCENT * em);
}

/* --- masks ------------------------------------------------------------------------ */

static uint64_t line_key(bool bold, int size, const char *text)
{
    /* multiplied first: else "1" of one size would have the key of "3" of the next */
    uint64_t h =
        (14695981039346656037U ^ ((uint64_t)size << 1 | bold)) * 1099511628211U;

    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 1099511628211U;
    return h;
}

static struct text_mask render(struct fonts *f, bool bold, int size, const char *text)
{
    struct text_mask m = { 0 };
    SDL_Surface *s = TTF_RenderUTF8_Blended(font_of(f, bold, size), text,
                                            (SDL_Color){ 255, 255, 255, 255 });

    if (!s) /* nothing to draw, e.g. only spaces of zero width */
        return m;
    m.w = s->w;
    m.h = s->h;
    m.ascent = TTF_FontAscent(font_of(f, bold, size));
    m.coverage = check_alloc((unsigned long)s->w * (unsigned long)s->h);
    for (int y = 0; y < s->h; y++) {
        const unsigned char *row = (unsigned char *)s->pixels + y * s->pitch;

        for (int x = 0; x < s->w; x++) {
            uint32_t px;

            memcpy(&px, row + (size_t)x * 4, sizeof(px));
            m.coverage[y * s->w + x] = (unsigned char)(px >> 24);
        }
    }
    SDL_FreeSurface(s);
    return m;
}

static void drop_oldest(struct fonts *f)
{
    struct cached_line *oldest = &f->lines[0];

    for (size_t i = 1; i < f->n_lines; i++) {
        if (f->lines[i].used < oldest->used)
            oldest = &f->lines[i];
    }
    f->line_bytes -= (size_t)oldest->mask.w * (size_t)oldest->mask.h;
    free(oldest->mask.coverage);
    *oldest = f->lines[--f->n_lines];
}

struct text_mask fonts_line(struct fonts *f, bool bold, int size, const char *text)
{
    uint64_t key = line_key(bold, size, text);
    struct cached_line *line;

    for (size_t i = 0; i < f->n_lines; i++) {
        if (f->lines[i].key == key) {
            f->lines[i].used = ++f->tick;
            return f->lines[i].mask;
        }
    }
    while (f->n_lines > 0 && (f->n_lines == LINES_MAX || f->line_bytes > LINES_BYTES))
        drop_oldest(f);
    line = &f->lines[f->n_lines++];
    *line = (struct cached_line){ .key = key,
                                  .used = ++f->tick,
                                  .mask = render(f, bold, size, text) };
    f->line_bytes += (size_t)line->mask.w * (size_t)line->mask.h;
    return line->mask;
}
