/* People in and out of files, through the real helper: an export imported again changes
 * nothing, and every bad row is refused in words. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

#include "app/helper.h"
#include "app/people_file.h"
#include "base/buf.h"
#include "base/check.h"
#include "people_fixture.h"
#include "store/commune.h"
#include "store/people_index.h"

#define FILE_MAX_BYTES (4 << 20)
#define YEAR 2026
#define HEAD                                                                                              \
    "Mã thẻ;Họ tên;Năm sinh;Nam/Nữ;Thôn;Nhóm;Nghề;Đơn vị;Người giám hộ;Quan hệ " \
    "giám hộ;Đồng ý (bản);Đồng ý (ngày);Đồng ý (cách)\n"

static void thon(struct people_stage *s, const char *code, const char *name)
{
    struct commune_entry e = { 0 };

    (void)snprintf(e.code, sizeof(e.code), "%s", code);
    (void)snprintf(e.name, sizeof(e.name), "%s", name);
    assert_int_equal(commune_set(s->store.db, COMMUNE_THON, &e), ERR_OK);
}

static size_t people(struct people_stage *s)
{
    struct people_index *index;
    size_t n;

    assert_int_equal(people_index_open(s->store.db, s->vault, &index), ERR_OK);
    n = people_index_size(index);
    people_index_close(index);
    return n;
}

/* Reads `file` and plans it. */
static struct people_plan *plan(struct people_stage *s, const char *file, size_t n)
{
    struct people_plan *p = NULL;
    enum text_id why = T_COUNT;
    struct buf rows;

    buf_init(&rows, FILE_MAX_BYTES);
    assert_int_equal(helper_run(HELPER_SHEET_READ, file, n, &rows), ERR_OK);
    if (people_file_plan(s->store.db, s->vault, &rows, YEAR, &p, &why))
        fail_msg("%s", text_of(why));
    buf_finish(&rows);
    return p;
}

static struct people_counts apply(struct people_plan *p)
{
    struct people_counts counts;
    size_t left;

    do {
        assert_int_equal(people_plan_apply(p, "test", 2, &left), ERR_OK);
    } while (left);
    people_plan_counts(p, &counts);
    people_plan_free(p);
    return counts;
}

static void check_counts(const struct people_counts *c, size_t n_new, size_t same,
                         size_t changed, size_t refused)
{
    assert_int_equal(c->n_new, n_new);
    assert_int_equal(c->n_same, same);
    assert_int_equal(c->n_changed, changed);
    assert_int_equal(c->n_refused, refused);
}

static void test_an_export_imported_again_changes_nothing(void **state)
{
    struct people_stage *s = *state;
    struct people_counts counts;
    struct buf out, xlsx;

    thon(s, "t07", "Nước Giáp");
    thon(s, "t08", "Nước Giáp "); /* two of one name: the code is written */
    thon(s, "t09", "Làng Teng");
    people_make(s, "Phạm Thị Nga", 1958, "t07");
    people_make(s, "Đinh Văn Ỷ", 1949, "t09");
    people_make(s, "Y-Bă H'Rê", 0, "t08");
    buf_init(&out, FILE_MAX_BYTES);
    buf_init(&xlsx, FILE_MAX_BYTES);
    assert_int_equal(people_file_tables(s->store.db, s->vault, &out), ERR_OK);
    assert_int_equal(helper_run(HELPER_SHEET_XLSX, out.data, out.len, &xlsx), ERR_OK);
    counts = apply(plan(s, xlsx.data, xlsx.len));
    check_counts(&counts, 0, 3, 0, 0);
    buf_clear(&out);
    assert_int_equal(people_file_csv(s->store.db, s->vault, &out), ERR_OK);
    counts = apply(plan(s, out.data, out.len));
    check_counts(&counts, 0, 3, 0, 0);
    assert_int_equal(people(s), 3);
    buf_finish(&out);
    buf_finish(&xlsx);
}

static void test_new_people_come_in_once(void **state)
{
    static const char file[] = HEAD
        ";Phạm Thị Nga;1958;Nữ;làng teng;;;;;;c1;22/11/2026;giấy\n"
        ";phạm thị  Nga;1958;Nữ;t09;;;;;;c1;22/11/2026;giấy\n" /* another spelling */
        ";Phạm Thị Nga;1958;Nữ;t09;;;;;;c1;22/11/2026;giấy\n"  /* the first again */
        ";Đinh Văn Bé;2015;Nam;t09;;;;Đinh Văn Ỷ;cha;c1;2026-11-22;nói\n";
    struct people_stage *s = *state;
    struct people_counts counts;

    thon(s, "t09", "Làng Teng");
    counts = apply(plan(s, file, sizeof(file) - 1));
    check_counts(&counts, 3, 1, 0, 0);
    assert_int_equal(people(s), 3);
    counts = apply(plan(s, file, sizeof(file) - 1)); /* after a power cut, say */
    check_counts(&counts, 0, 4, 0, 0);
    assert_int_equal(people(s), 3);
}

static void test_a_plan_writes_nothing(void **state)
{
    static const char file[] = HEAD ";Phạm Thị Nga;1958;Nữ;;;;;;;c1;;giấy\n";
    struct people_stage *s = *state;
    struct people_counts counts;
    struct people_plan *p = plan(s, file, sizeof(file) - 1);

    people_plan_counts(p, &counts);
    check_counts(&counts, 1, 0, 0, 0);
    people_plan_free(p);
    assert_int_equal(people(s), 0);
}

static void test_a_known_card_is_corrected_and_absent_columns_stay(void **state)
{
    struct people_stage *s = *state;
    struct person_card card;
    struct person_record who;
    struct people_counts counts;
    char file[256];

    thon(s, "t09", "Làng Teng");
    card = people_make(s, "Phạm Thị Nga", 1958, "t09");
    (void)snprintf(file, sizeof(file), "Họ tên,Mã thẻ\nPhạm Thị Ngà,%s\n", card.code);
    counts = apply(plan(s, file, strlen(file)));
    check_counts(&counts, 0, 0, 1, 0);
    assert_int_equal(people_read(s->store.db, s->vault, card.token, &who), ERR_OK);
    assert_string_equal(who.details.name, "Phạm Thị Ngà");
    assert_int_equal(who.details.year, 1958);
    assert_string_equal(who.cohort.thon, "t09");
    assert_int_equal(people(s), 1);
}

static const struct row {
    const char *name, *line;
    enum text_id why;
} rows[] = {
    { "no name", ";;1958;Nữ;;;;;;;c1;;giấy", T_pf_r_name },
    { "one letter", ";B;1958;Nữ;;;;;;;c1;;giấy", T_pf_r_short },
    { "an emoji", ";Nga 😀;1958;Nữ;;;;;;;c1;;giấy", T_pf_r_letters },
    { "an old font", ";Ph¹m ThÞ Nga;1958;Nữ;;;;;;;c1;;giấy", T_pf_r_letters },
    { "marks of direction", ";Nga\u202Eagn;1958;Nữ;;;;;;;c1;;giấy", T_pf_r_letters },
    { "two hundred letters",
      ";Aaaaaaaaaaaaaaaaaaaa aaaaaaaaaaaaaaaaaaaaaaaaaaaaa "
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa "
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;1958;;;;;;;;"
      "c1;;giấy",
      T_pf_r_long },
    { "born in 1850", ";Phạm Thị Nga;1850;Nữ;;;;;;;c1;;giấy", T_pf_r_year },
    { "born in 2031", ";Phạm Thị Nga;2031;Nữ;;;;;;;c1;;giấy", T_pf_r_year },
    { "a year that is none", ";Phạm Thị Nga;58x;Nữ;;;;;;;c1;;giấy", T_pf_r_year },
    { "a third sex column word", ";Phạm Thị Nga;1958;x;;;;;;;c1;;giấy", T_pf_r_sex },
    { "a thôn nobody knows", ";Phạm Thị Nga;1958;Nữ;Sao Hỏa;;;;;;c1;;giấy",
      T_pf_r_thon },
    { "a group nobody knows", ";Phạm Thị Nga;1958;Nữ;;g9;;;;;c1;;giấy", T_pf_r_group },
    { "no consent", ";Phạm Thị Nga;1958;Nữ;;;;;;;;;", T_pf_r_consent },
    { "consent without a way", ";Phạm Thị Nga;1958;Nữ;;;;;;;c1;;", T_pf_r_consent },
    { "consent by a strange way", ";Phạm Thị Nga;1958;Nữ;;;;;;;c1;;mơ",
      T_pf_r_consent },
    { "consent next century", ";Phạm Thị Nga;1958;Nữ;;;;;;;c1;1/1/2099;giấy",
      T_pf_r_consent },
    { "a child alone", ";Đinh Văn Bé;2015;Nam;;;;;;;c1;;giấy", T_pf_r_kin },
    { "a card of elsewhere", "123456;Phạm Thị Nga;1958;Nữ;;;;;;;c1;;giấy",
      T_pf_r_code },
};

static void check_row(void **state)
{
    const struct row *r = *state;
    const struct people_problem *problems;
    struct people_stage *s;
    struct people_plan *p;
    char file[2048];
    void *stage;
    size_t n;

    assert_int_equal(people_setup(&stage), 0);
    s = stage;
    (void)snprintf(file, sizeof(file), "%s%s\n", HEAD, r->line);
    p = plan(s, file, strlen(file));
    problems = people_plan_problems(p, &n);
    assert_int_equal(n, 1);
    assert_int_equal(problems[0].row, 2);
    assert_string_equal(text_key(problems[0].why), text_key(r->why));
    people_plan_free(p);
    people_teardown(&stage);
}

static const struct file_row {
    const char *name, *bytes;
    enum text_id why;
} files[] = {
    { "an old font is advised", "H\xe4 t\xean;\xb9", T_pf_e_encoding },
    { "an old Excel file", "\xD0\xCF\x11\xE0....", T_pf_e_old_xls },
    { "a broken workbook", "PK\x03\x04....", T_pf_e_damaged },
    { "a PDF", "%PDF-1.4", T_pf_e_not_a_sheet },
    { "a quote that does not end", "Họ tên\n\"Nga", T_pf_e_quotes },
    { "nothing", "", T_pf_e_empty },
};

static void check_file(void **state)
{
    const struct file_row *r = *state;
    struct buf out;
    long row;

    buf_init(&out, FILE_MAX_BYTES);
    assert_int_equal(helper_run(HELPER_SHEET_READ, r->bytes, strlen(r->bytes), &out),
                     ERR_REJECTED);
    assert_string_equal(text_key(people_file_refusal(&out, &row)), text_key(r->why));
    buf_finish(&out);
}

static void test_a_file_without_our_header_is_refused_whole(void **state)
{
    static const char read[] = "{\"rows\":[[\"Tên\",\"Tuổi\"],[\"Nga\",\"5\"]]}";
    struct people_stage *s = *state;
    struct people_plan *p;
    enum text_id why;
    struct buf rows_in;

    buf_init(&rows_in, FILE_MAX_BYTES);
    buf_str(&rows_in, read);
    assert_int_equal(people_file_plan(s->store.db, s->vault, &rows_in, YEAR, &p, &why),
                     ERR_REJECTED);
    assert_int_equal(why, T_pf_no_header);
    assert_null(p);
    people_restart(s);
    assert_int_equal(people_file_plan(s->store.db, s->vault, &rows_in, YEAR, &p, &why),
                     ERR_OFFLINE);
    buf_clear(&rows_in);
    assert_int_equal(people_file_csv(s->store.db, s->vault, &rows_in), ERR_OFFLINE);
    buf_finish(&rows_in);
}

int main(void)
{
#define PEOPLE(test) \
    cmocka_unit_test_setup_teardown(test, people_setup, people_teardown)
    static const struct CMUnitTest others[] = {
        PEOPLE(test_an_export_imported_again_changes_nothing),
        PEOPLE(test_new_people_come_in_once),
        PEOPLE(test_a_plan_writes_nothing),
        PEOPLE(test_a_known_card_is_corrected_and_absent_columns_stay),
        PEOPLE(test_a_file_without_our_header_is_refused_whole),
    };
    struct CMUnitTest tests[COUNT(others) + COUNT(rows) + COUNT(files)];
    size_t n = 0;

    for (size_t i = 0; i < COUNT(others); i++)
        tests[n++] = others[i];
    for (size_t i = 0; i < COUNT(rows); i++)
        tests[n++] =
            (struct CMUnitTest){ .name = rows[i].name,
                                 .test_func = check_row,
                                 .initial_state = (void *)(uintptr_t)&rows[i] };
    for (size_t i = 0; i < COUNT(files); i++)
        tests[n++] =
            (struct CMUnitTest){ .name = files[i].name,
                                 .test_func = check_file,
                                 .initial_state = (void *)(uintptr_t)&files[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
