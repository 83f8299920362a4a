/* One of several, one touch and one to confirm. */
#include "items/one_choice.h"

#include <stdio.h>

#include "items/choice_card.h"
#include "items/quiz_answer.h"

#define RIGHT_PCT 100

enum err one_choice_check(const struct item *item, size_t max, char *why, size_t n_why)
{
    size_t n_right = 0;

    for (size_t i = 0; i < item->n_options; i++) {
        n_right += item->options[i].right;
        if (!*item->options[i].text) {
            snprintf(why, n_why, "option %zu has no text: write what it does", i + 1);
            return ERR_REJECTED;
        }
    }
    if (item->n_options >= 2 && item->n_options <= max && n_right == 1)
        return ERR_OK;
    snprintf(why, n_why, "%zu options, %zu of them right: give 2 to %zu, one right",
             item->n_options, n_right, max);
    return ERR_REJECTED;
}

const struct item_option *one_choice_of(const struct item *item, const void *state)
{
    const struct one_choice *s = state;

    if (s->chosen == 0 || s->chosen > item->n_options)
        return NULL;
    return &item->options[s->chosen - 1];
}

int one_choice_grade(const struct item *item, const void *state)
{
    const struct item_option *o = one_choice_of(item, state);

    return o && o->right ? RIGHT_PCT : 0;
}

const char *one_choice_feedback(const struct item *item, const void *state)
{
    const struct item_option *o = one_choice_of(item, state);

    return o ? o->feedback : "";
}

const struct item_option *one_choice_shown(const struct item *item, const void *state,
                                           bool show_right)
{
    for (size_t i = 0; show_right && i < item->n_options; i++)
        if (item->options[i].right)
            return &item->options[i];
    return one_choice_of(item, state);
}

void one_choice_show(const struct item *item, const void *state, bool show_right,
                     struct ui *ui)
{
    struct verdict v = quiz_verdict(item, state, show_right);
    const struct item_option *o = one_choice_shown(item, state, v.shown);

    if (o)
        quiz_answer(ui, item, &v,
                    &(struct answer_look){ .picture = o->picture,
                                           .icon = "hand",
                                           .icon_colour = INDIGO,
                                           .text = o->text });
}

/* 0 for what no item has: the bytes of an answer may come from a spoiled place. */
static unsigned bit(size_t option)
{
    return option < 8 ? 1U << option : 0;
}

void one_choice_begin(struct one_choice *s)
{
    if (!s->given)
        return;
    s->missed |= (unsigned char)(s->chosen ? bit(s->chosen - 1U) : 0U);
    s->given = 0;
    s->chosen = 0;
}

unsigned one_choice_state(const struct one_choice *s, size_t option)
{
    if (s->missed & bit(option))
        return UI_DISABLED;
    return s->chosen == option + 1 ? UI_SELECTED : 0;
}

void one_choice_tapped(struct one_choice *s, size_t option)
{
    if (s->missed & bit(option))
        return;
    s->chosen = s->chosen == option + 1 ? 0 : (unsigned char)(option + 1);
}

bool one_choice_confirm(struct one_choice *s, struct ui *ui)
{
    struct confirm c = { T_quiz_choose, T_quiz_first, s->chosen != 0, &s->asked };

    s->given = confirm_button(ui, &c);
    return s->given;
}
