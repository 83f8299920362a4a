/* A lesson with the mock phone in it: watched, played twice, then the questions. */
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

#include "base/arena.h"
#include "base/check.h"
#include "lesson/session.h"
#include "lesson/session_body.h"

/* An item type of the test: state[0] 2 is right. */
static int pick_grade(const struct item *item, const void *state)
{
    (void)item;
    return *(const unsigned char *)state == 2 ? 100 : 0;
}

static const struct item_type pick = { .name = "pick",
                                       .state_size = 1,
                                       .grade = pick_grade };

#define PART(a, b, c, d)                                \
    {                                                   \
        .kind = (a), .text = (b), .act = (c), .to = (d) \
    }
#define BACK PART(PART_BUTTON, "Lại", ACT_GO, PRACTICE_TO_BACK)

/* home (right, wrong, look) => dial => hold => done */
#define PHONE(name)                                                               \
    {                                                                             \
        .title = (name), .n_screens = 5, .screens = {                             \
            { .id = "home",                                                       \
              .say = "a",                                                         \
              .hint = "b",                                                        \
              .n_parts = 3,                                                       \
              .parts = { PART(PART_APP, "Gọi", ACT_RIGHT, 1),                     \
                         PART(PART_ROW, "Quà", ACT_WRONG, 3),                     \
                         PART(PART_ROW, "Xem", ACT_GO, 4) } },                    \
            { .id = "dial",                                                       \
              .say = "a",                                                         \
              .hint = "b",                                                        \
              .n_parts = 1,                                                       \
              .parts = { PART(PART_DIAL, "1 1", ACT_RIGHT, 2) } },                \
            { .id = "hold",                                                       \
              .say = "a",                                                         \
              .n_parts = 1,                                                       \
              .parts = { PART(PART_HOLD, "Giữ", ACT_RIGHT, PRACTICE_TO_DONE) } }, \
            { .id = "cheat", .say = "a", .n_parts = 1, .parts = { BACK } },       \
            { .id = "look", .say = "a", .n_parts = 1, .parts = { BACK } }         \
        }                                                                         \
    }

static struct practice one = PHONE("Một"), two = PHONE("Hai");

static const struct lesson watched = {
    .id = "m01-b01",
    .title = "Bài",
    .rule = { { 2, 3 }, 2 },
    .cards = { { .title = "1", .text = "một" } },
    .n_cards = 1,
    .items = { { .type = &pick, .id = "m01-b01-q1", .stem = "?" } },
    .n_items = 1,
    .show = "Mời xem trước.",
    .practices = { &one, &two },
    .n_practices = 2,
};

struct play {
    struct lesson lesson;
    struct session s;
    struct arena arena;
    struct session_events out;
    int64_t now_ms;
    int n_practice;
    struct event practice; /* the last EVENT_PRACTICE */
    int n_step;
};

static int setup(void **state)
{
    struct play *p = check_alloc(sizeof(*p));

    *p = (struct play){ .lesson = watched, .now_ms = 5000 };
    session_start(&p->s, &p->lesson, 42, p->now_ms, &p->arena, &p->out);
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

/* The step of `out` brings back the same session. */
static void check_comes_back(const struct play *p)
{
    const struct event *last = &p->out.list[p->out.n - 1];
    struct session back;

    assert_int_equal(last->kind, EVENT_STEP);
    assert_true(strlen(last->body) <= 512);
    assert_int_equal(session_resume(&back, &p->lesson, last->body, p->s.resumed_ms),
                     ERR_OK);
    assert_int_equal(back.phase, p->s.phase);
    assert_int_equal(back.at, p->s.at);
    assert_int_equal(back.seed, p->s.seed);
    assert_int_equal(back.completed, p->s.completed);
    assert_memory_equal(back.items, p->s.items, sizeof(back.items));
    if (p->s.phase == SESSION_SHOW || p->s.phase == SESSION_PRACTICE)
        assert_memory_equal(&back.practice, &p->s.practice, sizeof(back.practice));
}

static void take(struct play *p)
{
    for (size_t i = 0; i < p->out.n; i++) {
        if (p->out.list[i].kind == EVENT_PRACTICE) {
            p->n_practice++;
            p->practice = p->out.list[i];
        }
        p->n_step += p->out.list[i].kind == EVENT_STEP;
    }
    if (p->out.n)
        check_comes_back(p);
}

/* One move: '>' next, '<' prev, 's' what is shown goes on, '?' a hint, 'g' the first part
 * held, '!' a digit, else the part of that number is touched. */
static enum practice_result move(struct play *p, char what)
{
    enum practice_result result = PRACTICE_STAYS;

    p->now_ms += 1000;
    if (what == '>')
        session_next(&p->s, p->now_ms, &p->arena, &p->out);
    else if (what == '<')
        session_prev(&p->s, p->now_ms, &p->arena, &p->out);
    else if (what == 's')
        session_show_on(&p->s, p->now_ms, &p->arena, &p->out);
    else if (what == '?')
        (void)session_hint(&p->s, p->now_ms, &p->arena, &p->out);
    else
        result = session_practice(
            &p->s, what >= '0' && what <= '9' ? (size_t)(what - '0') : 0,
            what == '!' ? '1' : 0, what == 'g', p->now_ms, &p->arena, &p->out);
    take(p);
    return result;
}

static void moves(struct play *p, const char *script)
{
    for (; *script; script++)
        (void)move(p, *script);
}

static void check_place(const struct play *p, enum session_phase phase, size_t at,
                        unsigned screen)
{
    assert_int_equal(p->s.phase, phase);
    assert_int_equal(p->s.at, at);
    if (phase == SESSION_SHOW || phase == SESSION_PRACTICE)
        assert_int_equal(p->s.practice.at, screen);
}

#define TO_FIRST ">sss" /* watched to its end */
#define PLAYED "0!!0g"  /* a practice without a slip */

static void test_cards_then_watched_then_played_then_asked(void **state)
{
    struct play *p = *state;

    assert_int_equal(session_n_steps(&p->s), 1 + 1 + 2 + 1);
    moves(p, ">");
    check_place(p, SESSION_SHOW, 0, 0);
    assert_ptr_equal(session_practice_at(&p->s), &one);
    moves(p, "s");
    check_place(p, SESSION_SHOW, 0, 1);
    moves(p, "s");
    check_place(p, SESSION_SHOW, 0, 2); /* a number dials itself */
    moves(p, "s");
    check_place(p, SESSION_PRACTICE, 0, 0);
    assert_int_equal(p->n_practice, 0); /* watching is not doing */
    moves(p, PLAYED);
    check_place(p, SESSION_PRACTICE, 0, 2);
    assert_int_equal(p->s.practice.done, 1);
    moves(p, ">");
    check_place(p, SESSION_PRACTICE, 1, 0);
    assert_ptr_equal(session_practice_at(&p->s), &two);
    moves(p, PLAYED ">");
    check_place(p, SESSION_ITEM, 0, 0);
    assert_int_equal(p->n_practice, 2);
}

static void test_what_is_shown_can_be_skipped(void **state)
{
    struct play *p = *state;

    moves(p, ">s>");
    check_place(p, SESSION_PRACTICE, 0, 0);
}

static void test_without_words_to_it_nothing_is_shown(void **state)
{
    struct play *p = *state;

    p->lesson.show = NULL;
    assert_int_equal(session_n_steps(&p->s), 1 + 2 + 1);
    moves(p, ">");
    check_place(p, SESSION_PRACTICE, 0, 0);
    moves(p, "<");
    check_place(p, SESSION_CARD, 0, 0);
}

static void test_without_practices_the_questions_follow(void **state)
{
    struct play *p = *state;

    p->lesson.n_practices = 0; /* left out: none could be played */
    assert_int_equal(session_n_steps(&p->s), 1 + 1);
    moves(p, ">");
    check_place(p, SESSION_ITEM, 0, 0);
    moves(p, "<");
    check_place(p, SESSION_CARD, 0, 0);
}

static void test_a_practice_is_not_left_before_its_end(void **state)
{
    struct play *p = *state;

    moves(p, TO_FIRST "0");
    p->out.n = 99;
    session_next(&p->s, p->now_ms, &p->arena, &p->out);
    assert_int_equal(p->out.n, 0);
    check_place(p, SESSION_PRACTICE, 0, 1);
}

static void test_back_leads_through_practices_to_what_is_shown_and_the_cards(
    void **state)
{
    struct play *p = *state;

    moves(p, TO_FIRST PLAYED ">" PLAYED ">");
    check_place(p, SESSION_ITEM, 0, 0);
    for (int i = 0; i < 4; i++)
        assert_true(session_can_prev(&p->s) && (moves(p, "<"), true));
    check_place(p, SESSION_CARD, 0, 0);
    assert_false(session_can_prev(&p->s));
    moves(p, TO_FIRST PLAYED ">" PLAYED ">");
    moves(p, "<");
    check_place(p, SESSION_PRACTICE, 1, 0); /* from its beginning */
    assert_int_equal(p->s.practice.done, 0);
    moves(p, "0<");
    check_place(p, SESSION_PRACTICE, 0, 0);
    moves(p, "<");
    check_place(p, SESSION_SHOW, 0, 0);
    moves(p, "<");
    check_place(p, SESSION_CARD, 0, 0);
}

static void test_a_practice_done_is_told_once_with_hints_and_mistakes(void **state)
{
    struct play *p = *state;

    moves(p, TO_FIRST "??10" /* two hints, one mistake, back */ "1020" /* and again */
                      "?0!!");
    assert_int_equal(p->n_practice, 0);
    moves(p, "0g");
    assert_int_equal(p->n_practice, 1);
    assert_string_equal(p->practice.unit, "m01-b01");
    assert_int_equal(p->practice.value, 3);
    assert_string_equal(p->practice.body, "{\"wrong\":2}");
    assert_int_equal(p->practice.flags, 0);
    assert_int_equal(move(p, 'g'), PRACTICE_DONE); /* a finger that trembles */
    assert_int_equal(move(p, 'g'), PRACTICE_DONE);
    assert_int_equal(p->n_practice, 1);
    moves(p, ">");
    moves(p, PLAYED);
    assert_int_equal(p->n_practice, 2); /* the second one, with its own counts */
    assert_int_equal(p->practice.value, 0);
    assert_string_equal(p->practice.body, "{\"wrong\":0}");
}

static void test_a_practice_done_before_the_power_went_is_not_told_again(void **state)
{
    struct play *p = *state;
    const char *body;

    moves(p, TO_FIRST PLAYED);
    assert_int_equal(p->n_practice, 1);
    body = p->out.list[p->out.n - 1].body;
    assert_int_equal(session_resume(&p->s, &p->lesson, body, 0), ERR_OK);
    assert_int_equal(move(p, 'g'), PRACTICE_DONE); /* so that the page goes on */
    assert_int_equal(p->n_practice, 1);
    moves(p, ">");
    check_place(p, SESSION_PRACTICE, 1, 0);
}

static void test_resume_is_exact_at_every_step(void **state)
{
    struct play *p = *state;

    /* every branch of both practices; move() puts it back after each */
    moves(p, "><>s<>sss?10?20????10200!?!00g>?102?00!!0g>>");
    assert_int_equal(p->n_practice, 2);
    check_place(p, SESSION_ITEM, 0, 0);
    assert_true(p->n_step > 40);
    p->s.answer[0] = 2;
    session_answer(&p->s, p->now_ms, &p->arena, &p->out);
    take(p);
    moves(p, ">");
    check_place(p, SESSION_RESULT, 0, 0);
}

/* From the first question, half answered and missed, back to the phone: the longest body. */
static void test_the_longest_body_fits(void **state)
{
    struct play *p = *state;

    p->lesson.n_items = LESSON_ITEMS_MAX;
    for (size_t i = 1; i < LESSON_ITEMS_MAX; i++)
        p->lesson.items[i] = p->lesson.items[0];
    p->lesson.items[0].safety = true;
    session_start(&p->s, &p->lesson, UINT32_MAX, 0, &p->arena, &p->out);
    moves(p, TO_FIRST PLAYED ">" PLAYED ">");
    for (int i = 0; i < 300; i++) {
        memset(p->s.answer, 0xFF, sizeof(p->s.answer));
        session_answer(&p->s, p->now_ms, &p->arena, &p->out);
        move(p, '>');
    }
    for (size_t i = 1; i < LESSON_ITEMS_MAX; i++)
        p->s.items[i] =
            (struct session_item){ .tries = SESSION_TRIES_MAX, .asked = true };
    p->now_ms = JSON_INT_MAX / 4;
    p->s.spent_ms = p->now_ms / 2;
    moves(p, "<");
    check_place(p, SESSION_PRACTICE, 1, 0);
    moves(p, "?1");
}

static void test_a_touch_that_means_nothing_writes_nothing(void **state)
{
    struct play *p = *state;
    int n;

    moves(p, TO_FIRST);
    one.screens[0].parts[2].act = ACT_NONE;
    n = p->n_step;
    assert_int_equal(move(p, '2'), PRACTICE_STAYS);
    assert_int_equal(p->n_step, n);
    assert_int_equal(move(p, '1'), PRACTICE_WRONG);
    assert_int_equal(p->n_step, n + 1);
    one.screens[0].parts[2].act = ACT_GO;
}

/* --- bodies ------------------------------------------------------------------------------ */

static const char *body_at(struct play *p, const char *script)
{
    moves(p, script);
    return p->out.list[p->out.n - 1].body;
}

static const char *swapped(struct play *p, const char *body, const char *from,
                           const char *to)
{
    const char *at = strstr(body, from);

    assert_non_null(at);
    return arena_printf(&p->arena, "%.*s%s%s", (int)(at - body), body, to,
                        at + strlen(from));
}

/* Written before there was a mock phone. */
static void test_bodies_without_a_phone_still_resume(void **state)
{
    struct play *p = *state;
    struct session back;
    const char *body = p->out.list[p->out.n - 1].body;

    assert_null(strstr(body, "phone"));
    assert_int_equal(session_resume(&back, &p->lesson, body, 0), ERR_OK);
    assert_int_equal(back.phase, SESSION_CARD);
    body = body_at(p, TO_FIRST PLAYED ">" PLAYED ">");
    assert_int_equal(p->s.phase, SESSION_ITEM);
    assert_null(strstr(body, "phone"));
    assert_int_equal(session_resume(&back, &p->lesson, body, 0), ERR_OK);
    assert_int_equal(back.phase, SESSION_ITEM);
}

static void test_the_words_of_a_practice_are_part_of_the_lesson(void **state)
{
    struct play *p = *state;
    const char *body = body_at(p, TO_FIRST);
    struct session back;

    two.screens[4].say = "khác";
    assert_int_equal(session_resume(&back, &p->lesson, body, 0), ERR_REJECTED);
    two.screens[4].say = "a";
    assert_int_equal(session_resume(&back, &p->lesson, body, 0), ERR_OK);
    p->lesson.show = "Khác.";
    assert_int_equal(session_resume(&back, &p->lesson, body, 0), ERR_REJECTED);
    p->lesson = watched;
    p->lesson.n_practices = 1;
    assert_int_equal(session_resume(&back, &p->lesson, body, 0), ERR_REJECTED);
}

static const struct bad_body {
    const char *name;
    const char *script;
    const char *from, *to;
} bad_bodies[] = {
    { "a practice without its phone is refused", TO_FIRST, "\"phone\"", "\"fone\"" },
    { "a phone that is too short is refused", TO_FIRST, "\"phone\":\"00",
      "\"phone\":\"" },
    { "a phone that is too long is refused", TO_FIRST, "\"phone\":\"",
      "\"phone\":\"00" },
    { "a phone that is no hex is refused", TO_FIRST, "\"phone\":\"00",
      "\"phone\":\"zz" },
    { "a screen past the last is refused", TO_FIRST, "\"phone\":\"00",
      "\"phone\":\"05" },
    { "a screen aside without a way back is refused", TO_FIRST, "\"phone\":\"00",
      "\"phone\":\"03" },
    { "a trail past its end is refused", TO_FIRST, "\"phone\":\"0000",
      "\"phone\":\"00ff" },
    { "a third practice is refused", TO_FIRST, "\"at\":0", "\"at\":2" },
    { "the second practice as shown is refused", ">", "\"at\":0", "\"at\":1" },
    { "what is shown, but done, is refused", TO_FIRST PLAYED, "\"phase\":5",
      "\"phase\":4" },
    { "a practice after the result is refused", TO_FIRST, "\"items\":[0]",
      "\"items\":[15]" },
};

static struct bad_body now;

static int bad_setup(void **state)
{
    now = *(const struct bad_body *)*state;
    return setup(state);
}

static void check_bad_body(void **state)
{
    struct play *p = *state;
    const char *body = body_at(p, now.script);
    struct session back;

    assert_int_equal(session_resume(&back, &p->lesson, body, 0), ERR_OK);
    body = swapped(p, body, now.from, now.to);
    assert_int_equal(session_resume(&back, &p->lesson, body, 0), ERR_REJECTED);
}

#define PLAY(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest plays[] = {
        PLAY(test_cards_then_watched_then_played_then_asked),
        PLAY(test_what_is_shown_can_be_skipped),
        PLAY(test_without_words_to_it_nothing_is_shown),
        PLAY(test_without_practices_the_questions_follow),
        PLAY(test_a_practice_is_not_left_before_its_end),
        PLAY(test_back_leads_through_practices_to_what_is_shown_and_the_cards),
        PLAY(test_a_practice_done_is_told_once_with_hints_and_mistakes),
        PLAY(test_a_practice_done_before_the_power_went_is_not_told_again),
        PLAY(test_resume_is_exact_at_every_step),
        PLAY(test_the_longest_body_fits),
        PLAY(test_a_touch_that_means_nothing_writes_nothing),
        PLAY(test_bodies_without_a_phone_still_resume),
        PLAY(test_the_words_of_a_practice_are_part_of_the_lesson),
    };
    struct CMUnitTest bad[COUNT(bad_bodies)];

    for (size_t i = 0; i < COUNT(bad_bodies); i++)
        bad[i] =
            (struct CMUnitTest){ .name = bad_bodies[i].name,
                                 .test_func = check_bad_body,
                                 .setup_func = bad_setup,
                                 .teardown_func = teardown,
                                 .initial_state = (void *)(uintptr_t)&bad_bodies[i] };
    return cmocka_run_group_tests(plays, NULL, NULL) +
           cmocka_run_group_tests(bad, NULL, NULL);
}
