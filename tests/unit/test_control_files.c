/* Files from a terminal, end to end: out of one kiosk, locked, into another. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmocka_all.h"

#include "app/control.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "people_fixture.h"

#define OUTPUT_MAX 65536
#define SECRET "mat khau cua tep"

static int run(struct people_stage *s, struct buf *out, const char *const *argv)
{
    struct control c = { .db = s->store.db, .dir = s->store.dir };
    int argc = 0;

    while (argv[argc])
        argc++;
    buf_clear(out);
    return control_run(&c, argc, argv, out);
}

static void has(const struct buf *out, const char *text)
{
    if (!strstr(buf_text(out), text))
        fail_msg("\"%s\" is not in: %s", text, buf_text(out));
}

static void test_people_go_out_locked_and_come_in_once(void **state)
{
    struct people_stage *s = *state, *other;
    char zip[256];
    struct buf out, bytes;
    void *second;

    people_make(s, "Phạm Thị Nga", 1958, "t07");
    people_make(s, "Đinh Thị Ngưỡng", 1990, "");
    buf_init(&out, OUTPUT_MAX);
    buf_init(&bytes, 1 << 20);
    (void)snprintf(zip, sizeof(zip), "%s/people.zip", s->store.dir);
    const char *const export[] = { "export",          "--people", zip, "--secrets",
                                   PEOPLE_PASSPHRASE, SECRET,     NULL };
    const char *const wrong[] = { "export",     "--people", zip, "--secrets",
                                  "khong dung", SECRET,     NULL };
    const char *const same[] = { "import",          zip,    "--apply", "--secrets",
                                 PEOPLE_PASSPHRASE, SECRET, NULL };
    const char *const closed[] = { "import",          zip,          "--secrets",
                                   PEOPLE_PASSPHRASE, "khong dung", NULL };

    people_restart(s); /* names are locked: the passphrase opens them for this alone */
    assert_int_equal(run(s, &out, wrong), 1);
    assert_int_not_equal(access(zip, F_OK), 0);
    assert_int_equal(run(s, &out, export), 0);
    assert_false(vault_is_unlocked(s->vault));
    assert_int_equal(file_read(zip, &bytes), ERR_OK);
    assert_null(strstr(buf_text(&out), "Nga"));
    assert_int_equal(run(s, &out, same), 0);
    has(&out, "\"new\":0,\"changed\":0,\"same\":2,\"refused\":0");
    assert_int_equal(run(s, &out, closed), 1);
    has(&out, "Mật khẩu");
    /* another kiosk does not know these cards: it says so, row by row */
    assert_int_equal(people_setup(&second), 0);
    other = second;
    assert_int_equal(run(other, &out, same), 0);
    has(&out, "\"refused\":2");
    people_teardown(&second);
    buf_finish(&out);
    buf_finish(&bytes);
}

static void test_import_says_first_and_does_then(void **state)
{
    static const char csv[] = "Họ tên;Năm sinh;Đồng ý (bản);Đồng ý (cách)\r\n"
                              "Phạm Thị Nga;1958;c1;giấy\r\n;1958;c1;giấy\r\n";
    struct people_stage *s = *state;
    char path[256];
    struct buf out;

    (void)snprintf(path, sizeof(path), "%s/a.csv", s->store.dir);
    assert_int_equal(file_replace(path, csv, sizeof(csv) - 1, 0600), ERR_OK);
    const char *const dry[] = { "import",          path, "--dry-run", "--secrets",
                                PEOPLE_PASSPHRASE, "",   NULL };
    const char *const apply[] = { "import",          path, "--apply", "--secrets",
                                  PEOPLE_PASSPHRASE, "",   NULL };

    buf_init(&out, OUTPUT_MAX);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(run(s, &out, dry), 0);
        has(&out, "\"applied\":false,\"new\":1");
        has(&out, "{\"row\":3,\"why\":\"Chưa có họ tên\"}");
    }
    assert_int_equal(run(s, &out, apply), 0);
    has(&out, "\"applied\":true,\"new\":1");
    assert_int_equal(run(s, &out, apply), 0);
    has(&out, "\"applied\":true,\"new\":0,\"changed\":0,\"same\":1");
    buf_finish(&out);
}

static void test_a_report_is_three_files(void **state)
{
    struct people_stage *s = *state;
    const char *const argv[] = { "export", "--report", s->store.dir,
                                 "--now",  "half",     NULL };
    struct buf out;

    people_make(s, "Phạm Thị Nga", 1958, "t07");
    buf_init(&out, OUTPUT_MAX);
    assert_int_equal(run(s, &out, argv), 0);
    has(&out, "bao-cao-6-thang-2026-2.csv");
    has(&out, "bao-cao-6-thang-2026-2.xlsx");
    has(&out, "bao-cao-6-thang-2026-2.docx");
    buf_finish(&out);
}

static void test_erase_prints_a_receipt_and_no_name(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Phạm Thị Nga", 1958, "t07");
    const char *const argv[] = {
        "person", "erase", "--code", card.code, "--yes", NULL
    };
    struct buf out;

    buf_init(&out, OUTPUT_MAX);
    assert_int_equal(run(s, &out, argv), 0);
    has(&out, "{\"receipt\":\"X");
    assert_null(strstr(buf_text(&out), "Nga"));
    assert_int_equal(run(s, &out, argv), 1); /* nobody has it any more */
    buf_finish(&out);
}

int main(void)
{
#define PEOPLE(test) \
    cmocka_unit_test_setup_teardown(test, people_setup, people_teardown)
    const struct CMUnitTest tests[] = {
        PEOPLE(test_people_go_out_locked_and_come_in_once),
        PEOPLE(test_import_says_first_and_does_then),
        PEOPLE(test_a_report_is_three_files),
        PEOPLE(test_erase_prints_a_receipt_and_no_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
