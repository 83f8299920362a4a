/* Pictures made smaller and larger. */
#include "cmocka_all.h"

#include <stdlib.h>

#include "base/check.h"
#include "platform/scale.h"

#define RED 0xFFFF0000
#define BLUE 0xFF0000FF
#define CLEAR 0x00FFFFFF

static struct picture scaled(const uint32_t *px, int w, int h, int out_w, int out_h)
{
    struct scale_source s = {
        .px = (const unsigned char *)px, .w = w, .h = h, .pitch = w * 4
    };
    struct scale_part all = { 0, 0, (float)w, (float)h, out_w, out_h };

    return scale_picture(&s, &all);
}

static const struct row {
    const char *name;
    uint32_t px[4]; /* 4×1 */
    int out_w;
    uint32_t want[8];
    bool opaque;
} rows[] = {
    { "the same size is the same picture",
      { RED, BLUE, RED, BLUE },
      4,
      { RED, BLUE, RED, BLUE },
      true },
    { "half the size is the average",
      { RED, RED, RED, BLUE },
      2,
      { RED, 0xFF800080 },
      true },
    { "one pixel is the average of all",
      { RED, BLUE, BLUE, RED },
      1,
      { 0xFF800080 },
      true },
    { "a clear neighbour takes no colour away",
      { RED, CLEAR, RED, RED },
      2,
      { 0x80FF0000, RED },
      false },
    { "nothing stays nothing", { CLEAR, CLEAR, CLEAR, CLEAR }, 2, { 0, 0 }, false },
    { "larger is in between",
      { RED, RED, BLUE, BLUE },
      8,
      { RED, RED, RED, 0xFFBF0040, 0xFF4000BF, BLUE, BLUE, BLUE },
      true },
};

static void check_row(void **state)
{
    const struct row *r = *state;
    struct picture p = scaled(r->px, 4, 1, r->out_w, 1);

    assert_int_equal(p.w, r->out_w);
    assert_int_equal(p.opaque, r->opaque);
    for (int i = 0; i < r->out_w; i++)
        assert_int_equal(p.px[i], r->want[i]);
    free(p.px);
}

static void test_uneven_sizes_keep_the_mean(void **state)
{
    uint32_t px[100 * 70];
    struct picture p;
    double want = 0;
    double got = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(px); i++) {
        uint32_t v = (uint32_t)(i * 2654435761U) >> 24;

        px[i] = 0xFF000000 | v << 16;
        want += v;
    }
    p = scaled(px, 100, 70, 37, 23);
    for (size_t i = 0; i < 37 * 23; i++)
        got += p.px[i] >> 16 & 0xFF;
    want /= COUNT(px);
    got /= 37 * 23;
    assert_true(got > want - 1 && got < want + 1);
    free(p.px);
}

static void test_a_part_shows_nothing_of_the_rest(void **state)
{
    uint32_t px[6] = { RED, RED, BLUE, BLUE, RED, RED };
    struct scale_source s = {
        .px = (const unsigned char *)px, .w = 6, .h = 1, .pitch = 24
    };
    struct scale_part middle = { 2, 0, 2, 1, 1, 1 };
    struct picture p = scale_picture(&s, &middle);

    (void)state;
    assert_int_equal(p.px[0], BLUE);
    free(p.px);
}

static void test_the_other_byte_order_gives_the_same_colours(void **state)
{
    uint32_t px[1] = { 0xFF0000FF }; /* red, when red is last */
    struct scale_source s = {
        .px = (const unsigned char *)px, .w = 1, .h = 1, .pitch = 4, .red_last = true
    };
    struct scale_part all = { 0, 0, 1, 1, 3, 3 };
    struct picture p = scale_picture(&s, &all);

    (void)state;
    for (int i = 0; i < 9; i++)
        assert_int_equal(p.px[i], RED);
    free(p.px);
}

int main(void)
{
    struct CMUnitTest tests[3 + COUNT(rows)] = {
        cmocka_unit_test(test_uneven_sizes_keep_the_mean),
        cmocka_unit_test(test_a_part_shows_nothing_of_the_rest),
        cmocka_unit_test(test_the_other_byte_order_gives_the_same_colours),
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        tests[3 + i] =
            (struct CMUnitTest){ .name = rows[i].name,
                                 .test_func = check_row,
                                 .initial_state = (void *)(uintptr_t)&rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
