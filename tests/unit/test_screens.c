/* Every page on every panel: all of it inside the window, targets apart from each other
 * and as large as fingers need, no text of a button lost. */
#include <string.h>

#include "cmocka_all.h"

#include "app_stage.h"
#include "base/check.h"

#define LEAST_DP 64.0F /* of the smaller side of anything that is touched */

static const struct panel_row {
    const char *name;
    int w, h;
} panels[] = {
    { "1280x800", 1280, 800 },   { "800x480", 800, 480 },   { "1920x1080", 1920, 1080 },
    { "720x1280", 720, 1280 },   { "1024x600", 1024, 600 }, { "1366x768", 1366, 768 },
    { "1080x1920", 1080, 1920 },
};

static bool apart(const struct box *a, const struct box *b)
{
    return a->x + a->w <= b->x || b->x + b->w <= a->x || a->y + a->h <= b->y ||
           b->y + b->h <= a->y;
}

/* These lie under others on purpose: touching anywhere else does the same. */
static bool is_ground(const struct ui_node *node)
{
    return !strcmp(node->id, "attract.picture");
}

static void check_page(const struct app_stage *s)
{
    int w, h;
    size_t n;
    const struct ui_node *nodes = ui_nodes(s->ui, &n);
    float scale = ui_scale(s->ui);

    ui_size(s->ui, &w, &h);
    assert_true(n > 0);
    for (size_t i = 0; i < n; i++) {
        const struct ui_node *a = &nodes[i];

        if (a->box.x < 0 || a->box.y < 0 || a->box.x + a->box.w > w ||
            a->box.y + a->box.h > h)
            fail_msg("%s: %s lies outside: %d,%d %dx%d", stage_screen(s), a->id,
                     a->box.x, a->box.y, a->box.w, a->box.h);
        if (!a->active || is_ground(a))
            continue;
        if ((float)a->box.w < LEAST_DP * scale || (float)a->box.h < LEAST_DP * scale)
            fail_msg("%s: %s is too small for a finger: %dx%d", stage_screen(s), a->id,
                     a->box.w, a->box.h);
        for (size_t k = 0; k < i; k++)
            if (nodes[k].active && !is_ground(&nodes[k]) &&
                !apart(&a->box, &nodes[k].box))
                fail_msg("%s: %s and %s overlap", stage_screen(s), a->id, nodes[k].id);
        for (size_t k = 0; k < n; k++)
            if (k != i && !strcmp(nodes[k].id, a->id))
                fail_msg("%s: %s is there twice", stage_screen(s), a->id);
    }
}

static void tap(struct app_stage *s, const char *id)
{
    stage_tap(s, id);
    check_page(s);
}

static void check_questions(struct app_stage *s)
{
    tap(s, "quiz.choose"); /* too early: says why */
    tap(s, "quiz.choice#2");
    tap(s, "quiz.choose");
    tap(s, "fb.retry");
    tap(s, "quiz.choice#1");
    tap(s, "quiz.choose");
    tap(s, "fb.next");
    tap(s, "quiz.false");
    tap(s, "fb.retry");
    tap(s, "quiz.true");
    tap(s, "fb.next");
    tap(s, "quiz.safe");
    tap(s, "fb.retry");
    tap(s, "quiz.scam");
    tap(s, "fb.next");
    assert_string_equal(stage_screen(s), "result");
    tap(s, "res.next");
}

static void check_lesson(struct app_stage *s, const char *text)
{
    tap(s, "bar.text");
    tap(s, text);
    tap(s, "text.close");
    for (int i = 0; i < 4; i++)
        tap(s, "lesson.next");
    tap(s, "bar.help");
    tap(s, "help.cancel");
    check_questions(s);
}

static void check_panel(void **state)
{
    static const char *const sizes[] = { "text.1", "text.2", "text.3" };
    const struct panel_row *r = *state;

    for (size_t i = 0; i < COUNT(sizes); i++) {
        struct app_stage s;

        stage_open(&s,
                   &(struct app_stage_options){ .w = r->w, .h = r->h, .no_db = true });
        check_page(&s);
        tap(&s, "attract.staff");
        tap(&s, "bar.back");
        tap(&s, "attract.start");
        tap(&s, "who.card");
        stage_see(&s, "scan.none"); /* there is no camera on the stage */
        tap(&s, "bar.back");
        tap(&s, "who.card");
        tap(&s, "who.code");
        for (int k = 0; k < 3; k++) {
            stage_type(&s, "123456");
            check_page(&s);
        }
        tap(&s, "who.guest");
        tap(&s, "mod#1");
        tap(&s, "les#1");
        check_lesson(&s, sizes[i]);
        stage_wait(&s, 125000);
        assert_string_equal(stage_screen(&s), "idle");
        check_page(&s);
        tap(&s, "idle.stay");
        tap(&s, "bar.back");
        tap(&s, "bar.back");
        stage_close(&s);
    }
}

static const struct problem_row {
    const char *name, *title;
    struct app_stage_options options;
} problems[] = {
    { "no pack", "e.empty.t", { .no_pack = true } },
    { "a broken database", "e.broken.t", { .no_db = true, .db_err = ERR_CORRUPT } },
    { "no data partition", "e.place.t", { .no_db = true, .db_err = ERR_OFFLINE } },
    { "a newer database", "e.newer.t", { .no_db = true, .db_err = ERR_REJECTED } },
    { "a full disk", "e.full.t", { .no_db = true, .db_err = ERR_FULL } },
};

static void check_problem(void **state)
{
    const struct problem_row *r = *state;

    for (size_t i = 0; i < COUNT(panels); i++) {
        struct app_stage_options o = r->options;
        struct app_stage s;

        o.w = panels[i].w;
        o.h = panels[i].h;
        stage_open(&s, &o);
        stage_tap(&s, o.no_pack ? "e.staff" : "attract.staff");
        stage_see(&s, r->title);
        check_page(&s);
        stage_close(&s);
    }
}

static bool is_plugged;

static bool touchable(void *ctx)
{
    (void)ctx;
    return is_plugged;
}

static void test_a_panel_that_is_not_plugged_in_is_told_of(void **state)
{
    struct app_stage s;

    (void)state;
    is_plugged = false;
    stage_open(&s, &(struct app_stage_options){ .touchable = touchable });
    stage_see(&s, "attract.untouched");
    assert_null(stage_node(&s, "attract.sub"));
    is_plugged = true;
    stage_wait(&s, 5000);
    stage_see(&s, "attract.sub");
    assert_null(stage_node(&s, "attract.untouched"));
    stage_close(&s);
}

static void test_without_a_data_partition_the_first_page_says_that_nothing_is_kept(
    void **state)
{
    struct app_stage s;

    (void)state;
    stage_open(&s, &(struct app_stage_options){ .no_db = true, .db_err = ERR_OFFLINE });
    stage_see(&s, "attract.unkept");
    stage_tap(&s, "attract.start");
    assert_string_equal(stage_screen(&s), "signin"); /* lessons go on */
    stage_close(&s);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(panels) + COUNT(problems) + 2];
    size_t n = 0;

    for (size_t i = 0; i < COUNT(panels); i++)
        tests[n++] = (struct CMUnitTest){ .name = panels[i].name,
                                          .test_func = check_panel,
                                          .initial_state = (void *)&panels[i] };
    for (size_t i = 0; i < COUNT(problems); i++)
        tests[n++] = (struct CMUnitTest){ .name = problems[i].name,
                                          .test_func = check_problem,
                                          .initial_state = (void *)&problems[i] };
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(
        test_a_panel_that_is_not_plugged_in_is_told_of);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(
        test_without_a_data_partition_the_first_page_says_that_nothing_is_kept);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
