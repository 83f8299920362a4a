/* Old and new pixels are mixed, the new ones from a little aside or below. */
#include "platform/turning.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"

#define TURN_MS 180
#define RISE_MS 220
#define STEPS_PER_S 60
#define MS 1000
#define WHOLE 256 /* of the new page */

static size_t n_px(const struct turning *t)
{
    return (size_t)t->w * (size_t)t->h;
}

static void copy_rows(uint32_t *to, int to_stride, const uint32_t *from,
                      int from_stride, int w, int h)
{
    for (int y = 0; y < h; y++)
        memcpy(to + (size_t)y * (size_t)to_stride,
               from + (size_t)y * (size_t)from_stride, (size_t)w * sizeof(*to));
}

static bool fits(const struct turning *t, const struct canvas *c)
{
    return c->w == t->w && c->h == t->h;
}

static void forget(struct turning *t)
{
    free(t->from);
    free(t->to);
    *t = (struct turning){ .motion = MOTION_CUT };
}

void turning_begin(struct turning *t, const struct canvas *c, enum motion motion,
                   int reach)
{
    ASSERT(t->motion == MOTION_CUT && motion != MOTION_CUT);
    *t = (struct turning){ .motion = motion, .w = c->w, .h = c->h, .reach = reach };
    t->from = check_alloc(n_px(t) * sizeof(*t->from));
    t->to = check_alloc(n_px(t) * sizeof(*t->to));
    copy_rows(t->from, t->w, c->px, c->stride, t->w, t->h);
}

void turning_take(struct turning *t, const struct canvas *c, int64_t now_ms)
{
    if (t->motion == MOTION_CUT || !fits(t, c))
        return;
    copy_rows(t->to, t->w, c->px, c->stride, t->w, t->h);
    t->began_ms = now_ms;
}

/* Two channels at a time; `share` of the new one, 0…WHOLE. */
static uint32_t mix(uint32_t from, uint32_t to, uint32_t share)
{
    uint32_t rb = from & 0xFF00FF, g = from & 0x00FF00;

    rb += (((to & 0xFF00FF) - rb) * share) >> 8;
    g += (((to & 0x00FF00) - g) * share) >> 8;
    return (rb & 0xFF00FF) | (g & 0x00FF00);
}

static void mix_row(uint32_t *out, const uint32_t *from, const uint32_t *to, int w,
                    int dx, uint32_t share)
{
    for (int x = 0; x < dx && x < w; x++)
        out[x] = mix(from[x], to[0], share);
    for (int x = dx; x < w; x++)
        out[x] = mix(from[x], to[x - dx], share);
}

/* How much of the way is left, 0…WHOLE; the movement slows down towards its end. */
static int left_of(int64_t passed_ms, int64_t all_ms)
{
    int64_t left = WHOLE - passed_ms * WHOLE / all_ms;

    return (int)(left * left / WHOLE);
}

bool turning_step(struct turning *t, struct canvas *c, int64_t now_ms)
{
    int64_t all = t->motion == MOTION_RISE ? RISE_MS : TURN_MS;
    int64_t passed = now_ms - t->began_ms;
    int left, dx, dy;

    if (t->motion == MOTION_CUT)
        return false;
    if (passed < 0 || passed >= all || !fits(t, c)) {
        turning_end(t, c);
        return false;
    }
    left = left_of(passed, all);
    dx = t->motion == MOTION_TURN ? t->reach * left / WHOLE : 0;
    dy = t->motion == MOTION_RISE ? t->reach * left / WHOLE : 0;
    for (int y = 0; y < t->h; y++) {
        int row = y < dy ? 0 : y - dy;

        mix_row(c->px + (size_t)y * (size_t)c->stride,
                t->from + (size_t)y * (size_t)t->w, t->to + (size_t)row * (size_t)t->w,
                t->w, dx, (uint32_t)(WHOLE - left));
    }
    return true;
}

int turning_wait_ms(const struct turning *t, int64_t now_ms)
{
    int64_t passed = now_ms > t->began_ms ? now_ms - t->began_ms : 0;
    int64_t n = passed * STEPS_PER_S / MS + 1;
    int64_t next = (n * MS + STEPS_PER_S - 1) / STEPS_PER_S;

    return (int)(next - passed);
}

void turning_end(struct turning *t, struct canvas *c)
{
    if (t->motion == MOTION_CUT)
        return;
    if (fits(t, c))
        copy_rows(c->px, c->stride, t->to, t->w, t->w, t->h);
    forget(t);
}
