/* When what was learnt is asked again, and what of it today. Pure: days, visits and what
 * happened come in as numbers; no clock, no disk.
 *
 * Steps. An item that was answered for the first time, or missed at a later first try,
 * stands on step 1. A right first try while it is due moves it up, at most to step 3, where
 * it stays; a right one that came too early changes nothing, so that a lesson done twice in
 * a morning is not taken for memory.
 *
 *     step                        1    2    3
 *     due after … days            1    7   30   when both days are certain
 *     due after … visits          1    3    6   else, also when the clock went backwards
 *
 * A visit is one stay of the person at the kiosk in which something was learnt; people come
 * about once a week, so that the sixth visit is about as far as the thirtieth day. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define REVIEW_STEPS 3

/* One review takes at most three minutes: a question and its reason about half a minute,
 * a word card a dozen seconds. */
#define REVIEW_MINUTES 3
#define REVIEW_QUESTION_S 28
#define REVIEW_WORD_S 12
#define REVIEW_QUESTIONS_MAX 5
#define REVIEW_WORDS_MAX 3
#define REVIEW_LESSONS_MAX \
    3 /* so that the page that offers it has room for their names */
#define REVIEW_OFFERED_FROM 3 /* questions; fewer wait for the next time */

struct review_when {
    int64_t day;   /* since 1970, -1: not certain */
    int64_t visit; /* of this person: 1, 2, 3 … */
};

struct review_memory {
    int step;              /* 1 … REVIEW_STEPS; 0: never answered */
    struct review_when at; /* when it came to stand there */
};

struct review_item {
    const char *id;
    size_t lesson; /* any number that tells lessons apart */
    struct review_memory memory;
};

/* The first try at an item. */
void review_answered(struct review_memory *m, bool right, struct review_when now);

bool review_due(const struct review_memory *m, struct review_when now);

/* Whether the pack has the item; others are passed over. */
typedef bool review_has(void *ctx, const struct review_item *item);

/* Puts what to ask now to the front of `items`, in the order of asking, and returns how
 * many: the lowest step first, then what was seen longest ago, else of each lesson in
 * turn; at most REVIEW_QUESTIONS_MAX of REVIEW_LESSONS_MAX lessons, mixed. `has` is asked about items
 * that are due only, until there are enough. */
size_t review_pick(struct review_item *items, size_t n, struct review_when now,
                   review_has *has, void *ctx);
