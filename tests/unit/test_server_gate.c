/* Sessions, throttle, forms and the log: what stands between a stranger and the pages, each by
 * itself. */
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "deeds.h"
#include "difficulty.h"
#include "form.h"
#include "gate.h"
#include "password.h"
#include "server_rig.h"
#include "session.h"
#include "settings.h"
#include "throttle.h"

#define MINUTE_MS 60000LL

/* --- sessions ----------------------------------------------------------------------- */

static void test_a_session_ends_when_it_rests_and_when_it_is_old(void **state)
{
    static struct sessions s;
    char token[SESSION_TOKEN_CHARS];
    int64_t now_ms = 1000;

    (void)state;
    session_open(&s, now_ms, "minh", 7, token);
    assert_non_null(session_find(&s, now_ms + 29 * MINUTE_MS, token));
    now_ms += 29 * MINUTE_MS;
    assert_null(session_find(&s, now_ms + 30 * MINUTE_MS, token)); /* it rested */

    session_open(&s, now_ms, "minh", 7, token);
    for (int64_t at = 0; at < 12 * 60; at += 20)
        assert_non_null(session_find(&s, now_ms + at * MINUTE_MS, token));
    assert_null(session_find(&s, now_ms + 12 * 60 * MINUTE_MS, token)); /* it is old */
}

static void test_tokens_are_long_and_kept_as_hashes(void **state)
{
    static struct sessions s;
    char tokens[2][SESSION_TOKEN_CHARS];

    (void)state;
    session_open(&s, 0, "minh", 1, tokens[0]);
    session_open(&s, 0, "minh", 1, tokens[1]);
    assert_int_equal(strlen(tokens[0]), 64);
    assert_string_not_equal(tokens[0], tokens[1]);
    for (size_t at = 0; at + 32 <= sizeof(s); at++)
        assert_memory_not_equal((const char *)&s + at, tokens[0], 32);
    assert_null(session_find(&s, 0, ""));
    assert_null(session_find(&s, 0, "0000"));
    session_close(&s, tokens[0]);
    assert_null(session_find(&s, 0, tokens[0]));
    assert_non_null(session_find(&s, 0, tokens[1]));
    session_close_all(&s, "minh");
    assert_null(session_find(&s, 0, tokens[1]));
}

static void test_too_many_sessions_push_out_the_one_that_rests(void **state)
{
    static struct sessions s;
    char first[SESSION_TOKEN_CHARS];
    char second[SESSION_TOKEN_CHARS];
    char other[SESSION_TOKEN_CHARS];

    (void)state;
    session_open(&s, 1, "a", 1, first);
    session_open(&s, 2, "b", 1, second);
    for (int i = 0; i < SESSIONS_MAX - 2; i++)
        session_open(&s, 3, "c", 1, other);
    assert_non_null(session_find(&s, 4, first)); /* used again */
    session_open(&s, 5, "d", 1, other);
    assert_null(session_find(&s, 6, second));
    assert_non_null(session_find(&s, 6, first));
    assert_non_null(session_find(&s, 6, other));
}

/* --- throttle ----------------------------------------------------------------------- */

static void test_five_misses_wait_for_five_minutes(void **state)
{
    static struct throttle t;

    (void)state;
    for (int i = 0; i < 4; i++) {
        assert_false(throttle_miss(&t, i, THROTTLE_NAME, "minh"));
        assert_int_equal(throttle_wait_ms(&t, i, THROTTLE_NAME, "minh"), 0);
    }
    assert_true(throttle_miss(&t, 4, THROTTLE_NAME, "minh"));
    assert_int_equal(throttle_wait_ms(&t, 4, THROTTLE_NAME, "minh"), 5 * MINUTE_MS);
    assert_int_equal(throttle_wait_ms(&t, 4, THROTTLE_NAME, "lan"), 0);
    assert_int_equal(throttle_wait_ms(&t, 4, THROTTLE_ADDRESS, "minh"), 0);
    assert_int_equal(throttle_wait_ms(&t, 4 + 5 * MINUTE_MS, THROTTLE_NAME, "minh"), 0);
}

static void test_being_right_forgets_and_so_does_an_hour(void **state)
{
    static struct throttle t;

    (void)state;
    for (int i = 0; i < 4; i++)
        throttle_miss(&t, 0, THROTTLE_NAME, "minh");
    throttle_forget(&t, THROTTLE_NAME, "minh");
    assert_false(throttle_miss(&t, 0, THROTTLE_NAME, "minh"));
    for (int i = 0; i < 3; i++)
        throttle_miss(&t, 0, THROTTLE_NAME, "minh");
    assert_false(throttle_miss(&t, 60 * MINUTE_MS, THROTTLE_NAME, "minh"));
}

static void test_a_flood_of_names_stays_within_its_room(void **state)
{
    static struct throttle t;
    char name[32];

    (void)state;
    for (int i = 0; i < 5; i++)
        throttle_miss(&t, 10, THROTTLE_NAME, "minh");
    for (int i = 0; i < 10 * THROTTLE_ROWS; i++) {
        snprintf(name, sizeof(name), "n%d", i);
        throttle_miss(&t, 11, THROTTLE_NAME, name);
    }
    assert_true(throttle_wait_ms(&t, 12, THROTTLE_NAME, "minh") > 0);
}

/* --- forms -------------------------------------------------------------------------- */

static void test_forms_are_read_as_browsers_write_them(void **state)
{
    static const struct {
        const char *form;
        bool found;
        const char *value;
    } rows[] = {
        { "ten=minh", true, "minh" },
        { "x=1&ten=minh&ten=lan", true, "minh" },
        { "ten=m%C3%ADnh+h%26%3d", true, "mính h&=" },
        { "ten=", true, "" },
        { "xten=minh", false, "" },
        { "ten", false, "" },
        { "", false, "" },
        { "ten=%0", false, "" },
        { "ten=%zz", false, "" },
        { "ten=a%00b", false, "" },
        { "ten=0123456789abcdefghij", false, "" }, /* does not fit */
    };
    char value[16];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(
            form_value(rows[i].form, strlen(rows[i].form), "ten", value, sizeof(value)),
            rows[i].found);
        assert_string_equal(value, rows[i].value);
    }
}

static void test_ways_back_stay_on_this_server(void **state)
{
    static const struct {
        const char *path;
        bool ok;
    } rows[] = {
        { "/", true },
        { "/theo-thon?period=2026-H2", true },
        { "//evil.example", false },
        { "/\\evil.example", false },
        { "https://evil.example", false },
        { "/x\r\nSet-Cookie:a=b", false },
        { "", false },
        { "theo-thon", false },
        { "/%2f%2fevil", false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(gate_return_ok(rows[i].path), rows[i].ok);
}

static void test_an_asker_is_a_network(void **state)
{
    static const struct {
        const char *address;
        const char *network;
    } rows[] = {
        { "192.0.2.7", "192.0.2.7" },
        { "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::" },
        { "2001:db8:1:2::9", "2001:db8:1:2::" },
        { "::ffff:192.0.2.7", "::ffff:192.0.2.7" },
        { "unknown", "unknown" },
        { "", "" },
    };
    char network[LISTEN_ADDRESS_CHARS];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        listen_network(rows[i].address, network);
        assert_string_equal(network, rows[i].network);
    }
}

/* --- passwords, the log --------------------------------------------------------------- */

static void test_a_password_fits_its_own_hash_alone(void **state)
{
    char hash[PASSWORD_HASH_CHARS];

    (void)state;
    assert_int_equal(password_hash("một câu dài dễ nhớ", hash), ERR_OK);
    assert_true(password_fits(hash, "một câu dài dễ nhớ"));
    assert_false(password_fits(hash, "một câu dài dễ nhớ "));
    assert_false(password_fits(hash, ""));
    assert_false(password_fits(NULL, "một câu dài dễ nhớ"));
    assert_false(password_fits("$none", "x"));
}

struct reading {
    int64_t n;
    int64_t n_broken;
    enum deed_what last;
};

static enum err read_line(void *ctx, const struct deed *line)
{
    struct reading *r = ctx;

    r->n++;
    r->n_broken += !line->fits;
    r->last = line->what;
    return ERR_OK;
}

static void test_the_log_is_chained_and_shows_its_newest(void **state)
{
    struct rig *r = *state;
    struct reading all = { 0 };
    struct reading few = { 0 };

    for (int i = 0; i < 9; i++)
        assert_int_equal(deeds_add(&r->server, "minh", DEED_LOGIN, ""), ERR_OK);
    assert_int_equal(deeds_add(&r->server, "minh", DEED_ADMIT, "k1 2026-11-22"),
                     ERR_OK);
    assert_int_equal(deeds_each(&r->server, 100, read_line, &all), ERR_OK);
    assert_int_equal(all.n, 10);
    assert_int_equal(all.n_broken, 0);
    assert_int_equal(all.last, DEED_ADMIT);
    assert_int_equal(deeds_each(&r->server, 3, read_line, &few), ERR_OK);
    assert_int_equal(few.n, 3);
    assert_int_equal(few.n_broken, 0);
}

static enum err keep(void *ctx, const struct difficulty *d)
{
    struct rig *r = ctx;

    buf_printf(&r->answer, "%d %s %s %s %s;", d->state, d->place_name, d->kind,
               d->words, d->changed_day);
    return ERR_OK;
}

static void test_difficulties_move_on_and_nonsense_is_refused(void **state)
{
    struct rig *r = *state;
    struct difficulty good = { .day = "2026-11-20",
                               .place = "t01",
                               .kind = "mang",
                               .words = "Mất sóng",
                               .who = "" };
    struct difficulty bad[4];
    const char *why;

    assert_int_equal(settings_set(&r->server, "thon.t01", "Nước Giáp", &why), ERR_OK);
    assert_int_equal(difficulty_add(&r->server, &good), ERR_OK);
    for (size_t i = 0; i < COUNT(bad); i++)
        bad[i] = good;
    bad[0].kind = "vua";
    bad[1].place = "<b>";
    bad[2].words = "";
    bad[3].words = "\xff";
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_int_equal(difficulty_add(&r->server, &bad[i]), ERR_REJECTED);
    assert_int_equal(difficulty_move(&r->server, 2, DIFFICULTY_DONE), ERR_REJECTED);
    assert_int_equal(difficulty_move(&r->server, 1, DIFFICULTY_DONE), ERR_OK);
    buf_clear(&r->answer);
    assert_int_equal(difficulty_each(&r->server, keep, r), ERR_OK);
    assert_string_equal(buf_text(&r->answer), "2 Nước Giáp mang Mất sóng 2026-11-22;");
}

#define T(f) cmocka_unit_test(f)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_a_session_ends_when_it_rests_and_when_it_is_old),
        T(test_tokens_are_long_and_kept_as_hashes),
        T(test_too_many_sessions_push_out_the_one_that_rests),
        T(test_five_misses_wait_for_five_minutes),
        T(test_being_right_forgets_and_so_does_an_hour),
        T(test_a_flood_of_names_stays_within_its_room),
        T(test_forms_are_read_as_browsers_write_them),
        T(test_ways_back_stay_on_this_server),
        T(test_an_asker_is_a_network),
        T(test_a_password_fits_its_own_hash_alone),
        cmocka_unit_test_setup_teardown(test_the_log_is_chained_and_shows_its_newest,
                                        rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(
            test_difficulties_move_on_and_nonsense_is_refused, rig_setup, rig_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
