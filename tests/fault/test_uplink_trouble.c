/* Trouble that is more than one bad answer: a server that never takes a bundle, keys and
 * settings that are damaged or replaced, a disk that fails in the middle. */
#include "../unit/cmocka_all.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "kiosk_and_server.h"

static void key_path(const struct kiosk *k, char out[128])
{
    snprintf(out, 128, "%s/keys/device.key", k->dir);
}

static void fail_writes(struct rlimit *before)
{
    struct rlimit full;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, before), 0);
    full = *before;
    full.rlim_cur = 1;
    assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &full), 0);
}

static void test_a_net_that_fails_at_the_first_question_is_tried_again(void **state)
{
    struct kiosk *k = *state;
    size_t n;

    kiosk_complete(k, 2);
    kiosk_behave(k, HANG_UP_ON_ALL);
    assert_int_equal(kiosk_send(k), SYNC_CUT);
    n = loopback_n_requests(k->loopback);
    assert_int_equal(n, 1); /* it asked for the time, and did not go on to the bundle */
    assert_true(kiosk_status(k).next_ms <= 30000);
    kiosk_behave(k, HONEST);
    k->mono_ms += 30000;
    kiosk_settle(k);
    assert_int_equal(kiosk_status(k).outcome, SYNC_VERIFIED);
    assert_int_equal(server_completions(k), 2);
}

static void test_a_busy_server_is_left_alone_from_the_first_question_on(void **state)
{
    struct kiosk *k = *state;

    kiosk_complete(k, 2);
    kiosk_behave(k, BUSY_FOR_ALL);
    assert_int_equal(kiosk_send(k), SYNC_BUSY);
    assert_int_equal(loopback_n_requests(k->loopback), 1);
    assert_int_equal(kiosk_status(k).next_ms, 7000);
}

static void test_a_server_without_the_time_still_gets_the_bundle(void **state)
{
    struct kiosk *k = *state;

    kiosk_complete(k, 2);
    kiosk_behave(k, NO_TIME);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_int_equal(server_completions(k), 2);
    kiosk_complete(k, 1);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_int_equal(k->server.runs[0].trust, RUN_TRUST_SERVER); /* the ack told it */
}

static void test_a_server_that_takes_nothing_is_not_asked_for_ever(void **state)
{
    struct kiosk *k = *state;

    kiosk_complete(k, 6);
    kiosk_behave(k, STATUS_413);
    assert_int_equal(kiosk_send(k), SYNC_TOO_LARGE);
    assert_true(k->server.n_bundles <= 10); /* halves down to one row, then waits */
    assert_int_equal(kiosk_status(k).refused, 1);
    assert_int_equal(kiosk_status(k).completions_only_here, 6);
    kiosk_behave(k, HONEST);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_int_equal(kiosk_waiting(k), 0);
    assert_int_equal(server_completions(k), 6);
}

static void test_rows_that_the_server_sets_aside_are_told_to_staff(void **state)
{
    struct kiosk *k = *state;

    kiosk_complete(k, 2);
    kiosk_behave(k, REJECTS_A_ROW);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_int_equal(kiosk_status(k).rejected, 1);
    assert_int_equal(kiosk_waiting(k), 0); /* and they block nothing */
}

static void test_a_new_device_key_signs_what_the_old_one_had_kept(void **state)
{
    struct kiosk *k = *state;
    struct jws_key key;
    char path[128];

    kiosk_complete(k, 3);
    kiosk_behave(k, STATUS_500);
    assert_int_equal(kiosk_send(k), SYNC_FAULT); /* signed by the old key, and kept */
    key_path(k, path);
    assert_int_equal(unlink(path), 0);
    kiosk_restart(k);
    assert_int_equal(jws_key_load(path, &key), ERR_OK);
    memcpy(k->server.kiosk_key, key.public_key, JWS_PUBLIC_BYTES);
    kiosk_behave(k, HONEST);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_int_equal(server_completions(k), 3);
}

static void test_a_damaged_device_key_stops_the_uplink_and_nothing_else(void **state)
{
    struct kiosk *k = *state;
    struct uplink_config config = {
        .db = k->db, .dir = k->dir, .clock = &k->clock, .program_version = "0.1.0"
    };
    struct uplink *second;
    char path[128];

    key_path(k, path);
    assert_int_equal(file_replace(path, "x\n", 2, 0600), ERR_OK);
    assert_int_equal(uplink_create(&config, &second), ERR_CORRUPT);
    assert_null(second);
    uplink_destroy(second);
    kiosk_complete(k, 1); /* lessons are saved all the same */
    assert_int_equal(kiosk_status(k).completions_only_here, 1);
}

static void test_the_option_goes_before_the_learned_address(void **state)
{
    struct kiosk *k = *state;

    assert_int_equal(db_set(k->db, "server.url", "http://127.0.0.1:1"), ERR_OK);
    kiosk_restart(k);
    kiosk_complete(k, 1);
    assert_int_equal(kiosk_send(k), SYNC_UNREACHABLE);
    k->server_url = loopback_url(k->loopback);
    kiosk_restart(k);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_int_equal(server_completions(k), 1);
}

static const char *const damaged[][2] = {
    { "server.key", "AAAA" }, { "server.key", "" }, { "server.url", "" },
    { "kiosk.id", "../k" },   { "kiosk.id", "" },   { "commune", "215 20" },
};

static void test_damaged_settings_are_no_enrolment(void **state)
{
    struct kiosk *k = *state;
    char before[128];

    for (size_t i = 0; i < sizeof(damaged) / sizeof(damaged[0]); i++) {
        snprintf(before, sizeof(before), "%s", db_setting(k->db, damaged[i][0], ""));
        assert_int_equal(db_set(k->db, damaged[i][0], damaged[i][1]), ERR_OK);
        kiosk_restart(k);
        assert_false(kiosk_status(k).enrolled);
        assert_int_equal(db_set(k->db, damaged[i][0], before), ERR_OK);
        kiosk_restart(k);
        assert_true(kiosk_status(k).enrolled);
    }
}

static void test_a_grant_that_cannot_be_stored_enrols_nobody(void **state)
{
    struct kiosk *k = *state;
    struct rlimit before;

    k->server.enrol_status = 202;
    kiosk_behave(k, HONEST);
    assert_int_equal(uplink_enrol(k->uplink, loopback_url(k->loopback), "7K3M9QPX"),
                     ERR_OK);
    kiosk_settle(k);
    uplink_enrol_confirm(k->uplink);
    k->server.enrol_status = 200;
    kiosk_behave(k, HONEST);
    fail_writes(&before);
    kiosk_settle(k);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(kiosk_status(k).enrol, UPLINK_ENROL_FAILED);
    assert_false(kiosk_status(k).enrolled);
    kiosk_restart(k);
    assert_false(kiosk_status(k).enrolled);
}

static void test_an_ack_that_cannot_be_stored_is_fetched_again(void **state)
{
    struct kiosk *k = *state;
    struct rlimit before;

    kiosk_complete(k, 2);
    kiosk_behave(k, STATUS_500);
    assert_int_equal(kiosk_send(k), SYNC_FAULT); /* the bundle is kept */
    kiosk_behave(k, HONEST);
    fail_writes(&before);
    uplink_send_now(k->uplink);
    kiosk_settle(k);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_string_equal(kiosk_status(k).words, "sy.o.disk");
    assert_int_equal(kiosk_status(k).completions_only_here, 2);
    kiosk_restart(k);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_int_equal(kiosk_waiting(k), 0);
    assert_int_equal(server_completions(k), 2);
}

static void test_a_time_that_could_not_be_kept_is_learned_from_a_later_answer(
    void **state)
{
    struct kiosk *k = *state;
    struct rlimit before;

    kiosk_complete(k, 1);
    kiosk_behave(k, HONEST);
    fail_writes(&before); /* the time comes, and the disk does not take it */
    uplink_send_now(k->uplink);
    kiosk_settle(k);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    k->mono_ms += 60000;
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    kiosk_complete(k, 1);
    k->mono_ms += 60000;
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_int_equal(k->server.runs[k->server.n_runs - 1].trust, RUN_TRUST_SERVER);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, kiosk_setup, kiosk_teardown)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH(test_a_net_that_fails_at_the_first_question_is_tried_again),
        WITH(test_a_busy_server_is_left_alone_from_the_first_question_on),
        WITH(test_a_server_without_the_time_still_gets_the_bundle),
        WITH(test_a_server_that_takes_nothing_is_not_asked_for_ever),
        WITH(test_rows_that_the_server_sets_aside_are_told_to_staff),
        WITH(test_a_new_device_key_signs_what_the_old_one_had_kept),
        WITH(test_a_damaged_device_key_stops_the_uplink_and_nothing_else),
        WITH(test_a_time_that_could_not_be_kept_is_learned_from_a_later_answer),
        WITH(test_the_option_goes_before_the_learned_address),
        WITH(test_damaged_settings_are_no_enrolment),
        cmocka_unit_test_setup_teardown(
            test_a_grant_that_cannot_be_stored_enrols_nobody, kiosk_setup_unenrolled,
            kiosk_teardown),
        WITH(test_an_ack_that_cannot_be_stored_is_fetched_again),
    };

    hash_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
