/* Cards, codes, and how many people the gauges count. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "store/person.h"
#include "store_fixture.h"

#define DAY_MS 86400000

static const struct person_cohort ba = {
    .thon = "t07", .sex = "f", .band = "b4", .group = "g2", .job = "j1"
};
static const struct person_cohort ong = { .thon = "t01", .sex = "m", .band = "b4" };

static struct person_card add(struct fixture *f, const struct person_cohort *cohort)
{
    struct person_card card;

    assert_int_equal(person_add(f->db, cohort, &card), ERR_OK);
    return card;
}

/* --- codes -------------------------------------------------------------------------- */

static void test_the_check_digit_is_that_of_damm(void **state)
{
    (void)state;
    assert_int_equal(person_check_digit("00572"), '4'); /* 572 -> 4, Damm 2004 */
    assert_int_equal(person_check_digit("00000"), '0');
}

static void test_a_code_finds_its_person_and_a_typo_is_told(void **state)
{
    struct fixture *f = *state;
    struct person_card card = add(f, &ba);
    unsigned char token[EVENT_TOKEN_BYTES];
    char wrong[PERSON_CODE_CHARS];
    bool typo;

    assert_int_equal(person_by_code(f->db, card.code, token, &typo), ERR_OK);
    assert_memory_equal(token, card.token, EVENT_TOKEN_BYTES);
    assert_false(typo);
    for (size_t i = 0; i < 6; i++) { /* every single wrong digit */
        memcpy(wrong, card.code, sizeof(wrong));
        wrong[i] = (char)('0' + (wrong[i] - '0' + 1) % 10);
        assert_int_equal(person_by_code(f->db, wrong, token, &typo), ERR_REJECTED);
        assert_true(typo);
    }
    (void)snprintf(wrong, sizeof(wrong), "%05d",
                   (int)((strtol(card.code, NULL, 10) / 10 + 1) % 100000));
    wrong[5] = person_check_digit(wrong);
    wrong[6] = 0;
    assert_int_equal(person_by_code(f->db, wrong, token, &typo), ERR_REJECTED);
    assert_false(typo); /* well formed, but nobody's */
}

static const struct bad_code {
    const char *name;
    const char *code;
} bad_codes[] = {
    { "an empty code is a typo", "" },
    { "five digits are a typo", "12345" },
    { "seven digits are a typo", "1234567" },
    { "letters are a typo", "12a456" },
    { "fullwidth digits are a typo", "１23456" },
};

static void check_bad_code(void **state)
{
    const struct bad_code *row = *state;
    unsigned char token[EVENT_TOKEN_BYTES];
    bool typo = false;

    assert_int_equal(person_by_code(NULL, row->code, token, &typo), ERR_REJECTED);
    assert_true(typo);
}

static void test_a_code_outside_the_grammar_is_refused(void **state)
{
    struct fixture *f = *state;
    struct person_cohort bad = ba;
    struct person_card card;

    (void)snprintf(bad.thon, sizeof(bad.thon), "t;sex=m");
    assert_int_equal(person_add(f->db, &bad, &card), ERR_REJECTED);
    memset(bad.thon, 'a', sizeof(bad.thon)); /* no end */
    assert_int_equal(person_add(f->db, &bad, &card), ERR_REJECTED);
    assert_int_equal(fixture_total(f, "registered", "all", "-", "-"), 0);
}

/* --- lượt of people ----------------------------------------------------------------- */

static const struct cell {
    const char *dims;
    int64_t want;
} cells[] = {
    { "-", 2 },
    { "sex=f", 1 },
    { "sex=m", 1 },
    { "thon=t07", 1 },
    { "band=b4", 2 },
    { "group=g2", 1 },
    { "job=j1", 1 },
    { "sex=f;thon=t07", 1 },
    { "band=b4;thon=t07", 1 },
    { "band=b4;thon=t01", 1 },
    { "sex=f;thon=t01", 0 },
    { "unit=", 0 },
};

static void test_people_count_in_each_cube_of_their_cohort(void **state)
{
    struct fixture *f = *state;
    struct person_card one = add(f, &ba), two = add(f, &ong);

    fixture_learn_time(f);
    fixture_complete(f, "m09-b03", one.token);
    fixture_complete(f, "m09-b03", two.token);
    for (size_t i = 0; i < COUNT(cells); i++) {
        assert_int_equal(
            fixture_total(f, "completions", "2026-11-22", "m09-b03", cells[i].dims),
            cells[i].want);
        assert_int_equal(fixture_total(f, "active", "2026-11", "-", cells[i].dims),
                         cells[i].want);
    }
    assert_int_equal(
        fixture_total(f, "guest_completions", "2026-11-22", "m09-b03", "-"), 0);
}

static void test_a_card_of_another_kiosk_counts_as_visitor_only(void **state)
{
    struct fixture *f = *state;
    const unsigned char foreign[EVENT_TOKEN_BYTES] = { 9 };

    fixture_append(f, (struct event){ .kind = EVENT_COMPLETE,
                                      .unit = "m09-b03",
                                      .token = foreign,
                                      .value = 100,
                                      .flags = EVENT_VISITOR | EVENT_PASSED });
    assert_int_equal(fixture_total(f, "completions", "?0", "m09-b03", "-"), 1);
    assert_int_equal(fixture_total(f, "visitor_completions", "?0", "m09-b03", "-"), 1);
    assert_int_equal(fixture_total(f, "guest_completions", "?0", "m09-b03", "-"), 0);
    assert_int_equal(fixture_total(f, "active", "all", "-", "-"), 0);
    assert_int_equal(fixture_total(f, "lesson_firsts", "all", "m09-b03", "-"), 0);
}

/* --- người -------------------------------------------------------------------------- */

static void test_a_person_counts_once_in_every_period(void **state)
{
    static const char *const periods[] = { "2026-11", "2026-Q4", "2026-H2",
                                           "2026",    "P1",      "all" };
    struct fixture *f = *state;
    struct person_card one = add(f, &ba);

    fixture_learn_time(f);
    fixture_complete(f, "m09-b01", one.token);
    fixture_complete(f, "m09-b02", one.token);
    fixture_complete(f, "m09-b02", one.token);
    for (size_t i = 0; i < COUNT(periods); i++) {
        assert_int_equal(fixture_total(f, "active", periods[i], "-", "-"), 1);
        assert_int_equal(fixture_total(f, "finished_one", periods[i], "-", "sex=f"), 1);
        assert_int_equal(fixture_total(f, "lesson_firsts", periods[i], "m09-b02", "-"),
                         1);
    }
    f->mono_ms += (int64_t)40 * DAY_MS; /* New Year's Day */
    fixture_complete(f, "m09-b02", one.token);
    assert_int_equal(fixture_total(f, "active", "2027-01", "-", "-"), 1);
    assert_int_equal(fixture_total(f, "active", "all", "-", "-"), 1);
    assert_int_equal(fixture_total(f, "lesson_firsts", "2027-01", "m09-b02", "-"), 0);
}

static void test_without_a_certain_day_people_count_in_all_only(void **state)
{
    struct fixture *f = *state;
    struct person_card one = add(f, &ba);

    fixture_complete(f, "m09-b01", one.token);
    assert_int_equal(fixture_total(f, "active", "all", "-", "-"), 1);
    assert_int_equal(fixture_total(f, "registered", "all", "-", "thon=t07"), 1);
    assert_int_equal(fixture_total(f, "active", "2026", "-", "-"), 0);
}

/* `registered` is a stock: who is known when a period ends (store/gauge.h). */
static void test_a_person_of_an_unsure_day_is_registered_in_later_sure_periods(
    void **state)
{
    struct fixture *f = *state;

    add(f, &ba);
    assert_int_equal(fixture_total(f, "registered", "all", "-", "-"), 1);
    assert_int_equal(fixture_total(f, "registered", "2026", "-", "-"), 0);
    fixture_learn_time(f);
    add(f, &ong); /* a sure day: the first was known by then too */
    assert_int_equal(fixture_total(f, "registered", "2026-11", "-", "-"), 2);
    assert_int_equal(fixture_total(f, "registered", "2026", "-", "thon=t07"), 1);
    assert_int_equal(fixture_total(f, "registered", "P1", "-", "sex=f;thon=t07"), 1);
}

static void test_the_registered_stay_registered_in_the_periods_that_follow(void **state)
{
    struct fixture *f = *state;

    fixture_learn_time(f);
    add(f, &ba);
    f->mono_ms += 60LL * 86400000; /* January 2027 */
    assert_int_equal(fixture_total(f, "registered", "2027-01", "-", "-"), 0);
    fixture_complete(f, "m09-b01", NULL); /* a guest: the month has begun */
    assert_int_equal(fixture_total(f, "registered", "2027-01", "-", "-"), 1);
    assert_int_equal(fixture_total(f, "registered", "2027-Q1", "-", "thon=t07"), 1);
    add(f, &ong);
    assert_int_equal(fixture_total(f, "registered", "2027-01", "-", "-"), 2);
    assert_int_equal(fixture_total(f, "registered", "2026", "-", "-"),
                     1); /* as it ended */
    assert_int_equal(fixture_total(f, "registered", "all", "-", "-"), 2);
}

static void test_who_moved_in_an_unsure_hour_is_moved_in_the_next_sure_one(void **state)
{
    struct fixture *f = *state;
    struct person_card one;

    fixture_learn_time(f);
    one = add(f, &ba);
    fixture_reopen(f); /* a new run: no day is sure */
    fixture_append(f, (struct event){ .kind = EVENT_PERSON,
                                      .token = one.token,
                                      .body = "{\"thon\":\"t01\",\"sex\":\"f\"}" });
    assert_int_equal(fixture_total(f, "registered", "2026", "-", "thon=t07"), 1);
    fixture_learn_time(f);
    fixture_complete(f, "m09-b01", NULL);
    assert_int_equal(fixture_total(f, "registered", "2026", "-", "thon=t07"), 0);
    assert_int_equal(fixture_total(f, "registered", "2026", "-", "thon=t01"), 1);
    assert_int_equal(fixture_total(f, "registered", "2026", "-", "-"), 1);
}

static void set_curriculum(struct fixture *f, size_t n_lessons)
{
    static const char *const lessons[] = { "m09-b01", "m09-b02", "m09-b03" };
    const struct journal_group groups[] = { { "module", "m09", lessons, n_lessons },
                                            { "path", "short", lessons, 1 } };

    assert_int_equal(journal_set_curriculum(f->db, groups, COUNT(groups)), ERR_OK);
}

static void test_a_module_is_finished_when_all_its_lessons_are_passed(void **state)
{
    struct fixture *f = *state;
    struct person_card one = add(f, &ba);

    set_curriculum(f, 2);
    fixture_learn_time(f);
    fixture_complete(f, "m09-b01", one.token);
    assert_int_equal(fixture_total(f, "path_finished", "2026", "short", "-"), 1);
    fixture_append(f, (struct event){ .kind = EVENT_COMPLETE,
                                      .unit = "m09-b02",
                                      .token = one.token,
                                      .value = 50 });
    assert_int_equal(fixture_total(f, "module_finished", "all", "m09", "-"), 0);
    fixture_complete(f, "m09-b02", one.token);
    assert_int_equal(fixture_total(f, "module_finished", "2026-H2", "m09", "-"), 1);
    assert_int_equal(
        fixture_total(f, "module_finished", "2026-H2", "m09", "sex=f;thon=t07"), 1);
}

static void test_a_longer_module_takes_nothing_away_a_shorter_one_gives(void **state)
{
    struct fixture *f = *state;
    struct person_card one = add(f, &ba), two = add(f, &ong);

    set_curriculum(f, 1);
    fixture_complete(f, "m09-b01", one.token);
    assert_int_equal(fixture_total(f, "module_finished", "all", "m09", "-"), 1);
    set_curriculum(f, 3);
    assert_int_equal(fixture_total(f, "module_finished", "all", "m09", "-"), 1);
    fixture_complete(f, "m09-b01", two.token);
    fixture_complete(f, "m09-b02", two.token);
    assert_int_equal(fixture_total(f, "module_finished", "all", "m09", "-"), 1);
    set_curriculum(f, 2);
    assert_int_equal(fixture_total(f, "module_finished", "all", "m09", "-"), 2);
}

static void test_moving_a_person_moves_the_gauges_and_leaves_the_luot(void **state)
{
    struct fixture *f = *state;
    struct person_card one = add(f, &ba);

    fixture_learn_time(f);
    fixture_complete(f, "m09-b01", one.token);
    fixture_append(f, (struct event){ .kind = EVENT_PERSON,
                                      .token = one.token,
                                      .body = "{\"thon\":\"t01\",\"sex\":\"f\"}" });
    assert_int_equal(fixture_total(f, "active", "2026", "-", "thon=t07"), 0);
    assert_int_equal(fixture_total(f, "active", "2026", "-", "thon=t01"), 1);
    assert_int_equal(fixture_total(f, "active", "2026", "-", "band=b4"), 0);
    assert_int_equal(fixture_total(f, "active", "2026", "-", "-"), 1);
    assert_int_equal(fixture_total(f, "registered", "all", "-", "sex=f;thon=t01"), 1);
    assert_int_equal(
        fixture_total(f, "completions", "2026-11-22", "m09-b01", "thon=t07"), 1);
}

static void test_taking_back_a_completion_takes_what_rested_on_it(void **state)
{
    struct fixture *f = *state;
    struct person_card one = add(f, &ba);
    struct event_id id;
    char place[40];

    set_curriculum(f, 2);
    fixture_learn_time(f);
    id = fixture_append(f, (struct event){ .kind = EVENT_COMPLETE,
                                           .unit = "m09-b01",
                                           .token = one.token,
                                           .value = 100,
                                           .flags = EVENT_PASSED });
    fixture_complete(f, "m09-b02", one.token);
    assert_int_equal(fixture_total(f, "module_finished", "2026", "m09", "-"), 1);
    (void)snprintf(place, sizeof(place), "%016llx-%lld", (unsigned long long)id.run,
                   (long long)id.seq);
    fixture_append(f, (struct event){ .kind = EVENT_VOID, .unit = place });
    assert_int_equal(fixture_total(f, "module_finished", "2026", "m09", "-"), 0);
    assert_int_equal(fixture_total(f, "lesson_firsts", "all", "m09-b01", "-"), 0);
    assert_int_equal(fixture_total(f, "lesson_firsts", "all", "m09-b02", "-"), 1);
    assert_int_equal(fixture_total(f, "completions", "2026-11-22", "m09-b01", "-"), 0);
    assert_int_equal(fixture_total(f, "active", "2026", "-", "-"), 1);
    assert_int_equal(/* once is enough */
                     journal_append(
                         f->db, &(struct event){ .kind = EVENT_VOID, .unit = place }, 1,
                         &id),
                     ERR_REJECTED);
}

static void test_taking_back_in_a_later_run_books_it_there(void **state)
{
    struct fixture *f = *state;
    struct event_id id;
    char place[40];

    id = fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "m09-b01" });
    fixture_reopen(f);
    (void)snprintf(place, sizeof(place), "%016llx-%lld", (unsigned long long)id.run,
                   (long long)id.seq);
    fixture_append(f, (struct event){ .kind = EVENT_VOID, .unit = place });
    assert_int_equal(fixture_total(f, "starts", "?0", "m09-b01", "-"), 0);
    db_close(f->db);
    f->db = NULL;
    assert_int_equal(
        fixture_sql_int(f, "SELECT minus FROM total WHERE run = 2 AND stat = 'starts'"),
        1);
    assert_int_equal(
        fixture_sql_int(f, "SELECT plus FROM total WHERE run = 1 AND stat = 'starts'"),
        1);
}

#define CASE(test) \
    cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_check_digit_is_that_of_damm),
        CASE(test_a_code_finds_its_person_and_a_typo_is_told),
        CASE(test_a_code_outside_the_grammar_is_refused),
        CASE(test_people_count_in_each_cube_of_their_cohort),
        CASE(test_a_card_of_another_kiosk_counts_as_visitor_only),
        CASE(test_a_person_counts_once_in_every_period),
        CASE(test_without_a_certain_day_people_count_in_all_only),
        CASE(test_a_person_of_an_unsure_day_is_registered_in_later_sure_periods),
        CASE(test_the_registered_stay_registered_in_the_periods_that_follow),
        CASE(test_who_moved_in_an_unsure_hour_is_moved_in_the_next_sure_one),
        CASE(test_a_module_is_finished_when_all_its_lessons_are_passed),
        CASE(test_a_longer_module_takes_nothing_away_a_shorter_one_gives),
        CASE(test_moving_a_person_moves_the_gauges_and_leaves_the_luot),
        CASE(test_taking_back_a_completion_takes_what_rested_on_it),
        CASE(test_taking_back_in_a_later_run_books_it_there),
    };
    struct CMUnitTest codes[COUNT(bad_codes)];
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    for (size_t i = 0; i < COUNT(bad_codes); i++)
        codes[i] = (struct CMUnitTest){ .name = bad_codes[i].name,
                                        .test_func = check_bad_code,
                                        .initial_state = (void *)&bad_codes[i] };
    return failed + cmocka_run_group_tests(codes, NULL, NULL);
}
