/* What every store backend does alike, statement by statement. Run on SQLite, and on
 * PostgreSQL with BDHVS_TEST_DB=postgresql. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "cmocka_all.h"
#include "contract.h"

#define LONG "ồ" /* 3 bytes */

static void test_identity_is_kept_by_name(void **state)
{
    struct contract *c = *state;

    assert_string_equal(ROWS(c, Q_IDENTITY_GET, 1, T("inst")), "");
    DO(c, Q_IDENTITY_SET, T("inst"), T("a"));
    DO(c, Q_IDENTITY_SET, T("inst"), T("b"));
    DO(c, Q_IDENTITY_SET, T("empty"), T(""));
    assert_string_equal(ROWS(c, Q_IDENTITY_GET, 1, T("inst")), "b\n");
    assert_string_equal(ROWS(c, Q_IDENTITY_GET, 1, T("empty")), "\n");
    contract_reopen(c);
    assert_string_equal(ROWS(c, Q_IDENTITY_GET, 1, T("inst")), "b\n");
}

static void test_settings_are_sorted_by_bytes_and_hold_any_text(void **state)
{
    struct contract *c = *state;
    static const char *const keys[] = { "thon.á", "Z", "thon-b", "thon.a", "a" };
    struct buf text;

    for (size_t i = 0; i < COUNT(keys); i++)
        DO(c, Q_SETTING_SET, T(keys[i]), T("Xã Đặng Thùy Trâm 'x' \\n $1 \U0001F33E"));
    DO(c, Q_SETTING_DROP, T("a"));
    DO(c, Q_SETTING_DROP, T("never there"));
    assert_string_equal(ROWS_PLAIN(c, Q_SETTINGS, 1), "Z\nthon-b\nthon.a\nthon.á\n");
    assert_string_equal(ROWS(c, Q_SETTING_KNOWN, 1, T("Z")), "1\n");
    assert_string_equal(ROWS(c, Q_SETTING_KNOWN, 1, T("a")), "");
    assert_string_equal(ROWS(c, Q_SETTING_GET, 1, T("Z")),
                        "Xã Đặng Thùy Trâm 'x' \\n $1 \U0001F33E\n");
    buf_init(&text, 1 << 20);
    while (text.len < 300000)
        buf_str(&text, LONG);
    DO(c, Q_SETTING_SET, T("Z"), T(buf_text(&text)));
    assert_memory_equal(ROWS(c, Q_SETTING_GET, 1, T("Z")), buf_text(&text), text.len);
    buf_finish(&text);
}

static void test_an_administrator_has_one_name(void **state)
{
    struct contract *c = *state;

    assert_string_equal(ROWS_PLAIN(c, Q_ADMIN_COUNT, 1), "0\n");
    DO(c, Q_ADMIN_ADD, T("minh"), T("$x"), N(5));
    assert_int_equal(
        store_run(c->store, Q_ADMIN_ADD, NULL, NULL, T("minh"), T("$y"), N(6)),
        ERR_CORRUPT);
    DO(c, Q_ADMIN_ADD, T("Minh"), T("$y"), N(6));
    assert_string_equal(ROWS_PLAIN(c, Q_ADMIN_COUNT, 1), "2\n");
}

static void test_codes_are_bound_once_missed_and_swept(void **state)
{
    struct contract *c = *state;

    DO(c, Q_CODE_ADD, T("h1"), N(1000), NONE);
    DO(c, Q_CODE_ADD, T("h2"), N(2000), T("21523"));
    DO(c, Q_CODE_BIND, T("h1"), T("kid1"));
    DO(c, Q_CODE_BIND, T("h1"), T("kid2"));
    for (int i = 0; i < 3; i++)
        DO(c, Q_CODE_MISS, N(1500)); /* h1 is bound, and over */
    assert_string_equal(ROWS(c, Q_CODE_GET, 4, T("h1")), "1000|5|kid1|0\n");
    assert_string_equal(ROWS(c, Q_CODE_GET, 4, T("h2")), "2000|2|0|21523\n");
    for (int i = 0; i < 5; i++)
        DO(c, Q_CODE_MISS, N(1500));
    assert_string_equal(ROWS(c, Q_CODE_GET, 3, T("h2")), "2000|0|0\n");
    DO(c, Q_CODE_SWEEP, N(1000));
    assert_string_equal(ROWS(c, Q_CODE_GET, 3, T("h1")), "");
    assert_string_equal(ROWS(c, Q_CODE_GET, 3, T("h2")), "2000|0|0\n");
}

static void ask(struct contract *c, const char *kid, int64_t ms, const char *sha)
{
    DO(c, Q_KIOSK_ASK, T(kid), T("ab"), T("12345678"), N(ms), T(sha), T("21523"));
}

static void test_a_kiosk_waits_is_named_and_revoked(void **state)
{
    struct contract *c = *state;

    ask(c, "kidAAAAA-1", 100, "s1");
    ask(c, "kidAAAAA-1", 200, "s2");
    assert_string_equal(ROWS(c, Q_KIOSK_BY_KID, 5, T("kidAAAAA-1")),
                        "0|ab|waiting|s2|21523\n");
    assert_string_equal(ROWS(c, Q_KIOSK_BY_TAG, 3, T("kidAAAAA")), "");
    assert_string_equal(ROWS(c, Q_KIOSK_WAITING, 1, T("12345678"), N(201)), "");
    assert_string_equal(ROWS(c, Q_KIOSK_WAITING, 1, T("12345678"), N(200)),
                        "kidAAAAA-1\n");
    DO(c, Q_KIOSK_NAME, T("kidAAAAA-1"), T("k1"), N(300));
    DO(c, Q_KIOSK_NAME, T("kidAAAAA-1"), T("k2"), N(400)); /* waits no more */
    assert_string_equal(ROWS(c, Q_KIOSK_KNOWN, 1, T("k1")), "1\n");
    assert_string_equal(ROWS(c, Q_KIOSK_KNOWN, 1, T("k2")), "");
    assert_string_equal(ROWS(c, Q_KIOSK_BY_TAG, 3, T("kidAAAAA")), "k1|ab|active\n");
    assert_string_equal(ROWS(c, Q_KIOSK_REVOKED, 1, T("k1")), "");
    DO(c, Q_KIOSK_REVOKE, T("k1"));
    assert_string_equal(ROWS(c, Q_KIOSK_REVOKED, 1, T("k1")), "1\n");
    ask(c, "kidAAAAA-1", 900, "s3");
    assert_string_equal(ROWS(c, Q_KIOSK_BY_KID, 5, T("kidAAAAA-1")),
                        "k1|ab|revoked|s2|21523\n");
    assert_string_equal(ROWS(c, Q_KIOSK_BY_TAG, 3, T("kidAAAAA")), "k1|ab|revoked\n");
}

static void test_kiosks_are_listed_waiting_first_and_swept(void **state)
{
    struct contract *c = *state;

    ask(c, "b", 100, "s");
    ask(c, "a", 500, "s");
    ask(c, "d", 100, "s");
    ask(c, "c", 100, "s");
    DO(c, Q_KIOSK_NAME, T("d"), T("k-d"), N(300));
    DO(c, Q_KIOSK_NAME, T("c"), T("k-c"), N(300));
    DO(c, Q_KIOSK_SEEN, T("k-c"), N(7), T("0.1"), N(31), N(0), N(9120), T("ok"), N(51),
       N(3), N(1), T("trixie-arm64"));
    DO(c, Q_KIOSK_SEEN, T("k-d"), N(7), T(""), NONE, NONE, NONE, NONE, NONE, NONE, NONE,
       T(""));
    DO(c, Q_KIOSK_TWIN, T("k-c"), N(INT64_MAX));
    assert_string_equal(ROWS_PLAIN(c, Q_KIOSKS, 15),
                        "0|waiting|0|0|0|0|0|0|0|12345678|-1|-1|0|21523|\n"
                        "0|waiting|0|0|0|0|0|0|0|12345678|-1|-1|0|21523|\n"
                        "k-c|active|7|0.1|31|0|9120|ok|9223372036854775807|12345678|51|"
                        "3|1|21523|trixie-arm64\n"
                        "k-d|active|7||0|0|0|0|0|12345678|-1|-1|0|21523|\n");
    DO(c, Q_KIOSK_SWEEP, N(500));
    assert_string_equal(ROWS_PLAIN(c, Q_KIOSKS, 2),
                        "0|waiting\nk-c|active\nk-d|active\n");
}

static void test_uploads_with_one_number_and_other_bytes_are_counted(void **state)
{
    struct contract *c = *state;

    assert_string_equal(ROWS(c, Q_UPLOAD_OTHER, 1, T("k1"), N(7), T("s1")), "0\n");
    DO(c, Q_UPLOAD_ADD, T("k1"), N(7), T("s1"), N(100));
    DO(c, Q_UPLOAD_ADD, T("k1"), N(7), T("s1"), N(200));
    DO(c, Q_UPLOAD_ADD, T("k2"), N(7), T("s2"), N(200));
    assert_string_equal(ROWS(c, Q_UPLOAD_OTHER, 1, T("k1"), N(7), T("s1")), "0\n");
    assert_string_equal(ROWS(c, Q_UPLOAD_OTHER, 1, T("k1"), N(7), T("s2")), "1\n");
    DO(c, Q_UPLOAD_PRUNE, T("k1"), N(7));
    assert_string_equal(ROWS(c, Q_UPLOAD_OTHER, 1, T("k1"), N(7), T("x")), "1\n");
    DO(c, Q_UPLOAD_PRUNE, T("k1"), N(8));
    assert_string_equal(ROWS(c, Q_UPLOAD_OTHER, 1, T("k1"), N(7), T("x")), "0\n");
    assert_string_equal(ROWS(c, Q_UPLOAD_OTHER, 1, T("k2"), N(7), T("x")), "1\n");
}

static void test_a_period_is_admitted_once(void **state)
{
    struct contract *c = *state;

    assert_string_equal(ROWS(c, Q_ADMITTED, 1, T("k"), T("2026-11-22")), "");
    DO(c, Q_ADMIT, T("k"), T("2026-11-22"), N(5));
    DO(c, Q_ADMIT, T("k"), T("2026-11-22"), N(6));
    assert_string_equal(ROWS(c, Q_ADMITTED, 1, T("k"), T("2026-11-22")), "1\n");
    assert_string_equal(ROWS(c, Q_ADMITTED, 1, T("k"), T("2026-11-23")), "");
}

/* --- transactions and errors ------------------------------------------------------ */

static void test_what_is_rolled_back_leaves_no_trace(void **state)
{
    struct contract *c = *state;

    assert_int_equal(store_begin(c->store), ERR_OK);
    DO(c, Q_SETTING_SET, T("a"), T("1"));
    assert_string_equal(ROWS_PLAIN(c, Q_SETTINGS, 2), "a|1\n");
    store_rollback(c->store);
    store_rollback(c->store); /* harmless */
    assert_string_equal(ROWS_PLAIN(c, Q_SETTINGS, 2), "");
    assert_int_equal(store_begin(c->store), ERR_OK);
    DO(c, Q_SETTING_SET, T("a"), T("2"));
    assert_int_equal(store_commit(c->store), ERR_OK);
    store_rollback(c->store);
    contract_reopen(c);
    assert_string_equal(ROWS_PLAIN(c, Q_SETTINGS, 2), "a|2\n");
}

static void test_a_process_that_ends_inside_a_transaction_leaves_no_trace(void **state)
{
    struct contract *c = *state;

    assert_int_equal(store_begin(c->store), ERR_OK);
    DO(c, Q_SETTING_SET, T("a"), T("1"));
    contract_reopen(c);
    assert_string_equal(ROWS_PLAIN(c, Q_SETTINGS, 2), "");
}

static void test_after_an_error_the_transaction_is_rolled_back(void **state)
{
    struct contract *c = *state;

    DO(c, Q_ADMIN_ADD, T("minh"), T("$x"), N(5));
    assert_int_equal(store_begin(c->store), ERR_OK);
    DO(c, Q_SETTING_SET, T("a"), T("1"));
    assert_int_equal(
        store_run(c->store, Q_ADMIN_ADD, NULL, NULL, T("minh"), T("$x"), N(5)),
        ERR_CORRUPT);
    store_rollback(c->store);
    assert_string_equal(ROWS_PLAIN(c, Q_SETTINGS, 2), "");
    assert_int_equal(store_begin(c->store), ERR_OK);
    DO(c, Q_SETTING_SET, T("b"), T("1"));
    assert_int_equal(store_commit(c->store), ERR_OK);
    assert_string_equal(ROWS_PLAIN(c, Q_SETTINGS, 2), "b|1\n");
}

static enum err copy_setting(void *ctx, const struct cell *cells)
{
    struct contract *c = ctx;

    if (!strcmp(cells[0].text, "c"))
        return ERR_FULL;
    return store_run(c->store, Q_IDENTITY_SET, NULL, NULL, PARAM_TEXT(cells[0].text),
                     PARAM_TEXT(cells[1].text));
}

static void test_a_row_function_runs_statements_and_may_end_its_own(void **state)
{
    struct contract *c = *state;

    DO(c, Q_SETTING_SET, T("a"), T("1"));
    DO(c, Q_SETTING_SET, T("b"), T("2"));
    assert_int_equal(store_run_plain(c->store, Q_SETTINGS, copy_setting, c), ERR_OK);
    DO(c, Q_SETTING_SET, T("c"), T("3"));
    DO(c, Q_SETTING_SET, T("d"), T("4"));
    assert_int_equal(store_run_plain(c->store, Q_SETTINGS, copy_setting, c), ERR_FULL);
    assert_string_equal(ROWS(c, Q_IDENTITY_GET, 1, T("b")), "2\n");
    assert_string_equal(ROWS(c, Q_IDENTITY_GET, 1, T("d")), "");
}

static void test_a_uri_is_shown_without_its_password(void **state)
{
    static const char *const rows[][2] = {
        { "sqlite:/var/lib/a:b@c?password=x", "sqlite:/var/lib/a:b@c?password=x" },
        { "postgresql://u:geheim@h:5432/db", "postgresql://u@h:5432/db" },
        { "postgresql://u@h:5432/db", "postgresql://u@h:5432/db" },
        { "postgresql://h:5432/a:b@c", "postgresql://h:5432/a:b@c" },
        { "postgresql:///db?user=u&password=geheim&host=/tmp",
          "postgresql:///db?user=u&&host=/tmp" },
        { "postgresql:///db?password=geheim", "postgresql:///db?" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf shown;

        buf_init(&shown, 200);
        store_uri_show(rows[i][0], &shown);
        assert_string_equal(buf_text(&shown), rows[i][1]);
        buf_finish(&shown);
    }
}

static void test_every_statement_was_run(void **state)
{
    (void)state;
    for (int q = 0; q < QUERY_COUNT; q++)
        if (!contract_has_run((enum query)q))
            fail_msg("no test runs %s", queries[q]);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, contract_setup, contract_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_identity_is_kept_by_name),
        CASE(test_settings_are_sorted_by_bytes_and_hold_any_text),
        CASE(test_an_administrator_has_one_name),
        CASE(test_codes_are_bound_once_missed_and_swept),
        CASE(test_a_kiosk_waits_is_named_and_revoked),
        CASE(test_kiosks_are_listed_waiting_first_and_swept),
        CASE(test_uploads_with_one_number_and_other_bytes_are_counted),
        CASE(test_a_period_is_admitted_once),
        CASE(test_what_is_rolled_back_leaves_no_trace),
        CASE(test_a_process_that_ends_inside_a_transaction_leaves_no_trace),
        CASE(test_after_an_error_the_transaction_is_rolled_back),
        CASE(test_a_row_function_runs_statements_and_may_end_its_own),
        cmocka_unit_test(test_a_uri_is_shown_without_its_password),
    };
    const struct CMUnitTest last[] = { cmocka_unit_test(test_every_statement_was_run) };

    return cmocka_run_group_tests(tests, NULL, NULL) + contract_totals() +
           contract_reports() + contract_officials() + contract_upwards() +
           contract_registers() + cmocka_run_group_tests(last, NULL, NULL);
}
