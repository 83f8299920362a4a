/* Building a pack again: only what changed is made anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/log.h"
#include "packed.h"

static void test_an_unchanged_tree_rebuilds_nothing(void **state)
{
    struct packed *f = *state;
    struct stat before, after;

    assert_int_equal(stat(f->manifest, &before), 0);
    packed_build(f);
    assert_int_equal(f->built.n_drawn, 0);
    assert_int_equal(f->built.n_removed, 0);
    assert_false(f->built.changed);
    assert_int_equal(stat(f->manifest, &after), 0);
    assert_int_equal(before.st_ino, after.st_ino); /* not even replaced */
    assert_int_equal(packed_open(f, 0), ERR_OK);   /* its signature still stands */
}

static void test_a_changed_picture_alone_is_drawn_again(void **state)
{
    struct packed *f = *state;

    tree_replace(&f->t, "art/khoa.svg", "#17572F", "#173B6C");
    packed_build(f);
    assert_int_equal(f->built.n_drawn, PANEL_COUNT);
    assert_int_equal(f->built.n_removed, PANEL_COUNT + 2); /* and lesson and index */
    assert_true(f->built.changed);
    assert_false(file_exists(f->signature));
    assert_int_equal(packed_open(f, 0), ERR_REJECTED);
    assert_string_equal(f->why, "not signed: manifest.json.minisig cannot be read");
    packed_sign(f);
    assert_int_equal(packed_open(f, 0), ERR_OK);
}

static void test_two_builds_of_one_tree_are_the_same_bytes(void **state)
{
    struct packed *f = *state;
    const char *first = f->manifest;
    size_t n_first, n_second;
    char *a = tree_read(&f->t, first, &n_first);
    char *b;

    f->out = arena_printf(&f->t.arena, "%s/second", f->t.root);
    f->manifest = arena_printf(&f->t.arena, "%s/manifest.json", f->out);
    packed_build(f);
    b = tree_read(&f->t, f->manifest, &n_second);
    assert_int_equal(n_first, n_second);
    assert_memory_equal(a, b, n_first);
}

static void test_a_damaged_object_is_made_again(void **state)
{
    struct packed *f = *state;
    const char *object;

    assert_int_equal(packed_open(f, 0), ERR_OK);
    object = arena_printf(&f->t.arena, "%s/objects/%s", f->out,
                          pack_info(f->pack)->lessons[0].cover->object[0]);
    tree_write(object, "cut", 3);
    packed_build(f);
    assert_int_equal(f->built.n_drawn, 1);
    assert_false(f->built.changed);
}

#define FRESH(test) cmocka_unit_test_setup_teardown(test, packed_setup, packed_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH(test_an_unchanged_tree_rebuilds_nothing),
        FRESH(test_a_changed_picture_alone_is_drawn_again),
        FRESH(test_two_builds_of_one_tree_are_the_same_bytes),
        FRESH(test_a_damaged_object_is_made_again),
    };

    hash_init();
    log_set_level(LOG_LEVEL_ERR);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
