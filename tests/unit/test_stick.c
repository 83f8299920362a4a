/* Who waited for a slow stick has not walked away: a copy and a support file count as a touch. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cmocka_all.h"

#include "app/stick.h"
#include "app/upkeep.h"
#include "app_stage.h"

#define SLOW_MS 90000 /* longer than a page of staff waits */

struct scene {
    struct app_stage stage;
    char dir[64];
};

static int setup(void **state)
{
    static struct scene s;
    char stick[96];

    s = (struct scene){ .dir = "/tmp/bdhvs-stick-XXXXXX" };
    if (!mkdtemp(s.dir))
        return -1;
    (void)snprintf(stick, sizeof(stick), "%s/KINGSTON", s.dir);
    if (mkdir(stick, 0700))
        return -1;
    stage_open(&s.stage, &(struct app_stage_options){ 0 });
    if (usb_create(s.dir, NULL, NULL, &s.stage.app.usb))
        return -1;
    (void)usb_tick(s.stage.app.usb);
    *state = &s;
    return 0;
}

static int teardown(void **state)
{
    struct scene *s = *state;
    char command[128];

    usb_destroy(s->stage.app.usb);
    s->stage.app.usb = NULL;
    stage_close(&s->stage);
    (void)snprintf(command, sizeof(command), "rm -r '%s'", s->dir);
    return system(command) == 0 ? 0 : -1;
}

/* As if the stick had taken so long. */
static struct app *later(struct scene *s)
{
    s->stage.now_ms += SLOW_MS;
    return &s->stage.app;
}

static void assert_just_touched(const struct app *app)
{
    assert_int_equal(app->touched_ms, clock_mono_ms(app->clock));
}

static void test_a_file(void **state)
{
    struct app *app = later(*state);

    assert_int_equal(stick_write(app, "lists/a.csv", "x", 1), USB_DONE);
    assert_just_touched(app);
}

static void test_a_copy(void **state)
{
    struct app *app = later(*state);
    enum upkeep_kept kept;

    assert_int_equal(upkeep_backup(app, &kept), ERR_OK);
    assert_int_equal(kept, UPKEEP_KEPT_ON_STICK);
    assert_just_touched(app);
}

static void test_what_support_asks_for(void **state)
{
    struct app *app = later(*state);

    assert_int_equal(upkeep_support(app), USB_DONE);
    assert_just_touched(app);
}

/* … and where there can be no stick, it says that. */
static void test_no_stick(void **state)
{
    struct scene *s = *state;
    struct usb *usb = s->stage.app.usb;

    s->stage.app.usb = NULL;
    assert_int_equal(stick_write(later(s), "a.csv", "x", 1), USB_NONE);
    s->stage.app.usb = usb;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_file, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_copy, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_support_asks_for, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_stick, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
