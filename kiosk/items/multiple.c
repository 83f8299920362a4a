/* Several of three or four are right: touch each, touch again to take back, then done.
 * What was chosen and missed fades; what was chosen rightly stays chosen. */
#include <stdio.h>

#include "items/choice_card.h"
#include "items/item_types.h"
#include "items/quiz_answer.h"

#define RIGHT_PCT 100
#define OPTIONS_MIN 3
#define OPTIONS_MAX 4

struct multiple {
    unsigned char chosen; /* bit per option */
    unsigned char given;  /* seen again, it was missed */
    unsigned char asked;  /* the button was touched before a choice */
    unsigned char missed; /* bit per option */
};

_Static_assert(sizeof(struct multiple) <= ITEM_STATE_MAX, "fits the session");

static unsigned right_ones(const struct item *item)
{
    unsigned bits = 0;

    for (size_t i = 0; i < item->n_options; i++)
        bits |= item->options[i].right ? 1U << i : 0U;
    return bits;
}

static enum err multiple_parse(struct item *item, const json_value *source,
                               struct arena *arena, char *why, size_t n_why)
{
    size_t n_right = 0;

    (void)source;
    (void)arena;
    for (size_t i = 0; i < item->n_options; i++) {
        n_right += item->options[i].right;
        if (!*item->options[i].text) {
            snprintf(why, n_why, "option %zu has no text: write what it does", i + 1);
            return ERR_REJECTED;
        }
    }
    if (item->n_options >= OPTIONS_MIN && item->n_options <= OPTIONS_MAX &&
        n_right >= 2 && n_right < item->n_options)
        return ERR_OK;
    snprintf(why, n_why,
             "%zu options, %zu of them right: give three or four, two or more right, "
             "not all",
             item->n_options, n_right);
    return ERR_REJECTED;
}

/* Whether the bits are an answer at all. */
static bool plausible(const struct item *item, const struct multiple *s)
{
    return s->chosen && s->chosen < 1U << item->n_options;
}

static int multiple_grade(const struct item *item, const void *state)
{
    const struct multiple *s = state;
    unsigned right = right_ones(item);
    int n = 0, n_right = 0;

    if (!plausible(item, s))
        return 0;
    for (size_t i = 0; i < item->n_options; i++) {
        bool is_right = right & (1U << i), chosen = s->chosen & (1U << i);

        n_right += is_right;
        n += chosen ? (is_right ? 1 : -1) : 0;
    }
    return n > 0 && n_right ? n * RIGHT_PCT / n_right : 0;
}

static const char *multiple_feedback(const struct item *item, const void *state)
{
    const struct multiple *s = state;

    if (!plausible(item, s))
        return "";
    for (size_t i = 0; i < item->n_options; i++)
        if (s->chosen & (1U << i) && !item->options[i].right)
            return item->options[i].feedback;
    if (s->chosen != right_ones(item))
        return text_of(T_quiz_more);
    if (item->why)
        return item->why;
    for (size_t i = 0; i < item->n_options; i++)
        if (item->options[i].right)
            return item->options[i].feedback;
    return "";
}

static void begin(const struct item *item, struct multiple *s)
{
    if (!s->given)
        return;
    s->missed |= (unsigned char)(s->chosen & ~right_ones(item));
    s->chosen &= (unsigned char)right_ones(item);
    s->given = 0;
}

static void draw_choices(const struct item *item, const unsigned char *order,
                         struct multiple *s, struct rect area, struct ui *ui)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    size_t n = item->n_options;

    for (size_t i = 0; i < n; i++) {
        unsigned bit = 1U << order[i];
        unsigned state = s->missed & bit   ? UI_DISABLED
                         : s->chosen & bit ? UI_SELECTED
                                           : 0;

        if (choice_card(ui, choice_place(ui, area, portrait ? 1 : n, n, i), i,
                        &item->options[order[i]],
                        portrait ? CHOICE_BESIDE : CHOICE_ABOVE, state) &&
            !(s->missed & bit))
            s->chosen ^= (unsigned char)bit;
    }
}

static bool multiple_frame(const struct item *item, const unsigned char *order,
                           void *state, struct ui *ui)
{
    struct multiple *s = state;
    struct rect area = page_body(ui, page_foot_h(ui));
    struct confirm c = { T_quiz_check, T_quiz_first, false, &s->asked };

    begin(item, s);
    quiz_question(ui, &area, text_key(T_quiz_question), item->stem, true);
    quiz_hint(ui, &area, T_quiz_many);
    draw_choices(item, order, s, area, ui);
    c.ready = s->chosen != 0;
    s->given = confirm_button(ui, &c);
    return s->given;
}

static void multiple_show(const struct item *item, const void *state, bool show_right,
                          struct ui *ui)
{
    struct verdict v = quiz_verdict(item, state, show_right);
    const struct multiple *s = state;
    unsigned bits = v.shown ? right_ones(item) : s->chosen;
    struct answer_row rows[ITEM_OPTIONS_MAX] = { 0 };
    size_t n = 0;

    for (size_t i = 0; i < item->n_options; i++)
        if (bits & (1U << i))
            rows[n++] = (struct answer_row){ .picture = item->options[i].picture,
                                             .text = item->options[i].text };
    quiz_answer_rows(ui, item, &v, rows, n);
}

const struct item_type item_multiple = {
    .name = "multiple",
    .state_size = sizeof(struct multiple),
    .parse = multiple_parse,
    .grade = multiple_grade,
    .feedback = multiple_feedback,
    .frame = multiple_frame,
    .show = multiple_show,
};
