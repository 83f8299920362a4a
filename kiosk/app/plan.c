/* Reads what a person is asked again, makes one short lesson of it, and puts the lessons
 * into the order of their path. */
#include "app/plan.h"

#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "base/check.h"
#include "base/hash.h"
#include "lesson/address.h"
#define LOG_MODULE "plan"
#include "base/log.h"

#define ID_TAIL "-q" /* an item's id is its lesson's, "-q" and a number */

/* --- what is asked again -------------------------------------------------------------- */

/* Lessons that were read to look for items. */
struct shelf {
    struct app *app;
    struct lesson **lessons; /* of the pack, by index; NULL: not read yet */
    bool *unreadable;
};

static struct lesson *take_down(struct shelf *shelf, size_t index)
{
    struct arena *arena = &shelf->app->plan.arena;

    if (shelf->lessons[index] || shelf->unreadable[index])
        return shelf->lessons[index];
    if (pack_lesson(shelf->app->pack, index, arena, &shelf->lessons[index])) {
        LOG_WARN("lesson %s cannot be read, nothing of it is asked again",
                 pack_info(shelf->app->pack)->lessons[index].id);
        shelf->lessons[index] = NULL;
        shelf->unreadable[index] = true;
    } else {
        address_lesson(shelf->lessons[index], arena);
    }
    return shelf->lessons[index];
}

static const struct item *find_item(struct shelf *shelf,
                                    const struct review_item *wanted)
{
    const struct lesson *l = take_down(shelf, wanted->lesson);

    for (size_t i = 0; l && i < l->n_items; i++)
        if (!strcmp(l->items[i].id, wanted->id))
            return &l->items[i];
    return NULL;
}

static bool has_item(void *ctx, const struct review_item *item)
{
    return find_item(ctx, item) != NULL;
}

/* -1: the pack has no such lesson. */
static long lesson_of(const struct app *app, const char *item)
{
    char id[EVENT_UNIT_MAX + 1];
    const char *tail = strrchr(item, ID_TAIL[0]);

    if (!tail || strncmp(tail, ID_TAIL, strlen(ID_TAIL)) != 0)
        return -1;
    (void)snprintf(id, sizeof(id), "%.*s", (int)(tail - item), item);
    return pack_find_lesson(app->pack, id);
}

/* Word cards of the lessons that are asked about, in their order. */
static void add_words(struct plan *p, const struct lesson *l)
{
    for (size_t i = 0; i < l->n_cards && p->n_words < REVIEW_WORDS_MAX; i++)
        if (l->cards[i].say)
            p->words[p->n_words++] = &l->cards[i];
}

static void make_review(struct shelf *shelf, const struct review_item *items, size_t n)
{
    struct plan *p = &shelf->app->plan;
    struct lesson *review = &p->review;

    for (size_t i = 0; i < n; i++) {
        const struct item *item = find_item(shelf, &items[i]);
        bool first = true;

        if (!item) /* it was there when it was picked */
            continue;
        for (size_t k = 0; k < review->n_items; k++)
            first &= p->review_of[k] != items[i].lesson;
        p->review_of[review->n_items] = items[i].lesson;
        review->items[review->n_items++] = *item;
        if (first) {
            add_words(p, shelf->lessons[items[i].lesson]);
            review->rule = shelf->lessons[items[i].lesson]->rule;
        }
    }
    review->id = "review";
    review->title = review->outcome = review->remember = "";
}

static void plan_review(struct app *app)
{
    struct plan *p = &app->plan;
    size_t n_lessons = pack_info(app->pack)->n_lessons, n = 0;
    struct review_item *items =
        arena_alloc(&p->arena, (p->recall.n_items + 1) * sizeof(*items));
    struct shelf shelf = {
        .app = app,
        .lessons = arena_alloc(&p->arena, n_lessons * sizeof(*shelf.lessons)),
        .unreadable = arena_alloc(&p->arena, n_lessons * sizeof(*shelf.unreadable)),
    };

    for (size_t i = 0; i < p->recall.n_items; i++) {
        long lesson = lesson_of(app, p->recall.items[i].id);

        if (lesson >= 0)
            items[n++] = (struct review_item){ p->recall.items[i].id, (size_t)lesson,
                                               p->recall.items[i].memory };
    }
    n = review_pick(items, n, p->recall.now, has_item, &shelf);
    make_review(&shelf, items, n);
}

bool app_review_waits(const struct app *app)
{
    return app->plan.review.n_items >= REVIEW_OFFERED_FROM;
}

void app_review_open(struct app *app)
{
    struct learning *l = &app->learning;
    struct session_events none = { .n = 0 };

    ASSERT(app_review_waits(app));
    learning_close(l);
    l->lesson = &app->plan.review;
    l->review = true;
    session_start(&l->session, l->lesson,
                  app->seed ? app->seed : (uint32_t)hash_random_u64(),
                  clock_mono_ms(app->clock), &app->scratch, &none);
    arena_reset(&app->scratch); /* a review has no start, place and end to keep */
    app_goto(app, "quiz", 0);
}

/* --- the order of the lessons --------------------------------------------------------- */

static const struct pack_list *path_of(const struct app *app)
{
    const struct pack_info *info = pack_info(app->pack);
    const char *path = app->plan.recall.path;

    for (size_t i = 0; path && i < info->n_path_lists; i++)
        if (!strcmp(info->path_lists[i].id, path))
            return &info->path_lists[i];
    return NULL;
}

struct order {
    size_t *list;
    size_t n;
    bool *taken;
};

static void put(struct order *o, long index)
{
    if (index < 0 || o->taken[index])
        return;
    o->taken[index] = true;
    o->list[o->n++] = (size_t)index;
}

/* The path from its start on, what of it comes before, then all the others. */
static void plan_order(struct app *app)
{
    const struct pack_info *info = pack_info(app->pack);
    struct plan *p = &app->plan;
    const struct pack_list *path = path_of(app);
    struct order o = { 0 };
    bool begun = !p->recall.start;

    if (!path)
        return;
    o.list = arena_alloc(&p->arena, info->n_lessons * sizeof(*o.list));
    o.taken = arena_alloc(&p->arena, info->n_lessons * sizeof(*o.taken));
    for (size_t i = 0; i < path->n_lessons; i++) {
        long index = pack_find_lesson(app->pack, path->lessons[i]);

        if (!begun && index >= 0)
            begun =
                !strcmp(info->modules[info->lessons[index].module].id, p->recall.start);
        if (begun)
            put(&o, index);
    }
    for (size_t i = 0; i < path->n_lessons; i++)
        put(&o, pack_find_lesson(app->pack, path->lessons[i]));
    for (size_t i = 0; i < info->n_lessons; i++)
        put(&o, (long)i);
    p->order = o.list;
}

size_t app_plan_lesson(const struct app *app, size_t k)
{
    return app->plan.order ? app->plan.order[k] : k;
}

/* --- both ----------------------------------------------------------------------------- */

static void forget(struct plan *p)
{
    arena_reset(&p->arena);
    memset(&p->recall, 0, sizeof(p->recall));
    memset(&p->review, 0, sizeof(p->review));
    p->order = NULL;
    p->n_words = 0;
}

void app_plan_refresh(struct app *app)
{
    struct plan *p = &app->plan;

    if (app->learning.review)
        learning_close(&app->learning);
    forget(p);
    if (!app->db || !app->pack || !app_token(app))
        return;
    if (recall_read(app->db, app_token(app), &p->arena, &p->recall)) {
        LOG_ERR("what is to be asked again cannot be read");
        memset(&p->recall, 0, sizeof(p->recall));
    }
    p->recall.asked |= p->chose;
    if (p->chose && p->choice.path) {
        p->recall.path = p->choice.path;
        p->recall.start = p->choice.start;
    }
    plan_order(app);
    plan_review(app);
}

void plan_close(struct plan *p)
{
    forget(p);
    p->chose = false;
    p->choice = (struct placement){ 0 };
}

bool app_placement_there(const struct app *app)
{
    size_t modules[PLACEMENT_QUESTIONS_MAX];

    return app->db && app->pack && app_token(app) &&
           placement_questions(pack_info(app->pack), modules) > 0;
}

bool app_placement_due(const struct app *app)
{
    const struct progress *p = &app->visit.progress;

    return app_placement_there(app) && !app->plan.recall.asked && !p->n_lessons &&
           !p->current;
}

void app_placement_choose(struct app *app, struct placement choice)
{
    struct event ev = { .kind = EVENT_PATH,
                        .token = app_token(app),
                        .unit = choice.path };

    ASSERT(ev.token);
    if (choice.start)
        ev.body = arena_printf(&app->scratch, "{\"start\":\"%s\"}", choice.start);
    saver_add(&app->saver, &ev);
    arena_reset(&app->scratch);
    if (choice.path || !app->plan.chose) {
        app->plan.chose = true;
        app->plan.choice = choice; /* its ids are the pack's */
    }
    app_plan_refresh(app);
}
