/* How loud it is, in words. */
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

#include "app/loudness.h"
#include "base/check.h"

static const struct row {
    const char *name;
    int room, voice; /* loudest sample */
    enum loudness_word whole;
} rows[] = {
    { "nobody speaks", 40, 40, LOUDNESS_NOTHING },
    { "far away", 20, 400, LOUDNESS_QUIET },
    { "as it should be", 30, 6000, LOUDNESS_GOOD },
    { "too near", 30, 32767, LOUDNESS_TOO_LOUD },
    { "a noisy room", 3000, 6000, LOUDNESS_NOISY },
};

static void say(struct loudness *l, int level, int pieces)
{
    int16_t piece[LOUDNESS_PIECE];

    for (int i = 0; i < LOUDNESS_PIECE; i++)
        piece[i] = (int16_t)(i / 40 % 2 ? level : -level);
    for (int i = 0; i < pieces; i++)
        loudness_add(l, piece, LOUDNESS_PIECE);
}

static void check_row(void **state)
{
    const struct row *r = *state;
    struct loudness l;

    memset(&l, 0, sizeof(l));
    say(&l, r->room, 30);
    say(&l, r->voice, 60);
    assert_int_equal(loudness_whole(&l), r->whole);
    if (r->whole != LOUDNESS_NOISY)
        assert_int_equal(loudness_now(&l), r->whole);
    say(&l, r->room, 30);
    assert_int_equal(loudness_whole(&l), r->whole);
}

static void test_more_than_it_holds_is_left_out(void **state)
{
    struct loudness l;

    (void)state;
    memset(&l, 0, sizeof(l));
    say(&l, 6000, LOUDNESS_PIECES + 10);
    assert_int_equal(l.n, LOUDNESS_PIECES);
    assert_in_range(loudness_top(&l), 1, LOUDNESS_STEPS);
    assert_true(loudness_column(&l, 45, 46) <= 1);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(rows) + 1];

    for (size_t i = 0; i < COUNT(rows); i++)
        tests[i] = (struct CMUnitTest){ .name = rows[i].name,
                                        .test_func = check_row,
                                        .initial_state = (void *)(uintptr_t)&rows[i] };
    tests[COUNT(rows)] =
        (struct CMUnitTest)cmocka_unit_test(test_more_than_it_holds_is_left_out);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
