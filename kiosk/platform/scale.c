/* Averages premultiplied pixels, so that no dark seam appears around transparent
 * parts. Each axis has its taps, made once: which source pixels count how much. */
#include "platform/scale.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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

static inline void add_pixel(float *sum, uint32_t px, float weight)
{
    float k = (float)(px >> 24) * weight;

    sum[0] += k;
    sum[1] += k * (float)(px >> 16 & 0xFF);
    sum[2] += k * (float)(px >> 8 & 0xFF);
    sum[3] += k * (float)(px & 0xFF);
}

/* Adds one source row, `scale` of it, to the premultiplied channels of each output
 * column: alpha and three colours in the order of the source's bytes. Our pictures are
 * flat, so equal neighbours are added at once. */
static void average_row(const uint32_t *row, const struct taps *columns, int n_out,
                        float scale, float *sums)
{
    for (int x = 0; x < n_out; x++, sums += 4) {
        const struct taps *t = &columns[x];
        uint32_t px = row[t->first];
        float weight = t->weight[0];

        for (int i = 1; i < t->n; i++) {
            if (row[t->first + i] != px) {
                add_pixel(sums, px, weight * scale);
                px = row[t->first + i];
                weight = 0;
            }
            weight += weight_at(t, i);
        }
        if (px >> 24)
            add_pixel(sums, px, weight * scale);
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

struct picture scale_picture(const struct scale_source *s, const struct scale_part *m)
{
    size_t n_out = (size_t)m->out_w * (size_t)m->out_h;
    struct taps *columns = taps_of(m->x, m->w, m->out_w, s->w);
    struct taps *rows = taps_of(m->y, m->h, m->out_h, s->h);
    float *sums = check_alloc((unsigned long)m->out_w * 4 * sizeof(float));
    struct picture p = { .px = check_alloc(n_out * sizeof(uint32_t)),
                         .w = m->out_w,
                         .h = m->out_h,
                         .opaque = true };

    for (int y = 0; y < m->out_h; y++) {
        memset(sums, 0, (size_t)m->out_w * 4 * sizeof(float));
        for (int i = 0; i < rows[y].n; i++) {
            const unsigned char *line =
                s->px + (size_t)(rows[y].first + i) * (size_t)s->pitch;

            average_row((const uint32_t *)(const void *)line, columns, m->out_w,
                        weight_at(&rows[y], i), sums);
        }
        for (int x = 0; x < m->out_w; x++) {
            uint32_t px = pack_pixel(&sums[4 * x], s->red_last);

            p.opaque = p.opaque && px >> 24 == 0xFF;
            p.px[(size_t)y * (size_t)m->out_w + (size_t)x] = px;
        }
    }
    free(columns);
    free(rows);
    free(sums);
    return p;
}
