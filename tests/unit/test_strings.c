#include <string.h>

#include "cmocka_all.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/utf8.h"
#include "ui/strings.h"

static void test_every_string_has_a_key_of_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < T_COUNT; i++) {
        assert_true(text_key((enum text_id)i)[0] != '\0');
        for (int j = 0; j < i; j++)
            assert_string_not_equal(text_key((enum text_id)i),
                                    text_key((enum text_id)j));
    }
}

static void test_every_string_is_text(void **state)
{
    (void)state;
    for (int i = 0; i < T_COUNT; i++) {
        const char *text = text_of((enum text_id)i);

        assert_true(text[0] != '\0');
        assert_true(utf8_valid(text, strlen(text)));
    }
}

/* Decomposed letters would be measured and searched as other words. */
static void test_no_string_holds_a_combining_mark(void **state)
{
    (void)state;
    for (int i = 0; i < T_COUNT; i++) {
        const char *c = text_of((enum text_id)i);
        uint32_t cp;
        size_t n;

        while ((n = utf8_next(c, &cp)) > 0) {
            assert_false(cp >= 0x300 && cp <= 0x36F);
            c += n;
        }
    }
}

static const struct fill_row {
    const char *name, *text, *want;
} fill_rows[] = {
    { "no name, no change", "Chạm vào đây", "Chạm vào đây" },
    { "a name is replaced", "Chào {xh}", "Chào bác" },
    { "twice in one text", "{xh}, {xh}", "bác, bác" },
    { "a number", "Trang {n} trên 6", "Trang 4 trên 6" },
    { "an unknown name stays", "{who} ơi", "{who} ơi" },
    { "an open brace stays", "a { b", "a { b" },
    { "an empty name stays", "{}", "{}" },
    { "a brace before a name stays", "{{xh}", "{bác" },
    { "nothing", "", "" },
};

static void check_fill(void **state)
{
    const struct fill_row *r = *state;
    struct arena a = { 0 };

    assert_string_equal(
        text_fill(&a, r->text, "xh", "bác", "n", "4", (const char *)NULL), r->want);
    arena_finish(&a);
}

static void test_list_ids_carry_their_number(void **state)
{
    struct arena a = { 0 };
    const char *id = text_key_n(&a, (enum text_id)0, 12);
    size_t n = strlen(text_key((enum text_id)0));

    (void)state;
    assert_memory_equal(id, text_key((enum text_id)0), n);
    assert_string_equal(id + n, "#12");
    arena_finish(&a);
}

int main(void)
{
    struct CMUnitTest tests[4 + COUNT(fill_rows)] = {
        cmocka_unit_test(test_every_string_has_a_key_of_its_own),
        cmocka_unit_test(test_every_string_is_text),
        cmocka_unit_test(test_no_string_holds_a_combining_mark),
        cmocka_unit_test(test_list_ids_carry_their_number),
    };

    for (size_t i = 0; i < COUNT(fill_rows); i++)
        tests[4 + i] =
            (struct CMUnitTest){ .name = fill_rows[i].name,
                                 .test_func = check_fill,
                                 .initial_state = (void *)(uintptr_t)&fill_rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
