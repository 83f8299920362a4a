/* Averages premultiplied pixels, so that no dark seam appears around transparent
 * parts. Each axis has its taps, made once: which source pixels count how much. */
#include "platform/scale.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/check.h"

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
    return (struct taps){ .first = first,
                          .n = last - first + 1,
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

/* The source pixels of one output pixel: columns of the rows that start at `at`. */
struct block {
    const unsigned char *at;
    int pitch;
    const struct taps *columns, *rows;
};

static inline const uint32_t *row_of(const struct block *b, int i)
{
    return (const uint32_t *)(const void *)(b->at + (ptrdiff_t)i * b->pitch);
}

/* Our pictures are flat: most blocks have one colour, which needs no arithmetic. For
 * each source column: how far to the right the rows of `t` have its colour alone, -1
 * when they differ in the column itself. */
static void find_runs(const struct scale_source *s, const struct taps *t, int *run_end)
{
    const struct block b = { s->px + (ptrdiff_t)t->first * s->pitch, s->pitch, NULL,
                             t };
    const uint32_t *top = row_of(&b, 0);

    for (int x = s->w - 1; x >= 0; x--) {
        bool joins = x + 1 < s->w && run_end[x + 1] >= 0 && top[x + 1] == top[x];

        run_end[x] = joins ? run_end[x + 1] : x;
        for (int i = 1; i < t->n && run_end[x] >= 0; i++) {
            if (row_of(&b, i)[x] != top[x])
                run_end[x] = -1;
        }
    }
}

/* The mean of alpha, and of the colours as far as they are visible, in the order of the
 * source's bytes. */
static uint32_t mean_of(const struct block *b)
{
    float a = 0;
    float c2 = 0;
    float c1 = 0;
    float c0 = 0;

    for (int i = 0; i < b->rows->n; i++) {
        const uint32_t *row = row_of(b, i);
        float share = weight_at(b->rows, i);

        for (int j = 0; j < b->columns->n; j++) {
            uint32_t px = row[j];
            float k = (float)(px >> 24) * weight_at(b->columns, j) * share;

            a += k;
            c2 += k * (float)(px >> 16 & 0xFF);
            c1 += k * (float)(px >> 8 & 0xFF);
            c0 += k * (float)(px & 0xFF);
        }
    }
    if (a < 0.5F)
        return 0;
    return (uint32_t)(fminf(a, 255) + 0.5F) << 24 | (uint32_t)(c2 / a + 0.5F) << 16 |
           (uint32_t)(c1 / a + 0.5F) << 8 | (uint32_t)(c0 / a + 0.5F);
}

static uint32_t swap_red_and_blue(uint32_t px)
{
    return (px & 0xFF00FF00) | (px & 0xFF) << 16 | (px >> 16 & 0xFF);
}

struct picture scale_picture(const struct scale_source *s, const struct scale_part *m)
{
    size_t n_out = (size_t)m->out_w * (size_t)m->out_h;
    struct taps *columns = taps_of(m->x, m->w, m->out_w, s->w);
    struct taps *rows = taps_of(m->y, m->h, m->out_h, s->h);
    struct picture p = { .px = check_alloc(n_out * sizeof(uint32_t)),
                         .w = m->out_w,
                         .h = m->out_h,
                         .opaque = true };
    int *run_end = check_alloc((unsigned long)s->w * sizeof(*run_end));
    uint32_t *out = p.px;

    for (int y = 0; y < m->out_h; y++) {
        const unsigned char *line = s->px + (ptrdiff_t)rows[y].first * s->pitch;

        if (y == 0 || rows[y].first != rows[y - 1].first || rows[y].n != rows[y - 1].n)
            find_runs(s, &rows[y], run_end);
        for (int x = 0; x < m->out_w; x++) {
            const struct taps *t = &columns[x];
            struct block b = { line + (ptrdiff_t)t->first * 4, s->pitch, t, &rows[y] };
            bool flat = run_end[t->first] >= t->first + t->n - 1;
            uint32_t px = flat ? row_of(&b, 0)[0] : mean_of(&b);

            p.opaque = p.opaque && px >> 24 == 0xFF;
            *out++ = px >> 24 == 0 ? 0 : s->red_last ? swap_red_and_blue(px) : px;
        }
    }
    free(run_end);
    free(columns);
    free(rows);
    return p;
}
