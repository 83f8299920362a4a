/* The files of a report: every format has the same figures, hostile names do nothing, the
 * same question gives the same bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/file.h"
#include "cmocka_all.h"
#include "report_ask.h"
#include "settings.h"

#define WORDS_MAX 8192

/* --- reading the files back --------------------------------------------------------------------- */

/* The text between the tags at *at, up to `end`, entities put back; moves behind it. */
static void take_text(const char **at, const char *end, char out[WORDS_MAX])
{
    static const struct {
        const char *entity;
        char is;
    } entities[] = {
        { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }
    };
    const char *stop = strstr(*at, end), *p = *at;
    size_t n = 0;

    assert_non_null(stop);
    while (p < stop) {
        size_t k = 0;

        if (*p == '<') {
            p = strchr(p, '>') + 1;
            continue;
        }
        while (k < COUNT(entities) &&
               strncmp(p, entities[k].entity, strlen(entities[k].entity)) != 0)
            k++;
        assert_true(n + 1 < WORDS_MAX);
        out[n++] = k < COUNT(entities) ? entities[k].is : *p;
        p += k < COUNT(entities) ? strlen(entities[k].entity) : 1;
    }
    out[n] = 0;
    *at = stop + strlen(end);
}

/* The next cell of a text document. */
static void next_docx_cell(const char **at, char out[WORDS_MAX])
{
    *at = strstr(*at, "<w:tc>");
    assert_non_null(*at);
    take_text(at, "</w:tc>", out);
}

static void next_xlsx_cell(const char **at, char out[WORDS_MAX])
{
    *at = strstr(*at, "<c r=");
    assert_non_null(*at);
    if (strstr(*at, "/>") == strchr(*at, '>') - 1) { /* an empty one */
        out[0] = 0;
        *at = strchr(*at, '>') + 1;
        return;
    }
    take_text(at, "</c>", out);
}

/* --- every format, the same figures -------------------------------------------------------------- */

static void same_docx(struct rig *r, const struct report *report, const char *xml)
{
    char got[WORDS_MAX];

    for (size_t i = 0; i < report->n_tables; i++) {
        const struct report_table *t = &report->tables[i];

        xml = strstr(xml, t->title);
        assert_non_null(xml);
        for (size_t c = 0; c < t->n_columns + 2; c++)
            next_docx_cell(&xml, got); /* header */
        for (size_t k = 0; k < t->n_rows; k++) {
            next_docx_cell(&xml, got);
            next_docx_cell(&xml, got);
            assert_string_equal(got, t->rows[k].name);
            for (size_t c = 0; c < t->n_columns; c++) {
                next_docx_cell(&xml, got);
                assert_string_equal(
                    got, report_cell_text(r, &t->columns[c], &t->rows[k].cells[c]));
            }
        }
    }
}

static void same_xlsx_cell(struct rig *r, const struct report_column *c,
                           const struct value *v, const char *got)
{
    if (v->kind != VALUE_NUMBER)
        assert_string_equal(got, report_cell_text(r, c, v));
    else if (c->kind == COLUMN_RATE)
        assert_true(strtod(got, NULL) * 1000 - (double)v->least < 0.01 &&
                    strtod(got, NULL) * 1000 - (double)v->least > -0.01);
    else
        assert_int_equal(strtoll(got, NULL, 10),
                         v->least + (c->kind == COLUMN_DAY ? 25569 : 0));
}

static void same_xlsx(struct rig *r, const struct report *report,
                      const struct buf *file)
{
    char got[WORDS_MAX];

    for (size_t i = 0; i < report->n_tables; i++) {
        const struct report_table *t = &report->tables[i];
        const char *xml = report_part(
            r, file, arena_printf(&r->arena, "xl/worksheets/sheet%zu.xml", i + 2));

        assert_null(strstr(xml, "<f>"));
        next_xlsx_cell(&xml, got);
        assert_string_equal(got, t->title);
        for (size_t c = 0; c < t->n_columns + 3; c++)
            next_xlsx_cell(&xml, got);
        for (size_t k = 0; k < t->n_rows; k++) {
            next_xlsx_cell(&xml, got);
            next_xlsx_cell(&xml, got);
            assert_string_equal(got, t->rows[k].code);
            next_xlsx_cell(&xml, got);
            assert_string_equal(got, t->rows[k].name);
            for (size_t c = 0; c < t->n_columns; c++) {
                next_xlsx_cell(&xml, got);
                same_xlsx_cell(r, &t->columns[c], &t->rows[k].cells[c], got);
            }
        }
    }
}

/* A field of CSV, unquoted; moves behind it. */
static void next_field(const char **at, char out[WORDS_MAX])
{
    bool quoted = **at == '"';
    size_t n = 0;

    for (*at += quoted; **at; (*at)++) {
        if (quoted ? **at == '"' && (*at)[1] != '"' : **at == ',' || **at == '\r')
            break;
        *at += quoted && **at == '"';
        assert_true(n + 1 < WORDS_MAX);
        out[n++] = **at;
    }
    *at += quoted;
    *at += **at == ',';
    out[n] = 0;
}

static void same_csv_value(struct rig *r, const struct report_column *c,
                           const struct value *v, const char *got)
{
    if (v->kind == VALUE_RANGE)
        assert_int_equal(strtoll(got, NULL, 10), v->least);
    else if (v->kind == VALUE_NUMBER && c->kind == COLUMN_RATE)
        assert_string_equal(got, arena_printf(&r->arena, "%lld.%lld",
                                              (long long)v->least / 10,
                                              (long long)v->least % 10));
    else if (v->kind == VALUE_NUMBER && c->kind != COLUMN_DAY)
        assert_int_equal(strtoll(got, NULL, 10), v->least);
    else
        assert_string_equal(got + (got[0] == '\''), report_cell_text(r, c, v));
}

static size_t same_csv(struct rig *r, const struct report *report, const char *csv)
{
    char fields[10][WORDS_MAX];
    size_t cells = 0;

    assert_memory_equal(csv, "\xEF\xBB\xBF\"Biểu\",", 10);
    for (const char *at = strstr(csv, "\r\n") + 2; *at; at += 2) {
        const struct report_table *t;
        size_t c, k = 0;

        for (size_t i = 0; i < 10; i++)
            next_field(&at, fields[i]);
        assert_memory_equal(at, "\r\n", 2); /* ten fields in every record */
        t = report_table_of(report, fields[0]);
        c = t ? report_column_of(t, fields[4]) : 0;
        if (!t || !fields[4][0])
            continue;
        while (strcmp(t->rows[k].code, fields[2]) != 0)
            assert_true(++k < t->n_rows);
        same_csv_value(r, &t->columns[c], &t->rows[k].cells[c], fields[7]);
        cells++;
    }
    return cells;
}

static size_t count_cells(const struct report *report)
{
    size_t n = 0;

    for (size_t i = 0; i < report->n_tables; i++)
        n += report->tables[i].n_rows * report->tables[i].n_columns;
    return n;
}

static void test_every_format_has_the_same_figures(void **state)
{
    struct rig *r = *state;
    struct report *report;
    struct asked a;

    report_rig_settings(r);
    report_rig_fill(r, 21);
    report = report_rig_make(r, REPORT_PERIOD);
    a = report_ask_format(r, "docx");
    assert_int_equal(a.code, 0);
    same_docx(r, report, report_part(r, &a.file, "word/document.xml"));
    report_forget(&a);
    a = report_ask(r, (struct report_wish){ .period = REPORT_PERIOD,
                                            .out_path = report_path(r, "r.docx"),
                                            .section = true });
    assert_int_equal(a.code, 0);
    same_docx(r, report, report_part(r, &a.file, "word/document.xml"));
    report_forget(&a);
    a = report_ask_format(r, "xlsx");
    assert_int_equal(a.code, 0);
    same_xlsx(r, report, &a.file);
    report_forget(&a);
    a = report_ask_format(r, "csv");
    assert_int_equal(a.code, 0);
    assert_int_equal(same_csv(r, report, buf_text(&a.file)), count_cells(report));
    report_forget(&a);
    a = report_ask_format(r, "json");
    assert_int_equal(a.code, 0);
    assert_string_equal(buf_text(&a.file), buf_text(&a.document));
    report_forget(&a);
}

static void test_a_section_has_no_frame_and_the_paper_has(void **state)
{
    static const char *const frame[] = { "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                                         "Độc lập - Tự do - Hạnh phúc",
                                         "Nơi nhận:",
                                         "TM. Ủy ban nhân dân",
                                         "/BC-UBND",
                                         "xã Đặng Thùy Trâm./." };
    struct rig *r = *state;

    report_rig_settings(r);
    for (int section = 0; section < 2; section++) {
        struct asked a =
            report_ask(r, (struct report_wish){ .period = REPORT_PERIOD,
                                                .out_path = report_path(r, "r.docx"),
                                                .section = section });
        const char *xml = report_part(r, &a.file, "word/document.xml");

        for (size_t i = 0; i < COUNT(frame); i++)
            assert_int_equal(strstr(xml, frame[i]) != NULL, !section);
        assert_non_null(strstr(xml, "Biểu 1 – Kết quả theo thôn"));
        report_forget(&a);
    }
}

static void test_the_same_question_gives_the_same_bytes(void **state)
{
    static const char *const formats[] = { "docx", "xlsx", "csv", "json", "dhis2" };
    struct rig *r = *state;

    report_rig_settings(r);
    report_rig_fill(r, 22);
    for (size_t i = 0; i < COUNT(formats); i++) {
        struct asked a = report_ask_format(r, formats[i]), b;

        rig_restart(r);
        b = report_ask_format(r, formats[i]);
        assert_int_equal(a.code, 0);
        assert_int_equal(a.file.len, b.file.len);
        assert_memory_equal(a.file.data, b.file.data, a.file.len);
        report_forget(&a);
        report_forget(&b);
    }
}

/* --- hostile names --------------------------------------------------------------------------------- */

static void test_hostile_names_are_only_words(void **state)
{
    static const char *const formats[] = { "docx", "xlsx", "csv" };
    struct rig *r = *state;
    struct report *report;
    char wide[401] = "", tall[401] = "";
    const char *why;

    while (strlen(wide) + 4 < sizeof(wide))
        memcpy(wide + strlen(wide), "\xF0\x9D\x95\x8F", 5); /* 100 of 4 bytes */
    while (strlen(tall) + 2 < sizeof(tall))
        memcpy(tall + strlen(tall), "Đ", 3); /* 200 letters */
    report_rig_set(r, "thon.t01", "=cmd|'/C calc'!A0");
    report_rig_set(r, "thon.t02", "<script>alert(1)</script>&amp;");
    report_rig_set(r, "thon.t03", "\"; DROP TABLE frozen; --");
    report_rig_set(r, "thon.t04", wide);
    report_rig_set(r, "thon.t05", tall);
    report_rig_set(r, "thon.t06", "@SUM(1+1)*cmd; x,y");
    report_rig_set(r, "unit.u01", "\tTAB _x0041_");
    report_rig_set(r, "commune.name", "</w:t><w:p>Xã");
    assert_int_equal(settings_set(&r->server, "thon.t07", "một\nhai", &why),
                     ERR_REJECTED);
    report_rig_fill(r, 24);
    report = report_rig_make(r, REPORT_PERIOD);
    for (size_t i = 0; i < COUNT(formats); i++) {
        struct asked a = report_ask_format(r, formats[i]);

        assert_int_equal(a.code, 0);
        if (i == 0) {
            same_docx(r, report, report_part(r, &a.file, "word/document.xml"));
            assert_null(
                strstr(report_part(r, &a.file, "word/document.xml"), "<script"));
        } else if (i == 2) {
            same_csv(r, report, buf_text(&a.file));
            assert_non_null(strstr(buf_text(&a.file), "\"'=cmd|'/C calc'!A0\""));
            assert_non_null(strstr(buf_text(&a.file), "\"'@SUM(1+1)*cmd; x,y\""));
            assert_null(strstr(buf_text(&a.file), ",\"=")); /* no formula anywhere */
        } else {
            assert_null(
                strstr(report_part(r, &a.file, "xl/worksheets/sheet3.xml"), "<f"));
        }
        report_forget(&a);
    }
}

#define T(f) cmocka_unit_test_setup_teardown(f, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_every_format_has_the_same_figures),
        T(test_a_section_has_no_frame_and_the_paper_has),
        T(test_the_same_question_gives_the_same_bytes),
        T(test_hostile_names_are_only_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
