/* What a person is asked again, as the events say it: days, visits, merges, erasure. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "cmocka_all.h"
#include "people_fixture.h"
#include "store/erase.h"
#include "store/recall.h"

struct seen {
    struct recall r;
    struct arena arena;
};

static struct seen look(struct people_stage *s, const unsigned char *token)
{
    struct seen seen = { .arena = { 0 } };

    assert_int_equal(recall_read(s->store.db, token, &seen.arena, &seen.r), ERR_OK);
    return seen;
}

static struct review_memory memory(struct people_stage *s, const unsigned char *token,
                                   const char *item)
{
    struct seen seen = look(s, token);
    struct review_memory m = { 0 };

    for (size_t i = 0; i < seen.r.n_items; i++)
        if (!strcmp(seen.r.items[i].id, item))
            m = seen.r.items[i].memory;
    arena_finish(&seen.arena);
    return m;
}

static struct review_when now_of(struct people_stage *s, const unsigned char *token)
{
    struct seen seen = look(s, token);
    struct review_when now = seen.r.now;

    arena_finish(&seen.arena);
    return now;
}

static void note(struct people_stage *s, enum event_kind kind, const char *unit,
                 int64_t value, const unsigned char *token)
{
    fixture_append(
        &s->store,
        (struct event){ .kind = kind, .unit = unit, .value = value, .token = token });
}

static void leave(struct people_stage *s, const unsigned char *token)
{
    fixture_append(&s->store, (struct event){ .kind = EVENT_LEAVE, .token = token });
}

static void assert_rebuilds(struct people_stage *s)
{
    struct buf report;

    buf_init(&report, 1 << 16);
    if (journal_rebuild(s->store.db, 0, &report))
        fail_msg("%s", buf_text(&report));
    buf_finish(&report);
}

static int64_t rows_of(struct people_stage *s, const char *table)
{
    char sql[80];
    int64_t n;

    (void)snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s", table);
    db_close(s->store.db);
    s->store.db = NULL;
    n = fixture_sql_int(&s->store, sql);
    fixture_open(&s->store);
    return n;
}

static void test_days_count_when_they_are_certain(void **state)
{
    struct people_stage *s = *state;
    struct person_card nga = people_make(s, "Phạm Thị Nga", 1958, "t07");
    struct review_memory m;

    note(s, EVENT_ITEM, "m01-b01-q1", 1, nga.token);
    m = memory(s, nga.token, "m01-b01-q1");
    assert_int_equal(m.step, 1);
    assert_true(m.at.day > 20000);
    assert_false(review_due(&m, now_of(s, nga.token)));
    leave(s, nga.token);
    people_pass_days(s, 1);
    assert_true(review_due(&m, now_of(s, nga.token)));
    note(s, EVENT_REVIEW, "m01-b01-q1", 1, nga.token);
    m = memory(s, nga.token, "m01-b01-q1");
    assert_int_equal(m.step, 2);
    note(s, EVENT_REVIEW, "m01-b01-q1", 0, nga.token);
    m = memory(s, nga.token, "m01-b01-q1");
    assert_int_equal(m.step, 1);
    assert_rebuilds(s);
}

static void test_visits_count_when_days_are_not_certain(void **state)
{
    struct people_stage *s = *state;
    struct person_card nga = people_make(s, "Phạm Thị Nga", 1958, "t07");
    struct review_memory m;

    people_restart(s);
    note(s, EVENT_ITEM, "q", 0, nga.token);
    m = memory(s, nga.token, "q");
    assert_int_equal(m.at.day, -1);
    assert_int_equal(m.at.visit, 1);
    assert_int_equal(now_of(s, nga.token).visit, 1);
    assert_false(review_due(&m, now_of(s, nga.token)));
    leave(s, nga.token);
    assert_int_equal(now_of(s, nga.token).visit, 2);
    assert_true(review_due(&m, now_of(s, nga.token)));
    leave(s, nga.token); /* signed in and away, nothing learnt */
    assert_int_equal(now_of(s, nga.token).visit, 2);
    note(s, EVENT_START, "m01-b01", 0, nga.token);
    fixture_reopen(&s->store); /* the plug was pulled: that visit is over, too */
    assert_int_equal(now_of(s, nga.token).visit, 3);
    assert_rebuilds(s);
}

static void test_reviews_count_in_no_statistic(void **state)
{
    struct people_stage *s = *state;
    struct person_card nga = people_make(s, "Phạm Thị Nga", 1958, "t07");
    struct buf before, after;

    note(s, EVENT_ITEM, "q", 0, nga.token);
    buf_init(&before, 1 << 16);
    buf_init(&after, 1 << 16);
    assert_int_equal(journal_totals_json(s->store.db, &before), ERR_OK);
    note(s, EVENT_REVIEW, "q", 1, nga.token);
    fixture_append(
        &s->store,
        (struct event){ .kind = EVENT_PATH, .unit = "short", .token = nga.token });
    assert_int_equal(journal_totals_json(s->store.db, &after), ERR_OK);
    assert_string_equal(buf_text(&after), buf_text(&before));
    buf_finish(&before);
    buf_finish(&after);
}

static void test_guests_have_no_review_and_no_path(void **state)
{
    struct people_stage *s = *state;
    struct event review = { .kind = EVENT_REVIEW, .unit = "q", .value = 1 };
    struct event path = { .kind = EVENT_PATH, .unit = "short" };
    struct event_id id;

    note(s, EVENT_ITEM, "q", 0, NULL);
    assert_int_equal(journal_append(s->store.db, &review, 1, &id), ERR_REJECTED);
    assert_int_equal(journal_append(s->store.db, &path, 1, &id), ERR_REJECTED);
    assert_int_equal(rows_of(s, "recall"), 0);
    assert_int_equal(rows_of(s, "visit_count"), 0);
}

static void test_a_path_is_kept_and_put_off_is_asked_once(void **state)
{
    struct people_stage *s = *state;
    struct person_card nga = people_make(s, "Phạm Thị Nga", 1958, "t07");
    struct seen seen = look(s, nga.token);

    assert_false(seen.r.asked);
    arena_finish(&seen.arena);
    fixture_append(&s->store, (struct event){ .kind = EVENT_PATH, .token = nga.token });
    seen = look(s, nga.token);
    assert_true(seen.r.asked);
    assert_null(seen.r.path);
    arena_finish(&seen.arena);
    fixture_append(&s->store, (struct event){ .kind = EVENT_PATH,
                                              .unit = "citizen",
                                              .body = "{\"start\":\"m03\"}",
                                              .token = nga.token });
    fixture_append(&s->store, (struct event){ .kind = EVENT_PATH, .token = nga.token });
    seen = look(s, nga.token);
    assert_string_equal(seen.r.path, "citizen");
    assert_string_equal(seen.r.start, "m03");
    arena_finish(&seen.arena);
    assert_rebuilds(s);
}

static void test_an_answer_taken_back_is_forgotten(void **state)
{
    struct people_stage *s = *state;
    struct person_card nga = people_make(s, "Phạm Thị Nga", 1958, "t07");
    struct event_id id;
    char place[40];

    note(s, EVENT_ITEM, "kept", 1, nga.token);
    id = fixture_append(
        &s->store,
        (struct event){ .kind = EVENT_ITEM, .unit = "q", .token = nga.token });
    (void)snprintf(place, sizeof(place), "%016llx-%lld", (unsigned long long)id.run,
                   (long long)id.seq);
    fixture_append(&s->store, (struct event){ .kind = EVENT_VOID, .unit = place });
    assert_int_equal(memory(s, nga.token, "q").step, 0);
    assert_int_equal(memory(s, nga.token, "kept").step, 1);
    assert_rebuilds(s);
}

static void test_merged_people_remember_both_and_part_again(void **state)
{
    struct people_stage *s = *state;
    struct person_card nga = people_make(s, "Phạm Thị Nga", 1958, "t07");
    struct person_card twin = people_make(s, "Pham Thi Nga", 1958, "t07");
    struct people_merged *all;
    struct arena arena = { 0 };
    size_t n;

    note(s, EVENT_ITEM, "a", 1, nga.token);
    leave(s, nga.token);
    note(s, EVENT_ITEM, "b", 1, twin.token);
    leave(s, twin.token);
    assert_int_equal(people_merge(s->store.db, nga.token, twin.token, "s1"), ERR_OK);
    assert_int_equal(memory(s, nga.token, "a").step, 1);
    assert_int_equal(memory(s, nga.token, "b").at.visit, 2);
    assert_int_equal(now_of(s, nga.token).visit, 3);
    assert_rebuilds(s);
    assert_int_equal(people_merges(s->store.db, nga.token, &arena, &all, &n), ERR_OK);
    assert_int_equal(n, 1);
    assert_int_equal(people_unmerge(s->store.db, all[0].seq, "s1"), ERR_OK);
    arena_finish(&arena);
    assert_int_equal(memory(s, nga.token, "b").step, 0);
    assert_int_equal(memory(s, twin.token, "b").step, 1);
    assert_int_equal(now_of(s, twin.token).visit, 2);
    assert_rebuilds(s);
}

static void test_erasure_leaves_nothing_to_ask(void **state)
{
    struct people_stage *s = *state;
    struct person_card nga = people_make(s, "Phạm Thị Nga", 1958, "t07");
    struct erase_receipt receipt;

    note(s, EVENT_ITEM, "a", 1, nga.token);
    fixture_append(
        &s->store,
        (struct event){ .kind = EVENT_PATH, .unit = "short", .token = nga.token });
    assert_int_equal(people_erase(s->store.db, nga.token, "s1", &receipt), ERR_OK);
    assert_rebuilds(s);
    assert_int_equal(rows_of(s, "recall"), 0);
    assert_int_equal(rows_of(s, "visit_count"), 0);
    assert_int_equal(rows_of(s, "path_choice"), 0);
}

/* As the file of a program before the migration: events, and the tables still empty. */
static void test_an_older_database_is_filled_once(void **state)
{
    struct people_stage *s = *state;
    struct person_card nga = people_make(s, "Phạm Thị Nga", 1958, "t07");
    struct person_card nam = people_make(s, "Đinh Văn Nam", 1961, "t03");
    sqlite3 *sq;

    note(s, EVENT_ITEM, "a", 1, nga.token);
    leave(s, nga.token);
    note(s, EVENT_ITEM, "a", 0, nam.token);
    db_close(s->store.db);
    assert_int_equal(sqlite3_open(fixture_path(&s->store, "kiosk.db"), &sq), SQLITE_OK);
    assert_int_equal(sqlite3_exec(sq,
                                  "DELETE FROM recall; DELETE FROM visit_count;"
                                  "INSERT INTO setting VALUES('recall.unfilled', '1')",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(sq);
    fixture_open(&s->store);
    assert_int_equal(memory(s, nga.token, "a").step, 1);
    assert_int_equal(memory(s, nam.token, "a").step, 1);
    assert_string_equal(db_setting(s->store.db, "recall.unfilled", "none"), "none");
    assert_rebuilds(s);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, people_setup, people_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_days_count_when_they_are_certain),
        CASE(test_visits_count_when_days_are_not_certain),
        CASE(test_reviews_count_in_no_statistic),
        CASE(test_guests_have_no_review_and_no_path),
        CASE(test_a_path_is_kept_and_put_off_is_asked_once),
        CASE(test_an_answer_taken_back_is_forgotten),
        CASE(test_merged_people_remember_both_and_part_again),
        CASE(test_erasure_leaves_nothing_to_ask),
        CASE(test_an_older_database_is_filled_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
