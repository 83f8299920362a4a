/* Which picture? Two to four, large, with a short word: for things that are known by
 * how they look. */
#include "items/choice_card.h"
#include "items/item_types.h"
#include "items/one_choice.h"
#include "items/quiz_page.h"

#include <stdio.h>

#define OPTIONS_MAX 4

static enum err picture_choice_parse(struct item *item, const json_value *source,
                                     struct arena *arena, char *why, size_t n_why)
{
    (void)source;
    (void)arena;
    for (size_t i = 0; i < item->n_options; i++) {
        if (!item->options[i].picture) {
            snprintf(why, n_why, "option %zu has no picture: give it one", i + 1);
            return ERR_REJECTED;
        }
    }
    return one_choice_check(item, OPTIONS_MAX, why, n_why);
}

static bool draw_choice(struct ui *ui, struct rect r, size_t place,
                        const struct item_option *o, unsigned state)
{
    float pad = ui_dim(ui, 12, 8, 12);
    float size = ui_dim(ui, 32, 25, 28);
    struct ui_font font = { size, size * 1.25F, true };
    struct rect in = rect_inset(r, pad, pad), words;
    float dy;
    bool tapped =
        ui_card(ui, UI_ROLE_CHOICE, text_key_n(ui_arena(ui), T_quiz_choice, place + 1),
                o->text, r, state, &dy);

    choice_ground(ui, r, state, dy);
    in.y += dy;
    r.y += dy;
    words = rect_cut_bottom(&in, font.line + ui_dim(ui, 16, 4, 12));
    ui_picture(ui, in, quiz_picture_source(ui, o->picture), UI_FIT_CONTAIN, 18, 0);
    choice_call(ui, &in, place, true);
    ui_text_middle(ui, words, o->text, font, state & UI_DISABLED ? INK2 : INK,
                   UI_CENTRE);
    if (state & UI_SELECTED)
        choice_tick(ui, r);
    return tapped;
}

static bool picture_choice_frame(const struct item *item, const unsigned char *order,
                                 void *state, struct ui *ui)
{
    struct one_choice *s = state;
    struct rect area = page_body(ui, page_foot_h(ui));
    size_t n = item->n_options;
    size_t columns = ui_panel(ui) == PANEL_POR ? (n > 2 ? 2 : 1) : n;

    one_choice_begin(s);
    quiz_question(ui, &area, text_key(T_quiz_question), item->stem, true);
    for (size_t i = 0; i < n; i++) {
        if (draw_choice(ui, choice_place(ui, area, columns, n, i), i,
                        &item->options[order[i]], one_choice_state(s, order[i])))
            one_choice_tapped(s, order[i]);
    }
    return one_choice_confirm(s, ui);
}

const struct item_type item_picture_choice = {
    .name = "picture-choice",
    .state_size = sizeof(struct one_choice),
    .parse = picture_choice_parse,
    .grade = one_choice_grade,
    .feedback = one_choice_feedback,
    .frame = picture_choice_frame,
    .show = one_choice_show,
};
