/* What waits for the server, and what its answers do. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"
#include "cmocka_all.h"
#include "store/outbox.h"
#include "store/person.h"
#include "store_fixture.h"

static void fill(struct fixture *f, size_t max_rows, struct arena *arena,
                 struct bundle *b)
{
    memset(b, 0, sizeof(*b));
    assert_int_equal(outbox_fill(f->db, max_rows, arena, b), ERR_OK);
}

/* Keeps some bytes for `b` and answers them with these. */
static bool answer(struct fixture *f, const struct bundle *b, struct ack ack)
{
    char bytes[64], sha256[HASH_SHA256_HEX];
    bool more;
    int n = snprintf(bytes, sizeof(bytes), "bundle %lld", (long long)b->n);

    hash_sha256_hex(bytes, (size_t)n, sha256);
    assert_int_equal(outbox_keep(f->db, b->n, bytes, (size_t)n), ERR_OK);
    ack.request_sha256 = sha256;
    ack.time_ms = 1795300000000;
    assert_int_equal(outbox_acknowledge(f->db, &ack, &more), ERR_OK);
    return more;
}

static void test_everything_waits_until_it_is_acked(void **state)
{
    struct fixture *f = *state;
    struct arena arena = { 0 };
    struct outbox_state s;
    struct bundle b;
    struct ack_held held;

    fixture_complete(f, "m09-b03", NULL);
    fill(f, 500, &arena, &b);
    assert_int_equal(b.n, 1);
    assert_int_equal(b.n_runs, 1);
    assert_int_equal(b.runs[0].from, 1);
    assert_int_equal(b.runs[0].to, b.n_counts);
    assert_int_equal(b.n_counts, 5); /* starts completions passes seconds guest_… */
    assert_int_equal(b.n_known, 1);
    assert_int_equal(b.known[0].acked, 0);
    assert_int_equal(outbox_state(f->db, &s), ERR_OK);
    assert_int_equal(s.rows_waiting, 5);
    assert_int_equal(s.completions_only_here, 1);

    held = (struct ack_held){ b.runs[0].id, b.runs[0].to, b.runs[0].to };
    assert_false(answer(f, &b, (struct ack){ .held = &held, .n_held = 1 }));
    assert_int_equal(outbox_state(f->db, &s), ERR_OK);
    assert_int_equal(s.rows_waiting, 0);
    assert_int_equal(s.completions_only_here, 0);
    assert_int_equal(s.last_ack_ms, 1795300000000);
    fill(f, 500, &arena, &b);
    assert_int_equal(b.n, 2);
    assert_int_equal(b.n_runs, 0);
    assert_int_equal(b.known[0].acked, 5);
    arena_finish(&arena);
}

static void test_rows_that_do_not_fit_follow_in_the_next_bundle(void **state)
{
    struct fixture *f = *state;
    struct arena arena = { 0 };
    struct bundle b;
    struct ack_held held;

    fixture_complete(f, "m09-b03", NULL);
    fill(f, 3, &arena, &b);
    assert_int_equal(b.n_counts, 3);
    assert_int_equal(b.runs[0].to, 3);
    held = (struct ack_held){ b.runs[0].id, 3, 3 };
    assert_true(answer(f, &b, (struct ack){ .held = &held, .n_held = 1 }));
    fill(f, 3, &arena, &b);
    assert_int_equal(b.runs[0].from, 4);
    assert_int_equal(b.n_counts, 2);
    arena_finish(&arena);
}

static void test_kept_bytes_survive_a_restart_until_they_are_answered(void **state)
{
    struct fixture *f = *state;
    struct arena arena = { 0 };
    struct bundle b;
    struct buf kept;
    int64_t n;

    fixture_complete(f, "m09-b03", NULL);
    fill(f, 500, &arena, &b);
    assert_int_equal(outbox_keep(f->db, b.n, "signed", 6), ERR_OK);
    fixture_reopen(f);
    buf_init(&kept, 1000);
    assert_int_equal(outbox_kept(f->db, &n, &kept), ERR_OK);
    assert_int_equal(n, 1);
    assert_string_equal(buf_text(&kept), "signed");
    assert_int_equal(outbox_drop(f->db, n), ERR_OK);
    assert_int_equal(outbox_kept(f->db, &n, &kept), ERR_OK);
    assert_int_equal(n, 0);
    fill(f, 500, &arena, &b);
    assert_int_equal(b.n, 2); /* a number is never used for other bytes */
    buf_finish(&kept);
    arena_finish(&arena);
}

static void test_an_ack_for_less_than_was_sent_moves_nothing(void **state)
{
    struct fixture *f = *state;
    struct arena arena = { 0 };
    struct bundle b;
    struct ack_held held;

    fixture_complete(f, "m09-b03", NULL);
    fill(f, 500, &arena, &b);
    held = (struct ack_held){ b.runs[0].id, 4, 5 };
    assert_true(answer(f, &b, (struct ack){ .held = &held, .n_held = 1 }));
    fill(f, 500, &arena, &b);
    assert_int_equal(b.runs[0].from, 1);
    arena_finish(&arena);
}

static void test_a_server_that_forgot_gets_the_rest_again(void **state)
{
    struct fixture *f = *state;
    struct arena arena = { 0 };
    struct bundle b;
    struct ack_held held;

    fixture_complete(f, "m09-b03", NULL);
    fill(f, 500, &arena, &b);
    held = (struct ack_held){ b.runs[0].id, 5, 5 };
    answer(f, &b, (struct ack){ .held = &held, .n_held = 1 });
    fill(f, 500, &arena, &b);
    held.held = held.top = 2;
    assert_true(answer(f, &b, (struct ack){ .held = &held, .n_held = 1 }));
    fill(f, 500, &arena, &b);
    assert_int_equal(b.runs[0].from, 3);
    assert_int_equal(b.n_counts, 3);
    arena_finish(&arena);
}

static void test_a_longer_life_of_our_run_starts_a_new_one_once(void **state)
{
    struct fixture *f = *state;
    struct arena arena = { 0 };
    struct bundle b;
    struct ack_held held[2];
    uint64_t before;

    fixture_complete(f, "m09-b03", NULL);
    fill(f, 500, &arena, &b);
    before = b.runs[0].id;
    held[0] = (struct ack_held){ before, 9, 9 };
    assert_true(answer(f, &b, (struct ack){ .held = held, .n_held = 1 }));
    fill(f, 500, &arena, &b);
    assert_true(b.run != before);
    assert_int_equal(b.runs[0].from, 1); /* everything once more */
    assert_int_equal(b.n_known, 2);
    held[1] = (struct ack_held){ b.run, 0, 0 };
    before = b.run;
    answer(f, &b, (struct ack){ .held = held, .n_held = 2 });
    fill(f, 500, &arena, &b);
    assert_true(b.run == before); /* the same news is not news twice */
    arena_finish(&arena);
}

static void test_a_run_we_do_not_know_starts_one_above_it(void **state)
{
    struct fixture *f = *state;
    struct arena arena = { 0 };
    struct bundle b;

    fixture_complete(f, "m09-b03", NULL);
    fill(f, 500, &arena, &b);
    answer(f, &b, (struct ack){ .foreign_ord = 7 });
    fixture_complete(f, "m09-b03", NULL);
    fill(f, 500, &arena, &b);
    assert_int_equal(b.n_runs, 2);
    assert_int_equal(b.runs[0].ord, 1);
    assert_int_equal(b.runs[1].ord, 8);
    assert_int_equal(fixture_total(f, "completions", "?0", "m09-b03", "-"), 2);
    arena_finish(&arena);
}

static void test_saying_everything_sends_all_runs_again(void **state)
{
    struct fixture *f = *state;
    struct arena arena = { 0 };
    struct bundle b;
    struct ack_held held;

    fixture_complete(f, "m09-b03", NULL);
    fill(f, 500, &arena, &b);
    held = (struct ack_held){ b.runs[0].id, 5, 5 };
    answer(f, &b, (struct ack){ .held = &held, .n_held = 1 });
    assert_int_equal(outbox_say_everything(f->db), ERR_OK);
    fill(f, 500, &arena, &b);
    assert_int_equal(b.runs[0].from, 1);
    assert_int_equal(b.n_counts, 5);
    arena_finish(&arena);
}

static int64_t only_here(struct fixture *f)
{
    struct outbox_state state;

    assert_int_equal(outbox_state(f->db, &state), ERR_OK);
    return state.completions_only_here;
}

/* Saying everything again makes nothing less safe: the sync page must not say so. */
static void test_what_the_server_holds_is_not_only_here_while_it_is_said_again(
    void **state)
{
    struct fixture *f = *state;
    struct arena arena = { 0 };
    struct bundle b;
    struct ack_held held;

    fixture_complete(f, "m09-b03", NULL);
    fill(f, 500, &arena, &b);
    assert_int_equal(only_here(f), 1);
    held = (struct ack_held){ b.runs[0].id, 5, 5 };
    answer(f, &b, (struct ack){ .held = &held, .n_held = 1 });
    assert_int_equal(only_here(f), 0);
    assert_int_equal(outbox_say_everything(f->db), ERR_OK);
    assert_int_equal(only_here(f), 0);
    fixture_reopen(f);
    fixture_complete(f, "m09-b04", NULL);
    assert_int_equal(only_here(f), 1);
    fill(f, 500, &arena, &b);
    held.held = held.top = 0; /* the server lost its memory */
    answer(f, &b, (struct ack){ .held = &held, .n_held = 1 });
    assert_int_equal(only_here(f), 2);
    arena_finish(&arena);
}

/* What the server's page shows after it took the bundle: not what came with it. */
static void test_what_a_bundle_leaves_behind_is_what_it_does_not_carry(void **state)
{
    struct fixture *f = *state;
    struct arena arena = { 0 };
    struct bundle b;
    int64_t left;

    fixture_complete(f, "m09-b03", NULL);
    fixture_complete(f, "m09-b04", NULL);
    fixture_reopen(f);
    fixture_complete(f, "m09-b05", NULL);
    fill(f, 500, &arena, &b);
    assert_int_equal(outbox_left_over(f->db, &left), ERR_OK);
    assert_int_equal(left, 0);
    fill(f, 5, &arena, &b); /* the first of three completions */
    assert_int_equal(outbox_left_over(f->db, &left), ERR_OK);
    assert_int_equal(left, 2);
    assert_int_equal(outbox_keep(f->db, b.n, "signed", 6), ERR_OK);
    assert_int_equal(outbox_fill_beyond(f->db, b.n, 5, &arena, &b), ERR_OK);
    assert_int_equal(outbox_left_over(f->db, &left), ERR_OK);
    assert_int_equal(left, 1); /* the stick has two bundles by now */
    arena_finish(&arena);
}

/* A stick may bring the answer to an earlier bundle after that to a later one. */
static void test_a_late_answer_is_not_taken_for_the_last_word(void **state)
{
    struct fixture *f = *state;
    struct arena arena = { 0 };
    struct bundle b;
    struct ack_held held;
    struct ack late = { .held = &held, .n_held = 1, .time_ms = 1795200000000 };
    struct outbox_state s;
    char sha256[HASH_SHA256_HEX];
    bool more;

    fixture_complete(f, "m09-b03", NULL);
    fill(f, 500, &arena, &b);
    hash_sha256_hex("first", 5, sha256);
    assert_int_equal(outbox_keep(f->db, b.n, "first", 5), ERR_OK);
    fixture_complete(f, "m09-b04", NULL);
    fill(f, 500, &arena, &b);
    held = (struct ack_held){ b.runs[0].id, b.runs[0].to, b.runs[0].to };
    answer(f, &b, (struct ack){ .held = &held, .n_held = 1 });
    assert_int_equal(only_here(f), 0);

    late.request_sha256 = sha256;
    held.held = held.top = 5;
    assert_int_equal(outbox_acknowledge(f->db, &late, &more), ERR_OK);
    assert_true(more); /* said again all the same: harmless */
    assert_int_equal(only_here(f), 0);
    assert_int_equal(outbox_state(f->db, &s), ERR_OK);
    assert_int_equal(s.last_ack_ms, 1795300000000);
    arena_finish(&arena);
}

static void test_saying_everything_stamps_gauges_anew_in_this_run(void **state)
{
    struct fixture *f = *state;
    struct arena arena = { 0 };
    struct person_card card;
    struct bundle b;
    size_t n_gauges;

    assert_int_equal(person_add(f->db, &(struct person_cohort){ .sex = "f" }, &card),
                     ERR_OK);
    fixture_complete(f, "m09-b03", card.token);
    fill(f, 500, &arena, &b);
    n_gauges = b.n_gauges;
    assert_true(n_gauges >=
                8); /* registered, active, finished_one, lesson_firsts × 2 */
    fixture_reopen(f);
    assert_int_equal(outbox_say_everything(f->db), ERR_OK);
    fill(f, 500, &arena, &b);
    assert_int_equal(b.n_runs, 2);
    assert_int_equal(b.n_gauges, n_gauges);
    for (size_t i = 0; i < b.n_gauges; i++) {
        assert_int_equal(b.gauges[i].run, 1);
        assert_int_equal(b.gauges[i].rev, i + 1);
    }
    assert_int_equal(fixture_total(f, "active", "all", "-", "sex=f"), 1);
    arena_finish(&arena);
}

static void test_runs_left_out_of_known_are_not_taken_for_a_clone(void **state)
{
    struct fixture *f = *state;
    struct arena arena = { 0 };
    struct bundle b;
    uint64_t run;

    for (int i = 0; i < 40; i++) {
        fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "a" });
        fixture_reopen(f);
    }
    fill(f, 500, &arena, &b);
    assert_int_equal(b.n_known, 40); /* the first one of a process lists them all */
    run = b.run;
    fill(f, 500, &arena, &b);
    assert_int_equal(b.n_known, 32);
    answer(f, &b, (struct ack){ .foreign_ord = 8 }); /* our own eighth */
    fill(f, 500, &arena, &b);
    assert_true(b.run == run);
    answer(f, &b, (struct ack){ .foreign_ord = 9 }); /* but this one was listed */
    fill(f, 500, &arena, &b);
    assert_true(b.run != run);
    arena_finish(&arena);
}

static void test_an_absurd_ordinal_is_refused(void **state)
{
    struct fixture *f = *state;
    const struct ack ack = { .request_sha256 = "", .foreign_ord = INT64_MAX };
    bool more;

    assert_int_equal(outbox_acknowledge(f->db, &ack, &more), ERR_REJECTED);
    fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "a" });
}

/* {"counts":[[0,"starts","?0","m09-b03","-",1,0]],"gauges":[[0,"active","all","-","-",1,2]]}
 * as the payload of a JWS */
static const char with_rows[] =
    "e30.eyJjb3VudHMiOltbMCwic3RhcnRzIiwiPzAiLCJtMDktYjAzIiwiLSIsMSwwXV0sImdhdWdlcyI6"
    "W1swLCJhY3RpdmUiLCJhbGwiLCItIiwiLSIsMSwyXV19.c2ln";

static int64_t rejected_after(struct fixture *f, struct ack_rejected *rows, size_t n)
{
    struct arena arena = { 0 };
    struct outbox_state s;
    struct bundle b;
    char sha256[HASH_SHA256_HEX];
    struct ack ack = { .request_sha256 = sha256, .rejected = rows, .n_rejected = n };
    bool more;

    fill(f, 500, &arena, &b);
    hash_sha256_hex(with_rows, strlen(with_rows), sha256);
    assert_int_equal(outbox_keep(f->db, b.n, with_rows, strlen(with_rows)), ERR_OK);
    assert_int_equal(outbox_acknowledge(f->db, &ack, &more), ERR_OK);
    assert_int_equal(outbox_state(f->db, &s), ERR_OK);
    arena_finish(&arena);
    return s.rejected;
}

static void test_rejected_rows_are_shown_until_they_are_taken(void **state)
{
    struct ack_rejected rows[] = { { 0, "grammar" }, { 1, "held" }, { 2, "no such" } };

    assert_int_equal(rejected_after(*state, rows, 3), 2);
    assert_int_equal(rejected_after(*state, rows, 1), 1);
    assert_int_equal(rejected_after(*state, rows, 0), 0);
}

#define CASE(test) \
    cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_everything_waits_until_it_is_acked),
        CASE(test_rows_that_do_not_fit_follow_in_the_next_bundle),
        CASE(test_kept_bytes_survive_a_restart_until_they_are_answered),
        CASE(test_an_ack_for_less_than_was_sent_moves_nothing),
        CASE(test_a_server_that_forgot_gets_the_rest_again),
        CASE(test_a_longer_life_of_our_run_starts_a_new_one_once),
        CASE(test_a_run_we_do_not_know_starts_one_above_it),
        CASE(test_saying_everything_sends_all_runs_again),
        CASE(test_what_the_server_holds_is_not_only_here_while_it_is_said_again),
        CASE(test_what_a_bundle_leaves_behind_is_what_it_does_not_carry),
        CASE(test_a_late_answer_is_not_taken_for_the_last_word),
        CASE(test_saying_everything_stamps_gauges_anew_in_this_run),
        CASE(test_runs_left_out_of_known_are_not_taken_for_a_clone),
        CASE(test_an_absurd_ordinal_is_refused),
        CASE(test_rejected_rows_are_shown_until_they_are_taken),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
