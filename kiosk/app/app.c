/* The life of the kiosk between two touches. */
#include "app/app.h"

#include <string.h>

#include "app/upkeep.h"
#include "base/check.h"
#define LOG_MODULE "app"
#include "base/log.h"
#include "store/backup.h"
#include "store/health.h"

#define MS 1000
#define REST_AFTER_S 30  /* on the first page, before the database is tidied */
#define GUEST_GONE_S 300 /* there, before a guest's open place is given up */

void app_create(struct app *app, const struct app_config *config)
{
    memset(app, 0, sizeof(*app));
    app->clock = config->clock;
    app->nav.screens = config->screens;
    app->db = config->db;
    app->db_err = config->db_err;
    app->packs = config->packs;
    app->updates = config->updates;
    app->uplink = config->uplink;
    app->usb = config->usb;
    app->provision_key = config->provision_key;
    app->camera = config->camera;
    app->machine = config->machine;
    app->pack = config->pack;
    app->pack_err = config->pack_err;
    if (app->pack && !pack_info(app->pack)->n_lessons) {
        app->pack = NULL; /* nothing in it can be read */
        app->pack_err = ERR_REJECTED;
    }
    app->seed = config->seed;
    app->ack = config->ack;
    app->net = config->net;
    app->touchable = config->touchable;
    app->voice.out = config->voice;
    app->recorder.in = config->microphone;
    app->recordings = config->recordings;
    app->voice.make = config->voice_make;
    app->ctx = config->ctx;
    settings_load(&app->settings, app->db);
    if (config->idle_s) {
        app->settings.value[SETTING_IDLE_S] = config->idle_s;
        app->settings.value[SETTING_IDLE_QUIZ_S] = config->idle_s;
    }
    app->resting = config->resting;
    app->still = config->still;
    look_end(app);
    app->touched_ms = clock_mono_ms(app->clock);
    if (app->db && health_begin(app->db))
        LOG_WARN("how the last run ended is not noted");
    upkeep_note_put_back(app);
    staff_desk_open(app);
    app_goto(app, "attract", 0);
}

void app_finish(struct app *app)
{
    staff_desk_finish(app);
    recordings_copy_finish(&app->copy);
    nav_finish(&app->nav);
    learning_finish(&app->learning);
    notices_finish(app);
    contest_run_finish(&app->contest);
    arena_finish(&app->plan.arena);
    saver_finish(&app->saver);
    health_end(app->db);
    arena_finish(&app->visit.arena);
    arena_finish(&app->scratch);
}

void app_touched(struct app *app)
{
    app->touched_ms = clock_mono_ms(app->clock);
    app->rested = false;
}

static bool on_page(const struct app *app, const char *name)
{
    return app->nav.page && !strcmp(app->nav.page->name, name);
}

/* While the first page rests: tidies the database once after each touch; and once after
 * the start, the place that a guest left open in a power cut is forgotten. */
static int rest(struct app *app, int64_t quiet_ms)
{
    int64_t left_ms =
        (app->rested ? GUEST_GONE_S : REST_AFTER_S) * (int64_t)MS - quiet_ms;

    if (!app->db || (app->rested && app->guest_gone))
        return -1;
    if (left_ms > 0)
        return (int)left_ms;
    if (app->rested) {
        visit_forget_guest(app);
        app->guest_gone = true;
        return 0; /* what that wrote down is saved at once */
    }
    db_checkpoint(app->db);
    backup_keep_fresh(app->db);
    app->rested = true;
    return rest(app, quiet_ms);
}

/* Nobody's place is at stake on the first page, which is the problem page as long as
 * there is nothing to learn. */
static bool is_at_rest(const struct app *app)
{
    return !app->nav.cover && on_page(app, app->pack ? "attract" : "problem");
}

bool app_is_idle(const struct app *app)
{
    return !app->visit.open && !app->visit.leaving && !app->learning.lesson &&
           !on_page(app, "contest_round");
}

void app_set_pack(struct app *app, const struct pack *pack)
{
    ASSERT(app_is_idle(app));
    app->pack = pack;
    app->pack_err = ERR_OK;
    app->lesson_unreadable = false;
    app->left_out = NULL;
    if (on_page(app, "problem"))
        app_goto(app, "attract", 0);
}

static bool is_named(const struct screen *screen, const char *name)
{
    return screen && screen->name && !strcmp(screen->name, name);
}

/* Pages of staff end by themselves, those with names sooner. */
static int tick_staff(struct app *app, int64_t quiet_ms)
{
    bool names = app->nav.page && app->nav.page->shows_names;
    long s = app->settings.value[names ? SETTING_STAFF_NAMES_S : SETTING_STAFF_S];
    long page_s = app->nav.page ? app->nav.page->quiet_s : 0;
    int64_t left_ms = (s > page_s ? s : page_s) * (int64_t)MS - quiet_ms;

    if (left_ms > 0)
        return (int)left_ms;
    app_staff_leave(app);
    return -1;
}

static bool on_staff_page(const struct app *app)
{
    return app->desk.open || on_page(app, "staff_signin") || on_page(app, "locked");
}

/* Without touch: when the question is asked, and when the visit ends. */
static int64_t ask_after_ms(const struct app *app)
{
    bool in_quiz = on_page(app, "quiz");
    long s = app->settings.value[in_quiz ? SETTING_IDLE_QUIZ_S : SETTING_IDLE_S];
    long page_s = app->nav.page ? app->nav.page->quiet_s : 0;

    return (s > page_s ? s : page_s) * (int64_t)MS;
}

static int64_t leave_after_ms(const struct app *app)
{
    return ask_after_ms(app) + app->settings.value[SETTING_IDLE_GRACE_S] * (int64_t)MS;
}

long app_idle_left_s(const struct app *app)
{
    int64_t left = leave_after_ms(app) - clock_mono_ms(app->clock) + app->touched_ms;

    return (long)((left + MS - 1) / MS);
}

int app_tick(struct app *app)
{
    int64_t quiet_ms = clock_mono_ms(app->clock) - app->touched_ms;
    int64_t ask_ms = ask_after_ms(app), leave_ms = leave_after_ms(app);

    if (is_at_rest(app))
        return rest(app, quiet_ms);
    if (is_named(app->nav.cover, "help"))
        return -1; /* ends by itself, and counts as a touch */
    if (!app->visit.open && on_staff_page(app))
        return tick_staff(app, quiet_ms);
    if (quiet_ms >= leave_ms) {
        app_leave(app);
        return -1;
    }
    if (quiet_ms < ask_ms)
        return (int)(ask_ms - quiet_ms);
    if (!app->visit.open && on_page(app, "problem")) {
        app_leave(app); /* staff went away */
        return -1;
    }
    if (!is_named(app->nav.cover, "idle") && !is_named(app->nav.next_cover, "idle"))
        app_cover_name(app, "idle");
    return (int)(leave_ms - quiet_ms);
}

bool app_settle(struct app *app)
{
    bool had_completion = saver_holds(&app->saver, EVENT_COMPLETE);
    enum saved before = app->learning.saved;
    enum err err = saver_commit(&app->saver, app->db, clock_mono_ms(app->clock),
                                app->ack, app->ctx);

    look_settle(app);
    app->lesson_shown |= app->learning.lesson != NULL; /* its page was presented */
    if (!had_completion)
        return false;
    learning_saved(app, !err);
    if (!err && app->visit.open)
        app_progress_refresh(app);
    return app->learning.saved != before;
}

int app_saver_ms(const struct app *app)
{
    return saver_wait_ms(&app->saver, clock_mono_ms(app->clock));
}

bool app_launch(struct app *app, const char *id)
{
    long lesson = app->pack ? pack_find_lesson(app->pack, id) : -1;
    const struct screen *screen = app_find_screen(app, id);

    if (lesson >= 0) {
        app_visit_guest(app);
        app_turn(app);
        app_open_lesson(app, (size_t)lesson);
        return true;
    }
    if (!screen)
        return false;
    if (app->pack && strcmp(id, "attract") != 0) {
        app_visit_guest(app);
        app_turn(app);
    }
    if (screen->kind == SCREEN_PAGE)
        app_goto(app, id, 0);
    else
        app_cover(app, screen);
    return true;
}
