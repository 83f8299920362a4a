/* The figures of every Biểu beside sums over `totals --json` that the test makes itself; and
 * what is said where there is no figure. */
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "report_make.h"
#include "report_rig.h"
#include "settings.h"
#include "span.h"

#define H2 "2026-07-01", "2026-12-31"
#define H1 "2026-01-01", "2026-06-30"

static const struct value *cell(const struct report *report, const char *table,
                                const char *row, const char *column)
{
    const struct report_table *t = report_table_of(report, table);
    size_t c;

    assert_non_null(t);
    c = report_column_of(t, column);
    assert_true(c < t->n_columns);
    for (size_t i = 0; i < t->n_rows; i++)
        if (!strcmp(t->rows[i].code, row))
            return &t->rows[i].cells[c];
    fail_msg("%s has no row %s", table, row);
    return NULL;
}

/* `want` -1: there is no row, so it is 0 or unknown. */
static void same(const struct report *report, const char *table, const char *row,
                 const char *column, int64_t want)
{
    const struct value *v = cell(report, table, row, column);

    if (want < 0 ? v->kind == VALUE_NONE || (v->kind == VALUE_NUMBER && !v->least)
                 : v->kind == VALUE_NUMBER && v->least == want)
        return;
    fail_msg("%s %s %s: kind %d, %lld, want %lld", table, row, column, (int)v->kind,
             (long long)v->least, (long long)want);
}

static int64_t plus(int64_t a, int64_t b)
{
    return a < 0 ? b : b < 0 ? a : a + b;
}

static int64_t rate(int64_t part, int64_t whole)
{
    return (part * 1000 + whole / 2) / whole;
}

/* --- Biểu by Biểu ------------------------------------------------------------------------------ */

static void check_thon(struct rig *r, const struct report *report, const char *code,
                       const char *dims)
{
    int64_t attended = plus(report_rig_sum(r, "attendance", NULL, dims, H2),
                            report_rig_sum(r, "head_count", NULL, dims, H2));
    char pair[64];

    same(report, "b1", code, "classes", report_rig_sum(r, "classes", NULL, dims, H2));
    same(report, "b1", code, "attendance", attended);
    same(report, "b1", code, "attendance_before",
         plus(report_rig_sum(r, "attendance", NULL, dims, H1),
              report_rig_sum(r, "head_count", NULL, dims, H1)));
    same(report, "b1", code, "active",
         report_rig_people(r, "active", REPORT_PERIOD, "-", dims));
    same(report, "b1", code, "active_before",
         report_rig_people(r, "active", REPORT_BEFORE, "-", dims));
    same(report, "b1", code, "finished",
         report_rig_people(r, "finished_one", REPORT_PERIOD, "-", dims));
    same(report, "b1", code, "done",
         report_rig_people(r, "path_finished", REPORT_PERIOD, "short", dims));
    same(report, "b1", code, "done_before",
         report_rig_people(r, "path_finished", REPORT_BEFORE, "short", dims));
    snprintf(pair, sizeof(pair), "sex=f%s%s", *dims == '-' ? "" : ";",
             *dims == '-' ? "" : dims);
    same(report, "b1", code, "women",
         report_rig_people(r, "active", REPORT_PERIOD, "-", pair));
    snprintf(pair, sizeof(pair), "band=b4%s%s", *dims == '-' ? "" : ";",
             *dims == '-' ? "" : dims);
    same(report, "b1", code, "old",
         report_rig_people(r, "active", REPORT_PERIOD, "-", pair));
    snprintf(pair, sizeof(pair), "s=v3%s%s", *dims == '-' ? "" : ";",
             *dims == '-' ? "" : dims);
    same(report, "b1", code, "vneid",
         report_rig_people(r, "vneid_status", REPORT_PERIOD, "-", pair));
}

static void test_table_1_is_the_totals_of_each_thon(void **state)
{
    struct rig *r = *state;
    struct report *report;
    int64_t done, active;

    report_rig_settings(r);
    for (uint32_t seed = 1; seed <= 3; seed++) {
        report_rig_fill(r, seed);
        report = report_rig_make(r, REPORT_PERIOD);
        check_thon(r, report, "t01", "thon=t01");
        check_thon(r, report, "t02", "thon=t02");
        check_thon(r, report, "t03", "thon=t03");
        check_thon(r, report, "all", "-");
        same(report, "b1", "t01", "households", 90);
        same(report, "b1", "t01", "adults", 240);
        same(report, "b1", "t02", "households", 80); /* of the year before */
        assert_int_equal(cell(report, "b1", "t02", "adults")->kind, VALUE_NONE);
        assert_int_equal(cell(report, "b1", "all", "adults")->kind, VALUE_NONE);
        done =
            report_rig_people(r, "path_finished", REPORT_PERIOD, "short", "thon=t01");
        active = report_rig_people(r, "active", REPORT_PERIOD, "-", "thon=t01");
        done = done < 0 ? 0 : done; /* totals leave zeros out */
        same(report, "b1", "t01", "done_of_active", rate(done, active));
        same(report, "b1", "t01", "done_of_adults", rate(done, 240));
        assert_int_equal(cell(report, "b1", "t02", "done_of_adults")->kind, VALUE_NONE);
    }
}

static void test_table_2_has_targets_with_their_documents(void **state)
{
    static const char *const groups[] = { "g1", "g2", "g3", "g4" };
    struct rig *r = *state;
    struct report *report;
    char dims[16];

    report_rig_settings(r);
    report_rig_fill(r, 5);
    report = report_rig_make(r, REPORT_PERIOD);
    for (size_t i = 0; i < COUNT(groups); i++) {
        snprintf(dims, sizeof(dims), "group=%s", groups[i]);
        same(report, "b2", groups[i], "registered",
             report_rig_people(r, "registered", REPORT_PERIOD, "-", dims));
        same(report, "b2", groups[i], "finished",
             report_rig_people(r, "finished_one", REPORT_PERIOD, "-", dims));
    }
    same(report, "b2", "g2", "target", 120);
    same(report, "b2", "g2", "due", clock_day_parse("2026-12-31"));
    same(report, "b2", "g2", "vneid",
         report_rig_people(r, "vneid_status", REPORT_PERIOD, "-", "group=g2;s=v3"));
    assert_string_equal(cell(report, "b2", "g2", "document")->text, "KH 06/KH-UBND");
    assert_string_equal(cell(report, "b2", "g2", "reached")->text, "chưa đạt");
    assert_int_equal(cell(report, "b2", "g1", "target")->kind, VALUE_NONE);
    assert_int_equal(cell(report, "b2", "g1", "rate")->kind, VALUE_NONE);
}

static void test_the_day_of_a_target_is_the_first_on_which_it_stood(void **state)
{
    struct rig *r = *state;
    int64_t first = clock_day(r->wall_ms);

    report_rig_set(r, "target.all.2026-h2", "10; 2026-12-31; KH 06");
    report_rig_gauge(r, "finished_one", REPORT_PERIOD, "-", "-", 9);
    assert_string_equal(
        cell(report_rig_make(r, REPORT_PERIOD), "b2", "all", "reached")->text,
        "chưa đạt");
    r->wall_ms += 3 * 86400000LL;
    report_rig_gauge(r, "finished_one", REPORT_PERIOD, "-", "-", 10);
    r->wall_ms += 3 * 86400000LL;
    report_rig_gauge(r, "finished_one", REPORT_PERIOD, "-", "-", 11);
    same(report_rig_make(r, REPORT_PERIOD), "b2", "all", "reached", first + 3);
    report_rig_set(r, "target.all.2026-h2", "10; 2026-12-31; KH 06"); /* the same */
    same(report_rig_make(r, REPORT_PERIOD), "b2", "all", "reached", first + 3);
    report_rig_set(r, "target.all.2026-h2", "11; 2026-12-31; KH 06");
    same(report_rig_make(r, REPORT_PERIOD), "b2", "all", "reached", first + 6);
    report_rig_set(r, "target.all.2026-h2", "12; 2026-12-31; KH 06");
    assert_string_equal(
        cell(report_rig_make(r, REPORT_PERIOD), "b2", "all", "reached")->text,
        "chưa đạt");
}

static void test_table_3_is_by_sex_and_age(void **state)
{
    static const char *const dims[] = { "sex=f",   "sex=m",   "band=b0", "band=b1",
                                        "band=b2", "band=b3", "band=b4" };
    struct rig *r = *state;
    struct report *report;

    report_rig_fill(r, 6);
    report = report_rig_make(r, REPORT_PERIOD);
    for (size_t i = 0; i < COUNT(dims); i++) {
        const char *code = strchr(dims[i], '=') + 1;

        same(report, "b3", code, "active",
             report_rig_people(r, "active", REPORT_PERIOD, "-", dims[i]));
        same(report, "b3", code, "finished",
             report_rig_people(r, "finished_one", REPORT_PERIOD, "-", dims[i]));
        same(report, "b3", code, "done",
             report_rig_people(r, "path_finished", REPORT_PERIOD, "short", dims[i]));
        same(report, "b3", code, "completions",
             report_rig_sum(r, "completions", NULL, dims[i], H2));
    }
    same(report, "b3", "all", "completions",
         report_rig_sum(r, "completions", NULL, "-", H2));
}

static void test_table_4_adds_the_lessons_of_a_module(void **state)
{
    struct rig *r = *state;
    struct report *report;
    const struct value *learners;
    int64_t one, two;

    report_rig_set(r, "module.m01", "Chiếc điện thoại thông minh");
    report_rig_fill(r, 7);
    report = report_rig_make(r, REPORT_PERIOD);
    same(report, "b4", "m01", "starts", report_rig_sum(r, "starts", "m01-", "-", H2));
    same(report, "b4", "m01", "completions",
         report_rig_sum(r, "completions", "m01-", "-", H2));
    same(report, "b4", "m01", "completions_before",
         report_rig_sum(r, "completions", "m01-", "-", H1));
    same(report, "b4", "m01", "passes", report_rig_sum(r, "passes", "m01-", "-", H2));
    same(report, "b4", "m09", "done",
         report_rig_people(r, "module_finished", REPORT_PERIOD, "m09", "-"));
    same(report, "b4", "all", "completions",
         report_rig_sum(r, "completions", NULL, "-", H2));
    one = report_rig_people(r, "lesson_firsts", REPORT_PERIOD, "m01-b01", "-");
    two = report_rig_people(r, "lesson_firsts", REPORT_PERIOD, "m01-b02", "-");
    learners = cell(report, "b4", "m01", "learners");
    assert_int_equal(learners->least, one > two ? one : two);
    assert_int_equal(learners->most, plus(one, two));
    assert_string_equal(report_table_of(report, "b4")->rows[0].name,
                        "Chiếc điện thoại thông minh");
    assert_non_null(strstr(cell(report, "b4", "m01", "hardest")->text, "m01-b0"));
}

static void test_table_5_leaves_to_units_what_only_they_know(void **state)
{
    struct rig *r = *state;
    struct report *report;

    report_rig_settings(r);
    report_rig_fill(r, 8);
    report = report_rig_make(r, REPORT_PERIOD);
    same(report, "b5", "u01", "classes",
         report_rig_sum(r, "classes", NULL, "unit=u01", H2));
    same(report, "b5", "u01", "classes_before",
         report_rig_sum(r, "classes", NULL, "unit=u01", H1));
    same(report, "b5", "u01", "active",
         report_rig_people(r, "active", REPORT_PERIOD, "-", "unit=u01"));
    assert_int_equal(cell(report, "b5", "u01", "ideas")->kind, VALUE_BLANK);
}

static void test_table_6_has_a_column_for_each_month(void **state)
{
    struct rig *r = *state;
    struct report *report;
    char kind[16];

    report_rig_fill(r, 9);
    report = report_rig_make(r, REPORT_PERIOD);
    assert_int_equal(report_table_of(report, "b6")->n_columns, 2 + 6);
    for (int i = 1; i <= 6; i++) {
        char code[8];

        snprintf(code, sizeof(code), "h%d", i);
        snprintf(kind, sizeof(kind), "kind=%s", code);
        same(report, "b6", code, REPORT_SUM, report_rig_sum(r, "help", NULL, kind, H2));
        same(report, "b6", code, "sum_before",
             report_rig_sum(r, "help", NULL, kind, H1));
        same(report, "b6", code, "2026-09",
             report_rig_sum(r, "help", NULL, kind, "2026-09-01", "2026-09-30"));
    }
    same(report, "b6", "all", "2026-07",
         report_rig_sum(r, "help", NULL, "-", "2026-07-01", "2026-07-31"));
    assert_int_equal(cell(report, "b6", "all", "2026-12")->kind, VALUE_NONE);
    assert_int_equal(report_table_of(report_rig_make(r, "P1"), "b6")->n_columns, 2 + 3);
    assert_int_equal(report_table_of(report_rig_make(r, "2026"), "b6")->n_columns,
                     2 + 12);
    assert_int_equal(
        report_table_of(report_rig_make(r, "2026-09-10..2026-10-09"), "b6")->n_columns,
        2 + 2);
}

/* Highest first, ties together, few people never; persons cannot be in it. */
static void test_table_7_proposes_by_figures(void **state)
{
    static const int64_t active[] = { 40, 90, 90, 12, 4 };
    static const char *const want[] = { "b1.active.t2", "b1.active.t3",
                                        "b1.active.t1" };
    struct rig *r = *state;
    const struct report_table *t;
    char dims[16];
    size_t n = 0;

    for (size_t i = 0; i < COUNT(active); i++) {
        snprintf(dims, sizeof(dims), "thon=t%zu", i + 1);
        report_rig_gauge(r, "active", REPORT_PERIOD, "-", dims, active[i]);
    }
    t = report_table_of(report_rig_make(r, REPORT_PERIOD), "b7");
    for (size_t i = 0; i < t->n_rows; i++)
        if (!strncmp(t->rows[i].code, "b1.active.", 10)) {
            assert_true(n < COUNT(want));
            assert_string_equal(t->rows[i].code, want[n++]);
            assert_int_equal(t->rows[i].cells[report_column_of(t, "form")].kind,
                             VALUE_BLANK);
        }
    assert_int_equal(n, COUNT(want));
    assert_non_null(strstr(t->notes[0], "không phải kết quả xét"));
}

static void test_table_8_joins_what_is_counted_and_what_is_entered(void **state)
{
    struct rig *r = *state;
    struct report *report;

    report_rig_settings(r);
    report_rig_fill(r, 10);
    report = report_rig_make(r, REPORT_PERIOD);
    same(report, "b8", "vneid_v3", "value",
         report_rig_people(r, "vneid_status", REPORT_PERIOD, "-", "s=v3"));
    same(report, "b8", "help_h3", "value",
         report_rig_sum(r, "help", NULL, "kind=h3", H2));
    assert_string_equal(cell(report, "b8", "e1", "value")->text, "34");
    assert_string_equal(cell(report, "b8", "e1", "source")->text,
                        "Phòng Kinh tế, 15/12/2026");
    assert_int_equal(cell(report, "b8", "e1", "value_before")->kind, VALUE_NONE);
}

static void test_the_summary_is_of_the_whole_commune(void **state)
{
    static const struct {
        const char *stat, *unit;
        bool people;
    } rows[] = {
        { "registered", "-", true },     { "active", "-", true },
        { "finished_one", "-", true },   { "path_finished", "short", true },
        { "classes", NULL, false },      { "starts", NULL, false },
        { "completions", NULL, false },  { "passes", NULL, false },
        { "help", NULL, false },         { "sign_offs", NULL, false },
        { "notice_plays", NULL, false },
    };
    struct rig *r = *state;
    struct report *report;

    report_rig_fill(r, 11);
    report = report_rig_make(r, REPORT_PERIOD);
    for (size_t i = 0; i < COUNT(rows); i++) {
        same(report, "b0", rows[i].stat, "now",
             rows[i].people
                 ? report_rig_people(r, rows[i].stat, REPORT_PERIOD, rows[i].unit, "-")
                 : report_rig_sum(r, rows[i].stat, NULL, "-", H2));
        same(report, "b0", rows[i].stat, "past",
             rows[i].people
                 ? report_rig_people(r, rows[i].stat, REPORT_BEFORE, rows[i].unit, "-")
                 : report_rig_sum(r, rows[i].stat, NULL, "-", H1));
    }
    same(report, "b0", "attendance", "now",
         plus(report_rig_sum(r, "attendance", NULL, "-", H2),
              report_rig_sum(r, "head_count", NULL, "-", H2)));
}

/* --- what is not known ---------------------------------------------------------------------------- */

static void test_an_empty_database_has_no_zero(void **state)
{
    static const char *const periods[] = { "2026-H2", "2026",
                                           "2026-11", "2026-Q4",
                                           "all",     "P1",
                                           "P2",      "2026-02-03..2026-11-05" };
    struct rig *r = *state;

    for (size_t p = 0; p < COUNT(periods); p++) {
        struct report *report = report_rig_make(r, periods[p]);

        assert_int_equal(report->n_tables, 12);
        assert_string_equal(report->period, periods[p]);
        for (size_t i = 0; i < report->n_tables; i++)
            for (size_t k = 0; k < report->tables[i].n_rows; k++)
                for (size_t c = 0; c < report->tables[i].n_columns; c++)
                    assert_int_not_equal(report->tables[i].rows[k].cells[c].kind,
                                         VALUE_NUMBER);
    }
}

static void test_nothing_counted_is_zero_only_where_it_was_measured(void **state)
{
    struct rig *r = *state;
    struct report *report;

    report_rig_set(r, "thon.t02", "Bùi Hui");
    report_rig_count(r, "starts", "2026-09-01", "m01-b01", "-", 4);
    report_rig_gauge(r, "registered", "2026-09", "-", "-", 9);
    report_rig_gauge(r, "registered", "2026-09", "-", "thon=t01", 9);
    report = report_rig_make(r, REPORT_PERIOD);
    same(report, "b4", "m01", "completions", 0); /* begun, never ended */
    assert_int_equal(cell(report, "b4", "m01", "completions")->kind, VALUE_NUMBER);
    assert_int_equal(cell(report, "b1", "t01", "active")->kind, VALUE_NUMBER);
    assert_int_equal(cell(report, "b1", "t02", "active")->kind, VALUE_NONE);
    assert_int_equal(cell(report, "b1", "t01", "classes")->kind, VALUE_NONE);
    report = report_rig_make(r, "2027-H1"); /* it lies ahead */
    assert_int_equal(cell(report, "b0", "active", "now")->kind, VALUE_NONE);
    assert_int_equal(cell(report, "b0", "registered", "now")->kind, VALUE_NONE);
    report = report_rig_make(r, REPORT_BEFORE); /* nobody was there yet */
    assert_int_equal(cell(report, "b0", "completions", "now")->kind, VALUE_NONE);
    assert_int_equal(cell(report, "b0", "active", "now")->kind, VALUE_NONE);
}

static void test_people_of_free_days_lie_between_two_bounds(void **state)
{
    struct rig *r = *state;
    const struct value *v;

    report_rig_gauge(r, "active", "2026-09", "-", "-", 30);
    report_rig_gauge(r, "active", "2026-10", "-", "-", 50);
    report_rig_gauge(r, "active", "2026-11", "-", "-", 20);
    report_rig_gauge(r, "path_finished", "2026-09", "short", "-", 3);
    report_rig_gauge(r, "path_finished", "2026-10", "short", "-", 4);
    report_rig_gauge(r, "path_finished", "all", "short", "-", 9);
    report_rig_gauge(r, "active", "all", "-", "-", 90);
    v = cell(report_rig_make(r, "2026-09-01..2026-11-15"), "b0", "active", "now");
    assert_int_equal(v->kind, VALUE_RANGE);
    assert_int_equal(v->least, 50); /* 90 in all, though 100 in the months */
    assert_int_equal(v->most, 90);
    v = cell(report_rig_make(r, "2026-09-01..2026-10-31"), "b0", "path_finished",
             "now");
    assert_int_equal(v->kind, VALUE_NUMBER); /* first times add up */
    assert_int_equal(v->least, 7);
    v = cell(report_rig_make(r, "2026-09-01..2026-09-30"), "b0", "active", "now");
    assert_int_equal(v->kind, VALUE_NUMBER); /* a month by another name */
    assert_int_equal(v->least, 30);
}

static void test_hours_without_a_day_are_said_apart(void **state)
{
    struct rig *r = *state;
    struct report *report;
    struct bundle b = rig_bundle(r, 900, 1, 3);

    b.runs[0].id = b.known[0].run = b.run = 0x99;
    b.runs[0].trust = 0;
    rig_count(r, &b, "completions", "?3", "m09-b03", 46, 0);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    report = report_rig_make(r, REPORT_PERIOD);
    assert_int_equal(cell(report, "b0", "completions", "now")->kind, VALUE_NONE);
    assert_non_null(strstr(report->lines[report->n_lines - 1], "46 lượt"));
    same(report_rig_make(r, "all"), "b0", "completions", "now", 46);
    b = rig_bundle(r, 901, 1, 3);
    b.runs[0].id = b.known[0].run = b.run = 0x99;
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN); /* its clock is known now */
    same(report_rig_make(r, REPORT_PERIOD), "b0", "completions", "now", 46);
}

static void test_a_clock_far_off_is_said_and_dates_nothing(void **state)
{
    static const int64_t walls[] = { 0, 86400000LL * 365, 86400000LL * 365 * 200 };
    struct rig *r = *state;

    for (size_t i = 0; i < COUNT(walls); i++) {
        struct report *report;

        r->wall_ms = walls[i];
        report = report_rig_make(r, REPORT_PERIOD);
        assert_string_equal(report->made, "");
        assert_non_null(strstr(report->lines[0], "Đồng hồ máy chủ chưa đúng"));
        (void)report_rig_make(r, "all");
    }
}

/* --- spans ------------------------------------------------------------------------------------------ */

static void test_spans(void **state)
{
    static const struct {
        const char *text, *name, *before, *label;
    } rows[] = {
        { "2026-H2", "2026-H2", "2026-H1", "6 tháng cuối năm 2026" },
        { "2026", "2026", "2025", "Năm 2026" },
        { "2026-01", "2026-01", "2025-12", "Tháng 1 năm 2026" },
        { "P1", "P1", NULL, "Giai đoạn 1 (2025 - 2027)" },
        { "P2", "P2", "P1", "Giai đoạn 2 (2028 - 2030)" },
        { "all", "all", NULL, "Từ đầu đến nay" },
        { "2026-07-01..2026-12-31", "2026-H2", "2026-H1", "6 tháng cuối năm 2026" },
        { "2025-01-01..2027-12-31", "P1", NULL, "Giai đoạn 1 (2025 - 2027)" },
        { "2026-07-02..2026-07-11", "2026-07-02..2026-07-11", "2026-06-22..2026-07-01",
          "Từ ngày 02/07/2026 đến ngày 11/07/2026" },
        { "2026-H3", NULL, NULL, NULL },
        { "2026-13", NULL, NULL, NULL },
        { "P3", NULL, NULL, NULL },
        { "", NULL, NULL, NULL },
        { "2026-07-11..2026-07-02", NULL, NULL, NULL },
        { "2026-07-1..2026-07-002", NULL, NULL, NULL },
        { "2026-02-30..2026-03-01", NULL, NULL, NULL },
        { "2026-07-02..2026-07-11 ", NULL, NULL, NULL },
    };
    int64_t phase1_last = clock_day_parse(SPAN_PHASE1_LAST);

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct span span, before;

        assert_int_equal(span_parse(rows[i].text, phase1_last, &span),
                         rows[i].name != NULL);
        if (!rows[i].name)
            continue;
        assert_string_equal(span.name, rows[i].name);
        assert_string_equal(span.label, rows[i].label);
        assert_int_equal(span_before(&span, phase1_last, &before),
                         rows[i].before != NULL);
        if (rows[i].before)
            assert_string_equal(before.name, rows[i].before);
    }
}

#define T(f) cmocka_unit_test_setup_teardown(f, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_table_1_is_the_totals_of_each_thon),
        T(test_table_2_has_targets_with_their_documents),
        T(test_the_day_of_a_target_is_the_first_on_which_it_stood),
        T(test_table_3_is_by_sex_and_age),
        T(test_table_4_adds_the_lessons_of_a_module),
        T(test_table_5_leaves_to_units_what_only_they_know),
        T(test_table_6_has_a_column_for_each_month),
        T(test_table_7_proposes_by_figures),
        T(test_table_8_joins_what_is_counted_and_what_is_entered),
        T(test_the_summary_is_of_the_whole_commune),
        T(test_an_empty_database_has_no_zero),
        T(test_nothing_counted_is_zero_only_where_it_was_measured),
        T(test_people_of_free_days_lie_between_two_bounds),
        T(test_hours_without_a_day_are_said_apart),
        T(test_a_clock_far_off_is_said_and_dates_nothing),
        cmocka_unit_test(test_spans),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
