/* How the pages look and move for who is learning: as they chose, else by the settings. */
#pragma once

#include <stdbool.h>

struct app;

/* A visit begins: what this learner chose before. */
void look_begin(struct app *app);
/* It ended: as the settings say. */
void look_end(struct app *app);
/* After a change of visit.look: kept for a card holder, behind the next frame. */
void app_look_changed(struct app *app);
void look_settle(struct app *app);
/* Nothing shall move: by the learner, the settings or the command line. */
bool app_is_still(const struct app *app);
