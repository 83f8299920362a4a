/* Every practice of the bundled lessons, played through all that can be done on it: nobody
 * gets stuck, whatever is touched. Each is a test of its own, named by its lesson. */
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/clock.h"
#include "lesson/practice.h"
#include "practice_source.h"
#include "report.h"
#include "source.h"

#define TODAY "2026-11-26"
#define STATES_MAX 60000 /* of one practice; far above what is found */
#define PRACTICES_MAX (SOURCE_MODULES_MAX * SOURCE_LESSONS_MAX * LESSON_PRACTICES_MAX)

/* What was found of one practice: all reachable states, and how they lead to each other. */
struct walk {
    const struct practice *p;
    struct practice_state *states;
    size_t n, edges;
    bool seen[PRACTICE_SCREENS_MAX];
};

static void name_place(const struct walk *w, const struct practice_state *s,
                       const char *what)
{
    fail_msg("“%s”, screen %s (%u in the trail): %s", w->p->title,
             w->p->screens[s->at].id, s->n_trail, what);
}

/* What counts for where one can go: neither hints nor mistakes. The trail is compared only
 * as far as it is used. */
static bool same_place(const struct practice_state *a, const struct practice_state *b)
{
    return a->at == b->at && a->n_trail == b->n_trail && a->typed == b->typed &&
           a->coaxed == b->coaxed && a->done == b->done &&
           !memcmp(a->trail, b->trail, a->n_trail);
}

static void find(struct walk *w, struct practice_state s)
{
    s.hints = s.wrong = s.help = 0;
    for (size_t i = 0; i < w->n; i++)
        if (same_place(&w->states[i], &s))
            return;
    assert_true(w->n < STATES_MAX);
    w->states[w->n++] = s;
}

/* A wrong step comes back to where it was made by what the new screen means, or leads on
 * from there by a way of its own. */
static void check_comes_back(const struct walk *w, const struct practice_state *before,
                             struct practice_state s)
{
    const struct practice_screen *there = &w->p->screens[s.at];
    size_t meant = practice_meant(there);

    if (s.at == before->at)
        name_place(w, before, "a wrong part changes nothing");
    if (there->parts[meant].act == ACT_RIGHT)
        return; /* to its end, as for every state */
    if (practice_gesture(w->p, &s, meant) != PRACTICE_MOVED || s.at != before->at)
        name_place(w, before, "a wrong part does not come back");
}

static void step(struct walk *w, const struct practice_state *from,
                 enum practice_result result, const struct practice_state *to)
{
    if (!practice_state_holds(w->p, to))
        name_place(w, from, "leads to a state that would not come back from disk");
    if (result == PRACTICE_WRONG)
        check_comes_back(w, from, *to);
    if (result != PRACTICE_STAYS) {
        w->edges++;
        find(w, *to);
    }
}

/* All that fingers can do to one part. */
static void try_part(struct walk *w, const struct practice_state *from, size_t part)
{
    struct practice_state s = *from;

    step(w, from, practice_touch(w->p, &s, part), &s);
    s = *from;
    if (w->p->screens[from->at].parts[part].kind == PART_DIAL) {
        for (char digit = '0'; digit <= '9'; digit++) {
            s = *from;
            step(w, from, practice_digit(w->p, &s, part, digit), &s);
        }
        return;
    }
    step(w, from, practice_gesture(w->p, &s, part), &s);
}

/* What the hints say, and nothing else. */
static void check_hints_lead_to_the_end(const struct walk *w,
                                        const struct practice_state *from)
{
    struct practice_state s = *from;

    for (size_t i = 0; i < 4 * PRACTICE_SCREENS_MAX && !s.done; i++) {
        const struct practice_screen *screen = &w->p->screens[s.at];
        size_t meant = practice_meant(screen);

        if (meant == screen->n_parts)
            name_place(w, from, "there is nothing to hint at");
        if (screen->parts[meant].act == ACT_RIGHT && !screen->hint &&
            screen->parts[meant].to != PRACTICE_TO_DONE)
            name_place(w, from, "the hint has no words");
        (void)practice_gesture(w->p, &s, meant);
    }
    if (!s.done)
        name_place(w, from, "hints alone do not lead to the end");
}

static void check_shape(const struct walk *w)
{
    size_t n_wrong = 0;

    assert_true(w->p->n_screens >= PRACTICE_SCREENS_MIN);
    for (size_t i = 0; i < w->p->n_screens; i++) {
        const struct practice_screen *s = &w->p->screens[i];

        if (!w->seen[i])
            fail_msg("“%s”: nobody ever sees screen %s", w->p->title, s->id);
        for (size_t k = 0; k < s->n_parts; k++)
            n_wrong += s->parts[k].act == ACT_WRONG;
    }
    if (!n_wrong)
        fail_msg("“%s”: nothing can go wrong", w->p->title);
}

static void walk_all(const struct practice *p)
{
    struct walk w = { .p = p, .states = check_alloc(STATES_MAX * sizeof(*w.states)) };

    find(&w, (struct practice_state){ 0 });
    for (size_t i = 0; i < w.n; i++) { /* grows while it is walked */
        const struct practice_state s = w.states[i];
        size_t edges = w.edges, at, n;

        w.seen[s.at] = true;
        practice_progress(p, &s, &at, &n);
        assert_true(n >= 1 && at <= n);
        assert_int_equal(at == n, s.done);
        if (s.done)
            continue;
        for (size_t k = 0; k < p->screens[s.at].n_parts; k++)
            try_part(&w, &s, k);
        if (w.edges == edges)
            name_place(&w, &s, "a dead end");
        check_hints_lead_to_the_end(&w, &s);
    }
    check_shape(&w);
    free(w.states);
}

static void check_practice(void **state)
{
    const struct source_practice *p = *state;
    char why[200] = "";
    size_t at;

    assert_true(p->whole);
    if (practice_check(&p->practice, &at, why, sizeof(why)))
        fail_msg("screen %s: %s", p->practice.screens[at].id, why);
    walk_all(&p->practice);
}

/* --- all lessons ------------------------------------------------------------------------ */

static struct source content;

static void test_every_lesson_has_a_practice(void **state)
{
    size_t n = 0;

    (void)state;
    for (size_t i = 0; i < content.n_modules; i++) {
        for (size_t k = 0; k < content.modules[i].n_lessons; k++) {
            const struct source_lesson *l = &content.modules[i].lessons[k];

            if (!l->n_practices)
                fail_msg("%s has no practice", l->file);
            n++;
        }
    }
    assert_true(n > 0);
}

static size_t list_tests(struct CMUnitTest *tests)
{
    size_t n = 0;

    for (size_t i = 0; i < content.n_modules; i++) {
        for (size_t k = 0; k < content.modules[i].n_lessons; k++) {
            struct source_lesson *l = &content.modules[i].lessons[k];

            for (size_t j = 0; j < l->n_practices; j++)
                tests[n++] =
                    (struct CMUnitTest){ .name = arena_printf(&content.arena, "%s %zu",
                                                              l->front.id, j + 1),
                                         .test_func = check_practice,
                                         .initial_state = l->practices[j] };
        }
    }
    return n;
}

int main(void)
{
    const struct CMUnitTest whole[] = {
        cmocka_unit_test(test_every_lesson_has_a_practice),
    };
    struct CMUnitTest *tests = check_alloc(PRACTICES_MAX * sizeof(*tests));
    struct report report;
    int failed;
    size_t n;

    report_init(&report);
    ASSERT(!source_read(CONTENT, clock_day_parse(TODAY), &report, &content));
    n = list_tests(tests);
    failed = cmocka_run_group_tests(whole, NULL, NULL) +
             _cmocka_run_group_tests("practices", tests, n, NULL, NULL);
    free(tests);
    report_finish(&report);
    source_finish(&content);
    return failed;
}
