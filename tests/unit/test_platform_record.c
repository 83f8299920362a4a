/* What is recorded can be replayed. */
#include "cmocka_all.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "platform/record.h"
#include "ui/ui_core.h"

static int width_10(void *ctx, bool bold, int size, const char *text, size_t n)
{
    (void)ctx;
    (void)bold;
    (void)size;
    (void)text;
    return (int)n * 10;
}

static void frames(struct ui *ui, struct record *r, int64_t now_ms)
{
    do {
        ui_begin(ui);
        ui_target(ui, UI_ROLE_BUTTON, "home.continue", "Học tiếp",
                  (struct rect){ 0, 0, 100, 100 }, 0, NULL);
        ui_end(ui);
        record_frame(r, ui, now_ms);
    } while (ui_again(ui));
}

static void test_actions_become_a_script(void **state)
{
    char path[] = "/tmp/test_platform_record.XXXXXX";
    struct ui_metrics m = { width_10, NULL };
    struct ui *ui = ui_create(&m, 1000, 800, 160);
    struct record *r;
    struct buf b;
    int fd = mkstemp(path);

    (void)state;
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(record_open(path, &r), ERR_OK);
    frames(ui, r, 1000);
    ui_feed(ui, &(struct ui_event){ .kind = UI_EVENT_DOWN, .x = 5, .y = 5, .t_ms = 1 });
    ui_feed(ui, &(struct ui_event){ .kind = UI_EVENT_UP, .x = 5, .y = 5, .t_ms = 2 });
    frames(ui, r, 3500);
    ui_feed(ui, &(struct ui_event){ .kind = UI_EVENT_KEY, .key = UI_EVENT_KEY_F1 });
    ui_feed(ui, &(struct ui_event){ .kind = UI_EVENT_CHAR, .ch = '7' });
    frames(ui, r, 3500);
    ui_feed(ui, &(struct ui_event){ .kind = UI_EVENT_SCAN, .text = "AB C" });
    frames(ui, r, 4000);
    record_close(r);
    ui_destroy(ui);

    buf_init(&b, 4096);
    assert_int_equal(file_read(path, &b), ERR_OK);
    assert_string_equal(buf_text(&b), "wait 2500\ntap home.continue\nkey f1\ntext 7\n"
                                      "wait 500\nscan AB C\n");
    buf_finish(&b);
    unlink(path);
}

static void test_a_place_that_cannot_be_written_is_told(void **state)
{
    struct record *r;

    (void)state;
    assert_int_equal(record_open("/nowhere/at/all", &r), ERR_FULL);
    assert_null(r);
    record_close(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_actions_become_a_script),
        cmocka_unit_test(test_a_place_that_cannot_be_written_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
