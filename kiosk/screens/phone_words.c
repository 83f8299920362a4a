/* Words of the mock phone: text, messages, forms. */
#include "screens/phone_parts.h"

#include "items/message.h"

#define BUBBLE 0xFFECE7E2

/* --- words ---------------------------------------------------------------------------- */

static float text_h(struct pen *p, float w)
{
    return pen_words_h(p, w, pen_part(p)->text, pen_plain(p));
}

static void text_draw(struct pen *p, struct rect r)
{
    ui_text(p->ui, r, pen_part(p)->text, pen_plain(p), pen_ink(p), UI_LEFT);
    pen_meaning(p, r, UI_ROLE_BUTTON, pen_part(p)->text);
}

static float head_h(struct pen *p, float w)
{
    return pen_words_h(p, w, pen_part(p)->text, pen_font(p, 30, 23, 30, true));
}

static void head_draw(struct pen *p, struct rect r)
{
    ui_text(p->ui, r, pen_part(p)->text, pen_font(p, 30, 23, 30, true), pen_ink(p),
            UI_LEFT);
    pen_meaning(p, r, UI_ROLE_BUTTON, pen_part(p)->text);
}

/* --- messages -------------------------------------------------------------------------- */

static float bubble_pad(const struct pen *p)
{
    return ui_dim(p->ui, 14, 10, 15);
}

static float bubble_h(struct pen *p, float w)
{
    float pad = bubble_pad(p);
    struct rect in = { 0, 0, w * 0.9F - 2 * pad, 0 };

    return message_draw(p->ui, in, pen_part(p)->text, pen_plain(p), 0) + 2 * pad;
}

static void bubble(struct pen *p, struct rect r, bool sent)
{
    float pad = bubble_pad(p), w = r.w * 0.9F;
    struct rect at = { sent ? r.x + r.w - w : r.x, r.y, w, r.h };
    const char *words = message_plain(ui_arena(p->ui), pen_part(p)->text);
    float need = ui_text_width(p->ui, words, pen_plain(p)) + 2 * pad + 4;

    if (need < w) { /* one line: as wide as it is */
        at.x += sent ? w - need : 0;
        at.w = need;
    }
    ui_box(p->ui, at,
           &(struct ui_box_style){ .fill = sent                            ? LUA_TINT
                                           : p->screen->kind == PHONE_CHAT ? SURFACE
                                                                           : BUBBLE,
                                   .radius = 18 });
    message_draw(p->ui, rect_inset(at, pad, pad), pen_part(p)->text, pen_plain(p), INK);
    pen_meaning(p, at, UI_ROLE_BUTTON, words);
}

static void in_draw(struct pen *p, struct rect r)
{
    bubble(p, r, false);
}
static void out_draw(struct pen *p, struct rect r)
{
    bubble(p, r, true);
}

static float voice_h(struct pen *p, float w)
{
    (void)w;
    return ui_dim(p->ui, 60, 48, 60) * p->scale;
}

static void voice_bubble(struct pen *p, struct rect r, bool sent)
{
    static const unsigned char bars[] = { 30, 55, 80, 45, 95, 60, 35, 75, 50 };
    float w = r.w * 0.66F, side = r.h * 0.5F;
    struct rect at = { sent ? r.x + r.w - w : r.x, r.y, w, r.h };
    struct rect in = rect_inset(at, 12, 0);

    ui_box(p->ui, at,
           &(struct ui_box_style){ .fill = sent ? LUA_TINT : SURFACE, .radius = 18 });
    ui_icon(p->ui, rect_centre(rect_cut_left(&in, side), side, side), "play", LUA);
    for (size_t i = 0; i < sizeof(bars); i++) {
        float h = r.h * 0.6F * (float)bars[i] / 100;

        ui_box(p->ui,
               (struct rect){ in.x + 8 + (float)i * 11, r.y + (r.h - h) / 2, 5, h },
               &(struct ui_box_style){ .fill = LUA, .radius = 2 });
    }
    rect_cut_left(&in, 8 + 11 * (float)sizeof(bars));
    ui_text_middle(p->ui, in, pen_part(p)->text, pen_bold(p), INK, UI_CENTRE);
    pen_meaning(p, at, UI_ROLE_BUTTON, pen_part(p)->text);
}

static void voice_draw(struct pen *p, struct rect r)
{
    voice_bubble(p, r, true);
}

static void heard_draw(struct pen *p, struct rect r)
{
    voice_bubble(p, r, false);
}

/* --- forms -------------------------------------------------------------------------------- */

static float field_h(struct pen *p, float w)
{
    return pen_words_h(p, w, pen_part(p)->text, pen_small(p)) + 4 +
           ui_dim(p->ui, 72, 60, 74) * p->scale;
}

static void field_box(struct pen *p, struct rect r, const char *value, bool asks)
{
    const struct practice_part *part = pen_part(p);
    struct rect in;

    rect_cut_top(&r,
                 ui_text(p->ui, r, part->text, pen_small(p), pen_ink2(p), UI_LEFT) + 4);
    ui_box(p->ui, r,
           &(struct ui_box_style){ .fill = SURFACE,
                                   .border = asks ? INDIGO : LINE2,
                                   .line = 3,
                                   .radius = 14 });
    in = rect_inset(r, 14, 0);
    if (asks)
        ui_icon(p->ui, rect_centre(rect_cut_right(&in, 32), 30, 30), "keyb", INDIGO);
    ui_text_middle(p->ui, in, value, pen_bold(p), asks ? INK2 : INK, UI_LEFT);
}

static void field_draw(struct pen *p, struct rect r)
{
    const struct practice_part *part = pen_part(p);

    field_box(p, r, part->value ? part->value : "", false);
    pen_meaning(p, r, UI_ROLE_BUTTON, part->text);
}

static void type_draw(struct pen *p, struct rect r)
{
    field_box(p, r, text_of(T_p_type), true);
    pen_meaning(p, r, UI_ROLE_BUTTON, pen_part(p)->text);
}

static float amount_h(struct pen *p, float w)
{
    (void)w;
    return ui_dim(p->ui, 72, 58, 74) * p->scale;
}

static void amount_draw(struct pen *p, struct rect r)
{
    const struct practice_part *part = pen_part(p);
    struct ui_font big = pen_font(p, 32, 24, 34, true);
    const char *value = part->value ? part->value : "";
    struct rect in = rect_inset(r, 14, 0);

    ui_box(p->ui, r,
           &(struct ui_box_style){
               .fill = SURFACE, .border = LINE2, .line = 3, .radius = 14 });
    ui_text_middle(p->ui, rect_cut_right(&in, ui_text_width(p->ui, value, big) + 4),
                   value, big, INK, UI_LEFT);
    ui_text_middle(p->ui, in, part->text, pen_small(p), INK2, UI_LEFT);
    pen_meaning(p, r, UI_ROLE_BUTTON, part->text);
}

const struct part_look look_text = { text_h, text_draw, 1, false };
const struct part_look look_head = { head_h, head_draw, 1, false };
const struct part_look look_in = { bubble_h, in_draw, 1, false };
const struct part_look look_out = { bubble_h, out_draw, 1, false };
const struct part_look look_voice = { voice_h, voice_draw, 1, false };
const struct part_look look_heard = { voice_h, heard_draw, 1, false };
const struct part_look look_field = { field_h, field_draw, 1, false };
const struct part_look look_type = { field_h, type_draw, 1, false };
const struct part_look look_amount = { amount_h, amount_draw, 1, false };
