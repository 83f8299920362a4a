/* The report beside the totals, and the workbook as LibreOffice reads it beside the
 * tables, cell by cell. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

#include "app/helper.h"
#include "app/report_file.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/json.h"
#include "people_fixture.h"
#include "store/class.h"
#include "store/commune.h"
#include "ui/strings.h"

#define FILE_BYTES (8 << 20)
#define PERIOD "2026-H2"

static struct figure_range half(struct people_stage *s)
{
    return figure_range_now(s->store.db, FIGURE_HALF);
}

/* Two thôn, three people, four completions, a class with heads. */
static void live(struct people_stage *s)
{
    struct commune_entry thon = { .code = "t07", .name = "Nước Giáp" };
    struct class_plan plan = { .thon = "t07", .place = "Nhà văn hóa" };
    const struct head_count heads = { 9, 5, 4 };
    struct person_card a, b;

    assert_int_equal(commune_set(s->store.db, COMMUNE_THON, &thon), ERR_OK);
    thon = (struct commune_entry){ .code = "t09", .name = "=Làng \"Teng\", <1>" };
    assert_int_equal(commune_set(s->store.db, COMMUNE_THON, &thon), ERR_OK);
    a = people_make(s, "Phạm Thị Nga", 1958, "t07");
    b = people_make(s, "Đinh Thị Ngưỡng", 1990, "t09");
    (void)people_make(s, "Phạm Thị Xuân", 1979, "t09");
    fixture_complete(&s->store, "m01-b01", a.token);
    fixture_complete(&s->store, "m01-b02", a.token);
    fixture_complete(&s->store, "m01-b01", b.token);
    fixture_complete(&s->store, "m01-b01", NULL);
    assert_int_equal(class_open(s->store.db, &plan, "test"), ERR_OK);
    assert_int_equal(class_add(s->store.db, a.token, "test"), ERR_OK);
    assert_int_equal(class_set_head_count(s->store.db, &heads, "test"), ERR_OK);
}

static json_value *tables(struct people_stage *s, struct buf *out)
{
    struct figure_range range = half(s);
    json_value *doc;

    assert_string_equal(range.period, PERIOD);
    assert_int_equal(report_file_tables(s->store.db, NULL, &range, out), ERR_OK);
    assert_int_equal(json_parse(out->data, out->len, 8, &doc, NULL, 0), ERR_OK);
    return doc;
}

/* The number at the row that begins with `key`, column `at`, of sheet `sheet`. */
static int64_t number(const json_value *doc, size_t sheet, const char *key, size_t at)
{
    const json_value *rows = json_get(json_at(json_get(doc, "sheets"), sheet), "rows");
    int64_t n;

    for (size_t i = 0; i < json_count(rows); i++)
        if (!strcmp(json_text(json_at(json_at(rows, i), 0)), key)) {
            if (json_int(json_at(json_at(rows, i), at), 0, JSON_INT_MAX, &n))
                return -1;
            return n;
        }
    fail_msg("no row %s", key);
    return 0;
}

static void test_every_line_of_the_summary_is_its_total(void **state)
{
    struct people_stage *s = *state;
    struct buf out;
    json_value *doc;

    live(s);
    buf_init(&out, FILE_BYTES);
    doc = tables(s, &out);
    assert_int_equal(number(doc, 0, text_of(T_rf_c_registered), 2),
                     fixture_total(&s->store, "registered", PERIOD, "-", "-"));
    assert_int_equal(number(doc, 0, text_of(T_rf_c_registered), 2), 3);
    assert_int_equal(number(doc, 0, text_of(T_rf_c_active), 2),
                     fixture_total(&s->store, "active", PERIOD, "-", "-"));
    assert_int_equal(number(doc, 0, text_of(T_rf_c_finished), 2), 2);
    assert_int_equal(number(doc, 0, text_of(T_rf_c_completions), 2), 4);
    assert_int_equal(
        number(doc, 0, text_of(T_rf_c_completions), 2),
        fixture_total(&s->store, "completions", "2026-11-22", "m01-b01", "-") +
            fixture_total(&s->store, "completions", "2026-11-22", "m01-b02", "-"));
    assert_int_equal(number(doc, 0, text_of(T_rf_c_heads), 2), 9);
    /* help was not measured: words, not 0 */
    assert_int_equal(number(doc, 0, text_of(T_rf_c_help), 2), -1);
    json_free(doc);
    buf_finish(&out);
}

static void test_a_row_of_a_thon_is_its_totals(void **state)
{
    struct people_stage *s = *state;
    struct buf out;
    json_value *doc;

    live(s);
    buf_init(&out, FILE_BYTES);
    doc = tables(s, &out);
    /* code name households adults classes attendance heads active women old finished */
    assert_int_equal(number(doc, 1, "t07", 7), 1);
    assert_int_equal(
        number(doc, 1, "t07", 9),
        fixture_total(&s->store, "active", PERIOD, "-", "band=b4;thon=t07"));
    assert_int_equal(number(doc, 1, "t09", 10),
                     fixture_total(&s->store, "finished_one", PERIOD, "-", "thon=t09"));
    assert_int_equal(number(doc, 1, "t09", 11), 1000); /* 1 of 1 */
    assert_int_equal(number(doc, 1, "t07", 3), -1);    /* nobody entered it */
    json_free(doc);
    buf_finish(&out);
}

/* --- LibreOffice -------------------------------------------------------------------------- */

/* A field of CSV at *s, unquoted, into `out`; *s moves behind it and its comma. */
static void field(const char **s, char *out, size_t size)
{
    bool quoted = **s == '"';
    size_t n = 0;

    for (*s += quoted; **s; (*s)++) {
        if (quoted && **s == '"' && (*s)[1] != '"')
            break;
        if (quoted && **s == '"')
            (*s)++;
        else if (!quoted && (**s == ',' || **s == '\n'))
            break;
        assert_true(n + 1 < size);
        out[n++] = **s;
    }
    *s += quoted && **s == '"';
    *s += **s == ',';
    out[n] = 0;
}

static void same_cell(const json_value *column, const json_value *cell, const char *got)
{
    const char *kind = json_text(json_get(column, "kind"));
    int64_t want;

    if (json_text(cell)) {
        assert_string_equal(got, json_text(cell));
        return;
    }
    assert_int_equal(json_int(cell, 0, JSON_INT_MAX, &want), ERR_OK);
    if (!strcmp(kind, "percent"))
        assert_true(strtod(got, NULL) * (strchr(got, '%') ? 10 : 1000) == (double)want);
    else
        assert_int_equal(strtoll(got, NULL, 10), want);
}

static size_t same_sheet(const struct people_stage *s, const json_value *sheet)
{
    const json_value *columns = json_get(sheet, "columns"),
                     *rows = json_get(sheet, "rows");
    char path[512], got[4096];
    size_t cells = 0;
    const char *at;
    struct buf csv;

    (void)snprintf(path, sizeof(path), "%s/r-%s.csv", s->store.dir,
                   json_text(json_get(sheet, "name")));
    buf_init(&csv, FILE_BYTES);
    assert_int_equal(file_read(path, &csv), ERR_OK);
    at = buf_text(&csv);
    at = strchr(strchr(strchr(at, '\n') + 1, '\n') + 1, '\n') + 1; /* title, header */
    for (size_t i = 0; i < json_count(rows); i++) {
        for (size_t c = 0; c < json_count(columns); c++, cells++) {
            field(&at, got, sizeof(got));
            same_cell(json_at(columns, c), json_at(json_at(rows, i), c), got);
        }
        at = strchr(at, '\n') + 1;
    }
    buf_finish(&csv);
    return cells;
}

static void test_libreoffice_reads_every_cell_as_the_tables_have_it(void **state)
{
    struct people_stage *s = *state;
    char path[512], command[1024];
    struct buf out, xlsx;
    size_t cells = 0;
    json_value *doc;

    if (system("command -v soffice >/dev/null"))
        skip();
    live(s);
    buf_init(&out, FILE_BYTES);
    buf_init(&xlsx, FILE_BYTES);
    doc = tables(s, &out);
    assert_int_equal(helper_run(HELPER_SHEET_XLSX, out.data, out.len, &xlsx), ERR_OK);
    (void)snprintf(path, sizeof(path), "%s/r.xlsx", s->store.dir);
    assert_int_equal(file_replace(path, xlsx.data, xlsx.len, 0600), ERR_OK);
    (void)snprintf(command, sizeof(command),
                   "cd %s && soffice -env:UserInstallation=file://%s/office --headless "
                   "--convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,"
                   "false,false,false,false,-1' r.xlsx >/dev/null 2>&1",
                   s->store.dir, s->store.dir);
    assert_int_equal(system(command), 0);
    for (size_t i = 0; i < json_count(json_get(doc, "sheets")); i++)
        cells += same_sheet(s, json_at(json_get(doc, "sheets"), i));
    assert_true(cells > 100);
    json_free(doc);
    buf_finish(&out);
    buf_finish(&xlsx);
}

static void test_csv_has_a_mark_and_no_formula(void **state)
{
    struct people_stage *s = *state;
    struct buf out, csv;

    live(s);
    buf_init(&out, FILE_BYTES);
    buf_init(&csv, FILE_BYTES);
    json_free(tables(s, &out));
    assert_int_equal(report_file_csv(&out, &csv), ERR_OK);
    assert_memory_equal(csv.data, "\xEF\xBB\xBF", 3);
    assert_non_null(strstr(csv.data, "\"'=Làng \"\"Teng\"\", <1>\""));
    assert_non_null(strstr(csv.data, text_of(T_rf_none)));
    assert_null(strstr(csv.data, "Ngưỡng"));
    buf_finish(&out);
    buf_finish(&csv);
}

static void test_names_of_files(void **state)
{
    const struct figure_range free_range = { 20605, 20650, "" };
    struct people_stage *s = *state;
    struct figure_range range = half(s);
    char name[REPORT_NAME_BYTES];

    report_file_name(&range, "xlsx", name);
    assert_string_equal(name, "bao-cao-6-thang-2026-2.xlsx");
    report_file_name(&free_range, "csv", name);
    assert_string_equal(name, "bao-cao-2026-06-01-2026-07-16.csv");
}

int main(void)
{
#define PEOPLE(test) \
    cmocka_unit_test_setup_teardown(test, people_setup, people_teardown)
    const struct CMUnitTest tests[] = {
        PEOPLE(test_every_line_of_the_summary_is_its_total),
        PEOPLE(test_a_row_of_a_thon_is_its_totals),
        PEOPLE(test_libreoffice_reads_every_cell_as_the_tables_have_it),
        PEOPLE(test_csv_has_a_mark_and_no_formula),
        PEOPLE(test_names_of_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
