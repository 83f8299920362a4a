/* The disk fills up under a learner: nothing is said to be saved before it is, staff
 * are told, and what waited is written when there is room again. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../unit/cmocka_all.h"

#include "../unit/app_stage.h"
#include "app/contest_run.h"
#include "base/file.h"
#include "cut_vfs.h"

static void test_a_result_waits_for_room_and_then_counts(void **state)
{
    struct app_stage s;
    char full[80];

    (void)state;
    cut_vfs_register();
    cut_disk_format(5);
    stage_open(&s, &(struct app_stage_options){ .vfs = CUT_VFS_NAME });
    snprintf(full, sizeof(full), "%s/full", s.dir);
    assert_int_equal(file_replace(full, "", 0, 0600), ERR_OK);
    cut_disk.full_while = full;
    stage_tap(&s, "attract.start");
    stage_tap(&s, "who.guest");
    stage_tap(&s, "home.continue");
    stage_play_lesson(&s);
    assert_int_equal(s.n_acks, 0);
    stage_see(&s, "res.unsaved");
    stage_tap(&s, "bar.home"); /* leave without being forgotten … */
    stage_tap(&s, "bar.exit"); /* … and the next one starts clean */
    stage_tap(&s, "attract.staff");
    stage_tap(&s, "su.state");
    stage_see(&s, "e.full.t");
    stage_tap(&s, "bar.back");

    unlink(full);
    stage_wait(&s, 60000);
    assert_int_equal(s.n_acks, 1);
    assert_int_equal(s.app.saver.n, 0);
    assert_int_equal(s.app.saver.n_lost, 0);
    stage_close(&s);
}

static void test_a_guest_who_left_on_a_full_disk_is_not_met_by_the_next(void **state)
{
    struct app_stage s;
    char full[80];

    (void)state;
    cut_disk_format(6);
    stage_open(&s, &(struct app_stage_options){ .vfs = CUT_VFS_NAME });
    snprintf(full, sizeof(full), "%s/full", s.dir);
    stage_tap(&s, "attract.start");
    stage_tap(&s, "who.guest");
    stage_tap(&s, "home.continue");
    stage_tap(&s, "lesson.next");
    assert_int_equal(file_replace(full, "", 0, 0600), ERR_OK);
    cut_disk.full_while = full;
    stage_tap(&s, "bar.back");
    stage_tap(&s, "bar.back");
    stage_tap(&s, "bar.exit");
    stage_tap(&s, "attract.start");
    stage_tap(&s, "who.guest");
    assert_string_equal(stage_see(&s, "home.praise")->text,
                        "Chạm “Học tiếp” để vào bài đầu tiên.");
    unlink(full);
    stage_close(&s);
}

/* An answer of a contest is held, as it was given, until there is room for it. */
static void test_an_answer_of_a_contest_is_not_told_before_it_is_written(void **state)
{
    static const bool all[] = { true, true };
    struct staff hanh = { .alias = "Lê Thị Hạnh", .role = STAFF_VOLUNTEER };
    struct contest_plan plan = { .name = "Hội thi",
                                 .teams = { "Đội một", "Đội hai" },
                                 .n_teams = 2,
                                 .modules = all,
                                 .n_questions = 5,
                                 .seconds = 30 };
    struct app_stage s;
    char full[80];

    (void)state;
    cut_vfs_register();
    cut_disk_format(5);
    stage_open(&s, &(struct app_stage_options){ .vfs = CUT_VFS_NAME });
    snprintf(full, sizeof(full), "%s/full", s.dir);
    assert_int_equal(staff_add(s.db, &hanh, "482915"), ERR_OK);
    assert_int_equal(app_staff_enter(&s.app, hanh.id, "482915"), PIN_RIGHT);
    assert_int_equal(app_contest_begin(&s.app, &plan), ERR_OK);
    app_goto(&s.app, "contest_round", 0);
    stage_round(&s);
    stage_tap(&s, "ct.ready");
    assert_int_equal(file_replace(full, "", 0, 0600), ERR_OK);
    cut_disk.full_while = full;
    stage_wait(&s, 31000); /* too late: an answer, too */
    stage_see(&s, "ct.held");
    stage_tap(&s, "ct.again");
    stage_see(&s, "ct.held");
    assert_int_equal(s.app.contest.record.game.answers[0][0].verdict, CONTEST_OPEN);
    unlink(full);
    stage_tap(&s, "ct.again");
    assert_string_equal(stage_see(&s, "ct.team")->text, "Đội hai");
    assert_int_equal(s.app.contest.record.game.answers[0][0].verdict, CONTEST_LATE);
    stage_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_result_waits_for_room_and_then_counts),
        cmocka_unit_test(test_a_guest_who_left_on_a_full_disk_is_not_met_by_the_next),
        cmocka_unit_test(test_an_answer_of_a_contest_is_not_told_before_it_is_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
