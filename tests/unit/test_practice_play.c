/* Playing a practice: what a touch does, the way back, hints, and states from a journal. */
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

#include "base/check.h"
#include "lesson/practice.h"

enum { START, DIAL, HOLD, SWIPE, CHEAT, ROUND_1, ROUND_2 }; /* the screens below */
enum { RIGHT, WRONG, LOOK, NOTHING };                       /* parts of START */

#define PART(a, b, c, d)                                \
    {                                                   \
        .kind = (a), .text = (b), .act = (c), .to = (d) \
    }
#define BACK PART(PART_BUTTON, "Lại", ACT_GO, PRACTICE_TO_BACK)

static const struct practice phone = {
    .title = "Tập",
    .screens = {
        [START] = { .id = "start", .say = "a", .hint = "b", .n_parts = 4,
                    .parts = { [RIGHT] = PART(PART_APP, "Gọi", ACT_RIGHT, DIAL),
                               [WRONG] = PART(PART_ROW, "Quà", ACT_WRONG, CHEAT),
                               [LOOK] = PART(PART_ROW, "Xem", ACT_GO, ROUND_1),
                               [NOTHING] = PART(PART_TEXT, "Chữ", ACT_NONE, 0) } },
        [DIAL] = { .id = "dial", .say = "a", .hint = "b", .n_parts = 2,
                   .parts = { PART(PART_DIAL, "01  2 3", ACT_RIGHT, HOLD), BACK } },
        [HOLD] = { .id = "hold", .say = "a", .hint = "b", .n_parts = 1,
                   .parts = { PART(PART_HOLD, "Giữ", ACT_RIGHT, SWIPE) } },
        [SWIPE] = { .id = "swipe", .say = "a", .hint = "b", .n_parts = 2,
                    .parts = { PART(PART_SWIPE, "Vuốt", ACT_RIGHT, PRACTICE_TO_DONE),
                               PART(PART_HOLD, "Chữ", ACT_NONE, 0) } },
        [CHEAT] = { .id = "cheat", .say = "a", .n_parts = 1, .parts = { BACK } },
        /* two screens aside that lead to each other */
        [ROUND_1] = { .id = "round-1", .say = "a", .n_parts = 2,
                      .parts = { BACK, PART(PART_ROW, "Kia", ACT_GO, ROUND_2) } },
        [ROUND_2] = { .id = "round-2", .say = "a", .n_parts = 2,
                      .parts = { BACK, PART(PART_ROW, "Đây", ACT_GO, ROUND_1) } },
    },
    .n_screens = 7,
};

static void test_it_can_be_played(void **state)
{
    char why[200] = "";
    size_t at;

    (void)state;
    if (practice_check(&phone, &at, why, sizeof(why)))
        fail_msg("%s: %s", phone.screens[at].id, why);
}

static void test_right_leads_on_and_forgets_the_way_back(void **state)
{
    struct practice_state s = { .n_trail = 1, .help = HELP_FRAME, .coaxed = 1 };

    (void)state;
    assert_int_equal(practice_touch(&phone, &s, RIGHT), PRACTICE_RIGHT);
    assert_int_equal(s.at, DIAL);
    assert_int_equal(s.n_trail, 0);
    assert_int_equal(s.help, HELP_NONE);
    assert_int_equal(s.coaxed, 0);
    assert_int_equal(practice_touch(&phone, &s, 1),
                     PRACTICE_STAYS); /* back to where? */
    assert_int_equal(s.at, DIAL);
}

static void test_wrong_shows_what_comes_of_it_and_comes_back(void **state)
{
    struct practice_state s = { .help = HELP_HAND, .hints = 3 };

    (void)state;
    assert_int_equal(practice_touch(&phone, &s, WRONG), PRACTICE_WRONG);
    assert_int_equal(s.at, CHEAT);
    assert_int_equal(s.wrong, 1);
    assert_int_equal(s.help, HELP_NONE);
    assert_int_equal(practice_touch(&phone, &s, 0), PRACTICE_MOVED);
    assert_int_equal(s.at, START);
    assert_int_equal(s.n_trail, 0);
    assert_int_equal(s.wrong, 1);
    assert_int_equal(s.hints, 3);
}

static void test_looking_is_neither_right_nor_wrong(void **state)
{
    struct practice_state s = { 0 };

    (void)state;
    assert_int_equal(practice_touch(&phone, &s, LOOK), PRACTICE_MOVED);
    assert_int_equal(practice_touch(&phone, &s, 1), PRACTICE_MOVED);
    assert_int_equal(s.at, ROUND_2);
    assert_int_equal(s.n_trail, 2);
    assert_int_equal(practice_touch(&phone, &s, 0), PRACTICE_MOVED);
    assert_int_equal(s.at, ROUND_1);
    assert_int_equal(practice_touch(&phone, &s, 0), PRACTICE_MOVED);
    assert_int_equal(s.at, START);
    assert_int_equal(s.wrong, 0);
}

static void test_words_do_nothing(void **state)
{
    struct practice_state s = { .help = HELP_SAID }, before = s;

    (void)state;
    assert_int_equal(practice_touch(&phone, &s, NOTHING), PRACTICE_STAYS);
    assert_int_equal(practice_gesture(&phone, &s, NOTHING), PRACTICE_STAYS);
    assert_memory_equal(&s, &before, sizeof(s));
    s.at = SWIPE;
    assert_int_equal(practice_touch(&phone, &s, 1), PRACTICE_STAYS);
    assert_int_equal(s.coaxed, 0); /* there is nothing to hold it for */
}

/* However long somebody strolls about: the way is never lost. */
static void test_a_long_stroll_still_comes_back_to_the_way(void **state)
{
    (void)state;
    for (int n = 1; n < 40; n++) {
        struct practice_state s = { 0 };

        (void)practice_touch(&phone, &s, LOOK);
        for (int i = 0; i < n; i++) {
            assert_int_equal(practice_touch(&phone, &s, 1), PRACTICE_MOVED);
            assert_true(practice_state_holds(&phone, &s));
        }
        assert_true(s.n_trail <= PRACTICE_TRAIL_MAX);
        for (int i = 0; i < PRACTICE_TRAIL_MAX && s.n_trail; i++)
            assert_int_equal(practice_touch(&phone, &s, 0), PRACTICE_MOVED);
        assert_int_equal(s.at, START);
        assert_int_equal(s.n_trail, 0);
    }
}

static void test_a_number_is_dialled_digit_by_digit(void **state)
{
    struct practice_state s = { .at = DIAL };

    (void)state;
    assert_int_equal(practice_touch(&phone, &s, 0), PRACTICE_COAXES); /* not yet */
    assert_int_equal(practice_digit(&phone, &s, 0, '1'), PRACTICE_COAXES);
    assert_int_equal(s.typed, 0);
    assert_int_equal(practice_digit(&phone, &s, 0, '0'), PRACTICE_MOVED);
    assert_int_equal(practice_digit(&phone, &s, 0, '1'), PRACTICE_MOVED);
    assert_int_equal(s.typed, 2);
    assert_int_equal(practice_digit(&phone, &s, 0, ' '), PRACTICE_COAXES);
    assert_int_equal(practice_digit(&phone, &s, 0, '3'), PRACTICE_COAXES);
    assert_int_equal(practice_digit(&phone, &s, 0, '2'), PRACTICE_MOVED);
    assert_int_equal(s.typed, 5); /* spaces are not dialled */
    assert_int_equal(practice_touch(&phone, &s, 0), PRACTICE_COAXES);
    assert_int_equal(practice_digit(&phone, &s, 0, '3'), PRACTICE_MOVED);
    assert_int_equal(practice_digit(&phone, &s, 0, '3'), PRACTICE_STAYS);
    assert_int_equal(s.at, DIAL);
    assert_int_equal(s.wrong, 0); /* a slip of the finger is no mistake */
    assert_int_equal(practice_touch(&phone, &s, 0), PRACTICE_RIGHT);
    assert_int_equal(s.at, HOLD);
    assert_int_equal(s.typed, 0);
}

static void test_a_space_after_the_number_does_not_matter(void **state)
{
    struct practice *p = check_alloc(sizeof(*p));
    struct practice_state s = { .at = DIAL };

    (void)state;
    *p = phone;
    p->screens[DIAL].parts[0].text = " 1 ";
    assert_int_equal(practice_touch(p, &s, 0), PRACTICE_COAXES);
    assert_int_equal(practice_digit(p, &s, 0, '1'), PRACTICE_MOVED);
    assert_int_equal(practice_touch(p, &s, 0), PRACTICE_RIGHT);
    free(p);
}

static const struct gesture {
    const char *name;
    unsigned char at;
    enum practice_result want;
} gestures[] = {
    { "holding", HOLD, PRACTICE_RIGHT },
    { "pushing", SWIPE, PRACTICE_DONE },
};

static void check_gesture(void **state)
{
    const struct gesture *g = *state;
    struct practice_state s = { .at = g->at };

    assert_int_equal(practice_gesture(&phone, &s, 0), g->want);
    s = (struct practice_state){ .at = g->at };
    assert_int_equal(practice_touch(&phone, &s, 0), PRACTICE_COAXES);
    assert_int_equal(s.at, g->at);
    assert_int_equal(s.done, 0);
    assert_int_equal(practice_touch(&phone, &s, 0), g->want);
    assert_int_equal(s.wrong, 0);
}

static void test_once_done_it_stays_done(void **state)
{
    struct practice_state s = { .at = SWIPE }, before;

    (void)state;
    assert_int_equal(practice_gesture(&phone, &s, 0), PRACTICE_DONE);
    assert_int_equal(s.done, 1);
    before = s;
    assert_int_equal(practice_gesture(&phone, &s, 0), PRACTICE_DONE);
    assert_int_equal(practice_touch(&phone, &s, 1), PRACTICE_DONE);
    before.coaxed = s.coaxed;
    assert_memory_equal(&s, &before, sizeof(s));
}

static void test_hints_say_then_frame_then_point_then_show(void **state)
{
    static const enum practice_help want[] = { HELP_SAID, HELP_FRAME, HELP_HAND,
                                               HELP_SHOWN, HELP_SHOWN };
    struct practice_state s = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(want); i++) {
        assert_int_equal(practice_hint(&s), want[i]);
        assert_int_equal(s.hints, i + 1);
    }
    assert_int_equal(s.help, HELP_HAND); /* the hand stays */
    assert_true(practice_state_holds(&phone, &s));
    (void)practice_touch(&phone, &s, RIGHT);
    assert_int_equal(practice_hint(&s), HELP_SAID); /* of the next step */
    assert_int_equal(s.hints, COUNT(want) + 1);
}

static void test_counts_stop_at_255(void **state)
{
    struct practice_state s = { 0 };

    (void)state;
    for (int i = 0; i < 300; i++) {
        (void)practice_hint(&s);
        assert_int_equal(practice_touch(&phone, &s, WRONG), PRACTICE_WRONG);
        (void)practice_touch(&phone, &s, 0);
    }
    assert_int_equal(s.hints, 255);
    assert_int_equal(s.wrong, 255);
}

static const struct progress {
    const char *name;
    struct practice_state s;
    size_t want;
} progresses[] = {
    { "none of the steps at first", { .at = START }, 0 },
    { "one step after the first", { .at = DIAL }, 1 },
    { "two steps", { .at = HOLD }, 2 },
    { "three steps", { .at = SWIPE }, 3 },
    { "all of them at the end", { .at = SWIPE, .done = 1 }, 4 },
    { "aside: where one left the way",
      { .at = CHEAT, .n_trail = 1, .trail = { HOLD } },
      2 },
    { "further aside: the same",
      { .at = ROUND_2, .n_trail = 2, .trail = { DIAL, ROUND_1 } },
      1 },
    { "from nowhere: none", { .at = CHEAT }, 0 },
};

static void check_progress(void **state)
{
    const struct progress *row = *state;
    size_t at = 99, n = 99;

    practice_progress(&phone, &row->s, &at, &n);
    assert_int_equal(at, row->want);
    assert_int_equal(n, 4);
}

static void test_a_way_of_its_own_is_no_progress_below_nothing(void **state)
{
    struct practice *p = check_alloc(sizeof(*p));
    const struct practice_state s = { .at = CHEAT, .n_trail = 1 };
    size_t at, n;

    (void)state;
    *p = phone;
    p->screens[CHEAT].parts[1] = phone.screens[START].parts[RIGHT];
    p->screens[CHEAT].parts[1].to = START; /* further from the end than the start */
    p->screens[CHEAT].n_parts = 2;
    practice_progress(p, &s, &at, &n);
    assert_int_equal(at, 0);
    free(p);
}

static void test_meant_is_the_first_right_part_or_the_way_back(void **state)
{
    struct practice_screen none = { .n_parts = 1,
                                    .parts = { PART(PART_ROW, "a", ACT_GO, DIAL) } };
    struct practice_screen backs = { .n_parts = 3,
                                     .parts = { { .text = "a" }, BACK, BACK } };
    struct practice_screen both = { .n_parts = 3,
                                    .parts = { BACK, PART(PART_ROW, "a", ACT_RIGHT, 1),
                                               PART(PART_ROW, "b", ACT_RIGHT, 2) } };

    (void)state;
    assert_int_equal(practice_meant(&none), 1); /* n_parts: none */
    assert_int_equal(practice_meant(&backs), 1);
    assert_int_equal(practice_meant(&both), 1);
}

/* --- states from a journal -------------------------------------------------------------- */

static const struct held {
    const char *name;
    struct practice_state s;
    bool holds;
} helds[] = {
    { "the first state holds", { 0 }, true },
    { "the last screen holds", { .at = SWIPE, .done = 1 }, true },
    { "a screen past the last does not", { .at = 7 }, false },
    { "a trail holds", { .at = ROUND_1, .n_trail = 1, .trail = { START } }, true },
    { "a trail too long does not",
      { .at = ROUND_1, .n_trail = PRACTICE_TRAIL_MAX + 1 },
      false },
    { "a trail past the last screen does not",
      { .at = ROUND_1, .n_trail = 2, .trail = { START, 7 } },
      false },
    { "what lies beyond the trail does not matter",
      { .at = ROUND_1, .n_trail = 1, .trail = { START, 200, 200 } },
      true },
    { "aside without a trail does not: it would stay there", { .at = CHEAT }, false },
    { "a trail that begins aside does not",
      { .at = ROUND_1, .n_trail = 1, .trail = { CHEAT } },
      false },
    { "help up to the hand holds", { .help = HELP_HAND }, true },
    { "help past the hand does not", { .help = HELP_SHOWN }, false },
    { "all digits typed hold", { .at = DIAL, .typed = 7 }, true },
    { "digits past the number do not", { .at = DIAL, .typed = 8 }, false },
    { "digits where there is no number do not", { .typed = 1 }, false },
};

static void check_held(void **state)
{
    const struct held *row = *state;

    assert_int_equal(practice_state_holds(&phone, &row->s), row->holds);
}

/* Small and the same on every machine (xorshift32). */
static uint32_t random_next(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* What holds can be drawn, hinted and played to the end by what is meant alone. */
static void play_on(struct practice_state s)
{
    size_t at, n;

    practice_progress(&phone, &s, &at, &n);
    assert_true(at <= n);
    for (int i = 0; i < 40 && !s.done; i++) {
        size_t meant = practice_meant(&phone.screens[s.at]);

        (void)practice_hint(&s);
        for (char d = '0'; d <= '9'; d++)
            if (phone.screens[s.at].parts[meant].kind == PART_DIAL)
                (void)practice_digit(&phone, &s, meant, d);
        (void)practice_touch(&phone, &s, meant);
    }
    assert_int_equal(s.done != 0, 1);
}

static void test_any_bytes_are_refused_or_can_be_played_to_the_end(void **state)
{
    uint32_t seed = 20261126;
    int n_held = 0;

    (void)state;
    for (int i = 0; i < 200000; i++) {
        unsigned char bytes[sizeof(struct practice_state)];
        struct practice_state s;

        for (size_t k = 0; k < sizeof(bytes); k++) {
            uint32_t r = random_next(&seed);

            bytes[k] = (unsigned char)(r % 3 ? (r >> 8) % 9 : r >> 8);
        }
        memcpy(&s, bytes, sizeof(s));
        if (!practice_state_holds(&phone, &s))
            continue;
        n_held++;
        play_on(s);
    }
    assert_true(n_held > 100);
}

int main(void)
{
    const struct CMUnitTest whole[] = {
        cmocka_unit_test(test_it_can_be_played),
        cmocka_unit_test(test_right_leads_on_and_forgets_the_way_back),
        cmocka_unit_test(test_wrong_shows_what_comes_of_it_and_comes_back),
        cmocka_unit_test(test_looking_is_neither_right_nor_wrong),
        cmocka_unit_test(test_words_do_nothing),
        cmocka_unit_test(test_a_long_stroll_still_comes_back_to_the_way),
        cmocka_unit_test(test_a_number_is_dialled_digit_by_digit),
        cmocka_unit_test(test_a_space_after_the_number_does_not_matter),
        cmocka_unit_test(test_once_done_it_stays_done),
        cmocka_unit_test(test_hints_say_then_frame_then_point_then_show),
        cmocka_unit_test(test_counts_stop_at_255),
        cmocka_unit_test(test_a_way_of_its_own_is_no_progress_below_nothing),
        cmocka_unit_test(test_meant_is_the_first_right_part_or_the_way_back),
        cmocka_unit_test(test_any_bytes_are_refused_or_can_be_played_to_the_end),
    };
    struct CMUnitTest gesture[COUNT(gestures)], progress[COUNT(progresses)],
        held[COUNT(helds)];

    for (size_t i = 0; i < COUNT(gestures); i++)
        gesture[i] =
            (struct CMUnitTest){ .name = gestures[i].name,
                                 .test_func = check_gesture,
                                 .initial_state = (void *)(uintptr_t)&gestures[i] };
    for (size_t i = 0; i < COUNT(progresses); i++)
        progress[i] =
            (struct CMUnitTest){ .name = progresses[i].name,
                                 .test_func = check_progress,
                                 .initial_state = (void *)(uintptr_t)&progresses[i] };
    for (size_t i = 0; i < COUNT(helds); i++)
        held[i] = (struct CMUnitTest){ .name = helds[i].name,
                                       .test_func = check_held,
                                       .initial_state = (void *)(uintptr_t)&helds[i] };
    return cmocka_run_group_tests(whole, NULL, NULL) +
           cmocka_run_group_tests(gesture, NULL, NULL) +
           cmocka_run_group_tests(progress, NULL, NULL) +
           cmocka_run_group_tests(held, NULL, NULL);
}
