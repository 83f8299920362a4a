/* The volunteer's face, two sentences, three buttons. */
#include "screens/not_matched.h"

#include "items/quiz_page.h"
#include "screens/bar.h"

#define MS 1000

static bool draw_ways_out(struct app *app, struct ui *ui, const struct not_matched *way,
                          struct rect r)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    float gap = ui_dim(ui, 20, 10, 12), h = ui_dim(ui, 104, 96, 100);
    struct ui_button_style call = { .kind = UI_BUTTON_SUN,
                                    .icon_left = "raise",
                                    .icon = ui_dim(ui, 62, 44, 62),
                                    .font = ui_dim(ui, 36, 29, 34) };
    struct ui_button_style again = { .kind = UI_BUTTON_SECONDARY,
                                     .icon_left = "retry",
                                     .state = way->wait_s ? UI_DISABLED : 0 };
    struct ui_button_style guest = { .kind = UI_BUTTON_SECONDARY, .icon_left = "hand" };
    struct rect at = rect_cut_top(&r, ui_dim(ui, 126, 96, 126)), left, right;
    const char *word = way->wait_s ? text_fill(ui_arena(ui), text_of(way->wait), "n",
                                               page_number(ui, way->wait_s), NULL)
                                   : text_of(way->again);
    bool tapped;

    if (ui_button(ui, STR(sign_call), at, &call))
        app_cover_name(app, "help");
    rect_cut_top(&r, LIP + gap);
    left = right = (struct rect){ r.x, r.y, r.w, h };
    if (!app->settings.value[SETTING_GUEST]) {
        right.w = 0;
    } else if (portrait) {
        right.y += h + LIP + gap;
    } else {
        left.w = (r.w - gap) / 2;
        right = left;
        right.x += left.w + gap;
    }
    tapped = ui_button(ui, way->again_id, word, left, &again) && !way->wait_s;
    if (right.w > 0 && ui_button(ui, STR(who_guest), right, &guest))
        app_visit_guest(app);
    if (way->wait_s)
        ui_wake_in(ui, MS);
    return tapped;
}

bool not_matched(struct app *app, struct ui *ui, const struct not_matched *way)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    struct rect body = page_body(ui, 14);
    float pic_w = ui_dim(ui, 400, 230, 210), title = ui_dim(ui, 46, 30, 34);
    float sub = ui_dim(ui, 34, 25, 28), gap = ui_dim(ui, 20, 9, 12);
    struct ui_font title_font = { title, title * 1.28F, true };
    struct ui_font sub_font = { sub, sub * 1.46F, false };
    float buttons = ui_dim(ui, 126 + 6 + 20 + 110, 96 + 6 + 10 + 102,
                           126 + 6 + 12 + 106 + 12 + 106);
    struct rect pic, text;
    const char *say = page_say(ui, way->sub);
    float sub_h;

    if (portrait) {
        pic = rect_centre(rect_cut_top(&body, pic_w * 1.1F), pic_w, pic_w * 1.1F);
        rect_cut_top(&body, 14);
    } else {
        pic = rect_centre(rect_cut_left(&body, pic_w), pic_w, pic_w * 1.1F);
        rect_cut_left(&body, ui_dim(ui, 40, 22, 0));
    }
    ui_picture(ui, pic, "art:nguoi-tnv", UI_FIT_CONTAIN, 0, 0);
    text = body;
    sub_h = ui_text(ui, text, say, sub_font, 0, UI_LEFT);
    if (!portrait)
        text.y += (text.h - title_font.line - sub_h - buttons - 2 * gap) / 2;
    ui_label(ui, UI_ROLE_TITLE, STR(sign_no), text, title_font, NGHE_DEEP, UI_LEFT);
    text.y += title_font.line + gap;
    ui_label(ui, UI_ROLE_TEXT, text_key(way->sub), say, text, sub_font, INK, UI_LEFT);
    text.y += sub_h + gap;
    if (portrait)
        text.y = body.y + body.h - buttons;
    return draw_ways_out(app, ui, way, text);
}
