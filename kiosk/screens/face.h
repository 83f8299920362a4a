/* The drawn faces: those that staff choose for themselves, and those of learners. */
#pragma once

#include "app/app.h"
#include "ui/ui.h"

struct people_entry;

/* A face in a round sand-coloured frame as wide as r; `picture` of struct staff. */
void face_draw(struct ui *ui, struct rect r, int picture);
/* One of them for a learner, by sex and about the age; where neither is known a sign. */
void face_of_person(const struct app *app, struct ui *ui, struct rect r,
                    const struct people_entry *e);
