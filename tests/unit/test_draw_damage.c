/* What is redrawn when a page changes. */
#include "cmocka_all.h"

#include <string.h>

#include "base/check.h"
#include "platform/canvas.h"
#include "platform/damage.h"

#define W 640
#define H 400

static const struct ui_cmd page[] = {
    { .kind = UI_CMD_FILL, .box = { 0, 0, W, H }, .colour = PAPER },
    { .kind = UI_CMD_FILL, .box = { 64, 64, 60, 60 }, .colour = INDIGO, .radius = 8 },
    { .kind = UI_CMD_TEXT,
      .box = { 70, 70, 40, 20 },
      .colour = SURFACE,
      .size = 16,
      .text = "Tiếp" },
    { .kind = UI_CMD_CLIP, .box = { 320, 0, 100, 100 } },
    { .kind = UI_CMD_FILL, .box = { 300, 0, 300, 300 }, .colour = SON },
    { .kind = UI_CMD_CLIP },
};

struct change {
    struct damage *d;
    struct ui_cmd cmds[COUNT(page) + 1];
    size_t n_cmds;
    struct box boxes[DAMAGE_RECTS_MAX];
    size_t n_boxes;
};

static void update(struct change *c)
{
    c->n_boxes = damage_update(c->d, c->cmds, c->n_cmds, c->boxes);
}

static struct change start(void)
{
    struct change c = { .d = damage_create(W, H), .n_cmds = COUNT(page) };

    memcpy(c.cmds, page, sizeof(page));
    update(&c);
    return c;
}

static bool is_redrawn(const struct change *c, struct box b)
{
    for (int y = b.y; y < b.y + b.h; y++) {
        for (int x = b.x; x < b.x + b.w; x++) {
            bool in = false;

            for (size_t i = 0; i < c->n_boxes; i++)
                in = in || box_common(c->boxes[i], (struct box){ x, y, 1, 1 }).w > 0;
            if (!in)
                return false;
        }
    }
    return true;
}

static long area(const struct change *c)
{
    long sum = 0;

    for (size_t i = 0; i < c->n_boxes; i++)
        sum += (long)c->boxes[i].w * c->boxes[i].h;
    return sum;
}

static void test_the_first_page_is_drawn_whole(void **state)
{
    struct change c = start();

    (void)state;
    assert_int_equal(c.n_boxes, 1);
    assert_int_equal(area(&c), W * H);
    damage_destroy(c.d);
}

static void test_the_same_page_again_draws_nothing(void **state)
{
    struct change c = start();

    (void)state;
    update(&c);
    assert_int_equal(c.n_boxes, 0);
    damage_destroy(c.d);
}

static void test_after_a_loss_all_is_drawn_again(void **state)
{
    struct change c = start();

    (void)state;
    damage_forget(c.d);
    update(&c);
    assert_int_equal(area(&c), W * H);
    damage_destroy(c.d);
}

static void test_a_pressed_button_redraws_only_its_surroundings(void **state)
{
    struct change c = start();

    (void)state;
    c.cmds[1].colour = INDIGO_PRESS;
    update(&c);
    assert_true(is_redrawn(&c, c.cmds[1].box));
    assert_true(area(&c) <= 96 * 96);
    damage_destroy(c.d);
}

static void test_moving_redraws_the_old_and_the_new_place(void **state)
{
    struct change c = start();

    (void)state;
    c.cmds[1].box.x = 500;
    update(&c);
    assert_true(is_redrawn(&c, page[1].box));
    assert_true(is_redrawn(&c, c.cmds[1].box));
    assert_true(area(&c) < W * H / 4);
    damage_destroy(c.d);
}

static void test_another_order_is_another_picture(void **state)
{
    struct change c = start();
    struct ui_cmd swap = c.cmds[1];

    (void)state;
    c.cmds[1] = c.cmds[2];
    c.cmds[2] = swap;
    update(&c);
    assert_true(is_redrawn(&c, page[2].box));
    damage_destroy(c.d);
}

static void test_a_changed_clip_redraws_what_it_uncovers(void **state)
{
    struct change c = start();

    (void)state;
    c.cmds[3].box.h = 200;
    update(&c);
    assert_true(is_redrawn(&c, (struct box){ 320, 0, 100, 200 }));
    damage_destroy(c.d);
}

static void test_what_lies_outside_the_clip_does_not_count(void **state)
{
    struct change c = start();

    (void)state;
    c.cmds[4].box.w = 310; /* its right edge is clipped away before and after */
    update(&c);
    assert_true(area(&c) <= 128 * 128);
    damage_destroy(c.d);
}

static void test_scattered_changes_stay_within_the_limit(void **state)
{
    struct damage *d = damage_create(1920, 1080);
    struct ui_cmd dots[200];
    struct box boxes[DAMAGE_RECTS_MAX];
    size_t n;

    (void)state;
    for (int i = 0; i < (int)COUNT(dots); i++)
        dots[i] = (struct ui_cmd){ .kind = UI_CMD_FILL,
                                   .colour = INK,
                                   .box = { i * 131 % 1900, i * 277 % 1000, 3, 3 } };
    damage_update(d, dots, COUNT(dots), boxes);
    for (size_t i = 0; i < COUNT(dots); i++)
        dots[i].colour = SON;
    n = damage_update(d, dots, COUNT(dots), boxes);
    assert_in_range(n, 1, DAMAGE_RECTS_MAX);
    for (size_t i = 0; i < COUNT(dots); i++) {
        struct change c = { .n_boxes = n };

        memcpy(c.boxes, boxes, sizeof(boxes));
        assert_true(is_redrawn(&c, dots[i].box));
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++)
            assert_false(box_common(boxes[i], boxes[j]).w > 0 &&
                         box_common(boxes[i], boxes[j]).h > 0);
    }
    damage_destroy(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_first_page_is_drawn_whole),
        cmocka_unit_test(test_the_same_page_again_draws_nothing),
        cmocka_unit_test(test_after_a_loss_all_is_drawn_again),
        cmocka_unit_test(test_a_pressed_button_redraws_only_its_surroundings),
        cmocka_unit_test(test_moving_redraws_the_old_and_the_new_place),
        cmocka_unit_test(test_another_order_is_another_picture),
        cmocka_unit_test(test_a_changed_clip_redraws_what_it_uncovers),
        cmocka_unit_test(test_what_lies_outside_the_clip_does_not_count),
        cmocka_unit_test(test_scattered_changes_stay_within_the_limit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
