/* A card before the camera: what to do, what the machine sees, and what else there is. No
 * picture of anybody is shown or kept; a scanner on a cable works here as well. */
#include "app/camera.h"
#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/card_scan.h"
#include "screens/screens.h"

#define SLOW_MS 10000   /* without a card: a hint how to hold it */
#define ROOM 0xFF2B241D /* behind the card */
#define ART_RATIO (230.0F / 360.0F)

struct scan_state {
    int64_t since_ms;
};

static void scan_enter(struct app *app, void *state, size_t arg)
{
    struct scan_state *s = state;

    (void)arg;
    s->since_ms = clock_mono_ms(app->clock);
}

/* --- what it sees ----------------------------------------------------------------- */

static enum text_id hint_of(struct app *app, const struct scan_state *s, struct ui *ui)
{
    int64_t left = s->since_ms + SLOW_MS - clock_mono_ms(app->clock);

    switch (camera_state(app->camera)) {
    case CAMERA_OFF:
    case CAMERA_STARTING:
        return T_scan_wait;
    case CAMERA_READY:
        if (left <= 0)
            return T_scan_slow;
        ui_wake_in(ui, (int)left);
        return T_scan_looking;
    case CAMERA_DARK:
        return T_scan_dark;
    case CAMERA_BUSY:
        return T_scan_busy;
    case CAMERA_NONE:
        break;
    }
    return T_scan_none;
}

/* The corners of a frame around the square that the machine looks for. */
static void draw_corners(struct ui *ui, struct rect r)
{
    const struct ui_box_style style = { .border = NGHE, .line = 10, .radius = 24 };
    float side = ui_dim(ui, 70, 50, 70);

    for (int i = 0; i < 4; i++) {
        struct rect corner = { r.x + (i % 2 ? r.w - side : 0),
                               r.y + (i / 2 ? r.h - side : 0), side, side };

        ui_clip(ui, corner);
        ui_box(ui, r, &style);
        ui_clip_end(ui);
    }
}

static void draw_card(struct ui *ui, struct rect r, bool framed)
{
    float side = ui_dim(ui, 260, 180, 200), left = ui_dim(ui, 170, 110, 110);
    float w = ui_dim(ui, 500, 340, 380);
    struct rect frame = { r.x + (r.w - side + left) / 2, r.y + (r.h - side - 30) / 2,
                          side, side };
    struct rect card = { frame.x - ui_dim(ui, 242, 163, 183),
                         frame.y - ui_dim(ui, 68, 46, 52), w, w * ART_RATIO };

    ui_picture(ui, card, "art:canh-thehv", UI_FIT_CONTAIN, 0, 0);
    ui_node(ui, UI_ROLE_IMAGE, STR(scan_picture), card, 0);
    if (framed)
        draw_corners(ui, frame);
}

static void draw_view(struct ui *ui, struct rect r, enum text_id hint)
{
    float size = ui_dim(ui, 28, 23, 28), bottom = ui_dim(ui, 22, 12, 22);
    struct ui_font font = { size, size * 1.38F, true };
    const char *say = page_say(ui, hint);
    struct rect at = rect_inset(r, 24, 0);

    ui_box(ui, r, &(struct ui_box_style){ .fill = ROOM, .radius = 28 });
    draw_card(ui, r, hint != T_scan_none);
    at.h = ui_text(ui, at, say, font, 0, UI_CENTRE);
    at.y = r.y + r.h - bottom - at.h;
    ui_label(ui, UI_ROLE_TEXT, text_key(hint), say, at, font, SURFACE, UI_CENTRE);
}

/* --- beside it -------------------------------------------------------------------- */

static float button_height(const struct ui *ui)
{
    return ui_dim(ui, 104, 96, 100);
}

static float row_gap(const struct ui *ui)
{
    return ui_dim(ui, 20, 10, 20);
}

/* One of the three steps in the top of `r`; returns its height. Without `draw`: a
 * measurement. */
static float draw_step(struct ui *ui, struct rect r, int i, bool draw)
{
    static const enum text_id steps[] = { T_scan_1, T_scan_2, T_scan_3 };
    const struct ui_font font = { 26, 37, false };
    float dot = ui_dim(ui, 56, 46, 56), size = ui_dim(ui, 30, 26, 30), h;
    const char *text = text_of(steps[i]);
    struct rect words = r, at;

    rect_cut_left(&words, dot + 16);
    h = ui_text(ui, words, text, font, 0, UI_LEFT);
    r.h = h > dot ? h : dot;
    if (!draw)
        return r.h;
    at = rect_centre((struct rect){ r.x, r.y, dot, r.h }, dot, dot);
    ui_box(ui, at, &(struct ui_box_style){ .fill = INDIGO, .radius = dot / 2 });
    ui_text_middle(ui, at, page_number(ui, i + 1), (struct ui_font){ size, size, true },
                   SURFACE, UI_CENTRE);
    words = rect_centre((struct rect){ words.x, r.y, words.w, r.h }, words.w, h);
    ui_label(ui, UI_ROLE_TEXT, text_key(steps[i]), text, words, font, INK, UI_LEFT);
    return r.h;
}

static float steps_height(struct ui *ui, float w)
{
    float h = button_height(ui) + LIP + 12;

    for (int i = 0; i < 3; i++)
        h += draw_step(ui, (struct rect){ 0, 0, w, 0 }, i, false) + row_gap(ui);
    return h;
}

static void draw_steps(struct app *app, struct ui *ui, struct rect r)
{
    const struct ui_button_style other = { .kind = UI_BUTTON_SECONDARY };

    for (int i = 0; i < 3; i++)
        rect_cut_top(&r, draw_step(ui, r, i, true) + row_gap(ui));
    rect_cut_top(&r, 12);
    if (ui_button(ui, STR(scan_other), rect_cut_top(&r, button_height(ui)), &other))
        app_goto(app, "signin", 0);
}

static float ways_height(const struct app *app, const struct ui *ui)
{
    float h = button_height(ui) + LIP;

    return app->settings.value[SETTING_GUEST] ? 2 * h + row_gap(ui) : h;
}

/* Where there is nothing to hold a card before. */
static void draw_ways(struct app *app, struct ui *ui, struct rect r)
{
    const struct ui_button_style code = { .kind = UI_BUTTON_PRIMARY };
    const struct ui_button_style guest = { .kind = UI_BUTTON_SECONDARY,
                                           .icon_left = "hand" };

    if (ui_button(ui, STR(who_code), rect_cut_top(&r, button_height(ui)), &code))
        app_goto(app, "code", 0);
    rect_cut_top(&r, LIP + row_gap(ui));
    if (app->settings.value[SETTING_GUEST] &&
        ui_button(ui, STR(who_guest), rect_cut_top(&r, button_height(ui)), &guest))
        app_visit_guest(app);
}

/* --- the page --------------------------------------------------------------------- */

static void scan_frame(struct app *app, void *state, struct ui *ui)
{
    struct bar bar = { .left = BAR_BACK,
                       .help = true,
                       .id = text_key(T_scan_title),
                       .title = text_of(T_scan_title) };
    enum text_id hint = hint_of(app, state, ui);
    struct rect view = page_body(ui, ui_dim(ui, 22, 12, 30)), side;
    float gap = ui_dim(ui, 40, 22, 18), h;

    if (bar_frame(app, ui, &bar))
        app_goto(app, "signin", 0);
    app->looks = true;
    card_scan(app, ui);
    if (ui_panel(ui) == PANEL_POR) {
        h = hint == T_scan_none ? ways_height(app, ui) : steps_height(ui, view.w);
        side = rect_cut_bottom(&view, h);
        rect_cut_bottom(&view, gap);
    } else {
        side = rect_cut_right(&view, (view.w - gap) / 2.35F);
        rect_cut_right(&view, gap);
        h = hint == T_scan_none ? ways_height(app, ui) : steps_height(ui, side.w);
        side = rect_centre(side, side.w, h);
    }
    draw_view(ui, view, hint);
    if (hint == T_scan_none)
        draw_ways(app, ui, side);
    else
        draw_steps(app, ui, side);
}

const struct screen screen_scan = {
    .name = "scan",
    .state_size = sizeof(struct scan_state),
    .enter = scan_enter,
    .frame = scan_frame,
};
