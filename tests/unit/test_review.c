/* When an item is asked again, and which are asked today. */
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "lesson/review.h"

#define UNSURE (-1)

static const struct due {
    const char *name;
    int step;
    struct review_when at, now;
    bool due;
} dues[] = {
    { "the same day", 1, { 100, 1 }, { 100, 9 }, false },
    { "the next day", 1, { 100, 1 }, { 101, 2 }, true },
    { "step 2 on the sixth day", 2, { 100, 1 }, { 106, 9 }, false },
    { "step 2 on the seventh", 2, { 100, 1 }, { 107, 2 }, true },
    { "step 3 on day 29", 3, { 100, 1 }, { 129, 99 }, false },
    { "step 3 on day 30", 3, { 100, 1 }, { 130, 2 }, true },
    { "days count although no visit came between", 1, { 100, 4 }, { 101, 4 }, true },
    { "a gap of years", 3, { 100, 1 }, { 100000, 2 }, true },
    { "a gap as long as numbers are", 3, { 0, 1 }, { INT64_MAX, INT64_MAX }, true },
    { "the first day of all", 1, { 0, 1 }, { 1, 2 }, true },
    { "now is not certain: the same visit", 1, { 100, 1 }, { UNSURE, 1 }, false },
    { "now is not certain: the next visit", 1, { 100, 1 }, { UNSURE, 2 }, true },
    { "then was not certain: two visits later", 2, { UNSURE, 1 }, { 900, 3 }, false },
    { "then was not certain: three visits later", 2, { UNSURE, 1 }, { 900, 4 }, true },
    { "neither is certain: five visits", 3, { UNSURE, 1 }, { UNSURE, 6 }, false },
    { "neither is certain: six visits", 3, { UNSURE, 1 }, { UNSURE, 7 }, true },
    { "the clock went backwards: the same visit", 1, { 100, 5 }, { 40, 5 }, false },
    { "the clock went backwards: the next visit", 1, { 100, 5 }, { 40, 6 }, true },
    { "visits went backwards, too", 1, { 100, 5 }, { 40, 2 }, false },
    { "never answered", 0, { 100, 1 }, { 900, 9 }, false },
    { "a step that is none", 4, { 100, 1 }, { 900, 9 }, false },
};

static void check_due(void **state)
{
    const struct due *d = *state;
    struct review_memory m = { d->step, d->at };

    assert_int_equal(review_due(&m, d->now), d->due);
}

static const struct answered {
    const char *name;
    int step;
    struct review_when at;
    bool right;
    struct review_when now;
    int want_step;
    struct review_when want_at;
} answers[] = {
    { "the first, right", 0, { 0, 0 }, true, { 100, 1 }, 1, { 100, 1 } },
    { "the first, missed", 0, { 0, 0 }, false, { 100, 1 }, 1, { 100, 1 } },
    { "right when due", 1, { 100, 1 }, true, { 102, 2 }, 2, { 102, 2 } },
    { "right again when due", 2, { 102, 2 }, true, { 110, 3 }, 3, { 110, 3 } },
    { "right at the last step", 3, { 110, 3 }, true, { 150, 4 }, 3, { 150, 4 } },
    { "right too early", 2, { 100, 1 }, true, { 103, 2 }, 2, { 100, 1 } },
    { "right in the same visit",
      1,
      { UNSURE, 1 },
      true,
      { UNSURE, 1 },
      1,
      { UNSURE, 1 } },
    { "right in the next visit",
      1,
      { UNSURE, 1 },
      true,
      { UNSURE, 2 },
      2,
      { UNSURE, 2 } },
    { "missed when due", 3, { 100, 1 }, false, { 140, 5 }, 1, { 140, 5 } },
    { "missed too early", 2, { 100, 1 }, false, { 101, 2 }, 1, { 101, 2 } },
    { "missed after the clock went back", 3, { 100, 1 }, false, { 9, 2 }, 1, { 9, 2 } },
};

static void check_answered(void **state)
{
    const struct answered *a = *state;
    struct review_memory m = { a->step, a->at };

    review_answered(&m, a->right, a->now);
    assert_int_equal(m.step, a->want_step);
    assert_int_equal(m.at.day, a->want_at.day);
    assert_int_equal(m.at.visit, a->want_at.visit);
}

/* --- which ------------------------------------------------------------------------- */

static bool has_all(void *ctx, const struct review_item *item)
{
    (void)item;
    ++*(size_t *)ctx;
    return true;
}

static bool lacks_x(void *ctx, const struct review_item *item)
{
    ++*(size_t *)ctx;
    return item->id[0] != 'x';
}

/* Written short: id, lesson, step, visit it came there. */
#define ITEM(id, lesson, step, visit) \
    {                                 \
        id, lesson,                   \
        {                             \
            step,                     \
            {                         \
                UNSURE, visit         \
            }                         \
        }                             \
    }

static void assert_picked(struct review_item *items, size_t n, review_has *has,
                          const char *want, size_t want_asked)
{
    const struct review_when now = { UNSURE, 100 };
    char got[64] = "";
    size_t asked = 0, picked = review_pick(items, n, now, has, &asked);

    for (size_t i = 0; i < picked; i++)
        (void)snprintf(got + strlen(got), sizeof(got) - strlen(got), "%s%s",
                       i ? " " : "", items[i].id);
    assert_string_equal(got, want);
    assert_int_equal(asked, want_asked);
}

static void test_nothing_is_picked_from_nothing(void **state)
{
    (void)state;
    assert_picked(NULL, 0, has_all, "", 0);
}

static void test_the_lowest_step_and_the_longest_unseen_come_first(void **state)
{
    struct review_item items[] = { ITEM("c3", 1, 3, 1), ITEM("a2", 1, 2, 9),
                                   ITEM("b1", 1, 1, 8), ITEM("d1", 1, 1, 7),
                                   ITEM("later", 1, 1, 100) };

    (void)state;
    assert_picked(items, COUNT(items), has_all, "d1 b1 a2 c3", 4);
}

static void test_at_most_five_are_asked(void **state)
{
    struct review_item items[40];
    char ids[40][4];

    (void)state;
    for (size_t i = 0; i < COUNT(items); i++) {
        (void)snprintf(ids[i], sizeof(ids[i]), "q%02u", (unsigned)i);
        items[i] = (struct review_item){ ids[i], 1, { 1, { UNSURE, 1 } } };
    }
    assert_picked(items, COUNT(items), has_all, "q00 q01 q02 q03 q04", 5);
}

static void test_lessons_are_mixed(void **state)
{
    struct review_item items[] = { ITEM("a1", 1, 1, 1), ITEM("a2", 1, 1, 1),
                                   ITEM("a3", 1, 1, 1), ITEM("b1", 2, 1, 2),
                                   ITEM("c1", 3, 1, 3) };

    (void)state;
    assert_picked(items, COUNT(items), has_all, "a1 b1 a2 c1 a3", 5);
}

static void test_of_equal_need_each_lesson_has_its_turn(void **state)
{
    struct review_item items[] = { ITEM("a1", 1, 1, 1), ITEM("a2", 1, 1, 1),
                                   ITEM("a3", 1, 1, 1), ITEM("a4", 1, 1, 1),
                                   ITEM("a5", 1, 1, 1), ITEM("b1", 2, 1, 1),
                                   ITEM("b2", 2, 1, 1), ITEM("b3", 2, 1, 1) };

    (void)state;
    assert_picked(items, COUNT(items), has_all, "a1 b1 a2 b2 a3", 5);
}

static void test_a_fourth_lesson_waits(void **state)
{
    struct review_item items[] = { ITEM("a1", 1, 1, 1), ITEM("b1", 2, 1, 2),
                                   ITEM("c1", 3, 1, 3), ITEM("d1", 4, 1, 4),
                                   ITEM("a2", 1, 1, 5) };

    (void)state;
    assert_picked(items, COUNT(items), has_all, "a1 b1 c1 a2", 4);
}

static void test_what_the_pack_lost_is_passed_over(void **state)
{
    struct review_item items[] = { ITEM("x1", 9, 1, 1), ITEM("x2", 9, 1, 1),
                                   ITEM("a1", 1, 1, 2), ITEM("x3", 8, 1, 3),
                                   ITEM("b1", 2, 1, 4) };

    (void)state;
    assert_picked(items, COUNT(items), lacks_x, "a1 b1", 5);
}

int main(void)
{
    const struct CMUnitTest picks[] = {
        cmocka_unit_test(test_nothing_is_picked_from_nothing),
        cmocka_unit_test(test_the_lowest_step_and_the_longest_unseen_come_first),
        cmocka_unit_test(test_at_most_five_are_asked),
        cmocka_unit_test(test_lessons_are_mixed),
        cmocka_unit_test(test_of_equal_need_each_lesson_has_its_turn),
        cmocka_unit_test(test_a_fourth_lesson_waits),
        cmocka_unit_test(test_what_the_pack_lost_is_passed_over),
    };
    struct CMUnitTest due[COUNT(dues)], answered[COUNT(answers)];

    for (size_t i = 0; i < COUNT(dues); i++)
        due[i] = (struct CMUnitTest){ .name = dues[i].name,
                                      .test_func = check_due,
                                      .initial_state = (void *)&dues[i] };
    for (size_t i = 0; i < COUNT(answers); i++)
        answered[i] = (struct CMUnitTest){ .name = answers[i].name,
                                           .test_func = check_answered,
                                           .initial_state = (void *)&answers[i] };
    return cmocka_run_group_tests(due, NULL, NULL) +
           cmocka_run_group_tests(answered, NULL, NULL) +
           cmocka_run_group_tests(picks, NULL, NULL);
}
