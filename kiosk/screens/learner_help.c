/* The call for help: turmeric over the whole panel and a raised hand that is seen from
 * across the room. Ends by itself, or by one touch; the page below waits unchanged. */
#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/screens.h"

#define MS 1000
#define PER_MILLE 1000

struct help_state {
    int64_t since_ms;
};

static void help_enter(struct app *app, void *state, size_t arg)
{
    struct help_state *s = state;

    (void)arg;
    s->since_ms = clock_mono_ms(app->clock);
    app_cue(app, CUE_HELP);
}

static void draw_left(struct ui *ui, struct rect r, long left_s, long of_s,
                      const char *say, struct ui_font font)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    float d = ui_dim(ui, 76, 56, 76), w = d + 16 + ui_text_width(ui, say, font);
    struct rect ring = { portrait ? r.x + (r.w - w) / 2 : r.x, r.y, d, d };
    struct rect text = { ring.x + d + 16, r.y + (d - font.line) / 2, w + 14,
                         font.line };

    ring = rect_inset(ring, d * 0.03F, d * 0.03F);
    ui_ring(ui, ring, d * 0.13F, PER_MILLE, NGHE_PRESS);
    ui_ring(ui, ring, d * 0.13F, (int)(left_s * PER_MILLE / of_s), INK);
    ui_label(ui, UI_ROLE_TEXT, text_key(T_help_left), say, text, font, INK, UI_LEFT);
}

static void draw_words(struct app *app, struct ui *ui, struct rect r, long left_s)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    enum ui_align align = portrait ? UI_CENTRE : UI_LEFT;
    float title = ui_dim(ui, 84, 52, 58), sub = ui_dim(ui, 38, 26, 29);
    float small = ui_dim(ui, 28, 22, 28), gap = ui_dim(ui, 18, 10, 18);
    struct ui_font title_font = { title, title * 1.18F, true };
    struct ui_font sub_font = { sub, sub * 1.42F, false };
    struct ui_font small_font = { small, small * 1.42F, true };
    struct ui_button_style style = { .kind = UI_BUTTON_SECONDARY, .icon_left = "undo" };
    float ring = ui_dim(ui, 76, 56, 76), button_h = ui_dim(ui, 104, 96, 100);
    const char *say = page_say(ui, T_help_sub);
    const char *left = text_fill(ui_arena(ui), text_of(T_help_left), "n",
                                 page_number(ui, left_s), NULL);
    float sub_h = ui_text(ui, r, say, sub_font, 0, align);
    float all = title_font.line + sub_h + ring + 16 + button_h + LIP + 3 * gap;
    float w = ui_button_width(ui, text_of(T_help_cancel), &style);
    struct rect button;

    if (!portrait)
        r.y += (r.h - all) / 2;
    ui_label(ui, UI_ROLE_TITLE, STR(help_title), r, title_font, INK, align);
    r.y += title_font.line + gap;
    ui_label(ui, UI_ROLE_TEXT, text_key(T_help_sub), say, r, sub_font, INK, align);
    r.y += sub_h + gap;
    draw_left(ui, r, left_s, app->settings.value[SETTING_HELP_S], left, small_font);
    r.y += ring + gap + 16;
    button = (struct rect){ r.x, r.y, portrait ? r.w : w, button_h };
    if (ui_button(ui, STR(help_cancel), button, &style) || ui_key(ui, UI_KEY_BACK))
        app_uncover(app);
}

static void help_frame(struct app *app, void *state, struct ui *ui)
{
    const struct help_state *s = state;
    int64_t spent_ms = clock_mono_ms(app->clock) - s->since_ms;
    int64_t left_ms = app->settings.value[SETTING_HELP_S] * MS - spent_ms;
    bool portrait = ui_panel(ui) == PANEL_POR;
    struct rect page = ui_page(ui), body, hand;
    float w = ui_dim(ui, 480, 310, 360), side = ui_dim(ui, 70, 30, 26);
    struct rect band = page;

    if (left_ms <= 0) {
        app_touched(app); /* who waited for help was there */
        app_uncover(app);
        return;
    }
    ui_fill_page(ui, NGHE);
    band.h = BAND_H;
    ui_band(ui, band);
    body = (struct rect){ side, BAND_H, page.w - 2 * side, page.h - BAND_H };
    if (portrait) {
        body = rect_centre(body, body.w, w * 1.2F + 18 + 403);
        hand = rect_centre(rect_cut_top(&body, w * 1.2F), w, w * 1.2F);
        rect_cut_top(&body, 18);
    } else {
        hand = rect_centre(rect_cut_left(&body, w), w, w * 1.2F);
        rect_cut_left(&body, ui_dim(ui, 70, 26, 0));
    }
    ui_picture(ui, hand, "art:canh-giotay", UI_FIT_CONTAIN, 0, 0);
    draw_words(app, ui, body, (long)((left_ms + MS - 1) / MS));
    ui_wake_in(ui, (int)((left_ms - 1) % MS) + 1);
}

const struct screen screen_help = {
    .name = "help",
    .kind = SCREEN_SHEET,
    .state_size = sizeof(struct help_state),
    .enter = help_enter,
    .frame = help_frame,
};
