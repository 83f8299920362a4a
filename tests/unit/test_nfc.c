#include <string.h>

#include "cmocka_all.h"

#include "vietnamese/nfc.h"

/* One word in both forms: precomposed, and letter by letter with combining marks. */
#define COMPOSED "\xe1\xbb\xb1"         /* U+1EF1 ự */
#define DECOMPOSED "u\xcc\x9b\xcc\xa3"  /* u, horn, dot below */
#define OTHER_ORDER "u\xcc\xa3\xcc\x9b" /* u, dot below, horn */

static void test_only_the_composed_form_is_nfc(void **state)
{
    (void)state;
    assert_true(nfc_is(COMPOSED));
    assert_false(nfc_is(DECOMPOSED));
    assert_false(nfc_is(OTHER_ORDER));
    assert_true(nfc_is(""));
    assert_true(nfc_is("xã Đặng Thùy Trâm"));
}

static void test_any_order_of_marks_composes_to_the_same_letter(void **state)
{
    char text[8];

    (void)state;
    assert_int_equal(nfc_write(DECOMPOSED, text, sizeof(text)), ERR_OK);
    assert_string_equal(text, COMPOSED);
    assert_int_equal(nfc_write(OTHER_ORDER, text, sizeof(text)), ERR_OK);
    assert_string_equal(text, COMPOSED);
    assert_int_equal(nfc_write("", text, sizeof(text)), ERR_OK);
    assert_string_equal(text, "");
    assert_int_equal(nfc_write("\xff", text, sizeof(text)), ERR_REJECTED);
    assert_string_equal(text, "");
}

static void test_what_does_not_fit_is_refused_whole(void **state)
{
    char text[4], longer[NFC_MAX + 2], out[2 * NFC_MAX];

    (void)state;
    assert_int_equal(nfc_write(DECOMPOSED, text, sizeof(text)), ERR_OK);
    assert_int_equal(nfc_write(DECOMPOSED, text, 3), ERR_FULL);
    assert_string_equal(text, "");
    memset(longer, 'a', sizeof(longer));
    longer[NFC_MAX + 1] = 0;
    assert_int_equal(nfc_write(longer, out, sizeof(out)), ERR_FULL);
    longer[NFC_MAX] = 0;
    assert_int_equal(nfc_write(longer, out, sizeof(out)), ERR_OK);
    assert_string_equal(out, longer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_the_composed_form_is_nfc),
        cmocka_unit_test(test_any_order_of_marks_composes_to_the_same_letter),
        cmocka_unit_test(test_what_does_not_fit_is_refused_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
