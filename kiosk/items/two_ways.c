/* Two answers, one touch. */
#include "items/two_ways.h"

#include <stdio.h>

#include "ui/ui.h"

#define RIGHT_PCT 100

enum err two_ways_parse(struct item *item, const json_value *source,
                        struct arena *arena, char *why, size_t n_why)
{
    (void)source;
    (void)arena;
    if (item->n_options == 2 && item->options[0].right != item->options[1].right)
        return ERR_OK;
    snprintf(why, n_why, "%zu options: give two, one of them right", item->n_options);
    return ERR_REJECTED;
}

int two_ways_grade(const struct item *item, const void *state)
{
    const struct two_ways *s = state;

    return s->chosen && s->chosen <= 2 && item->options[s->chosen - 1].right ? RIGHT_PCT
                                                                             : 0;
}

const char *two_ways_feedback(const struct item *item, const void *state)
{
    const struct two_ways *s = state;

    return s->chosen && s->chosen <= 2 ? item->options[s->chosen - 1].feedback : "";
}

void two_ways_begin(struct two_ways *s)
{
    if (!s->given)
        return;
    s->missed |= (unsigned char)(s->chosen ? 1U << (s->chosen - 1U) : 0U);
    s->given = 0;
    s->chosen = 0;
}

unsigned two_ways_state(const struct two_ways *s, size_t option)
{
    return s->missed & (1U << option) ? UI_DISABLED : 0;
}

bool two_ways_tapped(struct two_ways *s, size_t option)
{
    if (two_ways_state(s, option))
        return false;
    s->chosen = (unsigned char)(option + 1);
    s->given = 1;
    return true;
}

size_t two_ways_shown(const struct item *item, const struct two_ways *s,
                      bool show_right)
{
    if (show_right)
        return item->options[0].right ? 0 : 1;
    return s->chosen == 2 ? 1 : 0;
}
