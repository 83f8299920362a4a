/* The commands of bdhvs-ctl, and the socket that brings them to the running kiosk. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "cmocka_all.h"

#include "app/control_socket.h"
#include "base/buf.h"
#include "base/check.h"
#include "store_fixture.h"

#define OUTPUT_MAX 65536
#define ARGS_MAX 12

static int run(struct control *c, const char *const *argv, struct buf *out)
{
    int argc = 0;

    while (argv[argc])
        argc++;
    buf_clear(out);
    return control_run(c, argc, argv, out);
}

static const struct row {
    const char *name;
    bool db;
    const char *argv[ARGS_MAX];
    int want;
    const char *says; /* part of the output */
} rows[] = {
    { "no command lists them", true, { NULL }, EX_USAGE, "totals" },
    { "an unknown command lists them", true, { "dance" }, EX_USAGE, "totals" },
    { "totals needs --json", true, { "totals" }, EX_USAGE, "totals --json" },
    { "totals of an empty kiosk",
      true,
      { "totals", "--json" },
      0,
      "{\"schema\":1,\"rows\":[]}" },
    { "totals without a database", false, { "totals", "--json" }, 1, "not open" },
    { "person without add", true, { "person" }, EX_USAGE, "person add" },
    { "person add without a cohort", true, { "person", "add" }, 0, "\"code\":\"" },
    { "person add with a cohort",
      true,
      { "person", "add", "--thon", "t07", "--sex", "f", "--band", "b4", "--group",
        "g2" },
      0,
      "\"token\":\"" },
    { "person add takes a band as people write it",
      true,
      { "person", "add", "--band", "60+" },
      0,
      "\"token\":\"" },
    { "person add refuses a band that no table has",
      true,
      { "person", "add", "--band", "60" },
      EX_USAGE,
      "35-59" },
    { "person add refuses a name",
      true,
      { "person", "add", "--thon", "Nước Giáp" },
      1,
      "a-z" },
    { "person add refuses a field that is too long",
      true,
      { "person", "add", "--thon", "abcdefghijklmnopq" },
      EX_USAGE,
      "usage" },
    { "person add refuses a count of none",
      true,
      { "person", "add", "--count", "0" },
      EX_USAGE,
      "usage" },
    { "person add refuses a count that is no number",
      true,
      { "person", "add", "--count", "3x" },
      EX_USAGE,
      "usage" },
    { "person erase wants a yes",
      true,
      { "person", "erase", "--code", "123456" },
      EX_USAGE,
      "--yes" },
    { "person erase of nobody",
      true,
      { "person", "erase", "--code", "123456", "--yes" },
      1,
      "rejected" },
    { "export wants to know what", true, { "export" }, EX_USAGE, "--report" },
    { "export of a range that is none",
      true,
      { "export", "--report", "/tmp", "--now", "week" },
      EX_USAGE,
      "--now" },
    { "export of people wants a passphrase for the file",
      true,
      { "export", "--people", "/tmp/x.zip", "--secrets", "mat khau thu", "short" },
      1,
      "10 characters" },
    { "export of people on a kiosk without a vault",
      true,
      { "export", "--people", "/tmp/x.zip", "--secrets", "mat khau thu",
        "mat khau cua tep" },
      1,
      "no passphrase was ever set" },
    { "import wants a file", true, { "import", "--apply" }, EX_USAGE, "import FILE" },
    { "import does not do both",
      true,
      { "import", "x", "--apply", "--dry-run" },
      EX_USAGE,
      "import FILE" },
    { "import of a file that is not there",
      true,
      { "import", "/nonexistent.csv" },
      1,
      "cannot be read" },
    { "rebuild wants to know what", true, { "rebuild" }, EX_USAGE, "--verify" },
    { "rebuild --verify agrees", true, { "rebuild", "--verify" }, 0, "agrees" },
    { "backup names the file", true, { "backup" }, 0, "/backup/kiosk-" },
    { "doctor on a sound database", true, { "doctor", "--json" }, 0, "\"well\":true" },
    { "doctor in words", true, { "doctor" }, 0, "ok       writing         ok" },
    { "doctor says what to do", true, { "doctor" }, 0, "→ set the time" },
    { "doctor without a database in words",
      false,
      { "doctor" },
      1,
      "→ restore a backup" },
    { "doctor without a database says so",
      false,
      { "doctor", "--json" },
      1,
      "\"db\":\"broken\"" },
    { "sync without an uplink", true, { "sync" }, 1, "nothing can be sent" },
    { "enrol without an uplink", true, { "enrol", "--status" }, 1, "nothing can be" },
};

static void check_row(void **state)
{
    const struct row *r = *state;
    void *fixture = NULL;
    struct fixture *f;
    struct control c = { 0 };
    struct buf out;

    fixture_setup(&fixture);
    f = fixture;
    c.db = r->db ? f->db : NULL;
    c.dir = f->dir;
    c.sys = f->dir; /* the machine under the test is not meant */
    buf_init(&out, OUTPUT_MAX);
    assert_int_equal(run(&c, r->argv, &out), r->want);
    if (!strstr(buf_text(&out), r->says))
        fail_msg("\"%s\" is not in: %s", r->says, buf_text(&out));
    buf_finish(&out);
    fixture_teardown(&fixture);
}

static void test_doctor_tells_of_a_missing_partition(void **state)
{
    struct fixture *f = *state;
    const char *const argv[] = { "doctor", NULL };
    struct control c = { .dir = f->dir, .in_kiosk = true };
    FILE *mark = fopen(fixture_path(f, DB_NO_PLACE), "w");
    struct buf out;

    assert_non_null(mark);
    fclose(mark);
    buf_init(&out, OUTPUT_MAX);
    assert_int_equal(run(&c, argv, &out), 1);
    assert_non_null(strstr(buf_text(&out), "no data partition"));
    assert_non_null(strstr(buf_text(&out), "put the disk with the results in"));
    buf_finish(&out);
    unlink(fixture_path(f, DB_NO_PLACE));
}

static void test_doctor_misses_the_lessons_of_a_running_kiosk(void **state)
{
    const char *const argv[] = { "doctor", "--json", NULL };
    struct fixture *f;
    void *fixture = NULL;
    struct buf out;

    (void)state;
    fixture_setup(&fixture);
    f = fixture;
    buf_init(&out, OUTPUT_MAX);
    assert_int_equal(run(&(struct control){ .db = f->db,
                                            .dir = f->dir,
                                            .in_kiosk = true,
                                            .sys = f->dir },
                         argv, &out),
                     1);
    assert_non_null(strstr(buf_text(&out), "\"pack\":null"));
    buf_finish(&out);
    fixture_teardown(&fixture);
}

static void test_count_makes_as_many_cards_all_different(void **state)
{
    const char *const argv[] = { "person", "add", "--count", "40", NULL };
    struct control c = { 0 };
    void *fixture = NULL;
    struct buf out;
    size_t n = 0;

    (void)state;
    fixture_setup(&fixture);
    c.db = ((struct fixture *)fixture)->db;
    buf_init(&out, OUTPUT_MAX);
    assert_int_equal(run(&c, argv, &out), 0);
    for (const char *line = buf_text(&out); *line; line = strchr(line, '\n') + 1, n++) {
        char code[24];

        snprintf(code, sizeof(code), "%.16s", line); /* {"code":"123456" */
        assert_ptr_equal(strstr(buf_text(&out), code), line);
    }
    assert_int_equal(n, 40);
    buf_finish(&out);
    fixture_teardown(&fixture);
}

static void ring(void *ctx)
{
    const int *bell = ctx;

    assert_int_equal(write(bell[1], "!", 1), 1);
}

static void test_the_socket_wakes_the_loop_and_brings_the_answer(void **state)
{
    const char *const argv[] = { "totals", "--json" };
    struct control_socket *socket, *second;
    struct control c = { 0 };
    void *fixture = NULL;
    struct fixture *f;
    struct stat st;
    int status = 0, bell[2];
    char rung;
    pid_t child;

    (void)state;
    fixture_setup(&fixture);
    f = fixture;
    c.db = f->db;
    assert_int_equal(pipe(bell), 0);
    assert_int_equal(control_socket_open(f->dir, NULL, NULL, &socket), ERR_OK);
    assert_int_equal(control_socket_open(f->dir, NULL, NULL, &second), ERR_RETRY);
    control_socket_close(socket);
    assert_int_equal(control_socket_open(f->dir, ring, bell, &socket), ERR_OK);
    assert_int_equal(stat(fixture_path(f, "ctl.sock"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    fflush(NULL);
    child = fork();
    if (child == 0) { /* the other side, bdhvs-ctl */
        struct buf out;
        int code = 99;

        buf_init(&out, OUTPUT_MAX);
        _exit(!control_ask(f->dir, 2, argv, &code, &out) && code == 0 &&
                      !strcmp(buf_text(&out), "{\"schema\":1,\"rows\":[]}\n")
                  ? 0
                  : 1);
    }
    assert_true(child > 0);
    assert_int_equal(read(bell[0], &rung, 1), 1); /* nobody looks by the clock */
    control_socket_serve(socket, &c);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    control_socket_close(socket);
    close(bell[0]);
    close(bell[1]);
    assert_int_not_equal(stat(fixture_path(f, "ctl.sock"), &st), 0);
    fixture_teardown(&fixture);
}

static void test_nobody_listens_means_offline_and_a_stale_socket_is_taken_over(
    void **state)
{
    const char *const argv[] = { "doctor" };
    struct control_socket *socket;
    void *fixture = NULL;
    struct fixture *f;
    struct buf out;
    int code;
    pid_t child;

    (void)state;
    fixture_setup(&fixture);
    f = fixture;
    buf_init(&out, OUTPUT_MAX);
    assert_int_equal(control_ask(f->dir, 1, argv, &code, &out), ERR_OFFLINE);
    fflush(NULL);
    child = fork();
    if (child == 0) { /* a kiosk that is cut off */
        _exit(control_socket_open(f->dir, NULL, NULL, &socket) != ERR_OK);
    }
    assert_int_equal(waitpid(child, &code, 0), child);
    assert_int_equal(code, 0);
    assert_int_equal(control_ask(f->dir, 1, argv, &code, &out), ERR_OFFLINE);
    assert_int_equal(control_socket_open(f->dir, NULL, NULL, &socket), ERR_OK);
    control_socket_close(socket);
    buf_finish(&out);
    fixture_teardown(&fixture);
}

int main(void)
{
    static const struct CMUnitTest others[] = {
        cmocka_unit_test(test_doctor_misses_the_lessons_of_a_running_kiosk),
        cmocka_unit_test_setup_teardown(test_doctor_tells_of_a_missing_partition,
                                        fixture_setup, fixture_teardown),
        cmocka_unit_test(test_count_makes_as_many_cards_all_different),
        cmocka_unit_test(test_the_socket_wakes_the_loop_and_brings_the_answer),
        cmocka_unit_test(
            test_nobody_listens_means_offline_and_a_stale_socket_is_taken_over),
    };
    struct CMUnitTest tests[COUNT(others) + COUNT(rows)];
    size_t n = 0;

    for (size_t i = 0; i < COUNT(others); i++)
        tests[n++] = others[i];
    for (size_t i = 0; i < COUNT(rows); i++)
        tests[n++] = (struct CMUnitTest){ .name = rows[i].name,
                                          .test_func = check_row,
                                          .initial_state = (void *)&rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
