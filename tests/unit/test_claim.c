/* What somebody learnt without this card: as a guest just before, or at another kiosk. It is
 * theirs once, people's gauges follow, and no lượt is counted twice. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "cmocka_all.h"
#include "people_fixture.h"
#include "store/claim.h"
#include "store/erase.h"
#include "store/merge.h"
#include "store/papers.h"
#include "store/passport_in.h"
#include "store/progress.h"

#define COMMUNE_KEY "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define DAY "2026-11-22"

static const char *const lessons[] = { "m09-b01", "m09-b02" };

static int setup(void **state)
{
    const struct journal_group group = { "module", "m09", lessons, COUNT(lessons) };
    int rc = people_setup(state);
    struct people_stage *s = *state;

    assert_int_equal(db_set(s->store.db, "card.key", COMMUNE_KEY), ERR_OK);
    assert_int_equal(journal_set_curriculum(s->store.db, &group, 1), ERR_OK);
    return rc;
}

static void leave(struct people_stage *s, const unsigned char *token)
{
    fixture_append(&s->store, (struct event){ .kind = EVENT_LEAVE, .token = token });
}

static struct claim offered(struct people_stage *s)
{
    struct claim claim;

    assert_int_equal(claim_find(s->store.db, &claim), ERR_OK);
    return claim;
}

static size_t take(struct people_stage *s, const struct claim *claim,
                   const struct person_card *card)
{
    size_t n;

    assert_int_equal(claim_take(s->store.db, claim, card->token, "s1", &n), ERR_OK);
    return n;
}

static int64_t total(struct people_stage *s, const char *stat, const char *period,
                     const char *unit)
{
    return fixture_total(&s->store, stat, period, unit, "-");
}

static size_t n_done(struct people_stage *s, const struct person_card *card)
{
    struct arena arena = { 0 };
    struct progress progress;
    size_t n;

    assert_int_equal(progress_read(s->store.db, card->token, &arena, &progress),
                     ERR_OK);
    n = progress.n_lessons;
    arena_finish(&arena);
    return n;
}

static void check_rebuild(struct people_stage *s)
{
    struct buf report;

    buf_init(&report, 1 << 16);
    assert_int_equal(journal_rebuild(s->store.db, 0, &report), ERR_OK);
    assert_int_equal(report.len, 0);
    buf_finish(&report);
}

/* --- a guest's lessons -------------------------------------------------------------- */

static void test_a_guests_lesson_becomes_a_persons_and_no_visit_is_doubled(void **state)
{
    struct people_stage *s = *state;
    struct person_card nga;
    struct claim claim;

    fixture_complete(&s->store, "m09-b01", NULL);
    leave(s, NULL);
    nga = people_make(s, "Nga", 1958, "t07");
    claim = offered(s);
    assert_int_equal(claim.n, 1);
    assert_string_equal(claim.lessons[0], "m09-b01");
    assert_int_equal(take(s, &claim, &nga), 1);
    assert_int_equal(n_done(s, &nga), 1);
    assert_int_equal(total(s, "lesson_firsts", "all", "m09-b01"), 1);
    assert_int_equal(
        fixture_total(&s->store, "lesson_firsts", "2026-11", "m09-b01", "thon=t07"), 1);
    assert_int_equal(total(s, "finished_one", "2026-11", "-"), 1);
    assert_int_equal(total(s, "active", "2026-11", "-"), 1);
    assert_int_equal(total(s, "completions", DAY, "m09-b01"), 1);
    assert_int_equal(total(s, "passes", DAY, "m09-b01"), 1);
    assert_int_equal(total(s, "guest_completions", DAY, "m09-b01"), 1);
    assert_int_equal(
        fixture_total(&s->store, "completions", DAY, "m09-b01", "thon=t07"), 0);
    check_rebuild(s);
}

static void test_it_is_given_once(void **state)
{
    struct people_stage *s = *state;
    struct person_card nga, hai;
    struct claim claim;

    fixture_complete(&s->store, "m09-b01", NULL);
    fixture_complete(&s->store, "m09-b01", NULL); /* twice in one visit: one of them */
    leave(s, NULL);
    nga = people_make(s, "Nga", 1958, "t07");
    hai = people_make(s, "Hai", 1960, "t07");
    claim = offered(s);
    assert_int_equal(claim.n, 1);
    assert_int_equal(take(s, &claim, &nga), 1);
    assert_int_equal(take(s, &claim, &nga), 0); /* a second tap */
    assert_int_equal(take(s, &claim, &hai), 0);
    assert_int_equal(offered(s).n, 0);
    assert_int_equal(total(s, "lesson_firsts", "all", "m09-b01"), 1);
    check_rebuild(s);
}

static void test_the_next_guest_of_the_same_lesson_is_another_visit(void **state)
{
    struct people_stage *s = *state;
    struct person_card nga, hai;
    struct claim claim;

    fixture_complete(&s->store, "m09-b01", NULL);
    leave(s, NULL);
    nga = people_make(s, "Nga", 1958, "t07");
    claim = offered(s);
    assert_int_equal(take(s, &claim, &nga), 1);
    fixture_complete(&s->store, "m09-b01", NULL);
    fixture_complete(&s->store, "m09-b02", NULL);
    hai = people_make(s, "Hai", 1960, "t07"); /* handed over: the visit is still open */
    claim = offered(s);
    assert_int_equal(claim.n, 2);
    assert_int_equal(take(s, &claim, &hai), 2);
    assert_int_equal(total(s, "lesson_firsts", "all", "m09-b01"), 2);
    assert_int_equal(total(s, "module_finished", "all", "m09"), 1);
    check_rebuild(s);
}

static void test_nothing_is_offered_when_somebody_learnt_since(void **state)
{
    struct people_stage *s = *state;
    struct person_card nga = people_make(s, "Nga", 1958, "t07");

    assert_int_equal(offered(s).n, 0);
    fixture_complete(&s->store, "m09-b01", NULL);
    leave(s, NULL);
    assert_int_equal(offered(s).n, 1);
    fixture_append(
        &s->store,
        (struct event){ .kind = EVENT_START, .unit = "m09-b02", .token = nga.token });
    assert_int_equal(offered(s).n, 0);
    leave(s, nga.token);
    assert_int_equal(offered(s).n, 0);
}

static void test_visitors_and_groups_are_not_offered(void **state)
{
    struct people_stage *s = *state;
    struct event ev = { .kind = EVENT_COMPLETE, .unit = "m09-b01", .value = 80 };

    ev.flags = EVENT_PASSED | EVENT_GROUP;
    fixture_append(&s->store, ev);
    leave(s, NULL);
    assert_int_equal(offered(s).n, 0);
    ev.flags = EVENT_PASSED | EVENT_VISITOR;
    fixture_append(&s->store, ev);
    assert_int_equal(offered(s).n, 0);
}

static void test_after_a_start_and_after_some_time_it_is_another_visit(void **state)
{
    struct people_stage *s = *state;

    fixture_complete(&s->store, "m09-b01", NULL);
    leave(s, NULL);
    s->store.mono_ms += CLAIM_MS + 1000;
    assert_int_equal(offered(s).n, 0);
    fixture_complete(&s->store, "m09-b01", NULL);
    assert_int_equal(offered(s).n, 1);
    people_restart(s);
    assert_int_equal(offered(s).n, 0);
    people_unlock(s);
    people_make(s, "Nga", 1958, "t07"); /* the new run has begun */
    assert_int_equal(offered(s).n, 0);
    assert_int_equal(total(s, "guest_completions", DAY, "m09-b01"), 2);
}

static void test_what_was_learnt_after_the_question_is_not_given(void **state)
{
    struct people_stage *s = *state;
    struct person_card nga = people_make(s, "Nga", 1958, "t07");
    struct claim claim;

    fixture_complete(&s->store, "m09-b01", NULL);
    claim = offered(s);
    fixture_complete(&s->store, "m09-b02", NULL);
    assert_int_equal(take(s, &claim, &nga), 1);
    assert_int_equal(n_done(s, &nga), 1);
}

static void test_strangers_get_nothing(void **state)
{
    struct people_stage *s = *state;
    struct person_card stranger = { .token = { 9 } };
    struct claim claim;
    size_t n;

    fixture_complete(&s->store, "m09-b01", NULL);
    claim = offered(s);
    assert_int_equal(claim_take(s->store.db, &claim, stranger.token, "s1", &n),
                     ERR_REJECTED);
    assert_int_equal(claim_take(s->store.db, &claim, stranger.token, "", &n),
                     ERR_REJECTED);
    assert_int_equal(claim_take(NULL, &claim, stranger.token, "s1", &n), ERR_CORRUPT);
    assert_int_equal(claim_find(NULL, &claim), ERR_CORRUPT);
}

static void test_merged_parted_taken_back_and_erased(void **state)
{
    struct people_stage *s = *state;
    struct person_card a, b;
    struct people_merged *merges;
    struct arena arena = { 0 };
    struct erase_receipt receipt;
    struct claim claim;
    size_t n;

    fixture_complete(&s->store, "m09-b01", NULL);
    leave(s, NULL);
    a = people_make(s, "Nga", 1958, "t07");
    b = people_make(s, "Nga", 1959, "t07");
    claim = offered(s);
    assert_int_equal(take(s, &claim, &b), 1);
    fixture_complete(&s->store, "m09-b02", a.token);
    assert_int_equal(total(s, "module_finished", "all", "m09"), 0);
    assert_int_equal(people_merge(s->store.db, a.token, b.token, "s1"), ERR_OK);
    assert_int_equal(n_done(s, &a), 2);
    assert_int_equal(total(s, "module_finished", "all", "m09"), 1);
    assert_int_equal(total(s, "finished_one", "all", "-"), 1);
    check_rebuild(s);
    assert_int_equal(people_merges(s->store.db, a.token, &arena, &merges, &n), ERR_OK);
    assert_int_equal(people_unmerge(s->store.db, merges[0].seq, "s1"), ERR_OK);
    assert_int_equal(n_done(s, &a), 1);
    assert_int_equal(total(s, "module_finished", "all", "m09"), 0);
    check_rebuild(s);
    assert_int_equal(people_erase(s->store.db, b.token, "self", &receipt), ERR_OK);
    assert_int_equal(total(s, "lesson_firsts", "all", "m09-b01"), 0);
    assert_int_equal(total(s, "guest_completions", DAY, "m09-b01"), 1);
    assert_int_equal(offered(s).n, 0); /* and nobody gets it a second time */
    check_rebuild(s);
    arena_finish(&arena);
}

static void test_a_paper_counts_what_was_learnt_as_a_guest(void **state)
{
    struct people_stage *s = *state;
    struct person_card nga;
    struct claim claim;
    bool earned;

    fixture_complete(&s->store, "m09-b01", NULL);
    fixture_complete(&s->store, "m09-b02", NULL);
    nga = people_make(s, "Nga", 1958, "t07");
    claim = offered(s);
    assert_int_equal(take(s, &claim, &nga), 2);
    assert_int_equal(papers_earned(s->store.db, nga.token, "m09", &earned), ERR_OK);
    assert_true(earned);
}

/* --- passports ---------------------------------------------------------------------- */

/* Their passport as another kiosk of the commune would print it, where they passed the two
 * lessons: the same commune key, the same lessons, the token of the card. */
static void print_elsewhere(struct people_stage *s, const struct person_card *card,
                            char out[PASSPORT_TEXT_CHARS])
{
    struct event ev = { .kind = EVENT_VOID };
    char unit[2][48];

    for (size_t i = 0; i < COUNT(lessons); i++) {
        struct event_id id;
        struct event pass = { .kind = EVENT_COMPLETE,
                              .unit = lessons[i],
                              .token = card->token,
                              .value = 100,
                              .flags = EVENT_PASSED };

        id = fixture_append(&s->store, pass);
        (void)snprintf(unit[i], sizeof(unit[i]), "%016llx-%lld",
                       (unsigned long long)id.run, (long long)id.seq);
    }
    assert_int_equal(passport_text(s->store.db, card->token, out), ERR_OK);
    for (size_t i = 0; i < COUNT(lessons); i++) { /* it did not happen here */
        ev.unit = unit[i];
        fixture_append(&s->store, ev);
    }
    assert_int_equal(n_done(s, card), 0);
}

static void test_a_passport_brings_firsts_home_once(void **state)
{
    struct people_stage *s = *state;
    struct person_card nga = people_make(s, "Nga", 1958, "t07");
    char text[PASSPORT_TEXT_CHARS];
    int64_t before;
    size_t n;

    print_elsewhere(s, &nga, text);
    before = total(s, "completions", DAY, "m09-b01");
    assert_true(passport_looks_like(text));
    assert_int_equal(passport_take(s->store.db, text, NULL, &n), PASSPORT_IN_BOOKED);
    assert_int_equal(n, 2);
    assert_int_equal(n_done(s, &nga), 2);
    assert_int_equal(total(s, "lesson_firsts", "all", "m09-b01"), 1);
    assert_int_equal(total(s, "module_finished", "2026-11", "m09"), 1);
    assert_int_equal(total(s, "finished_one", "all", "-"), 1);
    assert_int_equal(total(s, "active", "all", "-"), 0); /* nobody sat here */
    assert_int_equal(total(s, "completions", DAY, "m09-b01"), before);
    assert_int_equal(total(s, "guest_completions", DAY, "m09-b01"), 0);
    check_rebuild(s);
    for (int i = 0; i < 3; i++) {
        int64_t events;

        assert_int_equal(passport_take(s->store.db, text, nga.token, &n),
                         PASSPORT_IN_BOOKED);
        assert_int_equal(n, 0);
        events = total(s, "lesson_firsts", "all", "m09-b01");
        assert_int_equal(events, 1);
    }
    fixture_complete(&s->store, "m09-b01", nga.token); /* and again here */
    assert_int_equal(total(s, "lesson_firsts", "all", "m09-b01"), 1);
    check_rebuild(s);
}

static void test_it_waits_for_whoever_claims_a_blank_card(void **state)
{
    struct people_stage *s = *state;
    struct person_card blank, card;
    char text[PASSPORT_TEXT_CHARS];
    size_t n;

    assert_int_equal(card_blank(s->store.db, 1, &blank), ERR_OK);
    print_elsewhere(s, &blank, text);
    assert_int_equal(passport_take(s->store.db, text, NULL, &n), PASSPORT_IN_BOOKED);
    assert_int_equal(n, 2);
    assert_int_equal(total(s, "lesson_firsts", "all", "m09-b01"), 0);
    assert_int_equal(people_try(s, "Nga", 1958, blank.token, &card), ERR_OK);
    assert_int_equal(total(s, "lesson_firsts", "all", "m09-b01"), 1);
    check_rebuild(s);
}

static void test_foreign_forged_and_other_peoples(void **state)
{
    struct people_stage *s = *state;
    const struct journal_group fewer = { "module", "m09", lessons, 1 };
    struct person_card nga = people_make(s, "Nga", 1958, "t07");
    struct person_card hai = people_make(s, "Hai", 1960, "t07");
    char text[PASSPORT_TEXT_CHARS];
    struct people_stage *other;
    void *elsewhere;
    size_t n = 9;

    print_elsewhere(s, &nga, text);
    assert_int_equal(passport_take(s->store.db, text, hai.token, &n),
                     PASSPORT_IN_OTHER);
    assert_int_equal(n, 0);
    assert_int_equal(setup(&elsewhere), 0);
    other = elsewhere;
    assert_int_equal(passport_take(other->store.db, text, NULL, &n),
                     PASSPORT_IN_VISITOR);
    assert_int_equal(people_teardown(&elsewhere), 0);
    assert_int_equal(journal_set_curriculum(s->store.db, &fewer, 1), ERR_OK);
    assert_int_equal(passport_take(s->store.db, text, NULL, &n), PASSPORT_IN_LESSONS);
    text[20] = text[20] == '0' ? '1' : '0';
    assert_int_equal(passport_take(s->store.db, text, NULL, &n), PASSPORT_IN_UNKNOWN);
    assert_int_equal(passport_take(NULL, text, NULL, &n), PASSPORT_IN_UNKNOWN);
    assert_false(passport_looks_like("BD1ABC"));
    assert_false(passport_looks_like(""));
    assert_int_equal(n_done(s, &nga), 0);
    assert_int_equal(n_done(s, &hai), 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, people_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_a_guests_lesson_becomes_a_persons_and_no_visit_is_doubled),
        CASE(test_it_is_given_once),
        CASE(test_the_next_guest_of_the_same_lesson_is_another_visit),
        CASE(test_nothing_is_offered_when_somebody_learnt_since),
        CASE(test_visitors_and_groups_are_not_offered),
        CASE(test_after_a_start_and_after_some_time_it_is_another_visit),
        CASE(test_what_was_learnt_after_the_question_is_not_given),
        CASE(test_strangers_get_nothing),
        CASE(test_merged_parted_taken_back_and_erased),
        CASE(test_a_paper_counts_what_was_learnt_as_a_guest),
        CASE(test_a_passport_brings_firsts_home_once),
        CASE(test_it_waits_for_whoever_claims_a_blank_card),
        CASE(test_foreign_forged_and_other_peoples),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
