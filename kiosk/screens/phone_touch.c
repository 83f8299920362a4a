/* What is touched on the mock phone: buttons, rows, and what a finger holds, pushes, dials. */
#include "screens/phone_parts.h"

#include <math.h>
#include <string.h>

#define KEYS 12

/* --- what is touched -------------------------------------------------------------------- */

static float button_h(struct pen *p, float w)
{
    float icon = pen_part(p)->icon ? 46 : 0;
    float h = pen_words_h(p, w - 24 - icon, pen_part(p)->text, pen_bold(p)) + 20;

    return h > pen_touch_h(p) ? h : pen_touch_h(p);
}

static void button_draw(struct pen *p, struct rect r)
{
    const struct practice_part *part = pen_part(p);
    uint32_t fill = pen_fill(part->tone), on = fill == SAND ? INK : SURFACE;
    float side = ui_dim(p->ui, 32, 26, 34),
          w = ui_text_width(p->ui, part->text, pen_bold(p));
    struct rect in = rect_inset(r, 12, 0);

    ui_box(p->ui, r, &(struct ui_box_style){ .fill = fill, .radius = 16 });
    if (part->icon) {
        float all = w + side + 12;

        if (all < in.w)
            in = rect_centre(in, all, in.h);
        ui_icon(p->ui, rect_centre(rect_cut_left(&in, side), side, side), part->icon,
                on);
        rect_cut_left(&in, 10);
    }
    ui_text_middle(p->ui, in, part->text, pen_bold(p), on, UI_CENTRE);
    pen_meaning(p, r, UI_ROLE_BUTTON, part->text);
}

static float round_h(struct pen *p, float w)
{
    return pen_round_d(p) + 6 + pen_words_h(p, w, pen_part(p)->text, pen_bold(p));
}

static void round_draw(struct pen *p, struct rect r)
{
    const struct practice_part *part = pen_part(p);
    uint32_t fill = pen_fill(part->tone);
    float d = pen_round_d(p);
    struct rect at = rect_centre((struct rect){ r.x, r.y, r.w, d }, d, d);

    ui_box(p->ui, at, &(struct ui_box_style){ .fill = fill, .radius = d / 2 });
    ui_icon(p->ui, rect_centre(at, d * 0.5F, d * 0.5F),
            part->icon ? part->icon : "call", fill == SAND ? INK : SURFACE);
    ui_text(p->ui, (struct rect){ r.x, r.y + d + 6, r.w, 0 }, part->text, pen_bold(p),
            pen_ink(p), UI_CENTRE);
    pen_meaning(p, r, UI_ROLE_BUTTON, part->text);
}

static float app_side(const struct pen *p)
{
    return ui_dim(p->ui, 84, 60, 84) * p->scale;
}

static float app_h(struct pen *p, float w)
{
    return app_side(p) + 6 + pen_words_h(p, w, pen_part(p)->text, pen_small(p));
}

static void app_draw(struct pen *p, struct rect r)
{
    const struct practice_part *part = pen_part(p);
    float side = app_side(p);
    struct rect at = rect_centre((struct rect){ r.x, r.y, r.w, side }, side, side);

    ui_box(p->ui, at,
           &(struct ui_box_style){ .fill = SURFACE, .radius = side * 0.26F });
    ui_icon(p->ui, rect_centre(at, side * 0.58F, side * 0.58F),
            part->icon ? part->icon : "target", INDIGO);
    ui_text(p->ui, (struct rect){ r.x, r.y + side + 6, r.w, 0 }, part->text,
            pen_small(p), INK, UI_CENTRE);
    pen_meaning(p, r, UI_ROLE_BUTTON, part->text);
}

static float row_h(struct pen *p, float w)
{
    float in = w - 76;
    float h = pen_words_h(p, in, pen_part(p)->text, pen_bold(p)) +
              pen_words_h(p, in, pen_part(p)->note, pen_small(p)) + 14;

    return h > pen_touch_h(p) ? h : pen_touch_h(p);
}

/* Icon, words, and what stands at the right end, which the caller draws. */
static struct rect row_words(struct pen *p, struct rect r, float right)
{
    const struct practice_part *part = pen_part(p);
    float side = ui_dim(p->ui, 48, 40, 50);
    struct rect in = r, end = rect_cut_right(&in, right);
    float h;

    if (part->icon) {
        struct rect at = rect_centre(rect_cut_left(&in, side), side, side);

        ui_box(p->ui, at, &(struct ui_box_style){ .fill = SAND, .radius = side / 2 });
        ui_icon(p->ui, rect_centre(at, side * 0.6F, side * 0.6F), part->icon, INK);
        rect_cut_left(&in, 12);
    }
    h = pen_words_h(p, in.w, part->text, pen_bold(p)) +
        pen_words_h(p, in.w, part->note, pen_small(p));
    in.y += (in.h - h) / 2;
    in.y += ui_text(p->ui, in, part->text, pen_bold(p), pen_ink(p), UI_LEFT);
    if (part->note)
        ui_text(p->ui, in, part->note, pen_small(p), pen_ink2(p), UI_LEFT);
    ui_box(p->ui, (struct rect){ r.x, r.y + r.h - 2, r.w, 2 },
           &(struct ui_box_style){ .fill = SAND });
    return end;
}

static void row_draw(struct pen *p, struct rect r)
{
    struct rect end = row_words(p, r, pen_can_touch(p) ? 28 : 0);

    if (pen_can_touch(p))
        ui_icon(p->ui, rect_centre(end, 24, 24), "next", pen_ink2(p));
    pen_meaning(p, r, UI_ROLE_BUTTON, pen_part(p)->text);
    pen_note(p, r);
}

static void switch_draw(struct pen *p, struct rect r)
{
    bool on = pen_part(p)->on;
    struct rect end = row_words(p, r, 74), knob, at = rect_centre(end, 66, 38);

    ui_box(p->ui, at, &(struct ui_box_style){ .fill = on ? LUA : LINE2, .radius = 19 });
    knob = (struct rect){ on ? at.x + 32 : at.x + 4, at.y + 4, 30, 30 };
    ui_box(p->ui, knob, &(struct ui_box_style){ .fill = SURFACE, .radius = 15 });
    pen_meaning(p, r, UI_ROLE_BUTTON, pen_part(p)->text);
    pen_note(p, r);
}

/* --- fingers --------------------------------------------------------------------------------- */

/* Keys, button and gaps of the dial: less of each where much stands on the screen, never
 * lower than a finger. */
struct dial_size {
    struct ui_font number;
    float key, call, gap;
};

static struct dial_size dial_size(const struct pen *p)
{
    float key = ui_dim(p->ui, 83, 74, 76) * p->scale,
          call = ui_dim(p->ui, 84, 72, 90) * p->scale, least = pen_finger(p);

    return (struct dial_size){ pen_font(p, 44, 32, 46, true), fmaxf(key, least),
                               fmaxf(call, least),
                               ui_dim(p->ui, 10, 6, 12) * p->scale };
}

static float dial_h(struct pen *p, float w)
{
    struct dial_size s = dial_size(p);

    (void)w;
    return s.number.line + 6 + 4 * (s.key + s.gap) + s.call;
}

static void dial_key(struct pen *p, struct rect r, size_t k)
{
    static const char keys[KEYS + 1] = "123456789*0#";
    const char *text = arena_printf(ui_arena(p->ui), "%c", keys[k]);
    const char *id = arena_printf(ui_arena(p->ui), "phone.digit#%c", keys[k]);
    struct ui_font font = pen_font(p, 36, 28, 38, true);

    ui_box(p->ui, r, &(struct ui_box_style){ .fill = PICTURE_TINT, .radius = 20 });
    ui_text_middle(p->ui, r, text, font, INK, UI_CENTRE);
    if (!p->view->hold || !pen_can_touch(p))
        return;
    if (ui_target(p->ui, UI_ROLE_KEY, id, text, r, 0, NULL))
        *p->touch =
            (struct phone_touch){ .any = true, .part = p->at, .digit = keys[k] };
}

/* The number so far, twelve keys, and the green button. */
static void dial_draw(struct pen *p, struct rect r)
{
    const struct practice_part *part = pen_part(p);
    size_t typed = p->view->state->typed, n = strlen(part->text);
    const char *so_far =
        arena_printf(ui_arena(p->ui), "%.*s", (int)(typed < n ? typed : n), part->text);
    struct dial_size s = dial_size(p);
    struct rect number = rect_cut_top(&r, s.number.line + 6),
                call = rect_cut_bottom(&r, s.call);
    float w = (r.w - 2 * s.gap) / 3;

    ui_text_middle(p->ui, number, so_far, s.number, INK, UI_CENTRE);
    ui_node_value(p->ui, UI_ROLE_TEXT, "phone.number", part->text, so_far, number, 0);
    for (size_t k = 0; k < KEYS; k++)
        dial_key(p,
                 (struct rect){ r.x + (float)(k % 3) * (w + s.gap),
                                r.y + (float)(k / 3) * (s.key + s.gap), w, s.key },
                 k);
    call = rect_centre(call, s.call * 1.4F, s.call);
    ui_box(p->ui, call, &(struct ui_box_style){ .fill = LUA, .radius = s.call / 2 });
    ui_icon(p->ui, rect_centre(call, s.call * 0.5F, s.call * 0.5F), "call", SURFACE);
    pen_meaning(p, call, UI_ROLE_BUTTON, text_of(T_p_call));
}

static float hold_h(struct pen *p, float w)
{
    return pen_round_d(p) * 1.3F + 8 +
           pen_words_h(p, w, pen_part(p)->text, pen_bold(p));
}

static void hold_draw(struct pen *p, struct rect r)
{
    const struct practice_part *part = pen_part(p);
    float d = pen_round_d(p) * 1.3F;
    struct rect at = rect_centre((struct rect){ r.x, r.y, r.w, d }, d, d);

    ui_box(p->ui, at,
           &(struct ui_box_style){
               .fill = SAND, .border = LINE2, .line = 4, .radius = d / 2 });
    ui_icon(p->ui, rect_centre(at, d * 0.45F, d * 0.45F),
            part->icon ? part->icon : "power", INK);
    if (p->view->hold && p->view->hold->part == p->at + 1)
        ui_ring(p->ui, at, 8, 1000, INDIGO);
    ui_text(p->ui, (struct rect){ r.x, r.y + d + 8, r.w, 0 }, part->text, pen_bold(p),
            pen_ink(p), UI_CENTRE);
    pen_meaning(p, r, UI_ROLE_BUTTON, part->text);
}

static float swipe_h(struct pen *p, float w)
{
    (void)w;
    return ui_dim(p->ui, 170, 120, 190) * p->scale;
}

static void swipe_draw(struct pen *p, struct rect r)
{
    static const char *const icons[WAY_COUNT] = { "hand", "up", "down", "back",
                                                  "next" };
    const struct practice_part *part = pen_part(p);
    float side = r.h * 0.36F;
    struct rect in = rect_inset(r, 12, 12);

    ui_box(p->ui, r,
           &(struct ui_box_style){ .fill = INDIGO_TINT,
                                   .border = INDIGO,
                                   .line = 3,
                                   .dashed = true,
                                   .radius = 22 });
    ui_icon(p->ui, rect_centre(rect_cut_top(&in, side), side, side), icons[part->way],
            INDIGO);
    ui_text_middle(p->ui, in, part->text, pen_bold(p), INK, UI_CENTRE);
    pen_meaning(p, r, UI_ROLE_BUTTON, part->text);
}

const struct part_look look_button = { button_h, button_draw, 1, true };
const struct part_look look_round = { round_h, round_draw, 0, true };
const struct part_look look_app = { app_h, app_draw, 3, false };
const struct part_look look_row = { row_h, row_draw, 1, false };
const struct part_look look_switch = { row_h, switch_draw, 1, false };
const struct part_look look_dial = { dial_h, dial_draw, 1, false };
const struct part_look look_hold = { hold_h, hold_draw, 1, false };
const struct part_look look_swipe = { swipe_h, swipe_draw, 1, false };
