/* Texts are compared with the shapes painted before them (what they stand on) and with each
 * other; what a later opaque or dimming shape covers is not looked at. */
#include "ui/layout_check.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/check.h"

#define INK_EM 1.08F      /* from the marks of Ẫ to the tail of g, Noto Sans */
#define SLACK_PX 2        /* rounding of edges */
#define CONTRAST_MIN 7.0F /* WCAG 2.2, AAA */
#define LAST_SCRIM_ALPHA 0x40000000U

struct run {
    const struct ui_cmd *cmd;
    struct box ink;
    size_t at; /* among the commands */
};

struct look {
    const struct ui_cmd *cmds;
    size_t n_cmds;
    int w, h;
    struct run *runs;
    size_t n_runs;
    layout_fault_fn *fn;
    void *ctx;
};

static void report(const struct look *l, const char *what, const struct run *r, int by)
{
    l->fn(l->ctx, &(struct layout_fault){ what, r->cmd->text, r->ink, by });
}

static bool holds_point(struct box b, int x, int y)
{
    return x >= b.x && x < b.x + b.w && y >= b.y && y < b.y + b.h;
}

static bool holds_middle(struct box outer, struct box inner)
{
    return holds_point(outer, inner.x + inner.w / 2, inner.y + inner.h / 2);
}

static bool is_shape(const struct ui_cmd *c)
{
    return c->kind == UI_CMD_FILL || c->kind == UI_CMD_BORDER;
}

/* Letters, not the line box: lines may be set closer than the font's own box. */
static struct box ink_of(const struct ui_cmd *c)
{
    int h = (int)lroundf((float)c->size * INK_EM);

    if (h > c->box.h)
        h = c->box.h;
    return (struct box){ c->box.x, c->box.y + (c->box.h - h) / 2, c->box.w, h };
}

static bool is_covered(const struct look *l, size_t at, struct box ink)
{
    for (size_t i = at + 1; i < l->n_cmds; i++) {
        const struct ui_cmd *c = &l->cmds[i];

        if (c->kind == UI_CMD_FILL && c->colour >= LAST_SCRIM_ALPHA &&
            holds_middle(c->box, ink))
            return true;
    }
    return false;
}

static void collect(struct look *l)
{
    l->runs = check_alloc((l->n_cmds + 1) * sizeof(l->runs[0]));
    for (size_t i = 0; i < l->n_cmds; i++) {
        struct box ink;

        if (l->cmds[i].kind != UI_CMD_TEXT)
            continue;
        ink = ink_of(&l->cmds[i]);
        if (!is_covered(l, i, ink))
            l->runs[l->n_runs++] = (struct run){ &l->cmds[i], ink, i };
    }
}

/* How far `inner` sticks out, px; ≤ 0: not at all. */
static int sticks_out(struct box outer, struct box inner)
{
    int out = outer.x - inner.x;
    int sides[] = { inner.x + inner.w - outer.x - outer.w, outer.y - inner.y,
                    inner.y + inner.h - outer.y - outer.h };

    for (size_t i = 0; i < COUNT(sides); i++)
        out = sides[i] > out ? sides[i] : out;
    return out;
}

/* The word being read stands on a mark of its own: no ground of the line. */
static bool is_reading_mark(const struct ui_cmd *c, const struct ui_cmd *text)
{
    int end = c->box.y + c->box.h;

    return (c->colour == HIGHLIGHT || c->colour == NGHE_PRESS) &&
           end == text->box.y + text->box.h && c->box.y >= text->box.y;
}

static bool is_opaque(const struct ui_cmd *c)
{
    return c->kind == UI_CMD_FILL && c->colour >> 24 == 0xFF;
}

/* What the middle of the text stands on: the last opaque shape there, or a smaller one
 * that was painted on it. */
static const struct ui_cmd *ground_of(const struct look *l, const struct run *r)
{
    const struct ui_cmd *best = NULL;

    for (size_t i = 0; i < r->at; i++) {
        const struct ui_cmd *c = &l->cmds[i];

        if (!is_shape(c) || !holds_middle(c->box, r->ink) || is_reading_mark(c, r->cmd))
            continue;
        if (!best || is_opaque(c) ||
            (int64_t)c->box.w * c->box.h <= (int64_t)best->box.w * best->box.h)
            best = c;
    }
    return best;
}

static void check_place(const struct look *l, const struct run *r)
{
    const struct ui_cmd *ground = ground_of(l, r);
    int cut = sticks_out((struct box){ 0, 0, l->w, l->h }, r->ink);
    int over = ground ? sticks_out(ground->box, r->ink) : 0;

    if (cut > 0)
        report(l, "cut", r, cut);
    else if (over > SLACK_PX)
        report(l, "overflow", r, over);
    if (r->cmd->value)
        report(l, "broken", r, 0);
}

static int overlap(int a, int a_len, int b, int b_len)
{
    int from = a > b ? a : b;
    int to = a + a_len < b + b_len ? a + a_len : b + b_len;

    return to - from;
}

static void check_neighbours(const struct look *l, size_t i)
{
    const struct run *r = &l->runs[i];
    const struct ui_cmd *ground = ground_of(l, r);

    for (size_t k = 0; k < i; k++) {
        struct box o = l->runs[k].ink;

        if (ground && ground > l->runs[k].cmd)
            continue; /* a pop-over stands between them */
        int dx = overlap(r->ink.x, r->ink.w, o.x, o.w);
        int dy = overlap(r->ink.y, r->ink.h, o.y, o.h);

        if (dx > SLACK_PX && dy > SLACK_PX)
            report(l, "overlap", r, dx < dy ? dx : dy);
    }
}

/* --- contrast, WCAG 2.2 "relative luminance" -------------------------------------- */

static float linear(uint32_t channel)
{
    float c = (float)(channel & 0xFF) / 255.0F;

    return c <= 0.04045F ? c / 12.92F : powf((c + 0.055F) / 1.055F, 2.4F);
}

static float luminance(uint32_t colour)
{
    return 0.2126F * linear(colour >> 16) + 0.7152F * linear(colour >> 8) +
           0.0722F * linear(colour);
}

static float contrast(uint32_t a, uint32_t b)
{
    float la = luminance(a);
    float lb = luminance(b);

    return la > lb ? (la + 0.05F) / (lb + 0.05F) : (lb + 0.05F) / (la + 0.05F);
}

static uint32_t blend(uint32_t over, uint32_t under)
{
    uint32_t alpha = over >> 24;
    uint32_t mixed = 0xFF000000;

    for (int shift = 0; shift < 24; shift += 8) {
        uint32_t o = (over >> shift) & 0xFF;
        uint32_t u = (under >> shift) & 0xFF;

        mixed |= ((o * alpha + u * (255 - alpha)) / 255) << shift;
    }
    return mixed;
}

static void check_contrast(const struct look *l, const struct run *r)
{
    uint32_t ground = SURFACE;
    float ratio;

    for (size_t i = 0; i < r->at; i++) {
        const struct ui_cmd *c = &l->cmds[i];

        if (c->kind == UI_CMD_FILL && holds_middle(c->box, r->ink))
            ground = blend(c->colour, ground);
    }
    ratio = contrast(r->cmd->colour, ground);
    if (ratio < CONTRAST_MIN)
        report(l, "pale", r, (int)lroundf(ratio * 100));
}

void layout_check(const struct ui *ui, layout_fault_fn *fn, void *ctx)
{
    struct look l = { .fn = fn, .ctx = ctx };

    l.cmds = ui_cmds(ui, &l.n_cmds);
    ui_size(ui, &l.w, &l.h);
    collect(&l);
    for (size_t i = 0; i < l.n_runs; i++) {
        check_place(&l, &l.runs[i]);
        check_neighbours(&l, i);
        check_contrast(&l, &l.runs[i]);
    }
    free(l.runs);
}
