/* Touch: when a finger on the glass is a tap, and on what. */
#include <string.h>

#include "cmocka_all.h"

#include "base/check.h"
#include "ui/ui_core.h"

/* dpi 160: 1 dp is 1 px, so that the numbers below are both. */
#define W 1000
#define H 800

static int width_10(void *ctx, bool bold, int size, const char *text, size_t n)
{
    (void)ctx;
    (void)bold;
    (void)size;
    (void)text;
    return (int)n * 10;
}

struct page {
    struct ui *ui;
    enum ui_role role;
    unsigned state;  /* of "a" */
    bool dialog;     /* "c" lies in a dialog over the others */
    int a, b, c;     /* how often each was tapped */
    unsigned seen_a; /* states given to the caller */
};

/* "a" and "b" stand 12 dp apart; "c" elsewhere. */
static void frame(struct page *p)
{
    ui_begin(p->ui);
    p->a += ui_target(p->ui, p->role, "a", "A", (struct rect){ 100, 100, 200, 100 },
                      p->state, &p->seen_a);
    p->b += ui_target(p->ui, p->role, "b", "B", (struct rect){ 312, 100, 200, 100 }, 0,
                      NULL);
    if (p->dialog)
        ui_dialog_begin(p->ui, "ask", "Hỏi", (struct rect){ 50, 50, 800, 600 });
    p->c += ui_target(p->ui, p->role, "c", "C", (struct rect){ 100, 400, 200, 100 }, 0,
                      NULL);
    if (p->dialog)
        ui_dialog_end(p->ui);
    ui_end(p->ui);
}

static void frames(struct page *p)
{
    do {
        frame(p);
    } while (ui_again(p->ui));
}

static void touch(struct page *p, enum ui_event_kind kind, int x, int y, int64_t t_ms)
{
    ui_feed(p->ui, &(struct ui_event){ .kind = kind, .x = x, .y = y, .t_ms = t_ms });
}

static void tap(struct page *p, int x, int y, int64_t t_ms)
{
    touch(p, UI_EVENT_DOWN, x, y, t_ms);
    touch(p, UI_EVENT_UP, x, y, t_ms + 60);
    frames(p);
}

static struct page page_new(void)
{
    struct ui_metrics m = { width_10, NULL };
    struct page p = { .ui = ui_create(&m, W, H, 160), .role = UI_ROLE_BUTTON };

    frames(&p);
    return p;
}

static const struct row {
    const char *name;
    int down_x, down_y, up_x, up_y;
    int want_a, want_b;
} rows[] = {
    { "a tap in the middle counts", 200, 150, 200, 150, 1, 0 },
    { "the first pixel belongs to it", 100, 100, 100, 100, 1, 0 },
    { "8 dp outside still counts", 93, 150, 93, 150, 1, 0 },
    { "9 dp outside does not", 91, 150, 91, 150, 0, 0 },
    { "between two the nearest wins: left", 304, 150, 304, 150, 1, 0 },
    { "between two the nearest wins: right", 308, 150, 308, 150, 0, 1 },
    { "a slide of 24 dp still counts", 200, 150, 224, 150, 1, 0 },
    { "a longer slide does not", 200, 150, 226, 150, 0, 0 },
    { "release outside does not", 105, 150, 85, 150, 0, 0 },
    { "release on the neighbour taps neither", 298, 150, 318, 150, 0, 0 },
    { "a touch beside everything does nothing", 700, 700, 700, 700, 0, 0 },
    { "a touch outside the window does nothing", -5, -5, -5, -5, 0, 0 },
};

static void check_row(void **state)
{
    const struct row *r = *state;
    struct page p = page_new();

    touch(&p, UI_EVENT_DOWN, r->down_x, r->down_y, 1000);
    frames(&p);
    assert_int_equal(p.a + p.b, 0); /* never before the release */
    touch(&p, UI_EVENT_UP, r->up_x, r->up_y, 1080);
    frames(&p);
    assert_int_equal(p.a, r->want_a);
    assert_int_equal(p.b, r->want_b);
    ui_destroy(p.ui);
}

static void test_a_second_touch_within_350_ms_is_a_tremor(void **state)
{
    struct page p = page_new();

    (void)state;
    tap(&p, 200, 150, 1000);
    tap(&p, 200, 150, 1200);
    tap(&p, 400, 150, 1349);
    assert_int_equal(p.a, 1);
    assert_int_equal(p.b, 0);
    tap(&p, 200, 150, 1350);
    assert_int_equal(p.a, 2);
    ui_destroy(p.ui);
}

static void test_two_keys_in_quick_succession_are_two_letters(void **state)
{
    struct page p = page_new();

    (void)state;
    p.role = UI_ROLE_KEY;
    frames(&p);
    tap(&p, 200, 150, 1000);
    tap(&p, 400, 150, 1120);
    tap(&p, 400, 150, 1240);
    assert_int_equal(p.a, 1);
    assert_int_equal(p.b, 1); /* the same key twice is a tremor again */
    ui_destroy(p.ui);
}

static void test_pressing_shows_until_the_finger_slides_off(void **state)
{
    struct page p = page_new();

    (void)state;
    touch(&p, UI_EVENT_DOWN, 200, 150, 1000);
    frames(&p);
    assert_int_equal(p.seen_a, UI_PRESSED);
    touch(&p, UI_EVENT_MOVE, 260, 150, 1020);
    frames(&p);
    assert_int_equal(p.seen_a, 0);
    touch(&p, UI_EVENT_MOVE, 205, 150, 1040);
    frames(&p);
    assert_int_equal(p.seen_a, UI_PRESSED);
    touch(&p, UI_EVENT_CANCEL, 0, 0, 1060);
    touch(&p, UI_EVENT_UP, 205, 150, 1080);
    frames(&p);
    assert_int_equal(p.seen_a, 0);
    assert_int_equal(p.a, 0);
    ui_destroy(p.ui);
}

static void test_a_disabled_target_answers_so_that_it_can_say_why(void **state)
{
    struct page p = page_new();
    const struct ui_node *nodes;
    size_t n;

    (void)state;
    p.state = UI_DISABLED;
    frames(&p);
    tap(&p, 200, 150, 1000);
    assert_int_equal(p.a, 1);
    nodes = ui_nodes(p.ui, &n);
    assert_int_equal(n, 3);
    assert_int_equal(nodes[0].state, UI_DISABLED);
    ui_destroy(p.ui);
}

static void test_behind_a_dialog_nothing_can_be_tapped_or_seen(void **state)
{
    struct page p = page_new();
    const struct ui_node *nodes;
    size_t n;

    (void)state;
    p.dialog = true;
    frames(&p);
    nodes = ui_nodes(p.ui, &n);
    assert_int_equal(n, 2);
    assert_int_equal(nodes[0].role, UI_ROLE_DIALOG);
    assert_string_equal(nodes[1].id, "c");
    tap(&p, 200, 150, 1000);
    tap(&p, 200, 450, 2000);
    assert_int_equal(p.a, 0);
    assert_int_equal(p.c, 1);
    ui_destroy(p.ui);
}

static void test_one_frame_takes_one_action(void **state)
{
    struct page p = page_new();

    (void)state;
    touch(&p, UI_EVENT_DOWN, 200, 150, 1000);
    touch(&p, UI_EVENT_UP, 200, 150, 1050);
    touch(&p, UI_EVENT_DOWN, 400, 150, 2000);
    touch(&p, UI_EVENT_UP, 400, 150, 2050);
    frame(&p);
    assert_int_equal(p.a, 1);
    assert_int_equal(p.b, 0);
    assert_true(ui_again(p.ui));
    frame(&p); /* settles: the page may be another one now */
    assert_int_equal(p.b, 0);
    assert_true(ui_again(p.ui));
    frames(&p);
    assert_int_equal(p.b, 1);
    assert_false(ui_again(p.ui));
    ui_destroy(p.ui);
}

static void test_a_tap_by_name_needs_no_finger_but_a_target(void **state)
{
    struct page p = page_new();

    (void)state;
    ui_feed(p.ui, &(struct ui_event){ .kind = UI_EVENT_TAP_ID, .text = "b" });
    ui_feed(p.ui, &(struct ui_event){ .kind = UI_EVENT_TAP_ID, .text = "nobody" });
    frames(&p);
    assert_int_equal(p.a, 0);
    assert_int_equal(p.b, 1);
    ui_destroy(p.ui);
}

static void test_a_flood_of_events_is_cut_off(void **state)
{
    struct page p = page_new();

    (void)state;
    for (int i = 0; i < 3 * UI_QUEUE_MAX; i++)
        ui_feed(p.ui, &(struct ui_event){ .kind = UI_EVENT_TAP_ID, .text = "a" });
    frames(&p);
    assert_int_equal(p.a, UI_QUEUE_MAX);
    ui_destroy(p.ui);
}

static void test_a_tool_reaches_to_the_edge_of_the_screen(void **state)
{
    struct ui_metrics m = { width_10, NULL };
    struct ui *ui = ui_create(&m, W, H, 160);
    int tapped = 0;

    (void)state;
    for (int i = 0; i < 3; i++) {
        ui_begin(ui);
        tapped += ui_tool(ui, "bar.help", "raise", "Gọi giúp",
                          (struct rect){ 800, 24, 112, 80 }, 0);
        ui_end(ui);
        if (i == 0) {
            ui_feed(ui, &(struct ui_event){ .kind = UI_EVENT_DOWN, .x = 850, .y = 0 });
            ui_feed(ui, &(struct ui_event){ .kind = UI_EVENT_UP, .x = 850, .y = 1 });
        }
    }
    assert_int_equal(tapped, 1);
    ui_destroy(ui);
}

/* --- pushes --------------------------------------------------------------------------- */

/* dp from where "a" is touched to where it is let go. */
static const struct push {
    const char *name;
    int dx, dy;
    enum ui_way want;
    int taps;
} pushes[] = {
    { "a push up", 0, -120, UI_WAY_UP, 0 },
    { "a push down", 0, 120, UI_WAY_DOWN, 0 },
    { "a push to the left", -120, 0, UI_WAY_LEFT, 0 },
    { "a push to the right", 120, 0, UI_WAY_RIGHT, 0 },
    { "a slanting push: the longer way counts", 119, -120, UI_WAY_UP, 0 },
    { "a slanting push: the other way round", -120, 119, UI_WAY_LEFT, 0 },
    { "a push of 48 dp is one", 48, 0, UI_WAY_RIGHT, 0 },
    { "a shorter one is neither a push nor a tap", 47, 0, UI_WAY_NONE, 0 },
    { "a tap is no push", 0, 0, UI_WAY_NONE, 1 },
    { "a tremor of 20 dp is a tap", 20, 0, UI_WAY_NONE, 1 },
};

static enum ui_way push_frame(struct page *p)
{
    enum ui_way way, b;

    ui_begin(p->ui);
    p->a += ui_target(p->ui, p->role, "a", "A", (struct rect){ 100, 100, 200, 100 },
                      p->state, &p->seen_a);
    way = ui_swiped(p->ui, "a");
    p->b += ui_target(p->ui, p->role, "b", "B", (struct rect){ 312, 100, 200, 100 }, 0,
                      NULL);
    b = ui_swiped(p->ui, "b");
    assert_int_equal(b, UI_WAY_NONE); /* the one that was touched hears of it */
    ui_end(p->ui);
    return way;
}

/* From the frame after the finger was let go until nothing is left to do; the way, once. */
static enum ui_way push(struct page *p, int dx, int dy, int64_t t_ms)
{
    enum ui_way way = UI_WAY_NONE;

    touch(p, UI_EVENT_DOWN, 200, 150, t_ms);
    assert_int_equal(push_frame(p), UI_WAY_NONE);
    touch(p, UI_EVENT_MOVE, 200 + dx / 2, 150 + dy / 2, t_ms + 40);
    assert_int_equal(push_frame(p), UI_WAY_NONE); /* not before it is let go */
    touch(p, UI_EVENT_UP, 200 + dx, 150 + dy, t_ms + 80);
    do {
        enum ui_way now = push_frame(p);

        assert_true(way == UI_WAY_NONE || now == UI_WAY_NONE);
        way = now ? now : way;
    } while (ui_again(p->ui));
    return way;
}

static void check_push(void **state)
{
    const struct push *row = *state;
    struct page p = page_new();

    assert_int_equal(push(&p, row->dx, row->dy, 1000), row->want);
    assert_int_equal(p.a, row->taps);
    assert_int_equal(p.b, 0);
    assert_int_equal(push_frame(&p), UI_WAY_NONE); /* told once */
    ui_destroy(p.ui);
}

static void test_a_second_push_within_350_ms_is_a_tremor(void **state)
{
    struct page p = page_new();

    (void)state;
    assert_int_equal(push(&p, 0, -120, 1000), UI_WAY_UP);
    assert_int_equal(push(&p, 0, -120, 1349), UI_WAY_NONE);
    assert_int_equal(push(&p, 0, -120, 1350), UI_WAY_UP);
    assert_int_equal(p.a, 0);
    ui_destroy(p.ui);
}

static void test_a_push_that_nobody_asks_for_is_over_with_its_frame(void **state)
{
    struct page p = page_new();

    (void)state;
    touch(&p, UI_EVENT_DOWN, 200, 150, 1000);
    touch(&p, UI_EVENT_UP, 200, 30, 1080);
    frames(&p);
    assert_int_equal(push_frame(&p), UI_WAY_NONE);
    assert_int_equal(p.a + p.b + p.c, 0);
    ui_destroy(p.ui);
}

static void test_a_push_beside_everything_or_cancelled_is_none(void **state)
{
    struct page p = page_new();

    (void)state;
    touch(&p, UI_EVENT_DOWN, 700, 700, 1000);
    touch(&p, UI_EVENT_UP, 700, 500, 1080);
    assert_int_equal(push_frame(&p), UI_WAY_NONE);
    touch(&p, UI_EVENT_DOWN, 200, 150, 2000);
    touch(&p, UI_EVENT_CANCEL, 0, 0, 2020);
    touch(&p, UI_EVENT_UP, 200, 20, 2040);
    assert_int_equal(push_frame(&p), UI_WAY_NONE);
    ui_destroy(p.ui);
}

int main(void)
{
    struct CMUnitTest pushed[3 + COUNT(pushes)] = {
        cmocka_unit_test(test_a_second_push_within_350_ms_is_a_tremor),
        cmocka_unit_test(test_a_push_that_nobody_asks_for_is_over_with_its_frame),
        cmocka_unit_test(test_a_push_beside_everything_or_cancelled_is_none),
    };
    struct CMUnitTest tests[9 + COUNT(rows)] = {
        cmocka_unit_test(test_a_second_touch_within_350_ms_is_a_tremor),
        cmocka_unit_test(test_two_keys_in_quick_succession_are_two_letters),
        cmocka_unit_test(test_pressing_shows_until_the_finger_slides_off),
        cmocka_unit_test(test_a_disabled_target_answers_so_that_it_can_say_why),
        cmocka_unit_test(test_behind_a_dialog_nothing_can_be_tapped_or_seen),
        cmocka_unit_test(test_one_frame_takes_one_action),
        cmocka_unit_test(test_a_tap_by_name_needs_no_finger_but_a_target),
        cmocka_unit_test(test_a_flood_of_events_is_cut_off),
        cmocka_unit_test(test_a_tool_reaches_to_the_edge_of_the_screen),
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        tests[9 + i] =
            (struct CMUnitTest){ .name = rows[i].name,
                                 .test_func = check_row,
                                 .initial_state = (void *)(uintptr_t)&rows[i] };
    for (size_t i = 0; i < COUNT(pushes); i++)
        pushed[3 + i] =
            (struct CMUnitTest){ .name = pushes[i].name,
                                 .test_func = check_push,
                                 .initial_state = (void *)(uintptr_t)&pushes[i] };
    return cmocka_run_group_tests(tests, NULL, NULL) +
           cmocka_run_group_tests(pushed, NULL, NULL);
}
