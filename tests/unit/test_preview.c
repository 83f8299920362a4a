/* An author looks at a lesson before anybody learns it: every step becomes a picture. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "pack_cli.h"

#define BIG_ENDIAN_AT(p, i) \
    ((p)[i] << 24 | (p)[(i) + 1] << 16 | (p)[(i) + 2] << 8 | (p)[(i) + 3])

static void check_png(struct cli *c, const char *name, int w, int h)
{
    const char *path = arena_printf(&c->t.arena, "%s/%s", c->t.root, name);
    const unsigned char *bytes;
    size_t n;

    if (!file_exists(path))
        fail_msg("%s is not there: %s", name, c->said);
    bytes = (const unsigned char *)tree_read(&c->t, path, &n);
    assert_true(n > 1000);
    assert_memory_equal(bytes, "\x89PNG", 4);
    assert_int_equal(BIG_ENDIAN_AT(bytes, 16), w);
    assert_int_equal(BIG_ENDIAN_AT(bytes, 20), h);
}

static void test_every_step_is_drawn(void **state)
{
    static const char *const steps[] = {
        "01-card",       "02-card",     "03-card",   "04-practice-a", "05-practice-b",
        "06-practice-c", "07-question", "08-answer", "09-question",   "10-answer",
        "11-question",   "12-answer",   "13-result",
    };
    struct cli *c = *state;

    assert_int_equal(cli_run(c, "preview content m01-b01 --window 800x480"), 0);
    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
        check_png(c, arena_printf(&c->t.arena, "preview-m01-b01/%s.png", steps[i]), 800,
                  480);
    cli_said(c, "preview-m01-b01/13-result.png\n");
    assert_null(strstr(c->said, "14-"));
}

/* What was changed is seen at the next look. */
static void test_a_change_is_seen(void **state)
{
    struct cli *c = *state;
    const char *path;
    char *before, *after;
    size_t n_before, n_after;

    assert_int_equal(cli_run(c, "preview content m01-b01 --out ngo"), 0);
    check_png(c, "ngo/01-card.png", 1280, 800);
    path = arena_printf(&c->t.arena, "%s/ngo/01-card.png", c->t.root);
    before = tree_read(&c->t, path, &n_before);
    assert_int_equal(cli_run(c, "preview content m01-b01 --out ngo"), 0);
    after = tree_read(&c->t, path, &n_after);
    assert_int_equal(n_before, n_after);
    assert_memory_equal(before, after, n_after);
    tree_replace(&c->t, TREE_LESSON, "Mã như chìa khóa.", "Mã như cái khóa.");
    assert_int_equal(cli_run(c, "preview content m01-b01 --out ngo"), 0);
    after = tree_read(&c->t, path, &n_after);
    assert_true(n_before != n_after || memcmp(before, after, n_after) != 0);
}

static void test_what_cannot_be_shown_is_said(void **state)
{
    struct cli *c = *state;

    assert_int_equal(cli_run(c, "preview content m09-b09"), 1);
    cli_said(c, "m09-b09: no lesson has that id");
    assert_int_equal(cli_run(c, "preview content m01-b01 --window 10x10"), 64);
    cli_said(c, "10x10: is no window size");
    tree_replace(&c->t, TREE_LESSON, "](tay.svg)", "](khong-co.svg)");
    assert_int_equal(cli_run(c, "preview content m01-b01"), 1);
    cli_said(c, "khong-co.svg");
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, cli_setup, cli_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(test_every_step_is_drawn),
        EACH(test_a_change_is_seen),
        EACH(test_what_cannot_be_shown_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
