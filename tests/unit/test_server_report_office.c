/* Another program than ours reads the files of a report: LibreOffice, where it is installed. */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/file.h"
#include "cmocka_all.h"
#include "report_ask.h"

/* Another reader than ours: it opens the workbook, and finds the figures of the summary. */
static void test_libreoffice_reads_the_workbook(void **state)
{
    struct rig *r = *state;
    struct report *report;
    struct asked a;
    struct buf csv;

    if (system("command -v soffice >/dev/null"))
        skip();
    report_rig_fill(r, 23);
    report = report_rig_make(r, REPORT_PERIOD);
    a = report_ask_format(r, "xlsx");
    assert_int_equal(
        file_replace(report_path(r, "r.xlsx"), a.file.data, a.file.len, 0600), ERR_OK);
    report_forget(&a);
    assert_int_equal(
        system(arena_printf(
            &r->arena,
            "cd %s && soffice -env:UserInstallation=file://%s/office --headless "
            "--convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,"
            "false,false,false,-1' r.xlsx >/dev/null 2>&1",
            r->dir, r->dir)),
        0);
    for (size_t i = 0; i < report->n_tables; i++) {
        const struct report_table *t = &report->tables[i];

        buf_init(&csv, REPORT_ASK_MAX);
        assert_int_equal(
            file_read(report_path(r, arena_printf(&r->arena, "r-%s.csv", t->sheet)),
                      &csv),
            ERR_OK);
        assert_non_null(strstr(buf_text(&csv), t->title));
        for (size_t k = 0; !strcmp(t->id, "b0") && k < t->n_rows; k++)
            assert_non_null(strstr(
                buf_text(&csv), arena_printf(&r->arena, ",%s,%s,", t->rows[k].name,
                                             report_cell_text(r, &t->columns[0],
                                                              &t->rows[k].cells[0]))));
        buf_finish(&csv);
    }
    assert_int_equal(
        system(arena_printf(&r->arena, "rm -rf %s/office %s/r*", r->dir, r->dir)), 0);
}

/* … and the paper, where Writer is installed: what it prints has frame and annex. */
static void test_writer_prints_the_paper(void **state)
{
    static const char *const want[] = { "CỘNG HÒA XÃ HỘI", "XÃ ĐẶNG",
                                        "Biểu 1 – Kết quả theo thôn", "Biểu 8 – Chỉ số",
                                        "TM. ỦY BAN" };
    struct rig *r = *state;
    struct asked a;
    struct buf text;

    if (!file_exists("/usr/lib/libreoffice/program/libswlo.so") ||
        system("command -v pdftotext >/dev/null"))
        skip();
    report_rig_settings(r);
    a = report_ask_format(r, "docx");
    assert_int_equal(
        file_replace(report_path(r, "r.docx"), a.file.data, a.file.len, 0600), ERR_OK);
    report_forget(&a);
    assert_int_equal(
        system(arena_printf(&r->arena,
                            "cd %s && soffice -env:UserInstallation=file://%s/office "
                            "--headless --convert-to pdf r.docx >/dev/null 2>&1 && "
                            "pdftotext -layout r.pdf r.txt",
                            r->dir, r->dir)),
        0);
    buf_init(&text, REPORT_ASK_MAX);
    assert_int_equal(file_read(report_path(r, "r.txt"), &text), ERR_OK);
    for (size_t i = 0; i < COUNT(want); i++)
        if (!strstr(buf_text(&text), want[i]))
            fail_msg("no %s", want[i]);
    buf_finish(&text);
    assert_int_equal(
        system(arena_printf(&r->arena, "rm -rf %s/office %s/r*", r->dir, r->dir)), 0);
}

#define T(f) cmocka_unit_test_setup_teardown(f, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_libreoffice_reads_the_workbook),
        T(test_writer_prints_the_paper),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
