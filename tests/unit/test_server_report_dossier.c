/* The nomination dossier: figures of the report, blanks, refusals. */
#include <string.h>
#include <sysexits.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "report_ask.h"

static struct report_wish wish_of(struct rig *r, const char *name)
{
    return (struct report_wish){ .dossier = true,
                                 .period = REPORT_PERIOD,
                                 .thon = "t01",
                                 .out_path = report_path(r, name) };
}

static void test_its_figures_are_those_of_the_report(void **state)
{
    struct rig *r = *state;
    struct report *all, *dossier;
    const struct report_table *from, *d;
    struct asked a;

    report_rig_settings(r);
    report_rig_fill(r, 11);
    a = report_ask(r, wish_of(r, "d.json"));
    assert_int_equal(a.code, 0);
    dossier = arena_alloc(&r->arena, sizeof(*dossier));
    assert_int_equal(report_read(a.file.data, a.file.len, &r->arena, dossier), ERR_OK);
    all = report_rig_make(r, REPORT_PERIOD);
    from = report_table_of(all, "b1");
    d = report_table_of(dossier, "d2");
    assert_int_equal(dossier->n_tables, 3);
    assert_string_equal(dossier->tables[0].rows[0].name, "Nước Giáp");
    for (size_t i = 0; i < d->n_rows; i++) {
        size_t c = report_column_of(from, d->rows[i].code);
        const char *want =
            report_cell_text(r, &from->columns[c], &from->rows[0].cells[c]);

        if (from->rows[0].cells[c].kind == VALUE_NUMBER)
            assert_memory_equal(d->rows[i].cells[0].text, want, strlen(want));
        else
            assert_int_equal(d->rows[i].cells[0].kind, from->rows[0].cells[c].kind);
    }
    assert_false(dossier->outside);
    report_forget(&a);
}

static void test_few_people_are_told_inside_and_merged_outside(void **state)
{
    struct rig *r = *state;
    struct report_wish w = wish_of(r, "d.docx");
    struct asked a;
    const char *text;

    report_rig_settings(r);
    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "thon=t01", 4);
    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "thon=t02", 30);
    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "-", 34);
    a = report_ask(r, w);
    assert_int_equal(a.code, 0);
    assert_non_null(strstr(buf_text(&a.complaint), "fewer than 5"));
    text = report_part(r, &a.file, "word/document.xml");
    assert_non_null(strstr(text, "Số người học: 4 người."));
    assert_non_null(strstr(text, "Bản dùng trong xã"));
    report_forget(&a);
    w.outside = true;
    a = report_ask(r, w);
    assert_int_equal(a.code, 0);
    assert_int_equal(a.complaint.len, 0);
    text = report_part(r, &a.file, "word/document.xml");
    assert_non_null(strstr(text, "Số người học: gộp (số nhỏ)."));
    assert_null(strstr(text, ": 4 người"));
    assert_null(strstr(text, "Bản dùng trong xã"));
    report_forget(&a);
}

static void test_the_paper_leaves_open_what_people_say(void **state)
{
    static const char *const want[] = {
        "Báo cáo thành tích",
        "Nước Giáp",
        "KHÓ KHĂN ĐÃ VƯỢT QUA",
        "[    ]  Giấy khen",
        "[    ]  Huân chương Lao động",
        "XÁC NHẬN CỦA ĐƠN VỊ",
        "Ý KIẾN CỦA HỘI ĐỒNG THI ĐUA",
        "Xác nhận của đơn vị",
        "chưa có số liệu",
        "Từ ngày 01/07/2026 đến ngày 31/12/2026.",
        "Kèm theo Báo cáo thành tích",
    };
    struct rig *r = *state;
    struct asked a;
    const char *text;

    report_rig_settings(r);
    a = report_ask(r, wish_of(r, "d.docx"));
    assert_int_equal(a.code, 0);
    text = report_part(r, &a.file, "word/document.xml");
    for (size_t i = 0; i < COUNT(want); i++)
        if (!strstr(text, want[i]))
            fail_msg("no %s", want[i]);
    report_forget(&a);
}

static void refuse(struct rig *r, struct report_wish wish, int code, const char *says)
{
    struct asked a = report_ask(r, wish);

    assert_int_equal(a.code, code);
    assert_non_null(strstr(buf_text(&a.complaint), says));
    report_forget(&a);
}

static void test_what_makes_no_sense_is_refused(void **state)
{
    struct rig *r = *state;
    struct report_wish w = wish_of(r, "d.docx");

    report_rig_settings(r);
    w.thon = "t99";
    refuse(r, w, EX_DATAERR, "no such thôn or unit");
    w.thon = "all";
    refuse(r, w, EX_DATAERR, "no such thôn or unit");
    w.thon = NULL;
    refuse(r, w, EX_USAGE, "--thon CODE or --unit CODE");
    w.thon = "t01";
    w.unit = "u01";
    refuse(r, w, EX_USAGE, "--thon CODE or --unit CODE");
    w.thon = NULL;
    w.freeze = true;
    refuse(r, w, EX_USAGE, "for reports");
    w.freeze = false;
    w.period = "2026-13";
    refuse(r, w, EX_USAGE, "no such period");
    w.period = REPORT_PERIOD;
    w.format = "xlsx";
    refuse(r, w, EX_USAGE, "docx, or json");
    w.format = NULL;
    w.dossier = false;
    refuse(r, w, EX_USAGE, "for dossier");
}

#define T(f) cmocka_unit_test_setup_teardown(f, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_its_figures_are_those_of_the_report),
        T(test_few_people_are_told_inside_and_merged_outside),
        T(test_the_paper_leaves_open_what_people_say),
        T(test_what_makes_no_sense_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
