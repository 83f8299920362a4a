/* What the camera's helper tells of what it saw, and how it takes luma. */
#include <string.h>

#include "cmocka_all.h"

#include "base/check.h"
#include "frame.h"
#include "telling.h"

#define CARD "BD1ABCDEFGH0123456789JKMNPQRSTVWXYZ0"

static bool see(struct telling *t, const char *code, int64_t now_ms, const char **told)
{
    return telling_code(t, code, strlen(code), now_ms, told);
}

static void test_a_card_that_is_held_is_told_once(void **state)
{
    struct telling t = { 0 };
    const char *told;

    (void)state;
    assert_true(see(&t, CARD, 1000, &told));
    assert_string_equal(told, CARD);
    for (int64_t ms = 1125; ms < 20000; ms += 125)
        assert_false(see(&t, CARD, ms, &told));
}

static void test_one_that_was_away_for_three_seconds_is_told_again(void **state)
{
    struct telling t = { 0 };
    const char *told;

    (void)state;
    assert_true(see(&t, CARD, 1000, &told));
    assert_false(see(&t, CARD, 1000 + TELLING_AGAIN_MS - 1, &told));
    assert_true(see(&t, CARD, 1000 + 2 * TELLING_AGAIN_MS - 1, &told));
}

static void test_two_cards_in_turn_are_told_once_each(void **state)
{
    struct telling t = { 0 };
    const char *told;

    (void)state;
    assert_true(see(&t, CARD, 0, &told));
    assert_true(see(&t, "BDS1SECRET", 100, &told));
    for (int64_t ms = 200; ms < 2000; ms += 200) {
        assert_false(see(&t, CARD, ms, &told));
        assert_false(see(&t, "BDS1SECRET", ms + 100, &told));
    }
}

/* --- what is not ours ----------------------------------------------------------------- */

static char long_code[TELLING_CODE_MAX + 2], longest_code[TELLING_CODE_MAX + 1];

static const struct row {
    const char *name, *code;
    size_t n; /* 0: to its NUL */
    const char *told;
} rows[] = {
    { "a card", CARD, 0, CARD },
    { "a staff card", "BDS1ABC", 0, "BDS1ABC" },
    { "a passport", "BP1ABC", 0, "BP1ABC" },
    { "the longest", longest_code, 0, longest_code },
    { "one too long", long_code, 0, "" },
    { "a citizen card: its name and number stay here",
      "051045001234|212345678|Phạm Thị Nga|01011945|Nữ|thôn 3|01012022", 0, "" },
    { "a web address", "https://example.vn/?q=1", 0, "" },
    { "letters that are no ASCII", "BD1Đ", 0, "" },
    { "a NUL within", "BD1\0ABC", 7, "" },
    { "a line end within", "BD1A\nB", 0, "" },
    { "nothing but the beginning", "BD", 0, "" },
    { "nothing", "", 0, "" },
};

static void check_row(void **state)
{
    const struct row *r = *state;
    struct telling t = { 0 };
    const char *told;

    assert_true(telling_code(&t, r->code, r->n ? r->n : strlen(r->code), 0, &told));
    assert_string_equal(told, r->told);
}

/* --- light ---------------------------------------------------------------------------- */

static void test_states_are_told_when_they_change(void **state)
{
    struct telling t = { 0 };

    (void)state;
    assert_true(telling_light(&t, 100));
    assert_string_equal(telling_word(t.state), "ready");
    assert_false(telling_light(&t, 100));
    assert_true(telling_set(&t, TELLING_NO_CAMERA));
    assert_false(telling_set(&t, TELLING_NO_CAMERA));
    assert_string_equal(telling_word(t.state), "no_camera");
}

static void test_a_hand_that_passes_is_no_darkness(void **state)
{
    struct telling t = { 0 };

    (void)state;
    assert_true(telling_light(&t, 100));
    for (int i = 0; i < 3; i++)
        assert_false(telling_light(&t, 5));
    assert_false(telling_light(&t, 100));
    for (int i = 0; i < 3; i++)
        assert_false(telling_light(&t, 5));
    assert_true(telling_light(&t, 5));
    assert_string_equal(telling_word(t.state), "dark");
    assert_false(telling_light(&t, 20)); /* between dark and light */
    assert_true(telling_light(&t, 30));
    assert_string_equal(telling_word(t.state), "ready");
}

/* --- luma ----------------------------------------------------------------------------- */

static void test_luma_is_taken_out_of_what_a_camera_gives(void **state)
{
    static const unsigned char yuyv[] = { 1, 90, 2, 90, 0, 0, 3, 90, 4, 90, 0, 0 };
    static const unsigned char uyvy[] = { 90, 1, 90, 2, 90, 3, 90, 4 };
    static const unsigned char want[] = { 1, 2, 3, 4 };
    struct frame f;

    (void)state;
    assert_true(frame_open(&f));
    assert_true(
        frame_take(&f, yuyv, sizeof(yuyv), &(struct frame_layout){ 2, 2, 6, 2, 0 }));
    assert_memory_equal(f.luma, want, sizeof(want));
    assert_int_equal(frame_mean(&f), 2);
    frame_wipe(&f);
    assert_int_equal(frame_mean(&f), 0);
    assert_int_equal(f.luma[0], 0);
    assert_true(
        frame_take(&f, uyvy, sizeof(uyvy), &(struct frame_layout){ 2, 2, 4, 2, 1 }));
    assert_memory_equal(f.luma, want, sizeof(want));
    frame_close(&f);
}

static void test_a_frame_that_is_cut_off_or_too_large_is_refused(void **state)
{
    static const unsigned char bytes[64];
    static const struct frame_layout bad[] = {
        { 8, 8, 8, 1, 1 },
        { 8, 9, 8, 1, 0 },
        { 0, 8, 8, 1, 0 },
        { 8, -1, 8, 1, 0 },
        { 8, 8, SIZE_MAX, 1, 0 },
        { 8, 2, SIZE_MAX / 4, 1, 0 },
        { 65, 1, 65, 1, 0 },
        { FRAME_W_MAX + 1, 1, 1, 0, 0 },
        { 1, FRAME_H_MAX + 1, 0, 1, 0 },
    };
    struct frame f;

    (void)state;
    assert_true(frame_open(&f));
    assert_true(
        frame_take(&f, bytes, sizeof(bytes), &(struct frame_layout){ 8, 8, 8, 1, 0 }));
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(frame_take(&f, bytes, sizeof(bytes), &bad[i]));
    frame_close(&f);
}

int main(void)
{
    static const struct CMUnitTest others[] = {
        cmocka_unit_test(test_a_card_that_is_held_is_told_once),
        cmocka_unit_test(test_one_that_was_away_for_three_seconds_is_told_again),
        cmocka_unit_test(test_two_cards_in_turn_are_told_once_each),
        cmocka_unit_test(test_states_are_told_when_they_change),
        cmocka_unit_test(test_a_hand_that_passes_is_no_darkness),
        cmocka_unit_test(test_luma_is_taken_out_of_what_a_camera_gives),
        cmocka_unit_test(test_a_frame_that_is_cut_off_or_too_large_is_refused),
    };
    struct CMUnitTest tests[COUNT(rows) + COUNT(others)];

    memset(long_code, 'A', sizeof(long_code) - 1);
    memcpy(long_code, "BD1", 3);
    memcpy(longest_code, long_code, sizeof(longest_code) - 1);
    memcpy(tests, others, sizeof(others));
    for (size_t i = 0; i < COUNT(rows); i++)
        tests[COUNT(others) + i] =
            (struct CMUnitTest){ .name = rows[i].name,
                                 .test_func = check_row,
                                 .initial_state = (void *)(uintptr_t)&rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
