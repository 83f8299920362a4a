/* One function per kind of command, chosen by a table. */
#include "platform/paint.h"

#include "base/check.h"
#include "platform/damage.h"
#include "platform/font_sdl.h"
#include "platform/image_sdl.h"

#define BAND_RATIO 4 /* the drawing is four times as wide as tall */

static void paint_fill(struct paint *p, const struct ui_cmd *c)
{
    canvas_fill(&p->canvas, c->box, c->radius, c->corners, c->colour);
}

static void paint_border(struct paint *p, const struct ui_cmd *c)
{
    canvas_border(&p->canvas, c->box, c->radius, c->corners, c->line, c->dashed,
                  c->colour);
}

static void paint_shadow(struct paint *p, const struct ui_cmd *c)
{
    canvas_shadow(&p->canvas, c->box, c->radius, c->value, c->size, c->colour);
}

static void paint_text(struct paint *p, const struct ui_cmd *c)
{
    struct text_mask m = fonts_line(p->fonts, c->bold, c->size, c->text);

    int y = c->box.y + fonts_baseline(c->size, c->box.h) - m.ascent;

    canvas_mask(&p->canvas, c->box.x, y, m.coverage, m.w, m.h, c->colour);
}

static void paint_image(struct paint *p, const struct ui_cmd *c)
{
    int x;
    int y;
    const struct picture *picture = images_get(p->images, &p->canvas, c, &x, &y);

    if (picture)
        canvas_picture(&p->canvas, x, y, picture);
}

static void paint_ring(struct paint *p, const struct ui_cmd *c)
{
    canvas_ring(&p->canvas, c->box, c->line, c->value, c->colour);
}

static void paint_band(struct paint *p, const struct ui_cmd *c)
{
    struct box clip = p->canvas.clip;
    struct ui_cmd tile = { .kind = UI_CMD_IMAGE,
                           .text = "art:vien-tho-cam",
                           .fit = UI_FIT_COVER };
    const struct picture *picture;
    int x;
    int y;

    tile.box = (struct box){ c->box.x, c->box.y, BAND_RATIO * c->box.h, c->box.h };
    picture = images_get(p->images, &p->canvas, &tile, &x, &y);
    if (!picture)
        return;
    p->canvas.clip = box_common(clip, c->box);
    for (; x < c->box.x + c->box.w; x += picture->w)
        canvas_picture(&p->canvas, x, y, picture);
    p->canvas.clip = clip;
}

static void (*const painters[])(struct paint *p, const struct ui_cmd *c) = {
    [UI_CMD_FILL] = paint_fill,     [UI_CMD_BORDER] = paint_border,
    [UI_CMD_SHADOW] = paint_shadow, [UI_CMD_TEXT] = paint_text,
    [UI_CMD_IMAGE] = paint_image,   [UI_CMD_RING] = paint_ring,
    [UI_CMD_BAND] = paint_band,
};

void paint_prepare(struct paint *p, const struct ui_cmd *cmd)
{
    int x;
    int y;

    if (cmd->kind == UI_CMD_TEXT)
        fonts_line(p->fonts, cmd->bold, cmd->size, cmd->text);
    else if (cmd->kind == UI_CMD_IMAGE)
        images_get(p->images, &p->canvas, cmd, &x, &y);
}

void paint_area(struct paint *p, const struct ui_cmd *cmds, size_t n, struct box area)
{
    struct box all = box_common(area, (struct box){ 0, 0, p->canvas.w, p->canvas.h });

    p->canvas.clip = all;
    for (size_t i = 0; i < n; i++) {
        struct box see;

        if (cmds[i].kind == UI_CMD_CLIP) {
            p->canvas.clip = cmds[i].box.w > 0 ? box_common(all, cmds[i].box) : all;
            continue;
        }
        see = box_common(damage_extent(&cmds[i]), p->canvas.clip);
        ASSERT((size_t)cmds[i].kind < COUNT(painters));
        if (see.w > 0 && see.h > 0)
            painters[cmds[i].kind](p, &cmds[i]);
    }
}
