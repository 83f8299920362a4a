/* Requests about personal data: due days, order, answers. */
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "cmocka_all.h"
#include "people_fixture.h"
#include "store/requests.h"

#define SUNDAY 20779 /* 2026-11-22 */

static void test_a_reply_is_due_within_two_working_days(void **state)
{
    static const struct {
        const char *received, *reply_by;
    } rows[] = {
        { "2026-11-23", "2026-11-25" }, /* Monday: Wednesday */
        { "2026-11-26", "2026-11-30" }, /* Thursday: Monday */
        { "2026-11-27", "2026-12-01" }, /* Friday: Tuesday */
        { "2026-11-28", "2026-12-01" }, /* Saturday */
        { "2026-11-29", "2026-12-01" }, /* Sunday */
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(requests_reply_by(clock_day_parse(rows[i].received)),
                         clock_day_parse(rows[i].reply_by));
}

static int64_t add(struct people_stage *s, enum request_kind kind, const char *card,
                   int64_t day)
{
    int64_t id;

    assert_int_equal(requests_add(s->store.db, kind, card, day, "s1", &id), ERR_OK);
    return id;
}

static void test_open_ones_come_first_by_their_due_day(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    int64_t later = add(s, REQUEST_SEE, card.code, SUNDAY + 3);
    int64_t sooner = add(s, REQUEST_CORRECT, card.code, SUNDAY);
    int64_t done = add(s, REQUEST_STOP_UPLOAD, card.code, SUNDAY - 9);
    struct request *all;
    struct arena arena = { 0 };
    int64_t n_open, n_late;
    size_t n;

    assert_int_equal(requests_close(s->store.db, done, REQUEST_REFUSED, SUNDAY, "s2"),
                     ERR_OK);
    assert_int_equal(requests_read(s->store.db, 0, 10, &arena, &all, &n), ERR_OK);
    assert_int_equal(n, 3);
    assert_int_equal(all[0].id, sooner);
    assert_int_equal(all[0].done_by_day, SUNDAY + 15);
    assert_int_equal(all[0].replied_day, -1);
    assert_string_equal(all[0].card, card.code);
    assert_int_equal(all[1].id, later);
    assert_int_equal(all[2].outcome, REQUEST_REFUSED);
    assert_int_equal(all[2].replied_day, SUNDAY);
    assert_int_equal(requests_count(s->store.db, SUNDAY + 3, &n_open, &n_late), ERR_OK);
    assert_int_equal(n_open, 2);
    assert_int_equal(n_late, 1); /* nobody has told the one of Sunday */
    arena_finish(&arena);
}

static void test_a_reply_is_no_end(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    int64_t id = add(s, REQUEST_SEE, card.code, SUNDAY), n_open, n_late;

    assert_int_equal(requests_reply(s->store.db, id, SUNDAY - 1, "s1"), ERR_REJECTED);
    assert_int_equal(requests_reply(s->store.db, id, SUNDAY + 1, "s1"), ERR_OK);
    assert_int_equal(requests_count(s->store.db, SUNDAY + 15, &n_open, &n_late),
                     ERR_OK);
    assert_int_equal(n_open, 1);
    assert_int_equal(n_late, 0);
    assert_int_equal(requests_count(s->store.db, SUNDAY + 16, &n_open, &n_late),
                     ERR_OK);
    assert_int_equal(n_late, 1);
    assert_int_equal(requests_close(s->store.db, id, REQUEST_DONE, SUNDAY + 16, "s1"),
                     ERR_OK);
    assert_int_equal(requests_close(s->store.db, id, REQUEST_DONE, SUNDAY + 16, "s1"),
                     ERR_REJECTED);
    assert_int_equal(requests_reply(s->store.db, id, SUNDAY + 16, "s1"), ERR_REJECTED);
}

static void test_what_is_no_request_is_refused(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");

    assert_int_equal(
        requests_add(s->store.db, REQUEST_SEE, "000000", SUNDAY, "s1", NULL),
        ERR_REJECTED);
    assert_int_equal(
        requests_add(s->store.db, REQUEST_SEE, "Phạm Thị Nga", SUNDAY, "s1", NULL),
        ERR_REJECTED);
    assert_int_equal(requests_add(s->store.db, REQUEST_SEE, card.code, 1, "s1", NULL),
                     ERR_REJECTED);
    assert_int_equal(
        requests_add(s->store.db, REQUEST_KIND_COUNT, card.code, SUNDAY, "s1", NULL),
        ERR_REJECTED);
    assert_int_equal(requests_close(s->store.db, 99, REQUEST_DONE, SUNDAY, "s1"),
                     ERR_REJECTED);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, people_setup, people_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_reply_is_due_within_two_working_days),
        CASE(test_open_ones_come_first_by_their_due_day),
        CASE(test_a_reply_is_no_end),
        CASE(test_what_is_no_request_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
