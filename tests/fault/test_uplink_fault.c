/* From the outbox to a server that fails in every way we could think of: nothing is
 * lost, nothing is counted twice, and the same bytes are sent again. */
#include "../unit/cmocka_all.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/hash.h"
#include "kiosk_and_server.h"

#define DAY_MS 86400000LL

static void newest_request(struct kiosk *k, struct buf *body)
{
    struct buf head;

    buf_init(&head, 65536);
    loopback_last(k->loopback, &head, body);
    buf_finish(&head);
}

static void read_bundle(struct kiosk *k, struct arena *arena, struct bundle *b)
{
    struct jws_key kiosk;
    struct buf payload;
    struct buf body;
    char why[128];

    buf_init(&payload, JWS_BYTES_MAX);
    buf_init(&body, JWS_BYTES_MAX);
    jws_key_public(k->server.kiosk_key, &kiosk);
    newest_request(k, &body);
    assert_int_equal(jws_verify(body.data, body.len, JWS_TOTALS, &kiosk, &payload),
                     ERR_OK);
    assert_int_equal(
        bundle_decode(payload.data, payload.len, arena, b, why, sizeof(why)), ERR_OK);
    buf_finish(&payload);
    buf_finish(&body);
}

static void test_a_completion_reaches_the_server_once(void **state)
{
    struct kiosk *k = *state;

    kiosk_complete(k, 3);
    assert_true(kiosk_waiting(k) > 0);
    assert_int_equal(kiosk_status(k).completions_only_here, 3);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_int_equal(kiosk_waiting(k), 0);
    assert_int_equal(kiosk_status(k).completions_only_here, 0);
    assert_true(kiosk_status(k).last_ack_ms == SERVER_TIME_MS);
    assert_int_equal(server_completions(k), 3);
    kiosk_complete(k, 1);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_int_equal(server_completions(k), 4);
}

static const struct row {
    const char *name;
    enum behaviour behaviour;
    enum sync_outcome outcome;
    const char *words;
} rows[] = {
    { "a portal takes nothing away", PORTAL, SYNC_PORTAL, "sy.o.portal" },
    { "nor a redirect", REDIRECT, SYNC_PORTAL, "sy.o.portal" },
    { "nor a wrong signature", WRONG_SIGNATURE, SYNC_STRANGER, "sy.o.stranger" },
    { "nor an ack for other bytes", FOR_OTHER_BYTES, SYNC_OTHER_ANSWER,
      "sy.o.other_answer" },
    { "nor an ack cut in half", CUT_ACK, SYNC_CUT, "sy.o.cut" },
    { "nor a lost ack", HANG_UP, SYNC_CUT, "sy.o.cut" },
    { "nor silence", SILENT, SYNC_CUT, "sy.o.cut" },
    { "nor 401", STATUS_401, SYNC_UNKNOWN_KEY, "sy.o.unknown_key" },
    { "nor 429", STATUS_429, SYNC_BUSY, "sy.o.busy" },
    { "nor 500", STATUS_500, SYNC_FAULT, "sy.o.fault" },
    { "nor 503", STATUS_503, SYNC_BUSY, "sy.o.busy" },
    { "nor an answer too large", OVERSIZE, SYNC_CUT, "sy.o.cut" },
    { "nor signed nonsense", SIGNED_NONSENSE, SYNC_FAULT, "sy.o.fault" },
};

/* The fault, twice, with a power cut in between; then an honest server. */
static void check_row(void **state)
{
    const struct row *r = *state;
    struct kiosk *k;
    struct buf first;
    struct buf again;
    int64_t waiting;
    void *fixture;

    kiosk_setup(&fixture);
    k = fixture;
    if (r->behaviour == SILENT) {
        k->patience_s = 1;
        kiosk_restart(k);
    }
    buf_init(&first, JWS_BYTES_MAX);
    buf_init(&again, JWS_BYTES_MAX);
    kiosk_complete(k, 5);
    waiting = kiosk_waiting(k);
    kiosk_behave(k, r->behaviour);
    assert_int_equal(kiosk_send(k), r->outcome);
    assert_string_equal(kiosk_status(k).words, r->words);
    assert_int_equal(kiosk_waiting(k), waiting);
    assert_int_equal(kiosk_status(k).completions_only_here, 5);
    newest_request(k, &first);

    kiosk_restart(k);
    assert_int_equal(kiosk_send(k), r->outcome);
    assert_int_equal(kiosk_waiting(k), waiting);
    newest_request(k, &again);
    assert_string_equal(buf_text(&again), buf_text(&first));

    k->patience_s = 60;
    kiosk_restart(k);
    kiosk_behave(k, HONEST);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_int_equal(kiosk_waiting(k), 0);
    assert_int_equal(server_completions(k), 5);
    buf_finish(&first);
    buf_finish(&again);
    kiosk_teardown(&fixture);
}

static void test_a_lost_ack_and_new_lessons_count_once(void **state)
{
    struct kiosk *k = *state;

    for (int i = 0; i < 3; i++) {
        kiosk_complete(k, 2);
        kiosk_behave(k, i % 2 ? CUT_ACK : HANG_UP);
        assert_int_equal(kiosk_send(k), SYNC_CUT);
        kiosk_restart(k);
    }
    kiosk_behave(k, HONEST);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_int_equal(kiosk_waiting(k), 0);
    assert_int_equal(server_completions(k), 6);
}

static void test_a_refused_bundle_is_set_aside_and_its_rows_stay(void **state)
{
    struct kiosk *k = *state;
    struct buf refused;
    struct buf aside;
    char path[128];

    buf_init(&refused, JWS_BYTES_MAX);
    buf_init(&aside, JWS_BYTES_MAX);
    snprintf(path, sizeof(path), "%s/set-aside/bundle.jws", k->dir);
    kiosk_complete(k, 4);
    kiosk_behave(k, STATUS_400);
    assert_int_equal(kiosk_send(k), SYNC_REFUSED);
    newest_request(k, &refused);
    assert_int_equal(file_read(path, &aside), ERR_OK);
    assert_string_equal(buf_text(&aside), buf_text(&refused));
    assert_int_equal(kiosk_status(k).refused, 1);
    assert_int_equal(kiosk_status(k).completions_only_here, 4);

    kiosk_behave(k, HONEST);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    newest_request(k, &aside);
    assert_string_not_equal(buf_text(&aside), buf_text(&refused)); /* never unchanged */
    assert_int_equal(server_completions(k), 4);
    buf_finish(&refused);
    buf_finish(&aside);
}

static void test_too_large_is_halved_until_it_fits(void **state)
{
    struct kiosk *k = *state;
    int64_t waiting;

    kiosk_complete(k, 8);
    waiting = kiosk_waiting(k);
    assert_true(waiting >= 8);
    kiosk_behave(k, STATUS_413_TWICE);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_int_equal(kiosk_waiting(k), 0);
    assert_int_equal(server_completions(k), 8);
    assert_true(k->server.n_bundles >= 2 + 4); /* two refused, then quarters */
    assert_true(k->server.n_rows_last <= (size_t)waiting / 4 + 1);
}

static void test_a_long_time_offline_goes_out_in_one_go(void **state)
{
    struct kiosk *k = *state;
    int64_t waiting;

    for (int day = 0; day < 5; day++) {
        kiosk_complete(k, 60);
        k->mono_ms += DAY_MS;
    }
    waiting = kiosk_waiting(k);
    assert_true(waiting > 2 * BUNDLE_ROWS_MAX);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED); /* one touch, as many as it takes */
    assert_int_equal(kiosk_waiting(k), 0);
    assert_true(k->server.n_bundles * BUNDLE_ROWS_MAX >= (size_t)waiting);
    assert_int_equal(server_completions(k), 300);
}

static void test_a_server_that_forgot_gets_everything_again(void **state)
{
    struct kiosk *k = *state;

    kiosk_complete(k, 6);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_int_equal(server_completions(k), 6);
    k->server.n_runs = 0; /* restored from an old backup */
    k->server.n_rows = 0;
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_int_equal(server_completions(k), 6);
    assert_int_equal(kiosk_waiting(k), 0);
}

static void test_the_time_that_the_server_signed_dates_the_run(void **state)
{
    struct kiosk *k = *state;
    struct arena arena = { 0 };
    struct bundle b;

    kiosk_complete(k, 1);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    read_bundle(k, &arena, &b);
    assert_true(b.n_runs >= 1);
    assert_int_equal(b.runs[b.n_runs - 1].trust, RUN_TRUST_SERVER);
    assert_true(b.runs[b.n_runs - 1].start_ms < SERVER_TIME_MS + 60000);
    assert_true(b.runs[b.n_runs - 1].start_ms > SERVER_TIME_MS - 3600000);
    arena_finish(&arena);
}

static void test_the_bundle_says_who_and_how_the_kiosk_is(void **state)
{
    struct kiosk *k = *state;
    struct arena arena = { 0 };
    struct bundle b;

    uplink_set_pack(k->uplink, "bdhvs", 31, 40);
    kiosk_complete(k, 2);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    kiosk_behave(k, STATUS_500);
    kiosk_complete(k, 2);
    assert_int_equal(kiosk_send(k), SYNC_FAULT);
    read_bundle(k, &arena, &b);
    assert_string_equal(b.kiosk, "k7f3a9c2e51b04d8");
    assert_string_equal(b.commune, "21520");
    assert_string_equal(b.version, "0.1.0");
    assert_string_equal(b.pack_id, "bdhvs");
    assert_int_equal(b.pack_ver, 31);
    assert_int_equal(b.health.voice_draft_pct, 40);
    assert_int_equal(b.health.only_here, 0); /* once it is taken, as the page says */
    assert_string_equal(b.health.db, "ok");
    arena_finish(&arena);
}

static void test_retry_after_is_kept(void **state)
{
    struct kiosk *k = *state;

    kiosk_complete(k, 1);
    kiosk_behave(k, STATUS_429);
    assert_int_equal(kiosk_send(k), SYNC_BUSY);
    assert_int_equal(kiosk_status(k).next_ms, 7000);
    uplink_changed(k->uplink); /* does not push itself forward */
    assert_int_equal(kiosk_status(k).next_ms, 7000);
    k->mono_ms += 7000;
    kiosk_behave(k, HONEST);
    kiosk_settle(k);
    assert_int_equal(kiosk_waiting(k), 0);
}

static void test_at_rest_it_waits_as_long_as_the_server_asked(void **state)
{
    struct kiosk *k = *state;
    size_t n;

    kiosk_complete(k, 1);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_int_equal(kiosk_status(k).next_ms, AFTER_S * 1000);
    n = loopback_n_requests(k->loopback);
    k->mono_ms += AFTER_S * 1000;
    kiosk_settle(k); /* nothing to say: not a byte leaves */
    assert_int_equal(loopback_n_requests(k->loopback), n);
    assert_true(kiosk_status(k).next_ms >= 15 * 60000);
    kiosk_complete(k, 1);
    assert_int_equal(kiosk_status(k).next_ms, 5000);
    k->mono_ms += 5000;
    kiosk_settle(k);
    assert_int_equal(kiosk_waiting(k), 0);
    assert_int_equal(server_completions(k), 2);
}

static void test_a_bundle_leaves_every_day_even_empty(void **state)
{
    struct kiosk *k = *state;
    size_t n;

    kiosk_complete(k, 1);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    n = k->server.n_bundles;
    k->mono_ms += DAY_MS;
    kiosk_settle(k);
    assert_int_equal(k->server.n_bundles, n + 1);
    assert_int_equal(k->server.n_rows_last, 0);
}

static void test_send_now_sends_even_with_nothing_to_say(void **state)
{
    struct kiosk *k = *state;
    size_t n;

    kiosk_complete(k, 1);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    n = k->server.n_bundles;
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_int_equal(k->server.n_bundles, n + 1);
}

static void test_everything_is_said_again_after_a_week(void **state)
{
    struct kiosk *k = *state;

    kiosk_complete(k, 3);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    k->server.n_rows = 0; /* lost in a way that no ack shows */
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_int_equal(server_completions(k), 0);
    assert_int_equal(db_set(k->db, "uplink.said_all_ms", "1794695200000"), ERR_OK);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_true(kiosk_waiting(k) > 0); /* a week before SERVER_TIME_MS */
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_int_equal(server_completions(k), 3);
    assert_int_equal(kiosk_waiting(k), 0);
}

static void test_a_full_disk_is_said_in_words_and_loses_nothing(void **state)
{
    struct kiosk *k = *state;
    struct rlimit before;
    struct rlimit full;

    kiosk_complete(k, 3);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    full = before;
    full.rlim_cur = 1; /* no file may grow */
    assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &full), 0);
    uplink_send_now(k->uplink);
    kiosk_settle(k);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_string_equal(kiosk_status(k).words, "sy.o.disk");
    assert_int_equal(server_completions(k), 0); /* nothing leaves that is not kept */
    assert_int_equal(kiosk_status(k).completions_only_here, 3);

    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_string_equal(kiosk_status(k).words, "sy.o.verified");
    assert_int_equal(kiosk_waiting(k), 0);
    assert_int_equal(server_completions(k), 3);
}

static void test_without_enrolment_nothing_is_sent(void **state)
{
    struct kiosk *k = *state;

    kiosk_complete(k, 2);
    uplink_send_now(k->uplink);
    kiosk_settle(k);
    assert_int_equal(loopback_n_requests(k->loopback), 0);
    assert_false(kiosk_status(k).enrolled);
    assert_string_equal(kiosk_status(k).words, "sy.o.not_enrolled");
    assert_int_equal(kiosk_status(k).completions_only_here, 2);
    assert_int_equal(kiosk_status(k).next_ms, -1);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, kiosk_setup, kiosk_teardown)

int main(void)
{
    static const struct CMUnitTest single[] = {
        WITH(test_a_completion_reaches_the_server_once),
        WITH(test_a_lost_ack_and_new_lessons_count_once),
        WITH(test_a_refused_bundle_is_set_aside_and_its_rows_stay),
        WITH(test_too_large_is_halved_until_it_fits),
        WITH(test_a_long_time_offline_goes_out_in_one_go),
        WITH(test_a_server_that_forgot_gets_everything_again),
        WITH(test_the_time_that_the_server_signed_dates_the_run),
        WITH(test_the_bundle_says_who_and_how_the_kiosk_is),
        WITH(test_retry_after_is_kept),
        WITH(test_at_rest_it_waits_as_long_as_the_server_asked),
        WITH(test_a_bundle_leaves_every_day_even_empty),
        WITH(test_send_now_sends_even_with_nothing_to_say),
        WITH(test_everything_is_said_again_after_a_week),
        WITH(test_a_full_disk_is_said_in_words_and_loses_nothing),
        cmocka_unit_test_setup_teardown(test_without_enrolment_nothing_is_sent,
                                        kiosk_setup_unenrolled, kiosk_teardown),
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
