/* Which notices of the pushed settings stand today, by clocks of every worth. */
#include "cmocka_all.h"

#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "store/class.h"
#include "store/commune.h"
#include "store/notices.h"
#include "store_fixture.h"

#define DAY_MS 86400000LL
#define ONE(id, from, to, text)                                                   \
    "{\"id\":\"" id "\",\"from\":\"" from "\",\"to\":\"" to "\",\"text\":\"" text \
    "\",\"source\":\"UBND xã\"}"
#define LIST(rows) "{\"notices\":[" rows "]}"
#define TEN "mười chữ c"

static size_t stand(struct fixture *f, const char *json, struct notice *first,
                    int64_t *change_ms)
{
    static struct arena arena;
    struct notice list[NOTICES_MAX];
    struct commune_settings s = { .json = json, .ver = 1, .inst = "i1" };
    size_t n = 99;

    arena_finish(&arena);
    arena = (struct arena){ 0 };
    if (json)
        assert_int_equal(commune_take_settings(f->db, &s), ERR_OK);
    assert_int_equal(notices_now(f->db, &arena, list, &n, change_ms), ERR_OK);
    if (n)
        *first = list[0];
    return n;
}

/* Today is 22 November 2026, 05:26. */
static const struct row {
    const char *name;
    const char *json;
    size_t want;
} rows[] = {
    { "no list", "{}", 0 },
    { "an empty list", LIST(""), 0 },
    { "today alone", LIST(ONE("tb1", "2026-11-22", "2026-11-22", "Có lớp.")), 1 },
    { "over since yesterday", LIST(ONE("tb1", "2026-11-01", "2026-11-21", "x")), 0 },
    { "from tomorrow on", LIST(ONE("tb1", "2026-11-23", "2026-11-30", "x")), 0 },
    { "the wrong way round", LIST(ONE("tb1", "2026-11-30", "2026-11-01", "x")), 0 },
    { "no date", LIST(ONE("tb1", "hôm nay", "2026-11-30", "x")), 0 },
    { "an id of a lesson", LIST(ONE("m09-b03", "2026-11-22", "2026-11-22", "x")), 0 },
    { "no text", LIST(ONE("tb1", "2026-11-22", "2026-11-22", "")), 0 },
    { "two lines", LIST(ONE("tb1", "2026-11-22", "2026-11-22", "a\\nb")), 0 },
    { "120 characters",
      LIST(ONE("tb1", "2026-11-22", "2026-11-22",
               TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN)),
      1 },
    { "121 characters",
      LIST(ONE("tb1", "2026-11-22", "2026-11-22",
               TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN "x")),
      0 },
    { "a bad one does not hide a good one",
      LIST("7," ONE("tb1", "x", "y", "z") "," ONE("tb2", "2026-11-22", "2026-11-22",
                                                  "Có lớp.")),
      1 },
    { "six at once are five",
      LIST(ONE("tb1", "2026-11-22", "2026-11-22", "a") "," ONE(
          "tb2", "2026-11-22", "2026-11-22",
          "b") "," ONE("tb3", "2026-11-22", "2026-11-22",
                       "c") "," ONE("tb4", "2026-11-22", "2026-11-22",
                                    "d") "," ONE("tb5", "2026-11-22", "2026-11-22",
                                                 "e") "," ONE("tb6", "2026-11-22",
                                                              "2026-11-22", "f")),
      5 },
};

static void check(void **state)
{
    const struct row *r = *state;
    struct notice first;
    struct fixture *f;
    int64_t change_ms;
    void *fixture;

    fixture_setup(&fixture);
    f = fixture;
    fixture_learn_time(f);
    assert_int_equal(stand(f, r->json, &first, &change_ms), r->want);
    fixture_teardown(&fixture);
}

static void test_a_notice_ends_at_midnight(void **state)
{
    struct fixture *f = *state;
    struct notice first;
    int64_t change_ms;

    fixture_learn_time(f);
    assert_int_equal(stand(f, LIST(ONE("tb1", "2026-11-22", "2026-11-22", "Có lớp.")),
                           &first, &change_ms),
                     1);
    assert_string_equal(first.source, "UBND xã");
    assert_in_range(change_ms, 1, DAY_MS);
    f->mono_ms += change_ms + 5000; /* the clock of staff may be a little off */
    for (int i = 0; i < 3 && stand(f, NULL, &first, &change_ms); i++)
        f->mono_ms += change_ms;
    assert_int_equal(stand(f, NULL, &first, &change_ms), 0);
}

/* How far the clock may be off, and whether a notice stands that ends yesterday or begins
 * tomorrow: both may be true then. */
static const struct doubt {
    const char *name;
    int64_t uncertainty_ms;
    enum run_trust trust;
    const char *json;
    size_t want;
} doubts[] = {
    { "a good clock knows that it is over", 1000, RUN_TRUST_SERVER,
      LIST(ONE("tb1", "2026-11-01", "2026-11-21", "x")), 0 },
    { "a doubtful one shows what may be true", DAY_MS / 2, RUN_TRUST_STAFF,
      LIST(ONE("tb1", "2026-11-01", "2026-11-21", "x")), 1 },
    { "but not what cannot be", DAY_MS / 2, RUN_TRUST_STAFF,
      LIST(ONE("tb1", "2026-11-01", "2026-11-20", "x")), 0 },
    { "one that is off by days shows none", 3 * DAY_MS, RUN_TRUST_STAFF,
      LIST(ONE("tb1", "2026-11-01", "2026-12-20", "x")), 0 },
    { "nor does one that nobody vouches for", 1000, RUN_TRUST_SAVED,
      LIST(ONE("tb1", "2026-11-01", "2026-12-20", "x")), 0 },
};

static void check_doubt(void **state)
{
    const struct doubt *d = *state;
    struct notice first;
    struct fixture *f;
    int64_t change_ms;
    void *fixture;

    fixture_setup(&fixture);
    f = fixture;
    assert_int_equal(
        journal_learn_time(f->db, FIXTURE_WALL_MS, d->uncertainty_ms, d->trust),
        ERR_OK);
    assert_int_equal(stand(f, d->json, &first, &change_ms), d->want);
    fixture_teardown(&fixture);
}

static void test_a_play_is_counted_under_the_id(void **state)
{
    struct fixture *f = *state;

    fixture_learn_time(f);
    fixture_append(f, (struct event){ .kind = EVENT_NOTICE, .unit = "tb1" });
    assert_int_equal(fixture_total(f, "notice_plays", "2026-11-22", "tb1", "-"), 1);
}

static void test_settings_that_are_no_object_are_refused(void **state)
{
    static const char *const bad[] = { "", "[]", "7",
                                       "{\"thon\":", "{\"a\":1,\"a\":2}" };
    struct fixture *f = *state;
    char inst[COMMUNE_INST_MAX + 1];

    for (size_t i = 0; i < COUNT(bad); i++)
        assert_int_equal(
            commune_take_settings(
                f->db,
                &(struct commune_settings){ .json = bad[i], .ver = 9, .inst = "i" }),
            ERR_REJECTED);
    assert_int_equal(commune_settings_held(f->db, inst), 0);
    assert_string_equal(inst, "");
}

/* Entered here before the server said anything of it: it stays. */
static void test_what_the_server_does_not_say_stays(void **state)
{
    struct fixture *f = *state;
    struct commune_target own = { .group = "g1", .period = "2026-H2", .value = 9 };
    struct commune_target *targets;
    struct arena arena = { 0 };
    struct notice first;
    int64_t change_ms;
    size_t n;

    assert_int_equal(commune_set_target(f->db, &own), ERR_OK);
    stand(f, "{\"thon\":{\"t01\":\"Nước Giáp\"},\"targets\":[]}", &first, &change_ms);
    assert_int_equal(commune_targets(f->db, "2026-H2", &arena, &targets, &n), ERR_OK);
    assert_int_equal(n, 1);
    stand(f,
          "{\"targets\":[{\"group\":\"g2\",\"period\":\"2026-H2\",\"value\":5,"
          "\"due\":\"2026-12-31\",\"document\":\"KH\"}]}",
          &first, &change_ms);
    assert_int_equal(commune_targets(f->db, "2026-H2", &arena, &targets, &n), ERR_OK);
    assert_int_equal(n, 1); /* now they are the server's */
    assert_string_equal(targets[0].group, "g2");
    arena_finish(&arena);
}

#define WITH(test) \
    cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
    static const struct CMUnitTest single[] = {
        WITH(test_a_notice_ends_at_midnight),
        WITH(test_a_play_is_counted_under_the_id),
        WITH(test_settings_that_are_no_object_are_refused),
        WITH(test_what_the_server_does_not_say_stays),
    };
    struct CMUnitTest tests[COUNT(rows) + COUNT(doubts) + COUNT(single)];
    size_t n = COUNT(single);

    memcpy(tests, single, sizeof(single));
    for (size_t i = 0; i < COUNT(rows); i++)
        tests[n++] = (struct CMUnitTest){ .name = rows[i].name,
                                          .test_func = check,
                                          .initial_state = (void *)&rows[i] };
    for (size_t i = 0; i < COUNT(doubts); i++)
        tests[n++] = (struct CMUnitTest){ .name = doubts[i].name,
                                          .test_func = check_doubt,
                                          .initial_state = (void *)&doubts[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
