/* A contest of teams before one screen: what is asked, whose turn it is, who stands where.
 * Pure: chance and time come in as numbers, nothing is kept here. It knows no learner, and
 * nothing of it is a learning result.
 *
 * Rules
 *  1. All teams are asked the same questions. A question goes round: every team answers, another
 *     one first each time. Only then may its answer be told, so that nobody gains by being
 *     later.
 *  2. Places: more right answers, then less time in whole seconds over all questions. An answer
 *     that came too late counts as not yet, with the whole time.
 *  3. Who is equal shares the place. An extra question goes to those who share one, and
 *     decides between them alone: right before not yet, then whole seconds.
 *  4. A question that can no longer be asked (the lessons changed in between) is passed over,
 *     and counts for nobody unless everybody had answered it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CONTEST_TEAMS_LEAST 2
#define CONTEST_TEAMS_MAX 8
#define CONTEST_MAIN_MAX 40
#define CONTEST_EXTRA_MAX 5
#define CONTEST_QUESTIONS_MAX (CONTEST_MAIN_MAX + CONTEST_EXTRA_MAX)

/* Numbers are stored: only append. */
enum contest_verdict {
    CONTEST_OPEN, /* not answered yet */
    CONTEST_RIGHT,
    CONTEST_NOT_YET,
    CONTEST_LATE, /* the time was over */
    CONTEST_VERDICT_COUNT
};

struct contest_answer {
    enum contest_verdict verdict;
    int64_t ms; /* from the question to the answer */
};

struct contest {
    size_t n_teams;
    size_t n_main;                    /* questions for all */
    size_t n_extra;                   /* extra questions that were called for */
    size_t n_questions;               /* drawn: main ones, then those in reserve */
    bool gone[CONTEST_QUESTIONS_MAX]; /* rule 4: not to be asked */
    struct contest_answer answers[CONTEST_QUESTIONS_MAX][CONTEST_TEAMS_MAX];
};

/* A question by the lesson's index and its own in it. */
struct contest_ref {
    size_t lesson, item;
};
/* Draws `n` of the pool to its front, in the order of asking; the same seed and pool give the
 * same. */
void contest_draw(struct contest_ref *pool, size_t n_pool, size_t n, uint64_t seed);

struct contest_turn {
    size_t question, team;
};
/* Whose answer is awaited; false: nobody's, all that was called for is answered. */
bool contest_turn(const struct contest *c, struct contest_turn *out);
/* Whether that team is asked that question (rule 3). */
bool contest_asks(const struct contest *c, size_t question, size_t team);
/* Whether everybody who is asked has answered it: it may be told. */
bool contest_told(const struct contest *c, size_t question);

/* Right answers to questions that were told: for all to see while the contest goes on. */
size_t contest_right_so_far(const struct contest *c, size_t team);

struct contest_place {
    size_t team;
    size_t place; /* from 1; the next one after a shared place is left out */
    bool shared;
    size_t n_right;  /* of the main questions */
    int64_t seconds; /* over them, whole */
    size_t n_extra_right;
};
/* Best first; equal teams in the order they were named. places[n_teams]. */
void contest_places(const struct contest *c, struct contest_place *places);
/* Somebody shares a place. */
bool contest_is_tied(const struct contest *c);
/* Main questions that count: everybody answered them. */
size_t contest_n_counted(const struct contest *c);
/* There is one more question in reserve, for those who share a place. */
bool contest_can_extra(const struct contest *c);
