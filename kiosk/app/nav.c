/* Screen changes between frames; the arenas of screens are emptied here. */
#include "app/nav.h"

#include <string.h>

#include "app/app.h"
#include "app/look.h"
#include "base/check.h"
#include "base/hash.h"
#include "ui/ui.h"

const struct screen *app_find_screen(const struct app *app, const char *name)
{
    for (size_t i = 0; app->nav.screens[i]; i++)
        if (!strcmp(app->nav.screens[i]->name, name))
            return app->nav.screens[i];
    return NULL;
}

void app_goto(struct app *app, const char *name, size_t arg)
{
    const struct screen *screen = app_find_screen(app, name);

    ASSERT(screen && screen->kind == SCREEN_PAGE);
    app->nav.next_page = screen;
    app->nav.next_arg = arg;
}

void app_cover(struct app *app, const struct screen *screen)
{
    ASSERT(screen->kind != SCREEN_PAGE);
    app->nav.next_cover = screen;
}

void app_cover_name(struct app *app, const char *name)
{
    const struct screen *screen = app_find_screen(app, name);

    ASSERT(screen);
    app_cover(app, screen);
}

void app_uncover(struct app *app)
{
    app->nav.uncover = true;
}

/* What was typed on a page does not outlive it: it may be a name or a secret. */
static void forget(const struct screen *screen, void *state)
{
    if (screen && state)
        hash_wipe(state, screen->state_size);
}

static void *enter(struct app *app, const struct screen *screen, struct arena *arena,
                   size_t arg)
{
    void *state;

    arena_reset(arena);
    state = arena_alloc(arena, screen->state_size ? screen->state_size : 1);
    if (screen->enter)
        screen->enter(app, state, arg);
    return state;
}

bool app_turn(struct app *app)
{
    struct nav *nav = &app->nav;
    bool turned = false;

    if (app->visit.leaving)
        visit_end(app);
    if (nav->uncover || nav->next_page) {
        turned = nav->cover != NULL;
        forget(nav->cover, nav->cover_state);
        nav->cover = NULL;
        nav->uncover = false;
    }
    /* entering a page may lead on to another one, never in a circle */
    while (nav->next_page) {
        forget(nav->page, nav->page_state);
        nav->page = nav->next_page;
        nav->next_page = NULL;
        nav->page_state = enter(app, nav->page, &nav->page_arena, nav->next_arg);
        nav->motion = nav->page->rises ? MOTION_RISE : MOTION_TURN;
        turned = true;
    }
    if (nav->next_cover) {
        forget(nav->cover, nav->cover_state);
        nav->cover = nav->next_cover;
        nav->next_cover = NULL;
        nav->cover_state = enter(app, nav->cover, &nav->cover_arena, 0);
        turned = true;
    }
    return turned;
}

enum motion app_take_motion(struct app *app)
{
    enum motion motion = app_is_still(app) ? MOTION_CUT : app->nav.motion;

    app->nav.motion = MOTION_CUT;
    return motion;
}

bool app_wants_turn(const struct app *app)
{
    const struct nav *nav = &app->nav;

    return nav->next_page || nav->next_cover || nav->uncover;
}

void app_frame(struct app *app, struct ui *ui)
{
    struct nav *nav = &app->nav;

    ASSERT(nav->page);
    app->looks = false;
    app->looks_at_network = false;
    app->recorder.shown = false;
    if (!nav->cover || nav->cover->kind == SCREEN_DIALOG)
        nav->page->frame(app, nav->page_state, ui);
    ui_shift(ui, 0);
    if (nav->cover)
        nav->cover->frame(app, nav->cover_state, ui);
}

const char *app_screen_name(const struct app *app)
{
    const struct nav *nav = &app->nav;

    if (nav->cover && nav->cover->name)
        return nav->cover->name;
    return nav->page ? nav->page->name : "";
}

bool app_is_covered(const struct app *app)
{
    return app->nav.cover != NULL;
}

void nav_finish(struct nav *nav)
{
    arena_finish(&nav->page_arena);
    arena_finish(&nav->cover_arena);
}
