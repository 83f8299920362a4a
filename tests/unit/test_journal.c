/* Appending, what is refused, periods, taking back, progress. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "cmocka_all.h"
#include "store/outbox.h"
#include "store/progress.h"
#include "store_fixture.h"

static const unsigned char stranger[EVENT_TOKEN_BYTES] = { 1, 2, 3 };

static void test_sequence_numbers_grow_and_runs_change_at_each_open(void **state)
{
    struct fixture *f = *state;
    const struct event ev = { .kind = EVENT_START, .unit = "m09-b03" };
    struct event_id a = fixture_append(f, ev);
    struct event_id b = fixture_append(f, ev);
    struct event_id c;

    assert_int_equal(a.seq, 1);
    assert_int_equal(b.seq, 2);
    assert_true(a.run == b.run);
    fixture_reopen(f);
    c = fixture_append(f, ev);
    assert_int_equal(c.seq, 3);
    assert_true(c.run != a.run);
}

static void test_a_guest_is_counted_once_without_dims(void **state)
{
    struct fixture *f = *state;

    f->mono_ms += 3 * 3600000 + 5;
    fixture_complete(f, "m09-b03", NULL); /* begins the run: its first hour */
    assert_int_equal(fixture_total(f, "starts", "?0", "m09-b03", "-"), 1);
    assert_int_equal(fixture_total(f, "completions", "?0", "m09-b03", "-"), 1);
    assert_int_equal(fixture_total(f, "passes", "?0", "m09-b03", "-"), 1);
    assert_int_equal(fixture_total(f, "seconds", "?0", "m09-b03", "-"), 60);
    assert_int_equal(fixture_total(f, "guest_completions", "?0", "m09-b03", "-"), 1);
    f->mono_ms += 2 * 3600000;
    fixture_complete(f, "m09-b03", NULL);
    assert_int_equal(fixture_total(f, "completions", "?2", "m09-b03", "-"), 1);
}

static void test_items_count_shown_and_right_at_first(void **state)
{
    struct fixture *f = *state;

    fixture_append(
        f, (struct event){ .kind = EVENT_ITEM, .unit = "m09-b03-q1", .value = 1 });
    fixture_append(f, (struct event){ .kind = EVENT_ITEM, .unit = "m09-b03-q1" });
    assert_int_equal(fixture_total(f, "item_shown", "?0", "m09-b03-q1", "-"), 2);
    assert_int_equal(fixture_total(f, "item_first_right", "?0", "m09-b03-q1", "-"), 1);
}

static struct event practised(const char *lesson, int64_t hints)
{
    return (struct event){
        .kind = EVENT_PRACTICE, .unit = lesson, .value = hints, .body = "{\"wrong\":2}"
    };
}

static void test_practices_and_their_hints_are_counted(void **state)
{
    struct fixture *f = *state;

    fixture_append(f, practised("m09-b03", 0));
    fixture_append(f, practised("m09-b03", 5));
    fixture_append(f, practised("m09-b04", 255));
    assert_int_equal(fixture_total(f, "practice_done", "?0", "m09-b03", "-"), 2);
    assert_int_equal(fixture_total(f, "practice_hints", "?0", "m09-b03", "-"), 5);
    assert_int_equal(fixture_total(f, "practice_hints", "?0", "m09-b04", "-"), 255);
    assert_int_equal(fixture_total(f, "completions", "?0", "m09-b03", "-"), 0);
    assert_int_equal(fixture_total(f, "starts", "?0", "m09-b03", "-"), 0);
    fixture_learn_time(f);
    fixture_append(f, practised("m09-b03", 1));
    assert_int_equal(fixture_total(f, "practice_done", "2026-11-22", "m09-b03", "-"),
                     1);
}

static void test_a_practice_taken_back_is_not_counted(void **state)
{
    struct fixture *f = *state;
    struct event_id id = fixture_append(f, practised("m09-b03", 5));
    struct event void_it = { .kind = EVENT_VOID };
    char place[40];

    (void)snprintf(place, sizeof(place), "%016llx-%lld", (unsigned long long)id.run,
                   (long long)id.seq);
    void_it.unit = place;
    fixture_append(f, void_it);
    assert_int_equal(fixture_total(f, "practice_done", "?0", "m09-b03", "-"), 0);
    assert_int_equal(fixture_total(f, "practice_hints", "?0", "m09-b03", "-"), 0);
}

static void test_a_practice_leaves_the_place_in_the_lesson(void **state)
{
    struct fixture *f = *state;
    struct arena arena = { 0 };
    struct progress p;

    fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "m09-b03" });
    fixture_append(
        f,
        (struct event){ .kind = EVENT_STEP, .unit = "m09-b03", .body = "{\"at\":4}" });
    fixture_append(f, practised("m09-b03", 1));
    assert_int_equal(progress_read(f->db, NULL, &arena, &p), ERR_OK);
    assert_string_equal(p.current, "m09-b03");
    assert_string_equal(p.current_body, "{\"at\":4}");
    assert_int_equal(p.n_lessons, 0);
    arena_finish(&arena);
}

/* --- refusals ----------------------------------------------------------------------- */

static const struct refusal {
    const char *name;
    struct event ev;
} refusals[] = {
    { "refuses a score above 100",
      { .kind = EVENT_COMPLETE, .unit = "m09-b03", .value = 101 } },
    { "refuses a negative score",
      { .kind = EVENT_COMPLETE, .unit = "m09-b03", .value = -1 } },
    { "refuses a lesson without id", { .kind = EVENT_START } },
    { "refuses an empty id", { .kind = EVENT_START, .unit = "" } },
    { "refuses a practice with fewer than no hints",
      { .kind = EVENT_PRACTICE, .unit = "m09-b03", .value = -1 } },
    { "refuses a practice with more hints than are counted",
      { .kind = EVENT_PRACTICE, .unit = "m09-b03", .value = 256 } },
    { "refuses a practice of no lesson", { .kind = EVENT_PRACTICE, .value = 1 } },
    { "refuses a practice whose body is no object",
      { .kind = EVENT_PRACTICE, .unit = "m09-b03", .body = "3" } },
    { "refuses capitals in an id", { .kind = EVENT_START, .unit = "M09" } },
    { "refuses an id of 33 characters",
      { .kind = EVENT_START, .unit = "abcdefghijklmnopqrstuvwxyz0123456" } },
    { "refuses an item value of 2", { .kind = EVENT_ITEM, .unit = "q", .value = 2 } },
    { "refuses an unknown token",
      { .kind = EVENT_START, .unit = "m09-b03", .token = stranger } },
    { "refuses a kind of the store's own", { .kind = EVENT_RESTAMP } },
    { "refuses kind 0", { .unit = "m09-b03" } },
    { "refuses unknown flags", { .kind = EVENT_START, .unit = "a", .flags = 16 } },
    { "refuses a body that is no JSON",
      { .kind = EVENT_STEP, .unit = "m09-b03", .body = "{\"at\":" } },
    { "refuses to take back what is not there",
      { .kind = EVENT_VOID, .unit = "0000000000000001-1" } },
    { "refuses a person without token",
      { .kind = EVENT_PERSON, .body = "{\"thon\":\"t07\"}" } },
};

static struct refusal now_refused; /* the row that the test below looks at */

static void check_refusal(void **state)
{
    struct fixture *f = *state;
    const struct event batch[] = { { .kind = EVENT_START, .unit = "m09-b03" },
                                   now_refused.ev };
    struct event_id id = { 0 };

    assert_int_equal(journal_append(f->db, batch, 2, &id), ERR_REJECTED);
    id = fixture_append(f, batch[0]);
    assert_int_equal(id.seq, 1); /* nothing of the refused batch stayed */
    assert_int_equal(fixture_total(f, "starts", "?0", "m09-b03", "-"), 1);
}

static int refusal_setup(void **state)
{
    now_refused = *(const struct refusal *)*state;
    return fixture_setup(state);
}

/* --- time --------------------------------------------------------------------------- */

static void test_dates_begin_when_the_time_is_learned_and_old_rows_stay(void **state)
{
    struct fixture *f = *state;

    fixture_complete(f, "m09-b03", NULL);
    fixture_learn_time(f);
    fixture_complete(f, "m09-b03", NULL);
    assert_int_equal(fixture_total(f, "completions", "?0", "m09-b03", "-"), 1);
    assert_int_equal(fixture_total(f, "completions", "2026-11-22", "m09-b03", "-"), 1);
}

static void test_a_moment_too_near_to_midnight_has_no_day(void **state)
{
    struct fixture *f = *state;
    int64_t midnight_ms = (clock_day(f->wall_ms) + 1) * 86400000 - 7 * 3600000;

    fixture_learn_time(f);
    f->mono_ms += midnight_ms - f->wall_ms - 500; /* the clock is good to 1 s */
    fixture_complete(f, "m09-b03", NULL);
    f->mono_ms += 2000;
    fixture_complete(f, "m09-b03", NULL);
    assert_int_equal(fixture_total(f, "completions", "2026-11-22", "m09-b03", "-"), 0);
    assert_int_equal(fixture_total(f, "completions", "?18", "m09-b03", "-"), 1);
    assert_int_equal(fixture_total(f, "completions", "2026-11-23", "m09-b03", "-"), 1);
}

static void test_a_saved_clock_is_not_enough_for_a_day(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(journal_learn_time(f->db, f->wall_ms, 0, RUN_TRUST_SAVED), ERR_OK);
    fixture_complete(f, "m09-b03", NULL);
    assert_int_equal(fixture_total(f, "completions", "?0", "m09-b03", "-"), 1);
}

static void test_a_time_before_the_program_was_built_is_refused(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(journal_learn_time(f->db, 0, 0, RUN_TRUST_RTC), ERR_REJECTED);
    /* the day of the build begins at midnight in Vietnam, seven hours before that of UTC */
    assert_int_equal(journal_learn_time(f->db, clock_day_start(FIXTURE_BUILD_DAY) - 1,
                                        900, RUN_TRUST_SERVER),
                     ERR_REJECTED);
    assert_int_equal(journal_learn_time(f->db, clock_day_start(FIXTURE_BUILD_DAY), 900,
                                        RUN_TRUST_SERVER),
                     ERR_OK);
    assert_int_equal(journal_learn_time(f->db, INT64_MAX, 0, RUN_TRUST_RTC),
                     ERR_REJECTED);
    assert_int_equal(journal_learn_time(f->db, f->wall_ms, -1, RUN_TRUST_RTC),
                     ERR_REJECTED);
}

static void test_a_worse_clock_does_not_replace_a_better_one(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(journal_learn_time(f->db, f->wall_ms, 500, RUN_TRUST_SERVER),
                     ERR_OK);
    assert_int_equal(
        journal_learn_time(f->db, f->wall_ms + 864000000, 0, RUN_TRUST_STAFF), ERR_OK);
    fixture_complete(f, "m09-b03", NULL);
    assert_int_equal(fixture_total(f, "completions", "2026-11-22", "m09-b03", "-"), 1);
}

/* An answer that a stick brought after days knows the hour only roughly. */
static void test_a_vague_time_unsettles_an_exact_one_only_if_they_differ(void **state)
{
    static const struct {
        int64_t off_ms; /* what the server says, against the staff's clock */
        int64_t want;   /* completions of the certain day */
    } rows[] = { { 3600000, 1 }, { 30LL * 86400000, 0 } };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fixture *f;

        assert_int_equal(fixture_setup(state), 0);
        f = *state;
        fixture_learn_time(f);
        assert_int_equal(journal_learn_time(f->db, f->wall_ms + rows[i].off_ms,
                                            4LL * 86400000, RUN_TRUST_SERVER),
                         ERR_OK);
        fixture_complete(f, "l1", NULL);
        assert_int_equal(fixture_total(f, "completions", "2026-11-22", "l1", "-"),
                         rows[i].want);
        assert_int_equal(fixture_total(f, "completions", "?0", "l1", "-"),
                         1 - rows[i].want);
        fixture_teardown(state);
    }
}

static void test_an_earlier_run_of_the_same_boot_is_dated_too(void **state)
{
    struct fixture *f = *state;
    struct arena arena = { 0 };
    struct bundle b = { 0 };
    int64_t first_start_ms = f->wall_ms;

    f->mono_ms = 5000;
    fixture_complete(f, "m09-b03", NULL);
    f->mono_ms += 60000;
    fixture_reopen(f); /* the program was restarted, the machine was not */
    f->mono_ms += 60000;
    fixture_complete(f, "m09-b03", NULL);
    f->wall_ms += 120000;
    fixture_learn_time(f);
    assert_int_equal(outbox_fill(f->db, 500, &arena, &b), ERR_OK);
    assert_int_equal(b.n_runs, 2);
    assert_int_equal(b.runs[0].trust, RUN_TRUST_STAFF);
    assert_int_equal(b.runs[0].start_ms, first_start_ms);
    assert_int_equal(b.runs[0].to, 6); /* five rows and the line itself */
    assert_int_equal(b.runs[1].start_ms, first_start_ms + 120000);
    arena_finish(&arena);
}

static void test_a_run_of_another_boot_stays_undated(void **state)
{
    struct fixture *f = *state;
    struct arena arena = { 0 };
    struct bundle b = { 0 };

    f->mono_ms = 500000;
    fixture_complete(f, "m09-b03", NULL);
    f->mono_ms = 1000; /* the monotonic clock began again */
    fixture_reopen(f);
    fixture_learn_time(f);
    assert_int_equal(outbox_fill(f->db, 500, &arena, &b), ERR_OK);
    assert_int_equal(b.n_runs, 2);
    assert_int_equal(b.runs[0].trust, RUN_TRUST_NONE);
    assert_int_equal(b.runs[1].trust, RUN_TRUST_STAFF);
    arena_finish(&arena);
}

/* --- progress ----------------------------------------------------------------------- */

static void test_a_guest_resumes_the_last_step_after_a_power_cut(void **state)
{
    struct fixture *f = *state;
    struct arena arena = { 0 };
    struct progress p;

    fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "m09-b01" });
    fixture_append(
        f,
        (struct event){ .kind = EVENT_STEP, .unit = "m09-b01", .body = "{\"at\":1}" });
    fixture_append(
        f,
        (struct event){ .kind = EVENT_STEP, .unit = "m09-b01", .body = "{\"at\":2}" });
    fixture_reopen(f);
    assert_int_equal(progress_read(f->db, NULL, &arena, &p), ERR_OK);
    assert_string_equal(p.current, "m09-b01");
    assert_string_equal(p.current_body, "{\"at\":2}");
    assert_int_equal(p.n_lessons, 0);
    arena_finish(&arena);
}

static void test_a_completion_closes_the_place_and_keeps_the_best_score(void **state)
{
    struct fixture *f = *state;
    struct arena arena = { 0 };
    struct progress p;

    fixture_complete(f, "m09-b01", NULL);
    fixture_append(
        f, (struct event){ .kind = EVENT_COMPLETE, .unit = "m09-b01", .value = 40 });
    fixture_append(/* looking at the result again */
                   f, (struct event){ .kind = EVENT_STEP,
                                      .unit = "m09-b01",
                                      .body = "{\"at\":9}" });
    assert_int_equal(progress_read(f->db, NULL, &arena, &p), ERR_OK);
    assert_null(p.current);
    assert_int_equal(p.n_lessons, 1);
    assert_string_equal(p.lessons[0].lesson, "m09-b01");
    assert_int_equal(p.lessons[0].best_pct, 100);
    assert_true(p.lessons[0].passed);
    arena_finish(&arena);
}

static void test_leaving_forgets_the_guest_but_not_the_totals(void **state)
{
    struct fixture *f = *state;
    struct arena arena = { 0 };
    struct progress p;

    fixture_complete(f, "m09-b01", NULL);
    fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "m09-b02" });
    fixture_append(f, (struct event){ .kind = EVENT_LEAVE });
    assert_int_equal(progress_read(f->db, NULL, &arena, &p), ERR_OK);
    assert_null(p.current);
    assert_int_equal(p.n_lessons, 0);
    assert_int_equal(fixture_total(f, "completions", "?0", "m09-b01", "-"), 1);
    arena_finish(&arena);
}

#define CASE(test) \
    cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_sequence_numbers_grow_and_runs_change_at_each_open),
        CASE(test_a_guest_is_counted_once_without_dims),
        CASE(test_items_count_shown_and_right_at_first),
        CASE(test_practices_and_their_hints_are_counted),
        CASE(test_a_practice_taken_back_is_not_counted),
        CASE(test_a_practice_leaves_the_place_in_the_lesson),
        CASE(test_dates_begin_when_the_time_is_learned_and_old_rows_stay),
        CASE(test_a_moment_too_near_to_midnight_has_no_day),
        CASE(test_a_saved_clock_is_not_enough_for_a_day),
        CASE(test_a_time_before_the_program_was_built_is_refused),
        CASE(test_a_worse_clock_does_not_replace_a_better_one),
        cmocka_unit_test(test_a_vague_time_unsettles_an_exact_one_only_if_they_differ),
        CASE(test_an_earlier_run_of_the_same_boot_is_dated_too),
        CASE(test_a_run_of_another_boot_stays_undated),
        CASE(test_a_guest_resumes_the_last_step_after_a_power_cut),
        CASE(test_a_completion_closes_the_place_and_keeps_the_best_score),
        CASE(test_leaving_forgets_the_guest_but_not_the_totals),
    };
    struct CMUnitTest refused[COUNT(refusals)];
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    for (size_t i = 0; i < COUNT(refusals); i++)
        refused[i] = (struct CMUnitTest){ .name = refusals[i].name,
                                          .test_func = check_refusal,
                                          .setup_func = refusal_setup,
                                          .teardown_func = fixture_teardown,
                                          .initial_state = (void *)&refusals[i] };
    return failed + cmocka_run_group_tests(refused, NULL, NULL);
}
