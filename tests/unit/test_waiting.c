/* People who need a look of staff: maybe registered twice while names were locked, or long
 * away, through the whole program without a window. */
#include <stdio.h>
#include <string.h>

#include "app/people.h"
#include "app/upkeep.h"
#include "app_stage.h"
#include "base/arena.h"
#include "base/buf.h"
#include "cmocka_all.h"
#include "store/audit.h"
#include "store/journal.h"
#include "store/people.h"
#include "store/vault.h"

#define PASSPHRASE "mat khau thu"
#define DAY_MS 86400000LL
#define JSON_MAX ((size_t)1 << 16)

static struct person_card make(struct app_stage *s, const char *name, int year)
{
    struct person_details details = { .year = year };
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
    return card;
}

static void open_desk(struct app_stage *s, enum staff_role role)
{
    struct staff who = { .alias = "Hanh", .role = role };
    struct commune_entry thon = { .code = "t01", .name = "Nước Giáp" };
    char recovery[VAULT_SECRET_CHARS];

    stage_open(s, &(struct app_stage_options){ 0 });
    assert_int_equal(vault_create(s->app.desk.vault, PASSPHRASE, recovery), ERR_OK);
    assert_int_equal(staff_add(s->db, &who, "482915"), ERR_OK);
    assert_int_equal(commune_set(s->db, COMMUNE_THON, &thon), ERR_OK);
    assert_int_equal(app_staff_enter(&s->app, who.id, "482915"), PIN_RIGHT);
}

static void search(struct app_stage *s)
{
    app_goto(&s->app, "search", 0);
    stage_round(s);
    assert_string_equal(stage_screen(s), "search");
}

/* Lan is registered while names are open, and again, with a letter less, while they are
 * locked; so is Bảy, who is like nobody. */
static void twice(struct app_stage *s, enum staff_role role, struct person_card *first,
                  struct person_card *second)
{
    open_desk(s, role);
    *first = make(s, "Phạm Thị Lan", 1960);
    vault_lock(s->app.desk.vault);
    app_names_refresh(&s->app);
    *second = make(s, "Phạm Thi Lan", 1961);
    (void)make(s, "Đinh Văn Bảy", 1948);
    search(s);
    assert_null(stage_node(s, "find.door"));
    assert_int_equal(app_staff_open_names(&s->app, VAULT_PASSPHRASE, PASSPHRASE),
                     ERR_OK);
    app_goto(&s->app, "class_open", 0);
    stage_round(s);
    search(s);
    assert_string_equal(stage_see(s, "find.door")->text, "Có 1 người cần xem");
    stage_tap(s, "find.door");
    assert_string_equal(stage_screen(s), "waiting");
}

static void test_the_same_person_is_one_again(void **state)
{
    struct app_stage s;
    struct person_card first, second;
    struct person_record r;

    (void)state;
    twice(&s, STAFF_VOLUNTEER, &first, &second);
    assert_string_equal(stage_see(&s, "lw.row#1")->text, "Phạm Thi Lan");
    stage_tap(&s, "lw.same#1");
    stage_tap(&s, "find.same.no");
    assert_int_equal(people_index_size(s.app.desk.index), 3);
    stage_tap(&s, "lw.same#1");
    stage_tap(&s, "find.same.yes");
    assert_null(stage_node(&s, "lw.row#1"));
    assert_int_equal(people_index_size(s.app.desk.index), 2);
    assert_int_equal(people_read(s.db, s.app.desk.vault, second.token, &r), ERR_OK);
    assert_string_equal(r.details.name, "Phạm Thị Lan");
    search(&s);
    assert_null(stage_node(&s, "find.door"));
    stage_close(&s);
}

static void test_another_person_is_not_asked_about_again(void **state)
{
    struct app_stage s;
    struct person_card first, second;

    (void)state;
    twice(&s, STAFF_VOLUNTEER, &first, &second);
    stage_tap(&s, "lw.other#1");
    assert_null(stage_node(&s, "lw.row#1"));
    assert_int_equal(people_index_size(s.app.desk.index), 3);
    search(&s);
    assert_null(stage_node(&s, "find.door"));
    stage_close(&s);
}

static void test_an_inspector_sees_and_changes_nothing(void **state)
{
    struct app_stage s;
    struct staff who = { .alias = "Anh Tra", .role = STAFF_INSPECTOR };
    struct person_card first, second;

    (void)state;
    twice(&s, STAFF_VOLUNTEER, &first, &second);
    assert_int_equal(staff_add(s.db, &who, "739204"), ERR_OK);
    assert_int_equal(app_staff_enter(&s.app, who.id, "739204"), PIN_RIGHT);
    app_goto(&s.app, "waiting", 0);
    stage_round(&s);
    stage_see(&s, "lw.row#1");
    assert_null(stage_node(&s, "lw.same#1"));
    assert_null(stage_node(&s, "lw.other#1"));
    stage_close(&s);
}

/* Two years and ten days later, when nobody touched and staff were signed out. */
static void come_back_later(struct app_stage *s, const struct staff *who)
{
    s->now_ms += 740 * DAY_MS;
    stage_round(s);
    assert_int_equal(app_staff_enter(&s->app, who->id, "482915"), PIN_RIGHT);
    search(s);
}

static void open_long_away(struct app_stage *s, struct staff *who)
{
    open_desk(s, STAFF_ADMIN);
    *who = s->app.desk.who;
    (void)make(s, "Phạm Thị Lan", 1960);
    if (requests_today(s->db) <= 0) /* a machine without a clock that is kept */
        assert_int_equal(upkeep_set_clock(&s->app, s->clock.wall_ms(s)), ERR_OK);
    search(s);
    assert_null(stage_node(s, "find.door"));
    come_back_later(s, who);
    stage_tap(s, "find.door");
    assert_true(stage_see(s, "lw.away")->state & UI_SELECTED);
}

static size_t count_lines(struct app_stage *s, const char *what)
{
    struct arena arena = { 0 };
    struct audit_line *lines;
    size_t n, found = 0;

    assert_int_equal(audit_read(s->db, AUDIT_PEOPLE, 0, 100, &arena, &lines, &n),
                     ERR_OK);
    for (size_t i = 0; i < n; i++)
        found += !strcmp(lines[i].what, what);
    arena_finish(&arena);
    return found;
}

/* Who stays is asked about again after as many months, and counts once as before. */
static void test_who_was_long_away_is_kept(void **state)
{
    struct app_stage s;
    struct staff who;
    struct buf totals;

    (void)state;
    open_long_away(&s, &who);
    stage_tap(&s, "lw.keep#1");
    assert_null(stage_node(&s, "lw.row#1"));
    assert_int_equal(people_index_size(s.app.desk.index), 1);
    assert_int_equal(count_lines(&s, "au.e.person_kept"), 1);
    buf_init(&totals, JSON_MAX);
    assert_int_equal(journal_totals_json(s.db, &totals), ERR_OK);
    assert_non_null(
        strstr(buf_text(&totals), "[\"registered\",\"all\",\"-\",\"-\",1]"));
    buf_finish(&totals);
    search(&s);
    assert_null(stage_node(&s, "find.door"));
    come_back_later(&s, &who);
    stage_tap(&s, "find.door");
    stage_see(&s, "lw.keep#1");
    stage_close(&s);
}

static void test_who_was_long_away_is_offered_for_erasure(void **state)
{
    struct app_stage s;
    struct staff who;

    (void)state;
    open_long_away(&s, &who);
    stage_tap(&s, "lw.open#1");
    assert_string_equal(stage_screen(&s), "person_edit");
    stage_see(&s, "ed.er.go");
    s.app.settings.value[SETTING_KEEP_MONTHS] = 0; /* never asked */
    search(&s);
    assert_null(stage_node(&s, "find.door"));
    stage_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_same_person_is_one_again),
        cmocka_unit_test(test_another_person_is_not_asked_about_again),
        cmocka_unit_test(test_an_inspector_sees_and_changes_nothing),
        cmocka_unit_test(test_who_was_long_away_is_kept),
        cmocka_unit_test(test_who_was_long_away_is_offered_for_erasure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
