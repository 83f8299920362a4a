/* A person before a microphone: cut to what is spoken, as loud as all others. */
#include <math.h>
#include <stdlib.h>

#include "cmocka_all.h"

#include "speech.h"
#include "take.h"

#define RATE 8000
#define PI 3.14159265

/* A voice of 300 Hz at `level`, in the noise of a room. */
static void add(struct speech *s, double seconds, double level)
{
    static unsigned seed = 1;

    for (int i = 0; i < (int)(seconds * RATE); i++) {
        double x = level * sin(2 * PI * 300 * i / RATE);

        seed = seed * 1103515245U + 12345U;
        speech_add(s, &(short){ (short)(x + (double)(seed >> 16 & 0x3F) - 32) }, 1);
    }
}

static double rms(const struct speech *s)
{
    double sum = 0;

    for (size_t i = 0; i < s->n; i++)
        sum += (double)s->pcm[i] * (double)s->pcm[i];
    return sqrt(sum / (double)s->n);
}

static void test_the_room_before_and_after_is_cut_off(void **state)
{
    struct speech s = { .rate = RATE };

    (void)state;
    add(&s, 1.5, 0);
    add(&s, 1.0, 6000);
    add(&s, 2.0, 0);
    assert_true(take_clean(&s));
    assert_in_range(s.n, RATE, RATE * 14 / 10);
    speech_finish(&s);
}

static void test_near_and_far_become_as_loud(void **state)
{
    static const double levels[] = { 800, 4000, 30000 };

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct speech s = { .rate = RATE };
        double dbfs;

        add(&s, 0.5, 0);
        add(&s, 1.0, levels[i]);
        add(&s, 0.5, 0);
        assert_true(take_clean(&s));
        dbfs = 20 * log10(rms(&s));
        assert_true(dbfs > -22.5 && dbfs < -18.5);
        for (size_t k = 0; k < s.n; k++)
            assert_true(fabsf(s.pcm[k]) < 0.9F);
        speech_finish(&s);
    }
}

static void test_a_room_without_a_voice_is_nobody(void **state)
{
    struct speech s = { .rate = RATE };

    (void)state;
    assert_false(take_clean(&s));
    add(&s, 2, 0);
    assert_false(take_clean(&s));
    speech_finish(&s);
}

static void test_a_click_is_no_voice(void **state)
{
    struct speech s = { .rate = RATE };

    (void)state;
    add(&s, 1, 0);
    add(&s, 0.02, 20000);
    add(&s, 1, 0);
    assert_false(take_clean(&s));
    speech_finish(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_room_before_and_after_is_cut_off),
        cmocka_unit_test(test_near_and_far_become_as_loud),
        cmocka_unit_test(test_a_room_without_a_voice_is_nobody),
        cmocka_unit_test(test_a_click_is_no_voice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
