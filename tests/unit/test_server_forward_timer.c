/* The process beside `serve`: it runs again and again, and is gone with the one that made
 * it, however that ends. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "forward_timer.h"

static int report[2];

static void tick(void)
{
    if (write(report[1], "t", 1) != 1)
        _exit(1);
}

static void test_it_ticks_and_ends_with_its_maker(void **state)
{
    char byte;
    pid_t maker;
    int status;

    (void)state;
    assert_int_equal(pipe(report), 0);
    maker = fork();
    assert_true(maker >= 0);
    if (!maker) {
        if (forward_timer_start(0, 0, tick))
            _exit(1);
        for (;;)
            pause();
    }
    close(report[1]);
    for (int i = 0; i < 3; i++)
        assert_int_equal(read(report[0], &byte, 1), 1);
    assert_int_equal(kill(maker, SIGKILL), 0);
    assert_int_equal(waitpid(maker, &status, 0), maker);
    while (read(report[0], &byte, 1) == 1)
        ; /* what it had written; then nobody is left to write */
    close(report[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_ticks_and_ends_with_its_maker),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
