/* Three pictures of twelve: what fits, what is stored, merges, erasure, waits that last over
 * a power cut. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "cmocka_all.h"
#include "people_fixture.h"
#include "store/erase.h"
#include "store/merge.h"
#include "store/pictures.h"

#define BUFFALO_HAT_GONG (1U << 0 | 1U << 6 | 1U << 9)
#define BUFFALO_HAT_SUN (1U << 0 | 1U << 6 | 1U << 8)
#define TRIES 3
#define WAIT_S 30

static enum pictures_verdict try_set(struct people_stage *s,
                                     const struct person_card *card, unsigned set)
{
    enum pictures_verdict verdict;

    assert_int_equal(
        pictures_check(s->store.db, card->token, set, TRIES, WAIT_S, &verdict), ERR_OK);
    return verdict;
}

static void choose(struct people_stage *s, const struct person_card *card, unsigned set)
{
    assert_int_equal(pictures_choose(s->store.db, card->token, set, "s1"), ERR_OK);
}

/* One integer from the file; the vault is locked afterwards. */
static int64_t read_file(struct people_stage *s, const char *sql)
{
    int64_t n;

    db_close(s->store.db);
    s->store.db = NULL;
    n = fixture_sql_int(&s->store, sql);
    people_restart(s);
    return n;
}

static void test_only_three_of_twelve_are_a_set(void **state)
{
    (void)state;
    assert_true(pictures_is_set(BUFFALO_HAT_GONG));
    assert_true(pictures_is_set(7U << 9));
    assert_false(pictures_is_set(0));
    assert_false(pictures_is_set(3));
    assert_false(pictures_is_set(15));
    assert_false(pictures_is_set(3U << 11 | 1U)); /* a thirteenth */
}

static void test_the_chosen_fit_and_no_others(void **state)
{
    struct people_stage *s = *state;
    struct person_card nga = people_make(s, "Nga", 1958, "t07");
    struct person_card hai = people_make(s, "Hai", 1960, "t07");

    assert_false(pictures_has(s->store.db, nga.token));
    choose(s, &nga, BUFFALO_HAT_GONG);
    choose(s, &hai, BUFFALO_HAT_SUN);
    assert_true(pictures_has(s->store.db, nga.token));
    assert_int_equal(try_set(s, &nga, BUFFALO_HAT_SUN), PICTURES_MISSED);
    assert_int_equal(try_set(s, &nga, BUFFALO_HAT_GONG), PICTURES_FIT);
    assert_int_equal(try_set(s, &hai, BUFFALO_HAT_SUN), PICTURES_FIT);
    choose(s, &nga, BUFFALO_HAT_SUN); /* others instead */
    assert_int_equal(try_set(s, &nga, BUFFALO_HAT_GONG), PICTURES_MISSED);
    assert_int_equal(try_set(s, &nga, BUFFALO_HAT_SUN), PICTURES_FIT);
}

static void test_what_cannot_be_chosen_is_refused(void **state)
{
    static const unsigned char stranger[EVENT_TOKEN_BYTES] = { 9 };
    struct people_stage *s = *state;
    struct person_card nga = people_make(s, "Nga", 1958, "t07");
    enum pictures_verdict verdict;
    struct db *db = s->store.db;

    assert_int_equal(pictures_choose(db, nga.token, 3, "s1"), ERR_REJECTED);
    assert_int_equal(pictures_choose(db, nga.token, BUFFALO_HAT_SUN, ""), ERR_REJECTED);
    assert_int_equal(pictures_choose(db, stranger, BUFFALO_HAT_SUN, "s1"),
                     ERR_REJECTED);
    assert_int_equal(pictures_choose(NULL, nga.token, BUFFALO_HAT_SUN, "s1"),
                     ERR_CORRUPT);
    assert_int_equal(pictures_reset(db, nga.token, ""), ERR_REJECTED);
    assert_int_equal(pictures_reset(NULL, nga.token, "s1"), ERR_CORRUPT);
    assert_int_equal(pictures_check(NULL, nga.token, 7, TRIES, WAIT_S, &verdict),
                     ERR_CORRUPT);
    assert_false(pictures_has(NULL, nga.token));
    assert_int_equal(try_set(s, &nga, BUFFALO_HAT_SUN), PICTURES_MISSED); /* none */
}

static void test_staff_reset_and_the_log_names_the_card_alone(void **state)
{
    struct people_stage *s = *state;
    struct person_card nga = people_make(s, "Nga", 1958, "t07");
    char sql[160];

    choose(s, &nga, BUFFALO_HAT_GONG);
    assert_int_equal(pictures_reset(s->store.db, nga.token, "s2"), ERR_OK);
    assert_false(pictures_has(s->store.db, nga.token));
    assert_int_equal(try_set(s, &nga, BUFFALO_HAT_GONG), PICTURES_MISSED);
    (void)snprintf(sql, sizeof(sql),
                   "SELECT count(*) FROM audit WHERE what LIKE 'au.e.pictures%%'"
                   " AND detail = '%s'",
                   nga.code);
    assert_int_equal(read_file(s, sql), 2);
}

static void test_the_third_miss_waits_and_a_power_cut_shortens_nothing(void **state)
{
    struct people_stage *s = *state;
    struct person_card nga = people_make(s, "Nga", 1958, "t07");

    choose(s, &nga, BUFFALO_HAT_GONG);
    for (int round = 0; round < 3; round++) {
        assert_int_equal(try_set(s, &nga, 7), PICTURES_MISSED);
        assert_int_equal(try_set(s, &nga, 7), PICTURES_MISSED);
        assert_int_equal(try_set(s, &nga, 7), PICTURES_WAIT);
        assert_in_range(pictures_wait_s(s->store.db), 29, 30);
        assert_int_equal(try_set(s, &nga, BUFFALO_HAT_GONG), PICTURES_WAIT);
        people_restart(s);
        people_unlock(s);
        assert_in_range(pictures_wait_s(s->store.db), 29, 30);
        s->store.mono_ms += 31000;
        assert_int_equal(pictures_wait_s(s->store.db), 0);
    }
    assert_int_equal(try_set(s, &nga, BUFFALO_HAT_GONG), PICTURES_FIT);
    assert_int_equal(try_set(s, &nga, 7), PICTURES_MISSED); /* counted from the start */
}

static void test_of_merged_cards_either_fits_until_they_are_parted(void **state)
{
    struct people_stage *s = *state;
    struct person_card a = people_make(s, "Nga", 1958, "t07");
    struct person_card b = people_make(s, "Nga", 1959, "t07");
    struct people_merged *merges;
    struct arena arena = { 0 };
    size_t n;

    choose(s, &a, BUFFALO_HAT_GONG);
    choose(s, &b, BUFFALO_HAT_SUN);
    assert_int_equal(people_merge(s->store.db, a.token, b.token, "s1"), ERR_OK);
    assert_int_equal(try_set(s, &a, BUFFALO_HAT_SUN), PICTURES_FIT);
    assert_int_equal(try_set(s, &b, BUFFALO_HAT_GONG), PICTURES_FIT);
    assert_int_equal(people_merges(s->store.db, a.token, &arena, &merges, &n), ERR_OK);
    assert_int_equal(n, 1);
    assert_int_equal(people_unmerge(s->store.db, merges[0].seq, "s1"), ERR_OK);
    assert_int_equal(try_set(s, &a, BUFFALO_HAT_SUN), PICTURES_MISSED);
    assert_int_equal(try_set(s, &b, BUFFALO_HAT_SUN), PICTURES_FIT);
    arena_finish(&arena);
}

static void test_nothing_is_left_of_somebody_erased(void **state)
{
    struct people_stage *s = *state;
    struct person_card nga = people_make(s, "Nga", 1958, "t07");
    struct person_card hai = people_make(s, "Hai", 1960, "t07");
    struct erase_receipt receipt;

    choose(s, &nga, BUFFALO_HAT_GONG);
    choose(s, &hai, BUFFALO_HAT_SUN);
    assert_int_equal(people_erase(s->store.db, nga.token, "self", &receipt), ERR_OK);
    assert_int_equal(try_set(s, &nga, BUFFALO_HAT_GONG), PICTURES_MISSED);
    assert_int_equal(try_set(s, &hai, BUFFALO_HAT_SUN), PICTURES_FIT);
    assert_int_equal(read_file(s, "SELECT count(*) FROM pictures"), 1);
}

static void test_rebuild_leaves_them_alone(void **state)
{
    struct people_stage *s = *state;
    struct person_card nga = people_make(s, "Nga", 1958, "t07");
    struct buf report;

    choose(s, &nga, BUFFALO_HAT_GONG);
    buf_init(&report, 1 << 16);
    assert_int_equal(journal_rebuild(s->store.db, 1, &report), ERR_OK);
    assert_int_equal(report.len, 0);
    buf_finish(&report);
    assert_int_equal(try_set(s, &nga, BUFFALO_HAT_GONG), PICTURES_FIT);
}

static void test_the_set_is_not_in_the_row(void **state)
{
    struct people_stage *s = *state;
    struct person_card a = people_make(s, "Nga", 1958, "t07");
    struct person_card b = people_make(s, "Hai", 1960, "t07");

    choose(s, &a, BUFFALO_HAT_GONG); /* the same set, and nothing tells so */
    choose(s, &b, BUFFALO_HAT_GONG);
    assert_int_equal(read_file(s, "SELECT count(DISTINCT sum) FROM pictures"), 2);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, people_setup, people_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_three_of_twelve_are_a_set),
        CASE(test_the_chosen_fit_and_no_others),
        CASE(test_what_cannot_be_chosen_is_refused),
        CASE(test_staff_reset_and_the_log_names_the_card_alone),
        CASE(test_the_third_miss_waits_and_a_power_cut_shortens_nothing),
        CASE(test_of_merged_cards_either_fits_until_they_are_parted),
        CASE(test_nothing_is_left_of_somebody_erased),
        CASE(test_rebuild_leaves_them_alone),
        CASE(test_the_set_is_not_in_the_row),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
