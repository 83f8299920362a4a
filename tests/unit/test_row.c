/* Rows of our own tools: what has their form is taken, anything else is left where it stands. */
#include "cmocka_all.h"

#include <stdio.h>
#include <string.h>

#include "base/row.h"

static void test_what_stands_there_is_skipped(void **state)
{
    char text[] = "},{";
    char *at = text;

    (void)state;
    assert_false(row_skip(&at, "{"));
    assert_ptr_equal(at, text);
    assert_true(row_skip(&at, "},"));
    assert_string_equal(at, "{");
    assert_false(row_skip(&at, "{\"name\""));
}

static void test_a_word_is_cut_out(void **state)
{
    char text[] = "{\"name\":\"vi 00ff\",\"x\"";
    char *at = text;

    (void)state;
    assert_string_equal(row_word(&at, "{\"name\":\""), "vi 00ff");
    assert_string_equal(at, ",\"x\"");
}

static void test_no_word_is_made_up(void **state)
{
    static const char *const odd[] = { "\"\"", "\"no end", "a\"", "" };
    char long_word[300] = "\"";
    char *at = long_word;

    (void)state;
    memset(long_word + 1, 'a', 250);
    long_word[251] = '"';
    assert_null(row_word(&at, "\""));
    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
        char text[40];

        (void)snprintf(text, sizeof(text), "%s", odd[i]);
        at = text;
        assert_null(row_word(&at, "\""));
        assert_ptr_equal(at, text);
        assert_string_equal(text, odd[i]);
    }
}

/* Each byte at each place of a step. */
static void test_words_that_json_explains_are_seen(void **state)
{
    char text[20];

    (void)state;
    assert_true(row_plain("", 0));
    assert_true(row_plain("a\n", 2));
    assert_false(row_plain("\na", 2));
    for (size_t at = 0; at < sizeof(text); at++) {
        for (int c = 0; c < 256; c++) {
            bool plain = c >= ' ' && c < 0x7f && c != '\\';

            memset(text, 'a', sizeof(text));
            text[at] = (char)c;
            if (c == 0x7f || (c == '\n' && at == sizeof(text) - 1))
                continue;
            assert_int_equal(row_plain(text, sizeof(text)), plain);
        }
    }
}

static void test_numbers_keep_their_bounds(void **state)
{
    static const struct {
        const char *text;
        int64_t min, max, value; /* -1: refused */
    } rows[] = {
        { "n0", 0, 9, 0 },
        { "n9,", 0, 9, 9 },
        { "n10", 0, 9, -1 },
        { "n0", 1, 9, -1 },
        { "n007", 0, 9, -1 },
        { "n-1", 0, 9, -1 },
        { "n", 0, 9, -1 },
        { "m1", 0, 9, -1 },
        { "n120000]", 1, 120000, 120000 },
        { "n999999999999999", 1, INT64_MAX, 999999999999999 },
        { "n9999999999999999", 1, INT64_MAX, -1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char text[40];
        char *at = text;
        int64_t v = -1;

        (void)snprintf(text, sizeof(text), "%s", rows[i].text);
        assert_int_equal(row_number(&at, "n", rows[i].min, rows[i].max, &v),
                         rows[i].value >= 0);
        assert_int_equal(v, rows[i].value);
        if (rows[i].value < 0)
            assert_ptr_equal(at, text);
        else
            assert_true(at > text && (*at < '0' || *at > '9'));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_stands_there_is_skipped),
        cmocka_unit_test(test_a_word_is_cut_out),
        cmocka_unit_test(test_no_word_is_made_up),
        cmocka_unit_test(test_words_that_json_explains_are_seen),
        cmocka_unit_test(test_numbers_keep_their_bounds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
