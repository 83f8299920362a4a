#include "steps.h"

#include <stdio.h>
#include <string.h>

static bool first_item(const struct lesson *l, struct step *s)
{
    s->phase = l->n_items ? SESSION_ITEM : SESSION_RESULT;
    s->at = 0;
    return true;
}

static bool first_practice(const struct lesson *l, struct step *s)
{
    if (!l->n_practices)
        return first_item(l, s);
    s->phase = l->show && s->phase == SESSION_CARD ? SESSION_SHOW : SESSION_PRACTICE;
    s->at = s->screen = 0;
    return true;
}

static bool move(const struct lesson *l, struct step *s)
{
    switch (s->phase) {
    case SESSION_CARD:
        return ++s->at < l->n_cards || first_practice(l, s);
    case SESSION_SHOW:
        return first_practice(l, s);
    case SESSION_PRACTICE:
        if (++s->screen < l->practices[s->at]->n_screens)
            return true;
        s->screen = 0;
        return ++s->at < l->n_practices || first_item(l, s);
    case SESSION_ITEM:
        s->phase = SESSION_FEEDBACK;
        return true;
    case SESSION_FEEDBACK:
        s->phase = ++s->at < l->n_items ? SESSION_ITEM : SESSION_RESULT;
        return true;
    case SESSION_RESULT:
        return false;
    }
    return false;
}

static void name_it(const struct lesson *l, struct step *s, int number)
{
    static const char *const words[] = {
        [SESSION_CARD] = "card",       [SESSION_ITEM] = "question",
        [SESSION_FEEDBACK] = "answer", [SESSION_RESULT] = "result",
        [SESSION_SHOW] = "show",       [SESSION_PRACTICE] = "practice",
    };
    const char *screen = s->phase == SESSION_PRACTICE
                             ? l->practices[s->at]->screens[s->screen].id
                             : NULL;

    snprintf(s->name, sizeof(s->name), "%02d-%s%s%s", number, words[s->phase],
             screen ? "-" : "", screen ? screen : "");
}

bool step_next(const struct lesson *l, struct step *step)
{
    int number = 0;

    if (*step->name) {
        if (!move(l, step))
            return false;
        sscanf(step->name, "%d", &number);
    } else if (!l->n_cards) {
        first_practice(l, step);
    }
    name_it(l, step, number + 1);
    return true;
}

void step_enter(const struct lesson *l, const struct step *step, struct session *s)
{
    s->phase = step->phase;
    s->at = step->at;
    s->practice = (struct practice_state){ .at = (unsigned char)step->screen };
    s->answer_right = false;
    memset(s->answer, 0, sizeof(s->answer));
    memset(s->items, 0, sizeof(s->items));
    for (size_t i = 0; i < l->n_items; i++) {
        if (step->phase == SESSION_RESULT)
            s->items[i] = (struct session_item){
                .done = true, .right = true, .first_right = true, .asked = true
            };
    }
    if (step->phase ==
        SESSION_FEEDBACK) { /* missed for the last time: the answer stands */
        s->items[step->at].tries = (unsigned)l->rule.tries;
        s->items[step->at].done = true;
    }
    s->completed = step->phase == SESSION_RESULT;
}
