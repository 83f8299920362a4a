/* Lines of bdhvs-scan, whole and in pieces, and the program itself before a folder. */
#define _GNU_SOURCE /* mkdtemp */
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cmocka_all.h"

#include "app/camera.h"
#include "base/check.h"
#include "qr_frames.h"

#define CARD "BD1ABCDEFGH0123456789JKMNPQRSTVWXYZ0"
#define A60 "AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDDEEEEEEEEEEFFFFFFFFFF"

static const struct row {
    const char *name, *lines;
    enum camera_state state;
    const char *code;
} rows[] = {
    { "ready", "{\"state\":\"ready\"}\n", CAMERA_READY, "" },
    { "dark", "{\"state\":\"dark\"}\n", CAMERA_DARK, "" },
    { "busy", "{\"state\":\"busy\"}\n", CAMERA_BUSY, "" },
    { "no camera", "{\"state\":\"no_camera\"}\n", CAMERA_NONE, "" },
    { "the last state counts", "{\"state\":\"dark\"}\n{\"state\":\"ready\"}\n",
      CAMERA_READY, "" },
    { "a code", "{\"code\":\"" CARD "\"}\n", CAMERA_STARTING, CARD },
    { "a code that is not ours", "{\"code\":\"\"}\n", CAMERA_STARTING, CAMERA_STRANGE },
    { "the longest code", "{\"code\":\"" A60 A60 "\"}\n", CAMERA_STARTING, A60 A60 },
    { "one too long", "{\"code\":\"" A60 A60 "A\"}\n", CAMERA_STARTING, "" },
    { "letters that are no ASCII", "{\"code\":\"BD1\u0110\"}\n", CAMERA_STARTING, "" },
    { "a control character", "{\"code\":\"BD1\\n\"}\n", CAMERA_STARTING, "" },
    { "no line yet", "{\"state\":\"ready\"}", CAMERA_STARTING, "" },
    { "another word", "{\"state\":\"asleep\"}\n", CAMERA_STARTING, "" },
    { "another type", "{\"state\":1,\"code\":[]}\n", CAMERA_STARTING, "" },
    { "no JSON", "hello\n\n}{\n{\"state\":\"ready\"}\n", CAMERA_READY, "" },
    { "an endless line is dropped, the next is heard",
      A60 A60 A60 A60 A60 "{\"code\":\"X\"}\n{\"state\":\"dark\"}\n", CAMERA_DARK, "" },
};

static void check_row(void **state)
{
    const struct row *r = *state;
    struct camera_lines whole = { .state = CAMERA_STARTING }, pieces = whole;

    camera_lines_feed(&whole, r->lines, strlen(r->lines));
    for (const char *c = r->lines; *c; c++)
        camera_lines_feed(&pieces, c, 1);
    assert_int_equal(whole.state, r->state);
    assert_int_equal(pieces.state, r->state);
    assert_string_equal(whole.code, r->code);
    assert_string_equal(pieces.code, r->code);
}

/* --- the program ---------------------------------------------------------------------- */

static sem_t rung;

static void ring(void *ctx)
{
    (void)ctx;
    sem_post(&rung);
}

/* Sleeps until the watch rings, as the loop does; fails after a while. */
static void wait_ring(void)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 20;
    assert_int_equal(sem_timedwait(&rung, &until), 0);
}

static void test_a_card_before_it_is_heard_and_leaving_ends_it(void **state)
{
    const struct qr_look look = { 4, 10, 0, 10, 0, 40, 215 };
    char dir[] = "/tmp/bdhvs-camera-XXXXXX", path[64];
    const char *code = NULL;
    struct camera *c;

    (void)state;
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof(path), "%s/1.pgm", dir);
    qr_frame_write(path, CARD, &look, 7);
    c = camera_create(dir, ring, NULL);
    assert_int_equal(camera_state(c), CAMERA_OFF);
    assert_false(camera_tick(c, false));
    assert_true(camera_tick(c, true));
    for (int i = 0; i < 20 && !code; i++) {
        wait_ring();
        (void)camera_tick(c, true);
        code = camera_code(c);
    }
    assert_non_null(code);
    assert_string_equal(code, CARD);
    assert_null(camera_code(c));
    assert_int_equal(camera_state(c), CAMERA_READY);
    assert_true(camera_tick(c, false));
    assert_int_equal(camera_state(c), CAMERA_OFF);
    assert_false(camera_tick(c, false));
    camera_destroy(c);
    unlink(path);
    rmdir(dir);
}

static void test_without_a_camera_it_is_asked_once(void **state)
{
    struct camera *c = camera_create("/dev/bdhvs-none", ring, NULL);

    (void)state;
    assert_true(camera_tick(c, true));
    for (int i = 0; i < 20 && camera_state(c) != CAMERA_NONE; i++) {
        wait_ring();
        (void)camera_tick(c, true);
    }
    assert_int_equal(camera_state(c), CAMERA_NONE);
    assert_false(camera_tick(c, true));
    assert_int_equal(camera_state(c), CAMERA_NONE);
    camera_destroy(c);
}

static void test_nobody_is_no_camera(void **state)
{
    (void)state;
    assert_false(camera_tick(NULL, true));
    assert_int_equal(camera_state(NULL), CAMERA_NONE);
    assert_null(camera_code(NULL));
    camera_destroy(NULL);
}

int main(void)
{
    static const struct CMUnitTest others[] = {
        cmocka_unit_test(test_a_card_before_it_is_heard_and_leaving_ends_it),
        cmocka_unit_test(test_without_a_camera_it_is_asked_once),
        cmocka_unit_test(test_nobody_is_no_camera),
    };
    struct CMUnitTest tests[COUNT(rows) + COUNT(others)];

    sem_init(&rung, 0, 0);
    memcpy(tests, others, sizeof(others));
    for (size_t i = 0; i < COUNT(rows); i++)
        tests[COUNT(others) + i] =
            (struct CMUnitTest){ .name = rows[i].name,
                                 .test_func = check_row,
                                 .initial_state = (void *)(uintptr_t)&rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
