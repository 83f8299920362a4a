/* Questions over a staff page, and lines that say what was done. */
#include <string.h>

#include "app/staff.h"
#include "base/hash.h"
#include "screens/bar.h"
#include "screens/desk.h"

#define MODAL_RADIUS 32

static struct rect open_modal(struct ui *ui, const char *id, const char *text, float w,
                              float h)
{
    struct rect page = ui_page(ui), at;

    w = w > page.w - 32 ? page.w - 32 : w;
    at = rect_centre(page, w, h);
    ui_fill_page(ui, SCRIM);
    ui_dialog_begin(ui, id, text, at);
    ui_shadow(ui, at, MODAL_RADIUS);
    ui_box(ui, at, &(struct ui_box_style){ .fill = SURFACE, .radius = MODAL_RADIUS });
    return rect_inset(at, ui_dim(ui, 36, 22, 22), ui_dim(ui, 32, 18, 22));
}

int desk_ask(struct ui *ui, const char *id, const char *title, const char *text,
             const char *no, const char *yes, enum ui_button_kind yes_kind)
{
    struct ui_font head = { ui_dim(ui, 30, 25, 26), ui_dim(ui, 40, 33, 34), true };
    struct ui_font body = staff_font(ui, STAFF_BODY);
    float w = ui_dim(ui, 760, 640, 510), dx = ui_dim(ui, 36, 22, 22);
    float h_button = ui_dim(ui, 80, 66, 72), gap = ui_dim(ui, 18, 10, 12);
    float h_title =
        ui_text(ui, (struct rect){ 0, 0, w - 2 * dx, 0 }, title, head, 0, UI_LEFT);
    float h_text =
        ui_text(ui, (struct rect){ 0, 0, w - 2 * dx, 0 }, text, body, 0, UI_LEFT);
    struct rect in = open_modal(ui, id, title, w,
                                h_title + h_text + h_button + 2 * gap +
                                    2 * ui_dim(ui, 32, 18, 22) + LIP);
    struct rect buttons, left;
    int answer = 0;

    ui_label(ui, UI_ROLE_TITLE, arena_printf(ui_arena(ui), "%s.title", id), title, in,
             head, INK, UI_LEFT);
    in.y += h_title + gap;
    ui_label(ui, UI_ROLE_TEXT, arena_printf(ui_arena(ui), "%s.text", id), text, in,
             body, INK2, UI_LEFT);
    in.y += h_text + gap;
    buttons = (struct rect){ in.x, in.y, in.w, h_button };
    left = rect_cut_left(&buttons, (in.w - gap) / 2);
    rect_cut_left(&buttons, gap);
    if (staff_button(ui, arena_printf(ui_arena(ui), "%s.no", id), no, left,
                     UI_BUTTON_SECONDARY, NULL, 0) ||
        ui_key(ui, UI_KEY_BACK))
        answer = -1;
    if (staff_button(ui, arena_printf(ui_arena(ui), "%s.yes", id), yes, buttons,
                     yes_kind, NULL, 0))
        answer = 1;
    ui_dialog_end(ui);
    return answer;
}

/* --- the PIN again ---------------------------------------------------------------------- */

static const char *pin_words(struct app *app, struct ui *ui, enum pin_verdict verdict)
{
    switch (verdict) {
    case PIN_MISSED:
        return text_of(T_desk_pin_missed);
    case PIN_WAIT:
        return text_fill(ui_arena(ui), text_of(T_desk_pin_wait), "n",
                         page_number(ui, staff_wait_s(app->db, app->desk.who.id)),
                         NULL);
    case PIN_LOCKED:
        return text_of(T_desk_pin_locked);
    case PIN_UNSURE:
        return text_of(T_desk_pin_unsure);
    case PIN_RIGHT:
        break;
    }
    return text_fill(ui_arena(ui), text_of(T_desk_pin_sub), "ten", app->desk.who.alias,
                     NULL);
}

int desk_pin(struct app *app, struct ui *ui, struct desk_pin *pin)
{
    float w = ui_dim(ui, 900, 760, 510), h = ui_dim(ui, 640, 500, 820);
    bool portrait = ui_panel(ui) == PANEL_POR;
    struct ui_font head = { ui_dim(ui, 30, 25, 26), ui_dim(ui, 40, 33, 34), true };
    struct rect in =
        open_modal(ui, text_key(T_desk_pin_title), text_of(T_desk_pin_title), w, h);
    struct rect left =
        portrait ? rect_cut_top(&in, 240) : rect_cut_left(&in, in.w * 0.46F);
    struct rect stop = rect_cut_bottom(&left, ui_dim(ui, 72, 62, 66));
    const char *say = pin_words(app, ui, pin->verdict);
    size_t n = strlen(pin->typed);
    int result = 0;
    char key;

    left.y += ui_label(ui, UI_ROLE_TITLE, "desk.pin.head", text_of(T_desk_pin_title),
                       left, head, INK, UI_LEFT) +
              12;
    left.y += ui_label(ui, UI_ROLE_TEXT, text_key(T_desk_pin_sub), say, left,
                       staff_font(ui, STAFF_BODY), INK2, UI_LEFT) +
              20;
    staff_pin_dots(ui, (struct rect){ left.x, left.y, left.w, 44 },
                   n > STAFF_PIN_MIN ? n : STAFF_PIN_MIN, n);
    ui_node_value(ui, UI_ROLE_FIELD, "desk.pin.dots", text_of(T_desk_pin_title),
                  page_number(ui, (long long)n),
                  (struct rect){ left.x, left.y, left.w, 44 }, 0);
    stop.w = portrait ? stop.w : stop.w - 24;
    stop.h -= LIP;
    if (staff_button(ui, text_key(T_desk_pin_stop), text_of(T_desk_pin_stop), stop,
                     UI_BUTTON_SECONDARY, NULL, 0) ||
        ui_key(ui, UI_KEY_BACK))
        result = -1;
    key = staff_keypad(ui, in, NULL, NULL);
    if (key == '\b' && n > 0)
        pin->typed[n - 1] = 0;
    else if (key >= '0' && key <= '9' && n < STAFF_PIN_MAX) {
        pin->typed[n] = key;
        pin->typed[n + 1] = 0;
        if (n + 1 == app->desk.pin_digits) {
            pin->verdict = app_staff_again(app, pin->typed);
            hash_wipe(pin->typed, sizeof(pin->typed));
            result = pin->verdict == PIN_RIGHT ? 1 : 0;
        }
    }
    if (pin->verdict == PIN_WAIT)
        ui_wake_in(ui, 1000);
    if (result)
        hash_wipe(pin->typed, sizeof(pin->typed));
    ui_dialog_end(ui);
    return result;
}

void desk_say(struct ui *ui, struct rect r, const char *text, enum chip_tone tone)
{
    static const uint32_t fills[] = { [CHIP_SAND] = SAND,
                                      [CHIP_NGHE] = NGHE_TINT,
                                      [CHIP_LUA] = LUA_TINT,
                                      [CHIP_SON] = SON_TINT };
    static const uint32_t inks[] = {
        [CHIP_SAND] = INK, [CHIP_NGHE] = NGHE_DEEP, [CHIP_LUA] = LUA, [CHIP_SON] = SON
    };
    struct ui_font font = staff_font(ui, STAFF_BOLD);
    float dx = ui_dim(ui, 18, 12, 12), dy = ui_dim(ui, 10, 6, 8), h;

    if (!text || !*text)
        return;
    h = ui_text(ui, (struct rect){ 0, 0, r.w - 2 * dx, 0 }, text, font, 0, UI_LEFT) +
        2 * dy;
    r.y += r.h - h;
    r.h = h;
    ui_box(ui, r, &(struct ui_box_style){ .fill = fills[tone], .radius = 14 });
    ui_label(ui, UI_ROLE_TEXT, "desk.say", text,
             (struct rect){ r.x + dx, r.y + dy, r.w - 2 * dx, h }, font, inks[tone],
             UI_LEFT);
}

int desk_ask_same(struct ui *ui, const char *a, const char *b)
{
    return desk_ask(
        ui, "find.same", text_of(T_find_same),
        text_fill(ui_arena(ui), text_of(T_find_same_text), "a", a, "b", b, NULL),
        text_of(T_find_same_no), text_of(T_find_same_yes), UI_BUTTON_PRIMARY);
}
