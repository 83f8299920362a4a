/* The page of a question that everybody answered; it stands as the page of feedback does. */
#include "screens/contest_told.h"

#include "items/message.h"
#include "items/quiz_page.h"
#include "screens/bar.h"

static const char *told_words(const struct contest *g, struct ui *ui, size_t question,
                              bool *any_out)
{
    long long asked = 0, right = 0;

    for (size_t t = 0; t < g->n_teams; t++) {
        asked += contest_asks(g, question, t);
        right += contest_asks(g, question, t) &&
                 g->answers[question][t].verdict == CONTEST_RIGHT;
    }
    *any_out = right > 0;
    if (right == asked)
        return text_of(T_ct_told_all);
    return right ? text_fill(ui_arena(ui), text_of(T_ct_told), "n",
                             page_number(ui, right), "m", page_number(ui, asked), NULL)
                 : text_of(T_ct_told_none);
}

static bool draw_sheet(const struct contest *g, struct ui *ui, const struct verdict *v,
                       size_t question)
{
    struct sheet sheet = quiz_sheet(ui, v);
    struct rect inner = sheet.all;
    struct ui_button_style go = { .kind = UI_BUTTON_OK, .icon_right = "next" };
    float icon = sheet.sign.w * 0.64F, w;
    bool any;
    const char *title = told_words(g, ui, question, &any);

    ui_box(
        ui, sheet.all,
        &(struct ui_box_style){ .fill = LUA, .radius = 36, .corners = UI_CORNERS_TOP });
    rect_cut_top(&inner, 6);
    ui_box(ui, inner,
           &(struct ui_box_style){
               .fill = LUA_TINT, .radius = 36, .corners = UI_CORNERS_TOP });
    ui_box(ui, sheet.sign,
           &(struct ui_box_style){ .fill = LUA, .radius = sheet.sign.w / 2 });
    ui_icon(ui, rect_centre(sheet.sign, icon, icon), any ? "check" : "bulb", SURFACE);
    w = ui_text_width(ui, title, sheet.title_font);
    if (w > sheet.title.w) {
        sheet.title_font.size *= sheet.title.w / w * 0.97F;
        sheet.title_font.line *= sheet.title.w / w * 0.97F;
    }
    if (*v->why) /* its room was measured for other words */
        sheet.title.y = sheet.why.y - sheet.title_font.line - ui_dim(ui, 6, 0, 6);
    ui_label(ui, UI_ROLE_TITLE, text_key(T_ct_told), title, sheet.title,
             sheet.title_font, LUA, UI_LEFT);
    if (*v->why)
        ui_label(ui, UI_ROLE_TEXT, text_key(T_fb_why), v->why, sheet.why,
                 sheet.why_font, INK, UI_LEFT);
    w = ui_button_width(ui, text_of(T_ct_next), &go);
    if (ui_panel(ui) != PANEL_POR && w < sheet.button.w) {
        sheet.button.x += sheet.button.w - w;
        sheet.button.w = w;
    }
    return ui_button(ui, STR(ct_next), sheet.button, &go);
}

bool contest_told_frame(const struct contest *game, struct ui *ui,
                        const struct item *item, size_t question)
{
    static const unsigned char nobody[ITEM_STATE_MAX];
    struct verdict v = quiz_verdict(item, nobody, true);

    ui_label(ui, UI_ROLE_TEXT, text_key(T_quiz_question),
             message_plain(ui_arena(ui), item->stem), quiz_asked_area(ui, item),
             quiz_asked_font(ui), INK, UI_LEFT);
    item->type->show(item, nobody, true, ui);
    return draw_sheet(game, ui, &v, question);
}
