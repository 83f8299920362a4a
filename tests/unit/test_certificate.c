/* The text of a "Giấy ghi nhận": made, read, and refused when one bit of it is another. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "wire/certificate.h"

#define NAME "Phạm Thị Nga"

static struct jws_key key, other;

static int make_keys(void **state)
{
    static const unsigned char seed[JWS_SEED_BYTES] = { 7 }, second[32] = { 8 };

    (void)state;
    jws_key_from_seed(seed, &key);
    jws_key_from_seed(second, &other);
    return 0;
}

static struct certificate paper(const char *unit, int64_t day, const char *name)
{
    struct certificate c = { .day = day, .ref = { 1, 2, 3, 0xFE, 0xFF } };

    (void)snprintf(c.unit, sizeof(c.unit), "%s", unit);
    certificate_set_name(&c, name);
    return c;
}

static const struct row {
    const char *name, *unit, *who;
    int64_t day;
} rows[] = {
    { "a paper with name and day comes back", "m09", NAME, 20779 },
    { "one without a name comes back", "m09", "", 20779 },
    { "one without a day comes back", "m09", NAME, -1 },
    { "the longest unit fits", "abcdefghijklmnopqrstuvwxyz._-012", NAME, 65534 },
    { "the shortest unit fits", "a", "", 0 },
};

static void check_row(void **state)
{
    const struct row *r = *state;
    struct certificate c = paper(r->unit, r->day, r->who), back;
    char text[CERTIFICATE_TEXT_CHARS];

    certificate_sign(&key, &c, text);
    assert_memory_equal(text, "BC1", 3);
    assert_int_equal(strspn(text, "0123456789ABCDEFGHJKMNPQRSTVWXYZ"), strlen(text));
    assert_int_equal(certificate_verify(text, &key, &back), ERR_OK);
    assert_string_equal(back.unit, r->unit);
    assert_int_equal(back.day, r->day);
    assert_memory_equal(back.ref, c.ref, sizeof(c.ref));
    assert_memory_equal(back.tag, key.kid, CERTIFICATE_TAG_CHARS - 1);
    assert_int_equal(back.named, *r->who != 0);
    assert_int_equal(certificate_has_name(&back, NAME), *r->who != 0);
}

static void test_a_changed_name_is_seen(void **state)
{
    static const char *const names[] = { "", "Phạm Thị Nga ", "Phạm Thi Nga",
                                         "Phạm Thị Ngà", "phạm thị nga" };
    struct certificate c = paper("m09", 20779, NAME), twin = c;

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++)
        assert_false(certificate_has_name(&c, names[i]));
    twin.ref[0] ^= 1; /* the check of one paper does not fit another */
    assert_false(certificate_has_name(&twin, NAME));
    c = paper("m09", 20779, "");
    assert_false(certificate_has_name(&c, ""));
    assert_false(certificate_has_name(&c, NAME));
}

static void test_every_changed_symbol_is_refused(void **state)
{
    static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    struct certificate c = paper("m09", 20779, NAME), back;
    char text[CERTIFICATE_TEXT_CHARS];

    (void)state;
    certificate_sign(&key, &c, text);
    for (size_t i = 0; text[i]; i++) {
        char was = text[i];

        for (size_t k = 0; k < 32; k++) {
            text[i] = digits[k];
            if (text[i] == was)
                continue;
            assert_int_equal(certificate_verify(text, &key, &back), ERR_REJECTED);
            assert_int_equal(back.unit[0], 0);
        }
        text[i] = was;
    }
    assert_int_equal(certificate_verify(text, &key, &back), ERR_OK);
}

static void test_every_length_but_the_whole_is_refused(void **state)
{
    struct certificate c = paper("m09", 20779, NAME), back;
    char text[CERTIFICATE_TEXT_CHARS], longer[400];
    size_t n;

    (void)state;
    certificate_sign(&key, &c, text);
    n = strlen(text);
    for (size_t i = 0; i < n; i++) {
        (void)snprintf(longer, sizeof(longer), "%.*s", (int)i, text);
        assert_int_equal(certificate_verify(longer, &key, &back), ERR_REJECTED);
    }
    for (size_t i = n; i + 1 < sizeof(longer); i++) {
        longer[i - 1] = i == n ? text[n - 1] : '0';
        longer[i] = '0';
        longer[i + 1] = 0;
        assert_int_equal(certificate_verify(longer, &key, &back), ERR_REJECTED);
    }
}

static void test_another_key_is_refused(void **state)
{
    struct certificate c = paper("m09", 20779, NAME), back;
    char text[CERTIFICATE_TEXT_CHARS];
    struct jws_key false_tag = other;

    (void)state;
    certificate_sign(&key, &c, text);
    assert_int_equal(certificate_verify(text, &other, &back), ERR_REJECTED);
    memcpy(false_tag.kid, key.kid,
           sizeof(key.kid)); /* the tag fits, the key does not */
    assert_int_equal(certificate_verify(text, &false_tag, &back), ERR_REJECTED);
    certificate_sign(&false_tag, &c, text);
    assert_int_equal(certificate_peek(text, &back), ERR_OK);
    assert_int_equal(certificate_verify(text, &key, &back), ERR_REJECTED);
}

static void test_typed_by_hand_it_is_understood(void **state)
{
    struct certificate c = paper("m09", 20779, NAME), back;
    char text[CERTIFICATE_TEXT_CHARS], typed[500] = " ";
    size_t n = 1;

    (void)state;
    certificate_sign(&key, &c, text);
    for (size_t i = 0; text[i]; i++) {
        if (i % 5 == 3)
            typed[n++] = i % 2 ? ' ' : '-';
        typed[n++] = (char)(text[i] == '0'   ? 'o'
                            : text[i] == '1' ? 'l'
                                             : tolower((unsigned char)text[i]));
    }
    (void)snprintf(typed + n, sizeof(typed) - n, "\r\n");
    assert_int_equal(certificate_verify(typed, &key, &back), ERR_OK);
}

static void test_other_texts_are_refused(void **state)
{
    static const char *const texts[] = { "",         "BC1",     "BC2ABC",
                                         "BD1ABC",   "BC1UUUU", "https://vneid.gov.vn",
                                         "\xFF\xFE", "BC" };
    struct certificate back;

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++)
        assert_int_equal(certificate_peek(texts[i], &back), ERR_REJECTED);
}

static void test_the_number_is_two_groups_of_four(void **state)
{
    struct certificate c = paper("m09", 20779, "");
    char number[CERTIFICATE_REF_CHARS];

    (void)state;
    certificate_number(&c, number);
    assert_string_equal(number, "0410-7ZQZ");
}

int main(void)
{
    static const struct CMUnitTest others[] = {
        cmocka_unit_test(test_a_changed_name_is_seen),
        cmocka_unit_test(test_every_changed_symbol_is_refused),
        cmocka_unit_test(test_every_length_but_the_whole_is_refused),
        cmocka_unit_test(test_another_key_is_refused),
        cmocka_unit_test(test_typed_by_hand_it_is_understood),
        cmocka_unit_test(test_other_texts_are_refused),
        cmocka_unit_test(test_the_number_is_two_groups_of_four),
    };
    struct CMUnitTest tests[COUNT(others) + COUNT(rows)];
    size_t n = 0;

    for (size_t i = 0; i < COUNT(others); i++)
        tests[n++] = others[i];
    for (size_t i = 0; i < COUNT(rows); i++)
        tests[n++] =
            (struct CMUnitTest){ .name = rows[i].name,
                                 .test_func = check_row,
                                 .initial_state = (void *)(uintptr_t)&rows[i] };
    return cmocka_run_group_tests(tests, make_keys, NULL);
}
