/* The page of the three pictures, and passports on pages of residents, through the whole
 * program without a window. */
#include <stdio.h>
#include <string.h>

#include "app_stage.h"
#include "base/check.h"
#include "cmocka_all.h"
#include "lesson/address.h"
#include "store/health.h"
#include "store/people.h"
#include "store/vault.h"

static struct person_card make(struct app_stage *s, const char *name)
{
    struct person_details details = { .year = 1958 };
    struct person_cohort cohort = { .thon = "t01", .sex = "f", .group = "g2" };
    struct person_consent consent = { .text_version = "c1",
                                      .day = -1,
                                      .method = CONSENT_TAP };
    struct person_card card;

    (void)snprintf(details.name, sizeof(details.name), "%s", name);
    assert_int_equal(people_register(s->db, s->app.desk.vault, &details, &cohort,
                                     &consent, NULL, app_actor(&s->app), &card),
                     ERR_OK);
    app_person_changed(&s->app, card.token);
    assert_int_equal(class_add(s->db, card.token, app_actor(&s->app)), ERR_OK);
    return card;
}

/* Nga is in an open class, and staff have selected her. */
static struct person_card begin(struct app_stage *s, bool tap_only)
{
    struct staff hanh = { .alias = "Hanh", .role = STAFF_ADMIN };
    struct commune_entry thon = { .code = "t01", .name = "Nước Giáp" };
    struct class_plan plan = { .thon = "t01", .tap_only = tap_only };
    char recovery[VAULT_SECRET_CHARS];
    struct person_card card;

    stage_open(s, &(struct app_stage_options){ 0 });
    assert_int_equal(vault_create(s->app.desk.vault, "mat khau thu", recovery), ERR_OK);
    assert_int_equal(staff_add(s->db, &hanh, "482915"), ERR_OK);
    assert_int_equal(commune_set(s->db, COMMUNE_THON, &thon), ERR_OK);
    assert_int_equal(app_staff_enter(&s->app, hanh.id, "482915"), PIN_RIGHT);
    assert_int_equal(class_open(s->db, &plan, hanh.id), ERR_OK);
    app_class_refresh(&s->app);
    card = make(s, "Phạm Thị Nga");
    app_select_person(&s->app, card.token);
    stage_round(s);
    return card;
}

static void touch(struct app_stage *s, const char *a, const char *b, const char *c)
{
    stage_tap(s, a);
    stage_tap(s, b);
    stage_tap(s, c);
}

static void choose(struct app_stage *s)
{
    assert_int_equal(app_pictures_begin(&s->app, "card", 1), ERR_OK);
    stage_round(s);
    assert_string_equal(stage_screen(s), "pictures");
    touch(s, "pic.ga", "pic.nha", "pic.am");
    stage_see(s, "pic.twice");
    touch(s, "pic.am", "pic.ga", "pic.nha");
    stage_see(s, "pic.kept");
    stage_tap(s, "pic.done");
    assert_string_equal(stage_screen(s), "card");
    stage_see(s, "card.next"); /* as it was left */
}

static void to_pictures(struct app_stage *s)
{
    app_goto(&s->app, "names", 0);
    stage_round(s);
    stage_tap(s, "names.one#1");
}

static void test_touched_twice_they_are_kept_and_open_the_lessons(void **state)
{
    struct app_stage s;
    struct person_card nga = begin(&s, false);

    (void)state;
    choose(&s);
    assert_true(pictures_has(s.db, nga.token));
    app_staff_leave(&s.app);
    stage_round(&s);
    stage_tap(&s, "attract.start");
    assert_string_equal(stage_screen(&s), "signin"); /* not at once to the names */
    to_pictures(&s);
    assert_string_equal(stage_screen(&s), "pictures");
    stage_tap(&s, "pic.nha");
    stage_tap(&s, "pic.nha"); /* a hand that trembles */
    assert_string_equal(stage_see(&s, "pic.touched")->value, "1");
    stage_tap(&s, "pic.am");
    stage_tap(&s, "pic.ga");
    assert_string_equal(stage_screen(&s), "home");
    assert_memory_equal(app_token(&s.app), nga.token, EVENT_TOKEN_BYTES);
    assert_false(s.app.pictures.open);
    stage_close(&s);
}

static void test_a_second_choice_that_differs_begins_again(void **state)
{
    struct app_stage s;
    struct person_card nga = begin(&s, false);

    (void)state;
    assert_int_equal(app_pictures_begin(&s.app, "card", 0), ERR_OK);
    stage_round(&s);
    touch(&s, "pic.ga", "pic.nha", "pic.am");
    touch(&s, "pic.ga", "pic.nha", "pic.cau");
    stage_see(&s, "pic.other");
    assert_string_equal(stage_see(&s, "pic.touched")->value, "0");
    assert_false(pictures_has(s.db, nga.token));
    stage_tap(&s, "bar.back");
    assert_string_equal(stage_screen(&s), "card");
    stage_close(&s);
}

static void test_begun_anew_the_old_ones_open_nothing(void **state)
{
    struct app_stage s;
    struct person_card nga = begin(&s, false);

    (void)state;
    choose(&s);
    assert_int_equal(app_pictures_begin(&s.app, "person", 0), ERR_OK);
    assert_false(pictures_has(s.db, nga.token));
    app_staff_leave(&s.app); /* walked away */
    stage_round(&s);
    assert_int_equal(app_pictures_choose(&s.app, 7), ERR_REJECTED);
    to_pictures(&s);
    assert_string_equal(stage_screen(&s), "home"); /* nothing to ask for */
    stage_close(&s);
}

static void test_where_names_suffice_nobody_is_asked(void **state)
{
    struct app_stage s;

    (void)state;
    begin(&s, true);
    choose(&s);
    app_staff_leave(&s.app);
    stage_round(&s);
    stage_tap(&s, "attract.start");
    assert_string_equal(stage_screen(&s), "names");
    stage_tap(&s, "names.one#1");
    assert_string_equal(stage_screen(&s), "home");
    stage_close(&s);
}

static void test_three_misses_lead_to_help_and_never_to_a_lock(void **state)
{
    struct app_stage s;

    (void)state;
    begin(&s, false);
    choose(&s);
    app_staff_leave(&s.app);
    stage_round(&s);
    to_pictures(&s);
    for (int i = 0; i < 3; i++) {
        touch(&s, "pic.trau", "pic.ca", "pic.lua");
        if (i < 2)
            stage_see(&s, "pic.retry");
    }
    assert_string_equal(stage_screen(&s), "pictures");
    stage_see(&s, "sign.call");
    assert_true(stage_see(&s, "sign.again")->state & UI_DISABLED);
    stage_tap(&s, "sign.again");
    stage_see(&s, "sign.call");
    stage_wait(&s, 31000);
    stage_tap(&s, "sign.again");
    touch(&s, "pic.am", "pic.ga", "pic.nha");
    assert_string_equal(stage_screen(&s), "home");
    stage_close(&s);
}

static void test_the_page_ends_with_the_class(void **state)
{
    static const char *const nobody[] = { NULL };
    struct app_stage s;

    (void)state;
    begin(&s, false);
    choose(&s);
    app_staff_leave(&s.app);
    stage_round(&s);
    to_pictures(&s);
    assert_string_equal(stage_screen(&s), "pictures");
    assert_int_equal(class_close(s.db, nobody, 0, "s1"), ERR_OK);
    app_class_refresh(&s.app);
    app_names_refresh(&s.app);
    stage_round(&s);
    assert_string_equal(stage_screen(&s), "signin");
    assert_false(s.app.pictures.open);
    stage_close(&s);
}

static void test_a_passport_opens_no_visit_and_leaves_a_reason(void **state)
{
    struct app_stage s;
    struct person_card nga = begin(&s, true);
    char text[PASSPORT_TEXT_CHARS];
    struct health_past past;

    (void)state;
    app_staff_leave(&s.app);
    stage_round(&s);
    assert_int_equal(passport_text(s.db, nga.token, text), ERR_OK);
    app_passport(&s.app, text);
    assert_int_equal(s.app.passport.what, PASSPORT_IN_BOOKED);
    assert_int_equal(s.app.passport.n, 0);
    assert_false(s.app.visit.open);
    assert_int_equal(health_past_read(s.db, &past), ERR_OK);
    assert_int_equal(past.passport, 0);
    text[10] = text[10] == '0' ? '1' : '0';
    app_passport(&s.app, text);
    app_passport(&s.app, text);
    assert_int_equal(s.app.passport.what, PASSPORT_IN_UNKNOWN);
    assert_int_equal(health_past_read(s.db, &past), ERR_OK);
    assert_int_equal(past.passport, PASSPORT_IN_UNKNOWN);
    stage_close(&s);
}

static void test_forms_of_address_follow_age_and_sex(void **state)
{
    (void)state;
    assert_string_equal(address_of(78, "f"), "bác");
    assert_string_equal(address_of(50, ""), "bác");
    assert_string_equal(address_of(49, "f"), "chị");
    assert_string_equal(address_of(18, "m"), "anh");
    assert_string_equal(address_of(30, ""), "");
    assert_string_equal(address_of(17, "m"), "em");
    assert_string_equal(address_of(-1, "f"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_touched_twice_they_are_kept_and_open_the_lessons),
        cmocka_unit_test(test_a_second_choice_that_differs_begins_again),
        cmocka_unit_test(test_begun_anew_the_old_ones_open_nothing),
        cmocka_unit_test(test_where_names_suffice_nobody_is_asked),
        cmocka_unit_test(test_three_misses_lead_to_help_and_never_to_a_lock),
        cmocka_unit_test(test_the_page_ends_with_the_class),
        cmocka_unit_test(test_a_passport_opens_no_visit_and_leaves_a_reason),
        cmocka_unit_test(test_forms_of_address_follow_age_and_sex),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
