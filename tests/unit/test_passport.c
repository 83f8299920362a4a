/* The passport QR: what it says at home and at another kiosk of the commune; damaged,
 * forged, of other lessons, of somebody erased it says nothing. It books nothing. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "cmocka_all.h"
#include "people_fixture.h"
#include "store/passport.h"

#define COMMUNE_KEY "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static const char *const lessons[] = { "m01-b01", "m01-b02", "m02-b01", "m02-b02",
                                       "m02-b03", "m03-b01", "m03-b02", "m03-b03",
                                       "m09-b01", "m09-b02" };
static struct arena arena;

static int setup(void **state)
{
    const struct journal_group group = { "module", "m", lessons, COUNT(lessons) };
    int rc = people_setup(state);
    struct people_stage *s = *state;

    assert_int_equal(db_set(s->store.db, "card.key", COMMUNE_KEY), ERR_OK);
    assert_int_equal(journal_set_curriculum(s->store.db, &group, 1), ERR_OK);
    return rc;
}

static int teardown(void **state)
{
    arena_finish(&arena);
    arena = (struct arena){ 0 };
    return people_teardown(state);
}

static void make(struct people_stage *s, const struct person_card *card,
                 char out[PASSPORT_TEXT_CHARS])
{
    assert_int_equal(passport_text(s->store.db, card->token, out), ERR_OK);
}

static enum passport_verdict scan(struct people_stage *s, const char *text,
                                  struct passport *out)
{
    return passport_read(s->store.db, text, &arena, out);
}

static void test_it_says_what_was_passed(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    char text[PASSPORT_TEXT_CHARS];
    struct passport p;

    make(s, &card, text);
    assert_int_equal(scan(s, text, &p), PASSPORT_OURS);
    assert_int_equal(p.n_passed, 0);
    fixture_complete(&s->store, "m01-b02", card.token);
    fixture_complete(&s->store, "m09-b02", card.token);
    make(s, &card, text);
    assert_int_equal(strspn(text, "0123456789ABCDEFGHJKMNPQRSTVWXYZ"), strlen(text));
    assert_int_equal(scan(s, text, &p), PASSPORT_OURS);
    assert_memory_equal(p.token, card.token, EVENT_TOKEN_BYTES);
    assert_int_equal(p.n_passed, 2);
    assert_string_equal(p.passed[0], "m01-b02");
    assert_string_equal(p.passed[1], "m09-b02");
}

static void test_another_kiosk_reads_it_and_books_nothing(void **state)
{
    struct people_stage *s = *state, *other;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    char text[PASSPORT_TEXT_CHARS];
    struct passport p;
    void *elsewhere;

    fixture_complete(&s->store, "m02-b01", card.token);
    make(s, &card, text);
    assert_int_equal(setup(&elsewhere), 0);
    other = elsewhere;
    assert_int_equal(scan(other, text, &p), PASSPORT_VISITOR);
    assert_int_equal(p.n_passed, 1);
    assert_string_equal(p.passed[0], "m02-b01");
    assert_int_equal(
        fixture_total(&other->store, "completions", "2026-11-22", "m02-b01", "-"), 0);
    assert_int_equal(
        fixture_total(&other->store, "lesson_firsts", "all", "m02-b01", "-"), 0);
    assert_int_equal(people_teardown(&elsewhere), 0);
}

static void test_without_the_communes_key_it_is_nothing(void **state)
{
    struct people_stage *s = *state, *other;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    char text[PASSPORT_TEXT_CHARS];
    struct passport p;
    void *elsewhere;

    make(s, &card, text);
    assert_int_equal(people_setup(&elsewhere), 0);
    other = elsewhere;
    assert_int_equal(scan(other, text, &p), PASSPORT_UNKNOWN);
    assert_int_equal(people_teardown(&elsewhere), 0);
}

static void test_other_lessons_are_told_apart(void **state)
{
    struct people_stage *s = *state;
    const struct journal_group fewer = { "module", "m", lessons, 9 };
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    char text[PASSPORT_TEXT_CHARS];
    struct passport p;

    fixture_complete(&s->store, "m01-b01", card.token);
    make(s, &card, text);
    assert_int_equal(journal_set_curriculum(s->store.db, &fewer, 1), ERR_OK);
    assert_int_equal(scan(s, text, &p), PASSPORT_LESSONS);
    assert_int_equal(p.n_passed, 0);
}

static void test_every_changed_symbol_and_cut_is_refused(void **state)
{
    static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    char text[PASSPORT_TEXT_CHARS];
    struct passport p;

    make(s, &card, text);
    for (size_t i = 0; text[i]; i++) {
        char was = text[i];

        for (size_t k = 0; k < 32; k += 3) {
            text[i] = digits[k];
            if (text[i] != was)
                assert_int_equal(scan(s, text, &p), PASSPORT_UNKNOWN);
        }
        text[i] = was;
    }
    for (size_t n = strlen(text); n-- > 0;) {
        text[n] = 0;
        assert_int_equal(scan(s, text, &p), PASSPORT_UNKNOWN);
    }
    assert_int_equal(passport_read(NULL, "BP1", &arena, &p), PASSPORT_UNKNOWN);
}

static void test_merged_reissued_and_erased(void **state)
{
    struct people_stage *s = *state;
    struct person_card a = people_make(s, "Nga", 1958, "t07");
    struct person_card b = people_make(s, "Nga", 1959, "t07");
    static const unsigned char stranger[EVENT_TOKEN_BYTES] = { 9 };
    char text[PASSPORT_TEXT_CHARS];
    struct erase_receipt receipt;
    struct passport p;

    make(s, &b, text);
    assert_int_equal(people_merge(s->store.db, a.token, b.token, "s1"), ERR_OK);
    assert_int_equal(scan(s, text, &p), PASSPORT_OURS);
    assert_memory_equal(p.token, a.token, EVENT_TOKEN_BYTES);
    make(s, &a, text);
    assert_int_equal(people_erase(s->store.db, a.token, "self", &receipt), ERR_OK);
    assert_int_equal(scan(s, text, &p), PASSPORT_UNKNOWN);
    assert_int_equal(passport_text(s->store.db, stranger, text), ERR_REJECTED);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_it_says_what_was_passed),
        CASE(test_another_kiosk_reads_it_and_books_nothing),
        CASE(test_without_the_communes_key_it_is_nothing),
        CASE(test_other_lessons_are_told_apart),
        CASE(test_every_changed_symbol_and_cut_is_refused),
        CASE(test_merged_reissued_and_erased),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
