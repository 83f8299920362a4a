#include "cmocka_all.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/encoding.h"
#include "base/hash.h"
#include "base/utf8.h"

static const struct utf8_row {
    const char *name;
    const char *bytes;
    bool valid;
} utf8_rows[] = {
    { "plain letters", "abc", true },
    { "Vietnamese with stacked marks", "Ẫ Ỗ Ặ Ự đ", true },
    { "a tab and a line feed", "a\tb\n", true },
    { "a control character is refused", "a\x01", false },
    { "delete is refused", "a\x7f", false },
    { "a cut sequence is refused", "\xe1\xba", false },
    { "an overlong slash is refused", "\xc0\xaf", false },
    { "an overlong three-byte form is refused", "\xe0\x80\xaf", false },
    { "a surrogate is refused", "\xed\xa0\x80", false },
    { "beyond U+10FFFF is refused", "\xf4\x90\x80\x80", false },
    { "a lone continuation byte is refused", "\x80", false },
};

static void check_utf8(void **state)
{
    const struct utf8_row *r = *state;

    assert_int_equal(utf8_valid(r->bytes, strlen(r->bytes)), r->valid);
}

static void test_hex_goes_there_and_back(void **state)
{
    unsigned char bytes[3] = { 0, 0xAB, 0xFF };
    unsigned char back[3];
    char hex[7];

    (void)state;
    encoding_hex(bytes, 3, hex);
    assert_string_equal(hex, "00abff");
    assert_int_equal(encoding_unhex(hex, back, 3), ERR_OK);
    assert_memory_equal(back, bytes, 3);
    assert_int_equal(encoding_unhex("00ABFF", back, 3), ERR_REJECTED);
    assert_int_equal(encoding_unhex("00abff0", back, 3), ERR_REJECTED);
    assert_int_equal(encoding_unhex("00ab", back, 3), ERR_REJECTED);
}

/* RFC 4648 §10, without the padding. */
static const struct b64_row {
    const char *name, *plain, *text;
} b64_rows[] = {
    { "empty", "", "" },          { "f", "f", "Zg" },
    { "fo", "fo", "Zm8" },        { "foo", "foo", "Zm9v" },
    { "foob", "foob", "Zm9vYg" }, { "foobar", "foobar", "Zm9vYmFy" },
};

static void check_base64(void **state)
{
    const struct b64_row *r = *state;
    struct buf b;

    buf_init(&b, 100);
    encoding_base64url(r->plain, strlen(r->plain), &b);
    assert_string_equal(buf_text(&b), r->text);
    buf_clear(&b);
    assert_int_equal(encoding_unbase64url(r->text, strlen(r->text), &b), ERR_OK);
    assert_string_equal(buf_text(&b), r->plain);
    buf_finish(&b);
}

static void test_base64url_refuses_what_is_not_canonical(void **state)
{
    static const char *const bad[] = { "Zh", "Z", "Zg==", "Z g", "Zm9/", "Zm+v" };
    struct buf b;

    (void)state;
    buf_init(&b, 100);
    for (size_t i = 0; i < COUNT(bad); i++) {
        buf_clear(&b);
        assert_int_equal(encoding_unbase64url(bad[i], strlen(bad[i]), &b),
                         ERR_REJECTED);
    }
    buf_finish(&b);
}

static void test_base32_forgives_look_alikes_and_dashes(void **state)
{
    unsigned char bytes[10];
    unsigned char back[10];
    char text[17];

    (void)state;
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (unsigned char)(i * 29 + 8);
    encoding_base32(bytes, sizeof(bytes), text);
    assert_int_equal(strlen(text), 16);
    assert_int_equal(encoding_unbase32(text, back, sizeof(back)), ERR_OK);
    assert_memory_equal(back, bytes, sizeof(bytes));
    assert_int_equal(encoding_unbase32("0O1I-lL00", back, 5), ERR_OK);
    assert_int_equal(encoding_unbase32("U0000000", back, 5), ERR_REJECTED);
    assert_int_equal(encoding_unbase32("0000", back, 5), ERR_REJECTED);
}

static void test_a_full_buffer_takes_nothing_more(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 4);
    buf_str(&b, "abc");
    buf_str(&b, "de");
    buf_str(&b, "f");
    assert_true(b.overflow);
    assert_string_equal(buf_text(&b), "abc");
    buf_finish(&b);
}

static void test_chain_parts_cannot_be_shifted(void **state)
{
    struct hash_part one[] = { { "ab", 2 }, { "c", 1 } };
    struct hash_part two[] = { { "a", 1 }, { "bc", 2 } };
    unsigned char x[HASH_CHAIN_BYTES];
    unsigned char y[HASH_CHAIN_BYTES];

    (void)state;
    hash_chain(one, COUNT(one), x);
    hash_chain(two, COUNT(two), y);
    assert_memory_not_equal(x, y, sizeof(x));
}

int main(void)
{
    const struct CMUnitTest plain[] = {
        cmocka_unit_test(test_hex_goes_there_and_back),
        cmocka_unit_test(test_base64url_refuses_what_is_not_canonical),
        cmocka_unit_test(test_base32_forgives_look_alikes_and_dashes),
        cmocka_unit_test(test_a_full_buffer_takes_nothing_more),
        cmocka_unit_test(test_chain_parts_cannot_be_shifted),
    };
    struct CMUnitTest tests[COUNT(plain) + COUNT(utf8_rows) + COUNT(b64_rows)];
    size_t n = 0;

    hash_init();
    for (size_t i = 0; i < COUNT(plain); i++)
        tests[n++] = plain[i];
    for (size_t i = 0; i < COUNT(utf8_rows); i++)
        tests[n++] = (struct CMUnitTest){ .name = utf8_rows[i].name,
                                          .test_func = check_utf8,
                                          .initial_state = (void *)&utf8_rows[i] };
    for (size_t i = 0; i < COUNT(b64_rows); i++)
        tests[n++] = (struct CMUnitTest){ .name = b64_rows[i].name,
                                          .test_func = check_base64,
                                          .initial_state = (void *)&b64_rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
