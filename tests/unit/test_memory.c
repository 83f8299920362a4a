#include "cmocka_all.h"

#include <stddef.h>
#include <string.h>

#include "base/arena.h"

static void test_arena_memory_is_zeroed_aligned_and_apart(void **state)
{
    struct arena a = { 0 };
    char *last = NULL;

    (void)state;
    for (size_t i = 1; i < 3000; i += 7) {
        char *p = arena_alloc(&a, i);

        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < i; k++)
            assert_int_equal(p[k], 0);
        memset(p, 0x55, i);
        if (last)
            assert_int_equal(*last, 0x55);
        last = p;
    }
    arena_finish(&a);
}

static void test_a_reset_arena_starts_over(void **state)
{
    struct arena a = { 0 };

    (void)state;
    memset(arena_alloc(&a, 100000), 1, 100000);
    arena_reset(&a);
    assert_int_equal(((char *)arena_alloc(&a, 50))[49], 0);
    assert_string_equal(arena_printf(&a, "%s-%d", "x", 3), "x-3");
    assert_string_equal(arena_strndup(&a, "abc", 2), "ab");
    arena_finish(&a);
    arena_finish(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arena_memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(test_a_reset_arena_starts_over),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
