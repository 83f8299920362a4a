/* How it is done, for a new volunteer: a picture and a few words a page. */
#include "base/check.h"
#include "screens/bar.h"
#include "screens/class_words.h"
#include "screens/screens.h"

static const struct guide_step {
    enum text_id title, text;
    const char *picture;
} steps[] = {
    { T_gd_open_t, T_gd_open, "art:nguoi-tnv" },
    { T_gd_tick_t, T_gd_tick, "art:vien-tho-cam" },
    { T_gd_reg_t, T_gd_reg, "art:nguoi-ba" },
    { T_gd_ask_t, T_gd_ask, "art:nguoi-ong" },
    { T_gd_card_t, T_gd_card, "art:nguoi-chi" },
    { T_gd_hand_t, T_gd_hand, "art:canh-giotay" },
    { T_gd_type_t, T_gd_type, "art:nguoi-anh" },
    { T_gd_scam_t, T_gd_scam, "art:nguoi-gian" },
    { T_gd_keep_t, T_gd_keep, "art:nguoi-canbo" },
    { T_gd_power_t, T_gd_power, "art:canh-matmang" },
};

struct guide_state {
    size_t at;
};

static void draw_words(struct ui *ui, struct rect r, const struct guide_step *step,
                       size_t at)
{
    float size = ui_dim(ui, 34, 24, 28), text = ui_dim(ui, 27, 20, 23);
    struct ui_font head = { size, size * 1.28F, true },
                   body = { text, text * 1.45F, false };
    const char *n = text_fill(ui_arena(ui), text_of(T_step_n), "i",
                              class_number(ui, (int64_t)at + 1), "n",
                              class_number(ui, (int64_t)COUNT(steps)), NULL);

    r.y += ui_dim(ui, 22, 16, 18);
    staff_chip(ui, text_key(T_step_n), n, NULL, r.x, r.y, CHIP_SAND);
    r.y += ui_dim(ui, 36, 24, 28);
    r.y += ui_label(ui, UI_ROLE_TITLE, "guide.step", text_of(step->title), r, head, INK,
                    UI_LEFT) +
           ui_dim(ui, 18, 8, 12);
    ui_label(ui, UI_ROLE_TEXT, "guide.text", text_of(step->text), r, body, INK,
             UI_LEFT);
}

static void guide_frame(struct app *app, void *state, struct ui *ui)
{
    struct guide_state *s = state;
    const struct guide_step *step = &steps[s->at];
    struct rect body = desk_frame(app, ui, DESK_GUIDE, STR(gd_title)), foot, in,
                picture;
    float w = ui_dim(ui, 220, 160, 170), pad = ui_dim(ui, 26, 14, 16);

    foot = rect_cut_bottom(&body, ui_dim(ui, 76, 60, 72));
    foot.h -= 4;
    rect_cut_bottom(&body, ui_dim(ui, 14, 8, 10));
    staff_panel(ui, body);
    in = rect_inset(body, pad, pad * 0.7F);
    picture = ui_panel(ui) == PANEL_POR ? rect_cut_top(&in, in.h * 0.36F)
                                        : rect_cut_left(&in, in.w * 0.36F);
    ui_picture(ui, rect_inset(picture, 6, 6), step->picture, UI_FIT_CONTAIN, 16, 0);
    if (ui_panel(ui) != PANEL_POR)
        rect_cut_left(&in, pad);
    draw_words(ui, in, step, s->at);
    if (s->at > 0 && staff_button(ui, STR(list_back), rect_cut_left(&foot, w),
                                  UI_BUTTON_SECONDARY, "back", 0))
        s->at--;
    else if (s->at + 1 < COUNT(steps) &&
             staff_button(ui, STR(list_next), rect_cut_right(&foot, w),
                          UI_BUTTON_PRIMARY, "next", 0))
        s->at++;
}

const struct screen screen_guide = { .name = "guide",
                                     .state_size = sizeof(struct guide_state),
                                     .frame = guide_frame };
