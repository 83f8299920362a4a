/* A sentence: right or not? Both buttons look alike, so that colour does not answer. */
#include "items/item_types.h"
#include "items/quiz_answer.h"
#include "items/two_ways.h"

#define STEM_LINES 2.0F /* room for at least so many */

struct answer {
    const char *key, *word, *icon;
};

static struct answer answer_of(size_t option)
{
    return option == 0 ? (struct answer){ STR(quiz_true), "check" }
                       : (struct answer){ STR(quiz_false), "close" };
}

static bool draw_answers(struct two_ways *s, struct rect r, struct ui *ui)
{
    bool given = false;
    float gap = 24;
    float w = (r.w - gap) / 2;

    for (size_t i = 0; i < 2; i++) {
        struct answer a = answer_of(i);
        struct rect at = { r.x + (float)i * (w + gap), r.y, w, r.h };
        struct ui_button_style style = { .kind = UI_BUTTON_SECONDARY,
                                         .icon_top = a.icon,
                                         .icon = ui_dim(ui, 70, 58, 70),
                                         .icon_colour = INDIGO,
                                         .font = ui_dim(ui, 42, 31, 36),
                                         .radius = 32,
                                         .state = two_ways_state(s, i) };

        if (ui_button(ui, a.key, a.word, at, &style))
            given |= two_ways_tapped(s, i);
    }
    return given;
}

/* The picture: beside the sentence, or above it. Gives the room left. */
static struct rect draw_picture(const struct item *item, struct rect area,
                                struct ui *ui)
{
    struct rect at;

    if (!item->picture)
        return rect_inset(area, ui_dim(ui, 160, 60, 0), 0);
    if (ui_panel(ui) == PANEL_POR) {
        at = rect_cut_top(&area, 308);
        at = rect_centre(at, 370, 308);
        rect_cut_top(&area, 18);
    } else {
        float w = ui_dim(ui, 480, 300, 0);

        at = rect_cut_left(&area, w);
        at = rect_centre(at, w, w * 5 / 6);
        rect_cut_left(&area, ui_dim(ui, 40, 20, 0));
    }
    ui_picture(ui, at, quiz_picture_source(ui, item->picture), UI_FIT_CONTAIN, 28, 0);
    ui_node(ui, UI_ROLE_IMAGE, text_key(T_quiz_picture), item->picture->alt, at, 0);
    return area;
}

static bool true_false_frame(const struct item *item, const unsigned char *order,
                             void *state, struct ui *ui)
{
    struct two_ways *s = state;
    struct rect area = page_body(ui, quiz_foot_h(ui, ITEM_FOOT_DOTS));
    float size = ui_dim(ui, 36, 25, 28) * ui_text_scale(ui);
    struct ui_font font = { size, size * 1.38F, true };
    float dx = ui_dim(ui, 32, 20, 24), dy = ui_dim(ui, 28, 14, 20);
    float button_h = ui_dim(ui, 170, 124, 150), gap = ui_dim(ui, 26, 14, 18);
    struct rect text, card;
    float all_h;

    (void)order; /* the words keep their places */
    two_ways_begin(s);
    quiz_question(ui, &area, text_key(T_quiz_tf), text_of(T_quiz_tf), false);
    area = draw_picture(item, area, ui);
    text = rect_inset(area, dx, 0);
    card = area;
    text.h = ui_text(ui, text, item->stem, font, 0, UI_LEFT);
    if (text.h < STEM_LINES * font.line) /* the buttons keep their place */
        text.h = STEM_LINES * font.line;
    card.h = text.h + 2 * dy;
    all_h = card.h + gap + button_h + LIP;
    if (ui_panel(ui) != PANEL_POR)
        card.y += (area.h - all_h) / 2;
    ui_box(
        ui, card,
        &(struct ui_box_style){
            .fill = SURFACE, .border = LINE, .line = LINE_DECORATIVE, .radius = 28 });
    text.y = card.y + dy;
    ui_text_middle(ui, text, item->stem, font, INK, UI_LEFT);
    ui_node(ui, UI_ROLE_TEXT, text_key(T_quiz_question), item->stem, card, 0);
    return draw_answers(
        s, (struct rect){ card.x, card.y + card.h + gap, card.w, button_h }, ui);
}

static void true_false_show(const struct item *item, const void *state, bool show_right,
                            struct ui *ui)
{
    struct verdict v = quiz_verdict(item, state, show_right);
    struct answer a = answer_of(two_ways_shown(item, state, v.shown));

    quiz_answer(ui, item, &v,
                &(struct answer_look){ item->picture, a.icon, INDIGO, a.word });
}

const struct item_type item_true_false = {
    .name = "true-false",
    .state_size = sizeof(struct two_ways),
    .parse = two_ways_parse,
    .grade = two_ways_grade,
    .feedback = two_ways_feedback,
    .frame = true_false_frame,
    .show = true_false_show,
};
