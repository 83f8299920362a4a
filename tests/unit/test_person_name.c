/* Names that are taken and names that are not; folding; animal years. */
#include <string.h>

#include "cmocka_all.h"

#include "base/check.h"
#include "vietnamese/fold.h"
#include "vietnamese/person_name.h"

static void test_names_are_cleaned_or_refused(void **state)
{
    static const struct {
        const char *typed;
        enum name_trouble want;
        const char *name;
    } cases[] = {
        { "  Phạm   Thị\tNga ", NAME_OK, "Phạm Thị Nga" },
        { "Pha\xCC\xA3m Thi\xCC\xA3 Nga", NAME_OK, "Phạm Thị Nga" }, /* NFD */
        { "Y Blŏk", NAME_OK, "Y Blŏk" },
        { "H'Rê", NAME_OK, "H'Rê" },
        { "Mai-Linh", NAME_OK, "Mai-Linh" },
        { "Ỷ", NAME_ONE_LETTER, "" },
        { "A -", NAME_ONE_LETTER, "" },
        { "- '", NAME_ONE_LETTER, "" },
        { "Y A", NAME_OK, "Y A" },
        { "\u0301Nga", NAME_BAD_CHARACTER, "" },
        { "Nga\u0336\u0337\u0338", NAME_BAD_CHARACTER, "" }, /* marks heaped up */
        { "Y Blơ\u0306k", NAME_OK, "Y Blơ\u0306k" },
        { "", NAME_EMPTY, "" },
        { "   ", NAME_EMPTY, "" },
        { "Nga 2", NAME_BAD_CHARACTER, "" },
        { "Nga 😀", NAME_BAD_CHARACTER, "" },
        { "Nga\u202E", NAME_BAD_CHARACTER, "" },
        { "Nga\u200F", NAME_BAD_CHARACTER, "" },
        { "Nga\n", NAME_BAD_CHARACTER, "" },
        { "=Nga", NAME_BAD_CHARACTER, "" },
        { "Иван", NAME_BAD_CHARACTER, "" },
        { "\xFF\xFE", NAME_BAD_CHARACTER, "" },
        { "Bcd Fgh", NAME_ONE_LETTER, "" },
    };
    char out[PERSON_NAME_MAX], longer[800];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        if (person_name_clean(cases[i].typed, out) != cases[i].want)
            fail_msg("case %zu: %s", i, cases[i].typed);
        assert_string_equal(out, cases[i].name);
    }
    memset(longer, 'a', 200);
    longer[200] = 0;
    assert_int_equal(person_name_clean(longer, out), NAME_TOO_LONG);
    for (size_t i = 0; i < 60; i++)
        memcpy(longer + 3 * i, "Ẫ", 4);
    assert_true(person_name_clean(longer, out) == NAME_TOO_LONG || strlen(out) == 180);
    memset(longer, 'a', 60);
    longer[60] = 0;
    assert_int_equal(person_name_clean(longer, out), NAME_OK);
}

static void test_parts_of_a_name(void **state)
{
    static const char name[] = "Phạm Thị Nga";

    (void)state;
    assert_string_equal(person_name_given(name), "Nga");
    assert_memory_equal(name, "Phạm Thị", person_name_family_bytes(name));
    assert_string_equal(person_name_given("Nga"), "Nga");
    assert_int_equal(person_name_family_bytes("Nga"), 0);
}

static void test_folding(void **state)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        { "Đặng  Thùy TRÂM", "dang thuy tram" },
        { "Đa\xCC\x86\xCC\xA3ng", "dang" },
        { " Ngưỡng ", "nguong" },
        { "Y BLŎK", "y blok" },
        { "Ẫ Ỗ Ặ Ự", "a o a u" },
        { "", "" },
    };
    char out[64], little[6];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(fold_text(cases[i].text, out, sizeof(out)),
                         strlen(cases[i].want));
        assert_string_equal(out, cases[i].want);
    }
    fold_text("Đặng Thùy", little, sizeof(little));
    assert_string_equal(little, "dang");
    assert_int_equal(fold_distance("nga", "nga", 1), 0);
    assert_int_equal(fold_distance("nga", "ngan", 1), 1);
    assert_int_equal(fold_distance("hue", "heu", 1), 1);
    assert_int_equal(fold_distance("nga", "ngoan", 1), 2);
    assert_int_equal(fold_distance("", "a", 3), 1);
    assert_int_equal(fold_distance("phuong", "huong", 1), 1);
}

static void test_animal_years(void **state)
{
    char out[32];

    (void)state;
    assert_string_equal(can_chi(1958, out), "Mậu Tuất");
    assert_string_equal(animal_of_year(1958), "con chó");
    assert_string_equal(can_chi(1984, out), "Giáp Tý");
    assert_string_equal(animal_of_year(1984), "con chuột");
    assert_string_equal(can_chi(2000, out), "Canh Thìn");
    assert_string_equal(animal_of_year(1999), "con mèo");
    assert_string_equal(animal_of_year(1971), "con heo");
    assert_string_equal(can_chi(1850, out), "");
    assert_string_equal(animal_of_year(2101), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_are_cleaned_or_refused),
        cmocka_unit_test(test_parts_of_a_name),
        cmocka_unit_test(test_folding),
        cmocka_unit_test(test_animal_years),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
