/* The disk fills up under a learner: nothing is said to be saved before it is, staff
 * are told, and what waited is written when there is room again. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../unit/cmocka_all.h"

#include "../unit/app_stage.h"
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_result_waits_for_room_and_then_counts),
        cmocka_unit_test(test_a_guest_who_left_on_a_full_disk_is_not_met_by_the_next),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
