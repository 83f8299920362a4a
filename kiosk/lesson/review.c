/* The steps of review.h, and the choice of the day. */
#include "lesson/review.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"

static const int64_t after_days[REVIEW_STEPS] = { 1, 7, 30 };
static const int64_t after_visits[REVIEW_STEPS] = { 1, 3, 6 };

_Static_assert(REVIEW_QUESTIONS_MAX *REVIEW_QUESTION_S +
                       REVIEW_WORDS_MAX * REVIEW_WORD_S <=
                   REVIEW_MINUTES * 60,
               "a review takes longer than it says");
_Static_assert(REVIEW_OFFERED_FROM <= REVIEW_QUESTIONS_MAX,
               "it would never be offered");

bool review_due(const struct review_memory *m, struct review_when now)
{
    if (m->step < 1 || m->step > REVIEW_STEPS)
        return false;
    if (m->at.day >= 0 && now.day >= m->at.day)
        return now.day - m->at.day >= after_days[m->step - 1];
    return now.visit - m->at.visit >= after_visits[m->step - 1];
}

void review_answered(struct review_memory *m, bool right, struct review_when now)
{
    bool is_new = m->step < 1 || m->step > REVIEW_STEPS;

    if (!is_new && right && !review_due(m, now))
        return;
    if (is_new || !right)
        m->step = 1;
    else if (m->step < REVIEW_STEPS)
        m->step++;
    m->at = now;
}

/* Lowest step, then longest unseen. */
static int compare_need(const struct review_item *x, const struct review_item *y)
{
    if (x->memory.step != y->memory.step)
        return x->memory.step < y->memory.step ? -1 : 1;
    if (x->memory.at.visit != y->memory.at.visit)
        return x->memory.at.visit < y->memory.at.visit ? -1 : 1;
    return 0;
}

static int by_need(const void *a, const void *b)
{
    const struct review_item *x = a, *y = b;
    int need = compare_need(x, y);

    return need ? need : strcmp(x->id, y->id);
}

static size_t keep_due(struct review_item *items, size_t n, struct review_when now)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++)
        if (review_due(&items[i].memory, now))
            items[kept++] = items[i];
    return kept;
}

/* How many of the `n` that were taken are of that lesson; how many lessons there are. */
static size_t count_of(const struct review_item *taken, size_t n, size_t lesson,
                       size_t *n_lessons)
{
    size_t n_of = 0;

    *n_lessons = 0;
    for (size_t i = 0; i < n; i++) {
        bool first = true;

        for (size_t k = 0; k < i; k++)
            first &= taken[k].lesson != taken[i].lesson;
        *n_lessons += first;
        n_of += taken[i].lesson == lesson;
    }
    return n_of;
}

/* Of items[taken…n): the neediest, and of those as needy one of the lesson that was taken
 * least; n: none may join. */
static size_t next_of(const struct review_item *items, size_t taken, size_t n)
{
    size_t best = n, best_of = 0;

    for (size_t i = taken; i < n; i++) {
        size_t n_lessons, of = count_of(items, taken, items[i].lesson, &n_lessons);

        if (best < n && compare_need(&items[i], &items[best]) > 0)
            break;
        if (!of && n_lessons >= REVIEW_LESSONS_MAX)
            continue;
        if (best == n || of < best_of) {
            best = i;
            best_of = of;
        }
    }
    return best;
}

/* Never two of one lesson in a row while another lesson has any left. */
static void mix(struct review_item *taken, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        size_t k = i;
        struct review_item next;

        while (k < n && taken[k].lesson == taken[i - 1].lesson)
            k++;
        if (k == n)
            return;
        next = taken[k];
        memmove(&taken[i + 1], &taken[i], (k - i) * sizeof(*taken));
        taken[i] = next;
    }
}

size_t review_pick(struct review_item *items, size_t n, struct review_when now,
                   review_has *has, void *ctx)
{
    size_t n_due = keep_due(items, n, now), taken = 0, at;

    if (!n_due)
        return 0;
    qsort(items, n_due, sizeof(*items), by_need);
    while (taken < REVIEW_QUESTIONS_MAX &&
           (at = next_of(items, taken, n_due)) < n_due) {
        struct review_item item = items[at];

        if (has(ctx, &item)) {
            memmove(&items[taken + 1], &items[taken], (at - taken) * sizeof(*items));
            items[taken++] = item;
        } else {
            n_due--;
            memmove(&items[at], &items[at + 1], (n_due - at) * sizeof(*items));
        }
    }
    mix(items, taken);
    return taken;
}
