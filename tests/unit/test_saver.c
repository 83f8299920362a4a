/* The queue before the journal: nothing is lost silently, nothing is copied loosely;
 * and the settings, which never trust what is stored. */
#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"

#include "app/saver.h"
#include "app/settings.h"
#include "base/check.h"
#include "store/person.h"
#include "store_fixture.h"

struct heard {
    unsigned n;
    char event[64], lesson[40];
    int score_pct;
};

static void hear(void *ctx, const char *event, const char *lesson, int score_pct)
{
    struct heard *h = ctx;

    h->n++;
    snprintf(h->event, sizeof(h->event), "%s", event);
    snprintf(h->lesson, sizeof(h->lesson), "%s", lesson);
    h->score_pct = score_pct;
}

static void test_what_was_added_does_not_depend_on_the_callers_memory(void **state)
{
    struct fixture *f = *state;
    struct saver s = { 0 };
    struct heard heard = { 0 };
    char unit[] = "m01-b01", body[] = "{\"seconds\":9}";
    struct event ev = {
        .kind = EVENT_COMPLETE, .unit = unit, .value = 80, .body = body
    };

    saver_add(&s, &(struct event){ .kind = EVENT_START, .unit = unit });
    saver_add(&s, &ev);
    memset(unit, 'x', sizeof(unit) - 1);
    memset(body, 'x', sizeof(body) - 1);
    assert_int_equal(saver_commit(&s, f->db, 0, hear, &heard), ERR_OK);
    assert_int_equal(heard.n, 1);
    assert_string_equal(heard.lesson, "m01-b01");
    assert_int_equal(heard.score_pct, 80);
    assert_int_equal(s.n, 0);
    saver_finish(&s);
}

static void test_the_ack_names_the_completion_and_not_the_last_event(void **state)
{
    struct fixture *f = *state;
    struct saver s = { 0 };
    struct heard heard = { 0 };
    struct event_id last;
    long long seq;

    last = fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "m01-b01" });
    saver_add(&s, &(struct event){ .kind = EVENT_ITEM, .unit = "m01-b01-q1" });
    saver_add(&s, &(struct event){ .kind = EVENT_COMPLETE,
                                   .unit = "m01-b01",
                                   .body = "{\"seconds\":9}" });
    saver_add(&s,
              &(struct event){ .kind = EVENT_STEP, .unit = "m01-b01", .body = "{}" });
    assert_int_equal(saver_commit(&s, f->db, 0, hear, &heard), ERR_OK);
    assert_int_equal(sscanf(strchr(heard.event, '-') + 1, "%lld", &seq), 1);
    assert_int_equal(seq, last.seq + 2);
    saver_finish(&s);
}

static void test_a_full_queue_lets_old_steps_go_and_keeps_completions(void **state)
{
    struct saver s = { 0 };

    (void)state;
    saver_add(&s, &(struct event){ .kind = EVENT_COMPLETE, .unit = "m01-b01" });
    for (int i = 0; i < 3 * SAVER_MAX; i++)
        saver_add(&s, &(struct event){ .kind = EVENT_STEP, .unit = "m01-b02" });
    assert_int_equal(s.n, SAVER_MAX);
    assert_true(saver_holds(&s, EVENT_COMPLETE));
    assert_int_equal(s.n_lost, 2 * SAVER_MAX + 1);
    saver_finish(&s);
}

static void test_what_the_journal_refuses_is_dropped_and_does_not_block(void **state)
{
    static const unsigned char stranger[EVENT_TOKEN_BYTES] = { 1, 2, 3 };
    struct fixture *f = *state;
    struct saver s = { 0 };

    saver_add(&s, &(struct event){
                      .kind = EVENT_START, .unit = "m01-b01", .token = stranger });
    assert_int_equal(saver_commit(&s, f->db, 0, NULL, NULL), ERR_REJECTED);
    assert_int_equal(s.n, 0);
    assert_int_equal(s.n_lost, 1);
    saver_add(&s, &(struct event){ .kind = EVENT_START, .unit = "m01-b01" });
    assert_int_equal(saver_commit(&s, f->db, 0, NULL, NULL), ERR_OK);
    assert_int_equal(saver_wait_ms(&s, 0), -1);
    saver_finish(&s);
}

/* One of several cards is not known: the others lose nothing by it. */
static void test_of_several_people_only_the_refused_one_is_dropped(void **state)
{
    struct fixture *f = *state;
    struct saver s = { 0 };
    struct heard heard = { 0 };
    struct person_cohort cohort = { .thon = "t01", .sex = "f" };
    struct saver_person people[3] = { { .flags = EVENT_ASSISTED },
                                      { .token = { 1, 2, 3 } } };
    struct person_card card;

    for (size_t i = 0; i < 3; i += 2) {
        assert_int_equal(person_add(f->db, &cohort, &card), ERR_OK);
        memcpy(people[i].token, card.token, EVENT_TOKEN_BYTES);
    }
    saver_add(&s, &(struct event){ .kind = EVENT_START, .unit = "m01-b01" });
    saver_add_each(&s,
                   &(struct event){ .kind = EVENT_COMPLETE,
                                    .unit = "m01-b01",
                                    .value = 80,
                                    .flags = EVENT_GROUP,
                                    .body = "{\"seconds\":9}" },
                   people, 3);
    assert_int_equal(saver_commit(&s, f->db, 0, hear, &heard), ERR_REJECTED);
    assert_int_equal(s.n, 0);
    assert_int_equal(s.n_lost, 1);
    assert_int_equal(heard.n, 2);
    assert_int_equal(fixture_total(f, "group_completions", "?0", "m01-b01", "-"), 2);
    assert_int_equal(fixture_total(f, "assisted_completions", "?0", "m01-b01", "-"), 1);
    assert_int_equal(fixture_total(f, "starts", "?0", "m01-b01", "-"), 1);
    saver_finish(&s);
}

static void test_several_people_are_written_in_one_transaction(void **state)
{
    struct fixture *f = *state;
    struct saver s = { 0 };
    struct heard heard = { 0 };
    struct person_cohort cohort = { .thon = "t01", .sex = "f" };
    struct saver_person people[2] = { 0 };
    struct event_id before, after;
    struct person_card card;

    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(person_add(f->db, &cohort, &card), ERR_OK);
        memcpy(people[i].token, card.token, EVENT_TOKEN_BYTES);
    }
    before =
        fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "m01-b01" });
    saver_add_each(&s,
                   &(struct event){ .kind = EVENT_COMPLETE,
                                    .unit = "m01-b01",
                                    .body = "{\"seconds\":9}" },
                   people, 2);
    saver_add(&s, &(struct event){ .kind = EVENT_ITEM, .unit = "m01-b01-q1" });
    memset(people, 0, sizeof(people));
    assert_int_equal(saver_commit(&s, f->db, 0, hear, &heard), ERR_OK);
    assert_int_equal(heard.n, 2);
    after = fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "m01-b01" });
    assert_int_equal(after.seq, before.seq + 4);
    saver_finish(&s);
}

static void test_without_a_database_nothing_is_ever_saved(void **state)
{
    struct saver s = { 0 };
    struct heard heard = { 0 };

    (void)state;
    assert_int_equal(saver_commit(&s, NULL, 0, hear, &heard), ERR_OK);
    saver_add(&s, &(struct event){ .kind = EVENT_COMPLETE, .unit = "m01-b01" });
    assert_int_equal(saver_commit(&s, NULL, 0, hear, &heard), ERR_CORRUPT);
    assert_int_equal(heard.n, 0);
    assert_int_equal(s.n, 0);
    saver_finish(&s);
}

static const struct setting_row {
    const char *name, *stored;
    long want;
} settings[] = {
    { "a number in range is taken", "300", 300 },
    { "nothing stored", NULL, 120 },
    { "not a number", "soon", 120 },
    { "a number and more", "300s", 120 },
    { "too small: would throw learners out", "1", 120 },
    { "too large", "99999999999999999999", 120 },
    { "negative", "-5", 120 },
    { "empty", "", 120 },
};

static void check_setting(void **state)
{
    const struct setting_row *r = *state;
    void *fixture = NULL;
    struct fixture *f;
    struct settings s;

    fixture_setup(&fixture);
    f = fixture;
    if (r->stored)
        assert_int_equal(db_set(f->db, "set.idle_s", r->stored), ERR_OK);
    settings_load(&s, f->db);
    assert_int_equal(s.value[SETTING_IDLE_S], r->want);
    assert_int_equal(s.value[SETTING_IDLE_QUIZ_S], 180);
    fixture_teardown(&fixture);
}

#define WITH_FIXTURE(test) \
    cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
    static const struct CMUnitTest queue[] = {
        WITH_FIXTURE(test_what_was_added_does_not_depend_on_the_callers_memory),
        WITH_FIXTURE(test_the_ack_names_the_completion_and_not_the_last_event),
        cmocka_unit_test(test_a_full_queue_lets_old_steps_go_and_keeps_completions),
        WITH_FIXTURE(test_of_several_people_only_the_refused_one_is_dropped),
        WITH_FIXTURE(test_several_people_are_written_in_one_transaction),
        WITH_FIXTURE(test_what_the_journal_refuses_is_dropped_and_does_not_block),
        cmocka_unit_test(test_without_a_database_nothing_is_ever_saved),
    };
    struct CMUnitTest tests[COUNT(queue) + COUNT(settings)];
    size_t n = 0;

    for (size_t i = 0; i < COUNT(queue); i++)
        tests[n++] = queue[i];
    for (size_t i = 0; i < COUNT(settings); i++)
        tests[n++] = (struct CMUnitTest){ .name = settings[i].name,
                                          .test_func = check_setting,
                                          .initial_state = (void *)&settings[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
