/* How widgets answer: what is drawn in each state, and that every string fits. */
#include <string.h>

#include "cmocka_all.h"

#include "base/check.h"
#include "ui/ui_core.h"

static int letters(void *ctx, bool bold, int size, const char *text, size_t n)
{
    (void)ctx;
    (void)text;
    return (int)n * (bold ? 6 : 5) * size / 10;
}

static const struct ui_metrics metrics = { letters, NULL };

static size_t count_kind(const struct ui *ui, enum ui_cmd_kind kind)
{
    size_t n;
    const struct ui_cmd *c = ui_cmds(ui, &n);
    size_t found = 0;

    for (size_t i = 0; i < n; i++)
        found += c[i].kind == kind;
    return found;
}

static const struct ui_cmd *first_with(const struct ui *ui, uint32_t colour)
{
    size_t n;
    const struct ui_cmd *c = ui_cmds(ui, &n);

    for (size_t i = 0; i < n; i++) {
        if (c[i].colour == colour)
            return &c[i];
    }
    return NULL;
}

static void draw_button(struct ui *ui, enum ui_button_kind kind, unsigned state)
{
    ui_begin(ui);
    ui_button(ui, "go", "Tiếp", (struct rect){ 100, 100, 240, 104 },
              &(struct ui_button_style){ .kind = kind, .state = state });
    ui_end(ui);
}

static void test_a_button_has_a_lip_below_its_face(void **state)
{
    struct ui *ui = ui_create(&metrics, 1000, 800, 160);
    const struct ui_cmd *lip;
    const struct ui_cmd *face;

    (void)state;
    draw_button(ui, UI_BUTTON_PRIMARY, 0);
    lip = first_with(ui, INDIGO_PRESS);
    face = first_with(ui, INDIGO);
    assert_non_null(lip);
    assert_non_null(face);
    assert_true(lip < face); /* drawn under it */
    assert_int_equal(face->box.y, 100);
    assert_int_equal(lip->box.y, 106);
    assert_int_equal(lip->box.h, face->box.h);
    ui_destroy(ui);
}

static void test_a_pressed_button_goes_down_over_its_lip(void **state)
{
    struct ui *ui = ui_create(&metrics, 1000, 800, 160);
    const struct ui_cmd *lip;
    size_t n;
    int text_y;

    (void)state;
    draw_button(ui, UI_BUTTON_PRIMARY, 0);
    text_y = ui_cmds(ui, &n)[n - 1].box.y;
    draw_button(ui, UI_BUTTON_PRIMARY, UI_PRESSED);
    lip = first_with(ui, INDIGO_PRESS);
    assert_non_null(lip);
    assert_int_equal(lip->box.y, 106);
    assert_int_equal(lip[1].box.y, 105); /* the face */
    assert_true(lip[1].colour != INDIGO);
    assert_int_equal(ui_cmds(ui, &n)[n - 1].box.y, text_y + 5);
    ui_destroy(ui);
}

static void test_a_disabled_button_is_dashed_and_has_no_lip(void **state)
{
    struct ui *ui = ui_create(&metrics, 1000, 800, 160);
    size_t n;
    const struct ui_cmd *c;

    (void)state;
    draw_button(ui, UI_BUTTON_DANGER, UI_DISABLED);
    assert_null(first_with(ui, SON_PRESS));
    assert_null(first_with(ui, SON));
    assert_non_null(first_with(ui, SAND));
    assert_true(first_with(ui, DASH)->dashed);
    c = ui_cmds(ui, &n);
    assert_int_equal(c[n - 1].kind, UI_CMD_TEXT);
    assert_int_equal(c[n - 1].colour, INK2); /* never by opacity */
    ui_destroy(ui);
}

static void test_the_focus_ring_is_dark_then_bright_outside_the_shape(void **state)
{
    struct ui *ui = ui_create(&metrics, 1000, 800, 160);
    const struct ui_cmd *bright;
    const struct ui_cmd *dark;

    (void)state;
    draw_button(ui, UI_BUTTON_PRIMARY, UI_FOCUS);
    bright = first_with(ui, NGHE);
    dark = first_with(ui, INK);
    assert_non_null(bright);
    assert_non_null(dark);
    assert_int_equal(dark->box.x, 95);
    assert_int_equal(bright->box.x, 89);
    assert_int_equal(bright->box.w, 240 + 22);
    ui_destroy(ui);
}

/* Colour is never alone (tokens.md §2): each state has its own border too. */
static const struct card_row {
    const char *name;
    unsigned state;
    uint32_t border, fill;
    int line; /* dp */
} card_rows[] = {
    { "a card", 0, LINE2, SURFACE, 3 },
    { "a selected card", UI_SELECTED, INDIGO, INDIGO_TINT, 5 },
    { "a correct card", UI_CORRECT, LUA, LUA_TINT, 5 },
    { "a card that is not yet right", UI_NOT_YET, NOTYET_LINE, NGHE_TINT, 5 },
    { "correct wins over selected", UI_CORRECT | UI_SELECTED, LUA, LUA_TINT, 5 },
    { "a disabled card", UI_DISABLED, DASH, SAND, 3 },
};

static void check_card(void **state)
{
    const struct card_row *r = *state;
    struct ui *ui = ui_create(&metrics, 1000, 800, 160);
    struct rect at = { 100, 100, 300, 200 };
    const struct ui_cmd *border;
    const struct ui_cmd *fill;
    float dy = -1;

    ui_begin(ui);
    ui_card(ui, UI_ROLE_CHOICE, "a", "A", at, r->state, &dy);
    ui_end(ui);
    border = first_with(ui, r->border);
    fill = first_with(ui, r->fill);
    assert_non_null(border);
    assert_non_null(fill);
    if (r->state & UI_DISABLED)
        assert_int_equal(border->line, r->line);
    else
        assert_int_equal(fill->box.x - 100, r->line);
    assert_int_equal((int)dy, 0);
    ui_destroy(ui);
}

static void test_a_pressed_card_tells_how_far_it_went(void **state)
{
    struct ui *ui = ui_create(&metrics, 1000, 800, 160);
    float dy = 0;

    (void)state;
    ui_begin(ui);
    ui_card(ui, UI_ROLE_CHOICE, "a", "A", (struct rect){ 0, 0, 100, 100 }, UI_PRESSED,
            &dy);
    ui_end(ui);
    assert_int_equal((int)dy, 5);
    ui_destroy(ui);
}

static void test_dots_show_done_here_and_to_come(void **state)
{
    struct ui *ui = ui_create(&metrics, 1000, 800, 160);
    const struct ui_cmd *here;

    (void)state;
    ui_begin(ui);
    ui_dots(ui, (struct rect){ 0, 0, 400, 60 }, 6, 2, UI_CENTRE);
    ui_end(ui);
    here = first_with(ui, INDIGO);
    assert_non_null(first_with(ui, LUA));
    assert_int_equal(here->box.w, 46);
    assert_non_null(first_with(ui, SURFACE));
    ui_begin(ui);
    ui_dots(ui, (struct rect){ 0, 0, 400, 60 }, 6, 6, UI_LEFT); /* all are done */
    ui_end(ui);
    assert_null(first_with(ui, INDIGO));
    assert_null(first_with(ui, SURFACE));
    ui_destroy(ui);
}

static void test_a_button_of_natural_width_keeps_any_string_on_one_line(void **state)
{
    static const struct size {
        int w, h;
    } sizes[] = { { 1280, 800 }, { 800, 480 }, { 1920, 1080 }, { 720, 1280 } };
    const struct ui_button_style style = { .icon_left = "check", .icon_right = "next" };

    (void)state;
    for (size_t k = 0; k < COUNT(sizes); k++) {
        struct ui *ui = ui_create(&metrics, sizes[k].w, sizes[k].h, 0);

        for (int id = 0; id < T_COUNT; id++) {
            const char *text = text_of((enum text_id)id);

            if (strchr(text, '\n'))
                continue;
            ui_begin(ui);
            ui_button(ui, "a", text,
                      (struct rect){ 3.3F, 0, ui_button_width(ui, text, &style), 104 },
                      &style);
            ui_end(ui);
            assert_int_equal(count_kind(ui, UI_CMD_TEXT), 1);
            assert_int_equal(count_kind(ui, UI_CMD_IMAGE), 2);
        }
        ui_destroy(ui);
    }
}

static void test_icons_stay_beside_a_wrapped_label(void **state)
{
    struct ui *ui = ui_create(&metrics, 1000, 800, 160);
    const struct ui_cmd *c;
    size_t n;

    (void)state;
    ui_begin(ui);
    ui_button(ui, "go", "aaaaaaaaaaaa bbbbbbbbbbbb", (struct rect){ 0, 0, 400, 104 },
              &(struct ui_button_style){ .icon_left = "check" });
    ui_end(ui);
    c = ui_cmds(ui, &n);
    assert_int_equal(count_kind(ui, UI_CMD_TEXT), 2);
    assert_int_equal(c[n - 3].kind, UI_CMD_IMAGE);
    /* 16 dp of gap, and a pixel or two of rounding, not half the button */
    assert_in_range(c[n - 2].box.x - (c[n - 3].box.x + c[n - 3].box.w), 14, 20);
    ui_destroy(ui);
}

static void test_a_clip_is_opened_and_closed(void **state)
{
    struct ui *ui = ui_create(&metrics, 1000, 800, 160);
    const struct ui_cmd *c;
    size_t n;

    (void)state;
    ui_begin(ui);
    ui_clip(ui, (struct rect){ 10, 20, 0, 40 });
    ui_clip_end(ui);
    ui_end(ui);
    c = ui_cmds(ui, &n);
    assert_int_equal(n, 2);
    assert_true(c[0].box.w > 0); /* an empty clip must not mean none */
    assert_int_equal(c[1].box.w, 0);
    ui_destroy(ui);
}

static void test_a_page_drawn_ahead_is_neither_seen_nor_heard(void **state)
{
    struct ui *ui = ui_create(&metrics, 1000, 800, 160);
    struct rect r = { 100, 100, 240, 104 };
    struct ui_button_style style = { 0 };
    bool tapped = false;
    bool tapped_ahead = false;
    bool heard = false;
    uint64_t hash = 0;
    size_t n;

    (void)state;
    for (int i = 0; i < 5; i++) {
        ui_begin(ui);
        if (i > 0) {
            ui_ahead_begin(ui);
            tapped_ahead |= ui_button(ui, "go", "Trang sau", r, &style);
            heard |= ui_key(ui, UI_KEY_BACK);
            ui_dialog_begin(ui, "ask", "Hỏi", r);
            ui_dialog_end(ui);
            ui_wake_in(ui, 5);
            ui_ahead_end(ui);
        }
        tapped |= ui_button(ui, "go", "Tiếp", r, &style);
        ui_end(ui);
        ui_feed(ui, i == 0 ? &(struct ui_event){ .kind = UI_EVENT_TAP_ID, .text = "go" }
                           : &(struct ui_event){ .kind = UI_EVENT_KEY,
                                                 .key = UI_EVENT_KEY_ESC });
        if (i == 0)
            hash = ui_hash(ui);
        assert_true(ui_hash(ui) == hash);
    }
    assert_true(tapped);
    assert_false(tapped_ahead || heard);
    assert_int_equal(ui_wake_ms(ui), -1);
    ui_nodes(ui, &n);
    assert_int_equal(n, 1);
    assert_true(strcmp(ui_ahead(ui, &n)[n - 1].text, "Trang sau") == 0);
    ui_destroy(ui);
}

int main(void)
{
    struct CMUnitTest tests[10 + COUNT(card_rows)] = {
        cmocka_unit_test(test_a_button_has_a_lip_below_its_face),
        cmocka_unit_test(test_a_pressed_button_goes_down_over_its_lip),
        cmocka_unit_test(test_a_disabled_button_is_dashed_and_has_no_lip),
        cmocka_unit_test(test_the_focus_ring_is_dark_then_bright_outside_the_shape),
        cmocka_unit_test(test_a_pressed_card_tells_how_far_it_went),
        cmocka_unit_test(test_dots_show_done_here_and_to_come),
        cmocka_unit_test(test_a_button_of_natural_width_keeps_any_string_on_one_line),
        cmocka_unit_test(test_icons_stay_beside_a_wrapped_label),
        cmocka_unit_test(test_a_clip_is_opened_and_closed),
        cmocka_unit_test(test_a_page_drawn_ahead_is_neither_seen_nor_heard),
    };

    for (size_t i = 0; i < COUNT(card_rows); i++)
        tests[10 + i] =
            (struct CMUnitTest){ .name = card_rows[i].name,
                                 .test_func = check_card,
                                 .initial_state = (void *)(uintptr_t)&card_rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
