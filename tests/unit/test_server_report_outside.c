/* What leaves the commune: small cells merged, and DHIS2. */
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/check.h"
#include "base/file.h"
#include "cmocka_all.h"
#include "report_ask.h"

/* --- beyond the commune ------------------------------------------------------------------------------ */

/* What the total lacks must be neither one row's nor few people's. */
static void safe_group(const struct report_table *t, const struct report_table *full,
                       size_t c, int64_t group, bool total_stands)
{
    size_t merged = 0, others = 0;
    int64_t sum = 0;

    for (size_t k = 0; k < t->n_rows; k++) {
        const struct value *v = &t->rows[k].cells[c];

        if (t->rows[k].total || t->rows[k].group != group)
            continue;
        merged += v->kind == VALUE_MERGED;
        sum += v->kind == VALUE_MERGED ? full->rows[k].cells[c].least : 0;
        others += v->kind == VALUE_NUMBER;
    }
    if (merged && sum && total_stands && others && (merged < 2 || sum < REPORT_SMALL))
        fail_msg("%s %s: %zu merged rows, %lld in all, can be told", t->id,
                 t->columns[c].code, merged, (long long)sum);
}

static void safe_column(const struct report_table *t, size_t c,
                        const struct report *was)
{
    bool total_stands = false;

    for (size_t k = 0; k < t->n_rows; k++) {
        const struct value *v = &t->rows[k].cells[c];

        if (v->kind == VALUE_NUMBER)
            assert_true(v->least <= 0 || v->least >= REPORT_SMALL);
        total_stands |= t->rows[k].total && v->kind == VALUE_NUMBER;
    }
    for (int64_t group = 0; group <= 2; group++)
        safe_group(t, report_table_of(was, t->id), c, group, total_stands);
}

static void test_small_cells_do_not_leave_the_commune(void **state)
{
    struct rig *r = *state;

    for (uint32_t seed = 30; seed < 40; seed++) {
        struct report *full, *out;

        report_rig_fill(r, seed);
        full = report_rig_make(r, REPORT_PERIOD);
        out = report_rig_make(r, REPORT_PERIOD);
        assert_true(report_small_cells(full) > 0);
        report_outside(out);
        assert_int_equal(report_small_cells(out), 0);
        for (size_t i = 0; i < out->n_tables; i++)
            for (size_t c = 0; c < out->tables[i].n_columns; c++)
                if (out->tables[i].columns[c].kind == COLUMN_PEOPLE ||
                    out->tables[i].columns[c].kind == COLUMN_TIMES)
                    safe_column(&out->tables[i], c, full);
    }
}

static void test_merged_figures_are_quoted_by_no_proposal(void **state)
{
    struct rig *r = *state;
    struct report *out;
    const struct report_table *t;

    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "-", 40);
    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "thon=t01", 3);
    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "thon=t02", 7);
    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "thon=t03", 30);
    report_rig_count(r, "classes", "2026-09-01", "-", "-", 2);
    out = report_rig_make(r, REPORT_PERIOD);
    report_outside(out);
    t = report_table_of(out, "b0"); /* two lessons are nobody's */
    for (size_t k = 0; k < t->n_rows; k++)
        if (!strcmp(t->rows[k].code, "classes"))
            assert_int_equal(t->rows[k].cells[report_column_of(t, "now")].kind,
                             VALUE_NUMBER);
    t = report_table_of(out, "b7");
    for (size_t k = 0; k < t->n_rows; k++)
        if (!strcmp(t->rows[k].code, "b1.active.t02"))
            assert_int_equal(t->rows[k].cells[report_column_of(t, REPORT_QUOTE)].kind,
                             VALUE_MERGED);
        else
            assert_string_equal(t->rows[k].code, "b1.active.t03");
}

static void test_who_gets_small_cells_is_told(void **state)
{
    struct rig *r = *state;
    struct asked a;

    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "thon=t01", 3);
    a = report_ask_format(r, "json");
    assert_non_null(strstr(buf_text(&a.complaint), "--outside"));
    report_forget(&a);
    a = report_ask(r, (struct report_wish){ .period = REPORT_PERIOD,
                                            .out_path = report_path(r, "o.json"),
                                            .outside = true });
    assert_string_equal(buf_text(&a.complaint), "");
    assert_non_null(strstr(buf_text(&a.file), "\"outside\":true"));
    report_forget(&a);
}

/* --- DHIS2 ------------------------------------------------------------------------------------------ */

static struct asked ask_dhis2(struct rig *r, const char *period, const char *map)
{
    const char *path = report_path(r, "map.json");
    struct asked a;

    if (map)
        assert_int_equal(file_replace(path, map, strlen(map), 0600), ERR_OK);
    a = report_ask(r, (struct report_wish){ .period = period,
                                            .format = "dhis2",
                                            .out_path = report_path(r, "d"),
                                            .map_path = map ? path : NULL });
    if (map)
        unlink(path);
    return a;
}

static void test_dhis2_periods(void **state)
{
    static const struct {
        const char *period, *want;
    } rows[] = {
        { "2026-11", "\"period\":\"202611\"" },
        { "2026-Q4", "\"period\":\"2026Q4\"" },
        { "2026-H2", "\"period\":\"2026S2\"" },
        { "2026", "\"period\":\"2026\"" },
        { "2026-07-01..2026-12-31", "\"period\":\"2026S2\"" },
        { "P1", NULL },
        { "all", NULL },
        { "2026-02-03..2026-11-05", NULL },
    };
    struct rig *r = *state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct asked a = ask_dhis2(r, rows[i].period, NULL);

        assert_int_equal(a.code, rows[i].want ? 0 : EX_DATAERR);
        assert_non_null(strstr(buf_text(rows[i].want ? &a.file : &a.complaint),
                               rows[i].want ? rows[i].want : "DHIS2 has months"));
        report_forget(&a);
    }
}

static void test_dhis2_values_are_the_totals(void **state)
{
    static const char map[] =
        "{\"dataSet\":\"DS000000001\",\"orgUnit\":\"OU000000001\","
        "\"orgUnits\":{\"t01\":\"OU000000002\"},"
        "\"categoryOptionCombos\":{\"all\":\"CC000000001\",\"f\":\"CC000000002\"},"
        "\"dataElements\":{\"b1.active\":\"DE000000001\",\"b3.active\":\"DE000000002\","
        "\"b6.sum.h3\":\"DE000000003\"}}";
    struct rig *r = *state;
    struct asked a;

    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "-", 90);
    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "thon=t01", 50);
    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "thon=t02", 40);
    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "sex=f", 60);
    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "sex=m", 30);
    report_rig_count(r, "help", "2026-09-01", "-", "kind=h3", 12);
    a = ask_dhis2(r, REPORT_PERIOD, map);
    assert_int_equal(a.code, 0);
    assert_string_equal(buf_text(&a.file),
                        "{\"dataSet\":\"DS000000001\",\"orgUnit\":\"OU000000001\","
                        "\"period\":\"2026S2\","
                        "\"dataValues\":["
                        "{\"dataElement\":\"DE000000001\",\"orgUnit\":\"OU000000002\","
                        "\"categoryOptionCombo\":\"CC000000001\",\"value\":\"50\"},"
                        "{\"dataElement\":\"DE000000001\",\"orgUnit\":\"OU000000001\","
                        "\"categoryOptionCombo\":\"CC000000001\",\"value\":\"90\"},"
                        "{\"dataElement\":\"DE000000002\",\"orgUnit\":\"OU000000001\","
                        "\"categoryOptionCombo\":\"CC000000002\",\"value\":\"60\"},"
                        "{\"dataElement\":\"DE000000002\",\"orgUnit\":\"OU000000001\","
                        "\"categoryOptionCombo\":\"CC000000001\",\"value\":\"90\"},"
                        "{\"dataElement\":\"DE000000003\",\"orgUnit\":\"OU000000001\","
                        "\"categoryOptionCombo\":\"CC000000001\",\"value\":\"12\"}]}");
    report_forget(&a);
    a = ask_dhis2(r, REPORT_PERIOD, NULL);
    assert_non_null(strstr(buf_text(&a.file),
                           "{\"dataElement\":\"BDHVS_B1_ACTIVE\",\"orgUnit\":\"21520\","
                           "\"categoryOptionCombo\":\"BDHVS_T01\",\"value\":\"50\"}"));
    report_forget(&a);
    a = ask_dhis2(r, REPORT_PERIOD, "{\"dataSet\":1}");
    assert_int_equal(a.code, EX_DATAERR);
    report_forget(&a);
}

#define T(f) cmocka_unit_test_setup_teardown(f, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_small_cells_do_not_leave_the_commune),
        T(test_merged_figures_are_quoted_by_no_proposal),
        T(test_who_gets_small_cells_is_told),
        T(test_dhis2_periods),
        T(test_dhis2_values_are_the_totals),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
