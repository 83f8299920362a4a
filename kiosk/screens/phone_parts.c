/* What the parts of the mock phone share, and their table. Flat, as on a real phone; what can be
 * touched is a target. */
#include "screens/phone_parts.h"

#include <math.h>

struct ui_font pen_font(const struct pen *p, float reg, float cmp, float por, bool bold)
{
    float size = ui_dim(p->ui, reg, cmp, por) * p->scale;

    return (struct ui_font){ size, size * 1.3F, bold };
}

float pen_gap(const struct pen *p)
{
    return ui_dim(p->ui, 12, 8, 12) * p->scale;
}

const struct practice_part *pen_part(const struct pen *p)
{
    return &p->screen->parts[p->at];
}

struct ui_font pen_plain(const struct pen *p)
{
    return pen_font(p, 25, 20, 26, false);
}
struct ui_font pen_bold(const struct pen *p)
{
    return pen_font(p, 25, 20, 26, true);
}
struct ui_font pen_small(const struct pen *p)
{
    return pen_font(p, 20, 17, 21, false);
}

uint32_t pen_ink(const struct pen *p)
{
    return p->dark ? SURFACE : INK;
}
uint32_t pen_ink2(const struct pen *p)
{
    return p->dark ? SURFACE : INK2;
}

float pen_finger(const struct pen *p)
{
    return ui_dim(p->ui, 80, 72, 72);
}

float pen_touch_h(const struct pen *p)
{
    return fmaxf(ui_dim(p->ui, 82, 72, 84) * p->scale, pen_finger(p));
}

/* "phone.<screen>#<k>": another screen has other targets, so that the end of a touch that
 * led there hits nothing. */
static const char *pen_id(const struct pen *p)
{
    return arena_printf(ui_arena(p->ui), "phone.%s#%zu", p->screen->id, p->at + 1);
}

bool pen_can_touch(const struct pen *p)
{
    const struct practice_part *part = pen_part(p);

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
    if (now - h->since_ms >= PHONE_HOLD_MS)
        *p->touch = (struct phone_touch){ .any = true, .part = p->at, .gesture = true };
    else
        ui_wake_in(p->ui, (int)(PHONE_HOLD_MS - (now - h->since_ms)));
}

/* A target where touching means something, else words that can be read. */
void pen_meaning(struct pen *p, struct rect r, enum ui_role role, const char *text)
{
    const struct practice_part *part = pen_part(p);
    const char *id = pen_id(p);
    unsigned marked = p->at == p->view->marked ? UI_SELECTED : 0, state = 0;

    if (!pen_can_touch(p) || !p->view->hold) {
        if (part->note && !pen_can_touch(p))
            r.h *= 2.0F / 3; /* the note is a node of its own */
        ui_node_value(p->ui, pen_can_touch(p) ? role : UI_ROLE_TEXT, id, text,
                      part->value, r, marked);
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

float pen_words_h(struct pen *p, float w, const char *text, struct ui_font font)
{
    return text ? ui_text(p->ui, (struct rect){ 0, 0, w, 0 }, text, font, 0, UI_LEFT)
                : 0;
}

uint32_t pen_fill(enum practice_tone tone)
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

float pen_round_d(const struct pen *p)
{
    return ui_dim(p->ui, 92, 72, 92);
}

/* What stands below the words, to be heard after them. */
void pen_note(struct pen *p, struct rect r)
{
    const struct practice_part *part = pen_part(p);

    if (part->note)
        ui_node(p->ui, UI_ROLE_TEXT,
                arena_printf(ui_arena(p->ui), "%s.note", pen_id(p)), part->note,
                rect_cut_bottom(&r, r.h / 3), 0);
}

/* THE TABLE: a new part is a row here and one of PRACTICE_PARTS. */
const struct part_look *const part_looks[PART_KIND_COUNT] = {
    [PART_TEXT] = &look_text,     [PART_HEAD] = &look_head,
    [PART_IN] = &look_in,         [PART_OUT] = &look_out,
    [PART_VOICE] = &look_voice,   [PART_HEARD] = &look_heard,
    [PART_BUTTON] = &look_button, [PART_ROUND] = &look_round,
    [PART_APP] = &look_app,       [PART_ROW] = &look_row,
    [PART_SWITCH] = &look_switch, [PART_FIELD] = &look_field,
    [PART_TYPE] = &look_type,     [PART_AMOUNT] = &look_amount,
    [PART_CARD] = &look_card,     [PART_ADDRESS] = &look_address,
    [PART_QR] = &look_qr,         [PART_STARS] = &look_stars,
    [PART_ALERT] = &look_alert,   [PART_PLACE] = &look_place,
    [PART_PHOTO] = &look_photo,   [PART_DIAL] = &look_dial,
    [PART_HOLD] = &look_hold,     [PART_SWIPE] = &look_swipe,
};
