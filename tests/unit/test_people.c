/* People with names: what is accepted, sealed, corrected, claimed; the year's turn. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "cmocka_all.h"
#include "people_fixture.h"
#include "store/people_keep.h"

static struct person_record read_person(struct people_stage *s,
                                        const unsigned char *token)
{
    struct person_record r;

    assert_int_equal(people_read(s->store.db, s->vault, token, &r), ERR_OK);
    return r;
}

static void assert_rebuilds(struct people_stage *s)
{
    struct buf report;

    buf_init(&report, 1 << 16);
    if (journal_rebuild(s->store.db, 0, &report))
        fail_msg("%s", buf_text(&report));
    buf_finish(&report);
}

/* --- registering -------------------------------------------------------------------- */

static void test_a_person_is_registered_sealed_and_counted(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "  Phạm  Thị Nga ", 1958, "t07");
    struct person_record r = read_person(s, card.token);

    assert_string_equal(r.details.name, "Phạm Thị Nga");
    assert_int_equal(r.details.year, 1958);
    assert_string_equal(r.cohort.band, "b4");
    assert_string_equal(r.cohort.thon, "t07");
    assert_string_equal(r.code, card.code);
    assert_string_equal(r.consent.text_version, "c1");
    assert_string_equal(r.consent.witness, "s1");
    assert_int_equal(r.consent.method, CONSENT_TAP);
    assert_int_equal(r.consent.guardian, GUARDIAN_MOTHER);
    assert_int_equal(r.consent.day, 20779);
    assert_false(r.unchecked);
    assert_false(r.merged);
    assert_int_equal(fixture_total(&s->store, "registered", "all", "-", "thon=t07"), 1);
    assert_int_equal(fixture_total(&s->store, "registered", "2026-H2", "-", "-"), 1);
    assert_rebuilds(s);
}

static const struct bad_person {
    const char *why;
    const char *name;
    int year;
} bad_people[] = {
    { "no name", "", 1958 },
    { "blanks", "   ", 1958 },
    { "one letter", "N", 1958 },
    { "emoji", "Nga \xF0\x9F\x98\x80", 1958 },
    { "right to left",
      "Nga \xE2\x80\xAE"
      "abc",
      1958 },
    { "bad UTF-8",
      "Ng\xFF"
      "a",
      1958 },
    { "a line break", "Nga\nHoa", 1958 },
    { "digits", "Nga 2", 1958 },
    { "born in 1850", "Nga", 1850 },
    { "born in 2031", "Nga", 2031 },
    { "born in minus one", "Nga", -1 },
};

static void test_bad_names_and_years_are_refused(void **state)
{
    struct people_stage *s = *state;
    struct person_card card;

    for (size_t i = 0; i < COUNT(bad_people); i++) {
        enum err err =
            people_try(s, bad_people[i].name, bad_people[i].year, NULL, &card);

        if (err != ERR_REJECTED)
            fail_msg("%s: %s", bad_people[i].why, err_name(err));
    }
    assert_int_equal(fixture_total(&s->store, "registered", "all", "-", "-"), 0);
}

static void test_two_hundred_letters_are_too_long(void **state)
{
    struct people_stage *s = *state;
    struct person_details details = { .year = 1958 };
    struct person_cohort cohort = { .sex = "f" };
    struct person_consent consent = { .text_version = "c1", .method = CONSENT_TAP };
    struct person_card card;

    memset(details.name, 'a', sizeof(details.name) - 1); /* no room for 200 */
    assert_int_equal(people_register(s->store.db, s->vault, &details, &cohort, &consent,
                                     NULL, "s1", &card),
                     ERR_REJECTED);
}

static void test_nobody_is_registered_without_consent(void **state)
{
    struct people_stage *s = *state;
    struct person_details details = { .name = "Nga", .year = 1958 };
    struct person_details child = { .name = "Hoa", .year = 2014 };
    struct person_cohort cohort = { .sex = "f" };
    struct person_consent none = { 0 };
    struct person_consent own = { .text_version = "c1", .method = CONSENT_TAP };
    struct person_card card;

    assert_int_equal(people_register(s->store.db, s->vault, &details, &cohort, NULL,
                                     NULL, "s1", &card),
                     ERR_REJECTED);
    assert_int_equal(people_register(s->store.db, s->vault, &details, &cohort, &none,
                                     NULL, "s1", &card),
                     ERR_REJECTED);
    /* somebody of the family must agree beside a child */
    assert_int_equal(people_register(s->store.db, s->vault, &child, &cohort, &own, NULL,
                                     "s1", &card),
                     ERR_REJECTED);
    own.guardian = GUARDIAN_GRANDPARENT;
    assert_int_equal(people_register(s->store.db, s->vault, &child, &cohort, &own, NULL,
                                     "s1", &card),
                     ERR_OK);
}

static void test_wrong_codes_are_refused(void **state)
{
    static const struct person_cohort wrong[] = {
        { .sex = "x" }, { .sex = "fm" }, { .thon = "Nước Giáp" }, { .band = "b9" }
    };
    struct people_stage *s = *state;
    struct person_details details = { .name = "Nga" };
    struct person_consent consent = { .text_version = "c1", .method = CONSENT_PAPER };
    struct person_card card;

    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_int_equal(people_register(s->store.db, s->vault, &details, &wrong[i],
                                         &consent, NULL, "s1", &card),
                         ERR_REJECTED);
}

static void test_registering_works_while_locked_and_is_checked_later(void **state)
{
    struct people_stage *s = *state;
    unsigned char(*tokens)[EVENT_TOKEN_BYTES];
    struct arena arena = { 0 };
    struct person_card card;
    size_t n;

    people_restart(s);
    card = people_make(s, "Đinh Văn Rế", 1990, "t01");
    assert_string_equal(read_person(s, card.token).details.name, "");
    people_unlock(s);
    assert_string_equal(read_person(s, card.token).details.name, "Đinh Văn Rế");
    assert_true(read_person(s, card.token).unchecked);
    assert_int_equal(people_unchecked(s->store.db, &arena, &tokens, &n), ERR_OK);
    assert_int_equal(n, 1);
    assert_memory_equal(tokens[0], card.token, EVENT_TOKEN_BYTES);
    assert_int_equal(people_checked(s->store.db, card.token), ERR_OK);
    assert_int_equal(people_unchecked(s->store.db, &arena, &tokens, &n), ERR_OK);
    assert_int_equal(n, 0);
    arena_finish(&arena);
}

/* --- cards printed ahead ------------------------------------------------------------ */

static void test_a_blank_card_counts_from_its_claim_with_what_was_learnt(void **state)
{
    struct people_stage *s = *state;
    struct person_card card, again;

    assert_int_equal(card_blank(s->store.db, 1, &card), ERR_OK);
    fixture_complete(&s->store, "m09-b01", card.token);
    assert_int_equal(fixture_total(&s->store, "registered", "all", "-", "-"), 0);
    assert_int_equal(fixture_total(&s->store, "finished_one", "all", "-", "-"), 0);
    assert_int_equal(people_try(s, "Nga", 1958, card.token, &again), ERR_OK);
    assert_string_equal(again.code, card.code);
    assert_int_equal(fixture_total(&s->store, "registered", "all", "-", "-"), 1);
    assert_int_equal(fixture_total(&s->store, "finished_one", "2026-11", "-", "sex=f"),
                     1);
    assert_int_equal(people_try(s, "Hoa", 1970, card.token, &again), ERR_REJECTED);
    assert_rebuilds(s);
}

static void test_a_nameless_person_gets_a_name_and_moves(void **state)
{
    struct people_stage *s = *state;
    struct person_cohort cohort = { .thon = "t01", .sex = "m" };
    struct person_details details = { .name = "Nga", .year = 1958 };
    struct person_card card, again;

    assert_int_equal(person_add(s->store.db, &cohort, &card), ERR_OK);
    /* a name needs consent */
    assert_int_equal(
        people_edit(s->store.db, s->vault, card.token, &details, &cohort, "s1"),
        ERR_REJECTED);
    assert_int_equal(people_try(s, "Nga", 1958, card.token, &again), ERR_OK);
    assert_int_equal(fixture_total(&s->store, "registered", "all", "-", "-"), 1);
    assert_int_equal(fixture_total(&s->store, "registered", "all", "-", "thon=t01"), 0);
    assert_rebuilds(s);
}

/* --- correcting --------------------------------------------------------------------- */

static void test_an_edit_moves_the_gauges_and_keeps_the_lessons(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    struct person_details details = { .name = "Phạm Thị Nga", .year = 1985 };
    struct person_cohort cohort = { .thon = "t01", .sex = "f", .group = "g3" };

    fixture_complete(&s->store, "m09-b01", card.token);
    assert_int_equal(
        people_edit(s->store.db, s->vault, card.token, &details, &cohort, "s2"),
        ERR_OK);
    assert_string_equal(read_person(s, card.token).details.name, "Phạm Thị Nga");
    assert_int_equal(fixture_total(&s->store, "finished_one", "all", "-", "thon=t07"),
                     0);
    assert_int_equal(fixture_total(&s->store, "finished_one", "all", "-", "thon=t01"),
                     1);
    assert_int_equal(fixture_total(&s->store, "registered", "all", "-", "band=b3"), 1);
    details.year = 1850;
    assert_int_equal(
        people_edit(s->store.db, s->vault, card.token, &details, &cohort, "s2"),
        ERR_REJECTED);
    assert_int_equal(read_person(s, card.token).details.year, 1985);
    assert_rebuilds(s);
}

static void test_nobodys_token_is_refused(void **state)
{
    struct people_stage *s = *state;
    unsigned char token[EVENT_TOKEN_BYTES] = { 1 };
    struct person_details details = { .name = "Nga" };
    struct person_cohort cohort = { .sex = "f" };
    struct person_record r;

    assert_int_equal(people_read(s->store.db, s->vault, token, &r), ERR_REJECTED);
    assert_int_equal(people_edit(s->store.db, s->vault, token, &details, &cohort, "s1"),
                     ERR_REJECTED);
}

/* --- time --------------------------------------------------------------------------- */

static void test_bands_are_those_of_1_january(void **state)
{
    static const struct {
        int born, year;
        const char *band;
    } rows[] = { { 2012, 2026, "b0" }, { 2011, 2026, "b1" }, { 2008, 2026, "b1" },
                 { 2007, 2026, "b2" }, { 1991, 2026, "b2" }, { 1990, 2026, "b3" },
                 { 1966, 2026, "b3" }, { 1965, 2026, "b4" }, { 0, 2026, "" } };
    char band[PERSON_FIELD_MAX + 1];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        person_band(rows[i].born, rows[i].year, band);
        assert_string_equal(band, rows[i].band);
    }
}

static void test_a_new_year_moves_people_to_their_band_once(void **state)
{
    struct people_stage *s = *state;

    (void)people_make(s, "Nga", 1966, "t07"); /* 59 on 1 January 2026, 60 in 2027 */
    assert_int_equal(people_refresh_bands(s->store.db, s->vault), ERR_OK);
    assert_int_equal(fixture_total(&s->store, "registered", "all", "-", "band=b3"), 1);
    people_pass_days(s, 60);
    vault_lock(s->vault);
    assert_int_equal(people_refresh_bands(s->store.db, s->vault), ERR_OK);
    assert_int_equal(fixture_total(&s->store, "registered", "all", "-", "band=b3"), 1);
    people_unlock(s);
    assert_int_equal(people_refresh_bands(s->store.db, s->vault), ERR_OK);
    assert_int_equal(fixture_total(&s->store, "registered", "all", "-", "band=b3"), 0);
    assert_int_equal(fixture_total(&s->store, "registered", "all", "-", "band=b4"), 1);
    assert_int_equal(fixture_total(&s->store, "registered", "all", "-", "-"), 1);
    assert_rebuilds(s);
}

static void test_who_was_long_away_is_told(void **state)
{
    struct people_stage *s = *state;
    struct person_card away = people_make(s, "Nga", 1958, "t07");
    struct person_card back = people_make(s, "Hoa", 1958, "t07");
    unsigned char(*tokens)[EVENT_TOKEN_BYTES];
    struct arena arena = { 0 };
    size_t n;

    people_pass_days(s, 729);
    assert_int_equal(people_stale(s->store.db, 24, &arena, &tokens, &n), ERR_OK);
    assert_int_equal(n, 0);
    fixture_complete(&s->store, "m09-b01", back.token);
    people_pass_days(s, 3);
    assert_int_equal(people_stale(s->store.db, 24, &arena, &tokens, &n), ERR_OK);
    assert_int_equal(n, 1);
    assert_memory_equal(tokens[0], away.token, EVENT_TOKEN_BYTES);
    arena_finish(&arena);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, people_setup, people_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_a_person_is_registered_sealed_and_counted),
        CASE(test_bad_names_and_years_are_refused),
        CASE(test_two_hundred_letters_are_too_long),
        CASE(test_nobody_is_registered_without_consent),
        CASE(test_wrong_codes_are_refused),
        CASE(test_registering_works_while_locked_and_is_checked_later),
        CASE(test_a_blank_card_counts_from_its_claim_with_what_was_learnt),
        CASE(test_a_nameless_person_gets_a_name_and_moves),
        CASE(test_an_edit_moves_the_gauges_and_keeps_the_lessons),
        CASE(test_nobodys_token_is_refused),
        cmocka_unit_test(test_bands_are_those_of_1_january),
        CASE(test_a_new_year_moves_people_to_their_band_once),
        CASE(test_who_was_long_away_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
