/* The panel beside a ruler: buttons of 9 mm stay 9 mm (a10). */
#include <math.h>

#include "app/setup.h"
#include "screens/bar.h"
#include "screens/desk.h"
#include "screens/screens.h"
#include "screens/setup.h"
#include "ui/ui_core.h"

#define DPI_MIN 60
#define DPI_MAX 500
#define CM_PER_INCH 2.54F
#define CHECK_DP 98.0F /* the button to measure again */

struct calibrate_state {
    int dpi;
    bool failed;
};

/* dp on this page of one cm, if the panel had `dpi`. */
static float cm_of(const struct ui *ui, int dpi)
{
    return (float)dpi / CM_PER_INCH / ui_scale(ui);
}

static void draw_ruler(struct ui *ui, struct rect r, float cm, int n)
{
    struct ui_font font = { 24, 30, true };
    float w = cm * (float)n, x = r.x + (r.w - w) / 2, line = 1.8F;

    ui_box(ui, (struct rect){ x, r.y + 8, w, r.h - 16 },
           &(struct ui_box_style){ .fill = NGHE_TINT, .radius = 8 });
    for (int i = 0; i <= 10 * n; i++) {
        float h = i % 10 == 0 ? 40 : i % 5 == 0 ? 26 : 16;

        ui_box(ui, (struct rect){ x + (float)i * cm / 10 - line / 2, r.y + 8, line, h },
               &(struct ui_box_style){ .fill = INK });
    }
    for (int i = 1; i < n; i++)
        ui_text(ui, (struct rect){ x + (float)i * cm - 30, r.y + 54, 60, 30 },
                page_number(ui, i), font, INK, UI_CENTRE);
    for (int i = 0; i <= 1; i++)
        ui_box(ui, (struct rect){ x + (float)i * w - 3, r.y, 6, r.h },
               &(struct ui_box_style){ .fill = SON });
}

static const char *decimal(struct ui *ui, float v)
{
    int tenths = (int)lroundf(v * 10);

    return arena_printf(ui_arena(ui), "%d,%d", tenths / 10, tenths % 10);
}

static void draw_check(struct ui *ui, struct rect r, int dpi)
{
    int w, h, guess;
    struct rect in = rect_inset(r, 16, 10), button;
    float mm = CHECK_DP * ui_scale(ui) / (float)dpi * CM_PER_INCH * 10;
    struct ui_font body = staff_font(ui, STAFF_BODY), bold = staff_font(ui, STAFF_BOLD);
    float used;

    ui_size(ui, &w, &h);
    guess = ui_dpi_guess(w, h);
    staff_panel(ui, r);
    button = rect_cut_left(&in, ui_dim(ui, 180, 130, 130));
    button = rect_centre(button, button.w, CHECK_DP);
    ui_box(ui, button, &(struct ui_box_style){ .fill = INDIGO, .radius = 24 });
    ui_text_middle(ui, button, text_of(T_reg_next), bold, SURFACE, UI_CENTRE);
    rect_cut_left(&in, 20);
    used = ui_label(
        ui, UI_ROLE_TEXT, text_key(T_su_check),
        text_fill(ui_arena(ui), text_of(T_su_check), "mm", decimal(ui, mm), NULL), in,
        body, INK, UI_LEFT);
    rect_cut_top(&in, used + 2);
    ui_label(ui, UI_ROLE_TEXT, text_key(T_su_edid),
             text_fill(ui_arena(ui), text_of(T_su_edid), "inch",
                       decimal(ui, hypotf((float)w, (float)h) / (float)guess), NULL),
             in, body, INK2, UI_LEFT);
}

void ruler_frame(struct ui *ui, struct rect r, int *dpi)
{
    struct ui_font head = { ui_dim(ui, 32, 22, 24), ui_dim(ui, 44, 29, 32), true };
    float cm = cm_of(ui, *dpi), gap = ui_dim(ui, 18, 8, 14), used;
    int n = cm * 10 < r.w - 20 ? 10 : cm * 5 < r.w - 20 ? 5 : 2;
    float h_check = ui_dim(ui, 122, 118, 150);
    struct rect row;

    rect_cut_top(&r, ui_dim(ui, 60, 0, 40));
    used = ui_label(
        ui, UI_ROLE_TEXT, text_key(T_su_size_p),
        text_fill(ui_arena(ui), text_of(T_su_size_p), "n", page_number(ui, n), NULL), r,
        head, INK, UI_CENTRE);
    rect_cut_top(&r, used + gap);
    row = rect_cut_top(&r, 106);
    draw_ruler(ui, row, cm, n);
    rect_cut_top(&r, gap);
    row = rect_cut_top(&r, ui_dim(ui, 76, 64, 70));
    row = rect_centre(row, row.w < 620 ? row.w : 620, row.h);
    *dpi += staff_stepper(
        ui, "su.dpi", text_of(T_su_size),
        text_fill(ui_arena(ui), text_of(T_su_dpi), "n", page_number(ui, *dpi), NULL),
        row);
    *dpi = *dpi < DPI_MIN ? DPI_MIN : *dpi > DPI_MAX ? DPI_MAX : *dpi;
    rect_cut_top(&r, gap);
    row = rect_cut_top(&r, h_check);
    if (r.h >= 0)
        draw_check(ui, rect_centre(row, row.w < 680 ? row.w : 680, row.h), *dpi);
}

/* --- the page of its own ------------------------------------------------------------------- */

static void calibrate_frame(struct app *app, void *state, struct ui *ui)
{
    struct calibrate_state *s = state;
    bool back;
    struct rect body = desk_step(ui, T_bar_back, "back", text_key(T_su_size),
                                 text_of(T_su_size), 0, 0, &back);
    struct rect foot = rect_cut_bottom(&body, ui_dim(ui, 92, 66, 80)), go = foot;
    float w = staff_button_width(ui, text_of(T_su_reset), "retry");
    int w_px, h_px;

    s->dpi = s->dpi ? s->dpi : ui_dpi(ui);
    ruler_frame(ui, body, &s->dpi);
    foot.h -= LIP;
    foot.w = w;
    ui_size(ui, &w_px, &h_px);
    if (staff_button(ui, STR(su_reset), foot, UI_BUTTON_SECONDARY, "retry", 0))
        s->dpi = ui_dpi_guess(w_px, h_px);
    w = staff_button_width(ui, text_of(T_list_save), "check");
    go = (struct rect){ go.x + go.w - w, go.y, w, go.h - LIP };
    if (staff_button(ui, STR(list_save), go, UI_BUTTON_PRIMARY, "check", 0)) {
        s->failed = setup_set_dpi(app, s->dpi) != ERR_OK;
        back |= !s->failed;
    }
    if (s->failed)
        desk_say(ui, body, text_of(T_list_unwritten), CHIP_SON);
    if (back)
        app_goto(app,
                 app_find_screen(app, "admin_settings") ? "admin_settings" : "attract",
                 0);
}

static void calibrate_enter(struct app *app, void *state, size_t arg)
{
    (void)state;
    (void)arg;
    if (!app_may(app, MAY_ADMINISTER))
        app_goto(app, app_staff_door(app), 0);
}

const struct screen screen_calibrate = {
    .name = "calibrate",
    .state_size = sizeof(struct calibrate_state),
    .enter = calibrate_enter,
    .frame = calibrate_frame,
};
