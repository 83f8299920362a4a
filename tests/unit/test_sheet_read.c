/* Workbooks of strangers: bombs, document types, sheets without end. */
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

#include "base/buf.h"
#include "base/check.h"
#include "commands.h"
#include "package.h"

#define BOMB (200u << 20)
#define HEAD "<worksheet><sheetData>"
#define TAIL "</sheetData></worksheet>"

/* A workbook whose first sheet is `xml`. */
static void workbook(const char *xml, size_t n, struct buf *out)
{
    static const char book[] = "<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" "
                               "r:id=\"rId1\"/></sheets></workbook>";
    static const char rels[] = "<Relationships><Relationship Id=\"rId1\" "
                               "Target=\"worksheets/sheet1.xml\"/></Relationships>";
    struct package *zip;

    package_create(&zip);
    assert_int_equal(package_add(zip, "xl/workbook.xml", book, sizeof(book) - 1, NULL),
                     ERR_OK);
    assert_int_equal(
        package_add(zip, "xl/_rels/workbook.xml.rels", rels, sizeof(rels) - 1, NULL),
        ERR_OK);
    assert_int_equal(package_add(zip, "xl/worksheets/sheet1.xml", xml, n, NULL),
                     ERR_OK);
    assert_int_equal(package_close(zip, out), ERR_OK);
}

static const struct row {
    const char *name, *xml;
    const char *why;  /* NULL: it is read */
    const char *rows; /* then */
} rows[] = {
    { "numbers, texts and gaps",
      HEAD "<row r=\"2\"><c r=\"B2\"><v>1.958E3</v></c><c t=\"inlineStr\"><is><t>012"
           "</t></is></c></row>" TAIL,
      NULL, "[[],[\"\",\"1958\",\"012\"]]" },
    { "styled cells without a value make no row",
      HEAD "<row r=\"1048576\"><c r=\"A1048576\" s=\"1\"/></row>" TAIL, NULL, "[]" },
    { "a document type",
      "<!DOCTYPE x [<!ENTITY a \"b\">]>" HEAD "<row><c><v>&a;</v></c></row>" TAIL,
      "damaged", NULL },
    { "half a sheet", HEAD "<row r=\"1\">", "damaged", NULL },
    { "a shared text that is not there",
      HEAD "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>" TAIL, "damaged",
      NULL },
    { "a row far away", HEAD "<row r=\"20001\"><c r=\"A20001\"><v>1</v></c></row>" TAIL,
      "rows", NULL },
    { "a column far away", HEAD "<row r=\"1\"><c r=\"BM1\"><v>1</v></c></row>" TAIL,
      "columns", NULL },
    { "rows that go backwards",
      HEAD
      "<row r=\"5\"><c r=\"A5\"><v>1</v></c></row><row r=\"4\"><c r=\"A4\"><v>1</v>"
      "</c></row>" TAIL,
      "damaged", NULL },
};

static void check_row(void **state)
{
    const struct row *r = *state;
    struct refusal no = { 0 };
    struct buf file, out;

    buf_init(&file, 1 << 20);
    buf_init(&out, 1 << 20);
    workbook(r->xml, strlen(r->xml), &file);
    assert_int_equal(sheet_read(&file, &out, &no), r->why ? ERR_REJECTED : ERR_OK);
    if (r->why)
        assert_string_equal(no.why, r->why);
    else if (!strstr(buf_text(&out), r->rows))
        fail_msg("%s", buf_text(&out));
    buf_finish(&file);
    buf_finish(&out);
}

static void test_a_bomb_is_not_unpacked(void **state)
{
    struct refusal no = { 0 };
    struct buf file, out;
    char *xml = check_alloc(BOMB);

    (void)state;
    memset(xml, ' ', BOMB);
    buf_init(&file, 4 << 20);
    buf_init(&out, 1 << 20);
    workbook(xml, BOMB, &file);
    free(xml);
    assert_int_equal(sheet_read(&file, &out, &no), ERR_REJECTED);
    assert_string_equal(no.why, "bomb");
    buf_finish(&file);
    buf_finish(&out);
}

static void test_a_cell_of_a_thousand_letters_and_one_more(void **state)
{
    static char csv[2100];
    struct refusal no = { 0 };
    struct buf file, out;

    (void)state;
    for (size_t i = 0; i < 1000; i++)
        memcpy(csv + 2 * i, "đ", 2);
    buf_init(&file, 1 << 20);
    buf_init(&out, 1 << 20);
    buf_add(&file, csv, 2000);
    assert_int_equal(sheet_read(&file, &out, &no), ERR_OK);
    buf_str(&file, "x");
    buf_clear(&out);
    assert_int_equal(sheet_read(&file, &out, &no), ERR_REJECTED);
    assert_string_equal(no.why, "cell");
    assert_int_equal(no.row, 1);
    buf_finish(&file);
    buf_finish(&out);
}

int main(void)
{
    static const struct CMUnitTest others[] = {
        cmocka_unit_test(test_a_bomb_is_not_unpacked),
        cmocka_unit_test(test_a_cell_of_a_thousand_letters_and_one_more),
    };
    struct CMUnitTest tests[COUNT(others) + COUNT(rows)];
    size_t n = 0;

    for (size_t i = 0; i < COUNT(others); i++)
        tests[n++] = others[i];
    for (size_t i = 0; i < COUNT(rows); i++)
        tests[n++] =
            (struct CMUnitTest){ .name = rows[i].name,
                                 .test_func = check_row,
                                 .initial_state = (void *)(uintptr_t)&rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
