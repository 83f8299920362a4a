/* The visit of several people. */
#include "app/group.h"

#include <string.h>

#include "app/app.h"
#include "app/class_day.h"
#include "base/check.h"
#define LOG_MODULE "group"
#include "base/log.h"

bool app_in_group(const struct app *app)
{
    return app->visit.group.n > 0;
}

void app_visit_group(struct app *app, unsigned char (*tokens)[EVENT_TOKEN_BYTES],
                     size_t n)
{
    struct group *g = &app->visit.group;

    ASSERT(n >= GROUP_LEAST);
    app_staff_leave(app);
    memset(g, 0, sizeof(*g));
    g->n = n < GROUP_MAX ? n : GROUP_MAX;
    for (size_t i = 0; i < g->n; i++) {
        memcpy(g->people[i].token, tokens[i], EVENT_TOKEN_BYTES);
        if (app->db && class_is_assisted(app->db, tokens[i]))
            g->people[i].flags = EVENT_ASSISTED;
    }
    visit_begin_group(app);
}

void app_group_turn(struct app *app, size_t i)
{
    ASSERT(i < app->visit.group.n);
    app->visit.group.turn = i;
}

void group_answered(struct app *app)
{
    struct group *g = &app->visit.group;

    if (!g->n)
        return;
    g->had_turn[g->turn] = true;
    g->turn = (g->turn + 1) % g->n;
}

/* Everybody finds the place again, alone or together. Of an answer the statistics know once;
 * each of them is asked again when its day comes. */
void group_save(struct app *app, const struct event *ev)
{
    struct group *g = &app->visit.group;
    struct event each = *ev;

    if (ev->kind == EVENT_ITEM || ev->kind == EVENT_PRACTICE)
        saver_add(&app->saver, ev);
    if (ev->kind == EVENT_PRACTICE)
        return;
    if (ev->kind == EVENT_ITEM)
        each.kind = EVENT_REVIEW;
    saver_add_each(&app->saver, &each, g->people, g->n);
}

static bool has_completed(const struct progress *p, const char *lesson)
{
    for (size_t i = 0; i < p->n_lessons; i++)
        if (!strcmp(p->lessons[i].lesson, lesson))
            return p->lessons[i].completed;
    return false;
}

static bool is_same(const char *a, const char *b)
{
    return a == b || (a && b && !strcmp(a, b));
}

/* Takes out of `all` what `one` did not do. */
static void keep_common(struct progress *all, const struct progress *one)
{
    size_t n = 0;

    for (size_t i = 0; i < all->n_lessons; i++)
        if (has_completed(one, all->lessons[i].lesson))
            all->lessons[n++] = all->lessons[i];
    all->n_lessons = n;
    if (!is_same(all->current, one->current) ||
        !is_same(all->current_body, one->current_body)) {
        all->current = NULL;
        all->current_body = NULL;
    }
}

void group_progress(struct app *app)
{
    struct visit *v = &app->visit;

    for (size_t i = 0; i < v->group.n; i++) {
        struct progress one;

        if (progress_read(app->db, v->group.people[i].token, &v->arena, &one)) {
            LOG_ERR("progress cannot be read, the visit starts without it");
            memset(&v->progress, 0, sizeof(v->progress));
            return;
        }
        if (i)
            keep_common(&v->progress, &one);
        else
            v->progress = one;
    }
}
