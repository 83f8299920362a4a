/* Classes, attendance, heads, help, hours: what they write and what the totals say. */
#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "store/class.h"
#include "store/person.h"
#include "store_fixture.h"

#define TODAY "2026-11-22" /* a Sunday */

static const struct class_plan plan = { .thon = "t07",
                                        .place = "Nhà văn hóa",
                                        .unit = "u02",
                                        .lesson = "m09-b03",
                                        .tap_only = true };

static void add_person(struct fixture *f, const char *sex, unsigned char token[10])
{
    struct person_cohort cohort = { .thon = "t07", .band = "b4", .group = "g2" };
    struct person_card card;

    snprintf(cohort.sex, sizeof(cohort.sex), "%s", sex);
    assert_int_equal(person_add(f->db, &cohort, &card), ERR_OK);
    memcpy(token, card.token, sizeof(card.token));
}

static int set_up(void **state)
{
    int rc = fixture_setup(state);

    fixture_learn_time(*state);
    return rc;
}

static int64_t total(struct fixture *f, const char *stat, const char *dims)
{
    return fixture_total(f, stat, TODAY, "-", dims);
}

static void test_a_class_and_who_came(void **state)
{
    struct fixture *f = *state;
    unsigned char nga[10], dot[10];
    struct class_member *list;
    struct class_state now;
    struct arena arena = { 0 };
    struct buf report;
    size_t n;

    add_person(f, "f", nga);
    add_person(f, "m", dot);
    assert_int_equal(class_present(f->db, nga, true, "v1"),
                     ERR_REJECTED); /* none open */
    assert_int_equal(class_open(f->db, &plan, "v1"), ERR_OK);
    assert_int_equal(class_open(f->db, &plan, "v1"), ERR_REJECTED);
    assert_int_equal(class_present(f->db, nga, true, "v1"), ERR_OK);
    assert_int_equal(class_present(f->db, nga, true, "v1"), ERR_OK); /* once */
    assert_int_equal(class_present(f->db, dot, true, "v1"), ERR_OK);
    assert_int_equal(total(f, "classes", "-"), 1);
    assert_int_equal(total(f, "classes", "thon=t07"), 1);
    assert_int_equal(total(f, "classes", "unit=u02"), 1);
    assert_int_equal(total(f, "attendance", "-"), 2);
    assert_int_equal(total(f, "attendance", "sex=f"), 1);
    assert_int_equal(total(f, "attendance", "sex=m;thon=t07"), 1);
    assert_int_equal(fixture_total(f, "active", "2026-11", "-", "-"), 2);
    assert_int_equal(class_present(f->db, dot, false, "v1"), ERR_OK);
    assert_int_equal(total(f, "attendance", "-"), 1);
    assert_int_equal(fixture_total(f, "active", "2026-11", "-", "-"), 1);
    assert_int_equal(class_needs_help(f->db, nga, true, "v1"), ERR_OK);
    fixture_complete(f, "m09-b03", nga);
    fixture_reopen(f); /* a power cut does not close it */
    assert_int_equal(class_current(f->db, &now), ERR_OK);
    assert_true(now.seq > 0);
    assert_string_equal(now.plan.place, plan.place);
    assert_int_equal(class_members(f->db, &arena, &list, &n), ERR_OK);
    assert_int_equal(n, 1);
    assert_true(list[0].present && list[0].finished && list[0].needs_help);
    assert_int_equal(class_close(f->db, NULL, 0, "v1"), ERR_OK);
    assert_int_equal(class_current(f->db, &now), ERR_OK);
    assert_int_equal(now.seq, 0);
    /* the next one knows who came before */
    assert_int_equal(class_open(f->db, &plan, "v1"), ERR_OK);
    assert_int_equal(class_members(f->db, &arena, &list, &n), ERR_OK);
    assert_int_equal(n, 1);
    assert_false(list[0].present || list[0].finished || list[0].needs_help);
    buf_init(&report, 65536);
    if (journal_rebuild(f->db, 0, &report))
        fail_msg("%s", buf_text(&report));
    buf_finish(&report);
    arena_finish(&arena);
}

static void test_heads_are_counted_once(void **state)
{
    struct fixture *f = *state;
    const struct head_count twelve = { 12, 7, 3 }, nine = { 9, 7, 4 },
                            odd = { 3, 4, 0 };
    struct head_count now;

    assert_int_equal(class_set_head_count(f->db, &twelve, "v1"), ERR_REJECTED);
    assert_int_equal(class_open(f->db, &plan, "v1"), ERR_OK);
    assert_int_equal(class_set_head_count(f->db, &twelve, "v1"), ERR_OK);
    assert_int_equal(class_set_head_count(f->db, &twelve, "v1"), ERR_OK);
    assert_int_equal(total(f, "head_count", "-"), 12);
    assert_int_equal(total(f, "head_count", "sex=f"), 7);
    assert_int_equal(total(f, "head_count", "band=b4;thon=t07"), 3);
    assert_int_equal(class_set_head_count(f->db, &nine, "v1"), ERR_OK);
    assert_int_equal(total(f, "head_count", "-"), 9);
    assert_int_equal(total(f, "head_count", "thon=t07"), 9);
    assert_int_equal(total(f, "head_count", "band=b4"), 4);
    assert_int_equal(class_set_head_count(f->db, &odd, "v1"), ERR_REJECTED);
    assert_int_equal(class_head_count(f->db, &now), ERR_OK);
    assert_memory_equal(&now, &nine, sizeof(now));
}

static void test_help_hours_and_vneid(void **state)
{
    struct fixture *f = *state;
    const char *staff[] = { "a1", "b2" };
    unsigned char nga[10];
    int64_t today[HELP_KINDS];
    struct vneid status;

    add_person(f, "f", nga);
    assert_int_equal(help_add(f->db, "h2", NULL, "t07", "v1"), ERR_OK);
    assert_int_equal(help_add(f->db, "h2", nga, "t07", "v1"), ERR_OK);
    assert_int_equal(help_add(f->db, "h9", NULL, "t07", "v1"), ERR_REJECTED);
    assert_int_equal(total(f, "help", "kind=h2"), 2);
    assert_int_equal(total(f, "help", "kind=h2;thon=t07"), 2);
    assert_int_equal(total(f, "help", "-"), 2);
    assert_int_equal(help_undo(f->db, "h2", "v1"), ERR_OK);
    assert_int_equal(total(f, "help", "kind=h2"), 1);
    assert_int_equal(help_today(f->db, today), ERR_OK);
    assert_int_equal(today[1], 1);
    assert_int_equal(class_open(f->db, &plan, "v1"), ERR_OK);
    f->mono_ms += 90 * 60000;
    assert_int_equal(class_close(f->db, staff, 2, "v1"), ERR_OK);
    assert_int_equal(total(f, "volunteer_minutes", "-"), 180);
    assert_int_equal(vneid_set(f->db, nga, "v1", VNEID_SAID, "v1"), ERR_OK);
    assert_int_equal(fixture_total(f, "vneid_status", "2026-11", "-", "s=v1"), 1);
    assert_int_equal(vneid_set(f->db, nga, "v2", VNEID_SEEN, "v1"), ERR_OK);
    assert_int_equal(fixture_total(f, "vneid_status", "2026-11", "-", "s=v1"), 0);
    assert_int_equal(fixture_total(f, "vneid_status", "2026-11", "-", "s=v2"), 1);
    assert_int_equal(fixture_total(f, "vneid_status", "all", "-", "s=v2;thon=t07"), 1);
    assert_int_equal(vneid_get(f->db, nga, &status), ERR_OK);
    assert_string_equal(status.status, "v2");
    assert_int_equal(status.source, VNEID_SEEN);
    assert_int_equal(sign_off(f->db, nga, "m09-b03", "v1"), ERR_OK);
    assert_int_equal(fixture_total(f, "sign_offs", TODAY, "m09-b03", "sex=f"), 1);
}

static void test_plays_of_the_loudspeakers_are_counted(void **state)
{
    struct fixture *f = *state;
    int64_t n;

    assert_int_equal(notice_plays(f->db, "m09-b03", &n), ERR_OK);
    assert_int_equal(n, 0);
    assert_int_equal(notice_undo(f->db, "m09-b03", "v1"), ERR_REJECTED);
    assert_int_equal(notice_played(f->db, "", "v1"), ERR_REJECTED);
    assert_int_equal(notice_played(f->db, "m09-b03", "v1"), ERR_OK);
    assert_int_equal(notice_played(f->db, "m09-b03", "v1"), ERR_OK);
    assert_int_equal(notice_played(f->db, "m09-b01", "v1"), ERR_OK);
    assert_int_equal(notice_plays(f->db, "m09-b03", &n), ERR_OK);
    assert_int_equal(n, 2);
    assert_int_equal(fixture_total(f, "notice_plays", TODAY, "m09-b03", "-"), 2);
    assert_int_equal(notice_undo(f->db, "m09-b03", "v1"), ERR_OK);
    assert_int_equal(notice_plays(f->db, "m09-b03", &n), ERR_OK);
    assert_int_equal(n, 1);
}

static void test_a_class_elsewhere_leaves_the_open_one_open(void **state)
{
    struct fixture *f = *state;
    const struct class_elsewhere away = {
        .plan = { .thon = "t02", .place = "nhà ông Đốt" },
        .day = 20770, /* 2026-11-13 */
        .minutes = 60,
        .heads = { 8, 5, 2 },
    };
    struct class_elsewhere tomorrow = away;
    struct class_state now;

    tomorrow.day = 20780;
    assert_int_equal(class_open(f->db, &plan, "v1"), ERR_OK);
    assert_int_equal(class_enter(f->db, &away, "v1"), ERR_OK);
    assert_int_equal(fixture_total(f, "classes", "2026-11-13", "-", "thon=t02"), 1);
    assert_int_equal(fixture_total(f, "head_count", "2026-11-13", "-", "thon=t02"), 8);
    assert_int_equal(total(f, "classes", "thon=t02"), 0);
    assert_int_equal(class_enter(f->db, &tomorrow, "v1"), ERR_REJECTED);
    assert_int_equal(class_current(f->db, &now), ERR_OK);
    assert_string_equal(now.plan.thon, "t07");
}

static void test_a_forgotten_class_closes_at_midnight(void **state)
{
    struct fixture *f = *state;
    struct class_state now;

    assert_int_equal(class_open(f->db, &plan, "v1"), ERR_OK);
    f->mono_ms += 86400000;
    f->wall_ms += 86400000;
    assert_int_equal(class_current(f->db, &now), ERR_OK);
    assert_int_equal(now.seq, 0);
    assert_int_equal(class_open(f->db, &plan, "v1"), ERR_OK);
}

static void test_the_calendar_proposes(void **state)
{
    struct fixture *f = *state;
    struct commune_slot slot = { .weekday = 6,
                                 .from_min = 5 * 60,
                                 .to_min = 7 * 60,
                                 .thon = "t03",
                                 .place = "Trường học" };
    struct class_plan p;
    int weekday, minute;

    assert_false(class_propose(f->db, &p, &weekday, &minute));
    assert_int_equal(weekday, 6);
    assert_in_range(minute, 5 * 60 + 20, 5 * 60 + 30);
    assert_int_equal(commune_set_slot(f->db, &slot), ERR_OK);
    assert_true(class_propose(f->db, &p, &weekday, &minute));
    assert_string_equal(p.thon, "t03");
    slot.weekday = 7;
    assert_int_equal(commune_set_slot(f->db, &slot), ERR_REJECTED);
}

static void test_lists_and_targets(void **state)
{
    struct fixture *f = *state;
    struct commune_entry e = { .name = "Nước Giáp" },
                         bad = { .code = "T 1", .name = "x" };
    struct commune_target t = {
        .group = "g2", .period = "2026-H2", .value = 2, .due_day = 20818
    };
    struct commune_target *targets;
    struct commune_entry *list;
    struct arena arena = { 0 };
    unsigned char a[10], b[10];
    size_t n;

    assert_int_equal(commune_set(f->db, COMMUNE_THON, &e), ERR_OK);
    assert_string_equal(e.code, "t01");
    assert_int_equal(commune_set(f->db, COMMUNE_THON, &bad), ERR_REJECTED);
    assert_int_equal(commune_set(f->db, COMMUNE_GROUP, &e), ERR_REJECTED);
    assert_string_equal(commune_name(f->db, COMMUNE_THON, "t01", &arena), "Nước Giáp");
    assert_string_equal(commune_name(f->db, COMMUNE_THON, "t09", &arena), "t09");
    assert_int_equal(
        db_set(f->db, "commune.settings",
               "{\"commune\":{\"code\":\"21520\",\"name\":\"Xã Đặng Thùy Trâm\"},"
               "\"thon\":{\"t01\":\"Nước Giáp mới\",\"t05\":\"Bùi Hui\"}}"),
        ERR_OK);
    assert_true(commune_is_servers(f->db));
    assert_int_equal(commune_set(f->db, COMMUNE_THON, &e), ERR_REJECTED);
    assert_int_equal(commune_read(f->db, COMMUNE_THON, &arena, &list, &n), ERR_OK);
    assert_int_equal(n, 2);
    assert_string_equal(list[0].name, "Nước Giáp mới");
    assert_string_equal(commune_title(f->db, &arena), "Xã Đặng Thùy Trâm");
    /* the day on which a target was reached stays */
    add_person(f, "f", a);
    add_person(f, "m", b);
    assert_int_equal(commune_set_target(f->db, &t), ERR_OK);
    fixture_complete(f, "m09-b03", a);
    fixture_complete(f, "m09-b03", b);
    f->mono_ms += 3 * 86400000LL;
    assert_int_equal(help_add(f->db, "h1", NULL, "t01", "v1"), ERR_OK);
    assert_int_equal(commune_targets(f->db, "2026-H2", &arena, &targets, &n), ERR_OK);
    assert_int_equal(n, 1);
    assert_int_equal(targets[0].reached_day, 20779);
    arena_finish(&arena);
}

/* The shape that bdhvs-server grants: tests/unit/test_server_enrol.c checks its side. */
static void test_the_grant_brings_targets_and_bases(void **state)
{
    struct fixture *f = *state;
    struct commune_target own = { .group = "g1", .period = "2026-H2", .value = 9 };
    struct commune_base own_base = { .thon = "t01", .year = 2026, .source = "x" };
    struct commune_target *targets;
    struct commune_base *bases;
    struct commune_entry *units, unit = { .name = "Hội Nông dân xã" };
    struct arena arena = { 0 };
    unsigned char a[10];
    size_t n;

    add_person(f, "f", a);
    fixture_complete(f, "m09-b03", a); /* before anybody set a target */
    assert_int_equal(
        db_set(f->db, "commune.settings",
               "{\"units\":{\"u01\":\"Hội Phụ nữ xã\"},"
               "\"targets\":[{\"group\":\"\",\"period\":\"2026-H2\",\"value\":1,"
               "\"due\":\"2026-12-31\",\"document\":\"KH 06/KH-UBND\"},"
               "{\"group\":\"G 2\",\"period\":\"2026-H2\",\"value\":5}],"
               "\"bases\":[{\"thon\":\"t07\",\"year\":2026,\"people\":360,"
               "\"adults\":240,\"day\":\"2026-01-15\",\"source\":\"Công an xã\"}]}"),
        ERR_OK);
    assert_int_equal(commune_take_grant(f->db), ERR_OK);
    assert_int_equal(commune_targets(f->db, "2026-H2", &arena, &targets, &n), ERR_OK);
    assert_int_equal(n, 1);
    assert_int_equal(targets[0].value, 1);
    assert_int_equal(targets[0].due_day, 20818);
    assert_string_equal(targets[0].document, "KH 06/KH-UBND");
    assert_int_equal(targets[0].reached_day, 20779);
    assert_int_equal(commune_bases(f->db, 2026, &arena, &bases, &n), ERR_OK);
    assert_int_equal(n, 1);
    assert_int_equal(bases[0].households, -1);
    assert_int_equal(bases[0].adults, 240);
    assert_int_equal(commune_read(f->db, COMMUNE_UNIT, &arena, &units, &n), ERR_OK);
    assert_int_equal(n, 1);
    assert_string_equal(units[0].name, "Hội Phụ nữ xã");
    /* they are the server's */
    assert_int_equal(commune_set_target(f->db, &own), ERR_REJECTED);
    assert_int_equal(commune_set_base(f->db, &own_base), ERR_REJECTED);
    assert_int_equal(commune_set(f->db, COMMUNE_UNIT, &unit), ERR_REJECTED);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_class_and_who_came, set_up,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_heads_are_counted_once, set_up,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_help_hours_and_vneid, set_up,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_plays_of_the_loudspeakers_are_counted,
                                        set_up, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_class_elsewhere_leaves_the_open_one_open,
                                        set_up, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_forgotten_class_closes_at_midnight,
                                        set_up, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_the_calendar_proposes, set_up,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_lists_and_targets, set_up,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_the_grant_brings_targets_and_bases, set_up,
                                        fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
