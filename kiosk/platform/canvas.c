/* Smooth shapes from signed distances: coverage of a pixel is half a pixel less its
 * distance to the edge, between 0 and 1. Corners of fills are tables made once. */
#include "platform/canvas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"

#define PI_F 3.14159265F

struct box box_common(struct box a, struct box b)
{
    int x0 = a.x > b.x ? a.x : b.x;
    int y0 = a.y > b.y ? a.y : b.y;
    int x1 = a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w;
    int y1 = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;

    return (struct box){ x0, y0, x1 > x0 ? x1 - x0 : 0, y1 > y0 ? y1 - y0 : 0 };
}

struct box box_around(struct box a, struct box b)
{
    int x0;
    int y0;
    int x1;
    int y1;

    if (a.w <= 0 || a.h <= 0)
        return b;
    if (b.w <= 0 || b.h <= 0)
        return a;
    x0 = a.x < b.x ? a.x : b.x;
    y0 = a.y < b.y ? a.y : b.y;
    x1 = a.x + a.w > b.x + b.w ? a.x + a.w : b.x + b.w;
    y1 = a.y + a.h > b.y + b.h ? a.y + a.h : b.y + b.h;
    return (struct box){ x0, y0, x1 - x0, y1 - y0 };
}

void canvas_finish(struct canvas *c)
{
    for (size_t i = 0; i < COUNT(c->corners); i++) {
        free(c->corners[i]);
        c->corners[i] = NULL;
    }
}

/* --- pixels ----------------------------------------------------------------------- */

static uint32_t *row_of(const struct canvas *c, int y)
{
    return c->px + (size_t)y * (size_t)c->stride;
}

/* `alpha` 0..255 of `colour` over `under`, both lanes of two channels at once. */
static inline uint32_t blend(uint32_t under, uint32_t colour, uint32_t alpha)
{
    uint32_t a = alpha + (alpha >> 7); /* 0..256 */
    uint32_t rb = under & 0x00FF00FF;
    uint32_t g = under & 0x0000FF00;

    rb += (((colour & 0x00FF00FF) - rb) * a) >> 8;
    g += (((colour & 0x0000FF00) - g) * a) >> 8;
    return 0xFF000000 | (rb & 0x00FF00FF) | (g & 0x0000FF00);
}

static inline uint32_t times(uint32_t a, uint32_t b) /* both 0..255 */
{
    return (a * b + 127) / 255;
}

static inline uint32_t coverage(float distance) /* px outside the edge → 0..255 */
{
    float cov = 0.5F - distance;

    return cov <= 0 ? 0 : cov >= 1 ? 255 : (uint32_t)(cov * 255.0F + 0.5F);
}

/* Pixels x0 ≤ x < x1 of row y; the row lies within the clip. */
static void span(struct canvas *c, int y, int x0, int x1, uint32_t colour)
{
    uint32_t alpha = colour >> 24;
    uint32_t *row = row_of(c, y);

    if (x0 < c->clip.x)
        x0 = c->clip.x;
    if (x1 > c->clip.x + c->clip.w)
        x1 = c->clip.x + c->clip.w;
    if (alpha == 255) {
        for (int x = x0; x < x1; x++)
            row[x] = colour;
    } else {
        for (int x = x0; x < x1; x++)
            row[x] = blend(row[x], colour, alpha);
    }
}

static void dot(struct canvas *c, int x, int y, uint32_t colour, uint32_t cov)
{
    uint32_t *px = row_of(c, y) + x;

    if (cov == 0 || x < c->clip.x || x >= c->clip.x + c->clip.w)
        return;
    *px = blend(*px, colour, times(cov, colour >> 24));
}

/* --- fills ------------------------------------------------------------------------ */

/* Coverage of the top left corner of radius r. */
static const unsigned char *corner(struct canvas *c, int r)
{
    unsigned char *table = c->corners[r];

    if (table)
        return table;
    table = check_alloc((unsigned long)r * (unsigned long)r);
    for (int y = 0; y < r; y++) {
        for (int x = 0; x < r; x++) {
            float dx = (float)r - ((float)x + 0.5F);
            float dy = (float)r - ((float)y + 0.5F);

            table[y * r + x] = (unsigned char)coverage(hypotf(dx, dy) - (float)r);
        }
    }
    c->corners[r] = table;
    return table;
}

static int radius_within(struct box b, int radius)
{
    int most = (b.w < b.h ? b.w : b.h) / 2;

    if (most > CANVAS_RADIUS_MAX)
        most = CANVAS_RADIUS_MAX;
    return radius < 0 ? 0 : radius > most ? most : radius;
}

/* Which of the four corners are round: bit 0 top left, 1 top right, 2 bottom left,
 * 3 bottom right. */
static unsigned round_corners(unsigned corners)
{
    return corners == UI_CORNERS_TOP ? 3U : corners == UI_CORNERS_LEFT ? 5U : 15U;
}

void canvas_fill(struct canvas *c, struct box b, int radius, unsigned corners,
                 uint32_t colour)
{
    struct box see = box_common(b, c->clip);
    int r = radius_within(b, radius);
    const unsigned char *table = r > 0 ? corner(c, r) : NULL;
    unsigned bits = round_corners(corners);

    if (see.w == 0)
        return;
    for (int y = see.y; y < see.y + see.h; y++) {
        int from_top = y - b.y;
        int from_bottom = b.y + b.h - 1 - y;
        bool top = from_top < r;
        int depth = top ? from_top : from_bottom;
        bool left = depth < r && (bits & (top ? 1U : 4U));
        bool right = depth < r && (bits & (top ? 2U : 8U));

        for (int i = 0; left && i < r; i++)
            dot(c, b.x + i, y, colour, table[depth * r + i]);
        span(c, y, b.x + (left ? r : 0), b.x + b.w - (right ? r : 0), colour);
        for (int i = 0; right && i < r; i++)
            dot(c, b.x + b.w - 1 - i, y, colour, table[depth * r + i]);
    }
}

/* --- borders ---------------------------------------------------------------------- */

/* A rounded box by its middle, for distances. */
struct shape {
    float cx, cy, half_w, half_h, radius;
    unsigned bits;
};

static struct shape shape_of(struct box b, int radius, unsigned corners)
{
    return (struct shape){
        .cx = (float)b.x + (float)b.w / 2,
        .cy = (float)b.y + (float)b.h / 2,
        .half_w = (float)b.w / 2,
        .half_h = (float)b.h / 2,
        .radius = (float)radius,
        .bits = round_corners(corners),
    };
}

/* Signed distance from a point to the outline drawn `inset` px inside. */
static float distance(const struct shape *s, float x, float y, float inset)
{
    bool right = x > s->cx;
    bool below = y > s->cy;
    unsigned bit = 1U << ((below ? 2U : 0U) + (right ? 1U : 0U));
    float r = s->bits & bit ? fmaxf(s->radius - inset, 0) : 0;
    float qx = fabsf(x - s->cx) - (s->half_w - inset - r);
    float qy = fabsf(y - s->cy) - (s->half_h - inset - r);
    float outside = hypotf(fmaxf(qx, 0), fmaxf(qy, 0));

    return outside + fminf(fmaxf(qx, qy), 0) - r;
}

/* How far along the outline, clockwise from the middle of the top edge, lies the point
 * of it that is nearest to (x, y). Only all-round shapes are dashed. */
static float along(const struct shape *s, float x, float y)
{
    float straight_w = s->half_w - s->radius;
    float straight_h = s->half_h - s->radius;
    float arc = PI_F / 2 * s->radius;
    float quarter = straight_w + arc + straight_h;
    float dx = x - s->cx;
    float dy = y - s->cy;
    float qx = fabsf(dx) - straight_w;
    float qy = fabsf(dy) - straight_h;
    float at; /* from the middle of the top edge towards the middle of the side */

    if (qx <= 0 && (qy > 0 || qx - qy < 0))
        at = fabsf(dx);
    else if (qy <= 0)
        at = straight_w + arc + straight_h - fabsf(dy);
    else
        at = straight_w + s->radius * atan2f(qx, qy);
    if (dx >= 0)
        return dy < 0 ? at : 2 * quarter - at;
    return dy < 0 ? 4 * quarter - at : 2 * quarter + at;
}

struct dashes {
    bool on;
    float period, length;
};

/* Dashes twice as long as the line is wide, with gaps to match, a whole number of them
 * around the shape. */
static struct dashes dashes_of(const struct shape *s, int line, bool dashed)
{
    float perimeter = 4 * (s->half_w + s->half_h) - (8 - 2 * PI_F) * s->radius;
    float n = roundf(perimeter / (3.5F * (float)line));
    float period = perimeter / (n < 1 ? 1 : n);

    return (struct dashes){ dashed, period, period * 2 / 3.5F };
}

static uint32_t border_coverage(const struct shape *s, const struct dashes *d, int line,
                                int x, int y)
{
    float px = (float)x + 0.5F;
    float py = (float)y + 0.5F;
    uint32_t outer = coverage(distance(s, px, py, 0));
    uint32_t inner = coverage(distance(s, px, py, (float)line));
    uint32_t cov = outer > inner ? outer - inner : 0;

    if (cov && d->on) {
        float at = fmodf(along(s, px, py), d->period);
        float beyond = fmaxf(at - d->length, -at);

        if (at > (d->period + d->length) / 2) /* the next dash is nearer */
            beyond = d->period - at;
        cov = times(cov, coverage(beyond));
    }
    return cov;
}

void canvas_border(struct canvas *c, struct box b, int radius, unsigned corners,
                   int line, bool dashed, uint32_t colour)
{
    struct box see = box_common(b, c->clip);
    int r = radius_within(b, radius);
    int edge = r > line ? r : line;
    struct shape s = shape_of(b, r, corners);
    struct dashes d = dashes_of(&s, line, dashed);

    if (see.w == 0 || line <= 0)
        return;
    for (int y = see.y; y < see.y + see.h; y++) {
        int depth = y - b.y < b.y + b.h - 1 - y ? y - b.y : b.y + b.h - 1 - y;
        bool across = depth < line;            /* the top or bottom line itself */
        int side = depth < edge ? edge : line; /* how far the sides reach in */

        for (int x = see.x; x < see.x + see.w; x++) {
            if (!across && x - b.x >= side && b.x + b.w - 1 - x >= side) {
                x = b.x + b.w - 1 - side; /* on to the right side */
                continue;
            }
            dot(c, x, y, colour, border_coverage(&s, &d, line, x, y));
        }
    }
}

/* --- shadow and ring -------------------------------------------------------------- */

/* A blurred edge pair: how much of [from, to] lies around pixel i, 0..1. */
static float *blurred(int n, int start, int from, int to, float sigma)
{
    float *f = check_alloc((unsigned long)(n > 0 ? n : 1) * sizeof(float));
    float k = 1 / (sigma * sqrtf(2));

    for (int i = 0; i < n; i++) {
        float x = (float)(start + i) + 0.5F;

        f[i] = 0.5F * (erff((x - (float)from) * k) - erff((x - (float)to) * k));
    }
    return f;
}

void canvas_shadow(struct canvas *c, struct box b, int radius, int dy, int blur,
                   uint32_t colour)
{
    float sigma = (float)(blur > 2 ? blur : 2) / 2; /* as CSS counts blur */
    int reach = (int)(3 * sigma);
    struct box around = { b.x - reach, b.y + dy - reach, b.w + 2 * reach,
                          b.h + 2 * reach };
    struct box see = box_common(around, c->clip);
    struct box hidden = { b.x, b.y + radius, b.w, b.h - 2 * radius };
    float *fx = blurred(see.w, see.x, b.x, b.x + b.w, sigma);
    float *fy = blurred(see.h, see.y, b.y + dy, b.y + dy + b.h, sigma);
    float most = (float)(colour >> 24);

    for (int j = 0; j < see.h; j++) {
        uint32_t *row = row_of(c, see.y + j) + see.x;
        bool beside = see.y + j >= hidden.y && see.y + j < hidden.y + hidden.h;

        for (int i = 0; i < see.w; i++) {
            int x = see.x + i;

            if (beside && x >= hidden.x && x < hidden.x + hidden.w)
                continue; /* the box itself will cover it */
            row[i] = blend(row[i], colour, (uint32_t)(most * fx[i] * fy[j] + 0.5F));
        }
    }
    free(fx);
    free(fy);
}

void canvas_ring(struct canvas *c, struct box b, int line, int per_mille,
                 uint32_t colour)
{
    struct box see = box_common(b, c->clip);
    float half = (float)line / 2;
    float radius = (float)(b.w < b.h ? b.w : b.h) / 2 - half;
    float sweep = 2 * PI_F * (float)per_mille / 1000;
    float cx = (float)b.x + (float)b.w / 2;
    float cy = (float)b.y + (float)b.h / 2;

    if (per_mille <= 0)
        return;
    for (int y = see.y; y < see.y + see.h; y++) {
        for (int x = see.x; x < see.x + see.w; x++) {
            float dx = (float)x + 0.5F - cx;
            float dy = (float)y + 0.5F - cy;
            float off = fabsf(hypotf(dx, dy) - radius);
            float angle = atan2f(dx, -dy); /* clockwise from 12 o'clock */

            if (off > half + 1)
                continue;
            if (angle < 0)
                angle += 2 * PI_F;
            if (per_mille < 1000 && angle > sweep) {
                float start = hypotf(dx, dy + radius);
                float end =
                    hypotf(dx - radius * sinf(sweep), dy + radius * cosf(sweep));

                off = fminf(start, end);
            }
            dot(c, x, y, colour, coverage(off - half));
        }
    }
}

/* --- masks and pictures ----------------------------------------------------------- */

void canvas_mask(struct canvas *c, int x, int y, const unsigned char *cov, int w, int h,
                 uint32_t colour)
{
    struct box see = box_common((struct box){ x, y, w, h }, c->clip);
    uint32_t alpha = colour >> 24;

    for (int j = see.y; j < see.y + see.h; j++) {
        const unsigned char *from = cov + (size_t)(j - y) * (size_t)w - x;
        uint32_t *row = row_of(c, j);

        for (int i = see.x; i < see.x + see.w; i++) {
            if (from[i])
                row[i] = blend(row[i], colour,
                               alpha == 255 ? from[i] : times(from[i], alpha));
        }
    }
}

void canvas_picture(struct canvas *c, int x, int y, const struct picture *p)
{
    struct box see = box_common((struct box){ x, y, p->w, p->h }, c->clip);

    for (int j = see.y; j < see.y + see.h; j++) {
        const uint32_t *from = p->px + (size_t)(j - y) * (size_t)p->w + (see.x - x);
        uint32_t *row = row_of(c, j) + see.x;

        if (p->opaque) {
            memcpy(row, from, (size_t)see.w * sizeof(*row));
            continue;
        }
        for (int i = 0; i < see.w; i++) {
            if (from[i] >> 24)
                row[i] = blend(row[i], from[i], from[i] >> 24);
        }
    }
}

void canvas_round_picture(struct canvas *c, struct picture *p, int radius,
                          unsigned corners)
{
    int r = radius_within((struct box){ 0, 0, p->w, p->h }, radius);
    const unsigned char *table = r > 0 ? corner(c, r) : NULL;
    unsigned bits = round_corners(corners);

    for (unsigned k = 0; k < 4 && r > 0; k++) {
        for (int i = 0; (bits & (1U << k)) && i < r * r; i++) {
            int x = i % r;
            int y = i / r;
            uint32_t *px = p->px + (size_t)(k & 2 ? p->h - 1 - y : y) * (size_t)p->w +
                           (k & 1 ? p->w - 1 - x : x);

            *px = (*px & 0x00FFFFFF) | times(*px >> 24, table[i]) << 24;
        }
    }
    if (r > 0)
        p->opaque = false;
}
