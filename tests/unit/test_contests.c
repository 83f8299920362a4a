/* Contests in the database: what was answered stays, in order, over a power cut; nothing of
 * it is an event or a total. */
#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"

#include "store/contests.h"
#include "store/private.h"
#include "store_fixture.h"

static struct contest_record plan(size_t n_teams, size_t n_main, size_t n_reserve)
{
    struct contest_record r = { .name = "Hội thi", .seed = 0xFFFFFFFF, .seconds = 30 };

    r.game.n_teams = n_teams;
    r.game.n_main = n_main;
    r.game.n_questions = n_main + n_reserve;
    for (size_t t = 0; t < n_teams; t++)
        (void)snprintf(r.teams[t], sizeof(r.teams[t]), "Đội %zu", t + 1);
    for (size_t q = 0; q < r.game.n_questions; q++) {
        (void)snprintf(r.questions[q].lesson, CONTEST_ID_BYTES, "m01-b%02zu", q);
        (void)snprintf(r.questions[q].item, CONTEST_ID_BYTES, "m01-b%02zu-q1", q);
    }
    return r;
}

static struct contest_record newest(struct fixture *f)
{
    struct contest_record r;
    bool found;

    assert_int_equal(contests_newest(f->db, &r, &found), ERR_OK);
    assert_true(found);
    return r;
}

static void answer(struct fixture *f, struct contest_record *r, enum contest_verdict v,
                   int64_t ms)
{
    struct contest_turn turn;

    assert_true(contest_turn(&r->game, &turn));
    assert_int_equal(contests_answer(f->db, r, turn, (struct contest_answer){ v, ms }),
                     ERR_OK);
}

static void test_there_is_none_at_first(void **state)
{
    struct fixture *f = *state;
    struct contest_record r;
    bool found = true;

    assert_int_equal(contests_newest(f->db, &r, &found), ERR_OK);
    assert_false(found);
}

static void test_it_goes_on_after_a_power_cut_where_the_last_answer_was(void **state)
{
    struct fixture *f = *state;
    struct contest_record r = plan(3, 2, 5), got;
    struct contest_turn turn;

    assert_int_equal(contests_begin(f->db, &r, "s1"), ERR_OK);
    answer(f, &r, CONTEST_RIGHT, 1500);
    answer(f, &r, CONTEST_LATE, 30100); /* a frame came late */
    fixture_reopen(f);
    got = newest(f);
    assert_memory_equal(&got.game, &r.game, sizeof(r.game));
    assert_memory_equal(got.questions, r.questions, sizeof(r.questions));
    assert_memory_equal(got.teams, r.teams, sizeof(r.teams));
    assert_string_equal(got.name, "Hội thi");
    assert_int_equal(got.seed, 0xFFFFFFFF);
    assert_int_equal(got.seconds, 30);
    assert_int_equal(got.game.answers[0][1].ms, 30000);
    assert_true(contest_turn(&got.game, &turn));
    assert_int_equal(turn.question, 0);
    assert_int_equal(turn.team, 2);
    answer(f, &got, CONTEST_NOT_YET, 2000);
    fixture_reopen(f);
    got = newest(f);
    assert_true(contest_told(&got.game, 0));
    assert_int_equal(got.state, CONTEST_RUNNING);
}

static void test_what_was_answered_stays_as_it_was(void **state)
{
    struct fixture *f = *state;
    struct contest_record r = plan(2, 1, 5), old;
    struct contest_turn first = { 0, 0 }, second = { 0, 1 };
    struct contest_answer right = { CONTEST_RIGHT, 1000 };
    struct contest_answer other = { CONTEST_NOT_YET, 2000 };

    assert_int_equal(contests_begin(f->db, &r, "s1"), ERR_OK);
    assert_int_equal(contests_answer(f->db, &r, second, right), ERR_REJECTED);
    old = r;
    assert_int_equal(contests_answer(f->db, &r, first, right), ERR_OK);
    assert_int_equal(contests_answer(f->db, &r, first, other), ERR_REJECTED);
    /* as when the commit had happened although the disk said no */
    assert_int_equal(contests_answer(f->db, &old, first, other), ERR_OK);
    assert_int_equal(newest(f).game.answers[0][0].verdict, CONTEST_RIGHT);
    r = newest(f);
    assert_int_equal(
        contests_answer(f->db, &r, second, (struct contest_answer){ CONTEST_OPEN, 1 }),
        ERR_REJECTED);
}

static void test_extra_questions_and_the_end_stay_too(void **state)
{
    struct fixture *f = *state;
    struct contest_record r = plan(2, 1, 2);

    assert_int_equal(contests_begin(f->db, &r, "s1"), ERR_OK);
    assert_int_equal(contests_extra(f->db, &r),
                     ERR_REJECTED); /* not all have answered */
    assert_int_equal(contests_end(f->db, &r, CONTEST_DONE), ERR_REJECTED);
    answer(f, &r, CONTEST_RIGHT, 1000);
    answer(f, &r, CONTEST_RIGHT, 1000);
    assert_int_equal(contests_extra(f->db, &r), ERR_OK);
    fixture_reopen(f);
    r = newest(f);
    assert_int_equal(r.game.n_extra, 1);
    answer(f, &r, CONTEST_RIGHT, 1000);
    answer(f, &r, CONTEST_NOT_YET, 1000);
    assert_int_equal(contests_extra(f->db, &r), ERR_REJECTED); /* it is decided */
    assert_int_equal(contests_end(f->db, &r, CONTEST_DONE), ERR_OK);
    assert_int_equal(contests_end(f->db, &r, CONTEST_CALLED_OFF), ERR_REJECTED);
    fixture_reopen(f);
    assert_int_equal(newest(f).state, CONTEST_DONE);
}

static void test_one_runs_at_a_time_and_the_newest_are_kept(void **state)
{
    struct fixture *f = *state;
    struct contest_record r = plan(2, 1, 0), second = plan(2, 1, 0);

    assert_int_equal(contests_begin(f->db, &r, "s1"), ERR_OK);
    assert_int_equal(contests_begin(f->db, &second, "s1"), ERR_REJECTED);
    answer(f, &r, CONTEST_RIGHT, 1000);
    assert_int_equal(contests_end(f->db, &r, CONTEST_CALLED_OFF), ERR_OK);
    for (int i = 0; i < CONTEST_KEPT + 1; i++) {
        r = plan(2, 1, 0);
        assert_int_equal(contests_begin(f->db, &r, "s1"), ERR_OK);
        assert_int_equal(contests_end(f->db, &r, CONTEST_CALLED_OFF), ERR_OK);
    }
    assert_int_equal(newest(f).id, r.id);
    fixture_reopen(f);
    db_close(f->db);
    f->db = NULL;
    assert_int_equal(fixture_sql_int(f, "SELECT count(*) FROM contest"), CONTEST_KEPT);
    assert_int_equal(fixture_sql_int(f, "SELECT count(*) FROM contest_answer"), 0);
    assert_int_equal(fixture_sql_int(f, "SELECT count(*) FROM contest_team"),
                     2 * CONTEST_KEPT);
    fixture_open(f);
}

static void test_what_is_not_whole_is_refused(void **state)
{
    struct fixture *f = *state;
    struct contest_record one = plan(1, 1, 0), many = plan(2, 1, 0),
                          nameless = plan(2, 1, 0), team = plan(2, 1, 0),
                          slow = plan(2, 1, 0), none = plan(2, 0, 0);

    many.game.n_teams = CONTEST_TEAMS_MAX + 1;
    nameless.name[0] = 0;
    team.teams[1][0] = 0;
    slow.seconds = CONTEST_SECONDS_MOST + 1;
    assert_int_equal(contests_begin(f->db, &one, "s1"), ERR_REJECTED);
    assert_int_equal(contests_begin(f->db, &many, "s1"), ERR_REJECTED);
    assert_int_equal(contests_begin(f->db, &nameless, "s1"), ERR_REJECTED);
    assert_int_equal(contests_begin(f->db, &team, "s1"), ERR_REJECTED);
    assert_int_equal(contests_begin(f->db, &slow, "s1"), ERR_REJECTED);
    assert_int_equal(contests_begin(f->db, &none, "s1"), ERR_REJECTED);
    one = plan(2, 1, 0);
    assert_int_equal(contests_begin(f->db, &one, ""), ERR_REJECTED);
    assert_int_equal(contests_begin(NULL, &one, "s1"), ERR_CORRUPT);
}

static void test_one_that_is_spoilt_does_not_stand_in_the_way(void **state)
{
    struct fixture *f = *state;
    struct contest_record r = plan(2, 1, 0);
    bool found;

    assert_int_equal(contests_begin(f->db, &r, "s1"), ERR_OK);
    assert_int_equal(db_exec(f->db, "DELETE FROM contest_team WHERE team = 1"), ERR_OK);
    assert_int_equal(contests_newest(f->db, &r, &found), ERR_REJECTED);
    assert_int_equal(contests_end(f->db, &r, CONTEST_CALLED_OFF), ERR_OK);
    r = plan(2, 1, 0);
    assert_int_equal(contests_begin(f->db, &r, "s1"), ERR_OK);
}

static void test_the_day_is_known_once_the_clock_is(void **state)
{
    struct fixture *f = *state;
    struct contest_record r = plan(2, 1, 0);

    assert_int_equal(contests_begin(f->db, &r, "s1"), ERR_OK);
    assert_int_equal(r.day, -1);
    fixture_learn_time(f); /* later in the same run */
    assert_int_equal(newest(f).day, clock_day(FIXTURE_WALL_MS));
}

static void test_it_is_no_event_and_no_total(void **state)
{
    struct fixture *f = *state;
    struct contest_record r = plan(2, 1, 0);

    assert_int_equal(contests_begin(f->db, &r, "s1"), ERR_OK);
    answer(f, &r, CONTEST_RIGHT, 1000);
    answer(f, &r, CONTEST_NOT_YET, 1000);
    assert_int_equal(contests_end(f->db, &r, CONTEST_DONE), ERR_OK);
    db_close(f->db);
    f->db = NULL;
    assert_int_equal(fixture_sql_int(f, "SELECT count(*) FROM event"), 0);
    assert_int_equal(fixture_sql_int(f, "SELECT count(*) FROM total"), 0);
    assert_int_equal(fixture_sql_int(f, "SELECT count(*) FROM gauge"), 0);
    fixture_open(f);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_there_is_none_at_first),
        CASE(test_it_goes_on_after_a_power_cut_where_the_last_answer_was),
        CASE(test_what_was_answered_stays_as_it_was),
        CASE(test_extra_questions_and_the_end_stay_too),
        CASE(test_one_runs_at_a_time_and_the_newest_are_kept),
        CASE(test_what_is_not_whole_is_refused),
        CASE(test_one_that_is_spoilt_does_not_stand_in_the_way),
        CASE(test_the_day_is_known_once_the_clock_is),
        CASE(test_it_is_no_event_and_no_total),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
