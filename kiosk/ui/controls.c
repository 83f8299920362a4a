/* Buttons, rows, segments, switches and steppers of staff pages. */
#include "ui/controls.h"

#include <string.h>

#include "base/check.h"
#include "ui/ui_internal.h"

#define STAFF_LIP 4.0F
#define STAFF_PRESS 3.0F
#define PRESSED_WHITE SAND
#define GREEN_LIP 0xFF9CC7A5
#define ELLIPSIS "…"

struct ui_font staff_font(const struct ui *ui, enum staff_type type)
{
    switch (type) {
    case STAFF_TITLE:
        return (struct ui_font){ ui_dim(ui, 34, 25, 27), ui_dim(ui, 44, 31, 34), true };
    case STAFF_HEAD:
        return (struct ui_font){ ui_dim(ui, 23, 19, 20), ui_dim(ui, 30, 25, 26), true };
    case STAFF_BOLD:
        return (struct ui_font){ ui_dim(ui, 22, 19, 20), ui_dim(ui, 30, 25, 27), true };
    case STAFF_SMALL:
        return (struct ui_font){ ui_dim(ui, 18, 15, 16), ui_dim(ui, 24, 20, 21),
                                 false };
    case STAFF_FIGURE:
        return (struct ui_font){ ui_dim(ui, 42, 28, 29), ui_dim(ui, 50, 34, 35), true };
    case STAFF_BODY:
        break;
    }
    return (struct ui_font){ ui_dim(ui, 22, 19, 20), ui_dim(ui, 31, 26, 28), false };
}

/* --- faces ---------------------------------------------------------------------------- */

struct face {
    uint32_t fill, border, lip, pressed;
    float line, radius;
};

/* Draws the face of something pressable; returns by how much its content moves down. */
static float draw_face(struct ui *ui, struct rect r, const struct face *f,
                       unsigned state)
{
    struct ui_box_style style = { .fill = f->fill,
                                  .border = f->border,
                                  .line = f->line,
                                  .radius = f->radius,
                                  .lip = f->lip,
                                  .lip_dy = STAFF_LIP };
    bool pressed = (state & UI_PRESSED) && !(state & UI_DISABLED);

    if (state & UI_DISABLED) {
        style.fill = SAND;
        style.border = DASH;
        style.line = LINE_PRESSABLE;
        style.dashed = true;
        style.lip = 0;
    } else if (pressed) {
        r.y += STAFF_PRESS;
        style.lip_dy = STAFF_LIP - STAFF_PRESS;
        style.fill = f->pressed;
    } else if (state & UI_FOCUS) {
        style.lip = 0; /* the ring stands where the lip was */
    }
    if (state & UI_FOCUS)
        ui_focus_ring(ui, r, f->radius);
    ui_box(ui, r, &style);
    return pressed ? STAFF_PRESS : 0;
}

/* --- buttons -------------------------------------------------------------------------- */

static struct ui_font button_font(const struct ui *ui)
{
    float size = ui_dim(ui, 23, 19, 20);

    return (struct ui_font){ size, size * 1.25F, true };
}

static float button_icon(const struct ui *ui)
{
    return ui_dim(ui, 30, 26, 28);
}

float staff_button_width(struct ui *ui, const char *label, const char *icon)
{
    float pad = ui_dim(ui, 26, 16, 16),
          gap = icon && *label ? ui_dim(ui, 16, 10, 10) : 0;

    return ui_text_width(ui, label, button_font(ui)) + (icon ? button_icon(ui) : 0) +
           gap + 2 * pad;
}

static void draw_label(struct ui *ui, struct rect r, const char *label,
                       const char *icon, uint32_t ink)
{
    struct ui_font font = button_font(ui);
    float glyph = icon ? button_icon(ui) : 0, pad = ui_dim(ui, 12, 8, 8);
    float gap = icon && *label ? ui_dim(ui, 16, 10, 10) : 0;
    float w = *label ? ui_text_widest(ui, label, font, r.w - 2 * pad - glyph - gap) : 0;
    float x = r.x + (r.w - w - glyph - gap) / 2;
    bool onward = icon && !strcmp(icon, "next"); /* an arrow stands where it leads */

    if (icon)
        ui_icon(ui,
                (struct rect){ onward ? x + w + gap : x, r.y + (r.h - glyph) / 2, glyph,
                               glyph },
                icon, ink);
    if (*label)
        ui_text_middle(
            ui, (struct rect){ x + (onward ? 0 : glyph + gap) - 1, r.y, w + 2, r.h },
            label, font, ink, UI_CENTRE);
}

bool staff_button(struct ui *ui, const char *id, const char *label, struct rect r,
                  enum ui_button_kind kind, const char *icon, unsigned state)
{
    static const struct face faces[] = {
        [UI_BUTTON_PRIMARY] = { INDIGO, 0, INDIGO_PRESS, 0xFF0F2C54, 0, 18 },
        [UI_BUTTON_SECONDARY] = { SURFACE, LINE2, SAND2, PRESSED_WHITE, 3, 18 },
        [UI_BUTTON_OK] = { LUA, 0, LUA_PRESS, 0xFF104224, 0, 18 },
        [UI_BUTTON_DANGER] = { SON, 0, SON_PRESS, 0xFF771416, 0, 18 },
        [UI_BUTTON_SUN] = { NGHE, 0, NGHE_PRESS, 0xFFDDA11E, 0, 18 },
    };
    bool dark = kind != UI_BUTTON_SECONDARY && kind != UI_BUTTON_SUN;
    unsigned got = 0;
    bool tapped = ui_target(ui, UI_ROLE_BUTTON, id, label, r, state, &got);

    r.y += draw_face(ui, r, &faces[kind], state | got);
    draw_label(ui, r, label, icon, state & UI_DISABLED ? INK2 : dark ? SURFACE : INK);
    return tapped;
}

/* --- cards ---------------------------------------------------------------------------- */

void staff_panel(struct ui *ui, struct rect r)
{
    ui_box(ui, r,
           &(struct ui_box_style){ .fill = SURFACE,
                                   .border = LINE,
                                   .line = LINE_DECORATIVE,
                                   .radius = ui_dim(ui, 20, 14, 14) });
}

bool staff_row(struct ui *ui, enum ui_role role, const char *id, const char *text,
               struct rect r, unsigned state, float *dy_out)
{
    struct face face = {
        SURFACE, LINE2, SAND2, PRESSED_WHITE, 2, ui_dim(ui, 18, 14, 14)
    };
    unsigned got = 0;
    bool tapped = ui_target(ui, role, id, text, r, state, &got);
    float dy;

    if (state & UI_CORRECT)
        face = (struct face){ LUA_TINT, LUA, GREEN_LIP, 0xFFC5E0CA, 2, face.radius };
    else if (state & UI_SELECTED)
        face = (struct face){ INDIGO_TINT, INDIGO, INDIGO, 0xFFCBD7EA, 4, face.radius };
    else if (state & UI_NOT_YET)
        face = (struct face){ NGHE_TINT,  NOTYET_LINE, NOTYET_LINE,
                              0xFFF5E0A8, 2,           face.radius };
    dy = draw_face(ui, r, &face, state | got);
    if (dy_out)
        *dy_out = dy;
    return tapped;
}

/* --- segments ------------------------------------------------------------------------- */

static struct ui_font segment_font(const struct ui *ui)
{
    float size = ui_dim(ui, 20, 17, 17);

    return (struct ui_font){ size, size * 1.25F, true };
}

float staff_segments_width(struct ui *ui, const char *const *labels, size_t n)
{
    float w = 0;

    for (size_t i = 0; i < n; i++)
        w += ui_text_width(ui, labels[i], segment_font(ui)) +
             2 * ui_dim(ui, 22, 12, 12) + 2;
    return w + 6;
}

int staff_segments(struct ui *ui, struct rect r, const char *const *ids,
                   const char *const *labels, size_t n, size_t chosen)
{
    float natural = staff_segments_width(ui, labels, n), x = r.x + 3;
    float spare = (r.w - natural) / (float)n;
    float radius = 18;
    int tapped = -1;

    ui_box(ui, r,
           &(struct ui_box_style){
               .fill = SURFACE, .border = LINE2, .line = 3, .radius = radius });
    for (size_t i = 0; i < n; i++) {
        float w = ui_text_width(ui, labels[i], segment_font(ui)) +
                  2 * ui_dim(ui, 22, 12, 12) + 2 + spare;
        struct rect at = { x, r.y, w, r.h }, in = { x, r.y + 3, w, r.h - 6 };
        bool on = i == chosen;
        unsigned got = 0;

        if (ui_target(ui, UI_ROLE_TAB, ids[i], labels[i], at, on ? UI_SELECTED : 0,
                      &got))
            tapped = (int)i;
        if (got & UI_FOCUS)
            ui_focus_ring(ui, at, radius);
        if (on || (got & (UI_PRESSED | UI_FOCUS))) {
            ui_box(ui, in,
                   &(struct ui_box_style){ .fill = on ? INDIGO : SAND,
                                           .radius =
                                               i == 0 || i + 1 == n ? radius - 4 : 0 });
            /* only the outer corners are round */
            if (i == 0 && n > 1)
                ui_box(ui, (struct rect){ in.x + radius, in.y, in.w - radius, in.h },
                       &(struct ui_box_style){ .fill = on ? INDIGO : SAND });
            if (i + 1 == n && n > 1)
                ui_box(ui, (struct rect){ in.x, in.y, in.w - radius, in.h },
                       &(struct ui_box_style){ .fill = on ? INDIGO : SAND });
        } else if (i > 0 && i != chosen + 1) {
            ui_box(ui, (struct rect){ in.x - 1, in.y, 2, in.h },
                   &(struct ui_box_style){ .fill = LINE });
        }
        ui_text_middle(ui, rect_inset(at, 2, 0), labels[i], segment_font(ui),
                       on ? SURFACE : INK, UI_CENTRE);
        x += w;
    }
    return tapped;
}

/* --- switch, stepper -------------------------------------------------------------------- */

bool staff_switch(struct ui *ui, const char *id, const char *text, struct rect r,
                  bool on)
{
    float w = ui_dim(ui, 104, 88, 92), h = ui_dim(ui, 58, 50, 52), pad = 6;
    struct rect at = rect_centre(r, w, h), knob;
    unsigned got = 0;
    bool tapped;

    at.x = r.x + r.w - w;
    tapped = ui_target(ui, UI_ROLE_SWITCH, id, text, at, on ? UI_SELECTED : 0, &got);
    if (got & UI_FOCUS)
        ui_focus_ring(ui, at, h / 2);
    ui_box(ui, at, &(struct ui_box_style){ .fill = on ? LUA : LINE2, .radius = h / 2 });
    knob = (struct rect){ on ? at.x + w - h + pad : at.x + pad, at.y + pad, h - 2 * pad,
                          h - 2 * pad };
    ui_box(ui, knob,
           &(struct ui_box_style){ .fill = got & UI_PRESSED ? SAND : SURFACE,
                                   .radius = knob.h / 2 });
    return tapped;
}

static bool step_key(struct ui *ui, const char *id, const char *text, const char *icon,
                     struct rect r)
{
    static const struct face face = { SURFACE, LINE2, SAND2, PRESSED_WHITE, 2, 16 };
    float glyph = ui_dim(ui, 30, 26, 28);
    unsigned got = 0;
    bool tapped = ui_target(ui, UI_ROLE_BUTTON, id, text, r, 0, &got);

    r.y += draw_face(ui, r, &face, got);
    ui_icon(ui, rect_centre(r, glyph, glyph), icon, INK);
    return tapped;
}

int staff_stepper(struct ui *ui, const char *id, const char *text, const char *value,
                  struct rect r)
{
    float w = ui_dim(ui, 66, 58, 62), h = ui_dim(ui, 62, 54, 58);
    struct rect at = rect_centre(r, r.w, h);
    struct rect less = { at.x, at.y, w, h }, more = { at.x + at.w - w, at.y, w, h };
    struct rect mid = { less.x + w, at.y, at.w - 2 * w, h };
    struct arena *arena = ui_arena(ui);
    int by = 0;

    if (step_key(ui, arena_printf(arena, "%s.less", id),
                 arena_printf(arena, "%s: -", text), "minus", less))
        by = -1;
    if (step_key(ui, arena_printf(arena, "%s.more", id),
                 arena_printf(arena, "%s: +", text), "plus", more))
        by = 1;
    ui_text_middle(ui, mid, value, staff_font(ui, STAFF_BOLD), INK, UI_CENTRE);
    ui_node_value(ui, UI_ROLE_TEXT, id, text, value, mid, 0);
    return by;
}

/* --- marks ------------------------------------------------------------------------------ */

void staff_check(struct ui *ui, struct rect r, bool on)
{
    ui_box(ui, r,
           &(struct ui_box_style){ .fill = on ? LUA : SURFACE,
                                   .border = on ? LUA : LINE2,
                                   .line = 3,
                                   .radius = r.w * 0.24F });
    if (on)
        ui_icon(ui, rect_inset(r, r.w * 0.155F, r.h * 0.155F), "check", SURFACE);
}

void staff_radio(struct ui *ui, struct rect r, bool on)
{
    ui_box(ui, r,
           &(struct ui_box_style){ .fill = on ? INDIGO : SURFACE,
                                   .border = on ? INDIGO : LINE2,
                                   .line = 3,
                                   .radius = r.w / 2 });
    if (on)
        ui_box(ui, rect_centre(r, r.w * 0.42F, r.h * 0.42F),
               &(struct ui_box_style){ .fill = SURFACE, .radius = r.w * 0.21F });
}

float staff_line(struct ui *ui, struct rect r, const char *text, struct ui_font font,
                 uint32_t colour)
{
    const char *shown = text;
    float w = ui_text_width(ui, shown, font);
    size_t n = strlen(text);

    while (w > r.w && n > 0) {
        while (n > 0 && text[n - 1] != ' ')
            n--;
        while (n > 0 && text[n - 1] == ' ')
            n--;
        shown = arena_printf(ui_arena(ui), "%.*s%s", (int)n, text, ELLIPSIS);
        w = ui_text_width(ui, shown, font);
    }
    ui_text_middle(ui, (struct rect){ r.x, r.y, w * 1.02F + 2, r.h }, shown, font,
                   colour, UI_LEFT);
    return w;
}

void staff_figure(struct ui *ui, const char *id, const char *figure, const char *rest,
                  const char *word, struct rect r)
{
    struct ui_font big = staff_font(ui, STAFF_FIGURE);
    struct ui_font less = { big.size * 0.57F, big.line, false };
    struct ui_font small = { ui_dim(ui, 19, 16, 16), ui_dim(ui, 25.6F, 19.2F, 19.2F),
                             false };
    float dx = ui_dim(ui, 22, 14, 14), w;
    struct rect in = rect_inset(r, dx, ui_dim(ui, 16, 6, 8));

    staff_panel(ui, r);
    w = ui_text_width(ui, figure, big);
    ui_text(ui, (struct rect){ in.x, in.y, w + 2, big.line }, figure, big, INK,
            UI_LEFT);
    if (rest)
        ui_text(ui,
                (struct rect){ in.x + w + big.size * 0.22F, in.y + big.size * 0.21F,
                               in.w - w, less.line },
                rest, less, INK, UI_LEFT);
    ui_text(ui, (struct rect){ in.x, in.y + big.line, in.w, r.h }, word, small, INK2,
            UI_LEFT);
    ui_node_value(ui, UI_ROLE_TEXT, id, word,
                  rest ? arena_printf(ui_arena(ui), "%s%s", figure, rest) : figure, r,
                  0);
}

static struct ui_font chip_font(const struct ui *ui)
{
    return (struct ui_font){ ui_dim(ui, 18, 16, 16), ui_dim(ui, 27, 24, 24), true };
}

float staff_chip_width(struct ui *ui, const char *text, const char *icon)
{
    float pad = ui_dim(ui, 16, 12, 12);

    return ui_text_width(ui, text, chip_font(ui)) + 2 * pad +
           (icon ? ui_dim(ui, 34, 30, 28) : 0);
}

float staff_chip(struct ui *ui, const char *id, const char *text, const char *icon,
                 float x, float y_middle, enum chip_tone tone)
{
    static const struct {
        uint32_t fill, ink;
    } tones[] = {
        [CHIP_SAND] = { SAND, INK },
        [CHIP_NGHE] = { NGHE_TINT, NGHE_DEEP },
        [CHIP_LUA] = { LUA_TINT, LUA },
        [CHIP_SON] = { SON_TINT, SON },
    };
    struct ui_font font = chip_font(ui);
    float pad = ui_dim(ui, 16, 12, 12), glyph = icon ? ui_dim(ui, 24, 22, 22) : 0;
    float gap = icon ? ui_dim(ui, 10, 8, 6) : 0, dy = ui_dim(ui, 5, 2, 3);
    float w = ui_text_width(ui, text, font);
    struct rect chip = { x, 0, w + glyph + gap + 2 * pad, font.line + 2 * dy };

    chip.y = y_middle - chip.h / 2;
    ui_box(ui, chip,
           &(struct ui_box_style){ .fill = tones[tone].fill, .radius = chip.h / 2 });
    if (icon)
        ui_icon(ui, (struct rect){ x + pad, y_middle - glyph / 2, glyph, glyph }, icon,
                tones[tone].ink);
    ui_label(
        ui, UI_ROLE_TEXT, id, text,
        (struct rect){ x + pad + glyph + gap, chip.y + dy, w + pad / 2, font.line },
        font, tones[tone].ink, UI_LEFT);
    return chip.w;
}
