/* What is written for people: escaping, numbers, spreadsheets, periods, scales. */
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "chart.h"
#include "cmocka_all.h"
#include "csv.h"
#include "html.h"
#include "period.h"

static void test_every_character_of_markup_is_escaped(void **state)
{
    struct buf out;

    (void)state;
    buf_init(&out, 1000);
    html_text(&out, "<b a=\"1\" c='2'>&amp;</b> Đặng");
    assert_string_equal(buf_text(&out),
                        "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;"
                        "&lt;/b&gt; Đặng");
    buf_finish(&out);
}

static void test_numbers_are_grouped_the_vietnamese_way(void **state)
{
    static const struct {
        int64_t v;
        const char *want;
    } rows[] = {
        { 0, "0" },
        { 7, "7" },
        { 999, "999" },
        { 1264, "1.264" },
        { 1000000, "1.000.000" },
        { -25000, "-25.000" },
        { INT64_MIN, "-9.223.372.036.854.775.808" },
    };
    char got[HTML_NUMBER_CHARS];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        html_number_text(rows[i].v, got);
        assert_string_equal(got, rows[i].want);
    }
}

static void test_cells_cannot_become_formulas(void **state)
{
    static const struct {
        const char *cell;
        const char *want;
    } rows[] = {
        { "=1+1", "\"'=1+1\"" },
        { "+84", "\"'+84\"" },
        { "-x", "\"'-x\"" },
        { "@SUM(A1)", "\"'@SUM(A1)\"" },
        { "\tx", "\"'\tx\"" },
        { "\rx", "\"'\rx\"" },
        { "a=b", "\"a=b\"" },
        { "", "\"\"" },
        { "say \"x\"", "\"say \"\"x\"\"\"" },
        { "a,b\nc", "\"a,b\nc\"" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf out;

        buf_init(&out, 100);
        csv_text(&out, rows[i].cell);
        assert_string_equal(buf_text(&out), rows[i].want);
        buf_finish(&out);
    }
}

static void test_a_table_begins_with_its_mark_and_rows_end_in_crlf(void **state)
{
    struct buf out;

    (void)state;
    buf_init(&out, 100);
    csv_begin(&out);
    csv_text(&out, "a");
    csv_number(&out, -5);
    csv_end_row(&out);
    csv_text(&out, "b");
    csv_end_row(&out);
    assert_string_equal(buf_text(&out), "\xEF\xBB\xBF\"a\",-5\r\n\"b\"\r\n");
    buf_finish(&out);
}

static void test_periods_know_their_days_names_and_neighbours(void **state)
{
    static const struct {
        const char *name;
        const char *first;
        const char *last;
        const char *label;
        const char *before;
    } rows[] = {
        { "2026-11", "2026-11-01", "2026-11-30", "Tháng 11 năm 2026", "2026-10" },
        { "2026-01", "2026-01-01", "2026-01-31", "Tháng 1 năm 2026", "2025-12" },
        { "2028-02", "2028-02-01", "2028-02-29", "Tháng 2 năm 2028", "2028-01" },
        { "2026-Q4", "2026-10-01", "2026-12-31", "Quý 4 năm 2026", "2026-Q3" },
        { "2026-Q1", "2026-01-01", "2026-03-31", "Quý 1 năm 2026", "2025-Q4" },
        { "2026-H1", "2026-01-01", "2026-06-30", "6 tháng đầu năm 2026", "2025-H2" },
        { "2026-H2", "2026-07-01", "2026-12-31", "6 tháng cuối năm 2026", "2026-H1" },
        { "2026", "2026-01-01", "2026-12-31", "Năm 2026", "2025" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char label[PERIOD_LABEL_BYTES];
        char name[PERIOD_NAME_CHARS];
        struct period before;
        struct period p;
        int64_t first = clock_day_parse(rows[i].first);
        int64_t last = clock_day_parse(rows[i].last);

        assert_true(period_parse(rows[i].name, &p));
        assert_true(period_holds(&p, first) && period_holds(&p, last));
        assert_false(period_holds(&p, first - 1) || period_holds(&p, last + 1));
        period_name(&p, name);
        assert_string_equal(name, rows[i].name);
        period_label(&p, label);
        assert_string_equal(label, rows[i].label);
        before = period_step(&p, -1);
        period_name(&before, name);
        assert_string_equal(name, rows[i].before);
        before = period_step(&before, 1);
        period_name(&before, name);
        assert_string_equal(name, rows[i].name);
        before = period_of(p.kind, last);
        period_name(&before, name);
        assert_string_equal(name, rows[i].name);
    }
}

static void test_free_days_compare_with_as_many_before(void **state)
{
    struct period before;
    struct period p;
    char name[PERIOD_NAME_CHARS];
    char label[PERIOD_LABEL_BYTES];

    (void)state;
    assert_true(period_parse("2026-11-16..2026-11-22", &p));
    assert_true(period_holds(&p, clock_day_parse("2026-11-16")));
    assert_false(period_holds(&p, clock_day_parse("2026-11-23")));
    period_label(&p, label);
    assert_string_equal(label, "16/11/2026 – 22/11/2026");
    assert_true(period_before(&p, &before));
    period_name(&before, name);
    assert_string_equal(name, "2026-11-09..2026-11-15");
}

static void test_phases_meet_and_the_first_has_none_before(void **state)
{
    struct period first;
    struct period second;
    struct period before;

    (void)state;
    assert_true(period_parse("P1", &first) && period_parse("P2", &second));
    assert_int_equal(first.end_day, second.first_day);
    assert_false(period_before(&first, &before));
    assert_true(period_before(&second, &before));
    assert_int_equal(before.part, 1);
    assert_true(period_parse("all", &first));
    assert_false(period_before(&first, &before));
}

static void test_nonsense_is_no_period(void **state)
{
    static const char *const rows[] = { "",
                                        "2026-13",
                                        "2026-00",
                                        "2026-Q5",
                                        "2026-H3",
                                        "1999",
                                        "2200",
                                        "26",
                                        "2026-1",
                                        "2026/11",
                                        "2026-QQ",
                                        "2026-11-01",
                                        "allx",
                                        "P3",
                                        "?3",
                                        "2o26",
                                        "2026-11-22..2026-11-21",
                                        "2026-11-22..2026-11-31",
                                        "2016-01-01..2026-11-22",
                                        "2026-11-22.2026-11-221" };
    struct period p;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_false(period_parse(rows[i], &p));
    assert_true(period_parse("all", &p));
    assert_true(period_holds(&p, 0));
}

static void test_scales_reach_the_greatest_value_in_four_round_steps(void **state)
{
    static const struct {
        int64_t max;
        int64_t want;
    } rows[] = { { 0, 4 },      { 4, 4 },       { 5, 8 },
                 { 20, 20 },    { 21, 40 },     { 100, 100 },
                 { 905, 1000 }, { 1001, 2000 }, { 999999, 1000000 } };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(chart_scale(rows[i].max), rows[i].want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_character_of_markup_is_escaped),
        cmocka_unit_test(test_numbers_are_grouped_the_vietnamese_way),
        cmocka_unit_test(test_cells_cannot_become_formulas),
        cmocka_unit_test(test_a_table_begins_with_its_mark_and_rows_end_in_crlf),
        cmocka_unit_test(test_periods_know_their_days_names_and_neighbours),
        cmocka_unit_test(test_free_days_compare_with_as_many_before),
        cmocka_unit_test(test_phases_meet_and_the_first_has_none_before),
        cmocka_unit_test(test_nonsense_is_no_period),
        cmocka_unit_test(test_scales_reach_the_greatest_value_in_four_round_steps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
