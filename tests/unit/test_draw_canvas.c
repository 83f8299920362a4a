/* Shapes, pixel by pixel: coverage, symmetry, clips. */
#include "cmocka_all.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "platform/canvas.h"

#define W 64
#define H 48
#define WHITE 0xFFFFFFFF
#define BLACK 0xFF000000

struct fixture {
    uint32_t px[W * H];
    struct canvas c;
};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));

    assert_non_null(f);
    for (size_t i = 0; i < W * H; i++)
        f->px[i] = WHITE;
    f->c = (struct canvas){
        .px = f->px, .w = W, .h = H, .stride = W, .clip = { 0, 0, W, H }
    };
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    canvas_finish(&f->c);
    free(f);
    return 0;
}

static int dark(const struct fixture *f, int x, int y) /* 0 white … 255 black */
{
    return 255 - (int)(f->px[y * W + x] & 0xFF);
}

/* All the ink on the canvas, in whole pixels. */
static double ink(const struct fixture *f)
{
    double sum = 0;

    for (int i = 0; i < W * H; i++)
        sum += dark(f, i % W, i / W);
    return sum / 255;
}

static void assert_about(double got, double want, double within)
{
    if (got < want - within || got > want + within)
        fail_msg("%f is not %f ± %f", got, want, within);
}

static void assert_symmetric(const struct fixture *f, struct box b)
{
    for (int y = 0; y < b.h; y++) {
        for (int x = 0; x < b.w; x++) {
            int d = dark(f, b.x + x, b.y + y);

            assert_int_equal(d, dark(f, b.x + b.w - 1 - x, b.y + y));
            assert_int_equal(d, dark(f, b.x + x, b.y + b.h - 1 - y));
        }
    }
}

static void test_a_square_fill_covers_its_box_and_nothing_else(void **state)
{
    struct fixture *f = *state;

    canvas_fill(&f->c, (struct box){ 3, 4, 10, 20 }, 0, UI_CORNERS_ALL, BLACK);
    assert_about(ink(f), 200, 0);
    assert_int_equal(dark(f, 3, 4), 255);
    assert_int_equal(dark(f, 12, 23), 255);
    assert_int_equal(dark(f, 13, 23), 0);
}

static void test_round_corners_have_the_area_of_circles(void **state)
{
    struct fixture *f = *state;
    struct box b = { 2, 2, 40, 36 };

    canvas_fill(&f->c, b, 12, UI_CORNERS_ALL, BLACK);
    assert_about(ink(f), 40 * 36 - (4 - 3.14159) * 12 * 12, 2);
    assert_symmetric(f, b);
    assert_int_equal(dark(f, 2, 2), 0);
    assert_int_equal(dark(f, 2 + 12, 2), 255);
}

static void test_a_radius_beyond_the_box_makes_a_pill(void **state)
{
    struct fixture *f = *state;
    struct box b = { 2, 2, 40, 20 };

    canvas_fill(&f->c, b, 4000, UI_CORNERS_ALL, BLACK);
    assert_about(ink(f), 20 * 20 + 3.14159 * 100, 2);
    assert_symmetric(f, b);
}

static void test_only_the_asked_corners_are_round(void **state)
{
    struct fixture *f = *state;

    canvas_fill(&f->c, (struct box){ 0, 0, 20, 20 }, 8, UI_CORNERS_TOP, BLACK);
    assert_int_equal(dark(f, 0, 0), 0);
    assert_int_equal(dark(f, 19, 0), 0);
    assert_int_equal(dark(f, 0, 19), 255);
    canvas_fill(&f->c, (struct box){ 30, 0, 20, 20 }, 8, UI_CORNERS_LEFT, BLACK);
    assert_int_equal(dark(f, 30, 0), 0);
    assert_int_equal(dark(f, 30, 19), 0);
    assert_int_equal(dark(f, 49, 0), 255);
}

static void test_a_border_leaves_the_inside_alone(void **state)
{
    struct fixture *f = *state;
    struct box b = { 1, 1, 60, 44 };

    canvas_border(&f->c, b, 12, UI_CORNERS_ALL, 3, false, BLACK);
    assert_symmetric(f, b);
    assert_int_equal(dark(f, 30, 1), 255);
    assert_int_equal(dark(f, 30, 3), 255);
    assert_int_equal(dark(f, 30, 4), 0);
    assert_int_equal(dark(f, 3, 20), 255);
    assert_int_equal(dark(f, 4, 20), 0);
    /* straight sides, and a ring of mean radius 10.5 */
    assert_about(ink(f), 3 * 2 * (36 + 20) + 2 * 3.14159 * 10.5 * 3, 2);
}

static void test_a_square_border_has_square_corners(void **state)
{
    struct fixture *f = *state;

    canvas_border(&f->c, (struct box){ 5, 5, 20, 20 }, 0, UI_CORNERS_ALL, 2, false,
                  BLACK);
    assert_about(ink(f), 20 * 20 - 16 * 16, 0.01);
}

static void test_dashes_cover_some_four_sevenths(void **state)
{
    struct fixture *f = *state;
    double whole;
    double dashed;

    canvas_border(&f->c, (struct box){ 1, 1, 60, 44 }, 12, UI_CORNERS_ALL, 3, false,
                  BLACK);
    whole = ink(f);
    for (size_t i = 0; i < W * H; i++)
        f->px[i] = WHITE;
    canvas_border(&f->c, (struct box){ 1, 1, 60, 44 }, 12, UI_CORNERS_ALL, 3, true,
                  BLACK);
    dashed = ink(f);
    assert_about(dashed / whole, 4.0 / 7, 0.03);
}

static const struct ring_row {
    const char *name;
    int per_mille;
    double quarters; /* of the whole ring, without the round ends */
} ring_rows[] = {
    { "nothing", 0, 0 },          { "a quarter", 250, 1 },  { "a half", 500, 2 },
    { "three quarters", 750, 3 }, { "all of it", 1000, 4 },
};

static void check_ring(void **state)
{
    const struct ring_row *r = *state;
    void *fixture;
    struct fixture *f;
    double ends = r->per_mille > 0 && r->per_mille < 1000 ? 3.14159 * 4 : 0;

    setup(&fixture);
    f = fixture;
    canvas_ring(&f->c, (struct box){ 4, 4, 40, 40 }, 4, r->per_mille, BLACK);
    assert_about(ink(f), r->quarters * 3.14159 / 2 * 18 * 4 + ends, 3);
    teardown(&fixture);
}

static void test_a_quarter_ring_begins_at_the_top_and_goes_right(void **state)
{
    struct fixture *f = *state;

    canvas_ring(&f->c, (struct box){ 4, 4, 40, 40 }, 4, 250, BLACK);
    assert_int_equal(dark(f, 24 + 12, 24 - 13), 255);
    assert_int_equal(dark(f, 24 - 13, 24 - 13), 0);
    assert_int_equal(dark(f, 24 - 13, 24 + 12), 0);
}

static void test_a_shadow_fades_outwards_and_lies_lower(void **state)
{
    struct fixture *f = *state;

    canvas_shadow(&f->c, (struct box){ 20, 14, 24, 10 }, 2, 4, 8, 0x80000000);
    assert_true(dark(f, 32, 30) > dark(f, 32, 34));
    assert_true(dark(f, 32, 34) > dark(f, 32, 38));
    assert_true(dark(f, 32, 26) > dark(f, 32, 11)); /* same distance below and above */
    assert_int_equal(dark(f, 0, 0), 0);
}

static void test_nothing_is_drawn_outside_the_clip(void **state)
{
    struct fixture *f = *state;
    unsigned char mask[W * H];
    uint32_t red[W * H];
    struct picture p = { red, W, H, true };
    struct box all = { -10, -10, W + 20, H + 20 };

    memset(mask, 255, sizeof(mask));
    for (size_t i = 0; i < W * H; i++)
        red[i] = 0xFFFF0000;
    f->c.clip = (struct box){ 10, 12, 5, 3 };
    canvas_fill(&f->c, all, 30, UI_CORNERS_ALL, BLACK);
    canvas_border(&f->c, all, 30, UI_CORNERS_ALL, 25, true, BLACK);
    canvas_shadow(&f->c, all, 8, 3, 20, 0x66000000);
    canvas_ring(&f->c, all, 30, 900, BLACK);
    canvas_mask(&f->c, 0, 0, mask, W, H, BLACK);
    canvas_picture(&f->c, 0, 0, &p);
    for (int y = 0; y < H; y++) {
        for (int x = 0; x < W; x++) {
            bool inside = x >= 10 && x < 15 && y >= 12 && y < 15;

            assert_int_equal(f->px[y * W + x], inside ? 0xFFFF0000 : WHITE);
        }
    }
}

static void test_half_covered_is_half_as_dark(void **state)
{
    struct fixture *f = *state;
    const unsigned char mask[3] = { 0, 128, 255 };

    canvas_mask(&f->c, 5, 5, mask, 3, 1, BLACK);
    assert_int_equal(dark(f, 5, 5), 0);
    assert_about(dark(f, 6, 5), 128, 1);
    assert_int_equal(dark(f, 7, 5), 255);
}

static void test_a_scrim_darkens_without_losing_channels(void **state)
{
    struct fixture *f = *state;

    f->px[0] = 0xFF173B6C;
    canvas_fill(&f->c, (struct box){ 0, 0, W, H }, 0, UI_CORNERS_ALL, SCRIM);
    assert_about(f->px[0] >> 16 & 0xFF, 0x22 * 0.72 + 0x17 * 0.28, 1.5);
    assert_about(f->px[0] >> 8 & 0xFF, 0x17 * 0.72 + 0x3B * 0.28, 1.5);
    assert_about(f->px[0] & 0xFF, 0x0E * 0.72 + 0x6C * 0.28, 1.5);
}

static void test_a_rounded_picture_lets_the_ground_through(void **state)
{
    struct fixture *f = *state;
    uint32_t px[20 * 20];
    struct picture p = { px, 20, 20, true };

    for (size_t i = 0; i < COUNT(px); i++)
        px[i] = BLACK;
    canvas_round_picture(&f->c, &p, 8, UI_CORNERS_ALL);
    canvas_picture(&f->c, 10, 10, &p);
    assert_about(ink(f), 400 - (4 - 3.14159) * 64, 2);
    assert_symmetric(f, (struct box){ 10, 10, 20, 20 });
}

#define ON_CANVAS(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    struct CMUnitTest tests[13 + COUNT(ring_rows)] = {
        ON_CANVAS(test_a_square_fill_covers_its_box_and_nothing_else),
        ON_CANVAS(test_round_corners_have_the_area_of_circles),
        ON_CANVAS(test_a_radius_beyond_the_box_makes_a_pill),
        ON_CANVAS(test_only_the_asked_corners_are_round),
        ON_CANVAS(test_a_border_leaves_the_inside_alone),
        ON_CANVAS(test_a_square_border_has_square_corners),
        ON_CANVAS(test_dashes_cover_some_four_sevenths),
        ON_CANVAS(test_a_quarter_ring_begins_at_the_top_and_goes_right),
        ON_CANVAS(test_a_shadow_fades_outwards_and_lies_lower),
        ON_CANVAS(test_nothing_is_drawn_outside_the_clip),
        ON_CANVAS(test_half_covered_is_half_as_dark),
        ON_CANVAS(test_a_scrim_darkens_without_losing_channels),
        ON_CANVAS(test_a_rounded_picture_lets_the_ground_through),
    };

    for (size_t i = 0; i < COUNT(ring_rows); i++)
        tests[13 + i] =
            (struct CMUnitTest){ .name = ring_rows[i].name,
                                 .test_func = check_ring,
                                 .initial_state = (void *)(uintptr_t)&ring_rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
