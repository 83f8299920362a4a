/* Pages of a class, through the whole program without a window: what a tap does is asked of
 * the store, and every page stays inside the window on every panel. */
#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"

#include "app/class_day.h"
#include "app_stage.h"
#include "base/check.h"
#include "store/people.h"
#include "store/vault.h"

#define LEAST_DP 48.0F /* of the smaller side of what trained hands touch */

static const struct size_row {
    const char *name;
    int w, h;
} sizes[] = {
    { "1280x800", 1280, 800 },
    { "800x480", 800, 480 },
    { "1920x1080", 1920, 1080 },
    { "720x1280", 720, 1280 },
};

static const char *const names[] = { "Phạm Thị Nga", "Đinh Văn Ỷ", "Phạm Văn Đốt" };

static void set_up(struct app_stage *s)
{
    struct staff hanh = { .alias = "Lê Thị Hạnh", .role = STAFF_ADMIN };
    struct commune_entry thon = { .code = "t01", .name = "Nước Giáp" };
    struct commune_entry other = { .code = "t02", .name = "Hố Sâu" };
    char recovery[VAULT_SECRET_CHARS];

    assert_int_equal(vault_create(s->app.desk.vault, "mat khau thu", recovery), ERR_OK);
    assert_int_equal(staff_add(s->db, &hanh, "482915"), ERR_OK);
    assert_int_equal(commune_set(s->db, COMMUNE_THON, &thon), ERR_OK);
    assert_int_equal(commune_set(s->db, COMMUNE_THON, &other), ERR_OK);
    assert_int_equal(app_staff_enter(&s->app, hanh.id, "482915"), PIN_RIGHT);
    app_goto(&s->app, "class_open", 0);
    stage_round(s);
}

static void begin(struct app_stage *s, const struct size_row *size)
{
    stage_open(s, &(struct app_stage_options){ .w = size->w, .h = size->h });
    set_up(s);
}

static struct person_card make(struct app_stage *s, const char *name)
{
    struct person_details details = { .year = 1958 };
    struct person_cohort cohort = {
        .thon = "t01", .sex = "f", .band = "b4", .group = "g2"
    };
    struct person_consent consent = { .text_version = "c1",
                                      .day = -1,
                                      .method = CONSENT_TAP };
    struct person_card card;

    (void)snprintf(details.name, sizeof(details.name), "%s", name);
    assert_int_equal(people_register(s->db, s->app.desk.vault, &details, &cohort,
                                     &consent, NULL, app_actor(&s->app), &card),
                     ERR_OK);
    app_person_changed(&s->app, card.token);
    return card;
}

/* The class of t01 is open, three people were registered in it. */
static void open_class(struct app_stage *s)
{
    stage_tap(s, "open.edit");
    stage_tap(s, "open.thon#2"); /* the second thôn, so the choice matters */
    stage_tap(s, "open.org#1");
    stage_tap(s, "open.which#1");
    stage_tap(s, "open.yes");
    assert_string_equal(stage_screen(s), "class");
    for (size_t i = 0; i < COUNT(names); i++)
        make(s, names[i]);
    app_goto(&s->app, "class", 0);
    stage_round(s);
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

        if (a->box.x < 0 || a->box.y < 0 || a->box.x + a->box.w > w + 1 ||
            a->box.y + a->box.h > h + 1)
            fail_msg("%s %d: %s lies outside: %d,%d %dx%d", stage_screen(s), w, a->id,
                     a->box.x, a->box.y, a->box.w, a->box.h);
        if (a->active && a->role != UI_ROLE_TAB &&
            ((float)a->box.w < LEAST_DP * scale || (float)a->box.h < LEAST_DP * scale))
            fail_msg("%s %d: %s is too small: %dx%d", stage_screen(s), w, a->id,
                     a->box.w, a->box.h);
        for (size_t k = 0; a->active && k < i; k++) {
            const struct box *b = &nodes[k].box;

            if (nodes[k].active && a->box.x < b->x + b->w &&
                b->x < a->box.x + a->box.w && a->box.y < b->y + b->h &&
                b->y < a->box.y + a->box.h)
                fail_msg("%s %d: %s and %s overlap", stage_screen(s), w, a->id,
                         nodes[k].id);
        }
    }
}

static int64_t present(struct app_stage *s)
{
    struct arena arena = { 0 };
    struct class_summary sum;

    assert_int_equal(class_summary(s->db, &arena, &sum), ERR_OK);
    arena_finish(&arena);
    return sum.present;
}

static void test_one_tap_ticks_a_person_and_a_second_takes_it_back(void **state)
{
    struct app_stage s;

    (void)state;
    begin(&s, &sizes[0]);
    open_class(&s);
    assert_string_equal(s.app.desk.klass.plan.thon, "t02");
    assert_int_equal(present(&s), 0);
    /* by given name: Đốt, Nga, Ỷ */
    assert_string_equal(stage_see(&s, "ses.person#1")->text, "Phạm Văn Đốt");
    assert_string_equal(stage_see(&s, "ses.person#3")->text, "Đinh Văn Ỷ");
    stage_tap(&s, "ses.person#1");
    assert_int_equal(present(&s), 1);
    assert_true(stage_see(&s, "ses.person#1")->state & UI_CORRECT);
    stage_tap(&s, "ses.absent");
    assert_null(stage_node(&s, "ses.person#3"));
    stage_tap(&s, "ses.all");
    stage_tap(&s, "ses.person#1");
    assert_int_equal(present(&s), 0);
    stage_close(&s);
}

static void test_a_hand_that_helps_marks_what_is_learnt_from_then_on(void **state)
{
    struct app_stage s;
    struct person_card card;

    (void)state;
    begin(&s, &sizes[0]);
    open_class(&s);
    card = make(&s, "Phạm Thị Lễ");
    app_goto(&s.app, "class", 0);
    stage_round(&s);
    assert_int_equal(class_visit(&s.app, card.token), 0);
    assert_int_equal(present(&s), 1); /* whoever signs in came */
    stage_tap(&s, "ses.mark");
    /* Đốt, Lễ, Nga, Ỷ */
    stage_tap(&s, "ses.person#2");
    stage_tap(&s, "help.set.hand");
    stage_tap(&s, "help.set.need");
    stage_tap(&s, "help.set.close");
    assert_int_equal(class_visit(&s.app, card.token), EVENT_ASSISTED);
    stage_tap(&s, "ses.end");
    assert_non_null(stage_node(&s, "close.help#1"));
    assert_string_equal(stage_see(&s, "close.help#1")->text, "Phạm Thị Lễ");
    stage_close(&s);
}

static void test_names_go_with_the_class(void **state)
{
    struct app_stage s;

    (void)state;
    begin(&s, &sizes[0]);
    open_class(&s);
    stage_tap(&s, "ses.end");
    stage_tap(&s, "ses.end"); /* two taps close it */
    assert_string_equal(stage_screen(&s), "class_open");
    assert_int_equal(s.app.desk.klass.seq, 0);
    app_staff_leave(&s.app);
    assert_null(s.app.desk.index);
    stage_close(&s);
}

static void type_digits(struct app_stage *s, const char *digits)
{
    char id[] = "code.0";

    for (; *digits; digits++) {
        id[5] = *digits;
        stage_tap(s, id);
    }
}

static void test_heads_must_fit_into_each_other(void **state)
{
    struct app_stage s;
    struct head_count heads;

    (void)state;
    begin(&s, &sizes[0]);
    open_class(&s);
    app_goto(&s.app, "headcount", 0);
    stage_round(&s);
    stage_tap(&s, "code.del"); /* the 0 that stands there */
    type_digits(&s, "12");
    stage_tap(&s, "hc.women");
    stage_tap(&s, "code.del");
    type_digits(&s, "13");
    stage_tap(&s, "list.save");
    assert_int_equal(class_head_count(s.db, &heads), ERR_OK);
    assert_int_equal(heads.all, 0); /* nothing was written */
    stage_tap(&s, "code.del");
    stage_tap(&s, "list.save");
    assert_int_equal(class_head_count(s.db, &heads), ERR_OK);
    assert_int_equal(heads.all, 12);
    assert_int_equal(heads.women, 1);
    stage_close(&s);
}

static void test_help_is_counted_and_taken_back(void **state)
{
    struct app_stage s;
    int64_t n[HELP_KINDS];

    (void)state;
    begin(&s, &sizes[0]);
    open_class(&s);
    app_goto(&s.app, "help_log", 0);
    stage_round(&s);
    stage_tap(&s, "hl.h2");
    stage_tap(&s, "hl.h2");
    stage_tap(&s, "hl.undo");
    assert_int_equal(help_today(s.db, n), ERR_OK);
    assert_int_equal(n[1], 1);
    stage_close(&s);
}

static void check_sizes(void **state)
{
    static const char *const pages[] = { "class",       "headcount",    "help_log",
                                         "signoff",     "class_close",  "guide",
                                         "admin_units", "admin_targets" };
    struct app_stage s;

    begin(&s, *state);
    check_page(&s);
    stage_tap(&s, "open.edit");
    check_page(&s);
    stage_tap(&s, "list.back");
    open_class(&s);
    for (size_t i = 0; i < COUNT(pages); i++) {
        app_goto(&s.app, pages[i], 0);
        stage_round(&s);
        assert_string_equal(stage_screen(&s), pages[i]);
        check_page(&s);
    }
    stage_close(&s);
}

int main(void)
{
    struct CMUnitTest tests[5 + COUNT(sizes)] = {
        cmocka_unit_test(test_one_tap_ticks_a_person_and_a_second_takes_it_back),
        cmocka_unit_test(test_a_hand_that_helps_marks_what_is_learnt_from_then_on),
        cmocka_unit_test(test_names_go_with_the_class),
        cmocka_unit_test(test_heads_must_fit_into_each_other),
        cmocka_unit_test(test_help_is_counted_and_taken_back),
    };

    for (size_t i = 0; i < COUNT(sizes); i++)
        tests[5 + i] = (struct CMUnitTest){ .name = sizes[i].name,
                                            .test_func = check_sizes,
                                            .initial_state = (void *)&sizes[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
