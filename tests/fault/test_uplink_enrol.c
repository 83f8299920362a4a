/* Enrolment from the kiosk's side, against a server that hesitates, refuses, vanishes or
 * is replaced by somebody in the middle. */
#include "../unit/cmocka_all.h"

#include <string.h>

#include "base/check.h"
#include "base/hash.h"
#include "kiosk_and_server.h"

#define CODE "7k3m-9qpx"

static void ask(struct kiosk *k, int status)
{
    k->server.enrol_status = status;
    kiosk_behave(k, HONEST);
    assert_int_equal(uplink_enrol(k->uplink, loopback_url(k->loopback), CODE), ERR_OK);
    kiosk_settle(k);
}

static void poll_again(struct kiosk *k, int status)
{
    k->server.enrol_status = status;
    kiosk_behave(k, HONEST);
    k->mono_ms += ENROL_POLL_S * 1000;
    kiosk_settle(k);
}

static void test_a_kiosk_is_enrolled_by_one_number_on_two_screens(void **state)
{
    struct kiosk *k = *state;
    char number[ENROL_NUMBER_CHARS];
    struct buf head;
    struct buf first;
    struct buf second;

    buf_init(&head, 65536);
    buf_init(&first, 65536);
    buf_init(&second, 65536);
    ask(k, 202);
    loopback_last(k->loopback, &head, &first);
    assert_int_equal(kiosk_status(k).enrol, UPLINK_ENROL_NUMBER);
    enrol_number(k->server.kiosk_key, k->server.key.public_key, number);
    assert_string_equal(kiosk_status(k).number, number);
    assert_false(kiosk_status(k).enrolled);
    k->mono_ms += 3600000;
    kiosk_settle(k); /* it waits for the person here */
    assert_int_equal(loopback_n_requests(k->loopback), 1);

    uplink_enrol_confirm(k->uplink);
    poll_again(k, 202);
    assert_int_equal(kiosk_status(k).enrol, UPLINK_ENROL_CONFIRMING);
    poll_again(k, 202);
    loopback_last(k->loopback, &head, &second);
    assert_string_equal(buf_text(&first),
                        buf_text(&second)); /* one request, repeated */
    poll_again(k, 200);
    assert_int_equal(kiosk_status(k).enrol, UPLINK_ENROL_DONE);
    assert_true(kiosk_status(k).enrolled);
    assert_string_equal(kiosk_status(k).kiosk, "k7f3a9c2e51b04d8");
    assert_string_equal(db_setting(k->db, "commune", ""), "21520");
    assert_string_equal(db_setting(k->db, "commune.settings", ""),
                        "{\"thon\":[[\"t07\",\"Bản Mới\"]]}");

    kiosk_restart(k); /* and stays so */
    kiosk_complete(k, 2);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_int_equal(server_completions(k), 2);
    buf_finish(&head);
    buf_finish(&first);
    buf_finish(&second);
}

static const struct row {
    const char *name;
    int first;  /* status of the first answer */
    int second; /* after the confirmation; 0: not confirmed */
    bool swap;  /* another server takes over after the first answer */
    enum sync_outcome want;
} rows[] = {
    { "a wrong code", 403, 0, false, SYNC_DENIED },
    { "a code that ran out", 410, 0, false, SYNC_EXPIRED },
    { "a grant before any number was shown", 200, 0, false, SYNC_OTHER_ANSWER },
    { "the administrator says no", 202, 403, false, SYNC_DENIED },
    { "the code runs out while waiting", 202, 410, false, SYNC_EXPIRED },
    { "another server asks to wait", 202, 202, true, SYNC_STRANGER },
    { "another server grants", 202, 200, true, SYNC_STRANGER },
};

static void check_row(void **state)
{
    const struct row *r = *state;
    struct kiosk *k;
    void *fixture;

    kiosk_setup_unenrolled(&fixture);
    k = fixture;
    k->server.swap_key = r->swap;
    ask(k, r->first);
    if (r->second) {
        assert_int_equal(kiosk_status(k).enrol, UPLINK_ENROL_NUMBER);
        uplink_enrol_confirm(k->uplink);
        poll_again(k, r->second);
    }
    assert_int_equal(kiosk_status(k).enrol, UPLINK_ENROL_FAILED);
    assert_int_equal(kiosk_status(k).outcome, r->want);
    assert_false(kiosk_status(k).enrolled);
    assert_string_equal(db_setting(k->db, "server.key", ""), "");
    assert_string_equal(db_setting(k->db, "kiosk.id", ""), "");

    k->server.swap_key = false; /* and it can be tried again */
    ask(k, 202);
    uplink_enrol_confirm(k->uplink);
    poll_again(k, 200);
    assert_int_equal(kiosk_status(k).enrol, UPLINK_ENROL_DONE);
    kiosk_teardown(&fixture);
}

static void test_a_net_that_comes_and_goes_does_not_end_the_waiting(void **state)
{
    struct kiosk *k = *state;

    ask(k, 202);
    uplink_enrol_confirm(k->uplink);
    kiosk_behave(k, HANG_UP_ON_ALL);
    k->mono_ms += ENROL_POLL_S * 1000;
    kiosk_settle(k);
    assert_int_equal(kiosk_status(k).enrol, UPLINK_ENROL_CONFIRMING);
    assert_int_equal(kiosk_status(k).outcome, SYNC_CUT);
    poll_again(k, 200);
    assert_int_equal(kiosk_status(k).enrol, UPLINK_ENROL_DONE);
}

static void test_nobody_connected_is_said_at_once(void **state)
{
    struct kiosk *k = *state;

    assert_int_equal(uplink_enrol(k->uplink, "http://127.0.0.1:1", CODE), ERR_OK);
    kiosk_settle(k);
    assert_int_equal(kiosk_status(k).enrol, UPLINK_ENROL_FAILED);
    assert_string_equal(kiosk_status(k).words, "sy.o.unreachable");
}

static void test_bad_codes_and_addresses_are_refused_before_anything_is_sent(
    void **state)
{
    static const char *const codes[] = { "", "7K3M9QP", "7K3M9QPXX", "UUUUUUUU" };
    struct kiosk *k = *state;
    char url[1024];

    for (size_t i = 0; i < COUNT(codes); i++)
        assert_int_equal(uplink_enrol(k->uplink, "https://a", codes[i]), ERR_REJECTED);
    memset(url, 'a', sizeof(url));
    url[sizeof(url) - 1] = 0;
    assert_int_equal(uplink_enrol(k->uplink, url, CODE), ERR_REJECTED);
    assert_int_equal(uplink_enrol(k->uplink, "", CODE), ERR_REJECTED);
    assert_int_equal(kiosk_status(k).enrol, UPLINK_ENROL_NONE);
}

static void test_a_cancelled_enrolment_ignores_what_still_comes(void **state)
{
    struct kiosk *k = *state;

    k->server.enrol_status = 202;
    kiosk_behave(k, HONEST);
    assert_int_equal(uplink_enrol(k->uplink, loopback_url(k->loopback), CODE), ERR_OK);
    uplink_tick(k->uplink); /* the request is on its way */
    uplink_enrol_cancel(k->uplink);
    assert_int_equal(uplink_enrol(k->uplink, loopback_url(k->loopback), CODE),
                     ERR_RETRY);
    kiosk_settle(k);
    assert_int_equal(kiosk_status(k).enrol, UPLINK_ENROL_NONE);
    uplink_enrol_confirm(k->uplink);
    kiosk_settle(k);
    assert_int_equal(loopback_n_requests(k->loopback), 1);
    ask(k, 202); /* a new one is not disturbed by it */
    assert_int_equal(kiosk_status(k).enrol, UPLINK_ENROL_NUMBER);
}

static void test_enrolling_elsewhere_takes_all_totals_along(void **state)
{
    struct kiosk *k = *state; /* enrolled already */

    kiosk_complete(k, 3);
    kiosk_behave(k, STATUS_500);
    assert_int_equal(kiosk_send(k), SYNC_FAULT); /* one is in flight */
    jws_key_make(&k->server.key);
    ask(k, 202);
    uplink_enrol_confirm(k->uplink);
    poll_again(k, 200);
    assert_int_equal(kiosk_status(k).enrol, UPLINK_ENROL_DONE);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_int_equal(kiosk_waiting(k), 0);
    assert_int_equal(server_completions(k), 3);
}

#define WITH(test) \
    cmocka_unit_test_setup_teardown(test, kiosk_setup_unenrolled, kiosk_teardown)

int main(void)
{
    static const struct CMUnitTest single[] = {
        WITH(test_a_kiosk_is_enrolled_by_one_number_on_two_screens),
        WITH(test_a_net_that_comes_and_goes_does_not_end_the_waiting),
        WITH(test_nobody_connected_is_said_at_once),
        WITH(test_bad_codes_and_addresses_are_refused_before_anything_is_sent),
        WITH(test_a_cancelled_enrolment_ignores_what_still_comes),
        cmocka_unit_test_setup_teardown(test_enrolling_elsewhere_takes_all_totals_along,
                                        kiosk_setup, kiosk_teardown),
    };
    struct CMUnitTest tests[COUNT(rows) + COUNT(single)];

    memcpy(tests, single, sizeof(single));
    for (size_t i = 0; i < COUNT(rows); i++)
        tests[COUNT(single) + i] =
            (struct CMUnitTest){ .name = rows[i].name,
                                 .test_func = check_row,
                                 .initial_state = (void *)&rows[i] };
    hash_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
