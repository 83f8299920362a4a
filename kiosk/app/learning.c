/* Drives the session of the open lesson and leads to the page of each step. */
#include "app/learning.h"

#include <string.h>

#include "app/alert.h"
#include "app/app.h"
#include "base/hash.h"
#include "lesson/address.h"
#define LOG_MODULE "learning"
#include "base/log.h"

/* The events are queued; app_settle writes them after the frame was shown. Of a review
 * only the answers are kept: it is no lesson, and what was not asked waits anyway. */
static void queue(struct app *app, const struct session_events *events)
{
    for (size_t i = 0; i < events->n; i++) {
        struct event ev = events->list[i];

        if (app->learning.review && ev.kind != EVENT_ITEM)
            continue;
        if (app->learning.review)
            ev.kind = EVENT_REVIEW;
        ev.token = app_token(app);
        ev.flags |= app->visit.flags;
        if (app_in_group(app))
            group_save(app, &ev);
        else
            saver_add(&app->saver, &ev);
        if (ev.kind == EVENT_COMPLETE)
            app->learning.saved = SAVED_WAITING;
    }
    arena_reset(&app->scratch);
}

const char *learning_page(enum session_phase phase)
{
    static const char *const pages[] = {
        [SESSION_CARD] = "lesson",       [SESSION_ITEM] = "quiz",
        [SESSION_FEEDBACK] = "feedback", [SESSION_RESULT] = "result",
        [SESSION_SHOW] = "practice",     [SESSION_PRACTICE] = "practice",
    };

    return pages[phase];
}

static void show_step(struct app *app)
{
    enum session_phase phase = app->learning.session.phase;

    if (app->learning.review && phase == SESSION_RESULT)
        app_goto(app, "review", REVIEW_ANSWERED);
    else if (phase == SESSION_ITEM && app_in_group(app))
        app_goto(app, "group", 0);
    else if (!app->nav.page || strcmp(app->nav.page->name, learning_page(phase)) != 0 ||
             (phase != SESSION_SHOW && phase != SESSION_PRACTICE))
        app_goto(app, learning_page(phase), 0); /* the phone goes on where it stands */
}

static bool in_lesson(const struct learning *l)
{
    return l->lesson && !l->review;
}

static const char *body_of(const struct app *app, const char *lesson_id)
{
    const struct progress *p = &app->visit.progress;

    return p->current && p->current_body && !strcmp(p->current, lesson_id)
               ? p->current_body
               : NULL;
}

void app_open_lesson(struct app *app, size_t index)
{
    struct learning *l = &app->learning;
    const struct pack_lesson *entry = &pack_info(app->pack)->lessons[index];
    int64_t now = clock_mono_ms(app->clock);
    const char *body;

    if (in_lesson(l) && l->index == index && l->session.phase != SESSION_RESULT) {
        show_step(app); /* it is still open in memory */
        return;
    }
    app_progress_refresh(app);
    learning_close(l);
    if (pack_lesson(app->pack, index, &l->arena, &l->lesson)) {
        LOG_ERR("lesson %s cannot be read", entry->id);
        l->lesson = NULL;
        app->lesson_unreadable = true;
        app_goto(app, "problem", 0);
        return;
    }
    if (l->lesson->n_left_out) {
        LOG_WARN("lesson %s: %zu practices cannot be played and are left out",
                 entry->id, l->lesson->n_left_out);
        app->left_out = entry->title;
    }
    l->index = index;
    address_lesson(l->lesson, &l->arena);
    body = body_of(app, entry->id);
    if (!body || session_resume(&l->session, l->lesson, body, now)) {
        struct session_events events = { .n = 0 };

        session_start(&l->session, l->lesson,
                      app->seed ? app->seed : (uint32_t)hash_random_u64(), now,
                      &app->scratch, &events);
        queue(app, &events);
    }
    show_step(app);
}

long app_continue_index(const struct app *app, bool *begun_out)
{
    const struct learning *l = &app->learning;
    const char *current = app->visit.progress.current;
    long at = -1;

    *begun_out = true;
    if (in_lesson(l) && l->session.phase != SESSION_RESULT && !l->session.redoing)
        return (long)l->index;
    if (!in_lesson(l) && current)
        at = pack_find_lesson(app->pack, current);
    if (at >= 0)
        return at;
    *begun_out = false;
    return app_next_index(app);
}

/* Where the open lesson stands in the learner's order, and one on; 0: none is open. */
static size_t after_open(const struct app *app)
{
    size_t n = pack_info(app->pack)->n_lessons;

    for (size_t k = 0; in_lesson(&app->learning) && k < n; k++)
        if (app_plan_lesson(app, k) == app->learning.index)
            return k + 1;
    return 0;
}

long app_next_index(const struct app *app)
{
    const struct pack_info *info = pack_info(app->pack);
    size_t from = after_open(app);
    long alert = app_alert_index(app);

    if (alert >= 0 &&
        !(in_lesson(&app->learning) && app->learning.index == (size_t)alert))
        return alert;
    for (size_t k = 0; k < info->n_lessons; k++) {
        size_t i = app_plan_lesson(app, (from + k) % info->n_lessons);

        if (!app_lesson_done(app, info->lessons[i].id) &&
            !(in_lesson(&app->learning) && i == app->learning.index))
            return (long)i;
    }
    return -1;
}

void app_next(struct app *app)
{
    struct session *s = &app->learning.session;
    struct session before = *s;
    struct session_events events = { .n = 0 };

    session_next(s, clock_mono_ms(app->clock), &app->scratch, &events);
    /* at a second try the type shows what was tried: it finds the old answer */
    if (before.phase == SESSION_FEEDBACK && s->phase == SESSION_ITEM &&
        s->at == before.at)
        memcpy(s->answer, before.answer, sizeof(s->answer));
    if (s->phase == SESSION_RESULT && before.phase != SESSION_RESULT)
        app_cue(app, CUE_DONE);
    queue(app, &events);
    show_step(app);
}

void app_prev(struct app *app)
{
    struct session_events events = { .n = 0 };

    session_prev(&app->learning.session, clock_mono_ms(app->clock), &app->scratch,
                 &events);
    queue(app, &events);
    show_step(app);
}

void app_show_on(struct app *app)
{
    struct session_events events = { .n = 0 };

    session_show_on(&app->learning.session, clock_mono_ms(app->clock), &app->scratch,
                    &events);
    queue(app, &events);
    show_step(app);
}

/* The page stays and shows the next screen of the phone; it leads on by itself when the
 * practice is done. */
enum practice_result app_practise(struct app *app, size_t part, char digit,
                                  bool gesture)
{
    struct session_events events = { .n = 0 };
    enum practice_result result =
        session_practice(&app->learning.session, part, digit, gesture,
                         clock_mono_ms(app->clock), &app->scratch, &events);

    if (result == PRACTICE_DONE || (result == PRACTICE_RIGHT && !digit))
        app_cue(app, CUE_RIGHT);
    else if (result == PRACTICE_WRONG)
        app_cue(app, CUE_NOT_YET);
    queue(app, &events);
    return result;
}

enum practice_help app_practice_hint(struct app *app)
{
    struct session_events events = { .n = 0 };
    enum practice_help help = session_hint(
        &app->learning.session, clock_mono_ms(app->clock), &app->scratch, &events);

    queue(app, &events);
    return help;
}

void app_touch_answer(struct app *app)
{
    struct session_events events = { .n = 0 };

    if (app_in_group(app)) /* a step is written for each of them: not at every touch */
        return;
    session_touch(&app->learning.session, clock_mono_ms(app->clock), &app->scratch,
                  &events);
    queue(app, &events);
}

void app_answer(struct app *app)
{
    struct session_events events = { .n = 0 };

    session_answer(&app->learning.session, clock_mono_ms(app->clock), &app->scratch,
                   &events);
    group_answered(app);
    app_cue(app, app->learning.session.answer_right ? CUE_RIGHT : CUE_NOT_YET);
    queue(app, &events);
    show_step(app);
}

void app_redo(struct app *app)
{
    session_redo(&app->learning.session);
    show_step(app);
}

void learning_saved(struct app *app, bool ok)
{
    struct learning *l = &app->learning;

    if (l->saved == SAVED_NOTHING || l->saved == SAVED_YES)
        return;
    if (!ok && l->saved == SAVED_WAITING && l->n_unsaved < LEARNING_UNSAVED_MAX)
        l->unsaved[l->n_unsaved++] = pack_info(app->pack)->lessons[l->index].id;
    l->saved = ok ? SAVED_YES : SAVED_NO;
}

void learning_close(struct learning *l)
{
    l->lesson = NULL;
    l->review = false;
    l->saved = SAVED_NOTHING;
    memset(&l->session, 0, sizeof(l->session));
    arena_reset(&l->arena);
}

void learning_finish(struct learning *l)
{
    arena_finish(&l->arena);
}
