/* The keyboard: focus in reading order, keys of the page, typed and scanned text. */
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

/* Drawn in another order than they are read:
 *     back        help
 *     one  two
 *     next                */
static const struct place {
    const char *id;
    struct rect r;
} places[] = {
    { "next", { 20, 600, 200, 100 } }, { "help", { 860, 22, 112, 80 } },
    { "two", { 400, 210, 300, 300 } }, { "one", { 20, 200, 300, 300 } },
    { "back", { 20, 20, 112, 80 } },
};

struct page {
    struct ui *ui;
    const char *tapped; /* the last one */
    const char *focus;  /* who shows the ring, NULL: none */
    bool back, listen, help;
    char typed[16];
    size_t n_typed;
    char scanned[UI_SCAN_MAX + 1];
};

static void frame(struct page *p)
{
    const char *scan;
    char c;

    ui_begin(p->ui);
    p->focus = NULL;
    for (size_t i = 0; i < COUNT(places); i++) {
        unsigned state;

        if (ui_target(p->ui, UI_ROLE_BUTTON, places[i].id, places[i].id, places[i].r, 0,
                      &state))
            p->tapped = places[i].id;
        if (state & UI_FOCUS)
            p->focus = places[i].id;
    }
    p->back |= ui_key(p->ui, UI_KEY_BACK);
    p->listen |= ui_key(p->ui, UI_KEY_LISTEN);
    p->help |= ui_key(p->ui, UI_KEY_HELP);
    c = (char)ui_typed(p->ui);
    if (c && p->n_typed < sizeof(p->typed) - 1)
        p->typed[p->n_typed++] = c;
    scan = ui_scanned(p->ui);
    if (scan)
        memcpy(p->scanned, scan, strlen(scan) + 1);
    ui_end(p->ui);
}

static void feed(struct page *p, struct ui_event e)
{
    ui_feed(p->ui, &e);
    do {
        frame(p);
    } while (ui_again(p->ui));
}

static void key(struct page *p, enum ui_event_key k)
{
    feed(p, (struct ui_event){ .kind = UI_EVENT_KEY, .key = k });
}

static struct page page_new(void)
{
    struct ui_metrics m = { width_10, NULL };
    struct page p = { .ui = ui_create(&m, 1000, 800, 160) };

    frame(&p);
    return p;
}

static void test_tab_goes_in_reading_order_and_round(void **state)
{
    static const char *const want[] = { "back", "help", "one", "two", "next", "back" };
    struct page p = page_new();

    (void)state;
    assert_null(p.focus);
    for (size_t i = 0; i < COUNT(want); i++) {
        key(&p, UI_EVENT_KEY_TAB);
        assert_string_equal(p.focus, want[i]);
    }
    key(&p, UI_EVENT_KEY_BACKTAB);
    assert_string_equal(p.focus, "next");
    ui_destroy(p.ui);
}

static const struct arrow_row {
    const char *name;
    size_t n_tabs; /* to start from */
    enum ui_event_key arrow;
    const char *want;
} arrow_rows[] = {
    { "right is the next one", 3, UI_EVENT_KEY_RIGHT, "two" },
    { "left is the one before", 3, UI_EVENT_KEY_LEFT, "help" },
    { "down goes to the nearest below", 3, UI_EVENT_KEY_DOWN, "next" },
    { "up goes to the nearest above", 5, UI_EVENT_KEY_UP, "one" },
    { "down at the bottom stays", 5, UI_EVENT_KEY_DOWN, "next" },
    { "an arrow without focus starts", 0, UI_EVENT_KEY_DOWN, "back" },
    { "an arrow backwards without focus starts at the end", 0, UI_EVENT_KEY_UP,
      "next" },
};

static void check_arrow(void **state)
{
    const struct arrow_row *r = *state;
    struct page p = page_new();

    for (size_t i = 0; i < r->n_tabs; i++)
        key(&p, UI_EVENT_KEY_TAB);
    key(&p, r->arrow);
    assert_string_equal(p.focus, r->want);
    ui_destroy(p.ui);
}

static void test_enter_acts_only_where_the_ring_shows(void **state)
{
    struct page p = page_new();

    (void)state;
    key(&p, UI_EVENT_KEY_ACT);
    assert_null(p.tapped);
    key(&p, UI_EVENT_KEY_TAB);
    key(&p, UI_EVENT_KEY_TAB);
    key(&p, UI_EVENT_KEY_ACT);
    assert_string_equal(p.tapped, "help");
    ui_destroy(p.ui);
}

static void test_the_ring_goes_at_the_next_touch(void **state)
{
    struct page p = page_new();

    (void)state;
    key(&p, UI_EVENT_KEY_TAB);
    feed(&p, (struct ui_event){ .kind = UI_EVENT_DOWN, .x = 900, .y = 700 });
    assert_null(p.focus);
    key(&p, UI_EVENT_KEY_ACT);
    assert_null(p.tapped);
    ui_destroy(p.ui);
}

static void test_page_keys_are_told_once(void **state)
{
    struct page p = page_new();

    (void)state;
    key(&p, UI_EVENT_KEY_ESC);
    assert_true(p.back);
    assert_false(p.listen);
    p.back = false;
    frame(&p);
    assert_false(p.back);
    key(&p, UI_EVENT_KEY_F1);
    key(&p, UI_EVENT_KEY_F2);
    assert_true(p.listen);
    assert_true(p.help);
    ui_destroy(p.ui);
}

static void test_no_typed_character_is_lost(void **state)
{
    struct page p = page_new();

    (void)state;
    for (const char *c = "30211"; *c; c++)
        ui_feed(p.ui,
                &(struct ui_event){ .kind = UI_EVENT_CHAR, .ch = (unsigned char)*c });
    feed(&p, (struct ui_event){ .kind = UI_EVENT_CHAR, .ch = '4' });
    assert_string_equal(p.typed, "302114");
    ui_destroy(p.ui);
}

static void test_a_scan_comes_whole_or_not_at_all(void **state)
{
    struct page p = page_new();
    char huge[UI_SCAN_MAX + 2];

    (void)state;
    feed(&p, (struct ui_event){ .kind = UI_EVENT_SCAN, .text = "BDHVS1:7K3M" });
    assert_string_equal(p.scanned, "BDHVS1:7K3M");
    memset(huge, 'x', sizeof(huge) - 1);
    huge[sizeof(huge) - 1] = '\0';
    feed(&p, (struct ui_event){ .kind = UI_EVENT_SCAN, .text = huge });
    assert_string_equal(p.scanned, "BDHVS1:7K3M");
    ui_destroy(p.ui);
}

static void test_what_a_frame_took_can_be_told(void **state)
{
    struct page p = page_new();

    (void)state;
    ui_feed(p.ui, &(struct ui_event){ .kind = UI_EVENT_TAP_ID, .text = "two" });
    frame(&p);
    assert_int_equal(ui_taken(p.ui).kind, UI_TAKEN_TAP);
    assert_string_equal(ui_taken(p.ui).text, "two");
    frame(&p);
    assert_int_equal(ui_taken(p.ui).kind, UI_TAKEN_NONE);
    ui_destroy(p.ui);
}

int main(void)
{
    struct CMUnitTest tests[7 + COUNT(arrow_rows)] = {
        cmocka_unit_test(test_tab_goes_in_reading_order_and_round),
        cmocka_unit_test(test_enter_acts_only_where_the_ring_shows),
        cmocka_unit_test(test_the_ring_goes_at_the_next_touch),
        cmocka_unit_test(test_page_keys_are_told_once),
        cmocka_unit_test(test_no_typed_character_is_lost),
        cmocka_unit_test(test_a_scan_comes_whole_or_not_at_all),
        cmocka_unit_test(test_what_a_frame_took_can_be_told),
    };

    for (size_t i = 0; i < COUNT(arrow_rows); i++)
        tests[7 + i] =
            (struct CMUnitTest){ .name = arrow_rows[i].name,
                                 .test_func = check_arrow,
                                 .initial_state = (void *)(uintptr_t)&arrow_rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
