/* The contest before this screen: the newest one of the store, its open question, and the time
 * for one answer. Staff must be signed in; no learner is, and nothing is journalled. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "lesson/lesson.h"
#include "store/contests.h"

struct app;

struct contest_run {
    bool there; /* `record` is the newest contest */
    struct contest_record record;
    struct arena arena;    /* of the open question */
    struct lesson *lesson; /* NULL: none is open */
    size_t question, item; /* then */
    int64_t until_ms;      /* monotonic; 0: the time does not run */
    unsigned char answer[ITEM_STATE_MAX];
    bool has_pending; /* an answer could not be written yet: it is as good as given */
    struct contest_turn pending_turn;
    struct contest_answer pending;
};

/* What staff choose. Modules by index of the pack. */
struct contest_plan {
    char name[CONTEST_NAME_BYTES];
    char teams[CONTEST_TEAMS_MAX][CONTEST_TEAM_BYTES];
    size_t n_teams;
    const bool *modules; /* [n_modules] */
    size_t n_questions;  /* 0: all of them */
    int seconds;
};
/* Questions of the chosen modules. */
size_t contest_pool(const struct app *app, const bool *modules);

/* Draws the questions and begins. Errors: ERR_REJECTED (one is running, too few questions),
 * ERR_CORRUPT (the lessons or the database cannot be read), ERR_FULL. */
NODISCARD enum err app_contest_begin(struct app *app, const struct contest_plan *plan);
/* Reads the newest one, again after a power cut. With lessons, questions that they no longer
 * have are marked; one that is not whole is called off. Errors: ERR_CORRUPT; `there` says whether there is one. */
NODISCARD enum err app_contest_read(struct app *app);

/* The question, with its lesson open; NULL: the lessons no longer have it, which is marked. */
const struct item *app_contest_item(struct app *app, size_t question);
/* Which option stands at each place, for every team the same; of the open question. */
void app_contest_order(const struct app *app, unsigned char order[ITEM_OPTIONS_MAX]);

/* The time of the team whose turn it is begins: an empty answer. */
void app_contest_start(struct app *app);
/* Milliseconds left; 0: the time is over, or does not run. */
int64_t app_contest_left_ms(const struct app *app);
/* The answer is given, or the time is over: written before anything is told. False: it could
 * not be, and is kept for app_contest_again. */
bool app_contest_answer(struct app *app);
bool app_contest_again(struct app *app);

void contest_run_finish(struct contest_run *run);
