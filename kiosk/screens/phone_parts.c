/* What each part looks like. Flat, as on a real phone; what can be touched is a target. */
#include "screens/phone_parts.h"

#include <string.h>

#include "base/check.h"
#include "items/message.h"
#include "items/quiz_page.h"

#define BUBBLE 0xFFECE7E2
#define STARS 5
#define KEYS 12

struct ui_font pen_font(const struct pen *p, float reg, float cmp, float por, bool bold)
{
    float size = ui_dim(p->ui, reg, cmp, por) * p->scale;

    return (struct ui_font){ size, size * 1.3F, bold };
}

float pen_gap(const struct pen *p)
{
    return ui_dim(p->ui, 12, 8, 12) * p->scale;
}

static const struct practice_part *part_of(const struct pen *p)
{
    return &p->screen->parts[p->at];
}

static struct ui_font plain(const struct pen *p)
{
    return pen_font(p, 25, 20, 26, false);
}
static struct ui_font bold(const struct pen *p)
{
    return pen_font(p, 25, 20, 26, true);
}
static struct ui_font small(const struct pen *p)
{
    return pen_font(p, 20, 17, 21, false);
}

static uint32_t ink(const struct pen *p)
{
    return p->dark ? SURFACE : INK;
}
static uint32_t ink2(const struct pen *p)
{
    return p->dark ? SURFACE : INK2;
}

static float touch_h(const struct pen *p)
{
    float h = ui_dim(p->ui, 82, 72, 84) * p->scale, least = ui_dim(p->ui, 80, 72, 72);

    return h > least ? h : least;
}

/* "phone.<screen>#<k>": another screen has other targets, so that the end of a touch that
 * led there hits nothing. */
static const char *id_of(const struct pen *p)
{
    return arena_printf(ui_arena(p->ui), "phone.%s#%zu", p->screen->id, p->at + 1);
}

static bool can_touch(const struct pen *p)
{
    const struct practice_part *part = part_of(p);

    return part->act != ACT_NONE;
}

static void hold(struct pen *p, unsigned state)
{
    struct phone_hold *h = p->view->hold;
    int64_t now = clock_mono_ms(p->app->clock);

    if (!(state & UI_PRESSED)) {
        if (h->part == p->at + 1)
            *h = (struct phone_hold){ 0 };
        return;
    }
    if (h->part != p->at + 1)
        *h = (struct phone_hold){ .part = p->at + 1, .since_ms = now };
    if (!h->given && now - h->since_ms >= PHONE_HOLD_MS) {
        h->given = true;
        *p->touch = (struct phone_touch){ .any = true, .part = p->at, .gesture = true };
    } else if (!h->given) {
        ui_wake_in(p->ui, (int)(PHONE_HOLD_MS - (now - h->since_ms)));
    }
}

/* A target where touching means something, else words that can be read. */
static void meaning(struct pen *p, struct rect r, enum ui_role role, const char *text)
{
    const struct practice_part *part = part_of(p);
    const char *id = id_of(p);
    unsigned marked = p->at == p->view->marked ? UI_SELECTED : 0, state = 0;

    if (!can_touch(p) || !p->view->hold) {
        if (part->note && !can_touch(p))
            r.h *= 2.0F / 3; /* the note is a node of its own */
        ui_node_value(p->ui, can_touch(p) ? role : UI_ROLE_TEXT, id, text, part->value,
                      r, marked);
        return;
    }
    if (ui_target(p->ui, role, id, text, r, marked, &state))
        *p->touch = (struct phone_touch){ .any = true, .part = p->at };
    if (part->kind == PART_HOLD)
        hold(p, state);
    if (part->kind == PART_SWIPE && part->way != WAY_NONE &&
        (int)ui_swiped(p->ui, id) == (int)part->way)
        *p->touch = (struct phone_touch){ .any = true, .part = p->at, .gesture = true };
}

static float words_h(struct pen *p, float w, const char *text, struct ui_font font)
{
    return text ? ui_text(p->ui, (struct rect){ 0, 0, w, 0 }, text, font, 0, UI_LEFT)
                : 0;
}

/* --- words ---------------------------------------------------------------------------- */

static float text_h(struct pen *p, float w)
{
    return words_h(p, w, part_of(p)->text, plain(p));
}

static void text_draw(struct pen *p, struct rect r)
{
    ui_text(p->ui, r, part_of(p)->text, plain(p), ink(p), UI_LEFT);
    meaning(p, r, UI_ROLE_BUTTON, part_of(p)->text);
}

static float head_h(struct pen *p, float w)
{
    return words_h(p, w, part_of(p)->text, pen_font(p, 30, 23, 30, true));
}

static void head_draw(struct pen *p, struct rect r)
{
    ui_text(p->ui, r, part_of(p)->text, pen_font(p, 30, 23, 30, true), ink(p), UI_LEFT);
    meaning(p, r, UI_ROLE_BUTTON, part_of(p)->text);
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

    return message_draw(p->ui, in, part_of(p)->text, plain(p), 0) + 2 * pad;
}

static void bubble(struct pen *p, struct rect r, bool sent)
{
    float pad = bubble_pad(p), w = r.w * 0.9F;
    struct rect at = { sent ? r.x + r.w - w : r.x, r.y, w, r.h };
    const char *words = message_plain(ui_arena(p->ui), part_of(p)->text);
    float need = ui_text_width(p->ui, words, plain(p)) + 2 * pad + 4;

    if (need < w) { /* one line: as wide as it is */
        at.x += sent ? w - need : 0;
        at.w = need;
    }
    ui_box(p->ui, at,
           &(struct ui_box_style){ .fill = sent                            ? LUA_TINT
                                           : p->screen->kind == PHONE_CHAT ? SURFACE
                                                                           : BUBBLE,
                                   .radius = 18 });
    message_draw(p->ui, rect_inset(at, pad, pad), part_of(p)->text, plain(p), INK);
    meaning(p, at, UI_ROLE_BUTTON, words);
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
    ui_text_middle(p->ui, in, part_of(p)->text, bold(p), INK, UI_CENTRE);
    meaning(p, at, UI_ROLE_BUTTON, part_of(p)->text);
}

static void voice_draw(struct pen *p, struct rect r)
{
    voice_bubble(p, r, true);
}

static void heard_draw(struct pen *p, struct rect r)
{
    voice_bubble(p, r, false);
}

/* --- what is touched -------------------------------------------------------------------- */

static uint32_t fill_of(enum practice_tone tone)
{
    switch (tone) {
    case TONE_MAIN:
    case TONE_BLUE:
        return INDIGO;
    case TONE_OK:
    case TONE_GREEN:
        return LUA;
    case TONE_DANGER:
    case TONE_RED:
        return SON;
    case TONE_DARK:
        return INK2;
    default:
        return SAND;
    }
}

static float button_h(struct pen *p, float w)
{
    float icon = part_of(p)->icon ? 46 : 0;
    float h = words_h(p, w - 24 - icon, part_of(p)->text, bold(p)) + 20;

    return h > touch_h(p) ? h : touch_h(p);
}

static void button_draw(struct pen *p, struct rect r)
{
    const struct practice_part *part = part_of(p);
    uint32_t fill = fill_of(part->tone), on = fill == SAND ? INK : SURFACE;
    float side = ui_dim(p->ui, 32, 26, 34),
          w = ui_text_width(p->ui, part->text, bold(p));
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
    ui_text_middle(p->ui, in, part->text, bold(p), on, UI_CENTRE);
    meaning(p, r, UI_ROLE_BUTTON, part->text);
}

static float round_d(const struct pen *p)
{
    return ui_dim(p->ui, 92, 72, 92);
}

static float round_h(struct pen *p, float w)
{
    return round_d(p) + 6 + words_h(p, w, part_of(p)->text, bold(p));
}

static void round_draw(struct pen *p, struct rect r)
{
    const struct practice_part *part = part_of(p);
    uint32_t fill = fill_of(part->tone);
    float d = round_d(p);
    struct rect at = rect_centre((struct rect){ r.x, r.y, r.w, d }, d, d);

    ui_box(p->ui, at, &(struct ui_box_style){ .fill = fill, .radius = d / 2 });
    ui_icon(p->ui, rect_centre(at, d * 0.5F, d * 0.5F),
            part->icon ? part->icon : "call", fill == SAND ? INK : SURFACE);
    ui_text(p->ui, (struct rect){ r.x, r.y + d + 6, r.w, 0 }, part->text, bold(p),
            ink(p), UI_CENTRE);
    meaning(p, r, UI_ROLE_BUTTON, part->text);
}

static float app_side(const struct pen *p)
{
    return ui_dim(p->ui, 84, 60, 84) * p->scale;
}

static float app_h(struct pen *p, float w)
{
    return app_side(p) + 6 + words_h(p, w, part_of(p)->text, small(p));
}

static void app_draw(struct pen *p, struct rect r)
{
    const struct practice_part *part = part_of(p);
    float side = app_side(p);
    struct rect at = rect_centre((struct rect){ r.x, r.y, r.w, side }, side, side);

    ui_box(p->ui, at,
           &(struct ui_box_style){ .fill = SURFACE, .radius = side * 0.26F });
    ui_icon(p->ui, rect_centre(at, side * 0.58F, side * 0.58F),
            part->icon ? part->icon : "target", INDIGO);
    ui_text(p->ui, (struct rect){ r.x, r.y + side + 6, r.w, 0 }, part->text, small(p),
            INK, UI_CENTRE);
    meaning(p, r, UI_ROLE_BUTTON, part->text);
}

static float row_h(struct pen *p, float w)
{
    float in = w - 76;
    float h = words_h(p, in, part_of(p)->text, bold(p)) +
              words_h(p, in, part_of(p)->note, small(p)) + 14;

    return h > touch_h(p) ? h : touch_h(p);
}

/* Icon, words, and what stands at the right end, which the caller draws. */
static struct rect row_words(struct pen *p, struct rect r, float right)
{
    const struct practice_part *part = part_of(p);
    float side = ui_dim(p->ui, 48, 40, 50);
    struct rect in = r, end = rect_cut_right(&in, right);
    float h;

    if (part->icon) {
        struct rect at = rect_centre(rect_cut_left(&in, side), side, side);

        ui_box(p->ui, at, &(struct ui_box_style){ .fill = SAND, .radius = side / 2 });
        ui_icon(p->ui, rect_centre(at, side * 0.6F, side * 0.6F), part->icon, INK);
        rect_cut_left(&in, 12);
    }
    h = words_h(p, in.w, part->text, bold(p)) + words_h(p, in.w, part->note, small(p));
    in.y += (in.h - h) / 2;
    in.y += ui_text(p->ui, in, part->text, bold(p), ink(p), UI_LEFT);
    if (part->note)
        ui_text(p->ui, in, part->note, small(p), ink2(p), UI_LEFT);
    ui_box(p->ui, (struct rect){ r.x, r.y + r.h - 2, r.w, 2 },
           &(struct ui_box_style){ .fill = SAND });
    return end;
}

/* What stands below the words, to be heard after them. */
static void note_meaning(struct pen *p, struct rect r)
{
    const struct practice_part *part = part_of(p);

    if (part->note)
        ui_node(p->ui, UI_ROLE_TEXT, arena_printf(ui_arena(p->ui), "%s.note", id_of(p)),
                part->note, rect_cut_bottom(&r, r.h / 3), 0);
}

static void row_draw(struct pen *p, struct rect r)
{
    struct rect end = row_words(p, r, can_touch(p) ? 28 : 0);

    if (can_touch(p))
        ui_icon(p->ui, rect_centre(end, 24, 24), "next", ink2(p));
    meaning(p, r, UI_ROLE_BUTTON, part_of(p)->text);
    note_meaning(p, r);
}

static void switch_draw(struct pen *p, struct rect r)
{
    bool on = part_of(p)->on;
    struct rect end = row_words(p, r, 74), knob, at = rect_centre(end, 66, 38);

    ui_box(p->ui, at, &(struct ui_box_style){ .fill = on ? LUA : LINE2, .radius = 19 });
    knob = (struct rect){ on ? at.x + 32 : at.x + 4, at.y + 4, 30, 30 };
    ui_box(p->ui, knob, &(struct ui_box_style){ .fill = SURFACE, .radius = 15 });
    meaning(p, r, UI_ROLE_BUTTON, part_of(p)->text);
    note_meaning(p, r);
}

/* --- forms -------------------------------------------------------------------------------- */

static float field_h(struct pen *p, float w)
{
    return words_h(p, w, part_of(p)->text, small(p)) + 4 +
           ui_dim(p->ui, 72, 60, 74) * p->scale;
}

static void field_box(struct pen *p, struct rect r, const char *value, bool asks)
{
    const struct practice_part *part = part_of(p);
    struct rect in;

    rect_cut_top(&r, ui_text(p->ui, r, part->text, small(p), ink2(p), UI_LEFT) + 4);
    ui_box(p->ui, r,
           &(struct ui_box_style){ .fill = SURFACE,
                                   .border = asks ? INDIGO : LINE2,
                                   .line = 3,
                                   .radius = 14 });
    in = rect_inset(r, 14, 0);
    if (asks)
        ui_icon(p->ui, rect_centre(rect_cut_right(&in, 32), 30, 30), "keyb", INDIGO);
    ui_text_middle(p->ui, in, value, bold(p), asks ? INK2 : INK, UI_LEFT);
}

static void field_draw(struct pen *p, struct rect r)
{
    const struct practice_part *part = part_of(p);

    field_box(p, r, part->value ? part->value : "", false);
    meaning(p, r, UI_ROLE_BUTTON, part->text);
}

static void type_draw(struct pen *p, struct rect r)
{
    field_box(p, r, text_of(T_p_type), true);
    meaning(p, r, UI_ROLE_BUTTON, part_of(p)->text);
}

static float amount_h(struct pen *p, float w)
{
    (void)w;
    return ui_dim(p->ui, 72, 58, 74) * p->scale;
}

static void amount_draw(struct pen *p, struct rect r)
{
    const struct practice_part *part = part_of(p);
    struct ui_font big = pen_font(p, 32, 24, 34, true);
    const char *value = part->value ? part->value : "";
    struct rect in = rect_inset(r, 14, 0);

    ui_box(p->ui, r,
           &(struct ui_box_style){
               .fill = SURFACE, .border = LINE2, .line = 3, .radius = 14 });
    ui_text_middle(p->ui, rect_cut_right(&in, ui_text_width(p->ui, value, big) + 4),
                   value, big, INK, UI_LEFT);
    ui_text_middle(p->ui, in, part->text, small(p), INK2, UI_LEFT);
    meaning(p, r, UI_ROLE_BUTTON, part->text);
}

/* --- things -------------------------------------------------------------------------------- */

static float card_h(struct pen *p, float w)
{
    float in = w - 28 - 66;
    float h = words_h(p, in, part_of(p)->text, bold(p)) +
              words_h(p, in, part_of(p)->note, small(p)) + 28;

    return h > touch_h(p) + 10 ? h : touch_h(p) + 10;
}

static void card_draw(struct pen *p, struct rect r)
{
    const struct practice_part *part = part_of(p);
    struct rect in = rect_inset(r, 14, 0), at = rect_cut_left(&in, 54);
    uint32_t fill = part->tone == TONE_PLAIN ? INDIGO_TINT : fill_of(part->tone);
    uint32_t on = fill == INDIGO_TINT || fill == SAND ? INK : SURFACE;
    float h;

    ui_box(p->ui, r, &(struct ui_box_style){ .fill = fill, .radius = 18 });
    ui_icon(p->ui, rect_centre(at, 46, 46), part->icon ? part->icon : "card",
            on == INK ? INDIGO : on);
    rect_cut_left(&in, 12);
    h = words_h(p, in.w, part->text, bold(p)) + words_h(p, in.w, part->note, small(p));
    in.y += (in.h - h) / 2;
    in.y += ui_text(p->ui, in, part->text, bold(p), on, UI_LEFT);
    if (part->note)
        ui_text(p->ui, in, part->note, small(p), on == INK ? INK2 : on, UI_LEFT);
    meaning(p, r, UI_ROLE_BUTTON, part_of(p)->text);
    note_meaning(p, r);
}

static float address_h(struct pen *p, float w)
{
    float h = words_h(p, w - 76, part_of(p)->text, bold(p)) + 28;

    return h > touch_h(p) ? h : touch_h(p);
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
    ui_text_middle(p->ui, in, part_of(p)->text, bold(p), INK, UI_LEFT);
    meaning(p, r, UI_ROLE_CHOICE, part_of(p)->text);
}

static float qr_h(struct pen *p, float w)
{
    (void)w;
    return ui_dim(p->ui, 220, 150, 230) * p->scale;
}

static void qr_draw(struct pen *p, struct rect r)
{
    struct ui_font font = bold(p);
    float words = ui_text_width(p->ui, part_of(p)->text, font) + 32;
    float side = r.h - font.line - 30, w = side + 24 > words ? side + 24 : words;
    struct rect at = rect_centre(r, w < r.w ? w : r.w, r.h), square;

    ui_box(p->ui, at, &(struct ui_box_style){ .fill = INDIGO, .radius = 18 });
    square = rect_centre((struct rect){ at.x, at.y + 12, at.w, side }, side, side);
    ui_box(p->ui, square, &(struct ui_box_style){ .fill = SURFACE, .radius = 12 });
    ui_icon(p->ui, rect_inset(square, side * 0.1F, side * 0.1F), "qr", INK);
    ui_text(p->ui, (struct rect){ at.x, square.y + side + 6, at.w, 0 },
            part_of(p)->text, font, SURFACE, UI_CENTRE);
    meaning(p, at, UI_ROLE_BUTTON, part_of(p)->text);
}

static float stars_h(struct pen *p, float w)
{
    return 34 + words_h(p, w, part_of(p)->note, small(p));
}

static void stars_draw(struct pen *p, struct rect r)
{
    const struct practice_part *part = part_of(p);
    int n = part->text[0] - '0';

    for (int i = 0; i < STARS; i++)
        ui_icon(p->ui, (struct rect){ r.x + (float)i * 36, r.y, 30, 30 }, "star",
                i < n ? NGHE : SAND2);
    if (part->note)
        ui_text(p->ui, (struct rect){ r.x, r.y + 34, r.w, 0 }, part->note, small(p),
                ink2(p), UI_LEFT);
    meaning(p, r, UI_ROLE_BUTTON, part_of(p)->text);
    note_meaning(p, r);
}

static void alert_draw(struct pen *p, struct rect r)
{
    const struct practice_part *part = part_of(p);
    struct rect in = rect_inset(r, 14, 0), at;
    float h;

    ui_box(p->ui, r,
           &(struct ui_box_style){
               .fill = SURFACE, .border = LINE, .line = 2, .radius = 18 });
    at = rect_cut_left(&in, 44);
    ui_icon(p->ui, rect_centre(at, 36, 36), part->icon ? part->icon : "bell", INDIGO);
    rect_cut_left(&in, 12);
    h = words_h(p, in.w, part->text, bold(p)) + words_h(p, in.w, part->note, small(p));
    in.y += (in.h - h) / 2;
    in.y += ui_text(p->ui, in, part->text, bold(p), INK, UI_LEFT);
    if (part->note)
        ui_text(p->ui, in, part->note, small(p), INK2, UI_LEFT);
    meaning(p, r, UI_ROLE_BUTTON, part_of(p)->text);
    note_meaning(p, r);
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
    struct ui_font font = bold(p);

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
    ui_text(p->ui, (struct rect){ r.x, r.y + 8, r.w, 0 }, part_of(p)->text, font, INK,
            UI_CENTRE);
    meaning(p, r, UI_ROLE_BUTTON, part_of(p)->text);
}

static float photo_h(struct pen *p, float w)
{
    float h = w * 0.8F, most = ui_dim(p->ui, 190, 120, 200) * p->scale;

    return (h < most ? h : most) + 6 + words_h(p, w, part_of(p)->text, small(p));
}

static void photo_draw(struct pen *p, struct rect r)
{
    const struct practice_part *part = part_of(p);
    float words = words_h(p, r.w, part->text, small(p));
    struct rect at = { r.x, r.y, r.w, r.h - words - 6 };

    ui_box(p->ui, at, &(struct ui_box_style){ .fill = PICTURE_TINT, .radius = 14 });
    if (part->picture)
        ui_picture(p->ui, at, quiz_picture_source(p->ui, part->picture), UI_FIT_CONTAIN,
                   14, 0);
    ui_text(p->ui, (struct rect){ r.x, at.y + at.h + 4, r.w, 0 }, part->text, small(p),
            ink2(p), UI_CENTRE);
    meaning(p, r, UI_ROLE_BUTTON, part->text);
}

/* --- fingers --------------------------------------------------------------------------------- */

static float dial_h(struct pen *p, float w)
{
    (void)w;
    return ui_dim(p->ui, 520, 440, 560);
}

static void dial_key(struct pen *p, struct rect r, size_t k)
{
    static const char keys[KEYS + 1] = "123456789*0#";
    const char *text = arena_printf(ui_arena(p->ui), "%c", keys[k]);
    const char *id = arena_printf(ui_arena(p->ui), "phone.digit#%c", keys[k]);
    struct ui_font font = pen_font(p, 36, 28, 38, true);

    ui_box(p->ui, r, &(struct ui_box_style){ .fill = PICTURE_TINT, .radius = 20 });
    ui_text_middle(p->ui, r, text, font, INK, UI_CENTRE);
    if (!p->view->hold || !can_touch(p))
        return;
    if (ui_target(p->ui, UI_ROLE_KEY, id, text, r, 0, NULL))
        *p->touch =
            (struct phone_touch){ .any = true, .part = p->at, .digit = keys[k] };
}

/* The number so far, twelve keys, and the green button. */
static void dial_draw(struct pen *p, struct rect r)
{
    const struct practice_part *part = part_of(p);
    size_t typed = p->view->state->typed, n = strlen(part->text);
    const char *so_far =
        arena_printf(ui_arena(p->ui), "%.*s", (int)(typed < n ? typed : n), part->text);
    struct ui_font big = pen_font(p, 44, 32, 46, true);
    float d = ui_dim(p->ui, 84, 72, 90), gap = ui_dim(p->ui, 10, 6, 12);
    struct rect number = rect_cut_top(&r, big.line + 6), call = rect_cut_bottom(&r, d);
    float w = (r.w - 2 * gap) / 3, h;

    ui_text_middle(p->ui, number, so_far, big, INK, UI_CENTRE);
    ui_node_value(p->ui, UI_ROLE_TEXT, "phone.number", part->text, so_far, number, 0);
    rect_cut_bottom(&r, gap);
    h = (r.h - 3 * gap) / 4;
    for (size_t k = 0; k < KEYS; k++)
        dial_key(p,
                 (struct rect){ r.x + (float)(k % 3) * (w + gap),
                                r.y + (float)(k / 3) * (h + gap), w, h },
                 k);
    call = rect_centre(call, d * 1.4F, d);
    ui_box(p->ui, call, &(struct ui_box_style){ .fill = LUA, .radius = d / 2 });
    ui_icon(p->ui, rect_centre(call, d * 0.5F, d * 0.5F), "call", SURFACE);
    meaning(p, call, UI_ROLE_BUTTON, text_of(T_p_call));
}

static float hold_h(struct pen *p, float w)
{
    return round_d(p) * 1.3F + 8 + words_h(p, w, part_of(p)->text, bold(p));
}

static void hold_draw(struct pen *p, struct rect r)
{
    const struct practice_part *part = part_of(p);
    float d = round_d(p) * 1.3F;
    struct rect at = rect_centre((struct rect){ r.x, r.y, r.w, d }, d, d);

    ui_box(p->ui, at,
           &(struct ui_box_style){
               .fill = SAND, .border = LINE2, .line = 4, .radius = d / 2 });
    ui_icon(p->ui, rect_centre(at, d * 0.45F, d * 0.45F),
            part->icon ? part->icon : "power", INK);
    if (p->view->hold && p->view->hold->part == p->at + 1)
        ui_ring(p->ui, at, 8, 1000, INDIGO);
    ui_text(p->ui, (struct rect){ r.x, r.y + d + 8, r.w, 0 }, part->text, bold(p),
            ink(p), UI_CENTRE);
    meaning(p, r, UI_ROLE_BUTTON, part->text);
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
    const struct practice_part *part = part_of(p);
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
    ui_text_middle(p->ui, in, part->text, bold(p), INK, UI_CENTRE);
    meaning(p, r, UI_ROLE_BUTTON, part->text);
}

/* THE TABLE: a new part is a row here and one of PRACTICE_PARTS. */
const struct part_look part_looks[PART_KIND_COUNT] = {
    [PART_TEXT] = { text_h, text_draw, 1, false },
    [PART_HEAD] = { head_h, head_draw, 1, false },
    [PART_IN] = { bubble_h, in_draw, 1, false },
    [PART_OUT] = { bubble_h, out_draw, 1, false },
    [PART_VOICE] = { voice_h, voice_draw, 1, false },
    [PART_HEARD] = { voice_h, heard_draw, 1, false },
    [PART_BUTTON] = { button_h, button_draw, 1, true },
    [PART_ROUND] = { round_h, round_draw, 0, true },
    [PART_APP] = { app_h, app_draw, 3, false },
    [PART_ROW] = { row_h, row_draw, 1, false },
    [PART_SWITCH] = { row_h, switch_draw, 1, false },
    [PART_FIELD] = { field_h, field_draw, 1, false },
    [PART_TYPE] = { field_h, type_draw, 1, false },
    [PART_AMOUNT] = { amount_h, amount_draw, 1, false },
    [PART_CARD] = { card_h, card_draw, 1, false },
    [PART_ADDRESS] = { address_h, address_draw, 1, false },
    [PART_QR] = { qr_h, qr_draw, 1, false },
    [PART_STARS] = { stars_h, stars_draw, 1, false },
    [PART_ALERT] = { card_h, alert_draw, 1, false },
    [PART_PLACE] = { place_h, place_draw, 1, false },
    [PART_PHOTO] = { photo_h, photo_draw, 2, false },
    [PART_DIAL] = { dial_h, dial_draw, 1, false },
    [PART_HOLD] = { hold_h, hold_draw, 1, false },
    [PART_SWIPE] = { swipe_h, swipe_draw, 1, false },
};
