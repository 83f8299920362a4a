/* Every step of a lesson, as a learner would meet it: one after the other the session is
 * put there. Pure. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lesson/session.h"

#define STEP_NAME_CHARS 80

struct step {
    enum session_phase phase;
    size_t at;                  /* card, practice or item */
    size_t screen;              /* of the practice */
    char name[STEP_NAME_CHARS]; /* "03-practice-tin" */
};

/* Steps to the one after `step`; from a zeroed one with an empty name, to the first.
 * False after the last. A practice gives each of its screens, those behind a wrong touch
 * too; an item the question and then its answer, shown with the reason. */
bool step_next(const struct lesson *l, struct step *step);
/* Puts `s` there, as if everything before had been done. */
void step_enter(const struct lesson *l, const struct step *step, struct session *s);
