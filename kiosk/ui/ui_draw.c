/* Drawing without meaning: rectangles in dp become commands in px. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "ui/ui_internal.h"

#define SHADOW_DY 14.0F
#define SHADOW_BLUR 40.0F
#define SHADOW_COLOUR 0x66000000 /* 40 % */

void ui_shift(struct ui *ui, float dy)
{
    ui->shift = dy;
}

struct rect rect_cut_top(struct rect *r, float h)
{
    struct rect cut = { r->x, r->y, r->w, h };

    r->y += h;
    r->h -= h;
    return cut;
}

struct rect rect_cut_bottom(struct rect *r, float h)
{
    r->h -= h;
    return (struct rect){ r->x, r->y + r->h, r->w, h };
}

struct rect rect_cut_left(struct rect *r, float w)
{
    struct rect cut = { r->x, r->y, w, r->h };

    r->x += w;
    r->w -= w;
    return cut;
}

struct rect rect_cut_right(struct rect *r, float w)
{
    r->w -= w;
    return (struct rect){ r->x + r->w, r->y, w, r->h };
}

struct rect rect_inset(struct rect r, float dx, float dy)
{
    return (struct rect){ r.x + dx, r.y + dy, r.w - 2 * dx, r.h - 2 * dy };
}

struct rect rect_centre(struct rect outer, float w, float h)
{
    return (struct rect){ outer.x + (outer.w - w) / 2, outer.y + (outer.h - h) / 2, w,
                          h };
}

int ui_px(const struct ui *ui, float dp)
{
    return (int)lroundf(dp * ui->s);
}

/* A length that must not vanish. */
static int line_px(const struct ui *ui, float dp)
{
    int px = ui_px(ui, dp);

    return dp > 0 && px < 1 ? 1 : px;
}

struct box ui_box_px(const struct ui *ui, struct rect r)
{
    int x = ui_px(ui, r.x);
    int y;

    r.y += ui->shift;
    y = ui_px(ui, r.y);

    /* Edges are rounded, not sizes, so that neighbours meet. */
    return (struct box){ x, y, ui_px(ui, r.x + r.w) - x, ui_px(ui, r.y + r.h) - y };
}

/* Of the palette's colours: grounds become white or nearly so, lines and letters black or
 * nearly so; what tells things apart (green, turmeric, red, blue) keeps its hue. */
static const struct stronger {
    uint32_t from, to;
} stronger[] = {
    { PAPER, SURFACE },          { PAPER_ATTRACT, SURFACE },
    { SAND, 0xFFEDEDED },        { SAND2, 0xFF6E6E6E },
    { PICTURE_TINT, SURFACE },   { LINE, 0xFF000000 },
    { LINE2, 0xFF000000 },       { DASH, 0xFF000000 },
    { INK, 0xFF000000 },         { INK2, 0xFF000000 },
    { INDIGO, 0xFF00194D },      { INDIGO_TINT, 0xFFD3E4FF },
    { SON, 0xFF7A0008 },         { SON_TINT, 0xFFFFE3E0 },
    { LUA, 0xFF003D16 },         { LUA_TINT, 0xFFD4F5DC },
    { NGHE_DEEP, 0xFF3D2400 },   { NGHE_TINT, 0xFFFFF0B0 },
    { NOTYET_LINE, 0xFF6B3F00 }, { LINK, 0xFF002E80 },
};

static uint32_t contrast_of(uint32_t colour)
{
    for (size_t i = 0; i < COUNT(stronger); i++)
        if (stronger[i].from == colour)
            return stronger[i].to;
    return colour;
}

struct ui_cmd *ui_cmd_add(struct ui *ui, enum ui_cmd_kind kind, struct box box,
                          uint32_t colour)
{
    struct cmd_list *l = ui->is_ahead ? &ui_now(ui)->ahead : &ui_now(ui)->shown;

    if (l->n == l->cap) {
        l->cap = l->cap ? 2 * l->cap : 256;
        l->cmds = check_realloc(l->cmds, l->cap * sizeof(l->cmds[0]));
    }
    if (ui->contrast)
        colour = contrast_of(colour);
    l->cmds[l->n] = (struct ui_cmd){ .kind = kind, .box = box, .colour = colour };
    return &l->cmds[l->n++];
}

static void fill(struct ui *ui, struct box b, uint32_t colour, int radius,
                 unsigned char corners)
{
    struct ui_cmd *c;

    if (b.w <= 0 || b.h <= 0)
        return;
    c = ui_cmd_add(ui, UI_CMD_FILL, b, colour);
    c->radius = radius > 0 ? radius : 0;
    c->corners = corners;
}

void ui_box(struct ui *ui, struct rect r, const struct ui_box_style *style)
{
    struct box b = ui_box_px(ui, r);
    int radius = ui_px(ui, style->radius);
    int line = line_px(ui, style->line);
    bool opaque = style->fill >> 24 == 0xFF;
    struct ui_cmd *c;

    if (b.w <= 0 || b.h <= 0)
        return;
    if (style->lip) {
        struct box lip = b;

        lip.y += line_px(ui, style->lip_dy);
        fill(ui, lip, style->lip, radius, style->corners);
    }
    if (style->border && opaque && !style->dashed) {
        /* Two fills, so that no seam of the face shows around its border. */
        fill(ui, b, style->border, radius, style->corners);
        fill(ui, (struct box){ b.x + line, b.y + line, b.w - 2 * line, b.h - 2 * line },
             style->fill, radius - line, style->corners);
        return;
    }
    if (style->fill)
        fill(ui, b, style->fill, radius, style->corners);
    if (style->border) {
        c = ui_cmd_add(ui, UI_CMD_BORDER, b, style->border);
        c->radius = radius;
        c->line = line;
        c->dashed = style->dashed;
        c->corners = style->corners;
    }
}

void ui_shadow(struct ui *ui, struct rect r, float radius)
{
    struct ui_cmd *c = ui_cmd_add(ui, UI_CMD_SHADOW, ui_box_px(ui, r), SHADOW_COLOUR);

    c->radius = ui_px(ui, radius);
    c->size = ui_px(ui, SHADOW_BLUR);
    c->value = ui_px(ui, SHADOW_DY);
}

static void image(struct ui *ui, struct rect r, const char *source, uint32_t tint,
                  enum ui_fit fit, int radius, unsigned corners)
{
    struct box b = ui_box_px(ui, r);
    struct ui_cmd *c;

    if (b.w <= 0 || b.h <= 0)
        return;
    c = ui_cmd_add(ui, UI_CMD_IMAGE, b, tint);
    c->text = source;
    c->fit = (unsigned char)fit;
    c->radius = radius;
    c->corners = (unsigned char)corners;
}

void ui_icon(struct ui *ui, struct rect r, const char *name, uint32_t colour)
{
    image(ui, r, arena_printf(ui_arena(ui), "icon:%s", name), colour, UI_FIT_CONTAIN, 0,
          UI_CORNERS_ALL);
}

void ui_picture(struct ui *ui, struct rect r, const char *source, enum ui_fit fit,
                float radius, unsigned corners)
{
    image(ui, r, arena_strdup(ui_arena(ui), source), 0, fit, ui_px(ui, radius),
          corners);
}

void ui_ring(struct ui *ui, struct rect r, float line, int per_mille, uint32_t colour)
{
    struct ui_cmd *c = ui_cmd_add(ui, UI_CMD_RING, ui_box_px(ui, r), colour);

    c->line = line_px(ui, line);
    c->value = per_mille < 0 ? 0 : per_mille > 1000 ? 1000 : per_mille;
}

void ui_band(struct ui *ui, struct rect r)
{
    ui_cmd_add(ui, UI_CMD_BAND, ui_box_px(ui, r), 0);
}

void ui_fill_page(struct ui *ui, uint32_t colour)
{
    ui_cmd_add(ui, UI_CMD_FILL, (struct box){ 0, 0, ui->w, ui->h }, colour);
}

void ui_clip(struct ui *ui, struct rect r)
{
    struct box b = ui_box_px(ui, r);

    if (b.w < 1)
        b.w = 1; /* width 0 would mean no clip */
    ui_cmd_add(ui, UI_CMD_CLIP, b, 0);
}

void ui_clip_end(struct ui *ui)
{
    ui_cmd_add(ui, UI_CMD_CLIP, (struct box){ 0 }, 0);
}
