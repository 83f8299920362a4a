/* Staff, their PINs and the audit log. */
#include <stdio.h>
#include <string.h>

#include <sqlite3.h>

#include "cmocka_all.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "store/audit.h"
#include "store/staff.h"
#include "store_fixture.h"

#define PIN "739204"
#define WRONG "739205"

static struct staff add(struct fixture *f, const char *alias, enum staff_role role)
{
    struct staff who = { .role = role, .picture = 1 };

    snprintf(who.alias, sizeof(who.alias), "%s", alias);
    assert_int_equal(staff_add(f->db, &who, PIN), ERR_OK);
    return who;
}

static void test_easy_pins_are_not_taken(void **state)
{
    static const struct {
        const char *pin;
        enum pin_trouble want;
    } cases[] = {
        { "12345", PIN_SHORT },        { "", PIN_SHORT },
        { "12a456", PIN_NO_DIGITS },   { "１２３４５６", PIN_NO_DIGITS },
        { "123456", PIN_EASY },        { "654321", PIN_EASY },
        { "000000", PIN_EASY },        { "135791", PIN_EASY },
        { "121212", PIN_EASY },        { "123123", PIN_EASY },
        { "111222", PIN_EASY },        { "195801", PIN_EASY },
        { "581958", PIN_EASY },        { "200458", PIN_EASY },
        { "031258", PIN_EASY },        { "311299", PIN_EASY },
        { "580412", PIN_EASY },        { "739204", PIN_FINE },
        { "482915", PIN_FINE },        { "90817263", PIN_FINE },
        { "7392047392047", PIN_EASY },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        if (staff_pin_check(cases[i].pin) != cases[i].want)
            fail_msg("%s: %d", cases[i].pin, staff_pin_check(cases[i].pin));
}

static void test_five_misses_wait_and_ten_lock(void **state)
{
    struct fixture *f = *state;
    struct staff who = add(f, "Cô Hạnh", STAFF_ADMIN), now;

    for (int i = 0; i < 4; i++)
        assert_int_equal(staff_try_pin(f->db, who.id, WRONG), PIN_MISSED);
    assert_int_equal(staff_try_pin(f->db, who.id, WRONG), PIN_WAIT);
    assert_in_range(staff_wait_s(f->db, who.id), 295, 300);
    assert_int_equal(staff_try_pin(f->db, who.id, PIN),
                     PIN_WAIT); /* the right one too */
    fixture_reopen(f);
    assert_int_equal(staff_try_pin(f->db, who.id, PIN), PIN_WAIT);
    f->mono_ms += 300000;
    for (int i = 0; i < 4; i++)
        assert_int_equal(staff_try_pin(f->db, who.id, WRONG), PIN_MISSED);
    assert_int_equal(staff_try_pin(f->db, who.id, WRONG), PIN_LOCKED);
    f->mono_ms += 86400000;
    assert_int_equal(staff_try_pin(f->db, who.id, PIN), PIN_LOCKED);
    assert_int_equal(staff_find(f->db, who.id, &now), ERR_OK);
    assert_true(now.locked);
    assert_int_equal(staff_unlock(f->db, who.id), ERR_OK);
    assert_int_equal(staff_try_pin(f->db, who.id, PIN), PIN_RIGHT);
    assert_int_equal(staff_misses(f->db, who.id), 0);
}

static void test_a_right_pin_clears_the_misses(void **state)
{
    struct fixture *f = *state;
    struct staff who = add(f, "Anh Minh", STAFF_VOLUNTEER);

    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 4; i++)
            assert_int_equal(staff_try_pin(f->db, who.id, WRONG), PIN_MISSED);
        assert_int_equal(staff_try_pin(f->db, who.id, PIN), PIN_RIGHT);
    }
    assert_int_equal(staff_try_pin(f->db, "nobody", PIN), PIN_UNSURE);
}

static void test_the_last_administrator_stays(void **state)
{
    struct fixture *f = *state;
    struct staff one = add(f, "Cô Hạnh", STAFF_ADMIN);
    struct staff two;
    struct arena arena = { 0 };
    struct staff *list;
    size_t n;

    assert_int_equal(staff_dismiss(f->db, one.id), ERR_REJECTED);
    one.role = STAFF_VOLUNTEER;
    assert_int_equal(staff_change(f->db, &one), ERR_REJECTED);
    two = add(f, "Bác Tám", STAFF_ADMIN);
    assert_int_equal(staff_dismiss(f->db, one.id), ERR_OK);
    assert_int_equal(staff_list(f->db, &arena, &list, &n), ERR_OK);
    assert_int_equal(n, 1);
    assert_string_equal(list[0].id, two.id);
    assert_int_equal(list[0].pin_digits, 6);
    assert_int_equal(staff_try_pin(f->db, one.id, PIN), PIN_UNSURE);
    arena_finish(&arena);
}

static void test_the_audit_log_shows_what_was_changed(void **state)
{
    struct fixture *f = *state;
    struct arena arena = { 0 };
    struct audit_line *lines;
    struct buf report;
    sqlite3 *sq;
    size_t n;

    for (int i = 0; i < 5; i++)
        assert_int_equal(audit_add(f->db, i % 2 ? AUDIT_LOGIN : AUDIT_PEOPLE, "a1",
                                   "au.e.in", i ? "thẻ 482915" : NULL),
                         ERR_OK);
    /* a page of staff that was opened with nobody signed in */
    assert_int_equal(audit_add(f->db, AUDIT_SETTING, NULL, "au.e.setting", NULL),
                     ERR_REJECTED);
    assert_int_equal(audit_read(f->db, 0, 0, 10, &arena, &lines, &n), ERR_OK);
    assert_int_equal(n, 5);
    assert_int_equal(lines[0].seq, 5);
    assert_string_equal(lines[0].detail, "thẻ 482915");
    assert_string_equal(lines[4].detail, "");
    assert_int_equal(audit_read(f->db, AUDIT_LOGIN, 1, 10, &arena, &lines, &n), ERR_OK);
    assert_int_equal(n, 1);
    buf_init(&report, 4096);
    assert_int_equal(audit_verify(f->db, &report), ERR_OK);
    db_close(f->db);
    f->db = NULL;
    assert_int_equal(sqlite3_open(fixture_path(f, "kiosk.db"), &sq), SQLITE_OK);
    assert_int_equal(sqlite3_exec(sq,
                                  "DROP TRIGGER audit_is_never_changed;"
                                  "UPDATE audit SET actor = 'b2' WHERE seq = 3",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(sq);
    fixture_open(f);
    assert_int_equal(audit_verify(f->db, &report), ERR_CORRUPT);
    assert_non_null(strstr(buf_text(&report), "line 3"));
    buf_finish(&report);
    arena_finish(&arena);
}

static void test_log_lines_cut_off_the_end_are_missed(void **state)
{
    struct fixture *f = *state;
    struct buf report;
    sqlite3 *sq;

    for (int i = 0; i < 5; i++)
        assert_int_equal(audit_add(f->db, AUDIT_LOGIN, "a1", "au.e.in", NULL), ERR_OK);
    db_close(f->db);
    f->db = NULL;
    assert_int_equal(sqlite3_open(fixture_path(f, "kiosk.db"), &sq), SQLITE_OK);
    assert_int_equal(sqlite3_exec(sq,
                                  "DROP TRIGGER audit_is_never_deleted;"
                                  "DELETE FROM audit WHERE seq > 3",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(sq);
    fixture_open(f);
    buf_init(&report, 4096);
    assert_int_equal(audit_verify(f->db, &report), ERR_CORRUPT);
    assert_non_null(strstr(buf_text(&report), "after 3"));
    buf_finish(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_easy_pins_are_not_taken),
        cmocka_unit_test_setup_teardown(test_five_misses_wait_and_ten_lock,
                                        fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_right_pin_clears_the_misses,
                                        fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_the_last_administrator_stays,
                                        fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_log_lines_cut_off_the_end_are_missed,
                                        fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_the_audit_log_shows_what_was_changed,
                                        fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
