/* Pages of the machine without a machine: who may see them, and what they say where nothing
 * can be asked. */
#include <string.h>

#include "cmocka_all.h"

#include "app_stage.h"
#include "machine/machine.h"

static void go(struct app_stage *s, const char *screen)
{
    app_goto(&s->app, screen, 0);
    stage_round(s);
}

static void test_who_is_not_signed_in_switches_nothing_off(void **state)
{
    struct app_stage s;

    (void)state;
    stage_open(&s, &(struct app_stage_options){ 0 });
    go(&s, "power");
    assert_string_equal(stage_screen(&s), "setup"); /* the door of a new machine */
    assert_null(stage_node(&s, "po.off"));
    stage_close(&s);
}

static void test_a_new_machine_is_joined_from_the_set_up_and_leads_back(void **state)
{
    struct app_stage s;
    struct machine machine;

    (void)state;
    stage_open(&s, &(struct app_stage_options){ 0 });
    machine_open(&machine, "unix:path=/nowhere/bus", NULL, NULL, NULL);
    s.app.machine = &machine;
    go(&s, "admin_network");
    assert_string_equal(stage_screen(&s), "admin_network");
    assert_true(s.app.looks_at_network);
    (void)machine_tick(&machine, true, s.now_ms);
    stage_round(&s);
    assert_non_null(strstr(stage_see(&s, "nw.matter")->text, "D-Bus"));
    stage_see(&s, "nw.first"); /* what works without a network */
    stage_tap(&s, "of.back");
    assert_string_equal(stage_screen(&s), "setup");
    assert_false(s.app.looks_at_network);
    stage_close(&s);
    machine_close(&machine);
}

static void test_the_clock_of_a_new_machine_is_asked_and_then_sure(void **state)
{
    struct app_stage s;

    (void)state;
    stage_open(&s, &(struct app_stage_options){ 0 });
    go(&s, "setup");
    stage_tap(&s, "reg.next");
    stage_see(&s, "sy.t.sub");
    stage_tap(&s, "reg.prev");
    stage_tap(&s, "reg.next");
    stage_tap(&s, "sy.t.ok"); /* now it is sure, and the next step is there */
    assert_null(stage_node(&s, "sy.t.ok"));
    stage_tap(&s, "reg.prev");
    stage_see(&s, "su.state"); /* the ruler: it is not asked again */
    stage_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_who_is_not_signed_in_switches_nothing_off),
        cmocka_unit_test(test_a_new_machine_is_joined_from_the_set_up_and_leads_back),
        cmocka_unit_test(test_the_clock_of_a_new_machine_is_asked_and_then_sure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
