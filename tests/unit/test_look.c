/* How a learner likes the pages: kept over a restart, one row each, gone with the person. */
#include "cmocka_all.h"
#include "people_fixture.h"
#include "store/erase.h"
#include "store/look.h"

static const struct look large = { 2, true, true, "hre" };

static void assert_look(struct people_stage *s, const struct person_card *card,
                        const struct look *want)
{
    struct look got = { .lang = "vi" };

    assert_int_equal(look_read(s->store.db, card->token, &got), ERR_OK);
    assert_int_equal(got.text_step, want->text_step);
    assert_int_equal(got.contrast, want->contrast);
    assert_int_equal(got.still, want->still);
    assert_string_equal(got.lang, want->lang);
}

static void test_what_was_chosen_last_outlives_a_restart(void **state)
{
    static const struct look small = { .lang = "vi" };
    struct people_stage *s = *state;
    struct person_card nga = people_make(s, "Nga", 1958, "t07");
    struct person_card hai = people_make(s, "Hai", 1960, "t07");

    assert_look(s, &nga, &small); /* who never chose */
    assert_int_equal(look_write(s->store.db, nga.token, &small), ERR_OK);
    assert_int_equal(look_write(s->store.db, nga.token, &large), ERR_OK);
    people_restart(s);
    assert_look(s, &nga, &large);
    assert_look(s, &hai, &small);
}

static void test_it_goes_with_who_is_erased(void **state)
{
    static const struct look none = { .lang = "vi" };
    struct people_stage *s = *state;
    struct person_card nga = people_make(s, "Nga", 1958, "t07");
    struct erase_receipt receipt;

    assert_int_equal(look_write(s->store.db, nga.token, &large), ERR_OK);
    assert_int_equal(people_erase(s->store.db, nga.token, "self", &receipt), ERR_OK);
    assert_look(s, &nga, &none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_was_chosen_last_outlives_a_restart,
                                        people_setup, people_teardown),
        cmocka_unit_test_setup_teardown(test_it_goes_with_who_is_erased, people_setup,
                                        people_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
