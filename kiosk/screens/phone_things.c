/* Things on the mock phone: cards, addresses, QR, stars, a map, photos. */
#include "screens/phone_parts.h"

#include "base/check.h"
#include "items/quiz_page.h"

#define STARS 5

/* --- things -------------------------------------------------------------------------------- */

static float card_h(struct pen *p, float w)
{
    float in = w - 28 - 66;
    float h = pen_words_h(p, in, pen_part(p)->text, pen_bold(p)) +
              pen_words_h(p, in, pen_part(p)->note, pen_small(p)) + 28;

    return h > pen_touch_h(p) + 10 ? h : pen_touch_h(p) + 10;
}

static void card_draw(struct pen *p, struct rect r)
{
    const struct practice_part *part = pen_part(p);
    struct rect in = rect_inset(r, 14, 0), at = rect_cut_left(&in, 54);
    uint32_t fill = part->tone == TONE_PLAIN ? INDIGO_TINT : pen_fill(part->tone);
    uint32_t on = fill == INDIGO_TINT || fill == SAND ? INK : SURFACE;
    float h;

    ui_box(p->ui, r, &(struct ui_box_style){ .fill = fill, .radius = 18 });
    ui_icon(p->ui, rect_centre(at, 46, 46), part->icon ? part->icon : "card",
            on == INK ? INDIGO : on);
    rect_cut_left(&in, 12);
    h = pen_words_h(p, in.w, part->text, pen_bold(p)) +
        pen_words_h(p, in.w, part->note, pen_small(p));
    in.y += (in.h - h) / 2;
    in.y += ui_text(p->ui, in, part->text, pen_bold(p), on, UI_LEFT);
    if (part->note)
        ui_text(p->ui, in, part->note, pen_small(p), on == INK ? INK2 : on, UI_LEFT);
    pen_meaning(p, r, UI_ROLE_BUTTON, pen_part(p)->text);
    pen_note(p, r);
}

static float address_h(struct pen *p, float w)
{
    float h = pen_words_h(p, w - 76, pen_part(p)->text, pen_bold(p)) + 28;

    return h > pen_touch_h(p) ? h : pen_touch_h(p);
}

static void address_draw(struct pen *p, struct rect r)
{
    struct rect in = rect_inset(r, 18, 0);

    ui_box(p->ui, r,
           &(struct ui_box_style){ .fill = PICTURE_TINT,
                                   .border = LINE2,
                                   .line = 3,
                                   .radius = r.h / 2 > 34 ? 34 : r.h / 2 });
    ui_icon(p->ui, rect_centre(rect_cut_left(&in, 30), 28, 28), "globe", INDIGO);
    rect_cut_left(&in, 10);
    ui_text_middle(p->ui, in, pen_part(p)->text, pen_bold(p), INK, UI_LEFT);
    pen_meaning(p, r, UI_ROLE_CHOICE, pen_part(p)->text);
}

static float qr_h(struct pen *p, float w)
{
    (void)w;
    return ui_dim(p->ui, 220, 150, 230) * p->scale;
}

static void qr_draw(struct pen *p, struct rect r)
{
    struct ui_font font = pen_bold(p);
    float words = ui_text_width(p->ui, pen_part(p)->text, font) + 32;
    float side = r.h - font.line - 30, w = side + 24 > words ? side + 24 : words;
    struct rect at = rect_centre(r, w < r.w ? w : r.w, r.h), square;

    ui_box(p->ui, at, &(struct ui_box_style){ .fill = INDIGO, .radius = 18 });
    square = rect_centre((struct rect){ at.x, at.y + 12, at.w, side }, side, side);
    ui_box(p->ui, square, &(struct ui_box_style){ .fill = SURFACE, .radius = 12 });
    ui_icon(p->ui, rect_inset(square, side * 0.1F, side * 0.1F), "qr", INK);
    ui_text(p->ui, (struct rect){ at.x, square.y + side + 6, at.w, 0 },
            pen_part(p)->text, font, SURFACE, UI_CENTRE);
    pen_meaning(p, at, UI_ROLE_BUTTON, pen_part(p)->text);
}

static float stars_h(struct pen *p, float w)
{
    return 34 + pen_words_h(p, w, pen_part(p)->note, pen_small(p));
}

static void stars_draw(struct pen *p, struct rect r)
{
    const struct practice_part *part = pen_part(p);
    int n = part->text[0] - '0';

    for (int i = 0; i < STARS; i++)
        ui_icon(p->ui, (struct rect){ r.x + (float)i * 36, r.y, 30, 30 }, "star",
                i < n ? NGHE : SAND2);
    if (part->note)
        ui_text(p->ui, (struct rect){ r.x, r.y + 34, r.w, 0 }, part->note, pen_small(p),
                pen_ink2(p), UI_LEFT);
    pen_meaning(p, r, UI_ROLE_BUTTON, pen_part(p)->text);
    pen_note(p, r);
}

static void alert_draw(struct pen *p, struct rect r)
{
    const struct practice_part *part = pen_part(p);
    struct rect in = rect_inset(r, 14, 0), at;
    float h;

    ui_box(p->ui, r,
           &(struct ui_box_style){
               .fill = SURFACE, .border = LINE, .line = 2, .radius = 18 });
    at = rect_cut_left(&in, 44);
    ui_icon(p->ui, rect_centre(at, 36, 36), part->icon ? part->icon : "bell", INDIGO);
    rect_cut_left(&in, 12);
    h = pen_words_h(p, in.w, part->text, pen_bold(p)) +
        pen_words_h(p, in.w, part->note, pen_small(p));
    in.y += (in.h - h) / 2;
    in.y += ui_text(p->ui, in, part->text, pen_bold(p), INK, UI_LEFT);
    if (part->note)
        ui_text(p->ui, in, part->note, pen_small(p), INK2, UI_LEFT);
    pen_meaning(p, r, UI_ROLE_BUTTON, pen_part(p)->text);
    pen_note(p, r);
}

static float place_h(struct pen *p, float w)
{
    (void)w;
    return ui_dim(p->ui, 220, 150, 240) * p->scale;
}

/* A river, two roads, some houses, and the pin. */
static void place_draw(struct pen *p, struct rect r)
{
    static const struct rect roads[] = { { 0, 0.62F, 1, 0.07F },
                                         { 0.34F, 0, 0.06F, 1 },
                                         { 0.66F, 0.4F, 0.05F, 0.6F } };
    static const struct rect houses[] = { { 0.08F, 0.2F, 0.14F, 0.14F },
                                          { 0.12F, 0.76F, 0.12F, 0.12F },
                                          { 0.46F, 0.76F, 0.14F, 0.14F },
                                          { 0.76F, 0.74F, 0.14F, 0.13F } };
    float pin = r.h * 0.34F;
    struct ui_font font = pen_bold(p);

    ui_box(p->ui, r, &(struct ui_box_style){ .fill = LUA_TINT, .radius = 18 });
    ui_box(p->ui, (struct rect){ r.x, r.y + r.h * 0.42F, r.w, r.h * 0.09F },
           &(struct ui_box_style){ .fill = INDIGO_LIP_TINT });
    for (size_t i = 0; i < COUNT(roads); i++)
        ui_box(p->ui,
               (struct rect){ r.x + roads[i].x * r.w, r.y + roads[i].y * r.h,
                              roads[i].w * r.w, roads[i].h * r.h },
               &(struct ui_box_style){ .fill = SURFACE });
    for (size_t i = 0; i < COUNT(houses); i++)
        ui_box(p->ui,
               (struct rect){ r.x + houses[i].x * r.w, r.y + houses[i].y * r.h,
                              houses[i].w * r.w, houses[i].h * r.h },
               &(struct ui_box_style){ .fill = SAND2, .radius = 4 });
    ui_icon(p->ui,
            (struct rect){ r.x + r.w * 0.5F - pin / 2, r.y + r.h * 0.14F, pin, pin },
            "pin", SON);
    ui_text(p->ui, (struct rect){ r.x, r.y + 8, r.w, 0 }, pen_part(p)->text, font, INK,
            UI_CENTRE);
    pen_meaning(p, r, UI_ROLE_BUTTON, pen_part(p)->text);
}

static float photo_h(struct pen *p, float w)
{
    float h = w * 0.8F, most = ui_dim(p->ui, 190, 120, 200) * p->scale;

    return (h < most ? h : most) + 6 +
           pen_words_h(p, w, pen_part(p)->text, pen_small(p));
}

static void photo_draw(struct pen *p, struct rect r)
{
    const struct practice_part *part = pen_part(p);
    float words = pen_words_h(p, r.w, part->text, pen_small(p));
    struct rect at = { r.x, r.y, r.w, r.h - words - 6 };

    ui_box(p->ui, at, &(struct ui_box_style){ .fill = PICTURE_TINT, .radius = 14 });
    if (part->picture)
        ui_picture(p->ui, at, quiz_picture_source(p->ui, part->picture), UI_FIT_CONTAIN,
                   14, 0);
    ui_text(p->ui, (struct rect){ r.x, at.y + at.h + 4, r.w, 0 }, part->text,
            pen_small(p), pen_ink2(p), UI_CENTRE);
    pen_meaning(p, r, UI_ROLE_BUTTON, part->text);
}

const struct part_look look_card = { card_h, card_draw, 1, false };
const struct part_look look_address = { address_h, address_draw, 1, false };
const struct part_look look_qr = { qr_h, qr_draw, 1, false };
const struct part_look look_stars = { stars_h, stars_draw, 1, false };
const struct part_look look_alert = { card_h, alert_draw, 1, false };
const struct part_look look_place = { place_h, place_draw, 1, false };
const struct part_look look_photo = { photo_h, photo_draw, 2, false };
