/* Two entries, one person: counted once, with what both learnt; and apart again. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "cmocka_all.h"
#include "people_fixture.h"
#include "store/class.h"
#include "store/people_keep.h"
#include "store/progress.h"

struct pair {
    struct person_card keep, other;
};

static struct pair make_pair(struct people_stage *s)
{
    struct pair p = { people_make(s, "Phạm Thị Nga", 1958, "t07"),
                      people_make(s, "Pham Thi Nga", 1958, "t07") };

    return p;
}

static void merge(struct people_stage *s, const struct person_card *keep,
                  const struct person_card *other)
{
    assert_int_equal(people_merge(s->store.db, keep->token, other->token, "s1"),
                     ERR_OK);
}

static struct people_merged only_merge(struct people_stage *s,
                                       const struct person_card *keep)
{
    struct people_merged *all, first;
    struct arena arena = { 0 };
    size_t n;

    assert_int_equal(people_merges(s->store.db, keep->token, &arena, &all, &n), ERR_OK);
    assert_int_equal(n, 1);
    first = all[0];
    arena_finish(&arena);
    return first;
}

static size_t lessons_of(struct people_stage *s, const unsigned char *token)
{
    struct progress progress;
    struct arena arena = { 0 };
    size_t n;

    assert_int_equal(progress_read(s->store.db, token, &arena, &progress), ERR_OK);
    n = progress.n_lessons;
    arena_finish(&arena);
    return n;
}

static int64_t total(struct people_stage *s, const char *stat, const char *unit)
{
    return fixture_total(&s->store, stat, "all", unit, "-");
}

static void assert_rebuilds(struct people_stage *s)
{
    struct buf report;

    buf_init(&report, 1 << 16);
    if (journal_rebuild(s->store.db, 0, &report))
        fail_msg("%s", buf_text(&report));
    buf_finish(&report);
}

/* Gauges and totals as text, to be compared whole. */
static void read_totals(struct people_stage *s, struct buf *out)
{
    buf_init(out, 1 << 20);
    assert_int_equal(journal_totals_json(s->store.db, out), ERR_OK);
}

/* ------------------------------------------------------------------------------------ */

static void test_two_that_are_one_count_once_with_all_they_learnt(void **state)
{
    struct people_stage *s = *state;
    struct pair p = make_pair(s);
    struct person_record r;
    unsigned char token[EVENT_TOKEN_BYTES];
    bool typo;

    fixture_complete(&s->store, "m09-b01", p.keep.token);
    fixture_complete(&s->store, "m09-b01", p.other.token);
    fixture_complete(&s->store, "m09-b02", p.other.token);
    assert_int_equal(total(s, "lesson_firsts", "m09-b01"), 2);
    merge(s, &p.keep, &p.other);
    assert_int_equal(total(s, "registered", "-"), 1);
    assert_int_equal(total(s, "active", "-"), 1);
    assert_int_equal(total(s, "lesson_firsts", "m09-b01"), 1);
    assert_int_equal(total(s, "lesson_firsts", "m09-b02"), 1);
    /* lượt stay */
    assert_int_equal(
        fixture_total(&s->store, "completions", "2026-11-22", "m09-b01", "-"), 2);
    assert_int_equal(lessons_of(s, p.keep.token), 2);
    assert_int_equal(lessons_of(s, p.other.token), 0);
    /* both cards open the one person */
    assert_int_equal(person_by_code(s->store.db, p.other.code, token, &typo), ERR_OK);
    assert_memory_equal(token, p.keep.token, EVENT_TOKEN_BYTES);
    assert_int_equal(people_read(s->store.db, s->vault, p.other.token, &r), ERR_OK);
    assert_true(r.merged);
    assert_string_equal(r.details.name, "Phạm Thị Nga");
    assert_rebuilds(s);
}

static void test_the_undo_restores_exactly(void **state)
{
    struct people_stage *s = *state;
    struct pair p = make_pair(s);
    struct buf before, after;
    struct people_merged m;

    fixture_complete(&s->store, "m09-b01", p.keep.token);
    fixture_complete(&s->store, "m09-b02", p.other.token);
    read_totals(s, &before);
    merge(s, &p.keep, &p.other);
    people_pass_days(s, 1);
    m = only_merge(s, &p.keep);
    assert_memory_equal(m.other, p.other.token, EVENT_TOKEN_BYTES);
    assert_int_equal(m.days_left, 29);
    assert_int_equal(people_unmerge(s->store.db, m.seq, "s1"), ERR_OK);
    read_totals(s, &after);
    assert_string_equal(buf_text(&before), buf_text(&after));
    assert_int_equal(lessons_of(s, p.keep.token), 1);
    assert_int_equal(lessons_of(s, p.other.token), 1);
    assert_int_equal(people_unmerge(s->store.db, m.seq, "s1"), ERR_REJECTED);
    assert_rebuilds(s);
    buf_finish(&before);
    buf_finish(&after);
}

static void test_after_thirty_days_it_stays(void **state)
{
    struct people_stage *s = *state;
    struct pair p = make_pair(s);
    struct people_merged m, *all;
    struct arena arena = { 0 };
    size_t n;

    merge(s, &p.keep, &p.other);
    people_pass_days(s, 30);
    m = only_merge(s, &p.keep);
    assert_int_equal(m.days_left, 0);
    people_pass_days(s, 1);
    assert_int_equal(people_merges(s->store.db, p.keep.token, &arena, &all, &n),
                     ERR_OK);
    assert_int_equal(n, 0);
    assert_int_equal(people_unmerge(s->store.db, m.seq, "s1"), ERR_REJECTED);
    /* the second name is of no use any more, and goes */
    assert_int_equal(people_refresh_bands(s->store.db, s->vault), ERR_OK);
    db_close(s->store.db);
    assert_int_equal(fixture_sql_int(&s->store, "SELECT count(*) FROM sealed"), 1);
    fixture_open(&s->store); /* and with the day not known the rest stays, too */
    assert_int_equal(people_unmerge(s->store.db, m.seq, "s1"), ERR_REJECTED);
    arena_finish(&arena);
}

static void test_chains_come_apart_in_any_order(void **state)
{
    struct people_stage *s = *state;
    struct pair p = make_pair(s);
    struct person_card third = people_make(s, "Nga", 1959, "t07");
    struct people_merged first;

    fixture_complete(&s->store, "m09-b01", p.keep.token);
    fixture_complete(&s->store, "m09-b02", p.other.token);
    fixture_complete(&s->store, "m09-b03", third.token);
    merge(s, &p.keep, &p.other); /* other in keep, keep in third */
    first = only_merge(s, &p.keep);
    merge(s, &third, &p.keep);
    assert_int_equal(total(s, "registered", "-"), 1);
    assert_int_equal(lessons_of(s, third.token), 3);
    assert_int_equal(people_merge(s->store.db, third.token, p.other.token, "s1"),
                     ERR_REJECTED); /* the same person */
    assert_int_equal(people_unmerge(s->store.db, first.seq, "s1"), ERR_OK);
    assert_int_equal(total(s, "registered", "-"), 2);
    assert_int_equal(lessons_of(s, third.token), 2);
    assert_int_equal(lessons_of(s, p.other.token), 1);
    assert_rebuilds(s);
}

static void test_lessons_of_two_finish_a_module(void **state)
{
    const char *const lessons[] = { "m09-b01", "m09-b02" };
    const struct journal_group group = { "module", "m09", lessons, 2 };
    struct people_stage *s = *state;
    struct pair p = make_pair(s);

    assert_int_equal(journal_set_curriculum(s->store.db, &group, 1), ERR_OK);
    fixture_complete(&s->store, "m09-b01", p.keep.token);
    fixture_complete(&s->store, "m09-b02", p.other.token);
    assert_int_equal(total(s, "module_finished", "m09"), 0);
    merge(s, &p.keep, &p.other);
    assert_int_equal(total(s, "module_finished", "m09"), 1);
    assert_int_equal(people_unmerge(s->store.db, only_merge(s, &p.keep).seq, "s1"),
                     ERR_OK);
    assert_int_equal(total(s, "module_finished", "m09"), 0);
    assert_rebuilds(s);
}

/* Attendance and VNeID: somebody came once, and has the status that was seen last. */
static void test_classes_and_vneid_are_one_persons(void **state)
{
    struct people_stage *s = *state;
    struct pair p = make_pair(s);
    struct class_plan plan = { .thon = "t07", .place = "nhà văn hóa" };
    struct buf before, after;

    assert_int_equal(class_open(s->store.db, &plan, "s1"), ERR_OK);
    assert_int_equal(class_add(s->store.db, p.keep.token, "s1"), ERR_OK);
    assert_int_equal(class_add(s->store.db, p.other.token, "s1"), ERR_OK);
    assert_int_equal(vneid_set(s->store.db, p.keep.token, "v1", VNEID_SAID, "s1"),
                     ERR_OK);
    assert_int_equal(vneid_set(s->store.db, p.other.token, "v2", VNEID_SEEN, "s1"),
                     ERR_OK);
    read_totals(s, &before);
    merge(s, &p.keep, &p.other);
    assert_int_equal(total(s, "active", "-"), 1);
    assert_int_equal(fixture_total(&s->store, "vneid_status", "all", "-", "s=v1"), 0);
    assert_int_equal(fixture_total(&s->store, "vneid_status", "all", "-", "s=v2"), 1);
    assert_rebuilds(s);
    assert_int_equal(people_unmerge(s->store.db, only_merge(s, &p.keep).seq, "s1"),
                     ERR_OK);
    read_totals(s, &after);
    assert_string_equal(buf_text(&before), buf_text(&after));
    assert_rebuilds(s);
    buf_finish(&before);
    buf_finish(&after);
}

static void test_what_an_older_curriculum_gave_survives_a_merge(void **state)
{
    const char *const small[] = { "m09-b01" };
    const char *const big[] = { "m09-b01", "m09-b02" };
    const struct journal_group older = { "module", "m09", small, 1 };
    const struct journal_group newer = { "module", "m09", big, 2 };
    struct people_stage *s = *state;
    struct pair p = make_pair(s);

    assert_int_equal(journal_set_curriculum(s->store.db, &older, 1), ERR_OK);
    fixture_complete(&s->store, "m09-b01", p.keep.token);
    assert_int_equal(journal_set_curriculum(s->store.db, &newer, 1), ERR_OK);
    merge(s, &p.keep, &p.other);
    assert_int_equal(total(s, "module_finished", "m09"), 1);
    assert_rebuilds(s);
}

static void test_an_edit_after_the_merge_is_the_kept_ones(void **state)
{
    struct people_stage *s = *state;
    struct pair p = make_pair(s);
    struct person_details details = { .name = "Phạm Thị Nga", .year = 1957 };
    struct person_cohort cohort = { .thon = "t01", .sex = "f" };
    struct person_record r;

    merge(s, &p.keep, &p.other);
    assert_int_equal(
        people_edit(s->store.db, s->vault, p.other.token, &details, &cohort, "s1"),
        ERR_OK);
    assert_int_equal(fixture_total(&s->store, "registered", "all", "-", "thon=t01"), 1);
    assert_int_equal(people_unmerge(s->store.db, only_merge(s, &p.keep).seq, "s1"),
                     ERR_OK);
    assert_int_equal(people_read(s->store.db, s->vault, p.keep.token, &r), ERR_OK);
    assert_int_equal(r.details.year, 1957);
    assert_int_equal(people_read(s->store.db, s->vault, p.other.token, &r), ERR_OK);
    assert_string_equal(r.details.name, "Pham Thi Nga");
    assert_string_equal(r.cohort.thon, "t07");
    assert_rebuilds(s);
}

static void test_somebody_and_nobody_cannot_be_merged(void **state)
{
    struct people_stage *s = *state;
    struct pair p = make_pair(s);
    struct person_card blank;
    const unsigned char nobody[EVENT_TOKEN_BYTES] = { 7 };

    assert_int_equal(card_blank(s->store.db, 1, &blank), ERR_OK);
    assert_int_equal(people_merge(s->store.db, p.keep.token, nobody, "s1"),
                     ERR_REJECTED);
    assert_int_equal(people_merge(s->store.db, p.keep.token, blank.token, "s1"),
                     ERR_REJECTED);
    assert_int_equal(people_merge(s->store.db, p.keep.token, p.keep.token, "s1"),
                     ERR_REJECTED);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, people_setup, people_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_two_that_are_one_count_once_with_all_they_learnt),
        CASE(test_the_undo_restores_exactly),
        CASE(test_after_thirty_days_it_stays),
        CASE(test_chains_come_apart_in_any_order),
        CASE(test_lessons_of_two_finish_a_module),
        CASE(test_classes_and_vneid_are_one_persons),
        CASE(test_what_an_older_curriculum_gave_survives_a_merge),
        CASE(test_an_edit_after_the_merge_is_the_kept_ones),
        CASE(test_somebody_and_nobody_cannot_be_merged),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
