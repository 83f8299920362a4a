/* Beginning and ending a visit. */
#include "app/visit.h"

#include <string.h>

#include "app/app.h"
#include "app/class_day.h"
#include "app/languages.h"
#include "app/look.h"
#define LOG_MODULE "visit"
#include "base/log.h"
#include "store/person.h"

#define MS 1000

const unsigned char *app_token(const struct app *app)
{
    return app->visit.by_code ? app->visit.token : NULL;
}

void app_progress_refresh(struct app *app)
{
    struct visit *v = &app->visit;

    arena_reset(&v->arena);
    memset(&v->progress, 0, sizeof(v->progress));
    if (!app->db)
        return;
    if (v->group.n) {
        group_progress(app);
        return;
    }
    if (progress_read(app->db, app_token(app), &v->arena, &v->progress)) {
        LOG_ERR("progress cannot be read, the visit starts without it");
        memset(&v->progress, 0, sizeof(v->progress));
    }
    /* a guest who left while the disk was full must not be met by the next one */
    if (!v->by_code && saver_holds(&app->saver, EVENT_LEAVE)) {
        v->progress.current = NULL;
        v->progress.current_body = NULL;
    }
}

bool app_lesson_done(const struct app *app, const char *lesson_id)
{
    const struct progress *p = &app->visit.progress;

    for (size_t i = 0; i < p->n_lessons; i++)
        if (!strcmp(p->lessons[i].lesson, lesson_id))
            return p->lessons[i].completed;
    for (size_t i = 0; i < app->learning.n_unsaved; i++)
        if (!strcmp(app->learning.unsaved[i], lesson_id))
            return true;
    return false;
}

static void begin(struct app *app)
{
    learning_close(&app->learning);
    app->learning.n_unsaved = 0;
    app->visit.open = true;
    look_begin(app);
    if (app->visit.by_code)
        app_cue(app, CUE_SIGN_IN);
    app->visit.flags = app->visit.by_code ? class_visit(app, app->visit.token) : 0;
    app_progress_refresh(app);
    plan_close(&app->plan);
    app_plan_refresh(app);
    app_goto(app, "home", 0);
}

void visit_begin_group(struct app *app)
{
    app->visit.by_code = false;
    begin(app);
    app->visit.flags = EVENT_GROUP;
}

void app_visit_guest(struct app *app)
{
    app->visit.by_code = false;
    begin(app);
}

void app_visit_person(struct app *app, const unsigned char token[EVENT_TOKEN_BYTES])
{
    memcpy(app->visit.token, token, EVENT_TOKEN_BYTES);
    app->visit.by_code = true;
    begin(app);
}

long app_code_wait_s(const struct app *app)
{
    int64_t left = app->code_guard.wait_until_ms - clock_mono_ms(app->clock);

    return left > 0 ? (long)((left + MS - 1) / MS) : 0;
}

enum code_result app_code_missed(struct app *app)
{
    struct code_guard *g = &app->code_guard;

    if (++g->n_missed < app->settings.value[SETTING_CODE_TRIES])
        return CODE_MISSED;
    g->n_missed = 0;
    g->wait_until_ms =
        clock_mono_ms(app->clock) + app->settings.value[SETTING_CODE_WAIT_S] * MS;
    return CODE_WAIT;
}

enum code_result app_visit_code(struct app *app, const char *code)
{
    struct code_guard *g = &app->code_guard;
    bool typo = false;

    if (app_code_wait_s(app))
        return CODE_WAIT;
    if (app->db && person_by_code(app->db, code, app->visit.token, &typo) == ERR_OK) {
        g->n_missed = 0;
        app->visit.by_code = true;
        begin(app);
        return CODE_OK;
    }
    return app_code_missed(app);
}

enum card_verdict app_visit_card(struct app *app, const char *scanned)
{
    unsigned char token[EVENT_TOKEN_BYTES];
    enum card_verdict verdict =
        app->db ? card_read(app->db, scanned, token) : CARD_UNKNOWN;

    if (verdict == CARD_OURS || verdict == CARD_BLANK) {
        app_visit_person(app, token);
    } else if (verdict == CARD_VISITOR) {
        app_visit_guest(app);
        app->visit.flags = EVENT_VISITOR;
    }
    return verdict;
}

void app_leave(struct app *app)
{
    app->visit.leaving = true; /* the page that asked still draws its lesson */
    app_goto(app, "attract", 0);
}

void visit_forget_guest(struct app *app)
{
    static const struct event leave = { .kind = EVENT_LEAVE };
    struct arena arena = { 0 };
    struct progress guest;

    if (app->db && !progress_read(app->db, NULL, &arena, &guest) &&
        (guest.current || guest.n_lessons))
        saver_add(&app->saver, &leave);
    arena_finish(&arena);
}

void visit_end(struct app *app)
{
    struct visit *v = &app->visit;

    if (v->open) {
        struct event leave = { .kind = EVENT_LEAVE, .token = app_token(app) };

        if (v->group.n)
            group_save(app, &leave);
        else
            saver_add(&app->saver, &leave);
        printing_forget(&app->printing); /* their name may be on it */
    }
    learning_close(&app->learning);
    plan_close(&app->plan);
    pictures_page_close(app);
    arena_reset(&v->arena);
    memset(&v->progress, 0, sizeof(v->progress));
    v->open = false;
    v->by_code = false;
    v->leaving = false;
    v->flags = 0;
    look_end(app);
    memset(v->token, 0, sizeof(v->token));
    memset(&v->group, 0, sizeof(v->group));
}
