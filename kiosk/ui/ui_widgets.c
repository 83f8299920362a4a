/* Widgets: how buttons, cards, tools and dots look in each of their states. */
#include <stddef.h>
#include <string.h>

#include "base/check.h"
#include "ui/ui_internal.h"

#define BUTTON_RADIUS 24.0F
#define BUTTON_ICON 42.0F
#define BUTTON_GAP 16.0F
#define BUTTON_TOP_GAP 6.0F /* between an icon above and its label */
#define BUTTON_LEAST_PAD 12.0F
#define LINE_OF_FONT 1.25F
#define LIP_PRESSED 1.0F

#define TOOL_RADIUS 18.0F
#define TOOL_NEAR_EDGE 40.0F /* a tool that begins above it reaches to the edge */
#define TOOL_LINE 1.3F       /* of the font */
#define PRESSED_PRIMARY 0xFF0F2C54

/* --- button ----------------------------------------------------------------------- */

struct look {
    uint32_t fill, border, lip, ink, pressed;
};

static const struct look button_looks[] = {
    [UI_BUTTON_PRIMARY] = { INDIGO, 0, INDIGO_PRESS, SURFACE, PRESSED_PRIMARY },
    [UI_BUTTON_SECONDARY] = { SURFACE, LINE2, SAND2, INK, SAND },
    [UI_BUTTON_OK] = { LUA, 0, LUA_PRESS, SURFACE, 0xFF104224 },
    [UI_BUTTON_DANGER] = { SON, 0, SON_PRESS, SURFACE, 0xFF771416 },
    [UI_BUTTON_SUN] = { NGHE, 0, NGHE_PRESS, INK, 0xFFDDA11E },
};

/* The face and its lip; pressed, the face goes down over the lip. */
static void draw_face(struct ui *ui, struct rect r, const struct look *look,
                      unsigned state, struct ui_box_style style)
{
    style.fill = look->fill;
    style.border = look->border;
    style.lip = look->lip;
    if (state & UI_DISABLED) {
        style.fill = SAND;
        style.border = DASH;
        style.line = LINE_PRESSABLE;
        style.dashed = true;
        style.lip = 0;
    } else if (state & UI_PRESSED) {
        r.y += PRESS_DY;
        style.lip_dy = LIP_PRESSED;
        style.fill = look->pressed;
    } else if (state & UI_FOCUS) {
        style.lip = 0; /* the ring stands where the lip was */
    }
    if (state & UI_FOCUS)
        ui_focus_ring(ui, r, style.radius);
    ui_box(ui, r, &style);
}

static struct ui_font button_font(const struct ui *ui, const struct ui_button_style *s)
{
    float size = s->font > 0 ? s->font : ui_dim(ui, 30, 26, 26);

    return (struct ui_font){ size, size * LINE_OF_FONT, true };
}

static float icon_size(const struct ui_button_style *s)
{
    return s->icon > 0 ? s->icon : BUTTON_ICON;
}

static float icons_width(const struct ui_button_style *s)
{
    float one = icon_size(s) + BUTTON_GAP;

    return (s->icon_left ? one : 0) + (s->icon_right ? one : 0);
}

float ui_button_width(struct ui *ui, const char *label, const struct ui_button_style *s)
{
    float pad = ui_dim(ui, 40, 28, 24);

    return ui_text_width(ui, label, button_font(ui, s)) + icons_width(s) + 2 * pad;
}

static void draw_label_below_icon(struct ui *ui, struct rect r, const char *label,
                                  const struct ui_button_style *s, uint32_t ink)
{
    struct ui_font font = button_font(ui, s);
    float icon = icon_size(s);
    struct rect text = rect_inset(r, BUTTON_LEAST_PAD, 0);
    float h = ui_text(ui, text, label, font, 0, UI_CENTRE);
    float y = r.y + (r.h - (icon + BUTTON_TOP_GAP + h)) / 2;

    ui_icon(ui, (struct rect){ r.x + (r.w - icon) / 2, y, icon, icon }, s->icon_top,
            s->icon_colour ? s->icon_colour : ink);
    text.y = y + icon + BUTTON_TOP_GAP;
    ui_text(ui, text, label, font, ink, UI_CENTRE);
}

static void draw_label(struct ui *ui, struct rect r, const char *label,
                       const struct ui_button_style *s, uint32_t ink)
{
    struct ui_font font = button_font(ui, s);
    float icon = icon_size(s);
    float w =
        ui_text_widest(ui, label, font, r.w - 2 * BUTTON_LEAST_PAD - icons_width(s));
    float x = r.x + (r.w - w - icons_width(s)) / 2;
    float y = r.y + (r.h - icon) / 2;
    uint32_t icon_ink = s->icon_colour ? s->icon_colour : ink;

    if (s->icon_left) {
        ui_icon(ui, (struct rect){ x, y, icon, icon }, s->icon_left, icon_ink);
        x += icon + BUTTON_GAP;
    }
    /* A dp more than measured, lest rounding wrap it. */
    ui_text_middle(ui, (struct rect){ x - 1, r.y, w + 2, r.h }, label, font, ink,
                   UI_CENTRE);
    x += w + BUTTON_GAP;
    if (s->icon_right)
        ui_icon(ui, (struct rect){ x, y, icon, icon }, s->icon_right, icon_ink);
}

bool ui_button(struct ui *ui, const char *id, const char *label, struct rect r,
               const struct ui_button_style *style)
{
    const struct look *look = &button_looks[style->kind];
    unsigned got = 0;
    bool tapped =
        ui_target_hit(ui, UI_ROLE_BUTTON, id, label, r, NULL, style->state, &got);
    unsigned state = style->state | got;
    uint32_t ink = state & UI_DISABLED ? INK2 : look->ink;

    draw_face(ui, r, look, state,
              (struct ui_box_style){ .line = LINE_PRESSABLE,
                                     .radius = style->radius > 0 ? style->radius
                                                                 : BUTTON_RADIUS,
                                     .lip_dy = style->lip > 0 ? style->lip : LIP });
    if ((state & UI_PRESSED) && !(state & UI_DISABLED))
        r.y += PRESS_DY;
    if (style->icon_top)
        draw_label_below_icon(ui, r, label, style, ink);
    else
        draw_label(ui, r, label, style, ink);
    return tapped;
}

/* --- card ------------------------------------------------------------------------- */

static const struct look *card_look(unsigned state, float *line_out)
{
    static const struct look normal = { SURFACE, LINE2, SAND2, INK, SAND };
    static const struct look selected = { INDIGO_TINT, INDIGO, INDIGO, INK,
                                          0xFFCBD7EA };
    static const struct look correct = { LUA_TINT, LUA, LUA, INK, 0xFFC5E0CA };
    static const struct look not_yet = { NGHE_TINT, NOTYET_LINE, NOTYET_LINE, INK,
                                         0xFFF5E0A8 };

    *line_out = LINE_CHOSEN;
    if (state & UI_CORRECT)
        return &correct;
    if (state & UI_NOT_YET)
        return &not_yet;
    if (state & UI_SELECTED)
        return &selected;
    *line_out = LINE_PRESSABLE;
    return &normal;
}

bool ui_card(struct ui *ui, enum ui_role role, const char *id, const char *text,
             struct rect r, unsigned state, float *dy_out)
{
    unsigned got = 0;
    bool tapped = ui_target_hit(ui, role, id, text, r, NULL, state, &got);
    float line;
    const struct look *look = card_look(state, &line);

    state |= got;
    draw_face(ui, r, look, state,
              (struct ui_box_style){
                  .line = line, .radius = ui_dim(ui, 28, 22, 24), .lip_dy = LIP });
    if (dy_out)
        *dy_out = (state & UI_PRESSED) && !(state & UI_DISABLED) ? PRESS_DY : 0;
    return tapped;
}

/* --- tool ------------------------------------------------------------------------- */

/* "Cỡ chữ" has no drawn icon: a small and a large letter say it better. */
static void draw_letters(struct ui *ui, struct rect r, uint32_t ink)
{
    float size = r.h * 31 / 34;
    struct ui_font small = { size * 0.68F, r.h, true };
    struct ui_font large = { size, r.h, true };
    float w_small = ui_text_width(ui, "A", small);
    float w_large = ui_text_width(ui, "A", large);
    float x = r.x + (r.w - w_small - w_large) / 2;
    /* On one baseline: the line box is centred on the middle of the font's own. */
    float drop = (size - small.size) * (1.069F - 0.293F) / 2;

    ui_text(ui, (struct rect){ x, r.y + drop, w_small + 2, r.h }, "A", small, ink,
            UI_LEFT);
    ui_text(ui, (struct rect){ x + w_small, r.y, w_large + 2, r.h }, "A", large, ink,
            UI_LEFT);
}

bool ui_tool(struct ui *ui, const char *id, const char *icon, const char *label,
             struct rect r, unsigned state)
{
    static const struct look normal = { SURFACE, LINE2, SAND2, INDIGO, SAND };
    static const struct look tinted = { INDIGO_TINT, INDIGO, INDIGO_LIP_TINT, INDIGO,
                                        0xFFCBD7EA };
    static const struct look playing = { INDIGO, INDIGO, INDIGO_PRESS, SURFACE,
                                         PRESSED_PRIMARY };
    const struct look *look = state & UI_PLAYING    ? &playing
                              : state & UI_SELECTED ? &tinted
                                                    : &normal;
    struct rect hit = { r.x - HIT_GROW, 0, r.w + 2 * HIT_GROW, r.y + r.h + HIT_GROW };
    float size = ui_dim(ui, 19, 18, 17);
    struct ui_font font = { size, size * TOOL_LINE, true };
    float glyph = ui_dim(ui, 34, 28, 34);
    float gap = ui_dim(ui, 1, 0, 1);
    unsigned got = 0;
    bool tapped = ui_target_hit(ui, UI_ROLE_BUTTON, id, label, r,
                                r.y <= TOOL_NEAR_EDGE ? &hit : NULL, state, &got);
    uint32_t ink = state & UI_DISABLED ? INK2 : look->ink;
    struct rect at;

    state |= got;
    draw_face(ui, r, look, state,
              (struct ui_box_style){
                  .line = LINE_DECORATIVE, .radius = TOOL_RADIUS, .lip_dy = LIP_TOOL });
    if ((state & UI_PRESSED) && !(state & UI_DISABLED))
        r.y += PRESS_DY;
    at = (struct rect){ r.x + (r.w - glyph) / 2,
                        r.y + (r.h - glyph - gap - font.line) / 2, glyph, glyph };
    if (strcmp(icon, "text") == 0)
        draw_letters(ui, (struct rect){ r.x, at.y, r.w, glyph }, ink);
    else
        ui_icon(ui, at, icon, ink);
    ui_text(ui, (struct rect){ r.x, at.y + glyph + gap, r.w, font.line }, label, font,
            ink, UI_CENTRE);
    return tapped;
}

/* --- dots ------------------------------------------------------------------------- */

void ui_dots(struct ui *ui, struct rect r, size_t n, size_t at, enum ui_align align)
{
    float d = ui_dim(ui, 18, 15, 18);
    float gap = ui_dim(ui, 12, 8, 8);
    float wide = ui_dim(ui, 46, 34, 34);
    float total = (float)n * (d + gap) - gap + (at < n ? wide - d : 0);
    float x = align == UI_CENTRE ? r.x + (r.w - total) / 2 : r.x;
    float y = r.y + (r.h - d) / 2;

    for (size_t i = 0; i < n; i++) {
        float w = i == at ? wide : d;
        uint32_t fill = i < at ? LUA : i == at ? INDIGO : SURFACE;

        ui_box(ui, (struct rect){ x, y, w, d },
               &(struct ui_box_style){ .fill = fill,
                                       .border = i > at ? LINE2 : fill,
                                       .line = LINE_PRESSABLE,
                                       .radius = d / 2 });
        x += w + gap;
    }
}
