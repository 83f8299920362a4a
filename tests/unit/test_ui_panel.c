#include <string.h>

#include "cmocka_all.h"

#include "base/check.h"
#include "ui/ui_core.h"

static int width_10(void *ctx, bool bold, int size, const char *text, size_t n)
{
    (void)ctx;
    (void)bold;
    (void)size;
    (void)text;
    return (int)n * 10;
}

static const struct ui_metrics metrics = { width_10, NULL };

/* tokens.md §1. */
static const struct row {
    const char *name;
    int w, h, dpi;
    int want_64ths;
    enum panel want;
} rows[] = {
    { "10.1 inch, the reference", 1280, 800, 0, 60, PANEL_REG },
    { "7 inch", 800, 480, 0, 53, PANEL_CMP },
    { "21 inch grows by its size", 1920, 1080, 0, 80, PANEL_WIDE },
    { "7 inch upright", 720, 1280, 0, 83, PANEL_POR },
    { "a measured dpi counts", 1280, 800, 160, 64, PANEL_REG },
    { "a dpi too large keeps the page's room", 1280, 800, 320, 87, PANEL_CMP },
    { "… upright", 720, 1280, 600, 85, PANEL_POR },
    { "… on the small panel", 800, 480, 1000, 54, PANEL_CMP },
    { "a dpi too small keeps the size of buttons", 1280, 800, 30, 53, PANEL_REG },
    { "an unknown wide window", 1300, 812, 0, 61, PANEL_REG },
    { "an unknown upright window", 700, 1200, 0, 81, PANEL_POR },
    { "a tiny window still works", 64, 48, 1, 3, PANEL_REG },
};

static void check_row(void **state)
{
    const struct row *r = *state;
    struct ui *ui = ui_create(&metrics, r->w, r->h, r->dpi);

    assert_int_equal((int)(ui_scale(ui) * 64 + 0.5F), r->want_64ths);
    assert_int_equal(ui_panel(ui), r->want);
    ui_destroy(ui);
}

static void test_slices_leave_the_rest(void **state)
{
    struct rect r = { 10, 20, 100, 80 };
    struct rect top = rect_cut_top(&r, 30);
    struct rect left = rect_cut_left(&r, 40);
    struct rect bottom = rect_cut_bottom(&r, 10);
    struct rect right = rect_cut_right(&r, 5);

    (void)state;
    assert_int_equal((int)top.h, 30);
    assert_int_equal((int)left.y, 50);
    assert_int_equal((int)bottom.y, 90);
    assert_int_equal((int)right.x, 105);
    assert_int_equal((int)(r.x + r.y + r.w + r.h), 50 + 50 + 55 + 40);
}

static void test_neighbours_in_dp_meet_in_px(void **state)
{
    struct ui *ui = ui_create(&metrics, 1280, 800, 0);
    const struct ui_cmd *c;
    size_t n;

    (void)state;
    ui_begin(ui);
    for (int i = 0; i < 50; i++)
        ui_box(ui, (struct rect){ (float)i * 7.3F, 0, 7.3F, 5 },
               &(struct ui_box_style){ .fill = INK });
    ui_end(ui);
    c = ui_cmds(ui, &n);
    assert_int_equal(n, 50);
    for (size_t i = 1; i < n; i++)
        assert_int_equal(c[i].box.x, c[i - 1].box.x + c[i - 1].box.w);
    ui_destroy(ui);
}

static void test_a_line_is_never_thinner_than_a_pixel(void **state)
{
    struct ui *ui = ui_create(&metrics, 64, 48, 1);
    const struct ui_cmd *c;
    size_t n;

    (void)state;
    ui_begin(ui);
    ui_box(ui, (struct rect){ 0, 0, 300, 300 },
           &(struct ui_box_style){ .border = INK, .line = 2 });
    ui_end(ui);
    c = ui_cmds(ui, &n);
    assert_int_equal(n, 1);
    assert_int_equal(c[0].line, 1);
    ui_destroy(ui);
}

static void test_the_smallest_wish_wakes(void **state)
{
    struct ui *ui = ui_create(&metrics, 1280, 800, 0);

    (void)state;
    ui_begin(ui);
    ui_end(ui);
    assert_int_equal(ui_wake_ms(ui), -1);
    ui_begin(ui);
    ui_wake_in(ui, 900);
    ui_wake_in(ui, 250);
    ui_wake_in(ui, 1000);
    ui_end(ui);
    assert_int_equal(ui_wake_ms(ui), 250);
    ui_destroy(ui);
}

static void one_text(struct ui *ui, const char *text, uint32_t colour)
{
    ui_begin(ui);
    ui_text(ui, (struct rect){ 0, 0, 500, 40 }, text, (struct ui_font){ 30, 38, true },
            colour, UI_LEFT);
    ui_end(ui);
}

static void test_equal_pages_have_equal_hashes(void **state)
{
    struct ui *ui = ui_create(&metrics, 1280, 800, 0);
    uint64_t hash;

    (void)state;
    one_text(ui, "Tiếp", INK);
    hash = ui_hash(ui);
    one_text(ui, "Tiếp", INK);
    assert_true(ui_hash(ui) == hash);
    one_text(ui, "Tiếq", INK);
    assert_true(ui_hash(ui) != hash);
    one_text(ui, "Tiếp", INK2);
    assert_true(ui_hash(ui) != hash);
    ui_destroy(ui);
}

int main(void)
{
    struct CMUnitTest tests[5 + COUNT(rows)] = {
        cmocka_unit_test(test_slices_leave_the_rest),
        cmocka_unit_test(test_neighbours_in_dp_meet_in_px),
        cmocka_unit_test(test_a_line_is_never_thinner_than_a_pixel),
        cmocka_unit_test(test_the_smallest_wish_wakes),
        cmocka_unit_test(test_equal_pages_have_equal_hashes),
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        tests[5 + i] =
            (struct CMUnitTest){ .name = rows[i].name,
                                 .test_func = check_row,
                                 .initial_state = (void *)(uintptr_t)&rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
