/* Samples: silence goes, marks move along, everybody is equally loud. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "speech.h"

#define RATE 1000 /* one sample a millisecond */

/* `n` samples of a square wave; 0 is silence. */
static void add(struct speech *s, size_t n, short level)
{
    for (size_t i = 0; i < n; i++)
        speech_add(s, &(short){ (short)(i % 2 ? level : -level) }, 1);
}

static void test_silence_goes_and_marks_move_along(void **state)
{
    struct speech_mark marks[] = { { 0, 0, 1 }, { 250, 2, 1 } };
    struct speech s = { .rate = RATE, .marks = marks, .n_marks = 2 };

    (void)state;
    add(&s, 200, 0);
    add(&s, 100, 8000);
    add(&s, 500, 0);
    speech_trim(&s);
    assert_int_equal(s.n, 30 + 100 + 120); /* a breath before, the last sound after */
    assert_int_equal(marks[0].ms, 0);
    assert_int_equal(marks[1].ms, 250 - 170);
    speech_finish(&s);
}

static void test_silence_alone_is_no_trouble(void **state)
{
    struct speech s = { .rate = RATE };

    (void)state;
    speech_trim(&s);
    assert_int_equal(s.n, 0);
    add(&s, 300, 0);
    speech_trim(&s);
    speech_level(&s);
    assert_true(s.n <= 300);
    speech_finish(&s);
}

static float loudness(const struct speech *s)
{
    float sum = 0;

    for (size_t i = 0; i < s->n; i++)
        sum += s->pcm[i] * s->pcm[i];
    return sqrtf(sum / (float)s->n);
}

static void test_a_quiet_and_a_loud_clip_become_the_same(void **state)
{
    static const short levels[] = { 300, 3000, 30000 };

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct speech s = { .rate = RATE };

        add(&s, 400, levels[i]);
        speech_level(&s);
        assert_float_equal(loudness(&s), 0.1F, 0.001F); /* -20 dBFS */
        speech_finish(&s);
    }
}

static void test_a_crack_is_not_clipped(void **state)
{
    struct speech s = { .rate = RATE };
    float top = 0;

    (void)state;
    add(&s, 1000, 100);
    add(&s, 2, 32000);
    speech_level(&s);
    for (size_t i = 0; i < s.n; i++)
        top = fmaxf(top, fabsf(s.pcm[i]));
    assert_true(top < 0.9F);
    speech_finish(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_silence_goes_and_marks_move_along),
        cmocka_unit_test(test_silence_alone_is_no_trouble),
        cmocka_unit_test(test_a_quiet_and_a_loud_clip_become_the_same),
        cmocka_unit_test(test_a_crack_is_not_clipped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
