/* Several people, one screen, through the whole program. */
#include <stdlib.h>
#include <string.h>

#include "app_stage.h"
#include "base/buf.h"
#include "cmocka_all.h"
#include "store/journal.h"
#include "store/person.h"
#include "store/recall.h"

#define N 3

struct people {
    unsigned char tokens[N][EVENT_TOKEN_BYTES];
    struct person_card cards[N];
};

static void arrive(struct app_stage *s, struct people *p)
{
    struct person_cohort cohort = { .thon = "t01", .sex = "f" };

    stage_open(s, &(struct app_stage_options){ 0 });
    for (size_t i = 0; i < N; i++) {
        assert_int_equal(person_add(s->db, &cohort, &p->cards[i]), ERR_OK);
        memcpy(p->tokens[i], p->cards[i].token, EVENT_TOKEN_BYTES);
    }
}

static void gather(struct app_stage *s, struct people *p)
{
    app_visit_group(&s->app, p->tokens, N);
    stage_round(s);
    assert_string_equal(stage_screen(s), "home");
}

static long total(struct app_stage *s, const char *row)
{
    struct buf out;
    const char *at;
    long n = 0;

    buf_init(&out, 1 << 20);
    assert_int_equal(journal_totals_json(s->db, &out), ERR_OK);
    at = strstr(buf_text(&out), row);
    if (at)
        n = strtol(at + strlen(row), NULL, 10);
    buf_finish(&out);
    return n;
}

static void test_each_of_them_gets_the_lesson_and_nobody_is_a_guest(void **state)
{
    struct app_stage s;
    struct people p;
    struct buf report;

    (void)state;
    buf_init(&report, 1 << 16);
    arrive(&s, &p);
    gather(&s, &p);
    stage_tap(&s, "home.continue");
    stage_play_lesson(&s);
    assert_int_equal(s.n_acks, N);
    assert_int_equal(total(&s, "[\"starts\",\"?0\",\"m01-b01\",\"-\","), N);
    assert_int_equal(total(&s, "[\"completions\",\"?0\",\"m01-b01\",\"-\","), N);
    assert_int_equal(total(&s, "[\"group_completions\",\"?0\",\"m01-b01\",\"-\","), N);
    assert_int_equal(total(&s, "[\"guest_completions\",\"?0\",\"m01-b01\",\"-\","), 0);
    assert_int_equal(total(&s, "[\"item_shown\",\"?0\",\"m01-b01-q1\",\"-\","), 1);
    assert_int_equal(journal_rebuild(s.db, 0, &report), ERR_OK);
    buf_finish(&report);
    stage_close(&s);
}

static void test_a_group_does_only_what_all_have_not_done(void **state)
{
    struct app_stage s;
    struct people p;

    (void)state;
    arrive(&s, &p);
    assert_int_equal(app_visit_code(&s.app, p.cards[0].code), CODE_OK);
    stage_round(&s);
    stage_tap(&s, "home.continue");
    stage_play_lesson(&s);
    stage_tap(&s, "bar.home");
    stage_tap(&s, "bar.exit");

    gather(&s, &p);
    assert_false(app_lesson_done(&s.app, "m01-b01")); /* one of three did it */
    stage_tap(&s, "home.continue");
    stage_play_lesson(&s);
    stage_tap(&s, "bar.home");
    assert_true(app_lesson_done(&s.app, "m01-b01"));
    stage_tap(&s, "bar.exit");
    assert_false(app_in_group(&s.app));

    /* the second one alone: the lesson is theirs, and its questions come again */
    assert_int_equal(app_visit_code(&s.app, p.cards[1].code), CODE_OK);
    stage_round(&s);
    assert_true(app_lesson_done(&s.app, "m01-b01"));
    assert_true(s.app.plan.recall.n_items > 0);
    stage_close(&s);
}

static void test_the_same_people_go_on_and_others_do_not(void **state)
{
    struct app_stage s;
    struct people p;
    bool begun = false;

    (void)state;
    arrive(&s, &p);
    gather(&s, &p);
    stage_tap(&s, "home.continue");
    stage_tap(&s, "lesson.next");
    app_leave(&s.app);
    stage_round(&s);
    assert_string_equal(stage_screen(&s), "attract");

    gather(&s, &p);
    assert_string_equal(s.app.visit.progress.current, "m01-b01");
    assert_true(app_continue_index(&s.app, &begun) == 0 && begun);
    app_leave(&s.app);
    stage_round(&s);

    assert_int_equal(person_add(s.db,
                                &(struct person_cohort){ .thon = "t02", .sex = "m" },
                                &p.cards[2]),
                     ERR_OK);
    memcpy(p.tokens[2], p.cards[2].token, EVENT_TOKEN_BYTES);
    gather(&s, &p);
    assert_null(s.app.visit.progress.current);

    /* and a guest knows nothing of them */
    app_leave(&s.app);
    stage_round(&s);
    app_visit_guest(&s.app);
    stage_round(&s);
    assert_null(s.app.visit.progress.current);
    stage_close(&s);
}

static void test_the_turn_passes_with_each_answer_and_by_touch(void **state)
{
    struct app_stage s;
    struct people p;

    (void)state;
    arrive(&s, &p);
    gather(&s, &p);
    stage_tap(&s, "home.continue");
    while (stage_node(&s, "lesson.next"))
        stage_tap(&s, "lesson.next");
    assert_string_equal(stage_screen(&s), "group");
    assert_int_equal(s.app.visit.group.turn, 0);
    if (stage_node(&s, "grp.one#3")) {
        stage_tap(&s, "grp.one#3");
        assert_int_equal(s.app.visit.group.turn, 2);
    } else {
        stage_tap(&s, "grp.turn");
        assert_int_equal(s.app.visit.group.turn, 1);
        stage_tap(&s, "grp.turn");
    }
    assert_int_equal(s.app.visit.group.turn, 2);
    if (stage_node(&s, "quiz.true"))
        stage_tap(&s, "quiz.true");
    else if (stage_node(&s, "quiz.scam"))
        stage_tap(&s, "quiz.scam");
    else
        stage_choose_right(&s);
    assert_int_equal(s.app.visit.group.turn, 0);
    assert_true(s.app.visit.group.had_turn[2]);
    assert_false(s.app.visit.group.had_turn[0]);
    stage_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_of_them_gets_the_lesson_and_nobody_is_a_guest),
        cmocka_unit_test(test_a_group_does_only_what_all_have_not_done),
        cmocka_unit_test(test_the_same_people_go_on_and_others_do_not),
        cmocka_unit_test(test_the_turn_passes_with_each_answer_and_by_touch),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
