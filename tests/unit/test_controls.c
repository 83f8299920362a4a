/* Controls of staff pages: what a tap on each returns, and that nothing is drawn outside. */
#include <string.h>

#include "cmocka_all.h"

#include "base/check.h"
#include "ui/controls.h"
#include "ui/ui_core.h"

static int letters(void *ctx, bool bold, int size, const char *text, size_t n)
{
    (void)ctx;
    (void)text;
    return (int)n * (bold ? 6 : 5) * size / 10;
}

static const struct ui_metrics metrics = { letters, NULL };

static struct ui *open_ui(void **state)
{
    (void)state;
    return ui_create(&metrics, 1000, 800, 160);
}

static void tap(struct ui *ui, const char *id)
{
    static int64_t now_ms = 0;

    now_ms += 1000; /* no tremor */
    ui_feed(ui,
            &(struct ui_event){ .kind = UI_EVENT_TAP_ID, .text = id, .t_ms = now_ms });
}

/* --- segments --------------------------------------------------------------------------- */

static const char *const ids[] = { "a", "b", "c" };
static const char *const words[] = { "Tháng này", "Quý này", "Năm nay" };

static int draw_segments(struct ui *ui, size_t chosen)
{
    int got = -1;

    do {
        int now;

        ui_begin(ui);
        now =
            staff_segments(ui, (struct rect){ 50, 50, 600, 66 }, ids, words, 3, chosen);
        ui_end(ui);
        got = now >= 0 ? now : got;
    } while (ui_again(ui));
    return got;
}

static void test_a_segment_says_which_was_tapped(void **state)
{
    struct ui *ui = open_ui(state);
    size_t n;
    const struct ui_node *nodes;

    assert_int_equal(draw_segments(ui, 0), -1);
    nodes = ui_nodes(ui, &n);
    assert_int_equal(n, 3);
    assert_true(nodes[0].state & UI_SELECTED);
    assert_false(nodes[2].state & UI_SELECTED);
    /* they touch each other and fill the frame */
    assert_true(nodes[0].box.x >= 50 && nodes[2].box.x + nodes[2].box.w <= 651);
    assert_in_range(nodes[1].box.x - nodes[0].box.x - nodes[0].box.w, 0, 1);
    tap(ui, "c");
    assert_int_equal(draw_segments(ui, 0), 2);
    ui_destroy(ui);
}

/* --- stepper, switch --------------------------------------------------------------------- */

static int draw_stepper(struct ui *ui)
{
    int by = 0;

    do {
        ui_begin(ui);
        by += staff_stepper(ui, "vol", "Độ to", "7", (struct rect){ 50, 50, 300, 62 });
        ui_end(ui);
    } while (ui_again(ui));
    return by;
}

static void test_a_stepper_goes_both_ways(void **state)
{
    struct ui *ui = open_ui(state);

    assert_int_equal(draw_stepper(ui), 0);
    tap(ui, "vol.less");
    assert_int_equal(draw_stepper(ui), -1);
    tap(ui, "vol.more");
    assert_int_equal(draw_stepper(ui), 1);
    ui_destroy(ui);
}

static void test_a_switch_shows_its_state(void **state)
{
    struct ui *ui = open_ui(state);
    size_t n;

    ui_begin(ui);
    assert_false(
        staff_switch(ui, "guest", "Cho học thử", (struct rect){ 0, 0, 400, 80 }, true));
    ui_end(ui);
    assert_true(ui_nodes(ui, &n)[0].state & UI_SELECTED);
    tap(ui, "guest");
    ui_begin(ui);
    assert_true(staff_switch(ui, "guest", "Cho học thử", (struct rect){ 0, 0, 400, 80 },
                             false));
    ui_end(ui);
    assert_false(ui_nodes(ui, &n)[0].state & UI_SELECTED);
    ui_destroy(ui);
}

/* --- pager, keypad ------------------------------------------------------------------------ */

static int draw_pager(struct ui *ui, size_t first, size_t shown, size_t all)
{
    int by = 0;

    do {
        ui_begin(ui);
        by +=
            staff_pager(ui, (struct rect){ 50, 700, 600, 76 }, first, shown, all, NULL);
        ui_end(ui);
    } while (ui_again(ui));
    return by;
}

static void test_a_pager_stops_at_both_ends(void **state)
{
    struct ui *ui = open_ui(state);
    size_t n;

    assert_int_equal(draw_pager(ui, 0, 10, 10), 0);
    (void)ui_nodes(ui, &n);
    assert_int_equal(n, 0); /* nothing to turn */
    draw_pager(ui, 0, 10, 25);
    tap(ui, "page.up");
    assert_int_equal(draw_pager(ui, 0, 10, 25), 0);
    tap(ui, "page.down");
    assert_int_equal(draw_pager(ui, 0, 10, 25), 1);
    tap(ui, "page.down");
    assert_int_equal(draw_pager(ui, 20, 5, 25), 0);
    tap(ui, "page.up");
    assert_int_equal(draw_pager(ui, 20, 5, 25), -1);
    ui_destroy(ui);
}

static char draw_keypad(struct ui *ui)
{
    char got = 0;

    do {
        char key;

        ui_begin(ui);
        key =
            staff_keypad(ui, (struct rect){ 50, 50, 500, 600 }, "reg.age.key", "Tuổi");
        ui_end(ui);
        got = key ? key : got;
    } while (ui_again(ui));
    return got;
}

static void test_a_keypad_takes_taps_and_typed_digits(void **state)
{
    static const struct {
        const char *id;
        char want;
    } keys[] = { { "code.0", '0' },
                 { "code.1", '1' },
                 { "code.9", '9' },
                 { "code.del", '\b' },
                 { "reg.age.key", 'x' } };
    struct ui *ui = open_ui(state);

    assert_int_equal(draw_keypad(ui), 0);
    for (size_t i = 0; i < COUNT(keys); i++) {
        tap(ui, keys[i].id);
        assert_int_equal(draw_keypad(ui), keys[i].want);
    }
    ui_feed(ui, &(struct ui_event){ .kind = UI_EVENT_CHAR, .ch = '4' });
    assert_int_equal(draw_keypad(ui), '4');
    ui_feed(ui, &(struct ui_event){ .kind = UI_EVENT_KEY, .key = UI_EVENT_KEY_ERASE });
    assert_int_equal(draw_keypad(ui), '\b');
    ui_destroy(ui);
}

/* --- text and charts ----------------------------------------------------------------------- */

static const char *last_text(const struct ui *ui)
{
    const char *text = NULL;
    size_t n;
    const struct ui_cmd *c = ui_cmds(ui, &n);

    for (size_t i = 0; i < n; i++)
        if (c[i].kind == UI_CMD_TEXT)
            text = c[i].text;
    return text;
}

static void test_a_long_name_is_cut_between_syllables(void **state)
{
    struct ui *ui = open_ui(state);
    struct rect r = { 0, 0, 200, 30 };
    const char *shown;

    ui_begin(ui);
    assert_true(staff_line(ui, r, "Nguyen Thi Hoang Anh Phuong",
                           (struct ui_font){ 22, 30, true }, INK) <= 200);
    ui_end(ui);
    shown = last_text(ui);
    assert_true(strstr(shown, "…") != NULL);
    assert_memory_equal(shown, "Nguyen", 6);
    assert_null(strstr(shown, " …"));
    ui_begin(ui);
    staff_line(ui, r, "Nga", (struct ui_font){ 22, 30, true }, INK);
    ui_end(ui);
    assert_string_equal(last_text(ui), "Nga");
    ui_destroy(ui);
}

static void test_bars_stay_inside_and_small_ones_are_seen(void **state)
{
    static const struct staff_bar bars[] = { { "Nước Giáp", "74", 1, -1, false, false },
                                             { "Hố Sâu", "1", 0.001, 0.5, false, true },
                                             { "Bùi Hui", "chưa có số liệu", 0, -1,
                                               false, false } };
    struct ui *ui = open_ui(state);
    struct rect r = { 40, 40, 500, 300 };
    size_t n, n_fills = 0;
    const struct ui_cmd *c;

    for (int columns = 0; columns < 2; columns++) {
        ui_begin(ui);
        if (columns)
            staff_columns(ui, r, "chart", "Theo tháng", bars, 3);
        else
            staff_bars(ui, r, "chart", "Theo thôn", bars, 3);
        ui_end(ui);
        c = ui_cmds(ui, &n);
        n_fills = 0;
        for (size_t i = 0; i < n; i++) {
            assert_true(c[i].box.x >= 39 && c[i].box.y >= 39);
            assert_true(c[i].kind == UI_CMD_TEXT || c[i].box.x + c[i].box.w <= 541);
            if (c[i].kind == UI_CMD_FILL &&
                (c[i].colour == INDIGO || c[i].colour == NGHE)) {
                n_fills++;
                assert_true(columns ? c[i].box.h >= 4 : c[i].box.w >= 4);
            }
        }
        assert_int_equal(n_fills, 2); /* none for "no data" */
    }
    ui_destroy(ui);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_segment_says_which_was_tapped),
        cmocka_unit_test(test_a_stepper_goes_both_ways),
        cmocka_unit_test(test_a_switch_shows_its_state),
        cmocka_unit_test(test_a_pager_stops_at_both_ends),
        cmocka_unit_test(test_a_keypad_takes_taps_and_typed_digits),
        cmocka_unit_test(test_a_long_name_is_cut_between_syllables),
        cmocka_unit_test(test_bars_stay_inside_and_small_ones_are_seen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
