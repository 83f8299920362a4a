/* Registration through the screen: how many taps, what is asked, what is kept. */
#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"

#include "app/class_day.h"
#include "app/people.h"
#include "app_stage.h"
#include "base/arena.h"
#include "base/check.h"
#include "store/people.h"
#include "store/staff.h"
#include "store/vault.h"

#define TAPS_MAX 17
#define TAP_S 0.9
#define KEY_S 0.55
#define CONSENT_S 11

struct desk {
    struct app_stage s;
    int taps, keys;
};

static void open_desk(struct desk *d, bool locked)
{
    struct staff who = { .alias = "Anh Minh", .role = STAFF_VOLUNTEER };
    struct commune_entry thon = { .code = "t01", .name = "Nước Giáp" };
    char recovery[VAULT_SECRET_CHARS];

    memset(d, 0, sizeof(*d));
    stage_open(&d->s, &(struct app_stage_options){ .w = 0 });
    assert_int_equal(commune_set(d->s.db, COMMUNE_THON, &thon), ERR_OK);
    assert_int_equal(vault_create(d->s.app.desk.vault, "mat khau thu", recovery),
                     ERR_OK);
    assert_int_equal(staff_add(d->s.db, &who, "739204"), ERR_OK);
    assert_int_equal(app_staff_enter(&d->s.app, who.id, "739204"), PIN_RIGHT);
    if (locked) {
        vault_lock(d->s.app.desk.vault);
        app_names_refresh(&d->s.app);
    }
    app_turn(&d->s.app);
    app_goto(&d->s.app, "register_name", 0);
    d->taps = 1; /* "Ghi danh người mới" */
    stage_round(&d->s);
    assert_string_equal(stage_screen(&d->s), "register_name");
}

static void tap(struct desk *d, const char *id)
{
    stage_tap(&d->s, id);
    d->taps++;
}

static void key(struct desk *d, const char *letters)
{
    for (; *letters; letters++) {
        char id[8];

        snprintf(id, sizeof(id), "kb.%c", *letters);
        stage_tap(&d->s, *letters == ' ' ? "kb.space" : id);
        d->keys++;
    }
}

static void digits(struct desk *d, const char *text)
{
    for (; *text; text++) {
        char id[8];

        snprintf(id, sizeof(id), "code.%c", *text);
        tap(d, id);
    }
}

static void see_screen(struct desk *d, const char *name)
{
    assert_string_equal(stage_screen(&d->s), name);
}

/* Name, year, groups; up to the page after them. */
static void fill(struct desk *d, const char *letters, const char *year)
{
    key(d, letters);
    tap(d, "reg.next");
    see_screen(d, "register_details");
    digits(d, year);
    tap(d, "reg.female");
    tap(d, "reg.next");
    see_screen(d, "register_groups");
    tap(d, "reg.next");
}

static void read_selected(struct desk *d, struct person_record *out)
{
    assert_true(d->s.app.desk.has_person);
    assert_int_equal(
        people_read(d->s.db, d->s.app.desk.vault, d->s.app.desk.person, out), ERR_OK);
}

/* The same keys, as the kiosk is set: the tone on the first vowel or on the second. */
static void test_tones_stand_as_the_kiosk_is_set(void **state)
{
    struct desk d;

    (void)state;
    open_desk(&d, false);
    key(&d, "hoaf");
    assert_string_equal(d.s.app.registration.typed, "Hòa");
    d.s.app.settings.value[SETTING_TONE_NEW] = 1;
    key(&d, " thuys");
    assert_string_equal(d.s.app.registration.typed, "Hòa Thuý");
    stage_close(&d.s);
}

static void test_seventeen_taps_with_a_chip_and_half_a_minute(void **state)
{
    struct person_record r;
    struct desk d;
    double seconds;

    (void)state;
    open_desk(&d, false);
    fill(&d, "phamj thij lan", "60");
    tap(&d, "reg.c.yes");
    see_screen(&d, "card");
    tap(&d, "card.next");
    d.taps = 1;
    d.keys = 0;
    see_screen(&d, "register_name");
    assert_string_equal(stage_see(&d.s, "reg.chip#1")->text, "Phạm Thị");
    tap(&d, "reg.chip#1");
    fill(&d, "nguowngx", "58");
    see_screen(&d, "register_consent");
    tap(&d, "reg.c.yes");
    see_screen(&d, "card");
    read_selected(&d, &r);
    assert_string_equal(r.details.name, "Phạm Thị Ngưỡng");
    assert_int_equal(r.details.year, 1958);
    assert_string_equal(r.cohort.sex, "f");
    assert_string_equal(r.cohort.group, "g2");
    assert_string_equal(r.cohort.job, "j8");
    assert_string_equal(r.consent.text_version, CONSENT_TEXT_VERSION);
    assert_string_equal(r.consent.witness, d.s.app.desk.who.id);
    assert_in_range(d.taps + d.keys, 1, TAPS_MAX);
    seconds = d.taps * TAP_S + d.keys * KEY_S + CONSENT_S;
    assert_true(seconds <= 30);
    stage_close(&d.s);
}

static void test_nothing_is_kept_after_no(void **state)
{
    struct desk d;

    (void)state;
    open_desk(&d, false);
    fill(&d, "phamj thij lan", "60");
    tap(&d, "reg.c.no");
    see_screen(&d, "home");
    assert_false(d.s.app.desk.open);
    assert_true(d.s.app.visit.open);
    assert_null(d.s.app.registration.open ? &d : NULL);
    assert_string_equal(d.s.app.registration.typed, "");
    stage_close(&d.s);
}

static void test_a_child_needs_both_to_agree(void **state)
{
    struct person_record r;
    struct desk d;

    (void)state;
    open_desk(&d, false);
    key(&d, "dinh vanw looj");
    tap(&d, "reg.next");
    digits(&d, "13");
    tap(&d, "reg.age.key");
    tap(&d, "reg.next");
    assert_string_equal(d.s.app.registration.cohort.group, "g1");
    tap(&d, "reg.next");
    see_screen(&d, "guardian");
    tap(&d, "gc.go");
    stage_see(&d.s, "gc.e.name");
    tap(&d, "gc.name");
    key(&d, "dinh thij xoan");
    tap(&d, "gc.done");
    tap(&d, "gc.r2");
    tap(&d, "gc.y1");
    tap(&d, "gc.go");
    stage_see(&d.s, "gc.e.child");
    see_screen(&d, "guardian");
    tap(&d, "gc.y2");
    tap(&d, "gc.go");
    see_screen(&d, "card");
    read_selected(&d, &r);
    assert_string_equal(r.details.guardian_name, "Dinh Thị Xoan");
    assert_int_equal(r.consent.guardian, GUARDIAN_MOTHER);
    stage_close(&d.s);
}

static void test_the_same_person_is_asked_about_and_used(void **state)
{
    unsigned char first[EVENT_TOKEN_BYTES];
    struct desk d;

    (void)state;
    open_desk(&d, false);
    fill(&d, "phamj thij nguowngf", "58");
    tap(&d, "reg.c.yes");
    memcpy(first, d.s.app.desk.person, sizeof(first));
    tap(&d, "card.next");
    fill(&d, "phamj thij nguowngx", "58");
    see_screen(&d, "register_duplicate");
    tap(&d, "reg.dup.yes");
    see_screen(&d, "card");
    assert_memory_equal(first, d.s.app.desk.person, sizeof(first));
    assert_int_equal(people_index_size(d.s.app.desk.index), 1);
    tap(&d, "card.back");
    stage_close(&d.s);
}

static void test_bad_names_and_years_say_what_to_do(void **state)
{
    struct desk d;

    (void)state;
    open_desk(&d, false);
    tap(&d, "reg.next");
    stage_see(&d.s, "reg.e.empty");
    key(&d, "a");
    tap(&d, "reg.next");
    stage_see(&d.s, "reg.e.one");
    for (int i = 0; i < 200; i++)
        key(&d, "b");
    assert_in_range(strlen(d.s.app.registration.typed), 1, TYPING_MAX - 1);
    tap(&d, "reg.next");
    stage_see(&d.s, "reg.e.long");
    see_screen(&d, "register_name");
    tap(&d, "kb.clear");
    key(&d, "phamj lan");
    tap(&d, "reg.next");
    tap(&d, "code.del");
    tap(&d, "code.del");
    digits(&d, "1850");
    tap(&d, "reg.next");
    stage_see(&d.s, "reg.e.year");
    for (int i = 0; i < 4; i++)
        tap(&d, "code.del");
    digits(&d, "2031");
    tap(&d, "reg.next");
    stage_see(&d.s, "reg.e.year");
    see_screen(&d, "register_details");
    stage_close(&d.s);
}

static void test_registering_works_while_names_are_locked(void **state)
{
    struct person_record r;
    struct desk d;

    (void)state;
    open_desk(&d, true);
    assert_null(stage_node(&d.s, "reg.chip#1"));
    fill(&d, "phamj thij lan", "60");
    tap(&d, "reg.c.yes");
    see_screen(&d, "card");
    assert_string_equal(stage_see(&d.s, "card.name")->text, "Phạm Thị Lan");
    read_selected(&d, &r);
    assert_string_equal(r.details.name, "");
    assert_true(r.unchecked);
    stage_close(&d.s);
}

static void test_a_blank_card_becomes_theirs(void **state)
{
    struct person_card blank;
    char text[CARD_TEXT_CHARS];
    struct ui_event scan = { .kind = UI_EVENT_SCAN, .text = text };
    struct desk d;

    (void)state;
    open_desk(&d, false);
    assert_int_equal(card_blank(d.s.db, 1, &blank), ERR_OK);
    assert_int_equal(card_text(d.s.db, blank.token, text), ERR_OK);
    ui_feed(d.s.ui, &scan);
    stage_round(&d.s);
    stage_see(&d.s, "reg.claim.yes");
    fill(&d, "phamj thij lan", "60");
    tap(&d, "reg.c.yes");
    see_screen(&d, "card");
    assert_memory_equal(blank.token, d.s.app.desk.person, EVENT_TOKEN_BYTES);
    stage_close(&d.s);
}

static void test_a_blank_card_is_taken_by_its_code_too(void **state)
{
    struct person_card blank;
    struct desk d;

    (void)state;
    open_desk(&d, false);
    assert_int_equal(card_blank(d.s.db, 1, &blank), ERR_OK);
    assert_int_equal(registration_claim_code(&d.s.app, blank.code), CARD_BLANK);
    fill(&d, "phamj thij lan", "60");
    tap(&d, "reg.c.yes");
    see_screen(&d, "card");
    assert_memory_equal(blank.token, d.s.app.desk.person, EVENT_TOKEN_BYTES);
    assert_int_not_equal(registration_claim_code(&d.s.app, blank.code), CARD_BLANK);
    stage_close(&d.s);
}

static void test_walking_away_wipes_the_draft(void **state)
{
    struct desk d;

    (void)state;
    open_desk(&d, false);
    key(&d, "phamj");
    stage_wait(&d.s, 61000);
    assert_string_not_equal(stage_screen(&d.s), "register_name");
    assert_string_equal(d.s.app.registration.typed, "");
    stage_close(&d.s);
}

/* The machine of this test does not know its day for certain, as one without a clock chip. */
static void test_a_wish_about_ones_data_is_kept_with_a_day(void **state)
{
    struct arena arena = { 0 };
    struct request *all;
    struct desk d;
    size_t n;

    (void)state;
    open_desk(&d, false);
    fill(&d, "phamj thij lan", "60");
    tap(&d, "reg.c.yes");
    assert_int_equal(class_today(&d.s.app), -1);
    assert_int_equal(app_person_request(&d.s.app, REQUEST_CORRECT), ERR_OK);
    assert_int_equal(requests_read(d.s.db, 0, 10, &arena, &all, &n), ERR_OK);
    assert_int_equal(n, 1);
    assert_int_equal(all[0].received_day, requests_today(d.s.db));
    assert_true(all[0].received_day >= 0);
    arena_finish(&arena);
    stage_close(&d.s);
}

static void test_erasing_is_four_taps_and_the_pin(void **state)
{
    struct person_record r;
    struct desk d;

    (void)state;
    open_desk(&d, false);
    fill(&d, "phamj thij lan", "60");
    tap(&d, "reg.c.yes");
    read_selected(&d, &r);
    app_goto(&d.s.app, "search", 0);
    stage_round(&d.s);
    key(&d, "lan");
    tap(&d, "find.row#1");
    d.taps = 0;
    tap(&d, "find.edit");
    tap(&d, "ed.er.go");
    tap(&d, "ed.er.yes");
    stage_type(&d.s, "739204");
    stage_see(&d.s, "rc.done");
    assert_string_not_equal(stage_see(&d.s, "rc.no")->text, "");
    tap(&d, "rc.ok");
    assert_int_equal(d.taps, 4);
    see_screen(&d, "search");
    assert_int_equal(people_index_size(d.s.app.desk.index), 0);
    stage_close(&d.s);
}

static void test_each_line_is_corrected_alone(void **state)
{
    struct person_record r;
    struct desk d;

    (void)state;
    open_desk(&d, false);
    fill(&d, "phamj thij lan", "60");
    tap(&d, "reg.c.yes");
    app_goto(&d.s.app, "person_edit", 0);
    stage_round(&d.s);
    tap(&d, "ed.edit#1");
    key(&d, "h");
    tap(&d, "ed.save");
    tap(&d, "ed.edit#4");
    tap(&d, "f.thon#1");
    read_selected(&d, &r);
    assert_string_equal(r.details.name, "Phạm Thị Lanh");
    assert_string_equal(r.cohort.thon, "t01");
    assert_int_equal(r.details.year, 1960);
    stage_close(&d.s);
}

static void type_unicode(struct desk *d, uint32_t ch)
{
    ui_feed(d->s.ui, &(struct ui_event){ .kind = UI_EVENT_CHAR, .ch = ch });
    stage_round(&d->s);
}

static void test_a_real_keyboard_types_and_strange_signs_do_not(void **state)
{
    static const uint32_t strange[] = { 0x202E, 0x200F, 0x1F600, 0x07, 0x2028 };
    struct desk d;

    (void)state;
    open_desk(&d, false);
    stage_type(&d.s, "Ho");
    type_unicode(&d, 0x1ED3); /* ồ of an input method */
    type_unicode(&d, ' ');
    stage_type(&d.s, "an");
    for (size_t i = 0; i < COUNT(strange); i++)
        type_unicode(&d, strange[i]);
    assert_string_equal(d.s.app.registration.typed, "Hoồ An");
    see_screen(&d, "register_name");
    stage_close(&d.s);
}

static void test_two_entries_become_one_and_two_again(void **state)
{
    struct desk d;

    (void)state;
    open_desk(&d, false);
    fill(&d, "phamj thij lan", "60");
    tap(&d, "reg.c.yes");
    tap(&d, "card.next");
    fill(&d, "dinh thij hoa", "61");
    tap(&d, "reg.c.yes");
    app_goto(&d.s.app, "person", 0);
    stage_round(&d.s);
    tap(&d, "pe.merge");
    see_screen(&d, "search");
    key(&d, "lan");
    tap(&d, "find.row#1");
    tap(&d, "find.same.yes");
    see_screen(&d, "person");
    assert_int_equal(people_index_size(d.s.app.desk.index), 1);
    tap(&d, "pe.undo#1");
    assert_int_equal(people_index_size(d.s.app.desk.index), 2);
    assert_null(stage_node(&d.s, "pe.undo#1"));
    stage_close(&d.s);
}

static void test_giving_up_asks_once_and_wipes(void **state)
{
    struct desk d;

    (void)state;
    open_desk(&d, false);
    key(&d, "lan");
    tap(&d, "reg.cancel");
    tap(&d, "reg.drop.no");
    see_screen(&d, "register_name");
    assert_string_equal(d.s.app.registration.typed, "Lan");
    tap(&d, "reg.cancel");
    tap(&d, "reg.drop.yes");
    assert_string_equal(d.s.app.registration.typed, "");
    see_screen(&d, "search");
    stage_close(&d.s);
}

static void test_vneid_is_what_was_seen(void **state)
{
    struct vneid v;
    struct desk d;

    (void)state;
    open_desk(&d, false);
    fill(&d, "phamj thij lan", "60");
    tap(&d, "reg.c.yes");
    app_goto(&d.s.app, "person", 0);
    stage_round(&d.s);
    tap(&d, "pe.seen");
    tap(&d, "pe.v2");
    stage_see(&d.s, "pe.set");
    assert_int_equal(vneid_get(d.s.db, d.s.app.desk.person, &v), ERR_OK);
    assert_string_equal(v.status, "v2");
    assert_int_equal(v.source, VNEID_SEEN);
    stage_close(&d.s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tones_stand_as_the_kiosk_is_set),
        cmocka_unit_test(test_seventeen_taps_with_a_chip_and_half_a_minute),
        cmocka_unit_test(test_nothing_is_kept_after_no),
        cmocka_unit_test(test_a_child_needs_both_to_agree),
        cmocka_unit_test(test_the_same_person_is_asked_about_and_used),
        cmocka_unit_test(test_bad_names_and_years_say_what_to_do),
        cmocka_unit_test(test_registering_works_while_names_are_locked),
        cmocka_unit_test(test_a_blank_card_becomes_theirs),
        cmocka_unit_test(test_a_blank_card_is_taken_by_its_code_too),
        cmocka_unit_test(test_walking_away_wipes_the_draft),
        cmocka_unit_test(test_a_wish_about_ones_data_is_kept_with_a_day),
        cmocka_unit_test(test_erasing_is_four_taps_and_the_pin),
        cmocka_unit_test(test_each_line_is_corrected_alone),
        cmocka_unit_test(test_a_real_keyboard_types_and_strange_signs_do_not),
        cmocka_unit_test(test_two_entries_become_one_and_two_again),
        cmocka_unit_test(test_giving_up_asks_once_and_wipes),
        cmocka_unit_test(test_vneid_is_what_was_seen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
