/* The part of the contract that reports read, and what is frozen. */
#include <string.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "contract.h"

#define C "21520"

static void count(struct contract *c, const char *kiosk, const char *stat,
                  const char *period, const char *unit, const char *dims, int64_t plus)
{
    DO(c, Q_COUNT_MERGE, T(C), T(kiosk), T("r"), T(stat), T(period), T(unit), T(dims),
       N(plus), N(0));
}

static void gauge(struct contract *c, const char *kiosk, const char *stat,
                  const char *period, const char *dims, int64_t value)
{
    DO(c, Q_GAUGE_MERGE, T(C), T(kiosk), T(stat), T(period), T("-"), T(dims), N(value),
       N(1), N(1), T("r"));
}

static void test_days_of_a_report_are_added_up(void **state)
{
    struct contract *c = *state;

    count(c, "k", "starts", "2026-03-04", "a", "-", 2);
    count(c, "q", "starts", "2026-03-05", "a", "-", 3);
    count(c, "k", "starts", "2026-03-06", "a", "sex=f", 9);
    count(c, "k", "passes", "2026-03-04", "a", "-", 7);
    assert_string_equal(
        ROWS(c, Q_REPORT_DAYS, 4, T("2026-03-04"), T("2026-03-05"), T("starts")),
        "starts|a|-|5\n");
    assert_string_equal(
        ROWS(c, Q_REPORT_DAYS, 4, T("2026-03-06"), T("2026-03-06"), T("starts")),
        "starts|a|sex=f|9\n");
    assert_string_equal(
        ROWS(c, Q_REPORT_DAYS, 4, T("2026-03-04"), T("2026-03-04"), T("")),
        "passes|a|-|7\nstarts|a|-|2\n");
    assert_string_equal(
        ROWS(c, Q_REPORT_DAYS, 4, T("2027-01-01"), T("2027-12-31"), T("")), "");
}

static void test_hours_come_with_the_clock_of_their_run(void **state)
{
    struct contract *c = *state;

    DO(c, Q_RUN_LINE, T(C), T("k"), T("r"), N(1), N(5000), N(60), N(2));
    count(c, "k", "starts", "?3", "a", "sex=f", 4);
    count(c, "k", "starts", "2026-03-04", "a", "-", 1);
    assert_string_equal(ROWS_PLAIN(c, Q_REPORT_HOURS, 8),
                        "starts|?3|a|sex=f|4|5000|60|2\n");
}

static void test_lines_to_be_checked_come_by_machine_and_day(void **state)
{
    struct contract *c = *state;

    DO(c, Q_RUN_LINE, T(C), T("k"), T("r"), N(1), N(5000), N(60), N(2));
    DO(c, Q_RUN_LINE, T(C), T("a"), T("r"), N(1), N(0), N(0), N(3));
    count(c, "k", "completions", "2026-03-05", "l1", "-", 2);
    count(c, "k", "completions", "2026-03-04", "l2", "-", 3);
    count(c, "k", "completions", "2026-03-04", "l2", "sex=f", 3);
    count(c, "k", "starts", "2026-03-04", "l2", "-", 9);
    count(c, "k", "completions", "2026-04-01", "l1", "-", 9);
    count(c, "k", "completions", "?7", "l1", "-", 4);
    count(c, "a", "completions", "2026-03-05", "l1", "-", 5);
    assert_string_equal(ROWS(c, Q_CHECK_ROWS, 8, T("2026-03-01"), T("2026-03-31")),
                        "a|2026-03-05|l1|5|0|0|3|r\nk|2026-03-04|l2|3|5000|60|2|r\n"
                        "k|2026-03-05|l1|2|5000|60|2|r\nk|?7|l1|4|5000|60|2|r\n");
}

static void test_the_stock_of_a_report_is_each_kiosks_newest(void **state)
{
    struct contract *c = *state;

    DO(c, Q_RUN_LINE, T(C), T("k"), T("r"), N(1), N(0), N(0), N(3));
    DO(c, Q_RUN_LINE, T(C), T("q"), T("r"), N(1), N(0), N(0), N(3));
    gauge(c, "k", "registered", "2026-02", "-", 10);
    gauge(c, "k", "registered", "2026-03", "-", 12);
    gauge(c, "q", "registered", "2026-01", "-", 5);
    gauge(c, "k", "active", "2026-03", "-", 99);
    assert_string_equal(ROWS(c, Q_REPORT_STOCK, 4, T("2026-03"), T("registered")),
                        "registered|-|-|17\n");
    assert_string_equal(ROWS(c, Q_REPORT_STOCK, 4, T("2026-02"), T("registered")),
                        "registered|-|-|15\n");
}

static void test_since_when_something_is_known(void **state)
{
    struct contract *c = *state;

    count(c, "k", "starts", "2026-03-04", "a", "-", 1);
    count(c, "k", "starts", "2026-02-28", "b", "-", 1);
    gauge(c, "k", "finished_one", "2026-H1", "-", 3);
    gauge(c, "k", "finished_one", "2026-Q1", "-", 3);
    assert_non_null(strstr(ROWS_PLAIN(c, Q_REPORT_FIRST, 3), "starts|-|2026-02-28\n"));
    assert_non_null(strstr(ROWS_PLAIN(c, Q_REPORT_FIRST, 3), "finished_one|-|0\n"));
}

static void test_people_of_a_period_are_added_up(void **state)
{
    struct contract *c = *state;

    gauge(c, "k", "finished_one", "2026-H1", "-", 3);
    gauge(c, "q", "finished_one", "2026-H1", "-", 4);
    assert_string_equal(
        ROWS(c, Q_PEOPLE_SUM, 1, T("finished_one"), T("2026-H1"), T("-")), "7\n");
    assert_string_equal(
        ROWS(c, Q_PEOPLE_SUM, 1, T("finished_one"), T("2026-H2"), T("-")), "0\n");
}

static void test_a_frozen_report_stays(void **state)
{
    struct contract *c = *state;

    assert_string_equal(ROWS(c, Q_FROZEN_LAST, 1, T("2026-H1")), "0\n");
    DO(c, Q_FROZEN_ADD, T("2026-H1"), N(1), N(5), T("aa"), T("{\"một\":1}"));
    DO(c, Q_FROZEN_ADD, T("2026-H1"), N(2), N(6), T("bb"), T("{}"));
    DO(c, Q_FROZEN_ADD, T("2025"), N(1), N(7), T("cc"), T("{}"));
    assert_string_equal(ROWS(c, Q_FROZEN_LAST, 1, T("2026-H1")), "2\n");
    assert_string_equal(ROWS(c, Q_FROZEN_GET, 2, T("2026-H1"), N(1)),
                        "aa|{\"một\":1}\n");
    assert_string_equal(ROWS(c, Q_FROZEN_GET, 2, T("2026-H1"), N(3)), "");
    assert_string_equal(ROWS_PLAIN(c, Q_FROZEN_LIST, 4),
                        "2025|1|7|cc\n2026-H1|1|5|aa\n2026-H1|2|6|bb\n");
    /* the same version again is refused, and changes nothing */
    assert_int_not_equal(store_run(c->store, Q_FROZEN_ADD, NULL, NULL, T("2026-H1"),
                                   N(2), N(8), T("dd"), T("{}")),
                         ERR_OK);
    contract_reopen(c);
    assert_string_equal(ROWS(c, Q_FROZEN_GET, 2, T("2026-H1"), N(2)), "bb|{}\n");
}

static void test_the_first_day_a_target_was_reached_stays(void **state)
{
    struct contract *c = *state;

    DO(c, Q_REACHED_ADD, T("target.x"), T("2026-03-04"));
    DO(c, Q_REACHED_ADD, T("target.x"), T("2026-03-05"));
    assert_string_equal(ROWS(c, Q_REACHED_GET, 1, T("target.x")), "2026-03-04\n");
    DO(c, Q_REACHED_DROP, T("target.x"));
    assert_string_equal(ROWS(c, Q_REACHED_GET, 1, T("target.x")), "");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, contract_setup, contract_teardown)

int contract_reports(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_days_of_a_report_are_added_up),
        CASE(test_hours_come_with_the_clock_of_their_run),
        CASE(test_lines_to_be_checked_come_by_machine_and_day),
        CASE(test_the_stock_of_a_report_is_each_kiosks_newest),
        CASE(test_since_when_something_is_known),
        CASE(test_people_of_a_period_are_added_up),
        CASE(test_a_frozen_report_stays),
        CASE(test_the_first_day_a_target_was_reached_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
