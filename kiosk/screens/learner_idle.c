/* Is anybody there? Staying is the dark button, any touch stays too; says that nothing
 * is lost, when that is so. */
#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/screens.h"

#define MS 1000
#define PER_MILLE 1000
#define DECIDE_MS \
    1500 /* after a touch beside the buttons, before the page comes back */

static void draw_ring(struct ui *ui, struct rect at, long left_s, long of_s)
{
    float size = ui_dim(ui, 92, 60, 92);
    struct ui_font font = { size, size, true };
    float line = at.w / 10;
    struct rect ring = rect_inset(at, at.w * 0.02F, at.w * 0.02F);

    ui_ring(ui, ring, line, PER_MILLE, SAND);
    ui_ring(ui, ring, line, (int)(left_s * PER_MILLE / of_s), INDIGO);
    ui_text_middle(ui, at, page_number(ui, left_s), font, INK, UI_CENTRE);
    ui_node_value(ui, UI_ROLE_PROGRESS, "idle.ring", "", page_number(ui, left_s), at,
                  0);
}

static void draw_buttons(struct app *app, struct ui *ui, struct rect r)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    float gap = ui_dim(ui, 22, 22, 12), h = ui_dim(ui, 104, 96, 100);
    struct ui_button_style leave = { .kind = UI_BUTTON_SECONDARY, .icon_left = "exit" };
    struct ui_button_style stay = { .kind = UI_BUTTON_PRIMARY, .icon_left = "hand" };
    struct rect left = { r.x, r.y, portrait ? r.w : (r.w - gap) / 2, h };
    struct rect right = left;

    if (portrait)
        right.y += h + LIP + gap;
    else
        right.x += left.w + gap;
    if (ui_button(ui, STR(idle_leave), left, &leave))
        app_leave(app);
    if (ui_button(ui, STR(idle_stay), right, &stay))
        app_uncover(app);
}

static void idle_frame(struct app *app, void *state, struct ui *ui)
{
    int64_t quiet_ms = clock_mono_ms(app->clock) - app->touched_ms;
    long grace_s = app->settings.value[SETTING_IDLE_GRACE_S];
    long left_s = app_idle_left_s(app);
    bool touched = left_s > grace_s;
    bool kept = (app->visit.by_code || app_in_group(app)) && !app->saver.n;
    enum text_id sub_id = kept ? T_idle_sub : T_idle_sub_guest;
    bool portrait = ui_panel(ui) == PANEL_POR;
    float title = ui_dim(ui, 50, 36, 38), sub = ui_dim(ui, 30, 24, 26);
    struct ui_font title_font = { title, title * 1.3F, true };
    struct ui_font sub_font = { sub, sub * 1.42F, false };
    float ring = ui_dim(ui, 210, 130, 210), gap = ui_dim(ui, 22, 10, 22);
    float pad = ui_dim(ui, 40, 22, 28), side = ui_dim(ui, 40, 30, 26);
    float buttons = portrait ? 2 * 106 + 12 : ui_dim(ui, 110, 102, 0);
    struct rect modal = { 0, 0, ui_dim(ui, 900, 760, 510), 0 }, in;
    const char *say = page_say(ui, sub_id);
    float sub_h, least_lines = ui_dim(ui, 2, 2, 3);
    struct rect words;

    (void)state;
    if (touched && quiet_ms >= DECIDE_MS) {
        app_uncover(app);
        return;
    }
    left_s = touched ? grace_s : left_s;
    sub_h = ui_text(ui, (struct rect){ 0, 0, modal.w - 2 * side, 0 }, say, sub_font, 0,
                    UI_CENTRE);
    if (sub_h < least_lines * sub_font.line) /* the buttons keep their place */
        sub_h = least_lines * sub_font.line;
    modal.h = 2 * pad + ring + title_font.line + sub_h + buttons + 3 * gap;
    modal = rect_centre(ui_page(ui), modal.w, modal.h);
    ui_fill_page(ui, SCRIM);
    ui_dialog_begin(
        ui, text_key(T_idle),
        text_fill(ui_arena(ui), text_of(T_idle), "n", page_number(ui, left_s), NULL),
        modal);
    ui_shadow(ui, modal, 32);
    ui_box(ui, modal, &(struct ui_box_style){ .fill = SURFACE, .radius = 32 });
    in = rect_inset(modal, side, pad);
    draw_ring(ui, rect_centre(rect_cut_top(&in, ring), ring, ring), left_s, grace_s);
    rect_cut_top(&in, gap);
    ui_label(ui, UI_ROLE_TITLE, STR(idle_title), in, title_font, INK, UI_CENTRE);
    rect_cut_top(&in, title_font.line + gap);
    words = rect_cut_top(&in, sub_h);
    ui_text_middle(ui, words, say, sub_font, INK, UI_CENTRE);
    ui_node(ui, UI_ROLE_TEXT, text_key(sub_id), say, words, 0);
    rect_cut_top(&in, gap);
    draw_buttons(app, ui, in);
    if (ui_key(ui, UI_KEY_BACK))
        app_uncover(app);
    ui_dialog_end(ui);
    ui_wake_in(ui, touched ? (int)(DECIDE_MS - quiet_ms) : MS - (int)(quiet_ms % MS));
}

const struct screen screen_idle = {
    .name = "idle",
    .kind = SCREEN_DIALOG,
    .frame = idle_frame,
};
