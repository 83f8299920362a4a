/* The modules of a card's code; what they say is read back from paper (test_print). */
#include <string.h>

#include "cmocka_all.h"

#include "app/qr.h"

static void test_a_card_is_25_modules_with_three_finders(void **state)
{
    struct qr qr;

    (void)state;
    assert_int_equal(qr_make("BD1ABCDEFGH0123456789JKMNPQRSTVWXYZ0", &qr), ERR_OK);
    assert_int_equal(qr.side, 25);
    for (int i = 0; i < 7; i++) {
        assert_true(qr.dark[0][i] && qr.dark[i][0]);
        assert_true(qr.dark[0][24 - i] && qr.dark[24 - i][0]);
    }
    assert_false(qr.dark[7][7]);
    assert_false(qr.dark[17][7]);
}

static void test_nothing_and_too_much_are_refused(void **state)
{
    char text[2000];
    struct qr qr;

    (void)state;
    memset(text, 'A', sizeof(text) - 1);
    text[sizeof(text) - 1] = 0;
    assert_int_equal(qr_make("", &qr), ERR_REJECTED);
    assert_int_equal(qr_make(text, &qr), ERR_REJECTED);
    assert_int_equal(qr.side, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_card_is_25_modules_with_three_finders),
        cmocka_unit_test(test_nothing_and_too_much_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
