/* What a few answers propose, and what they cannot. */
#include <string.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "lesson/placement.h"

#define K PLACEMENT_KNOWN
#define N PLACEMENT_NOT_KNOWN
#define X PLACEMENT_NOT_ASKED

static const struct pack_lesson lessons[] = {
    { .id = "m1-b1", .module = 0 },
    { .id = "m2-b1", .module = 1 },
    { .id = "m3-b1", .module = 2 },
    { .id = "m4-b1", .module = 3 },
};
static const struct pack_module modules[] = {
    { .id = "m1", .question = "?", .first_lesson = 0, .n_lessons = 1 },
    { .id = "m2", .question = "?", .first_lesson = 1, .n_lessons = 1 },
    { .id = "m3", .first_lesson = 2, .n_lessons = 1 },
    { .id = "m4", .question = "?", .first_lesson = 3, .n_lessons = 1 },
    { .id = "m5", .question = "?", .first_lesson = 4 }, /* its lessons were left out */
};
static const char *const all[] = { "m1-b1", "m2-b1", "m3-b1", "m4-b1" };
static const char *const few[] = { "m1-b1", "m4-b1" };
static const struct pack_list three[] = {
    { "short", few, 2 },
    { "citizen", all, 4 },
    { "full", all, 4 },
};
static const struct pack_list only_full[] = {
    { "short", NULL, 0 },
    { "full", all, 4 },
};

static const struct proposal {
    const char *name;
    const struct pack_list *paths;
    size_t n_paths;
    enum placement_answer answers[COUNT(modules)];
    const char *path, *start;
} proposals[] = {
    { "nothing is known", three, 3, { N, N, X, N }, "short", NULL },
    { "half is known", three, 3, { K, K, X, N }, "citizen", "m4" },
    { "one of three is known", three, 3, { K, N, X, N }, "short", "m4" },
    { "the middle is not known", three, 3, { K, N, X, K }, "citizen", "m2" },
    { "all is known", three, 3, { K, K, X, K }, "full", NULL },
    { "nothing was asked", three, 3, { X, X, X, X }, "short", NULL },
    { "the short path is not there", only_full, 2, { N, N, X, N }, "full", NULL },
    { "no path is there", NULL, 0, { K, N, X, N }, NULL, NULL },
};

static void check_proposal(void **state)
{
    const struct proposal *p = *state;
    const struct pack_info info = { .modules = modules,
                                    .n_modules = COUNT(modules),
                                    .lessons = lessons,
                                    .n_lessons = COUNT(lessons),
                                    .path_lists = p->paths,
                                    .n_path_lists = p->n_paths };
    struct placement got = placement_propose(&info, p->answers);

    assert_string_equal(got.path ? got.path : "none", p->path ? p->path : "none");
    assert_string_equal(got.start ? got.start : "none", p->start ? p->start : "none");
}

static void test_modules_ask_that_have_a_question_and_lessons(void **state)
{
    const struct pack_info info = { .modules = modules, .n_modules = COUNT(modules) };
    size_t asked[PLACEMENT_QUESTIONS_MAX];

    (void)state;
    assert_int_equal(placement_questions(&info, asked), 3);
    assert_int_equal(asked[0], 0);
    assert_int_equal(asked[1], 1);
    assert_int_equal(asked[2], 3);
}

static void test_no_more_are_asked_than_three_minutes_hold(void **state)
{
    struct pack_module many[20];
    const struct pack_info info = { .modules = many, .n_modules = COUNT(many) };
    size_t asked[PLACEMENT_QUESTIONS_MAX];

    (void)state;
    for (size_t i = 0; i < COUNT(many); i++)
        many[i] = modules[0];
    assert_int_equal(placement_questions(&info, asked), PLACEMENT_QUESTIONS_MAX);
}

int main(void)
{
    const struct CMUnitTest asked[] = {
        cmocka_unit_test(test_modules_ask_that_have_a_question_and_lessons),
        cmocka_unit_test(test_no_more_are_asked_than_three_minutes_hold),
    };
    struct CMUnitTest tests[COUNT(proposals)];

    for (size_t i = 0; i < COUNT(proposals); i++)
        tests[i] = (struct CMUnitTest){ .name = proposals[i].name,
                                        .test_func = check_proposal,
                                        .initial_state = (void *)&proposals[i] };
    return cmocka_run_group_tests(tests, NULL, NULL) +
           cmocka_run_group_tests(asked, NULL, NULL);
}
