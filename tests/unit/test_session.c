/* One learner going through one lesson: every rule of lesson/session.h, by playing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/json.h"
#include "lesson/session.h"

/* An item type of the test: state[0] is 1 + the chosen option. */
static int pick_grade(const struct item *item, const void *state)
{
    unsigned char chosen = *(const unsigned char *)state;

    return chosen && chosen <= item->n_options && item->options[chosen - 1].right ? 100
                                                                                  : 0;
}

static const struct item_type pick = { .name = "pick",
                                       .state_size = 1,
                                       .grade = pick_grade };

#define ITEM(name, is_safety)                                                        \
    {                                                                                \
        .type = &pick, .id = name, .stem = "?", .safety = is_safety, .n_options = 3, \
        .options = {                                                                 \
            { .text = "a", .feedback = "" },                                         \
            { .text = "b", .feedback = "", .right = true },                          \
            { .text = "c", .feedback = "" }                                          \
        }                                                                            \
    }

static const struct lesson lesson = {
    .id = "m01-b01",
    .title = "Bài",
    .rule = { { 2, 3 }, 2 },
    .cards = { { .title = "1", .text = "một" }, { .title = "2", .text = "hai" } },
    .n_cards = 2,
    .items = { ITEM("m01-b01-q1", false), ITEM("m01-b01-q2", true),
               ITEM("m01-b01-q3", false) },
    .n_items = 3,
    .pack_ver = 7,
};

enum { RIGHT = 2, WRONG = 1 };

struct play {
    struct session s;
    struct arena arena;
    struct session_events out;
    int64_t now_ms;
    int n_complete, n_item, n_item_right;
    struct event complete;
};

static void take(struct play *p)
{
    for (size_t i = 0; i < p->out.n; i++) {
        const struct event *e = &p->out.list[i];

        if (e->kind == EVENT_COMPLETE) {
            p->n_complete++;
            p->complete = *e;
        }
        if (e->kind == EVENT_ITEM) {
            p->n_item++;
            p->n_item_right += (int)e->value;
        }
    }
}

static void next(struct play *p)
{
    p->now_ms += 1000;
    session_next(&p->s, p->now_ms, &p->arena, &p->out);
    take(p);
}

static void answer(struct play *p, unsigned char state)
{
    p->now_ms += 1000;
    p->s.answer[0] = state;
    session_answer(&p->s, p->now_ms, &p->arena, &p->out);
    take(p);
}

/* Answers and goes on from the feedback. */
static void answer_next(struct play *p, unsigned char state)
{
    answer(p, state);
    next(p);
}

static int setup(void **state)
{
    struct play *p = check_alloc(sizeof(*p));

    *p = (struct play){ .now_ms = 5000 };
    session_start(&p->s, &lesson, 42, p->now_ms, &p->arena, &p->out);
    *state = p;
    return 0;
}

static int teardown(void **state)
{
    struct play *p = *state;

    arena_finish(&p->arena);
    free(p);
    return 0;
}

static void to_items(struct play *p)
{
    next(p);
    next(p);
    assert_int_equal(p->s.phase, SESSION_ITEM);
}

static void test_starts_at_the_first_card_with_start_and_step(void **state)
{
    struct play *p = *state;

    assert_int_equal(p->s.phase, SESSION_CARD);
    assert_int_equal(p->s.at, 0);
    assert_int_equal(p->out.n, 2);
    assert_int_equal(p->out.list[0].kind, EVENT_START);
    assert_string_equal(p->out.list[0].unit, "m01-b01");
    assert_int_equal(p->out.list[1].kind, EVENT_STEP);
    assert_int_equal(session_n_steps(&p->s), 5);
}

static void test_all_right_gives_one_completion_that_passes(void **state)
{
    struct play *p = *state;

    to_items(p);
    answer_next(p, RIGHT);
    answer_next(p, RIGHT);
    answer(p, RIGHT);
    assert_int_equal(p->n_complete, 1); /* with the answer, before the result is seen */
    next(p);
    assert_int_equal(p->s.phase, SESSION_RESULT);
    assert_int_equal(p->n_complete, 1);
    assert_int_equal(p->n_item, 3);
    assert_int_equal(p->n_item_right, 3);
    assert_int_equal(p->complete.value, 100);
    assert_int_equal(p->complete.flags, EVENT_PASSED);
    assert_string_equal(p->complete.body,
                        "{\"seconds\":7,\"rule\":\"2/3\",\"pack\":7}");
}

static void test_a_first_miss_brings_the_same_item_again(void **state)
{
    struct play *p = *state;

    to_items(p);
    answer(p, WRONG);
    assert_int_equal(p->s.phase, SESSION_FEEDBACK);
    assert_false(p->s.answer_right);
    assert_false(session_shows_right(&p->s));
    next(p);
    assert_int_equal(p->s.phase, SESSION_ITEM);
    assert_int_equal(p->s.at, 0);
    assert_int_equal(p->s.answer[0], WRONG); /* so that the type can fade it */
    answer_next(p, RIGHT);
    assert_int_equal(p->s.at, 1);
    assert_int_equal(p->s.answer[0], 0);
    assert_int_equal(session_n_right(&p->s), 1); /* within two tries */
    assert_int_equal(p->n_item, 1);              /* asked once, not right at first */
    assert_int_equal(p->n_item_right, 0);
}

static void test_a_second_miss_shows_the_right_answer_and_goes_on(void **state)
{
    struct play *p = *state;

    to_items(p);
    answer_next(p, WRONG);
    answer(p, 3);
    assert_true(session_shows_right(&p->s));
    next(p);
    assert_int_equal(p->s.at, 1);
    assert_int_equal(session_n_right(&p->s), 0);
    assert_int_equal(session_n_missed(&p->s), 1);
}

static void test_a_safety_item_comes_again_until_right(void **state)
{
    struct play *p = *state;

    to_items(p);
    answer_next(p, RIGHT);
    for (int i = 0; i < 300; i++) {
        answer_next(p, WRONG);
        assert_int_equal(p->s.phase, SESSION_ITEM);
        assert_int_equal(p->s.at, 1);
    }
    answer_next(p, RIGHT);
    assert_int_equal(p->s.at, 2);
    assert_int_equal(session_n_right(&p->s), 1); /* understood, but not within two */
    answer_next(p, RIGHT);
    assert_int_equal(p->complete.value, 67);
    assert_int_equal(p->complete.flags, EVENT_PASSED);
}

static void test_below_two_thirds_completes_without_a_pass(void **state)
{
    struct play *p = *state;

    to_items(p);
    answer_next(p, WRONG);
    answer_next(p, WRONG);
    answer_next(p, RIGHT);
    answer_next(p, WRONG);
    answer_next(p, WRONG);
    assert_int_equal(p->s.phase, SESSION_RESULT);
    assert_int_equal(p->n_complete, 1);
    assert_int_equal(p->complete.value, 33);
    assert_int_equal(p->complete.flags, 0);
    assert_false(session_passed(&p->s));
}

static void test_redo_asks_the_missed_items_without_a_second_completion(void **state)
{
    struct play *p = *state;

    to_items(p);
    answer_next(p, WRONG);
    answer_next(p, WRONG);
    answer_next(p, RIGHT);
    answer_next(p, RIGHT);
    assert_int_equal(session_n_missed(&p->s), 1);
    session_redo(&p->s);
    assert_int_equal(p->s.phase, SESSION_ITEM);
    assert_int_equal(p->s.at, 0);
    answer_next(p, RIGHT);
    assert_int_equal(p->s.phase, SESSION_RESULT);
    assert_int_equal(session_n_missed(&p->s), 0);
    assert_int_equal(session_n_right(&p->s),
                     2); /* the result stays what was recorded */
    assert_int_equal(p->n_complete, 1);
    assert_int_equal(p->n_item, 3);
    session_redo(&p->s); /* nothing left to redo */
    assert_int_equal(p->s.phase, SESSION_RESULT);
}

static void test_prev_goes_back_among_cards_and_from_the_first_item(void **state)
{
    struct play *p = *state;

    assert_false(session_can_prev(&p->s));
    to_items(p);
    assert_true(session_can_prev(&p->s));
    session_prev(&p->s, p->now_ms, &p->arena, &p->out);
    assert_int_equal(p->s.phase, SESSION_CARD);
    assert_int_equal(p->s.at, 1);
    session_prev(&p->s, p->now_ms, &p->arena, &p->out);
    assert_int_equal(p->s.at, 0);
    session_prev(&p->s, p->now_ms, &p->arena, &p->out);
    assert_int_equal(p->out.n, 0);
    to_items(p);
    answer(p, RIGHT);
    assert_false(session_can_prev(&p->s));
    next(p);
    assert_false(session_can_prev(&p->s)); /* an answered item is not asked again */
}

static void test_next_on_an_item_or_the_result_does_nothing(void **state)
{
    struct play *p = *state;

    to_items(p);
    next(p);
    assert_int_equal(p->s.phase, SESSION_ITEM);
    assert_int_equal(p->out.n, 0);
    answer_next(p, RIGHT);
    answer_next(p, RIGHT);
    answer_next(p, RIGHT);
    next(p);
    assert_int_equal(p->s.phase, SESSION_RESULT);
    assert_int_equal(p->out.n, 0);
}

static void test_time_counts_only_while_the_lesson_is_open(void **state)
{
    struct play *p = *state;
    const char *body;

    to_items(p); /* 2 s */
    body = p->out.list[0].body;
    p->now_ms = 9000000; /* the place stood empty for hours */
    assert_int_equal(session_resume(&p->s, &lesson, body, p->now_ms), ERR_OK);
    answer_next(p, RIGHT);
    answer_next(p, RIGHT);
    p->now_ms = 9000000 - 100000; /* a monotonic clock of another boot */
    answer(p, RIGHT);
    assert_string_equal(p->complete.body,
                        "{\"seconds\":2,\"rule\":\"2/3\",\"pack\":7}");
}

/* Plays `script` ('>' next, 'r' right, 'w' wrong, '<' prev, 'd' redo), and at every step
 * puts the session back from its body: both must be the same. */
static void play_script(struct play *p, const char *script)
{
    for (; *script; script++) {
        struct session back;

        p->out.n = 0;
        if (*script == '>')
            next(p);
        else if (*script == '<')
            session_prev(&p->s, p->now_ms, &p->arena, &p->out);
        else if (*script == 'd')
            session_redo(&p->s);
        else
            answer(p, *script == 'r' ? RIGHT : WRONG);
        if (p->out.n == 0)
            continue;
        assert_true(strlen(p->out.list[p->out.n - 1].body) <= 512);
        assert_int_equal(session_resume(&back, &lesson, p->out.list[p->out.n - 1].body,
                                        p->s.resumed_ms),
                         ERR_OK);
        assert_int_equal(back.phase, p->s.phase);
        assert_int_equal(back.at, p->s.at);
        assert_int_equal(back.seed, p->s.seed);
        assert_int_equal(back.redoing, p->s.redoing);
        assert_int_equal(back.completed, p->s.completed);
        assert_int_equal(back.answer_right, p->s.answer_right);
        assert_int_equal(back.spent_ms, p->now_ms - 5000);
        assert_memory_equal(back.answer, p->s.answer, sizeof(back.answer));
        assert_memory_equal(back.items, p->s.items, sizeof(back.items));
    }
}

static void test_resume_is_exact_at_every_step(void **state)
{
    play_script(*state, ">>w<>w>w>w>w>r>r>dw>r>r>");
    assert_int_equal(((struct play *)*state)->s.phase, SESSION_RESULT);
}

static void test_half_an_answer_is_kept(void **state)
{
    struct play *p = *state;
    struct session back;

    session_touch(&p->s, p->now_ms, &p->arena, &p->out);
    assert_int_equal(p->out.n, 0); /* a card has no answer */
    to_items(p);
    p->s.answer[0] = 2;
    p->s.answer[ITEM_STATE_MAX - 1] = 7;
    session_touch(&p->s, p->now_ms, &p->arena, &p->out);
    assert_int_equal(p->out.n, 1);
    assert_int_equal(p->out.list[0].kind, EVENT_STEP);
    assert_int_equal(session_resume(&back, &lesson, p->out.list[0].body, 0), ERR_OK);
    assert_int_equal(back.phase, SESSION_ITEM);
    assert_memory_equal(back.answer, p->s.answer, ITEM_STATE_MAX);
}

static void test_a_full_answer_still_fits_the_body(void **state)
{
    struct play *p = *state;

    to_items(p);
    memset(p->s.answer, 0xFF, sizeof(p->s.answer));
    p->now_ms = JSON_INT_MAX / 4;
    session_answer(&p->s, p->now_ms, &p->arena, &p->out);
    assert_true(strlen(p->out.list[p->out.n - 1].body) <= 512);
}

static void test_another_lesson_refuses_the_body(void **state)
{
    struct play *p = *state;
    struct lesson other = lesson;
    struct session back;
    const char *body = p->out.list[1].body;

    other.cards[1].text = "ba";
    assert_int_equal(session_resume(&back, &other, body, 0), ERR_REJECTED);
    other = lesson;
    other.n_items = 2;
    assert_int_equal(session_resume(&back, &other, body, 0), ERR_REJECTED);
    assert_int_equal(session_resume(&back, &lesson, body, 0), ERR_OK);
}

static const struct bad_body {
    const char *name;
    const char *from, *to; /* replaced in a good body */
} bad_bodies[] = {
    { "a body that is no JSON is refused", "{", "" },
    { "an unknown version is refused", "\"v\":1", "\"v\":2" },
    { "an unknown phase is refused", "\"phase\":0", "\"phase\":6" },
    { "a card beyond the last is refused", "\"at\":0", "\"at\":2" },
    { "the result before the quiz is refused", "\"phase\":0", "\"phase\":3" },
    { "feedback of an item not asked is refused", "\"phase\":0", "\"phase\":2" },
    { "an item out of turn is refused", "\"phase\":0,\"at\":0",
      "\"phase\":1,\"at\":1" },
    { "right without being asked is refused", "[0,0,0]", "[2,0,0]" },
    { "done without two misses is refused", "[0,0,0]", "[9,9,9]" },
    { "redo before completion is refused", "\"redo\":false", "\"redo\":true" },
    { "too many items are refused", "[0,0,0]", "[0,0,0,0]" },
    { "tries beyond the ceiling are refused", "[0,0,0]", "[99999,0,0]" },
    { "negative time is refused", "\"ms\":0", "\"ms\":-1" },
    { "an odd answer is refused", "\"answer\":\"\"", "\"answer\":\"0\"" },
    { "an answer that is no hex is refused", "\"answer\":\"\"", "\"answer\":\"zz\"" },
};

static void check_bad_body(void **state)
{
    const struct bad_body *bad = *state;
    struct arena arena = { 0 };
    struct session_events out;
    struct session s, back;
    const char *body, *at;

    session_start(&s, &lesson, 1, 0, &arena, &out);
    body = out.list[1].body;
    at = strstr(body, bad->from);
    assert_non_null(at);
    assert_int_equal(session_resume(&back, &lesson, body, 0), ERR_OK);
    body = arena_printf(&arena, "%.*s%s%s", (int)(at - body), body, bad->to,
                        at + strlen(bad->from));
    assert_int_equal(session_resume(&back, &lesson, body, 0), ERR_REJECTED);
    arena_finish(&arena);
}

static void test_order_is_a_permutation_that_depends_on_the_seed(void **state)
{
    struct play *p = *state;
    bool seen[3] = { false };

    for (uint32_t seed = 0; seed < 50; seed++) {
        unsigned char order[ITEM_OPTIONS_MAX], again[ITEM_OPTIONS_MAX];
        unsigned bits = 0;

        p->s.seed = seed;
        session_order(&p->s, 1, order);
        session_order(&p->s, 1, again);
        assert_memory_equal(order, again, 3);
        for (size_t i = 0; i < 3; i++)
            bits |= 1U << order[i];
        assert_int_equal(bits, 7);
        seen[order[0]] = true;
    }
    assert_true(seen[0] && seen[1] && seen[2]);
}

static void test_options_without_words_keep_their_order(void **state)
{
    struct play *p = *state;
    static struct lesson two_ways; /* outlives the session */

    two_ways = lesson;
    two_ways.items[0].n_options = 2;
    two_ways.items[0].options[0].text = "";
    two_ways.items[0].options[1].text = "";
    p->s.lesson = &two_ways;
    for (uint32_t seed = 0; seed < 50; seed++) {
        unsigned char order[ITEM_OPTIONS_MAX];

        p->s.seed = seed;
        session_order(&p->s, 0, order);
        assert_int_equal(order[0], 0);
        assert_int_equal(order[1], 1);
    }
}

/* A review has no cards: it begins with a question, and there is no way back from it. */
static void test_without_cards_it_begins_with_a_question(void **state)
{
    struct play *p = *state;
    struct lesson bare = lesson;

    bare.n_cards = 0;
    session_start(&p->s, &bare, 42, p->now_ms, &p->arena, &p->out);
    assert_int_equal(p->s.phase, SESSION_ITEM);
    assert_false(session_can_prev(&p->s));
    for (int i = 0; i < 3; i++)
        answer_next(p, RIGHT);
    assert_int_equal(p->s.phase, SESSION_RESULT);
    assert_int_equal(p->n_item_right, 3);
}

#define PLAY(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest plays[] = {
        PLAY(test_without_cards_it_begins_with_a_question),
        PLAY(test_starts_at_the_first_card_with_start_and_step),
        PLAY(test_all_right_gives_one_completion_that_passes),
        PLAY(test_a_first_miss_brings_the_same_item_again),
        PLAY(test_a_second_miss_shows_the_right_answer_and_goes_on),
        PLAY(test_a_safety_item_comes_again_until_right),
        PLAY(test_below_two_thirds_completes_without_a_pass),
        PLAY(test_redo_asks_the_missed_items_without_a_second_completion),
        PLAY(test_prev_goes_back_among_cards_and_from_the_first_item),
        PLAY(test_next_on_an_item_or_the_result_does_nothing),
        PLAY(test_time_counts_only_while_the_lesson_is_open),
        PLAY(test_resume_is_exact_at_every_step),
        PLAY(test_half_an_answer_is_kept),
        PLAY(test_a_full_answer_still_fits_the_body),
        PLAY(test_another_lesson_refuses_the_body),
        PLAY(test_order_is_a_permutation_that_depends_on_the_seed),
        PLAY(test_options_without_words_keep_their_order),
    };
    struct CMUnitTest bad[COUNT(bad_bodies)];

    for (size_t i = 0; i < COUNT(bad_bodies); i++)
        bad[i] = (struct CMUnitTest){ .name = bad_bodies[i].name,
                                      .test_func = check_bad_body,
                                      .initial_state = (void *)&bad_bodies[i] };
    return cmocka_run_group_tests(plays, NULL, NULL) +
           cmocka_run_group_tests(bad, NULL, NULL);
}
