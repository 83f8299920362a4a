/* Visits, saving, idling: the life of the kiosk between two touches. */
#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"

#include "app_stage.h"
#include "store/journal.h"
#include "store/person.h"

static void begin(struct app_stage *s)
{
    stage_tap(s, "attract.start");
    stage_tap(s, "who.guest");
    assert_string_equal(stage_screen(s), "home");
}

static void test_a_completion_is_acknowledged_once_and_said_to_be_saved(void **state)
{
    struct app_stage s;

    (void)state;
    stage_open(&s, &(struct app_stage_options){ 0 });
    begin(&s);
    stage_tap(&s, "home.continue");
    stage_play_lesson(&s);
    assert_int_equal(s.n_acks, 1);
    assert_string_equal(s.ack_lesson, "m01-b01");
    stage_see(&s, "res.saved");
    stage_round(&s);
    assert_int_equal(s.n_acks, 1);
    stage_close(&s);
}

static void test_without_a_database_lessons_go_on_and_nothing_is_said_saved(
    void **state)
{
    struct app_stage s;

    (void)state;
    stage_open(&s, &(struct app_stage_options){ .no_db = true, .db_err = ERR_CORRUPT });
    begin(&s);
    stage_tap(&s, "home.continue");
    stage_play_lesson(&s);
    assert_int_equal(s.n_acks, 0);
    stage_see(&s, "res.unsaved");
    assert_null(stage_node(&s, "res.saved"));
    stage_tap(&s, "bar.home");
    /* the learner has seen the end of it: it counts as done in this visit */
    assert_true(app_lesson_done(&s.app, "m01-b01"));
    stage_tap(&s, "bar.exit");
    begin(&s);
    assert_false(app_lesson_done(&s.app, "m01-b01"));
    stage_close(&s);
}

static void test_the_feedback_is_drawn_before_the_answer_is_written(void **state)
{
    struct app_stage s;
    struct ui_event tap = { .kind = UI_EVENT_TAP_ID, .text = "lesson.next" };

    (void)state;
    stage_open(&s, &(struct app_stage_options){ 0 });
    begin(&s);
    stage_tap(&s, "home.continue");
    assert_int_equal(s.app.saver.n, 0);
    ui_feed(s.ui, &tap);
    do {
        app_turn(&s.app);
        ui_begin(s.ui);
        app_frame(&s.app, s.ui);
        ui_end(s.ui);
    } while (app_wants_turn(&s.app) || ui_again(s.ui));
    assert_string_equal(stage_see(&s, "lesson.page")->value, "2");
    assert_int_equal(s.app.saver.n, 1); /* shown, and not yet written */
    assert_false(app_settle(&s.app));
    assert_int_equal(s.app.saver.n, 0);
    stage_close(&s);
}

static void test_a_card_holder_finds_the_place_again_another_one_does_not(void **state)
{
    struct person_cohort cohort = {
        .thon = "t07", .sex = "f", .band = "b4", .group = "g2"
    };
    struct person_card one, two;
    struct app_stage s;

    (void)state;
    stage_open(&s, &(struct app_stage_options){ 0 });
    assert_int_equal(person_add(s.db, &cohort, &one), ERR_OK);
    assert_int_equal(person_add(s.db, &cohort, &two), ERR_OK);
    stage_tap(&s, "attract.start");
    stage_tap(&s, "who.code");
    stage_type(&s, one.code);
    assert_string_equal(stage_screen(&s), "home");
    stage_tap(&s, "home.continue");
    stage_tap(&s, "lesson.next");
    stage_tap(&s, "lesson.next");
    stage_wait(&s, 120000);
    assert_string_equal(stage_screen(&s), "idle");
    stage_see(&s, "idle.sub");
    stage_wait(&s, 30000);
    assert_string_equal(stage_screen(&s), "attract");

    stage_tap(&s, "attract.start");
    stage_tap(&s, "who.code");
    stage_type(&s, two.code);
    stage_tap(&s, "home.continue");
    assert_string_equal(stage_see(&s, "lesson.page")->value, "1");
    stage_tap(&s, "bar.back");
    stage_tap(&s, "bar.back");
    stage_tap(&s, "bar.exit");

    stage_tap(&s, "attract.start");
    stage_tap(&s, "who.code");
    stage_type(&s, one.code);
    stage_tap(&s, "home.continue");
    assert_string_equal(stage_see(&s, "lesson.page")->value, "3");
    stage_close(&s);
}

static void test_a_wait_after_misses_takes_no_code_and_then_takes_the_right_one(
    void **state)
{
    struct person_cohort cohort = { 0 };
    struct person_card card;
    struct app_stage s;
    char wrong[PERSON_CODE_CHARS];

    (void)state;
    stage_open(&s, &(struct app_stage_options){ 0 });
    assert_int_equal(person_add(s.db, &cohort, &card), ERR_OK);
    snprintf(wrong, sizeof(wrong), "%s", card.code);
    wrong[5] = wrong[5] == '9' ? '0' : (char)(wrong[5] + 1);
    assert_int_equal(app_visit_code(&s.app, wrong), CODE_MISSED);
    assert_int_equal(app_visit_code(&s.app, wrong), CODE_MISSED);
    assert_int_equal(app_visit_code(&s.app, wrong), CODE_WAIT);
    assert_int_equal(app_code_wait_s(&s.app), 30);
    assert_int_equal(app_visit_code(&s.app, card.code), CODE_WAIT);
    assert_false(s.app.visit.open);
    s.now_ms += 30000;
    assert_int_equal(app_visit_code(&s.app, card.code), CODE_OK);
    assert_true(s.app.visit.by_code);
    stage_close(&s);
}

static void test_a_touch_beside_the_buttons_of_the_idle_question_stays(void **state)
{
    struct app_stage s;

    (void)state;
    stage_open(&s, &(struct app_stage_options){ 0 });
    begin(&s);
    stage_wait(&s, 125000);
    assert_string_equal(stage_screen(&s), "idle");
    app_touched(&s.app);
    stage_round(&s);
    stage_wait(&s, 2000);
    assert_string_equal(stage_screen(&s), "home");
    stage_close(&s);
}

static void test_the_first_page_never_asks_whether_anybody_is_there(void **state)
{
    struct app_stage s;

    (void)state;
    stage_open(&s, &(struct app_stage_options){ 0 });
    stage_wait(&s, 3600000);
    assert_string_equal(stage_screen(&s), "attract");
    assert_int_equal(app_tick(&s.app), -1); /* nothing wakes a resting machine */
    stage_close(&s);
}

static void test_a_place_that_nobody_comes_back_to_is_forgotten(void **state)
{
    static const struct event lesson[] = { { .kind = EVENT_START, .unit = "m01-b01" },
                                           { .kind = EVENT_STEP, .unit = "m01-b01" } };
    struct arena arena = { 0 };
    struct progress guest;
    struct event_id last;
    struct app_stage s;

    (void)state;
    stage_open(&s, &(struct app_stage_options){ 0 });
    /* as a power cut leaves it */
    assert_int_equal(journal_append(s.db, lesson, 2, &last), ERR_OK);
    stage_wait(&s, 240000); /* whoever was cut off may come back to it … */
    assert_int_equal(progress_read(s.db, NULL, &arena, &guest), ERR_OK);
    assert_non_null(guest.current);
    stage_wait(&s, 120000); /* … but not for ever */
    assert_int_equal(progress_read(s.db, NULL, &arena, &guest), ERR_OK);
    assert_null(guest.current);
    assert_int_equal(app_tick(&s.app), -1);
    arena_finish(&arena);
    stage_close(&s);
}

static void test_launch_opens_a_lesson_a_page_and_nothing_else(void **state)
{
    static const struct row {
        const char *id, *screen;
    } rows[] = {
        { "m02-b01", "lesson" },  { "module", "module" }, { "help", "help" },
        { "quiz", "home" }, /* no lesson is open, so there is no question */
        { "attract", "attract" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct app_stage s;

        stage_open(&s, &(struct app_stage_options){ 0 });
        assert_true(app_launch(&s.app, rows[i].id));
        stage_round(&s);
        assert_string_equal(stage_screen(&s), rows[i].screen);
        assert_false(app_launch(&s.app, "m99-b99"));
        stage_close(&s);
    }
}

static void test_staff_see_once_that_the_database_was_set_aside(void **state)
{
    struct app_stage s;

    (void)state;
    stage_open(&s, &(struct app_stage_options){ 0 });
    assert_int_equal(db_set(s.db, "note_database", "restored"), ERR_OK);
    stage_tap(&s, "attract.staff");
    stage_tap(&s, "su.state");
    stage_see(&s, "e.copy.t");
    stage_tap(&s, "e.seen");
    assert_null(stage_node(&s, "e.copy.t"));
    stage_tap(&s, "bar.back");
    stage_tap(&s, "attract.staff");
    stage_tap(&s, "su.state");
    assert_null(stage_node(&s, "e.copy.t"));
    stage_close(&s);
}

static void test_staff_see_that_a_practice_was_left_out(void **state)
{
    struct app_stage s;

    (void)state;
    stage_open(&s, &(struct app_stage_options){ 0 });
    app_goto(&s.app, "admin_health", 0);
    stage_round(&s);
    assert_null(stage_node(&s, "he.cell#9"));
    s.app.left_out = "Bài một";
    app_goto(&s.app, "admin_health", 0);
    stage_round(&s);
    assert_non_null(strstr(stage_see(&s, "he.cell#9")->text, "Máy tập"));
    stage_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_staff_see_that_a_practice_was_left_out),
        cmocka_unit_test(test_a_completion_is_acknowledged_once_and_said_to_be_saved),
        cmocka_unit_test(
            test_without_a_database_lessons_go_on_and_nothing_is_said_saved),
        cmocka_unit_test(test_the_feedback_is_drawn_before_the_answer_is_written),
        cmocka_unit_test(test_a_card_holder_finds_the_place_again_another_one_does_not),
        cmocka_unit_test(
            test_a_wait_after_misses_takes_no_code_and_then_takes_the_right_one),
        cmocka_unit_test(test_a_touch_beside_the_buttons_of_the_idle_question_stays),
        cmocka_unit_test(test_the_first_page_never_asks_whether_anybody_is_there),
        cmocka_unit_test(test_a_place_that_nobody_comes_back_to_is_forgotten),
        cmocka_unit_test(test_launch_opens_a_lesson_a_page_and_nothing_else),
        cmocka_unit_test(test_staff_see_once_that_the_database_was_set_aside),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
