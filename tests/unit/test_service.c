/* What systemd hears, on a real socket. */
#include "base/service.h"
#include "cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define WATCHDOG_US "60000000"
#define EVERY_MS 30000

struct ear {
    char folder[32];
    struct sockaddr_un at;
    int fd;
};

static int listen_up(void **state)
{
    static struct ear ear;

    ear = (struct ear){ .folder = "/tmp/bdhvs-service-XXXXXX",
                        .at = { .sun_family = AF_UNIX } };
    assert_non_null(mkdtemp(ear.folder));
    snprintf(ear.at.sun_path, sizeof(ear.at.sun_path), "%s/notify", ear.folder);
    ear.fd = socket(AF_UNIX, SOCK_DGRAM, 0);
    assert_int_equal(bind(ear.fd, (struct sockaddr *)&ear.at, sizeof(ear.at)), 0);
    setenv("NOTIFY_SOCKET", ear.at.sun_path, 1);
    setenv("WATCHDOG_USEC", WATCHDOG_US, 1);
    unsetenv("WATCHDOG_PID");
    *state = &ear;
    return 0;
}

static int listen_down(void **state)
{
    struct ear *ear = *state;

    close(ear->fd);
    unlink(ear->at.sun_path);
    rmdir(ear->folder);
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
    return 0;
}

/* The next word, "" when none is there. */
static const char *heard(struct ear *ear)
{
    static char word[64];
    ssize_t n = recv(ear->fd, word, sizeof(word) - 1, MSG_DONTWAIT);

    word[n > 0 ? n : 0] = 0;
    return word;
}

static void test_ready_is_said_once(void **state)
{
    struct service s;

    service_init(&s);
    assert_string_equal(heard(*state), "");
    service_ready(&s, 1000);
    service_ready(&s, 2000);
    assert_string_equal(heard(*state), "READY=1");
    assert_string_equal(heard(*state), "");
    service_ends(&s);
    assert_string_equal(heard(*state), "STOPPING=1");
}

static void test_life_is_asked_for_at_half_of_the_time(void **state)
{
    struct service s;

    service_init(&s);
    assert_int_equal(service_wait_ms(&s, 0), -1); /* not before it is ready */
    assert_false(service_asks(&s, EVERY_MS * 10));
    service_ready(&s, 1000);
    assert_string_equal(heard(*state), "READY=1");
    assert_int_equal(service_wait_ms(&s, 1000), EVERY_MS);
    assert_false(service_asks(&s, 1000 + EVERY_MS - 1));
    assert_int_equal(service_wait_ms(&s, 1000 + EVERY_MS), 0);
    assert_true(service_asks(&s, 1000 + EVERY_MS));
    assert_string_equal(heard(*state), ""); /* asking is not answering */
    service_alive(&s, 1000 + EVERY_MS);
    assert_string_equal(heard(*state), "WATCHDOG=1");
    assert_int_equal(service_wait_ms(&s, 1000 + EVERY_MS), EVERY_MS);
}

static void test_who_is_not_well_is_asked_again_and_says_nothing(void **state)
{
    struct service s;

    service_init(&s);
    service_ready(&s, 0);
    assert_string_equal(heard(*state), "READY=1");
    assert_true(service_asks(&s, EVERY_MS));
    assert_false(service_asks(&s, EVERY_MS)); /* the loop does not spin */
    assert_int_equal(service_wait_ms(&s, EVERY_MS), SERVICE_RETRY_MS);
    assert_true(service_asks(&s, EVERY_MS + SERVICE_RETRY_MS));
    assert_string_equal(heard(*state), "");
}

static void test_another_process_s_watchdog_is_not_ours(void **state)
{
    struct service s;

    setenv("WATCHDOG_PID", "1", 1);
    service_init(&s);
    unsetenv("WATCHDOG_PID");
    service_ready(&s, 0);
    assert_int_equal(service_wait_ms(&s, 0), -1);
    assert_string_equal(heard(*state), "READY=1");
}

static void test_started_by_hand_nobody_is_woken(void **state)
{
    struct service s;

    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
    service_init(&s);
    service_ready(&s, 0);
    assert_int_equal(service_wait_ms(&s, 0), -1);
    assert_false(service_asks(&s, INT64_MAX));
    service_ends(&s);
    assert_string_equal(heard(*state), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_ready_is_said_once, listen_up,
                                        listen_down),
        cmocka_unit_test_setup_teardown(test_life_is_asked_for_at_half_of_the_time,
                                        listen_up, listen_down),
        cmocka_unit_test_setup_teardown(
            test_who_is_not_well_is_asked_again_and_says_nothing, listen_up,
            listen_down),
        cmocka_unit_test_setup_teardown(test_another_process_s_watchdog_is_not_ours,
                                        listen_up, listen_down),
        cmocka_unit_test_setup_teardown(test_started_by_hand_nobody_is_woken, listen_up,
                                        listen_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
