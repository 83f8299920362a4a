/* Figures beside a plain sum over `totals --json`, and beside the test's own memory of who
 * learnt when, on random data; and when there is no figure at all. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/json.h"
#include "store/class.h"
#include "store/figures.h"
#include "store/health.h"
#include "store/person.h"
#include "store_fixture.h"

#define PEOPLE 9
#define DAYS 420
#define FIRST_DAY 20779 /* 2026-11-22, FIXTURE_WALL_MS */
#define DAY_MS 86400000LL

static const char *const thons[] = { "t01", "t02", "t03" };
static const char *const lessons[] = { "m01-b01", "m01-b02", "m09-b03" };

struct stage {
    struct fixture *f;
    uint32_t seed;
    unsigned char tokens[PEOPLE][EVENT_TOKEN_BYTES];
    bool finished[PEOPLE][DAYS]; /* completed a lesson on that day */
    json_value *doc;             /* totals --json */
};

static uint32_t roll(struct stage *s, uint32_t n)
{
    s->seed = s->seed * 1664525U + 1013904223U;
    return (s->seed >> 8) % n;
}

static int64_t today(const struct stage *s)
{
    return s->f->mono_ms / DAY_MS;
}

static void pass_days(struct stage *s, uint32_t days)
{
    s->f->mono_ms += days * DAY_MS;
    s->f->wall_ms += days * DAY_MS;
}

static void add_people(struct stage *s)
{
    for (size_t i = 0; i < PEOPLE; i++) {
        struct person_cohort cohort = { .sex = "", .band = "b4", .group = "g2" };
        struct person_card card;

        snprintf(cohort.thon, sizeof(cohort.thon), "%s", thons[i % COUNT(thons)]);
        snprintf(cohort.sex, sizeof(cohort.sex), "%s", i % 2 ? "f" : "m");
        assert_int_equal(person_add(s->f->db, &cohort, &card), ERR_OK);
        memcpy(s->tokens[i], card.token, sizeof(card.token));
    }
}

static void learn(struct stage *s, bool dated)
{
    uint32_t who = roll(s, PEOPLE + 1); /* the last one is a guest */
    const unsigned char *token = who < PEOPLE ? s->tokens[who] : NULL;

    fixture_append(s->f,
                   (struct event){ .kind = EVENT_ITEM,
                                   .unit = roll(s, 2) ? "m01-b01.q1" : "m01-b01.q2",
                                   .token = token,
                                   .value = roll(s, 3) == 0 });
    fixture_complete(s->f, lessons[roll(s, COUNT(lessons))], token);
    if (token && dated && today(s) < DAYS)
        s->finished[who][today(s)] = true;
}

static void live(struct stage *s, int n)
{
    fixture_learn_time(s->f);
    add_people(s);
    for (int i = 0; i < n && today(s) < DAYS - 10; i++) {
        learn(s, true);
        pass_days(s, roll(s, 9));
    }
    fixture_reopen(s->f); /* after a power cut nobody knows the day */
    for (int i = 0; i < 5; i++)
        learn(s, false);
}

static void read_totals(struct stage *s)
{
    struct buf b;

    buf_init(&b, 1 << 24);
    assert_int_equal(journal_totals_json(s->f->db, &b), ERR_OK);
    assert_int_equal(json_parse(b.data, b.len, 4, &s->doc, NULL, 0), ERR_OK);
    buf_finish(&b);
}

/* Sum of the rows whose period is a day of the range ("?": those without one; else the
 * row of that very period). */
static int64_t plain_sum(struct stage *s, const char *stat, const char *unit,
                         const char *dims, const struct figure_range *range,
                         const char *period)
{
    json_value *rows = json_get(s->doc, "rows");
    int64_t sum = 0;

    for (size_t i = 0; i < json_count(rows); i++) {
        json_value *row = json_at(rows, i);
        const char *p = json_text(json_at(row, 1));
        int64_t day = clock_day_parse(p), value;

        if (strcmp(json_text(json_at(row, 0)), stat) ||
            (unit && strcmp(json_text(json_at(row, 2)), unit)) ||
            strcmp(json_text(json_at(row, 3)), dims))
            continue;
        if (period ? (*period == '?' ? *p != '?' : strcmp(p, period))
                   : day < range->from_day || day > range->to_day)
            continue;
        assert_int_equal(json_int(json_at(row, 4), INT64_MIN, INT64_MAX, &value),
                         ERR_OK);
        sum += value;
    }
    return sum;
}

static int64_t plain_people(const struct stage *s, const struct figure_range *r)
{
    int64_t n = 0;

    for (size_t i = 0; i < PEOPLE; i++) {
        bool counts = false;

        for (int64_t d = 0; d < DAYS; d++)
            counts |= s->finished[i][d] && d + FIRST_DAY >= r->from_day &&
                      d + FIRST_DAY <= r->to_day;
        n += counts;
    }
    return n;
}

static void compare(struct stage *s, const struct figure_range *r)
{
    static const char *const stats[] = { "starts", "completions", "item_shown",
                                         "item_first_right" };
    static const char *const dims[] = { "-", "thon=t01", "sex=f;thon=t02" };
    struct figure_people people;

    for (size_t i = 0; i < COUNT(stats); i++)
        for (size_t k = 0; k < COUNT(dims); k++) {
            const char *unit = k == 1 ? "m09-b03" : NULL;
            int64_t want = plain_sum(s, stats[i], unit, dims[k], r, NULL), got, lost;

            assert_int_equal(
                figure_times(s->f->db, stats[i], unit, dims[k], r, &got, &lost),
                ERR_OK);
            assert_int_equal(got == FIGURE_NONE ? 0 : got, want);

            assert_int_equal(lost, plain_sum(s, stats[i], unit, dims[k], r, "?"));
        }
    assert_int_equal(figure_people(s->f->db, "finished_one", NULL, "-", r, &people),
                     ERR_OK);
    if (*r->period) {
        assert_int_equal(people.least, people.most);
        assert_int_equal(people.most,
                         plain_sum(s, "finished_one", "-", "-", r, r->period));
        assert_int_equal(people.most, plain_people(s, r));
    } else {
        assert_true(people.least <= plain_people(s, r));
        assert_true(people.most >= plain_people(s, r));
    }
}

static void test_figures_are_those_of_totals(void **state)
{
    for (uint32_t seed = 1; seed <= 4; seed++) {
        struct stage s = { .f = *state, .seed = seed };
        struct figure_range r;

        live(&s, 60);
        read_totals(&s);
        for (int which = FIGURE_MONTH; which <= FIGURE_YEAR; which++)
            for (r = figure_range_now(s.f->db, (enum figure_now)which);
                 r.to_day >= FIRST_DAY; r = figure_range_before(s.f->db, &r)) {
                assert_true(*r.period);
                compare(&s, &r);
            }
        for (int i = 0; i < 30; i++) {
            int64_t from = FIRST_DAY + roll(&s, DAYS);

            r = figure_range_of(s.f->db, from, from + roll(&s, 200));
            compare(&s, &r);
        }
        json_free(s.doc);
        fixture_teardown(state);
        fixture_setup(state);
    }
}

static void test_ranges_have_the_names_of_periods(void **state)
{
    static const struct {
        const char *from, *to, *period, *before;
    } rows[] = {
        { "2026-11-01", "2026-11-30", "2026-11", "2026-10" },
        { "2026-01-01", "2026-03-31", "2026-Q1", "2025-Q4" },
        { "2026-07-01", "2026-12-31", "2026-H2", "2026-H1" },
        { "2026-01-01", "2026-12-31", "2026", "2025" },
        { "2025-01-01", "2027-12-31", "P1", "" },
        { "2028-01-01", "2030-12-31", "P2", "P1" },
        { "2028-02-01", "2028-02-29", "2028-02", "2028-01" },
        { "2026-02-01", "2026-04-30", "", "" },
        { "2026-11-02", "2026-11-30", "", "" },
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct figure_range r = figure_range_of(f->db, clock_day_parse(rows[i].from),
                                                clock_day_parse(rows[i].to));

        assert_string_equal(r.period, rows[i].period);
        r = figure_range_before(f->db, &r);
        assert_string_equal(r.period, rows[i].before);
    }
    fixture_learn_time(f);
    assert_string_equal(figure_range_now(f->db, FIGURE_HALF).period, "2026-H2");
    assert_string_equal(figure_range_now(f->db, FIGURE_PHASE).period, "P1");
    assert_string_equal(figure_range_now(f->db, FIGURE_ALL).period, "all");
}

static int64_t times(struct fixture *f, const char *stat, const char *dims,
                     enum figure_now which)
{
    struct figure_range r = figure_range_now(f->db, which);
    int64_t n;

    assert_int_equal(figure_times(f->db, stat, NULL, dims, &r, &n, NULL), ERR_OK);
    return n;
}

static int64_t people(struct fixture *f, const char *stat, const char *dims,
                      const struct figure_range *r)
{
    struct figure_people n;

    assert_int_equal(figure_people(f->db, stat, NULL, dims, r, &n), ERR_OK);
    assert_int_equal(n.least, n.most);
    return n.most;
}

static void test_what_was_not_measured_is_no_zero(void **state)
{
    struct fixture *f = *state;
    struct stage s = { .f = f, .seed = 1 };
    struct figure_range now, before;

    fixture_learn_time(f);
    now = figure_range_now(f->db, FIGURE_HALF);
    assert_int_equal(times(f, "completions", "-", FIGURE_HALF), FIGURE_NONE);
    assert_int_equal(people(f, "registered", "-", &now), FIGURE_NONE);
    add_people(&s);
    assert_int_equal(people(f, "registered", "-", &now), PEOPLE);
    assert_int_equal(people(f, "registered", "thon=t01", &now), 3);
    assert_int_equal(people(f, "finished_one", "thon=t01", &now), 0);
    assert_int_equal(people(f, "registered", "thon=t09", &now), FIGURE_NONE);
    fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "m01-b01" });
    assert_int_equal(times(f, "completions", "-", FIGURE_HALF),
                     0); /* started, not done */
    assert_int_equal(times(f, "classes", "-", FIGURE_HALF), FIGURE_NONE);
    before = figure_range_before(f->db, &now); /* the kiosk was not there */
    assert_int_equal(people(f, "registered", "-", &before), FIGURE_NONE);
    pass_days(&s, 70); /* a month in which nothing happened */
    now = figure_range_now(f->db, FIGURE_MONTH);
    assert_int_equal(people(f, "registered", "-", &now), PEOPLE);
    now = figure_range_before(f->db, &now);
    assert_int_equal(people(f, "registered", "-", &now), PEOPLE);
    assert_int_equal(people(f, "finished_one", "-", &now), 0);
}

static void test_rows_by_thon_month_and_item(void **state)
{
    struct fixture *f = *state;
    struct stage s = { .f = f, .seed = 1 };
    struct commune_entry thon = { .code = "t05", .name = "Nước Giáp" };
    struct figure_range r;
    struct figure_row *rows, hard;
    struct arena arena = { 0 };
    size_t n;

    fixture_learn_time(f);
    add_people(&s);
    assert_int_equal(commune_set(f->db, COMMUNE_THON, &thon), ERR_OK);
    for (int i = 0; i < 6; i++) {
        fixture_append(f,
                       (struct event){ .kind = EVENT_ITEM, .unit = "q1", .value = 1 });
        fixture_append(
            f, (struct event){ .kind = EVENT_ITEM, .unit = "q2", .value = i < 2 });
    }
    fixture_append(f, (struct event){ .kind = EVENT_ITEM, .unit = "q3", .value = 0 });
    fixture_complete(f, "m01-b01", s.tokens[0]);
    fixture_complete(f, "m01-b01", s.tokens[0]);
    r = figure_range_now(f->db, FIGURE_HALF);
    assert_int_equal(
        figure_by(f->db, "completions", NULL, "thon", false, &r, &arena, &rows, &n),
        ERR_OK);
    assert_int_equal(n, 2); /* the commune's own first, then who is met in the data */
    assert_string_equal(rows[0].code, "t05");
    assert_int_equal(rows[0].value, FIGURE_NONE);
    assert_string_equal(rows[1].code, "t01");
    assert_int_equal(rows[1].value, 2);
    assert_int_equal(
        figure_by(f->db, "finished_one", NULL, "sex", true, &r, &arena, &rows, &n),
        ERR_OK);
    assert_int_equal(n, 2);
    assert_int_equal(rows[0].value, 0);
    assert_int_equal(rows[1].value, 1);
    assert_int_equal(
        figure_by_month(f->db, "completions", NULL, "-", &r, 12, &arena, &rows, &n),
        ERR_OK);
    assert_int_equal(n, 12);
    assert_string_equal(rows[0].code, "2025-12");
    assert_int_equal(rows[0].value, FIGURE_NONE);
    assert_string_equal(rows[11].code, "2026-11");
    assert_int_equal(rows[11].value, 2);
    assert_int_equal(rows[11].second, 1);
    assert_true(figure_hardest(f->db, &r, &arena, &hard)); /* q3 was asked too rarely */
    assert_string_equal(hard.code, "q2");
    assert_int_equal(hard.value, 2);
    assert_int_equal(hard.second, 6);
    arena_finish(&arena);
}

static void test_hours_are_placed_when_the_clock_becomes_known(void **state)
{
    struct fixture *f = *state;
    struct figure_range r;
    int64_t n, lost;

    fixture_complete(f, "m01-b01", NULL);
    r = figure_range_now(f->db, FIGURE_MONTH);
    assert_int_equal(figure_times(f->db, "completions", NULL, "-", &r, &n, &lost),
                     ERR_OK);
    assert_int_equal(n, FIGURE_NONE);
    assert_int_equal(lost, 1);
    fixture_learn_time(f);
    fixture_complete(f, "m01-b01", NULL);
    assert_int_equal(figure_times(f->db, "completions", NULL, "-", &r, &n, &lost),
                     ERR_OK);
    assert_int_equal(n, 2);
    assert_int_equal(lost, 0);
}

/* --- the machine itself ------------------------------------------------------------- */

static void test_lives_that_ended_badly_are_counted(void **state)
{
    struct fixture *f = *state;
    struct health_past past;

    assert_int_equal(health_begin(f->db), ERR_OK);
    health_end(f->db);
    fixture_reopen(f);
    assert_int_equal(health_begin(f->db), ERR_OK); /* ended well */
    assert_int_equal(health_past_read(f->db, &past), ERR_OK);
    assert_int_equal(past.power_cuts + past.restarts, 0);
    fixture_reopen(f); /* without an end: the same boot */
    assert_int_equal(health_begin(f->db), ERR_OK);
    assert_int_equal(health_past_read(f->db, &past), ERR_OK);
    assert_int_equal(past.restarts, 1);
    assert_int_equal(db_set(f->db, "health.alive", "another boot"), ERR_OK);
    assert_int_equal(health_begin(f->db), ERR_OK);
    assert_int_equal(health_past_read(f->db, &past), ERR_OK);
    assert_int_equal(past.restarts, 1);
    assert_int_equal(past.power_cuts, 1);
}

static void test_weak_power_is_counted_once_each_time(void **state)
{
    struct fixture *f = *state;
    struct stage s = { .f = f };
    struct health_past past;
    const bool seen[] = { true, true, false, true, false };

    fixture_learn_time(f);
    for (size_t i = 0; i < COUNT(seen); i++)
        assert_int_equal(health_note_power(f->db, seen[i]), ERR_OK);
    assert_int_equal(health_past_read(f->db, &past), ERR_OK);
    assert_int_equal(past.weak_power, 2);
    pass_days(&s, 1); /* of today only */
    assert_int_equal(health_past_read(f->db, &past), ERR_OK);
    assert_int_equal(past.weak_power, 0);
    assert_int_equal(health_note_power(f->db, true), ERR_OK);
    assert_int_equal(health_past_read(f->db, &past), ERR_OK);
    assert_int_equal(past.weak_power, 1);
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(test_##name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(figures_are_those_of_totals),
        TEST(ranges_have_the_names_of_periods),
        TEST(what_was_not_measured_is_no_zero),
        TEST(rows_by_thon_month_and_item),
        TEST(hours_are_placed_when_the_clock_becomes_known),
        TEST(lives_that_ended_badly_are_counted),
        TEST(weak_power_is_counted_once_each_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
