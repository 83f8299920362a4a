/* The part of the contract about officials: who they are, what they did, and what their
 * pages read. */
#include <string.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "contract.h"

#define C "21520"

static void test_officials_have_a_role_each(void **state)
{
    struct contract *c = *state;

    DO(c, Q_ADMIN_ADD, T("minh"), T("h1"), N(5));
    DO(c, Q_STAFF_ADD, T("lan"), T("h2"), N(6), T("inspector"));
    assert_string_equal(ROWS_PLAIN(c, Q_STAFF, 3),
                        "lan|inspector|6\nminh|administrator|5\n");
    assert_string_equal(ROWS_PLAIN(c, Q_ADMIN_COUNT, 1), "1\n");
    assert_string_equal(ROWS(c, Q_ADMIN_GET, 2, T("lan")), "inspector|h2\n");
    DO(c, Q_STAFF_PASSWORD, T("lan"), T("h3"));
    assert_string_equal(ROWS(c, Q_ADMIN_GET, 2, T("lan")), "inspector|h3\n");
    DO(c, Q_STAFF_REMOVE, T("lan"));
    assert_string_equal(ROWS(c, Q_ADMIN_GET, 2, T("lan")), "");
    assert_int_not_equal(
        store_run(c->store, Q_STAFF_ADD, NULL, NULL, T("x"), T("h"), N(1), T("king")),
        ERR_OK);
}

static void test_the_log_of_officials_only_grows(void **state)
{
    struct contract *c = *state;

    assert_string_equal(ROWS_PLAIN(c, Q_AUDIT_LAST, 2), "");
    DO(c, Q_AUDIT_ADD, N(1), N(10), T("lan"), T("login"), T(""), T("aa"));
    DO(c, Q_AUDIT_ADD, N(2), N(11), T("lan"), T("admit"), T("k"), T("bb"));
    assert_string_equal(ROWS_PLAIN(c, Q_AUDIT_LAST, 2), "2|bb\n");
    assert_string_equal(ROWS(c, Q_AUDIT, 6, N(2)), "2|11|lan|admit|k|bb\n");
    assert_int_not_equal(store_run(c->store, Q_AUDIT_ADD, NULL, NULL, N(2), N(12),
                                   T("lan"), T("x"), T(""), T("cc")),
                         ERR_OK);
    contract_reopen(c);
    assert_string_equal(ROWS_PLAIN(c, Q_AUDIT_LAST, 2), "2|bb\n");
}

static void test_difficulties_are_numbered_and_change_state(void **state)
{
    struct contract *c = *state;

    DO(c, Q_SETTING_SET, T("thon.t01"), T("Nước Giáp"));
    DO(c, Q_DIFFICULTY_ADD, T("2026-03-04"), T("t01"), T("power"), T("Mất điện"),
       T("lan"), N(1));
    DO(c, Q_DIFFICULTY_ADD, T("2026-03-05"), T("-"), T("net"), T("Mất mạng"), T("lan"),
       N(0));
    DO(c, Q_DIFFICULTY_STATE, N(1), T("done"), T("2026-03-06"));
    assert_string_equal(ROWS(c, Q_DIFFICULTY_KNOWN, 1, N(1)), "1\n");
    assert_string_equal(ROWS(c, Q_DIFFICULTY_KNOWN, 1, N(3)), "");
    assert_string_equal(
        ROWS_PLAIN(c, Q_DIFFICULTIES, 10),
        "2|2026-03-05|-|-|net|Mất mạng|lan|new|0|2026-03-05\n"
        "1|2026-03-04|t01|Nước Giáp|power|Mất điện|lan|done|1|2026-03-06\n");
}

static void count(struct contract *c, const char *run, const char *stat,
                  const char *period, const char *unit, const char *dims, int64_t plus)
{
    DO(c, Q_COUNT_MERGE, T(C), T("k"), T(run), T(stat), T(period), T(unit), T(dims),
       N(plus), N(0));
}

static void test_pages_read_one_dim_alone(void **state)
{
    struct contract *c = *state;

    DO(c, Q_RUN_LINE, T(C), T("k"), T("r"), N(1), N(5000), N(60), N(2));
    count(c, "r", "completions", "2026-03-04", "a", "sex=f", 2);
    count(c, "r", "completions", "2026-03-04", "b", "sex=f", 3);
    count(c, "r", "completions", "2026-03-04", "a", "sex=f;thon=t1", 9);
    count(c, "r", "completions", "2026-03-04", "a", "-", 5);
    count(c, "r", "completions", "?3", "a", "sex=f", 4);
    assert_string_equal(
        ROWS(c, Q_PAGE_CUBES, 5, T("completions"), T("2026-03-04"), T("2026-03-04")),
        "completions|2026-03-04|-|sex=f|5\n");
    assert_string_equal(
        ROWS(c, Q_PAGE_CUBES, 5, T("completions"), T("2026-03-05"), T("2026-03-31")),
        "");
    assert_string_equal(ROWS(c, Q_PAGE_CUBE_HOURS, 8, T("completions")),
                        "completions|?3|-|sex=f|4|5000|60|2\n");
    assert_string_equal(ROWS(c, Q_PAGE_OF_KIOSK, 8, T("k"), T("completions")),
                        "completions|2026-03-04|-|-|5|5000|60|2\n");
    assert_string_equal(ROWS(c, Q_PAGE_OF_KIOSK, 8, T("q"), T("completions")), "");
}

static void test_pages_read_clocks_and_uploads_of_machines(void **state)
{
    struct contract *c = *state;

    DO(c, Q_RUN_LINE, T(C), T("k"), T("old"), N(1), N(0), N(9), N(1));
    DO(c, Q_RUN_LINE, T(C), T("k"), T("new"), N(2), N(0), N(7), N(3));
    assert_string_equal(ROWS_PLAIN(c, Q_KIOSK_CLOCKS, 3), "k|3|7\n");
    DO(c, Q_UPLOAD_ADD, T("k"), N(1), T("aa"), N(100));
    DO(c, Q_UPLOAD_ADD, T("k"), N(2), T("bb"), N(200));
    assert_string_equal(ROWS(c, Q_KIOSK_UPLOADS, 1, T("k"), N(150)), "200\n");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, contract_setup, contract_teardown)

int contract_officials(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_officials_have_a_role_each),
        CASE(test_the_log_of_officials_only_grows),
        CASE(test_difficulties_are_numbered_and_change_state),
        CASE(test_pages_read_one_dim_alone),
        CASE(test_pages_read_clocks_and_uploads_of_machines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
