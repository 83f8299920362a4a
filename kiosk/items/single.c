/* Choose one act of two or three: touch it, then confirm. What was tried and missed
 * stays visible, faded. */
#include "items/choice_card.h"
#include "items/item_types.h"
#include "items/one_choice.h"
#include "items/quiz_page.h"

#define OPTIONS_MAX 3

static enum err single_parse(struct item *item, const json_value *source,
                             struct arena *arena, char *why, size_t n_why)
{
    (void)source;
    (void)arena;
    return one_choice_check(item, OPTIONS_MAX, why, n_why);
}

static bool single_frame(const struct item *item, const unsigned char *order,
                         void *state, struct ui *ui)
{
    struct one_choice *s = state;
    struct rect area = page_body(ui, page_foot_h(ui));
    bool portrait = ui_panel(ui) == PANEL_POR;
    size_t n = item->n_options;

    one_choice_begin(s);
    quiz_question(ui, &area, text_key(T_quiz_question), item->stem, true);
    for (size_t i = 0; i < n; i++) {
        struct rect r = choice_place(ui, area, portrait ? 1 : n, n, i);

        if (choice_card(ui, r, i, &item->options[order[i]],
                        portrait ? CHOICE_BESIDE : CHOICE_ABOVE,
                        one_choice_state(s, order[i])))
            one_choice_tapped(s, order[i]);
    }
    return one_choice_confirm(s, ui);
}

const struct item_type item_single = {
    .name = "single",
    .state_size = sizeof(struct one_choice),
    .parse = single_parse,
    .grade = one_choice_grade,
    .feedback = one_choice_feedback,
    .frame = single_frame,
    .show = one_choice_show,
};
