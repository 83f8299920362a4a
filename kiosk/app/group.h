/* Several people before one screen (r33): a volunteer chose them out of the open class. They
 * talk about each question, and each time another one touches. What they complete counts for
 * each of them, flagged EVENT_GROUP; what was answered counts once, for nobody. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "app/saver.h"

struct app;

#define GROUP_LEAST 2
#define GROUP_MAX 60 /* two classes of 30 before one screen */

struct group {
    size_t n; /* 0: nobody learns together */
    size_t turn;
    struct saver_person people[GROUP_MAX];
    bool had_turn[GROUP_MAX]; /* touched an answer in this visit */
};

/* Begins their visit and leads to the lessons; whoever of the staff is signed in leaves, so
 * that no page of theirs stands open. `n` people, the first GROUP_MAX of them. */
void app_visit_group(struct app *app, unsigned char (*tokens)[EVENT_TOKEN_BYTES],
                     size_t n);
bool app_in_group(const struct app *app);
/* It is the turn of that one. */
void app_group_turn(struct app *app, size_t i);
/* Somebody answered: the next one's turn. */
void group_answered(struct app *app);
/* Queues what happened for those whom it concerns. */
void group_save(struct app *app, const struct event *ev);
/* What all of them completed, and where they stand if that is one place for all. */
void group_progress(struct app *app);
