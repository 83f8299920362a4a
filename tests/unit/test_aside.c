/* Work beside other work: it is done when it was waited for, in another thread. */
#include "cmocka_all.h"

#include <pthread.h>
#include <stdbool.h>
#include <unistd.h>

#include "sync/aside.h"

struct work {
    int gate[2];
    pthread_t by;
    bool done;
};

/* Ends only when the other side has gone on. */
static void wait_for_the_other(void *ctx)
{
    struct work *w = ctx;
    char c;

    w->by = pthread_self();
    w->done = read(w->gate[0], &c, 1) == 1;
}

static void test_both_go_on_and_the_end_is_waited_for(void **state)
{
    struct work w = { .done = false };
    struct aside *a;

    (void)state;
    assert_int_equal(pipe(w.gate), 0);
    aside_begin(wait_for_the_other, &w, &a);
    assert_int_equal(write(w.gate[1], "x", 1), 1);
    aside_end(a);
    assert_true(w.done);
    assert_false(pthread_equal(w.by, pthread_self()));
    close(w.gate[0]);
    close(w.gate[1]);
    aside_end(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_both_go_on_and_the_end_is_waited_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
