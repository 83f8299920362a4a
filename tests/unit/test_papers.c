/* Who earns a “Giấy ghi nhận”, and that each is counted once: printed again, after a merge,
 * a rebuild, an erasure, a longer curriculum, a clock that is learned later. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "cmocka_all.h"
#include "people_fixture.h"
#include "store/papers.h"

static const char *const lessons[] = { "m09-b01", "m09-b02", "m09-b03" };

static void set_module(struct people_stage *s, size_t n)
{
    const struct journal_group group = { "module", "m09", lessons, n };

    assert_int_equal(journal_set_curriculum(s->store.db, &group, 1), ERR_OK);
}

static void learn(struct people_stage *s, const struct person_card *card, size_t from,
                  size_t to)
{
    for (size_t i = from; i < to; i++)
        fixture_complete(&s->store, lessons[i], card->token);
}

static bool earned(struct people_stage *s, const struct person_card *card)
{
    bool out = true;

    assert_int_equal(papers_earned(s->store.db, card->token, "m09", &out), ERR_OK);
    return out;
}

static struct paper_issued issue(struct people_stage *s, const struct person_card *card)
{
    struct paper_issued paper;

    assert_int_equal(papers_issue(s->store.db, card->token, "m09", &paper), ERR_OK);
    return paper;
}

static int64_t counted(struct people_stage *s)
{
    return fixture_total(&s->store, "certificates", "2026-11-22", "m09", "-");
}

static void check_rebuild(struct people_stage *s)
{
    struct buf report;

    buf_init(&report, 1 << 16);
    assert_int_equal(journal_rebuild(s->store.db, 0, &report), ERR_OK);
    assert_int_equal(report.len, 0);
    buf_finish(&report);
}

static void test_it_is_earned_by_passing_every_lesson(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    struct event failed = { .kind = EVENT_COMPLETE,
                            .unit = lessons[2],
                            .token = card.token,
                            .value = 40,
                            .body = "{\"seconds\":60}" };
    struct paper_issued paper;

    set_module(s, 3);
    assert_false(earned(s, &card));
    learn(s, &card, 0, 2);
    fixture_append(&s->store, failed); /* completed is not passed */
    assert_false(earned(s, &card));
    assert_int_equal(papers_issue(s->store.db, card.token, "m09", &paper),
                     ERR_REJECTED);
    assert_int_equal(counted(s), 0);
    learn(s, &card, 2, 3);
    assert_true(earned(s, &card));
    paper = issue(s, &card);
    assert_string_equal(paper.unit, "m09");
    assert_int_equal(paper.day, 20779);
}

static void test_other_modules_and_strangers_earn_nothing(void **state)
{
    static const unsigned char stranger[EVENT_TOKEN_BYTES] = { 9 };
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    struct paper_issued paper;
    bool out = true;

    set_module(s, 3);
    learn(s, &card, 0, 3);
    assert_int_equal(papers_earned(s->store.db, card.token, "m10", &out), ERR_OK);
    assert_false(out); /* a module without lessons is nobody's */
    assert_int_equal(papers_issue(s->store.db, card.token, "m10", &paper),
                     ERR_REJECTED);
    assert_int_equal(papers_earned(s->store.db, stranger, "m09", &out), ERR_OK);
    assert_false(out);
    assert_int_equal(papers_issue(s->store.db, stranger, "m09", &paper), ERR_REJECTED);
    assert_int_equal(papers_issue(NULL, card.token, "m09", &paper), ERR_CORRUPT);
}

static void test_printed_again_it_is_the_same_and_counts_once(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    struct person_card again = people_make(s, "Hoa", 1990, "t07");
    struct paper_issued first, second;

    set_module(s, 3);
    learn(s, &card, 0, 3);
    learn(s, &again, 0, 3);
    first = issue(s, &card);
    people_pass_days(s, 3);
    second = issue(s, &card);
    assert_memory_equal(&first, &second, sizeof(first));
    people_restart(s);
    second = issue(s, &card);
    assert_memory_equal(&first, &second, sizeof(first));
    assert_int_equal(counted(s), 1);
    assert_int_equal(
        fixture_total(&s->store, "certificates", "2026-11-22", "m09", "thon=t07"), 1);
    second = issue(s, &again); /* somebody else's has another number */
    assert_memory_not_equal(first.ref, second.ref, sizeof(first.ref));
    check_rebuild(s);
}

static void test_nameless_and_blank_cards_get_one(void **state)
{
    struct people_stage *s = *state;
    const struct person_cohort cohort = { .thon = "t07", .sex = "f" };
    struct person_card nameless, blank;

    assert_int_equal(person_add(s->store.db, &cohort, &nameless), ERR_OK);
    assert_int_equal(card_blank(s->store.db, 1, &blank), ERR_OK);
    set_module(s, 3);
    learn(s, &nameless, 0, 3);
    learn(s, &blank, 0, 3);
    issue(s, &nameless);
    issue(s, &blank);
    assert_int_equal(counted(s), 2);
    check_rebuild(s);
}

static void test_a_longer_module_is_earned_anew(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    struct paper_issued old, now;

    set_module(s, 2);
    learn(s, &card, 0, 2);
    old = issue(s, &card);
    set_module(s, 3);
    assert_true(earned(s, &card)); /* nobody loses what was given */
    now = issue(s, &card);
    assert_memory_equal(&old, &now, sizeof(old));
    assert_int_equal(counted(s), 1);
    learn(s, &card, 2, 3);
    now = issue(s, &card);
    assert_memory_not_equal(old.ref, now.ref, sizeof(old.ref));
    assert_int_equal(counted(s), 2);
    check_rebuild(s);
}

static void test_two_cards_of_one_person_have_one_paper(void **state)
{
    struct people_stage *s = *state;
    struct person_card a = people_make(s, "Nga", 1958, "t07");
    struct person_card b = people_make(s, "Nga", 1959, "t07");
    struct paper_issued of_a, of_b;

    set_module(s, 3);
    learn(s, &b, 0, 3);
    of_b = issue(s, &b);
    assert_int_equal(people_merge(s->store.db, a.token, b.token, "s1"), ERR_OK);
    of_a = issue(s, &a);
    assert_memory_equal(&of_a, &of_b, sizeof(of_a));
    assert_int_equal(counted(s), 1);
    check_rebuild(s);
}

static void test_of_somebody_erased_only_the_count_is_left(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    struct erase_receipt receipt;
    bool out = true;

    set_module(s, 3);
    learn(s, &card, 0, 3);
    issue(s, &card);
    assert_int_equal(people_erase(s->store.db, card.token, "self", &receipt), ERR_OK);
    assert_int_equal(papers_earned(s->store.db, card.token, "m09", &out), ERR_OK);
    assert_false(out);
    assert_int_equal(counted(s), 1);
    check_rebuild(s);
}

static void test_the_day_is_known_when_the_clock_is(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");

    set_module(s, 3);
    learn(s, &card, 0, 3);
    people_restart(s); /* nobody knows the time any more */
    assert_int_equal(issue(s, &card).day, -1);
    fixture_learn_time(&s->store);
    assert_int_equal(issue(s, &card).day, 20779);
    assert_int_equal(counted(s), 0); /* it stands under its hour for ever */
    assert_int_equal(fixture_total(&s->store, "certificates", "?0", "m09", "-"), 1);
    check_rebuild(s);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, people_setup, people_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_it_is_earned_by_passing_every_lesson),
        CASE(test_other_modules_and_strangers_earn_nothing),
        CASE(test_printed_again_it_is_the_same_and_counts_once),
        CASE(test_nameless_and_blank_cards_get_one),
        CASE(test_a_longer_module_is_earned_anew),
        CASE(test_two_cards_of_one_person_have_one_paper),
        CASE(test_of_somebody_erased_only_the_count_is_left),
        CASE(test_the_day_is_known_when_the_clock_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
