/* The lesson that is open: its session, and whether its completion was saved. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "lesson/session.h"

struct app;

enum saved {
    SAVED_NOTHING, /* there is nothing to save yet */
    SAVED_WAITING, /* the completion waits for the journal */
    SAVED_YES,     /* it is on the disk */
    SAVED_NO,      /* it could not be written; it may be later */
};

#define LEARNING_UNSAVED_MAX 64

struct learning {
    struct lesson *lesson; /* NULL: none is open; in `arena` */
    size_t index;          /* of the pack; not of a review */
    bool review; /* `lesson` is app->plan.review: nothing of it is completed */
    struct session session;
    struct arena arena;
    enum saved saved;
    /* Lessons completed in this visit that the journal could not take: borrowed from
     * the pack. The learner has seen them, so they count as done until the end. */
    const char *unsaved[LEARNING_UNSAVED_MAX];
    size_t n_unsaved;
};

#define REVIEW_ANSWERED 1 /* of the page "review": all questions are answered */

/* The page that shows a step of that phase. */
const char *learning_page(enum session_phase phase);

/* Opens the lesson: where it was left, or at the start. Leads to its page. A lesson
 * that cannot be read leads to the problem page. */
void app_open_lesson(struct app *app, size_t index);
/* The lesson to go on with, and whether it was begun already; -1: all are done. */
long app_continue_index(const struct app *app, bool *begun_out);
/* An alert of these days; else the next lesson that is not done in the order of the learner's path, after the open one
 * and then from the start; -1: none is left. */
long app_next_index(const struct app *app);

/* Steps of the open lesson; each leads to the page that belongs to it. */
void app_next(struct app *app);
void app_prev(struct app *app);
void app_show_on(struct app *app); /* of what is shown, the next step */
/* What was touched on the mock phone: session_practice. Stays on the page. */
enum practice_result app_practise(struct app *app, size_t part, char digit,
                                  bool gesture);
enum practice_help app_practice_hint(struct app *app);
void app_touch_answer(struct app *app); /* the answer in progress changed: it is kept */
void app_answer(struct app *app);
void app_redo(struct app *app);

/* The completion of the open lesson was saved, or could not be. */
void learning_saved(struct app *app, bool ok);
void learning_close(struct learning *l);
void learning_finish(struct learning *l);
