/* Luma in, and what is done to it. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS, MADV_DONTDUMP */
#include "frame.h"

#include <sys/mman.h>

#include "base/hash.h"

#define BYTES ((size_t)FRAME_W_MAX * FRAME_H_MAX)

bool frame_open(struct frame *f)
{
    void *at =
        mmap(NULL, BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    *f = (struct frame){ 0 };
    if (at == MAP_FAILED)
        return false;
    (void)mlock(at, BYTES); /* refused by a small limit: then it is only wiped */
    (void)madvise(at, BYTES, MADV_DONTDUMP);
    f->luma = at;
    return true;
}

void frame_close(struct frame *f)
{
    if (!f->luma)
        return;
    frame_wipe(f);
    munmap(f->luma, BYTES);
    f->luma = NULL;
}

static size_t count(const struct frame *f)
{
    return (size_t)f->w * (size_t)f->h;
}

void frame_wipe(struct frame *f)
{
    hash_wipe(f->luma, count(f));
    f->w = f->h = 0;
}

bool frame_take(struct frame *f, const unsigned char *bytes, size_t n,
                const struct frame_layout *layout)
{
    size_t w = (size_t)layout->w, h = (size_t)layout->h, need;
    unsigned char *to = f->luma;

    if (layout->w < 1 || layout->h < 1 || layout->w > FRAME_W_MAX ||
        layout->h > FRAME_H_MAX)
        return false;
    need = layout->first + (w - 1) * layout->step + 1;
    if (n < need || (h > 1 && (n - need) / (h - 1) < layout->stride))
        return false;
    for (size_t y = 0; y < h; y++) {
        const unsigned char *from = bytes + y * layout->stride + layout->first;

        for (size_t x = 0; x < w; x++)
            *to++ = from[x * layout->step];
    }
    f->w = layout->w;
    f->h = layout->h;
    return true;
}

int frame_mean(const struct frame *f)
{
    size_t n = count(f), sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += f->luma[i];
    return n ? (int)(sum / n) : 0;
}

void frame_smooth(struct frame *f)
{
    size_t w = (size_t)f->w;

    /* In place: each reads only itself and those after it. */
    for (size_t y = 0; y + 1 < (size_t)f->h; y++) {
        unsigned char *line = f->luma + y * w, *below = line + w;

        for (size_t x = 0; x + 1 < w; x++)
            line[x] =
                (unsigned char)((line[x] + line[x + 1] + below[x] + below[x + 1] + 2) /
                                4);
    }
}
