/* Between the lessons, the clock and the store's contests. */
#include "app/contest_run.h"

#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "base/hash.h"
#include "lesson/address.h"
#include "lesson/session.h"
#define LOG_MODULE "contest"
#include "base/log.h"

#define MS 1000
#define RIGHT_PCT 100

/* --- beginning ------------------------------------------------------------------------ */

size_t contest_pool(const struct app *app, const bool *modules)
{
    const struct pack_info *info = app->pack ? pack_info(app->pack) : NULL;
    size_t n = 0;

    for (size_t i = 0; info && i < info->n_lessons; i++)
        if (modules[info->lessons[i].module])
            n += (size_t)info->lessons[i].n_items;
    return n;
}

static struct contest_ref *fill_pool(const struct app *app, const bool *modules,
                                     size_t n, struct arena *arena)
{
    const struct pack_info *info = pack_info(app->pack);
    struct contest_ref *pool = arena_alloc(arena, n * sizeof(*pool));
    size_t at = 0;

    for (size_t i = 0; i < info->n_lessons; i++)
        for (size_t k = 0;
             modules[info->lessons[i].module] && k < (size_t)info->lessons[i].n_items;
             k++)
            pool[at++] = (struct contest_ref){ i, k };
    return pool;
}

/* What the drawn questions are called. */
static enum err name_questions(struct app *app, const struct contest_ref *drawn,
                               struct contest_record *out)
{
    enum err err = ERR_OK;

    for (size_t q = 0; !err && q < out->game.n_questions; q++) {
        struct arena arena = { 0 };
        struct lesson *lesson;

        err = pack_lesson(app->pack, drawn[q].lesson, &arena, &lesson);
        if (!err && drawn[q].item >= lesson->n_items)
            err = ERR_CORRUPT; /* the index says otherwise than the lesson */
        if (!err) {
            (void)snprintf(out->questions[q].lesson, CONTEST_ID_BYTES, "%s",
                           lesson->id);
            (void)snprintf(out->questions[q].item, CONTEST_ID_BYTES, "%s",
                           lesson->items[drawn[q].item].id);
        }
        arena_finish(&arena);
    }
    return err;
}

static void close_question(struct contest_run *run)
{
    run->lesson = NULL;
    run->until_ms = 0;
    run->has_pending = false;
    arena_reset(&run->arena);
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

enum err app_contest_begin(struct app *app, const struct contest_plan *plan)
{
    struct contest_run *run = &app->contest;
    struct contest_record *r = &run->record;
    size_t n_pool = contest_pool(app, plan->modules);
    size_t n_main = plan->n_questions ? plan->n_questions : n_pool;
    struct contest_ref *pool;
    struct arena arena = { 0 };
    enum err err;

    if (!n_pool || n_main > n_pool || n_main > CONTEST_MAIN_MAX)
        return ERR_REJECTED;
    close_question(run);
    run->there = false;
    *r = (struct contest_record){ .seconds = plan->seconds };
    r->seed = app->seed ? app->seed : (uint32_t)hash_random_u64();
    r->game.n_teams = plan->n_teams;
    r->game.n_main = n_main;
    r->game.n_questions = smaller(n_main + CONTEST_EXTRA_MAX, n_pool);
    (void)snprintf(r->name, sizeof(r->name), "%s", plan->name);
    memcpy(r->teams, plan->teams, sizeof(r->teams));
    pool = fill_pool(app, plan->modules, n_pool, &arena);
    if (plan->n_questions) /* a whole part is asked in its own order */
        contest_draw(pool, n_pool, r->game.n_questions, r->seed);
    err = name_questions(app, pool, r);
    arena_finish(&arena);
    if (!err)
        err = contests_begin(app->db, r, app_actor(app));
    run->there = !err;
    return err;
}

/* --- the open question ---------------------------------------------------------------- */

static bool find_item(const struct lesson *lesson, const char *id, size_t *out)
{
    for (size_t i = 0; i < lesson->n_items; i++)
        if (!strcmp(lesson->items[i].id, id)) {
            *out = i;
            return true;
        }
    return false;
}

const struct item *app_contest_item(struct app *app, size_t question)
{
    struct contest_run *run = &app->contest;
    long at;

    if (run->lesson && run->question == question)
        return &run->lesson->items[run->item];
    close_question(run);
    at = app->pack ? pack_find_lesson(app->pack, run->record.questions[question].lesson)
                   : -1;
    if (at >= 0 && pack_lesson(app->pack, (size_t)at, &run->arena, &run->lesson))
        run->lesson = NULL;
    if (run->lesson &&
        !find_item(run->lesson, run->record.questions[question].item, &run->item))
        run->lesson = NULL;
    if (!run->lesson) {
        LOG_WARN("question %zu is not in the lessons any more", question);
        run->record.game.gone[question] = true;
        return NULL;
    }
    address_lesson(run->lesson, &run->arena);
    run->question = question;
    return &run->lesson->items[run->item];
}

/* Only what is still to be asked is looked for: what was told is told. One that is not whole
 * would stand in the way of the next. */
enum err app_contest_read(struct app *app)
{
    struct contest_run *run = &app->contest;
    struct contest *game = &run->record.game;
    struct contest_turn turn;
    enum err err;

    close_question(run);
    err = contests_newest(app->db, &run->record, &run->there);
    if (err)
        run->there = false;
    if (err == ERR_REJECTED && run->record.state == CONTEST_RUNNING)
        err = contests_end(app->db, &run->record, CONTEST_CALLED_OFF);
    while (run->there && app->pack && run->record.state == CONTEST_RUNNING &&
           contest_turn(game, &turn) && !app_contest_item(app, turn.question))
        continue; /* it is marked, so the next turn is another question's */
    return err;
}

void app_contest_order(const struct app *app, unsigned char order[ITEM_OPTIONS_MAX])
{
    const struct contest_run *run = &app->contest;
    struct session s = { .lesson = run->lesson, .seed = run->record.seed };

    session_order(&s, run->item, order);
}

/* --- an answer ------------------------------------------------------------------------ */

void app_contest_start(struct app *app)
{
    struct contest_run *run = &app->contest;

    memset(run->answer, 0, sizeof(run->answer));
    run->until_ms = clock_mono_ms(app->clock) + (int64_t)run->record.seconds * MS;
}

int64_t app_contest_left_ms(const struct app *app)
{
    int64_t left = app->contest.until_ms - clock_mono_ms(app->clock);

    return app->contest.until_ms && left > 0 ? left : 0;
}

bool app_contest_answer(struct app *app)
{
    struct contest_run *run = &app->contest;
    int64_t all_ms = (int64_t)run->record.seconds * MS;
    int64_t left_ms = app_contest_left_ms(app);
    const struct item *item = &run->lesson->items[run->item];
    bool right = item->type->grade(item, run->answer) >= RIGHT_PCT;

    run->until_ms = 0;
    run->has_pending = contest_turn(&run->record.game, &run->pending_turn);
    run->pending = (struct contest_answer){ left_ms <= 0 ? CONTEST_LATE
                                            : right      ? CONTEST_RIGHT
                                                         : CONTEST_NOT_YET,
                                            all_ms - left_ms };
    return app_contest_again(app);
}

bool app_contest_again(struct app *app)
{
    struct contest_run *run = &app->contest;

    if (run->has_pending &&
        contests_answer(app->db, &run->record, run->pending_turn, run->pending))
        return false;
    run->has_pending = false;
    return true;
}

void contest_run_finish(struct contest_run *run)
{
    arena_finish(&run->arena);
}
