/* The QR of cards: whole, damaged, revoked, of another kiosk, typed by a scanner. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "people_fixture.h"

static enum card_verdict scan(struct people_stage *s, const char *text)
{
    unsigned char token[EVENT_TOKEN_BYTES];

    return card_read(s->store.db, text, token);
}

static void text_of(struct people_stage *s, const struct person_card *card,
                    char out[CARD_TEXT_CHARS])
{
    assert_int_equal(card_text(s->store.db, card->token, out), ERR_OK);
}

static void test_a_card_says_36_characters_and_finds_its_person(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    unsigned char token[EVENT_TOKEN_BYTES];
    char text[CARD_TEXT_CHARS];

    text_of(s, &card, text);
    assert_int_equal(strlen(text), 36);
    assert_memory_equal(text, "BD1", 3);
    assert_int_equal(strspn(text, "0123456789ABCDEFGHJKMNPQRSTVWXYZ"), 36);
    assert_int_equal(card_read(s->store.db, text, token), CARD_OURS);
    assert_memory_equal(token, card.token, EVENT_TOKEN_BYTES);
}

static void test_what_scanners_make_of_it_is_understood(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    char text[CARD_TEXT_CHARS], other[80];
    size_t n = 0;

    text_of(s, &card, text);
    for (size_t i = 0; i <= strlen(text); i++) /* small, with look-alikes */
        other[i] = (char)(text[i] == '0'   ? 'o'
                          : text[i] == '1' ? 'l'
                                           : tolower((unsigned char)text[i]));
    assert_int_equal(scan(s, other), CARD_OURS);
    for (size_t i = 0; i < strlen(text); i++) { /* in groups, with a line end */
        if (i && i % 4 == 0)
            other[n++] = i % 8 ? ' ' : '-';
        other[n++] = text[i];
    }
    (void)snprintf(other + n, sizeof(other) - n, "\r\n");
    assert_int_equal(scan(s, other), CARD_OURS);
}

static void test_every_wrong_symbol_is_seen(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    char text[CARD_TEXT_CHARS];

    text_of(s, &card, text);
    for (size_t i = 0; i < 36; i++) {
        char was = text[i];

        text[i] = was == 'Z' ? 'Y' : 'Z';
        assert_int_equal(scan(s, text), CARD_UNKNOWN);
        text[i] = was;
    }
    text[35] = 0; /* cut off */
    assert_int_equal(scan(s, text), CARD_UNKNOWN);
}

static void test_other_codes_are_not_cards(void **state)
{
    static const char *const texts[] = { "",
                                         "BD1",
                                         "BD2ABC",
                                         "https://vneid.gov.vn",
                                         "00020101021138",
                                         "\xFF\xFE",
                                         "BD1UUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUU" };
    struct people_stage *s = *state;
    char huge[600];

    for (size_t i = 0; i < COUNT(texts); i++)
        assert_int_equal(scan(s, texts[i]), CARD_UNKNOWN);
    memset(huge, 'B', sizeof(huge) - 1);
    huge[sizeof(huge) - 1] = 0;
    assert_int_equal(scan(s, huge), CARD_UNKNOWN);
    assert_int_equal(scan(s, "bds1-ABCD-EFGH"), CARD_STAFF);
}

static void test_a_new_card_revokes_the_old_at_once(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07"), again;
    unsigned char token[EVENT_TOKEN_BYTES];
    char before[CARD_TEXT_CHARS], after[CARD_TEXT_CHARS];
    struct person_record r;
    bool typo;

    text_of(s, &card, before);
    assert_int_equal(card_reissue(s->store.db, card.token, "s1", &again), ERR_OK);
    assert_int_equal(scan(s, before), CARD_REVOKED);
    assert_int_equal(person_by_code(s->store.db, card.code, token, &typo),
                     ERR_REJECTED);
    assert_false(typo);
    text_of(s, &card, after); /* the person's card is the new one */
    assert_string_not_equal(before, after);
    assert_int_equal(card_read(s->store.db, after, token), CARD_OURS);
    assert_memory_equal(token, card.token, EVENT_TOKEN_BYTES);
    assert_int_equal(person_by_code(s->store.db, again.code, token, &typo), ERR_OK);
    assert_memory_equal(token, card.token, EVENT_TOKEN_BYTES);
    assert_int_equal(people_read(s->store.db, s->vault, again.token, &r), ERR_OK);
    assert_string_equal(r.code, again.code);
    /* lessons stand under the person, whichever card was shown */
    fixture_complete(&s->store, "m09-b01", again.token);
    assert_int_equal(fixture_total(&s->store, "finished_one", "all", "-", "-"), 1);
}

static void test_blank_cards_are_told_until_claimed(void **state)
{
    struct people_stage *s = *state;
    struct person_card cards[10], mine;
    char text[CARD_TEXT_CHARS];

    assert_int_equal(card_blank(s->store.db, 10, cards), ERR_OK);
    assert_int_equal(card_blank(s->store.db, 0, cards), ERR_REJECTED);
    assert_int_equal(card_blank(s->store.db, 201, cards), ERR_REJECTED);
    for (size_t i = 1; i < 10; i++)
        assert_string_not_equal(cards[i].code, cards[i - 1].code);
    text_of(s, &cards[3], text);
    assert_int_equal(scan(s, text), CARD_BLANK);
    assert_int_equal(people_try(s, "Nga", 1958, cards[3].token, &mine), ERR_OK);
    assert_int_equal(scan(s, text), CARD_OURS);
}

static void test_cards_of_a_merged_person_open_the_one(void **state)
{
    struct people_stage *s = *state;
    struct person_card a = people_make(s, "Nga", 1958, "t07");
    struct person_card b = people_make(s, "Nga", 1959, "t07");
    unsigned char token[EVENT_TOKEN_BYTES];
    char text[CARD_TEXT_CHARS];

    text_of(s, &b, text);
    assert_int_equal(people_merge(s->store.db, a.token, b.token, "s1"), ERR_OK);
    assert_int_equal(card_read(s->store.db, text, token), CARD_OURS);
    assert_memory_equal(token, a.token, EVENT_TOKEN_BYTES);
}

#define COMMUNE_KEY "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

/* Kiosks of a commune share a key by the grant; cards from before it stay good. */
static void test_the_communes_key_tells_visitors_from_strangers(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07"), here;
    char own[CARD_TEXT_CHARS], shared[CARD_TEXT_CHARS];
    struct people_stage *other;
    void *state_of_other;

    text_of(s, &card, own);
    assert_int_equal(db_set(s->store.db, "card.key", COMMUNE_KEY), ERR_OK);
    text_of(s, &card, shared);
    assert_string_not_equal(own, shared);
    assert_int_equal(scan(s, own), CARD_OURS);
    assert_int_equal(scan(s, shared), CARD_OURS);
    assert_int_equal(people_setup(&state_of_other), 0);
    other = state_of_other;
    here = people_make(other, "Hoa", 1990, "t01");
    text_of(other, &here, own); /* a key of its own is born */
    assert_int_equal(scan(other, shared), CARD_UNKNOWN);
    assert_int_equal(db_set(other->store.db, "card.key", COMMUNE_KEY), ERR_OK);
    assert_int_equal(scan(other, shared), CARD_VISITOR);
    assert_int_equal(people_teardown(&state_of_other), 0);
}

static void test_the_card_of_somebody_erased_is_no_visitors(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    struct erase_receipt receipt;
    char text[CARD_TEXT_CHARS];

    text_of(s, &card, text);
    assert_int_equal(people_erase(s->store.db, card.token, "self", &receipt), ERR_OK);
    assert_int_equal(scan(s, text), CARD_REVOKED);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, people_setup, people_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_a_card_says_36_characters_and_finds_its_person),
        CASE(test_what_scanners_make_of_it_is_understood),
        CASE(test_every_wrong_symbol_is_seen),
        CASE(test_other_codes_are_not_cards),
        CASE(test_a_new_card_revokes_the_old_at_once),
        CASE(test_blank_cards_are_told_until_claimed),
        CASE(test_cards_of_a_merged_person_open_the_one),
        CASE(test_the_communes_key_tells_visitors_from_strangers),
        CASE(test_the_card_of_somebody_erased_is_no_visitors),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
