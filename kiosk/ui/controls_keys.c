/* Pager, digits and the dots of a PIN. */
#include "ui/controls.h"

#include <string.h>

#include "ui/ui_internal.h"

int staff_pager(struct ui *ui, struct rect r, size_t first, size_t shown, size_t all,
                float *w_out)
{
    float side = ui_dim(ui, 86, 66, 66), h = r.h;
    bool many = shown < all;
    struct rect up = { r.x, r.y, side, h }, down = up;
    float w = 0;
    int by = 0;

    if (!many) {
        if (w_out)
            *w_out = 0;
        return 0;
    }
    if (staff_button(ui, text_key(T_page_up), "", up, UI_BUTTON_SECONDARY, "up",
                     first ? 0 : UI_DISABLED) &&
        first)
        by = -1;
    if (ui_panel(ui) != PANEL_CMP && ui_panel(ui) != PANEL_POR) {
        const char *at = text_fill(ui_arena(ui), text_of(T_page_at), "a",
                                   arena_printf(ui_arena(ui), "%zu", first + 1), "b",
                                   arena_printf(ui_arena(ui), "%zu", first + shown),
                                   "n", arena_printf(ui_arena(ui), "%zu", all), NULL);
        struct ui_font font = staff_font(ui, STAFF_BODY);

        w = ui_text_width(ui, at, font) + 20;
        ui_text_middle(ui, (struct rect){ up.x + side + 10, r.y, w - 18, h }, at, font,
                       INK2, UI_LEFT);
        ui_node(ui, UI_ROLE_TEXT, text_key(T_page_at), at,
                (struct rect){ up.x + side + 10, r.y, w - 20, h }, 0);
    } else {
        w = 8;
    }
    down.x += side + w;
    if (staff_button(ui, text_key(T_page_down), "", down, UI_BUTTON_SECONDARY, "down",
                     first + shown < all ? 0 : UI_DISABLED) &&
        first + shown < all)
        by = 1;
    if (w_out)
        *w_out = 2 * side + w;
    return by;
}

static const enum text_id digit_ids[10] = { T_code_0, T_code_1, T_code_2, T_code_3,
                                            T_code_4, T_code_5, T_code_6, T_code_7,
                                            T_code_8, T_code_9 };

/* One key: a card with a digit, a word or an icon. */
static bool key(struct ui *ui, const char *id, const char *text, const char *icon,
                struct rect r, bool small)
{
    float size = small ? ui_dim(ui, 24, 20, 20) : ui_dim(ui, 54, 42, 42);
    float dy = 0, glyph = ui_dim(ui, 56, 44, 48);
    bool tapped = ui_card(ui, UI_ROLE_KEY, id, text, r, 0, &dy);

    r.y += dy;
    if (icon || small) /* not a digit */
        ui_box(
            ui, rect_inset(r, 3, 3),
            &(struct ui_box_style){ .fill = SAND, .radius = ui_dim(ui, 25, 19, 21) });
    if (icon)
        ui_icon(ui, rect_centre(r, glyph, glyph), icon, INK);
    else
        ui_text_middle(ui, rect_inset(r, 6, 0), text,
                       (struct ui_font){ size, size * 1.2F, true }, INK, UI_CENTRE);
    return tapped;
}

char staff_keypad(struct ui *ui, struct rect r, const char *extra_id, const char *extra)
{
    float gap = ui_dim(ui, 16, 8, 10);
    float w = (r.w - 2 * gap) / 3, h = (r.h - 3 * (gap + LIP) - LIP) / 4;
    uint32_t typed = ui_typed(ui);
    char out = 0;

    for (int i = 0; i < 12; i++) {
        struct rect at = { r.x + (float)(i % 3) * (w + gap),
                           r.y + (float)(i / 3) * (h + gap + LIP), w, h };
        int digit = i < 9 ? i + 1 : 0;

        if (i == 9) {
            if (key(ui, text_key(T_code_del), text_of(T_code_del), "back2", at, false))
                out = '\b';
        } else if (i == 11) {
            if (extra && key(ui, extra_id, extra, NULL, at, true))
                out = 'x';
        } else if (key(ui, text_key(digit_ids[digit]), text_of(digit_ids[digit]), NULL,
                       at, false)) {
            out = (char)('0' + digit);
        }
    }
    if (typed >= '0' && typed <= '9')
        out = (char)typed;
    if (ui_key(ui, UI_KEY_ERASE))
        out = '\b';
    return out;
}

void staff_pin_dots(struct ui *ui, struct rect r, size_t n, size_t full)
{
    float d = ui_dim(ui, 40, 30, 32), gap = ui_dim(ui, 22, 14, 14);
    float x = r.x + (r.w - (float)n * d - (float)(n - 1) * gap) / 2;

    for (size_t i = 0; i < n; i++, x += d + gap)
        ui_box(ui, (struct rect){ x, r.y + (r.h - d) / 2, d, d },
               &(struct ui_box_style){ .fill = i < full ? INDIGO : SURFACE,
                                       .border = i < full ? INDIGO : LINE2,
                                       .line = 4,
                                       .radius = d / 2 });
}
