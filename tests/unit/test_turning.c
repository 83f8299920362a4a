/* A page that comes in: from the old pixels to the new ones, never beyond the picture. */
#include <stdlib.h>

#include "cmocka_all.h"

#include "base/check.h"
#include "platform/turning.h"

#define W 8
#define H 6
#define STRIDE 10 /* wider than the picture: what lies beside it is not ours */
#define OLD 0x102030U
#define NEW 0x708090U
#define BESIDE 0xABCDEFU

struct screen {
    uint32_t px[STRIDE * H];
    struct canvas canvas;
    struct turning turning;
};

static void paint(struct screen *s, uint32_t colour)
{
    for (int i = 0; i < STRIDE * H; i++)
        s->px[i] = i % STRIDE < W ? colour : BESIDE;
}

static void begin(struct screen *s, enum motion motion)
{
    *s = (struct screen){ .canvas = { .px = s->px, .w = W, .h = H, .stride = STRIDE } };
    paint(s, OLD);
    turning_begin(&s->turning, &s->canvas, motion, 4);
    paint(s, NEW);
    turning_take(&s->turning, &s->canvas, 1000);
}

static void assert_all(const struct screen *s, uint32_t colour)
{
    for (int i = 0; i < STRIDE * H; i++)
        assert_int_equal(s->px[i], i % STRIDE < W ? colour : BESIDE);
}

static void test_from_the_old_page_to_the_new_one(void **state)
{
    static const enum motion motions[] = { MOTION_TURN, MOTION_RISE };

    (void)state;
    for (size_t i = 0; i < COUNT(motions); i++) {
        struct screen s;

        begin(&s, motions[i]);
        assert_true(turning_step(&s.turning, &s.canvas, 1000));
        assert_all(&s, OLD);
        assert_true(turning_step(&s.turning, &s.canvas, 1090));
        assert_true(s.px[0] > OLD && s.px[0] < NEW);
        assert_false(turning_step(&s.turning, &s.canvas, 1220));
        assert_all(&s, NEW);
        assert_int_equal(s.turning.motion, MOTION_CUT);
        assert_null(s.turning.from);
    }
}

static void test_it_can_be_cut_short(void **state)
{
    struct screen s;

    (void)state;
    begin(&s, MOTION_TURN);
    assert_true(turning_step(&s.turning, &s.canvas, 1010));
    turning_end(&s.turning, &s.canvas);
    assert_all(&s, NEW);
    turning_end(&s.turning, &s.canvas); /* nothing is left to end */
    assert_false(turning_step(&s.turning, &s.canvas, 1020));
}

static void test_a_window_of_another_size_is_left_alone(void **state)
{
    struct screen s;

    (void)state;
    begin(&s, MOTION_TURN);
    s.canvas.h = H - 1;
    assert_false(turning_step(&s.turning, &s.canvas, 1010));
    assert_all(&s, NEW);
    assert_null(s.turning.to);
}

static void test_a_clock_that_goes_back_ends_it(void **state)
{
    struct screen s;

    (void)state;
    begin(&s, MOTION_RISE);
    assert_false(turning_step(&s.turning, &s.canvas, 900));
    assert_all(&s, NEW);
}

static void test_sixty_steps_are_due_in_a_second(void **state)
{
    struct turning t = { .began_ms = 1000 };
    int64_t now = 1000;
    int n = 0;

    (void)state;
    for (; now < 2000; n++)
        now += turning_wait_ms(&t, now);
    assert_int_equal(n, 60);
    assert_int_equal(now, 2000);
    assert_int_equal(turning_wait_ms(&t, 1020), 14);  /* woken late: sooner */
    assert_in_range(turning_wait_ms(&t, 900), 1, 17); /* a clock that went back */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sixty_steps_are_due_in_a_second),
        cmocka_unit_test(test_from_the_old_page_to_the_new_one),
        cmocka_unit_test(test_it_can_be_cut_short),
        cmocka_unit_test(test_a_window_of_another_size_is_left_alone),
        cmocka_unit_test(test_a_clock_that_goes_back_ends_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
