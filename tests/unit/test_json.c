#include "cmocka_all.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/json.h"

static const struct bad_row {
    const char *name;
    const char *text;
} bad_rows[] = {
    { "a key twice", "{\"a\":1,\"a\":2}" },
    { "something after the end", "{} x" },
    { "a fraction", "{\"a\":1.5}" },
    { "a fraction deep inside", "[[{\"a\":[0.1]}]]" },
    { "an exponent", "[1e3]" },
    { "bad UTF-8", "[\"\xc3\x28\"]" },
    { "a NUL escape", "[\"a\\u0000b\"]" },
    { "nothing", "" },
    { "a bare number", "5" },
    { "an integer too large for 64 bits", "[99999999999999999999]" },
    { "too deep", "[[[[[1]]]]]" },
};

static void check_bad(void **state)
{
    const struct bad_row *r = *state;
    json_value *doc;
    char why[128];

    assert_int_equal(json_parse(r->text, strlen(r->text), 4, &doc, why, sizeof(why)),
                     ERR_REJECTED);
    assert_null(doc);
    assert_true(why[0] != 0);
}

static void test_brackets_inside_strings_are_not_depth(void **state)
{
    const char *text = "{\"a\":\"[[[[[[\\\"{{{{\"}";
    json_value *doc;

    (void)state;
    assert_int_equal(json_parse(text, strlen(text), 2, &doc, NULL, 0), ERR_OK);
    assert_string_equal(json_text(json_get(doc, "a")), "[[[[[[\"{{{{");
    json_free(doc);
}

static void test_integers_are_checked_against_their_range(void **state)
{
    const char *text = "{\"n\":9007199254740991,\"s\":\"7\"}";
    json_value *doc;
    int64_t n = 0;

    (void)state;
    assert_int_equal(json_parse(text, strlen(text), 2, &doc, NULL, 0), ERR_OK);
    assert_int_equal(json_int(json_get(doc, "n"), 0, JSON_INT_MAX, &n), ERR_OK);
    assert_true(n == JSON_INT_MAX);
    assert_int_equal(json_int(json_get(doc, "n"), 0, 5, &n), ERR_REJECTED);
    assert_int_equal(json_int(json_get(doc, "s"), 0, 9, &n), ERR_REJECTED);
    assert_int_equal(json_int(json_get(doc, "missing"), 0, 9, &n), ERR_REJECTED);
    assert_int_equal(json_kind_of(json_get(doc, "missing")), JSON_IS_NONE);
    json_free(doc);
}

static void test_what_is_written_can_be_read(void **state)
{
    json_value *doc;
    struct buf b;

    (void)state;
    buf_init(&b, 1000);
    json_open(&b, NULL, '{');
    json_put_text(&b, "t", "a \"b\" \\ \n Đặng");
    json_put_int(&b, "n", -5);
    json_open(&b, "list", '[');
    json_put_int(&b, NULL, 1);
    json_put_bool(&b, NULL, true);
    json_open(&b, NULL, '[');
    json_close(&b, ']');
    json_put_text(&b, NULL, NULL);
    json_close(&b, ']');
    json_close(&b, '}');
    assert_string_equal(buf_text(&b), "{\"t\":\"a \\\"b\\\" \\\\ \\n Đặng\",\"n\":-5,"
                                      "\"list\":[1,true,[],null]}");
    assert_int_equal(json_parse(b.data, b.len, 3, &doc, NULL, 0), ERR_OK);
    assert_string_equal(json_text(json_get(doc, "t")), "a \"b\" \\ \n Đặng");
    assert_int_equal(json_count(json_get(doc, "list")), 4);
    assert_true(json_bool(json_at(json_get(doc, "list"), 1), false));
    json_free(doc);
    buf_finish(&b);
}

int main(void)
{
    const struct CMUnitTest plain[] = {
        cmocka_unit_test(test_brackets_inside_strings_are_not_depth),
        cmocka_unit_test(test_integers_are_checked_against_their_range),
        cmocka_unit_test(test_what_is_written_can_be_read),
    };
    struct CMUnitTest tests[COUNT(plain) + COUNT(bad_rows)];
    size_t n = 0;

    for (size_t i = 0; i < COUNT(plain); i++)
        tests[n++] = plain[i];
    for (size_t i = 0; i < COUNT(bad_rows); i++)
        tests[n++] = (struct CMUnitTest){ .name = bad_rows[i].name,
                                          .test_func = check_bad,
                                          .initial_state = (void *)&bad_rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
