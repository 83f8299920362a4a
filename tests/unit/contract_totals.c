/* The half of the contract that is about runs, counters, gauges and what is read of
 * them: see test_store_contract.c. */
#include <stdint.h>
#include <string.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "contract.h"

#define C "21520"

/* --- runs ------------------------------------------------------------------------- */

static void line(struct contract *c, const char *kiosk, const char *run, int64_t ord,
                 int64_t start, int64_t uncertainty, int64_t trust)
{
    DO(c, Q_RUN_LINE, T(C), T(kiosk), T(run), N(ord), N(start), N(uncertainty),
       N(trust));
}

static void test_a_run_keeps_its_best_clock(void **state)
{
    static const struct {
        int64_t start, uncertainty, trust;
        const char *want;
    } rows[] = {
        { -5, 500, 1, "-5|500|1\n" },
        { 2000, 500, 1, "-5|500|1\n" },
        { 3000, 1, 0, "-5|500|1\n" },
        { 4000, 499, 1, "4000|499|1\n" },
        { 5000, 99999, 3, "5000|99999|3\n" },
        { 6000, 1, 2, "5000|99999|3\n" },
        { INT64_MAX, 99998, 3, "9223372036854775807|99998|3\n" },
    };
    struct contract *c = *state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        line(c, "k", "r", (int64_t)i + 1, rows[i].start, rows[i].uncertainty,
             rows[i].trust);
        assert_string_equal(ROWS(c, Q_RUN_START, 3, T(C), T("k"), T("r")),
                            rows[i].want);
    }
    assert_string_equal(ROWS(c, Q_RUN_HELD, 3, T(C), T("k"), T("r")), "0|0|1\n");
    assert_string_equal(ROWS(c, Q_RUN_START, 3, T("other"), T("k"), T("r")), "");
}

static void test_held_moves_without_gaps_and_top_always(void **state)
{
    static const struct {
        int64_t from, to;
        const char *want;
    } rows[] = {
        { 1, 3, "3|3|1\n" },    { 6, 8, "3|8|1\n" }, { 2, 3, "3|8|1\n" },
        { 4, 5, "5|8|1\n" },    { 6, 8, "8|8|1\n" }, { 1, 7, "8|8|1\n" },
        { 5, 12, "12|12|1\n" },
    };
    struct contract *c = *state;

    line(c, "k", "r", 1, 0, 0, 0);
    line(c, "k", "q", 2, 0, 0, 0);
    line(c, "other", "r", 9, 0, 0, 0);
    for (size_t i = 0; i < COUNT(rows); i++) {
        DO(c, Q_RUN_SPAN, T(C), T("k"), T("r"), N(rows[i].from), N(rows[i].to));
        assert_string_equal(ROWS(c, Q_RUN_HELD, 3, T(C), T("k"), T("r")), rows[i].want);
    }
    assert_string_equal(ROWS(c, Q_RUN_HELD, 3, T(C), T("k"), T("q")), "0|0|2\n");
    assert_string_equal(ROWS(c, Q_RUN_HELD, 3, T(C), T("k"), T("none")), "");
    assert_non_null(strstr(ROWS(c, Q_RUNS_OF, 2, T(C), T("k")), "q|2\n"));
    assert_non_null(strstr(ROWS(c, Q_RUNS_OF, 2, T(C), T("k")), "r|1\n"));
    assert_string_equal(ROWS(c, Q_RUNS_OF, 2, T(C), T("other")), "r|9\n");
}

/* --- counters and gauges ---------------------------------------------------------- */

static void count(struct contract *c, const char *kiosk, const char *run,
                  const char *stat, const char *period, const char *unit,
                  const char *dims, int64_t plus, int64_t minus)
{
    DO(c, Q_COUNT_MERGE, T(C), T(kiosk), T(run), T(stat), T(period), T(unit), T(dims),
       N(plus), N(minus));
}

static void gauge(struct contract *c, const char *kiosk, const char *stat,
                  const char *period, const char *dims, int64_t value, int64_t ord,
                  int64_t rev, const char *run)
{
    DO(c, Q_GAUGE_MERGE, T(C), T(kiosk), T(stat), T(period), T("-"), T(dims), N(value),
       N(ord), N(rev), T(run));
}

static void test_counters_become_the_greater_each_for_itself(void **state)
{
    static const struct {
        int64_t plus, minus;
        const char *want;
    } rows[] = {
        { 5, 1, "s|2026-11-22|u|-|4\n" },
        { 5, 1, "s|2026-11-22|u|-|4\n" },
        { 4, 2, "s|2026-11-22|u|-|3\n" },
        { 9, 0, "s|2026-11-22|u|-|7\n" },
        { 0, 9, "" },
        { 0, 10, "s|2026-11-22|u|-|-1\n" },
        { 9007199254740991, 10, "s|2026-11-22|u|-|9007199254740981\n" },
    };
    struct contract *c = *state;

    line(c, "k", "r", 1, 0, 0, 3); /* no rows come without their run */
    for (size_t i = 0; i < COUNT(rows); i++) {
        count(c, "k", "r", "s", "2026-11-22", "u", "-", rows[i].plus, rows[i].minus);
        assert_string_equal(ROWS_PLAIN(c, Q_TOTALS, 5), rows[i].want);
        assert_string_equal(ROWS(c, Q_TOTALS_OF, 5, T("k")), rows[i].want);
    }
}

static void test_the_newest_gauge_stays(void **state)
{
    static const struct {
        int64_t value, ord, rev;
        const char *run;
        const char *want;
    } rows[] = {
        { 5, 2, 7, "b", "5" },   { 6, 2, 7, "b", "5" },  { 7, 2, 7, "a", "5" },
        { 8, 2, 6, "z", "5" },   { 9, 1, 99, "z", "5" }, { 10, 2, 7, "ba", "10" },
        { 11, 2, 8, "a", "11" }, { 3, 3, 0, "a", "3" },  { 4, 10, 0, "a", "4" },
        { 2, 9, 5, "a", "4" },
    };
    struct contract *c = *state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        gauge(c, "k", "active", "2026-11", "-", rows[i].value, rows[i].ord, rows[i].rev,
              rows[i].run);
        assert_string_equal(
            ROWS_PLAIN(c, Q_TOTALS, 5),
            arena_printf(&c->arena, "active|2026-11|-|-|%s\n", rows[i].want));
    }
}

static void test_what_else_was_counted_on_that_day(void **state)
{
    static const struct {
        const char *kiosk, *run, *stat, *period, *unit, *dims;
        int64_t plus;
    } rows[] = {
        { "k", "r", "completions", "2026-11-22", "a", "-", 1 },
        { "k", "r", "completions", "2026-11-22", "b", "-", 10 },
        { "k", "q", "completions", "2026-11-22", "a", "-", 100 },
        { "k", "r", "completions", "2026-11-23", "a", "-", 1000 },
        { "k", "r", "starts", "2026-11-22", "a", "-", 1000 },
        { "k", "r", "completions", "2026-11-22", "a", "thon=t1", 1000 },
        { "other", "r", "completions", "2026-11-22", "a", "-", 1000 },
        { "k", "r", "completions", "?3", "a", "-", 1 },
        { "k", "q", "completions", "?3", "b", "-", 100 },
    };
    struct contract *c = *state;

    for (size_t i = 0; i < COUNT(rows); i++)
        count(c, rows[i].kiosk, rows[i].run, rows[i].stat, rows[i].period, rows[i].unit,
              rows[i].dims, rows[i].plus, 1);
#define OTHERS(period, unit) \
    ROWS(c, Q_COUNT_OTHERS, 1, T(C), T("k"), T("r"), T(period), T(unit), T("-"))
    assert_string_equal(OTHERS("2026-11-22", "a"), "110\n");
    assert_string_equal(OTHERS("2026-11-22", "b"), "101\n");
    assert_string_equal(OTHERS("2026-11-22", "new"), "111\n");
    assert_string_equal(OTHERS("2026-11-24", "a"), "0\n");
    assert_string_equal(OTHERS("?3", "a"), "0\n"); /* q's hour 3 is another hour */
    assert_string_equal(OTHERS("?3", "b"), "1\n");
}

static void hold(struct contract *c, const char *kiosk, const char *period,
                 const char *unit, int64_t plus, int64_t minus)
{
    DO(c, Q_HELD_ADD, T(C), T(kiosk), T("r"), T("completions"), T(period), T(unit),
       T("-"), N(plus), N(minus), N(77));
}

static void test_held_rows_grow_are_listed_and_dropped(void **state)
{
    struct contract *c = *state;

    hold(c, "k2", "2026-11-22", "a", 3000, 1);
    hold(c, "k1", "?5", "a", 5000, 0);
    hold(c, "k1", "2026-11-22", "b", 2500, 0);
    hold(c, "k1", "2026-11-22", "a", 2600, 4);
    hold(c, "k1", "2026-11-22", "a", 2700, 3);
    assert_string_equal(ROWS_PLAIN(c, Q_HELD_LIST, 4),
                        "k1|2026-11-22|2|5200\nk1|?5|1|5000\nk2|2026-11-22|1|3000\n");
    assert_string_equal(ROWS(c, Q_HELD_ROWS, 9, T("k2"), T("2026-11-22")),
                        C "|k2|r|completions|2026-11-22|a|-|3000|1\n");
    assert_non_null(strstr(ROWS(c, Q_HELD_ROWS, 9, T("k1"), T("2026-11-22")),
                           C "|k1|r|completions|2026-11-22|a|-|2700|4\n"));
    DO(c, Q_HELD_DROP, T("k1"), T("2026-11-22"));
    assert_string_equal(ROWS_PLAIN(c, Q_HELD_LIST, 4),
                        "k1|?5|1|5000\nk2|2026-11-22|1|3000\n");
    assert_string_equal(ROWS_PLAIN(c, Q_TOTALS, 5), "");
}

/* --- what is read ----------------------------------------------------------------- */

static void test_totals_are_sums_sorted_by_bytes_without_zeros(void **state)
{
    struct contract *c = *state;

    line(c, "k2", "r", 1, 0, 0, 3);
    count(c, "k1", "r", "starts", "2026-11-22", "a", "-", 1, 0);
    count(c, "k1", "q", "starts", "2026-11-22", "a", "-", 2, 0);
    count(c, "k2", "r", "starts", "2026-11-22", "a", "-", 4, 0);
    count(c, "k1", "r", "starts", "?3", "a", "-", 8, 0);
    count(c, "k1", "r", "starts", "2024-02-29", "B", "-", 16, 0);
    count(c, "k1", "r", "starts", "2026-12-01", "a", "thon=t1", 32, 0);
    count(c, "k1", "r", "starts", "2099-01-01", "a", "thon-t1", 64, 0);
    count(c, "k1", "r", "voided", "2026-11-22", "a", "-", 5, 5);
    gauge(c, "k1", "registered", "2026-H2", "-", 128, 1, 1, "r");
    gauge(c, "k2", "registered", "2026-H2", "-", 256, 1, 1, "r");
    gauge(c, "k2", "registered", "2026", "-", 0, 1, 1, "r");
    gauge(c, "k2", "Zed", "all", "-", 512, 1, 1, "r");
    assert_string_equal(ROWS_PLAIN(c, Q_TOTALS, 5),
                        "Zed|all|-|-|512\nregistered|2026-H2|-|-|384\n"
                        "starts|2024-02-29|B|-|16\nstarts|2026-11-22|a|-|7\n"
                        "starts|2026-12-01|a|thon=t1|32\n"
                        "starts|2099-01-01|a|thon-t1|64\nstarts|?3|a|-|8\n");
    assert_string_equal(ROWS(c, Q_TOTALS_OF, 5, T("k2")),
                        "Zed|all|-|-|512\nregistered|2026-H2|-|-|256\n"
                        "starts|2026-11-22|a|-|4\n");
    assert_string_equal(ROWS(c, Q_TOTALS_OF, 5, T("none")), "");
    assert_string_equal(ROWS_PLAIN(c, Q_COUNT_ROWS, 4), "8|4|1|0\n");
}

static void test_the_page_reads_days_thons_and_hours(void **state)
{
    struct contract *c = *state;

    line(c, "k1", "r", 1, 1000, 20, 3);
    count(c, "k1", "r", "completions", "2026-11-22", "a", "-", 5, 1);
    count(c, "k2", "r", "completions", "2026-11-22", "a", "-", 7, 0);
    count(c, "k1", "r", "completions", "2026-11-22", "a", "thon=t1", 2, 0);
    count(c, "k1", "r", "completions", "2026-11-22", "b", "thon=t1", 3, 0);
    count(c, "k1", "r", "starts", "2026-11-22", "b", "thon=t1", 3, 0);
    count(c, "k1", "r", "completions", "2026-11-22", "a", "sex=f;thon=t1", 1, 0);
    count(c, "k1", "r", "completions", "2026-11-22", "a", "thon=t1;x=y", 1, 0);
    count(c, "k1", "r", "completions", "?3", "a", "-", 9, 2);
    count(c, "k1", "r", "completions", "?3", "a", "thon=t1", 4, 0);
    count(c, "k1", "r", "completions", "?3", "a", "sex=f", 4, 0);
    count(c, "k9", "r", "completions", "?3", "a", "-", 9, 2); /* no run line */
    assert_string_equal(ROWS(c, Q_PAGE_DAYS, 8, T("2026-11-22"), T("2026-11-22")),
                        "completions|2026-11-22|a|-|11|0|0|0\n");
    assert_string_equal(ROWS(c, Q_PAGE_DAYS, 8, T("2026-11-23"), T("9999-99-99")), "");
    assert_string_equal(ROWS(c, Q_PAGE_DAYS, 8, T("0000-00-00"), T("2026-11-21")), "");
    assert_string_equal(ROWS(c, Q_PAGE_THONS, 8, T("2026-11-22"), T("2026-11-22")),
                        "completions|2026-11-22|-|thon=t1|5|0|0|0\n");
    assert_string_equal(ROWS(c, Q_PAGE_THONS, 8, T("2026-11-23"), T("9999-99-99")), "");
    assert_string_equal(ROWS(c, Q_PAGE_THONS, 8, T("0000-00-00"), T("2026-11-21")), "");
    assert_non_null(
        strstr(ROWS_PLAIN(c, Q_PAGE_HOURS, 8), "completions|?3|a|-|7|1000|20|3\n"));
    assert_non_null(strstr(ROWS_PLAIN(c, Q_PAGE_HOURS, 8),
                           "completions|?3|a|thon=t1|4|1000|20|3\n"));
    assert_int_equal(strlen(ROWS_PLAIN(c, Q_PAGE_HOURS, 8)),
                     strlen("completions|?3|a|-|7|1000|20|3\n"
                            "completions|?3|a|thon=t1|4|1000|20|3\n"));
}

static void test_the_page_reads_gauges_of_a_period(void **state)
{
    struct contract *c = *state;

    gauge(c, "k1", "active", "2026-11", "-", 1, 1, 1, "r");
    gauge(c, "k2", "active", "2026-11", "-", 2, 1, 1, "r");
    gauge(c, "k2", "active", "2026-11", "thon=t1", 4, 1, 1, "r");
    gauge(c, "k2", "Zed", "2026-11", "-", 8, 1, 1, "r");
    gauge(c, "k2", "registered", "2026-11", "-", 16, 1, 1, "r");
    gauge(c, "k2", "active", "2026-10", "-", 32, 1, 1, "r");
    assert_string_equal(ROWS(c, Q_PAGE_GAUGES, 4, T("2026-11")),
                        "Zed|-|-|8\nactive|-|-|3\nactive|-|thon=t1|4\n");
}

static void test_the_stock_is_each_kiosks_newest_of_that_kind(void **state)
{
    struct contract *c = *state;

    line(c, "k1", "r", 1, 0, 0, 0);
    line(c, "k2", "r", 1, 0, 0, 0);
    line(c, "k2", "q", 2, 0, 0, 0);
    gauge(c, "k1", "registered", "2026-09", "-", 1, 1, 1, "r");
    gauge(c, "k1", "registered", "2026-10", "-", 2, 1, 1, "r");
    gauge(c, "k1", "registered", "2026-12", "-", 4, 1, 1, "r"); /* later */
    gauge(c, "k2", "registered", "2026-11", "-", 8, 1, 1, "r");
    gauge(c, "k2", "registered", "2026-11", "sex=f", 16, 1, 1, "r");
    gauge(c, "k2", "registered", "2026-Q4", "-", 32, 1, 1, "r"); /* another kind */
    gauge(c, "k2", "registered", "2026", "-", 64, 1, 1, "r");
    assert_string_equal(ROWS(c, Q_PAGE_STOCK, 4, T("2026-11")),
                        "registered|-|-|10\nregistered|-|sex=f|16\n");
    assert_string_equal(ROWS(c, Q_PAGE_STOCK, 4, T("2026-Q4")), "registered|-|-|32\n");
    assert_string_equal(ROWS(c, Q_PAGE_STOCK, 4, T("2027")), "registered|-|-|64\n");
    assert_string_equal(ROWS(c, Q_PAGE_STOCK, 4, T("2025-01")), "");
}

static void test_a_merge_that_is_rolled_back_can_be_made_again(void **state)
{
    struct contract *c = *state;

    for (int i = 0; i < 2; i++) {
        assert_int_equal(store_begin(c->store), ERR_OK);
        count(c, "k", "r", "starts", "2026-03-04", "a", "-", 1, 0);
        gauge(c, "k", "active", "2026-03", "-", 1, 1, 1, "r");
        assert_string_equal(ROWS_PLAIN(c, Q_TOTALS, 5),
                            "active|2026-03|-|-|1\nstarts|2026-03-04|a|-|1\n");
        if (i)
            assert_int_equal(store_commit(c->store), ERR_OK);
        store_rollback(c->store);
        assert_string_equal(ROWS_PLAIN(c, Q_COUNT_ROWS, 4),
                            i ? "1|1|0|0\n" : "0|0|0|0\n");
    }
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, contract_setup, contract_teardown)

int contract_totals(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_a_run_keeps_its_best_clock),
        CASE(test_held_moves_without_gaps_and_top_always),
        CASE(test_counters_become_the_greater_each_for_itself),
        CASE(test_the_newest_gauge_stays),
        CASE(test_what_else_was_counted_on_that_day),
        CASE(test_held_rows_grow_are_listed_and_dropped),
        CASE(test_totals_are_sums_sorted_by_bytes_without_zeros),
        CASE(test_the_page_reads_days_thons_and_hours),
        CASE(test_the_page_reads_gauges_of_a_period),
        CASE(test_the_stock_is_each_kiosks_newest_of_that_kind),
        CASE(test_a_merge_that_is_rolled_back_can_be_made_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
