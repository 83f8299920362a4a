#include "cmocka_all.h"

#include <poll.h>
#include <unistd.h>

#include "sync/watch.h"

#define PATIENCE_MS 10000

struct fixture {
    int watched[2];
    int told[2]; /* `ready` writes here, as it would wake a loop */
    struct watch *watch;
};

static void ready(void *ctx)
{
    struct fixture *f = ctx;

    assert_int_equal(write(f->told[1], "r", 1), 1);
}

static int setup(void **state)
{
    static struct fixture f;

    if (pipe(f.watched) || pipe(f.told))
        return -1;
    *state = &f;
    return (int)watch_create(f.watched[0], ready, &f, &f.watch);
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    watch_destroy(f->watch);
    for (int i = 0; i < 2; i++) {
        close(f->watched[i]);
        close(f->told[i]);
    }
    return 0;
}

static int was_told(struct fixture *f, int patience_ms)
{
    struct pollfd p = { .fd = f->told[0], .events = POLLIN };
    char byte;

    return poll(&p, 1, patience_ms) == 1 && read(f->told[0], &byte, 1) == 1;
}

static void test_it_tells_once_until_it_is_asked_to_look_again(void **state)
{
    struct fixture *f = *state;
    char byte;

    assert_int_equal(write(f->watched[1], "12", 2), 2);
    assert_true(was_told(f, PATIENCE_MS));
    assert_false(was_told(f, 0)); /* still readable, and not said twice */
    assert_int_equal(read(f->watched[0], &byte, 1), 1);
    watch_again(f->watch);
    assert_true(was_told(f, PATIENCE_MS)); /* one byte was left */
    assert_int_equal(read(f->watched[0], &byte, 1), 1);
    watch_again(f->watch);
    watch_again(f->watch);
    assert_int_equal(write(f->watched[1], "3", 1), 1);
    assert_true(was_told(f, PATIENCE_MS));
}

static void test_it_ends_while_it_waits(void **state)
{
    (void)state; /* teardown joins the sleeping thread */
}

static void test_nothing_to_watch_is_allowed(void **state)
{
    (void)state;
    watch_again(NULL);
    watch_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            test_it_tells_once_until_it_is_asked_to_look_again, setup, teardown),
        cmocka_unit_test_setup_teardown(test_it_ends_while_it_waits, setup, teardown),
        cmocka_unit_test(test_nothing_to_watch_is_allowed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
