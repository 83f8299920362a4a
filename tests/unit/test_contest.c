/* The rules of a contest: draw, turns, places, extra questions. */
#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"

#include "base/check.h"
#include "lesson/contest.h"

/* Answers as a picture, one text a team: "+" right, "-" not yet, "!" too late, "." none. Each
 * takes `ms[team]`. */
static struct contest play(size_t n_teams, const char *const *marks, const int64_t *ms,
                           size_t n_extra)
{
    struct contest c = { .n_teams = n_teams, .n_extra = n_extra };

    c.n_main = strlen(marks[0]) - n_extra;
    c.n_questions = c.n_main + CONTEST_EXTRA_MAX;
    for (size_t t = 0; t < n_teams; t++)
        for (size_t q = 0; marks[t][q]; q++)
            c.answers[q][t] =
                (struct contest_answer){ marks[t][q] == '+'   ? CONTEST_RIGHT
                                         : marks[t][q] == '-' ? CONTEST_NOT_YET
                                         : marks[t][q] == '!' ? CONTEST_LATE
                                                              : CONTEST_OPEN,
                                         marks[t][q] == '.' ? 0 : ms[t] };
    return c;
}

/* --- places --------------------------------------------------------------------------- */

static const struct place_row {
    const char *name;
    size_t n_teams, n_extra;
    const char *marks[CONTEST_TEAMS_MAX];
    int64_t ms[CONTEST_TEAMS_MAX];
    const char *want; /* "2:1 0:2 1:3", team and place, "=" where it is shared */
} place_rows[] = {
    { "more right answers stand first",
      3,
      0,
      { "+--", "+++", "-++" },
      { 1000, 9000, 1000 },
      "1:1 2:2 0:3" },
    { "then less time", 2, 0, { "++", "++" }, { 2000, 1999 }, "1:1 0:2" },
    { "time is compared in whole seconds",
      2,
      0,
      { "++", "++" },
      { 1450, 1001 },
      "0:1= 1:1=" },
    { "what was missed takes its time, too",
      2,
      0,
      { "+-", "+-" },
      { 5000, 4000 },
      "1:1 0:2" },
    { "an answer that came late is not right",
      2,
      0,
      { "+!", "+-" },
      { 3000, 3000 },
      "0:1= 1:1=" },
    { "the place after a shared one is left out",
      4,
      0,
      { "++", "++", "+-", "--" },
      { 2000, 2000, 2000, 2000 },
      "0:1= 1:1= 2:3 3:4" },
    { "eight teams may all be equal",
      8,
      0,
      { "+-", "+-", "+-", "+-", "+-", "+-", "+-", "+-" },
      { 4000, 4000, 4000, 4000, 4000, 4000, 4000, 4000 },
      "0:1= 1:1= 2:1= 3:1= 4:1= 5:1= 6:1= 7:1=" },
    { "nobody was right: less time", 2, 0, { "--", "--" }, { 3000, 2000 }, "1:1 0:2" },
    { "an extra question decides between equals",
      2,
      1,
      { "+-", "++" },
      { 3000, 3000 },
      "1:1 0:2" },
    { "and never lifts a team over a better one",
      3,
      1,
      { "++.", "+-+", "+--" },
      { 2000, 2000, 2000 },
      "0:1 1:2 2:3" },
    { "right at the extra question, too: whole seconds again",
      2,
      1,
      { "++", "++" },
      { 3000, 3000 },
      "0:1= 1:1=" },
    { "a second extra question decides what the first did not",
      2,
      2,
      { "++-", "+++" },
      { 3000, 3000 },
      "1:1 0:2" },
};

static void check_places(void **state)
{
    const struct place_row *r = *state;
    struct contest c = play(r->n_teams, r->marks, r->ms, r->n_extra);
    struct contest_place places[CONTEST_TEAMS_MAX];
    char got[128] = "";
    size_t n = 0;

    contest_places(&c, places);
    for (size_t i = 0; i < r->n_teams; i++)
        n += (size_t)snprintf(got + n, sizeof(got) - n, "%s%zu:%zu%s", i ? " " : "",
                              places[i].team, places[i].place,
                              places[i].shared ? "=" : "");
    assert_string_equal(got, r->want);
    assert_int_equal(contest_is_tied(&c), strchr(r->want, '=') != NULL);
}

static void test_a_figure_of_the_result_is_of_the_main_questions(void **state)
{
    const char *const marks[] = { "+-+", "+--" };
    const int64_t ms[] = { 2600, 2600 };
    struct contest c = play(2, marks, ms, 1);
    struct contest_place places[2];

    (void)state;
    contest_places(&c, places);
    assert_int_equal(places[0].team, 0);
    assert_int_equal(places[0].n_right, 1);
    assert_int_equal(places[0].seconds, 5); /* 5200 ms */
    assert_int_equal(places[0].n_extra_right, 1);
    assert_int_equal(places[1].n_extra_right, 0);
}

/* --- turns ---------------------------------------------------------------------------- */

static void turns(struct contest *c, char *out, size_t n_out)
{
    struct contest_turn t;
    size_t n = 0;

    out[0] = 0;
    while (contest_turn(c, &t)) {
        assert_int_equal(c->answers[t.question][t.team].verdict, CONTEST_OPEN);
        assert_false(contest_told(c, t.question));
        n += (size_t)snprintf(out + n, n_out - n, "%s%zu%zu", n ? " " : "", t.question,
                              t.team);
        c->answers[t.question][t.team] = (struct contest_answer){ CONTEST_RIGHT, 1000 };
    }
}

static void test_a_question_goes_round_and_another_team_begins_each_time(void **state)
{
    struct contest c = { .n_teams = 3, .n_main = 4, .n_questions = 9 };
    char got[256];

    (void)state;
    turns(&c, got, sizeof(got));
    assert_string_equal(got, "00 01 02 11 12 10 22 20 21 30 31 32");
    assert_true(contest_told(&c, 3));
    assert_int_equal(contest_right_so_far(&c, 1), 4);
}

static void test_nothing_is_told_before_the_last_team_answered(void **state)
{
    const char *const marks[] = { "+.", "..", "+." };
    const int64_t ms[] = { 1000, 1000, 1000 };
    struct contest c = play(3, marks, ms, 0);

    (void)state;
    assert_false(contest_told(&c, 0));
    assert_int_equal(contest_right_so_far(&c, 0), 0);
    c.answers[0][1] = (struct contest_answer){ CONTEST_NOT_YET, 1000 };
    assert_true(contest_told(&c, 0));
    assert_int_equal(contest_right_so_far(&c, 0), 1);
    assert_int_equal(contest_right_so_far(&c, 1), 0);
}

static void test_an_extra_question_is_for_those_who_share_a_place(void **state)
{
    const char *const marks[] = { "++", "+-", "+-", "--" };
    const int64_t ms[] = { 1000, 1000, 1000, 1000 };
    struct contest c = play(4, marks, ms, 0);
    char got[64];

    (void)state;
    assert_true(contest_can_extra(&c));
    c.n_extra = 1;
    assert_false(contest_asks(&c, 2, 0));
    turns(&c, got, sizeof(got));
    assert_string_equal(got, "22 21"); /* the third question: team 2 first */
    assert_true(contest_is_tied(&c));
    c.n_extra = 2;
    c.answers[3][1] = (struct contest_answer){ CONTEST_NOT_YET, 1000 };
    turns(&c, got, sizeof(got));
    assert_string_equal(got, "32");
    assert_false(contest_is_tied(&c));
}

static void test_eight_equal_teams_all_get_the_extra_question_until_none_is_left(
    void **state)
{
    struct contest c = { .n_teams = 8, .n_main = 5, .n_questions = 7 };
    char got[512];

    (void)state;
    turns(&c, got, sizeof(got));
    for (size_t e = 1; e <= 2; e++) {
        assert_true(contest_is_tied(&c));
        assert_true(contest_can_extra(&c));
        c.n_extra = e;
        for (size_t t = 0; t < 8; t++)
            assert_true(contest_asks(&c, 4 + e, t));
        turns(&c, got, sizeof(got));
        assert_int_equal(strlen(got), 8 * 3 - 1);
    }
    assert_true(contest_is_tied(&c));
    assert_false(contest_can_extra(&c)); /* declared equal */
}

static void test_a_question_that_is_gone_counts_for_nobody(void **state)
{
    const char *const marks[] = { "++-", "+.-" };
    const int64_t ms[] = { 1000, 1000 };
    struct contest c = play(2, marks, ms, 0);
    struct contest_turn t;

    (void)state;
    assert_true(contest_turn(&c, &t));
    assert_int_equal(t.question, 1);
    c.gone[1] = true;
    assert_false(contest_turn(&c, &t));
    assert_true(contest_is_tied(&c)); /* neither the answer nor its time */
    assert_int_equal(contest_n_counted(&c), 2);
    c.gone[1] = false; /* when it is read again with other lessons: the same result */
    assert_true(contest_is_tied(&c));
    c.gone[0] = c.gone[1] = true; /* what all had answered stays */
    assert_int_equal(contest_right_so_far(&c, 1), 1);
    c.n_extra = 1;
    c.gone[3] = true; /* of the extra ones, too */
    assert_false(contest_turn(&c, &t));
    assert_true(contest_is_tied(&c));
    assert_true(contest_can_extra(&c));
}

/* --- the draw ------------------------------------------------------------------------- */

#define POOL 50

static void pool_fill(struct contest_ref pool[POOL])
{
    for (size_t i = 0; i < POOL; i++)
        pool[i] = (struct contest_ref){ i / 4, i % 4 };
}

static void test_the_same_seed_draws_the_same_and_nothing_twice(void **state)
{
    struct contest_ref a[POOL], b[POOL], other[POOL];
    bool seen[POOL] = { false };

    (void)state;
    pool_fill(a);
    pool_fill(b);
    pool_fill(other);
    contest_draw(a, POOL, 15, 7);
    contest_draw(b, POOL, 15, 7);
    contest_draw(other, POOL, 15, 8);
    assert_memory_equal(a, b, sizeof(a));
    assert_memory_not_equal(a, other, 15 * sizeof(a[0]));
    for (size_t i = 0; i < 15; i++) {
        size_t k = a[i].lesson * 4 + a[i].item;

        assert_false(seen[k]);
        seen[k] = true;
    }
}

static void test_every_question_can_be_drawn(void **state)
{
    size_t n[POOL] = { 0 };

    (void)state;
    for (uint64_t seed = 0; seed < 2000; seed++) {
        struct contest_ref pool[POOL];

        pool_fill(pool);
        contest_draw(pool, POOL, 5, seed);
        for (size_t i = 0; i < 5; i++)
            n[pool[i].lesson * 4 + pool[i].item]++;
    }
    for (size_t i = 0; i < POOL; i++)
        assert_in_range(n[i], 140, 260); /* 200 each; 4 standard deviations */
}

static void test_all_of_a_pool_can_be_drawn_and_nothing_of_none(void **state)
{
    struct contest_ref pool[POOL], before[POOL];
    bool seen[POOL] = { false };

    (void)state;
    pool_fill(pool);
    pool_fill(before);
    contest_draw(pool, POOL, POOL + 5, 7);
    assert_memory_not_equal(pool, before, sizeof(pool)); /* in another order */
    for (size_t i = 0; i < POOL; i++)
        seen[pool[i].lesson * 4 + pool[i].item] = true;
    for (size_t i = 0; i < POOL; i++)
        assert_true(seen[i]);
    contest_draw(pool, 0, 5, 7);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(place_rows) + 9];
    const struct CMUnitTest others[] = {
        cmocka_unit_test(test_a_figure_of_the_result_is_of_the_main_questions),
        cmocka_unit_test(test_a_question_goes_round_and_another_team_begins_each_time),
        cmocka_unit_test(test_nothing_is_told_before_the_last_team_answered),
        cmocka_unit_test(test_an_extra_question_is_for_those_who_share_a_place),
        cmocka_unit_test(
            test_eight_equal_teams_all_get_the_extra_question_until_none_is_left),
        cmocka_unit_test(test_a_question_that_is_gone_counts_for_nobody),
        cmocka_unit_test(test_the_same_seed_draws_the_same_and_nothing_twice),
        cmocka_unit_test(test_every_question_can_be_drawn),
        cmocka_unit_test(test_all_of_a_pool_can_be_drawn_and_nothing_of_none),
    };

    for (size_t i = 0; i < COUNT(place_rows); i++)
        tests[i] = (struct CMUnitTest){ .name = place_rows[i].name,
                                        .test_func = check_places,
                                        .initial_state = (void *)&place_rows[i] };
    memcpy(tests + COUNT(place_rows), others, sizeof(others));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
