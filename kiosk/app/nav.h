/* Which screen stands, and which one lies over it. Screens ask; what they ask for is
 * done between frames. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "app/screen.h"
#include "base/arena.h"
#include "ui/motion.h"

struct nav {
    screen_table screens;
    const struct screen *page, *cover; /* cover: NULL when nothing lies over the page */
    void *page_state, *cover_state;
    struct arena page_arena, cover_arena;
    /* wishes, taken by app_turn */
    const struct screen *next_page, *next_cover;
    size_t next_arg;
    bool uncover;
    enum motion motion; /* of what app_turn did last, until somebody asks */
};

/* Leads to the page `name` of the table; a cover goes away. */
void app_goto(struct app *app, const char *name, size_t arg);
/* Lays a dialog or sheet over the page; it replaces one that lies there. */
void app_cover(struct app *app, const struct screen *screen);
void app_cover_name(struct app *app, const char *name);
void app_uncover(struct app *app);

/* Does what was asked for; true when something changed and a frame is due. */
bool app_turn(struct app *app);
/* How the page that stands now comes in; told once. */
enum motion app_take_motion(struct app *app);
/* Whether something was asked for that app_turn has not done. */
bool app_wants_turn(const struct app *app);
/* Draws the page, and what lies over it. */
void app_frame(struct app *app, struct ui *ui);
/* The name of what is on screen. */
const char *app_screen_name(const struct app *app);
/* The page or sheet of that name, or NULL. */
const struct screen *app_find_screen(const struct app *app, const char *name);
/* While a page is drawn: whether a dialog lies over it, so that keys are not its own. */
bool app_is_covered(const struct app *app);
void nav_finish(struct nav *nav);
