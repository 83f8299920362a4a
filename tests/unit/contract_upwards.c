/* The part of the contract about upwards: what leaves a commune, what the parent was told,
 * and what a province reads of its communes. */
#include <string.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "contract.h"

static void count(struct contract *c, const char *commune, const char *kiosk,
                  const char *stat, const char *period, const char *dims, int64_t plus)
{
    DO(c, Q_COUNT_MERGE, T(commune), T(kiosk), T("r"), T(stat), T(period), T("u"),
       T(dims), N(plus), N(1));
}

static void gauge(struct contract *c, const char *commune, const char *kiosk,
                  const char *stat, const char *period, const char *dims, int64_t value)
{
    DO(c, Q_GAUGE_MERGE, T(commune), T(kiosk), T(stat), T(period), T("-"), T(dims),
       N(value), N(1), N(1), T("r"));
}

static void test_days_leave_as_months_and_phases_without_pairs(void **state)
{
    struct contract *c = *state;

    count(c, "a", "k1", "starts", "2027-12-31", "-", 5);
    count(c, "a", "k2", "starts", "2027-12-01", "-", 4);
    count(c, "a", "k1", "starts", "2028-01-01", "sex=f", 6);
    count(c, "a", "k1", "starts", "2028-01-01", "sex=f;thon=t1", 6);
    count(c, "a", "k1", "starts", "2024-12-31", "-", 7);
    count(c, "a", "k1", "starts", "2031-01-01", "-", 8);
    count(c, "a", "k1", "starts", "?3", "-", 9);
    gauge(c, "a", "k1", "active", "2027-12", "-", 2);
    assert_non_null(strstr(ROWS(c, Q_OUTSIDE_DAYS, 6, T("2027-12-31")),
                           "starts|2027-12|P1|u|-|7\n"));
    assert_non_null(strstr(ROWS(c, Q_OUTSIDE_DAYS, 6, T("2027-12-30")),
                           "starts|2027-12|P2|u|-|4\n"));
    assert_non_null(strstr(ROWS(c, Q_OUTSIDE_DAYS, 6, T("2027-12-30")),
                           "starts|2027-12|P1|u|-|3\n"));
    assert_non_null(strstr(ROWS(c, Q_OUTSIDE_DAYS, 6, T("2027-12-31")),
                           "starts|2028-01|P2|u|sex=f|5\n"));
    assert_non_null(
        strstr(ROWS(c, Q_OUTSIDE_DAYS, 6, T("2027-12-31")), "starts|2024-12||u|-|6\n"));
    assert_non_null(
        strstr(ROWS(c, Q_OUTSIDE_DAYS, 6, T("2027-12-31")), "starts|2031-01||u|-|7\n"));
    assert_null(strstr(ROWS(c, Q_OUTSIDE_DAYS, 6, T("2027-12-31")), "thon"));
    gauge(c, "a", "k2", "active", "2027-12", "-", 3);
    gauge(c, "a", "k2", "active", "2027-12", "sex=f;thon=t1", 3);
    assert_string_equal(ROWS_PLAIN(c, Q_OUTSIDE_GAUGES, 5), "active|2027-12|-|-|5\n");
    DO(c, Q_GAUGES_ZERO, T("k2"));
    assert_string_equal(ROWS_PLAIN(c, Q_OUTSIDE_GAUGES, 5), "active|2027-12|-|-|2\n");
    assert_non_null(strstr(ROWS_PLAIN(c, Q_TOTALS, 5), "active|2027-12|-|-|2\n"));
    assert_null(strstr(ROWS_PLAIN(c, Q_TOTALS, 5), "sex=f;thon=t1|3"));
}

static void test_what_was_told_is_kept_by_its_rev(void **state)
{
    struct contract *c = *state;

    DO(c, Q_FORWARD_SET, T("b"), T("2026"), T("-"), T("-"), N(9), N(1));
    DO(c, Q_FORWARD_SET, T("a"), T("2026"), T("-"), T("sex=f"), N(8), N(2));
    DO(c, Q_FORWARD_SET, T("a"), T("2026"), T("-"), T("-"), N(7), N(3));
    DO(c, Q_FORWARD_SET, T("b"), T("2026"), T("-"), T("-"), N(0), N(4));
    assert_string_equal(ROWS_PLAIN(c, Q_FORWARD_ROWS, 5),
                        "a|2026|-|-|7\na|2026|-|sex=f|8\nb|2026|-|-|0\n");
    assert_string_equal(ROWS(c, Q_FORWARD_AFTER, 6, N(0), N(2)),
                        "a|2026|-|sex=f|8|2\na|2026|-|-|7|3\n");
    assert_string_equal(ROWS(c, Q_FORWARD_AFTER, 6, N(3), N(2)), "b|2026|-|-|0|4\n");
    assert_string_equal(ROWS(c, Q_FORWARD_LEFT, 1, N(2)), "2\n");
    assert_string_equal(ROWS(c, Q_FORWARD_LEFT, 1, N(4)), "0\n");
}

static void test_a_province_reads_each_commune_for_itself(void **state)
{
    struct contract *c = *state;

    for (int i = 0; i < 2; i++) {
        const char *commune = i ? "21523" : "21520";
        const char *kiosk = i ? "k2" : "k1";

        DO(c, Q_KIOSK_ASK, T(kiosk), T("ab"), T("1"), N(1), T("s"), T(commune));
        DO(c, Q_KIOSK_NAME, T(kiosk), T(kiosk), N(2));
        DO(c, Q_RUN_LINE, T(commune), T(kiosk), T("r"), N(1), N(1000), N(5), N(3));
        gauge(c, commune, kiosk, "active", "2026-11", "-", 10 + i);
        gauge(c, commune, kiosk, "active", "2026-11", "sex=f", 99);
        gauge(c, commune, kiosk, "registered", i ? "2026-11" : "2026-10", "-", 20 + i);
        gauge(c, commune, kiosk, "registered", "2026-09", "-", 3);
        count(c, commune, kiosk, "classes", "2026-11-22", "-", 30 + i);
        count(c, commune, kiosk, "classes", "2026-11-22", "sex=f", 99);
        count(c, commune, kiosk, "classes", "?2", "-", 40 + i);
    }
    DO(c, Q_KIOSK_ASK, T("k3"), T("ab"), T("1"), N(1), T("s"), NONE);
    DO(c, Q_KIOSK_NAME, T("k3"), T("k3"), N(2));
    DO(c, Q_KIOSK_SEEN, T("k2"), N(77), T(""), NONE, NONE, NONE, NONE, NONE, NONE, NONE,
       T(""));
    assert_string_equal(ROWS_PLAIN(c, Q_COMMUNES, 2), "21520|0\n21523|77\n");
    assert_non_null(
        strstr(ROWS(c, Q_COMMUNE_GAUGES, 4, T("2026-11")), "21520|active|-|10\n"));
    assert_non_null(
        strstr(ROWS(c, Q_COMMUNE_GAUGES, 4, T("2026-11")), "21523|active|-|11\n"));
    assert_null(strstr(ROWS(c, Q_COMMUNE_GAUGES, 4, T("2026-11")), "registered"));
    assert_non_null(strstr(ROWS(c, Q_COMMUNE_STOCK, 2, T("2026-11")), "21520|20\n"));
    assert_non_null(strstr(ROWS(c, Q_COMMUNE_STOCK, 2, T("2026-11")), "21523|21\n"));
    assert_non_null(strstr(ROWS(c, Q_COMMUNE_DAYS, 3, T("2026-11-22"), T("2026-11-22")),
                           "21520|classes|29\n"));
    assert_string_equal(ROWS(c, Q_COMMUNE_DAYS, 3, T("2026-11-23"), T("2026-11-30")),
                        "");
    assert_non_null(
        strstr(ROWS_PLAIN(c, Q_COMMUNE_HOURS, 7), "21523|classes|?2|40|1000|5|3\n"));
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, contract_setup, contract_teardown)

int contract_upwards(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_days_leave_as_months_and_phases_without_pairs),
        CASE(test_what_was_told_is_kept_by_its_rev),
        CASE(test_a_province_reads_each_commune_for_itself),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
