#include "cmocka_all.h"

#include "base/arena.h"
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
    struct arena arena = { 0 };
    const char *text;

    (void)state;
    assert_int_equal(nfc_make(&arena, DECOMPOSED, &text), ERR_OK);
    assert_string_equal(text, COMPOSED);
    assert_int_equal(nfc_make(&arena, OTHER_ORDER, &text), ERR_OK);
    assert_string_equal(text, COMPOSED);
    assert_int_equal(nfc_make(&arena, "\xff", &text), ERR_REJECTED);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_the_composed_form_is_nfc),
        cmocka_unit_test(test_any_order_of_marks_composes_to_the_same_letter),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
