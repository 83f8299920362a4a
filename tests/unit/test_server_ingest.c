/* Merging: any order, any repeat, the same totals; nothing stored unless it is right. */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "held.h"
#include "server_rig.h"

#define DAY "2026-11-22"

static void test_a_bundle_is_taken_and_acknowledged_with_what_is_held(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 3);

    rig_count(r, &b, "completions", DAY, "m09-b03", 2, 0);
    rig_gauge(r, &b, "registered", "all", 5, 3);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    assert_string_equal(rig_totals(r),
                        "{\"schema\":1,\"rows\":["
                        "[\"completions\",\"2026-11-22\",\"m09-b03\",\"-\",2],"
                        "[\"registered\",\"all\",\"-\",\"-\",5]]}");
    assert_int_equal(r->ack.n_held, 1);
    assert_int_equal(r->ack.held[0].run, 0x77);
    assert_int_equal(r->ack.held[0].held, 3);
    assert_int_equal(r->ack.held[0].top, 3);
    assert_string_equal(r->ack.nonce, "nonce-1");
    assert_int_equal(r->ack.n_rejected, 0);
    assert_int_equal(r->ack.time_ms, RIG_START_MS);
}

/* Where time_t has 32 bits they end on 2038-01-19. */
static void test_a_bundle_of_2040_is_dated_so(void **state)
{
    const int64_t at_ms = 2221000000000; /* 2040-05-19 */
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 1);

    r->wall_ms = at_ms;
    rig_count(r, &b, "completions", "2040-05-18", "m09-b03", 2, 0);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    assert_string_equal(rig_totals(r),
                        "{\"schema\":1,\"rows\":["
                        "[\"completions\",\"2040-05-18\",\"m09-b03\",\"-\",2]]}");
    assert_true(r->ack.time_ms == at_ms);
}

static void test_a_repeat_changes_nothing(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 3);
    const char *once;

    rig_count(r, &b, "completions", DAY, "m09-b03", 2, 1);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    once = rig_totals(r);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    assert_string_equal(rig_totals(r), once);
}

/* Two bundles of one run, the later one first. */
static void test_order_does_not_matter(void **state)
{
    struct rig *r = *state;
    struct bundle old = rig_bundle(r, 1, 1, 2);
    struct bundle new = rig_bundle(r, 2, 3, 6);

    rig_count(r, &old, "completions", DAY, "m09-b03", 2, 0);
    rig_gauge(r, &old, "registered", "all", 9, 2);
    rig_count(r, &new, "completions", DAY, "m09-b03", 7, 1);
    rig_gauge(r, &new, "registered", "all", 4, 6);
    assert_int_equal(rig_send(r, &new), INGEST_TAKEN);
    assert_int_equal(r->ack.held[0].held, 0); /* 1..2 are missing */
    assert_int_equal(r->ack.held[0].top, 6);
    assert_int_equal(rig_send(r, &old), INGEST_TAKEN);
    assert_string_equal(rig_totals(r),
                        "{\"schema\":1,\"rows\":["
                        "[\"completions\",\"2026-11-22\",\"m09-b03\",\"-\",6],"
                        "[\"registered\",\"all\",\"-\",\"-\",4]]}");
    assert_int_equal(r->ack.held[0].held, 2);
    assert_int_equal(rig_send(r, &new), INGEST_TAKEN);
    assert_int_equal(r->ack.held[0].held, 6);
}

static void test_the_ordinal_of_the_run_decides_between_gauges(void **state)
{
    struct rig *r = *state;
    struct bundle later = rig_bundle(r, 1, 1, 1);
    struct bundle earlier = rig_bundle(r, 2, 1, 900);

    later.runs[0].id = 0x99;
    later.runs[0].ord = 2;
    rig_gauge(r, &later, "registered", "all", 12, 1);
    rig_gauge(r, &earlier, "registered", "all", 3, 900);
    assert_int_equal(rig_send(r, &later), INGEST_TAKEN);
    assert_int_equal(rig_send(r, &earlier), INGEST_TAKEN);
    assert_non_null(strstr(rig_totals(r), "[\"registered\",\"all\",\"-\",\"-\",12]"));
}

static void test_runs_add_up(void **state)
{
    struct rig *r = *state;
    struct bundle one = rig_bundle(r, 1, 1, 1);
    struct bundle two = rig_bundle(r, 2, 1, 1);

    two.runs[0].id = 0x99;
    two.runs[0].ord = 2;
    rig_count(r, &one, "completions", DAY, "m09-b03", 5, 0);
    rig_count(r, &two, "completions", DAY, "m09-b03", 1, 2);
    assert_int_equal(rig_send(r, &one), INGEST_TAKEN);
    assert_int_equal(rig_send(r, &two), INGEST_TAKEN);
    assert_non_null(strstr(rig_totals(r), "\"m09-b03\",\"-\",4]"));
}

static void test_a_run_that_the_kiosk_does_not_know_is_foreign(void **state)
{
    struct rig *r = *state;
    struct bundle mine = rig_bundle(r, 1, 1, 1);
    struct bundle clone = rig_bundle(r, 2, 1, 1);

    clone.runs[0].id = 0x99;
    clone.runs[0].ord = 8;
    clone.known[0].run = 0x99;
    assert_int_equal(rig_send(r, &clone), INGEST_TAKEN);
    assert_int_equal(r->ack.foreign_ord, 0);
    assert_int_equal(rig_send(r, &mine), INGEST_TAKEN);
    assert_int_equal(r->ack.foreign_ord, 8);
}

static void test_runs_left_out_of_a_long_list_are_no_strangers(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 1);
    struct bundle_run runs[40];
    struct bundle_known known[32];

    for (int i = 0; i < 40; i++)
        runs[i] = (struct bundle_run){
            .id = (uint64_t)i + 1, .ord = i + 1, .from = 1, .to = 1
        };
    b.runs = runs;
    b.n_runs = 40;
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    for (int i = 0; i < 32; i++)
        known[i] = (struct bundle_known){ .run = (uint64_t)i + 9 };
    b.n = 2;
    b.n_runs = 0;
    b.known = known;
    b.n_known = 32;
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    assert_int_equal(r->ack.foreign_ord, 0);
    b.n = 3;
    b.n_runs = 1; /* the oldest is sent again: it explains nothing either */
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    assert_int_equal(r->ack.foreign_ord, 0);
    b.n = 4;
    b.n_runs = 0;
    b.n_known = 31; /* run 40 is missing: newer than the rest */
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    assert_int_equal(r->ack.foreign_ord, 40);
}

static void test_absurd_rows_wait_until_they_are_admitted(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 3);

    rig_count(r, &b, "completions", DAY, "m09-b03", 1500, 0);
    rig_count(r, &b, "completions", DAY, "m09-b04", 600, 0);
    rig_count(r, &b, "completions", "2026-11-23", "m09-b04", 600, 0);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    assert_int_equal(r->ack.n_rejected, 1);
    assert_int_equal(r->ack.rejected[0].i, 1);
    assert_string_equal(r->ack.rejected[0].code, "held");
    assert_null(strstr(rig_totals(r), "\"2026-11-22\",\"m09-b04\""));
    assert_int_equal(held_admit(&r->server, r->kiosk, DAY), ERR_OK);
    assert_non_null(strstr(rig_totals(r), "\"2026-11-22\",\"m09-b04\",\"-\",600]"));
    assert_int_equal(held_admit(&r->server, r->kiosk, DAY), ERR_REJECTED);
    b.n = 2;
    b.counts[1].plus = 700;
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    assert_int_equal(r->ack.n_rejected, 0);
    assert_non_null(strstr(rig_totals(r), "\"2026-11-22\",\"m09-b04\",\"-\",700]"));
}

/* "?0" is another day in each run. */
static void test_first_hours_of_many_runs_are_not_one_absurd_day(void **state)
{
    struct rig *r = *state;
    struct bundle b;

    for (int64_t i = 1; i <= 3; i++) {
        b = rig_bundle(r, i, 1, 3);
        b.runs[0].id = b.known[0].run = (uint64_t)i;
        b.runs[0].ord = i;
        rig_count(r, &b, "completions", "?0", "m09-b03", 900, 0);
        assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
        assert_int_equal(r->ack.n_rejected, 0);
    }
    assert_non_null(strstr(rig_totals(r), "\"?0\",\"m09-b03\",\"-\",2700]"));
    rig_count(r, &b, "completions", "?0", "m09-b04", 1101, 0);
    b.n = 4;
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    assert_int_equal(r->ack.n_rejected, 1); /* 2001 in one hour of one run */
}

static void test_impossible_values_are_rejected_and_block_nothing(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 3);

    rig_count(r, &b, "seconds", DAY, "m09-b03", INGEST_VALUE_MAX + 1, 0);
    rig_count(r, &b, "seconds", DAY, "m09-b04", 5, 0);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    assert_int_equal(r->ack.n_rejected, 1);
    assert_int_equal(r->ack.rejected[0].i, 0);
    assert_string_equal(r->ack.rejected[0].code, "grammar");
    assert_non_null(strstr(rig_totals(r), "m09-b04"));
    assert_null(strstr(rig_totals(r), "m09-b03"));
}

static void test_an_unknown_statistic_is_kept_under_its_raw_name(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 3);

    rig_count(r, &b, "weather_talks", DAY, "x", 5, 0);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    assert_non_null(strstr(rig_totals(r), "[\"weather_talks\",\"2026-11-22\""));
}

static void test_foreign_bundles_leave_no_trace(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 3);
    struct jws_key other;

    rig_count(r, &b, "completions", DAY, "m09-b03", 2, 0);
    b.commune = "21521";
    assert_int_equal(rig_send(r, &b), INGEST_WRONG);
    b.commune = RIG_COMMUNE;
    b.kiosk = "k0000000000000000";
    assert_int_equal(rig_send(r, &b), INGEST_WRONG);
    b.kiosk = r->kiosk;
    jws_key_make(&other);
    r->key = other;
    assert_int_equal(rig_send(r, &b), INGEST_UNKNOWN);
    assert_string_equal(rig_totals(r), "{\"schema\":1,\"rows\":[]}");
}

static void test_every_changed_byte_is_refused(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 3);
    struct buf bytes;
    struct buf answer;

    rig_count(r, &b, "completions", DAY, "m09-b03", 2, 0);
    buf_init(&bytes, BUNDLE_BYTES_MAX);
    buf_init(&answer, 1 << 20);
    rig_sign(r, &b, &bytes);
    for (size_t i = 0; i < bytes.len; i++) {
        bytes.data[i] ^= 1;
        assert_int_not_equal(ingest_take(&r->server, bytes.data, bytes.len, &answer),
                             INGEST_TAKEN);
        bytes.data[i] ^= 1;
        buf_clear(&answer);
    }
    assert_string_equal(rig_totals(r), "{\"schema\":1,\"rows\":[]}");
    assert_int_equal(ingest_take(&r->server, bytes.data, bytes.len, &answer),
                     INGEST_TAKEN);
    buf_finish(&bytes);
    buf_finish(&answer);
}

static void test_what_was_acknowledged_outlives_the_process(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 3);
    const char *before;

    rig_count(r, &b, "completions", DAY, "m09-b03", 2, 0);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    before = rig_totals(r);
    rig_restart(r);
    assert_string_equal(rig_totals(r), before);
    b.n_runs = 0;
    b.n = 2;
    b.n_counts = 0;
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    assert_int_equal(r->ack.held[0].held, 3);
}

/* The other process dies between its answer and its next breath. */
static void test_what_was_acknowledged_outlives_a_kill(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 3);
    pid_t child;
    int status;

    rig_count(r, &b, "completions", DAY, "m09-b03", 2, 0);
    server_close(&r->server);
    child = fork();
    assert_true(child >= 0);
    if (!child) {
        if (server_open(r->uri, &r->clock, &r->server) ||
            rig_send(r, &b) != INGEST_TAKEN)
            _exit(1);
        kill(getpid(), SIGKILL);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    assert_int_equal(server_open(r->uri, &r->clock, &r->server), ERR_OK);
    assert_non_null(strstr(rig_totals(r), "\"m09-b03\",\"-\",2]"));
}

static void test_a_better_clock_corrects_the_run_and_a_worse_one_does_not(void **state)
{
    static const struct {
        int trust;
        int64_t uncertainty_ms;
        int64_t start_ms;
        int64_t want_ms;
    } rows[] = {
        { 1, 500, 1000, 1000 },   { 0, 1, 2000, 1000 },     { 1, 900, 3000, 1000 },
        { 1, 100, 4000, 4000 },   { 3, 99999, 5000, 5000 }, { 2, 1, 6000, 5000 },
        { 3, 99999, 7000, 5000 },
    };
    struct rig *r = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct bundle b = rig_bundle(r, (int64_t)i, 1, 1);
        int64_t got = 0;

        b.runs[0].trust = rows[i].trust;
        b.runs[0].uncertainty_ms = rows[i].uncertainty_ms;
        b.runs[0].start_ms = rows[i].start_ms;
        assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
        assert_int_equal(store_run(r->server.store, Q_RUN_START, store_number, &got,
                                   PARAM_TEXT(RIG_COMMUNE), PARAM_TEXT(r->kiosk),
                                   PARAM_TEXT("0000000000000077")),
                         ERR_OK);
        assert_int_equal(got, rows[i].want_ms);
    }
}

static enum err take_twin(void *ctx, const struct cell *cells)
{
    *(int64_t *)ctx = cells[8].number;
    return ERR_OK;
}

static void test_two_messages_with_one_number_mean_two_machines(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 7, 1, 1);
    int64_t twin_ms = 0;

    rig_count(r, &b, "completions", DAY, "a", 1, 0);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    assert_int_equal(store_run_plain(r->server.store, Q_KIOSKS, take_twin, &twin_ms),
                     ERR_OK);
    assert_int_equal(twin_ms, 0);
    rig_count(r, &b, "completions", DAY, "b", 1, 0);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    assert_int_equal(store_run_plain(r->server.store, Q_KIOSKS, take_twin, &twin_ms),
                     ERR_OK);
    assert_int_equal(twin_ms, RIG_START_MS);
    assert_non_null(strstr(rig_totals(r), "\"a\",\"-\",1],"));
    assert_non_null(strstr(rig_totals(r), "\"b\",\"-\",1]"));
}

#define T(f) cmocka_unit_test_setup_teardown(f, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_a_bundle_is_taken_and_acknowledged_with_what_is_held),
        T(test_a_bundle_of_2040_is_dated_so),
        T(test_a_repeat_changes_nothing),
        T(test_order_does_not_matter),
        T(test_the_ordinal_of_the_run_decides_between_gauges),
        T(test_runs_add_up),
        T(test_a_run_that_the_kiosk_does_not_know_is_foreign),
        T(test_runs_left_out_of_a_long_list_are_no_strangers),
        T(test_absurd_rows_wait_until_they_are_admitted),
        T(test_first_hours_of_many_runs_are_not_one_absurd_day),
        T(test_impossible_values_are_rejected_and_block_nothing),
        T(test_an_unknown_statistic_is_kept_under_its_raw_name),
        T(test_foreign_bundles_leave_no_trace),
        T(test_every_changed_byte_is_refused),
        T(test_what_was_acknowledged_outlives_the_process),
        T(test_what_was_acknowledged_outlives_a_kill),
        T(test_a_better_clock_corrects_the_run_and_a_worse_one_does_not),
        T(test_two_messages_with_one_number_mean_two_machines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
