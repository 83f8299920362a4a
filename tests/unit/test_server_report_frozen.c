/* What is refused, that a file is whole or not there, and that frozen figures stay. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include <sqlite3.h>

#include "base/check.h"
#include "base/file.h"
#include "base/hash.h"
#include "cmocka_all.h"
#include "deeds.h"
#include "report_ask.h"
#include "settings.h"

/* --- what is refused ------------------------------------------------------------------------------- */

static void refused(struct rig *r, struct report_wish wish, int code, const char *word)
{
    struct asked a = report_ask(r, wish);

    assert_int_equal(a.code, code);
    if (!strstr(buf_text(&a.complaint), word))
        fail_msg("%s: no %s", buf_text(&a.complaint), word);
    report_forget(&a);
}

static void test_what_makes_no_sense_is_refused_in_words(void **state)
{
    struct rig *r = *state;
    const char *out = report_path(r, "x.csv");

    refused(r, (struct report_wish){ .out_path = out }, EX_USAGE, "--period");
    refused(r, (struct report_wish){ .period = "2026" }, EX_USAGE, "--format");
    refused(r, (struct report_wish){ .period = "2026", .format = "csv" }, EX_USAGE,
            "--out");
    refused(r,
            (struct report_wish){ .period = "2026", .format = "pdf", .out_path = out },
            EX_USAGE, "--format");
    refused(r, (struct report_wish){ .period = "2026-H3", .out_path = out }, EX_USAGE,
            "no such period");
    refused(r,
            (struct report_wish){
                .period = "2026", .out_path = out, .freeze = true, .live = true },
            EX_USAGE, "exclude");
    refused(r, (struct report_wish){ .period = "2026", .out_path = out, .frozen = "0" },
            EX_USAGE, "--frozen");
    refused(r, (struct report_wish){ .period = "2026", .out_path = out, .frozen = "3" },
            EX_DATAERR, "no such frozen version");
    refused(r,
            (struct report_wish){ .period = "2026", .out_path = out, .correct = true },
            EX_DATAERR, "not frozen yet");
    refused(r,
            (struct report_wish){ .period = "2026", .out_path = out, .section = true },
            EX_USAGE, "--section");
    assert_false(file_exists(out));
}

static void test_settings_of_reports_are_read_before_they_are_kept(void **state)
{
    static const struct {
        const char *key, *value;
        bool taken;
    } rows[] = {
        { "index.g1.2026", "Hồ sơ trực tuyến; 85,5; %; 2026-12-15; Văn phòng", true },
        { "index.e1.2026-h2", "Hộ có mã QR; -; hộ; 2026-12-15; Phòng Kinh tế", true },
        { "index.x1.2026", "a; 1; b; 2026-12-15; c", false },
        { "index.e1", "a; 1; b; 2026-12-15; c", false },
        { "index.e1.2026", "a; 1; b; 2026-02-30; c", false },
        { "index.e1.2026", "a; =1+1; b; 2026-12-15; c", false },
        { "index.e1.2026", "a; 1; b; 2026-12-15", false },
        { "index.e1.2026", "a; 1; b; 2026-12-15; c; d", false },
        { "report.agency", "Ủy ban nhân dân", true },
        { "report.nonsense", "x", false },
    };
    struct rig *r = *state;
    const char *why;

    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(settings_set(&r->server, rows[i].key, rows[i].value, &why),
                         rows[i].taken ? ERR_OK : ERR_REJECTED);
}

static size_t files_in(struct rig *r)
{
    FILE *list = popen(arena_printf(&r->arena, "ls -A %s | wc -l", r->dir), "r");
    size_t n = 0;
    char line[32];

    assert_non_null(list);
    if (fgets(line, sizeof(line), list))
        n = (size_t)strtoul(line, NULL, 10);
    pclose(list);
    return n;
}

static void test_a_file_that_cannot_be_written_is_said_and_freezes_nothing(void **state)
{
    struct rig *r = *state;
    struct report_wish wish = { .period = "2026", .format = "csv", .freeze = true };
    struct asked a;
    size_t before;

    wish.out_path = report_path(r, "nowhere/report.csv");
    refused(r, wish, EX_CANTCREAT, "cannot be written");
    wish.out_path = r->dir; /* a folder */
    refused(r, wish, EX_CANTCREAT, "cannot be written");
    a = report_ask(r, (struct report_wish){ .list = true });
    assert_string_equal(buf_text(&a.document), "");
    report_forget(&a);
    /* the folder goes between question and answer */
    before = files_in(r);
    a = report_ask(r, (struct report_wish){ .period = "2026",
                                            .format = "json",
                                            .out_path = report_path(r, "x") });
    buf_clear(&a.complaint);
    wish.out_path = report_path(r, "gone/x.csv");
    assert_int_equal(report_wish_write(&wish, &a.document, &a.complaint), EX_CANTCREAT);
    assert_non_null(strstr(buf_text(&a.complaint), "could not be written"));
    assert_int_equal(files_in(r), before);
    report_forget(&a);
}

/* --- frozen ---------------------------------------------------------------------------------------- */

static struct asked ask_json(struct rig *r, bool freeze, bool correct, bool live,
                             const char *frozen)
{
    return report_ask(r, (struct report_wish){ .period = REPORT_PERIOD,
                                               .format = "json",
                                               .out_path = report_path(r, "f.json"),
                                               .freeze = freeze,
                                               .correct = correct,
                                               .live = live,
                                               .frozen = frozen });
}

static void same_file(struct asked *a, const struct asked *want, const char *said)
{
    assert_int_equal(a->code, 0);
    assert_int_equal(a->file.len, want->file.len);
    assert_memory_equal(a->file.data, want->file.data, want->file.len);
    assert_non_null(strstr(buf_text(&a->complaint), said));
    report_forget(a);
}

static void test_frozen_figures_stay_and_a_correction_is_a_new_version(void **state)
{
    struct rig *r = *state;
    struct asked first, second, a;
    char sha256[HASH_SHA256_HEX];

    report_rig_settings(r);
    report_rig_fill(r, 25);
    first = ask_json(r, true, false, false, NULL);
    assert_int_equal(first.code, 0);
    assert_non_null(strstr(buf_text(&first.complaint), "frozen as version 1"));
    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "-", 999);
    report_rig_set(r, "thon.t01", "Tên mới");
    r->wall_ms += 40 * 86400000LL;
    rig_restart(r);
    a = ask_json(r, false, false, false, NULL);
    same_file(&a, &first, "unchanged");
    a = ask_json(r, true, false, false, NULL); /* not twice */
    same_file(&a, &first, "unchanged");
    a = ask_json(r, false, false, true, NULL);
    assert_non_null(strstr(buf_text(&a.file), "999"));
    assert_non_null(strstr(buf_text(&a.complaint), "not those that are frozen"));
    report_forget(&a);
    second = ask_json(r, false, true, false, NULL);
    assert_int_equal(second.code, 0);
    assert_non_null(strstr(buf_text(&second.complaint), "frozen as version 2"));
    assert_non_null(strstr(buf_text(&second.file), "Tên mới"));
    a = ask_json(r, false, true, false, NULL); /* nothing to correct */
    same_file(&a, &second, "unchanged");
    a = ask_json(r, false, false, false, "1");
    same_file(&a, &first, "version 1");
    a = ask_json(r, false, false, false, NULL);
    same_file(&a, &second, "version 2");
    a = report_ask(r, (struct report_wish){ .list = true });
    hash_sha256_hex(first.file.data, first.file.len, sha256);
    assert_non_null(
        strstr(buf_text(&a.document),
               arena_printf(&r->arena, "2026-H2  1  2026-11-22  %s\n", sha256)));
    report_forget(&a);
    /* the paper bears it, and so does the workbook */
    a = report_ask(r, (struct report_wish){ .period = REPORT_PERIOD,
                                            .out_path = report_path(r, "f.docx"),
                                            .frozen = "1" });
    assert_non_null(strstr(report_part(r, &a.file, "word/document.xml"), sha256));
    report_forget(&a);
    report_forget(&first);
    report_forget(&second);
}

static enum err count_freezes(void *ctx, const struct deed *line)
{
    *(int *)ctx += line->what == DEED_FREEZE && !strcmp(line->by, DEEDS_BY_COMMAND) &&
                   !strcmp(line->object, REPORT_PERIOD) && line->fits;
    return ERR_OK;
}

static int freezes(struct rig *r)
{
    int n = 0;

    assert_int_equal(deeds_each(&r->server, 100, count_freezes, &n), ERR_OK);
    return n;
}

/* Behind the server's back: it is opened again afterwards. */
static void change_database(struct rig *r, const char *sql)
{
    sqlite3 *sq;

    server_close(&r->server);
    assert_int_equal(sqlite3_open(strchr(r->uri, ':') + 1, &sq), SQLITE_OK);
    assert_int_equal(sqlite3_exec(sq, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(sq);
    assert_int_equal(server_open(r->uri, &r->clock, &r->server), ERR_OK);
}

/* Neither figures without who kept them, nor a line about what is not there. */
static void test_figures_and_their_line_in_the_log_are_one_write(void **state)
{
    static const char *const failing[] = { "frozen", "audit" };
    struct rig *r = *state;
    struct asked a;

    for (size_t i = 0; i < COUNT(failing); i++) {
        change_database(r,
                        arena_printf(&r->arena,
                                     "CREATE TRIGGER failing BEFORE INSERT ON %s BEGIN"
                                     " SELECT raise(ABORT, 'no'); END",
                                     failing[i]));
        a = ask_json(r, true, false, false, NULL);
        assert_int_not_equal(a.code, 0);
        report_forget(&a);
        change_database(r, "DROP TRIGGER failing");
        a = report_ask(r, (struct report_wish){ .list = true });
        assert_int_equal(a.document.len, 0);
        report_forget(&a);
        assert_int_equal(freezes(r), 0);
    }
    a = ask_json(r, true, false, false, NULL);
    report_forget(&a);
    assert_int_equal(freezes(r), 1);
    a = ask_json(r, false, true, false, NULL); /* nothing to correct */
    report_forget(&a);
    assert_int_equal(freezes(r), 1);
}

static void test_changed_frozen_figures_are_found_out(void **state)
{
    struct rig *r = *state;
    struct asked a = ask_json(r, true, false, false, NULL);
    sqlite3 *sq;

    report_forget(&a);
    assert_int_equal(sqlite3_open(strchr(r->uri, ':') + 1, &sq), SQLITE_OK);
    assert_int_not_equal(
        sqlite3_exec(sq, "UPDATE frozen SET document = '{}'", NULL, NULL, NULL),
        SQLITE_OK);
    assert_int_not_equal(sqlite3_exec(sq, "DELETE FROM frozen", NULL, NULL, NULL),
                         SQLITE_OK);
    sqlite3_close(sq);
    change_database(r, "DROP TRIGGER frozen_stays; UPDATE frozen SET document ="
                       " replace(document, '\"schema\":1', '\"schema\": 1')");
    a = ask_json(r, false, false, false, NULL);
    assert_int_equal(a.code, 1);
    assert_non_null(strstr(buf_text(&a.complaint), "frozen figures were changed"));
    report_forget(&a);
}

static void test_nothing_is_frozen_by_a_clock_far_off(void **state)
{
    struct rig *r = *state;
    struct asked a;

    r->wall_ms = 0;
    a = ask_json(r, true, false, false, NULL);
    assert_int_equal(a.code, EX_TEMPFAIL);
    assert_non_null(strstr(buf_text(&a.complaint), "clock"));
    report_forget(&a);
    a = ask_json(r, false, false, false, NULL); /* to read it is no harm */
    assert_int_equal(a.code, 0);
    assert_non_null(strstr(buf_text(&a.file), "\"made\":\"\""));
    report_forget(&a);
}

#define T(f) cmocka_unit_test_setup_teardown(f, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_what_makes_no_sense_is_refused_in_words),
        T(test_settings_of_reports_are_read_before_they_are_kept),
        T(test_a_file_that_cannot_be_written_is_said_and_freezes_nothing),
        T(test_frozen_figures_stay_and_a_correction_is_a_new_version),
        T(test_figures_and_their_line_in_the_log_are_one_write),
        T(test_changed_frozen_figures_are_found_out),
        T(test_nothing_is_frozen_by_a_clock_far_off),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
