/* What is before the learner of this visit: the order of the lessons by the path they
 * chose, and what is asked again (lesson/review.h). Guests have neither. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "lesson/lesson.h"
#include "lesson/placement.h"
#include "lesson/review.h"
#include "store/recall.h"

struct app;

struct plan {
    struct arena arena;   /* of everything below; emptied by each refresh */
    struct recall recall; /* of the person; empty for a guest */
    size_t *order;        /* indices of the pack, all of them; NULL: as they stand */
    struct lesson review; /* made of questions of several lessons; n_items 0: nothing */
    size_t review_of[REVIEW_QUESTIONS_MAX]; /* lesson of each question, of the pack */
    const struct card *words[REVIEW_WORDS_MAX];
    size_t n_words;
    /* What was said in this visit, which may still wait for the disk. */
    bool chose;
    struct placement choice; /* path NULL: not now */
};

/* Reads it anew. A review that is open ends. */
void app_plan_refresh(struct app *app);
/* Another visit begins, or this one has ended. */
void plan_close(struct plan *p);

/* The k-th lesson in the learner's order, an index of the pack. */
size_t app_plan_lesson(const struct app *app, size_t k);

/* There is enough to ask again that it is worth the while. */
bool app_review_waits(const struct app *app);
/* Opens the questions; leads to the first. Only while app_review_waits. */
void app_review_open(struct app *app);

#define PLACEMENT_PATHS \
    1 /* of the page "placement": the paths, without questions first */

/* Whether the pack has questions to find out where to begin, and somebody to ask. */
bool app_placement_there(const struct app *app);
/* It is to be offered by itself: to somebody new, once. */
bool app_placement_due(const struct app *app);
/* The path and the module to begin with were chosen, or (path NULL) put off. */
void app_placement_choose(struct app *app, struct placement choice);
