/* What was learnt is asked again when days are certain, through the whole program. */
#include <string.h>

#include "app_stage.h"
#include "cmocka_all.h"
#include "store/journal.h"
#include "store/person.h"

#define DAY_MS 86400000
#define CERTAIN 2 /* as staff set it */

/* Signed in by a new card, on a day that is certain. */
static struct person_card arrive(struct app_stage *s)
{
    struct person_cohort cohort = { .thon = "t01", .sex = "f" };
    struct person_card card;

    stage_open(s, &(struct app_stage_options){ 0 });
    assert_int_equal(person_add(s->db, &cohort, &card), ERR_OK);
    assert_int_equal(
        journal_learn_time(s->db, s->clock.wall_ms(s->clock.ctx), 500, CERTAIN),
        ERR_OK);
    assert_int_equal(app_visit_code(&s->app, card.code), CODE_OK);
    stage_round(s);
    assert_string_equal(stage_screen(s), "home");
    return card;
}

static void come_again(struct app_stage *s, const struct person_card *card, int days)
{
    if (strcmp(stage_screen(s), "home") != 0)
        stage_tap(s, "bar.home");
    stage_tap(s, "bar.exit");
    s->now_ms += (int64_t)days * DAY_MS;
    assert_int_equal(app_visit_code(&s->app, card->code), CODE_OK);
    stage_round(s);
    assert_string_equal(stage_screen(s), "home");
}

static void review(struct app_stage *s)
{
    stage_tap(s, "home.review");
    assert_string_equal(stage_screen(s), "review");
    stage_tap(s, "rev.go");
    for (int i = 0; i < 40 && strcmp(stage_screen(s), "review") != 0; i++) {
        if (stage_node(s, "fb.next"))
            stage_tap(s, "fb.next");
        else if (stage_node(s, "quiz.true"))
            stage_tap(s, "quiz.true");
        else if (stage_node(s, "quiz.scam"))
            stage_tap(s, "quiz.scam");
        else
            stage_choose_right(s);
    }
    stage_see(s, "rev.good");
}

static void test_after_a_day_a_week_and_a_month(void **state)
{
    struct app_stage s;
    struct person_card card;

    (void)state;
    card = arrive(&s);
    stage_tap(&s, "home.continue");
    stage_play_lesson(&s);
    come_again(&s, &card, 0);
    assert_null(stage_node(&s, "home.review"));
    come_again(&s, &card, 1);
    review(&s);
    come_again(&s, &card, 6);
    assert_null(stage_node(&s, "home.review"));
    come_again(&s, &card, 1);
    review(&s);
    come_again(&s, &card, 29);
    assert_null(stage_node(&s, "home.review"));
    come_again(&s, &card, 1);
    review(&s);
    assert_int_equal(s.n_acks, 1); /* the lesson; a review completes nothing */
    stage_close(&s);
}

static void test_an_open_lesson_stays_open_through_a_review(void **state)
{
    struct app_stage s;
    struct person_card card;

    (void)state;
    card = arrive(&s);
    stage_tap(&s, "home.continue");
    stage_play_lesson(&s);
    stage_tap(&s, "res.next");
    stage_tap(&s, "lesson.next");
    assert_string_equal(stage_screen(&s), "lesson");
    stage_tap(&s, "bar.back");
    stage_tap(&s, "bar.back");
    come_again(&s, &card, 1);
    review(&s);
    stage_tap(&s, "rev.new");
    assert_string_equal(stage_screen(&s), "lesson");
    assert_int_equal(s.app.learning.session.at, 1);
    stage_close(&s);
}

static void test_a_page_without_its_visit_leads_away(void **state)
{
    static const char *const pages[] = { "review", "placement" };
    struct app_stage s;

    (void)state;
    stage_open(&s, &(struct app_stage_options){ 0 });
    for (size_t i = 0; i < 2; i++) {
        app_goto(&s.app, pages[i], 1);
        stage_round(&s);
        assert_string_equal(stage_screen(&s), "attract");
    }
    app_visit_guest(&s.app);
    stage_round(&s);
    for (size_t i = 0; i < 2; i++) {
        app_goto(&s.app, pages[i], 1);
        stage_round(&s);
        assert_string_equal(stage_screen(&s), "home");
    }
    stage_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_after_a_day_a_week_and_a_month),
        cmocka_unit_test(test_an_open_lesson_stays_open_through_a_review),
        cmocka_unit_test(test_a_page_without_its_visit_leads_away),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
