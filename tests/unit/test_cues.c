/* The sound cues: as long as the design says, soft, and without a click at either end. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/check.h"
#include "platform/cues.h"

static void test_cues_have_the_lengths_of_the_design(void **state)
{
    static const int ms[CUE_COUNT] = { 40, 250, 350, 250, 900, 600, 200 };

    (void)state;
    for (int cue = 0; cue < CUE_COUNT; cue++)
        assert_int_equal(cue_samples((enum cue)cue), ms[cue] * CUE_RATE / 1000);
}

static void test_cues_are_heard_and_never_shout(void **state)
{
    static int16_t samples[CUE_RATE];

    (void)state;
    for (int cue = 0; cue < CUE_COUNT; cue++) {
        size_t n = cue_samples((enum cue)cue);
        int peak = 0;
        double power = 0;

        cue_make((enum cue)cue, samples);
        for (size_t i = 0; i < n; i++) {
            int level = samples[i] < 0 ? -samples[i] : samples[i];

            peak = level > peak ? level : peak;
            power += (double)level * level;
        }
        assert_in_range(peak, 1500, 10000);           /* -27 to -10 dBFS */
        assert_true(sqrt(power / (double)n) > 300);   /* louder than -41 dBFS */
        assert_in_range(samples[0] + 50, 0, 100);     /* begins … */
        assert_in_range(samples[n - 1] + 50, 0, 100); /* … and ends in silence */
    }
}

static void test_right_and_not_yet_are_told_apart(void **state)
{
    static int16_t right[CUE_RATE], not_yet[CUE_RATE];
    size_t n = cue_samples(CUE_NOT_YET);
    int crossings[2] = { 0 };

    (void)state;
    cue_make(CUE_RIGHT, right);
    cue_make(CUE_NOT_YET, not_yet);
    for (size_t i = 1; i < n; i++) {
        crossings[0] += (right[i] >= 0) != (right[i - 1] >= 0);
        crossings[1] += (not_yet[i] >= 0) != (not_yet[i - 1] >= 0);
    }
    assert_true(crossings[0] > 2 * crossings[1]); /* the one is high, the other low */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cues_have_the_lengths_of_the_design),
        cmocka_unit_test(test_cues_are_heard_and_never_shout),
        cmocka_unit_test(test_right_and_not_yet_are_told_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
