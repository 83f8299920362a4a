/* The subcommands on an open database, and the stick: text in, text out. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/check.h"
#include "base/file.h"
#include "cmocka_all.h"
#include "commands.h"
#include "metrics.h"
#include "server_rig.h"
#include "usb.h"

#define TEXT_MAX (1 << 20)

struct said {
    int code;
    const char *out;
    const char *complaint;
};

/* Words end with NULL. */
static struct said run(struct rig *r, const char *const *words, int json)
{
    struct control_question q = { .kiosk = "", .json = json };
    struct said said;
    struct buf out;
    struct buf complaint;

    buf_init(&out, TEXT_MAX);
    buf_init(&complaint, TEXT_MAX);
    while (words[q.n_words]) {
        q.words[q.n_words] = words[q.n_words];
        q.n_words++;
    }
    said.code = commands_run(&r->server, &q, &out, &complaint);
    said.out = arena_strdup(&r->arena, buf_text(&out));
    said.complaint = arena_strdup(&r->arena, buf_text(&complaint));
    buf_finish(&out);
    buf_finish(&complaint);
    return said;
}

#define RUN(r, json, ...) run(r, (const char *const[]){ __VA_ARGS__, NULL }, json)

static void test_totals_are_one_line_of_json(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 3);
    struct said said;

    rig_count(r, &b, "completions", "2026-11-22", "m09-b03", 2, 0);
    rig_count(r, &b, "completions", "2026-11-22", "m09-b04", 3, 3);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    said = RUN(r, 1, "totals");
    assert_int_equal(said.code, 0);
    assert_string_equal(said.out, "{\"schema\":1,\"rows\":["
                                  "[\"completions\",\"2026-11-22\",\"m09-b03\",\"-\",2]"
                                  "]}\n");
    said = RUN(r, 0, "totals");
    assert_non_null(strstr(said.out, "completions"));
}

static void test_an_answer_that_is_too_large_is_not_blamed_on_the_disk(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 3);
    struct control_question q = { .words = { "totals" }, .n_words = 1, .kiosk = "" };
    struct buf out;
    struct buf complaint;

    rig_count(r, &b, "completions", "2026-11-22", "m09-b03", 2, 0);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    for (q.json = 0; q.json < 2; q.json++) {
        buf_init(&out, 40);
        buf_init(&complaint, TEXT_MAX);
        assert_int_equal(commands_run(&r->server, &q, &out, &complaint), 1);
        assert_string_equal(buf_text(&complaint),
                            "totals: the answer is too large: ask with --kiosk");
        buf_finish(&out);
        buf_finish(&complaint);
    }
}

static void test_wrong_words_are_refused_with_a_reason(void **state)
{
    struct rig *r = *state;
    struct said said;

    said = RUN(r, 0, "dance");
    assert_int_equal(said.code, EX_USAGE);
    said = RUN(r, 0, "import");
    assert_int_equal(said.code, EX_USAGE);
    said = RUN(r, 0, "enrol-confirm", "12345678");
    assert_int_equal(said.code, 1);
    assert_non_null(strstr(said.complaint, "no kiosk waits"));
    said = RUN(r, 0, "set", "nonsense", "x");
    assert_int_equal(said.code, 1);
    said = RUN(r, 0, "admit", r->kiosk, "2026-11-22");
    assert_int_equal(said.code, 1);
    assert_non_null(strstr(said.complaint, "nothing is held"));
    said = RUN(r, 0, "backup", r->dir);
    assert_int_equal(said.code, 1);
    said = RUN(r, 0, "import", "/nowhere");
    assert_int_equal(said.code, 1);
    assert_non_null(strstr(said.complaint, "BDHVS/out"));
}

static void test_held_rows_are_listed_and_let_in(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 3);
    struct said said;

    rig_count(r, &b, "completions", "2026-11-22", "m09-b03", 5000, 0);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    said = RUN(r, 0, "admit");
    assert_non_null(strstr(said.out, "2026-11-22  1 rows  5000"));
    said = RUN(r, 0, "admit", r->kiosk, "2026-11-22");
    assert_int_equal(said.code, 0);
    said = RUN(r, 0, "admit");
    assert_string_equal(said.out, "");
    assert_non_null(strstr(rig_totals(r), "5000"));
}

static void test_only_a_known_machine_can_be_revoked(void **state)
{
    struct rig *r = *state;
    struct said said = RUN(r, 0, "revoke", "k0000000000000000");

    assert_int_equal(said.code, 1); /* a mistyped id must not look like done */
    assert_non_null(strstr(said.complaint, "no such kiosk"));
    said = RUN(r, 0, "revoke", r->kiosk);
    assert_int_equal(said.code, 0);
    said = RUN(r, 0, "kiosks");
    assert_non_null(strstr(said.out, "revoked"));
}

/* Nobody is to be called out for a machine that was taken out of service. */
static void test_metrics_leave_revoked_machines_out(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 1);
    struct buf out;

    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    assert_int_equal(RUN(r, 0, "revoke", r->kiosk).code, 0);
    buf_init(&out, TEXT_MAX);
    assert_int_equal(metrics_write(&r->server, &out), ERR_OK);
    assert_non_null(strstr(buf_text(&out), "\nbdhvs_kiosks 0\n"));
    assert_non_null(
        strstr(buf_text(&out), "\nbdhvs_oldest_upload_timestamp_seconds 0\n"));
    buf_finish(&out);
}

static void test_backups_without_a_name_stand_beside_the_database_three_at_most(
    void **state)
{
    struct rig *r = *state;
    struct server copy;

    for (int i = 1; i <= 5; i++) {
        const char *path = arena_printf(&r->arena, "%s/server.db.backup-%d", r->dir, i);
        struct said said = RUN(r, 0, "backup");

        assert_int_equal(said.code, 0);
        assert_string_equal(said.out, arena_printf(&r->arena, "%s\n", path));
        assert_true(file_exists(path));
    }
    for (int i = 1; i <= 5; i++) {
        const char *path = arena_printf(&r->arena, "%s/server.db.backup-%d", r->dir, i);

        assert_int_equal(file_exists(path), i > 2);
        if (i == 5) {
            assert_int_equal(server_open(arena_printf(&r->arena, "sqlite:%s", path),
                                         &r->clock, &copy),
                             ERR_OK);
            server_close(&copy);
        }
        unlink(path);
    }
}

static void test_backup_names_the_tool_of_a_database_that_has_its_own(void **state)
{
    struct rig *r = *state;
    struct said said = RUN(r, 0, "backup");

    assert_int_equal(said.code, 1);
    assert_non_null(strstr(said.complaint, "use pg_dump"));
    said = RUN(r, 0, "backup", arena_printf(&r->arena, "%s/copy.db", r->dir));
    assert_int_equal(said.code, 1);
    assert_false(file_exists(arena_printf(&r->arena, "%s/copy.db", r->dir)));
}

static void test_a_code_is_eight_symbols(void **state)
{
    struct said said = RUN(*state, 0, "enrol-code");

    assert_int_equal(said.code, 0);
    assert_int_equal(strlen(said.out), 9);
    assert_int_equal(strspn(said.out, "0123456789ABCDEFGHJKMNPQRSTVWXYZ"), 8);
}

/* --- the socket ------------------------------------------------------------------- */

static char socket_path[100];

/* Another process asks, rightly or not; its exit status says how it went. */
static pid_t ask_from_elsewhere(const char *raw)
{
    const struct control_question q = {
        .words = { "totals" }, .n_words = 1, .kiosk = "", .json = 1
    };
    struct sockaddr_un where = { .sun_family = AF_UNIX };
    pid_t child = fork();
    struct buf out;
    int code = -1;
    int fd;

    if (child)
        return child;
    if (raw) {
        fd = socket(AF_UNIX, SOCK_STREAM, 0);
        snprintf(where.sun_path, sizeof(where.sun_path), "%s", socket_path);
        _exit(connect(fd, (struct sockaddr *)&where, sizeof(where)) ||
              send(fd, raw, strlen(raw), 0) < 0);
    }
    buf_init(&out, TEXT_MAX);
    if (control_ask(socket_path, &q, &code, &out, &out))
        _exit(1);
    _exit(code || strncmp(buf_text(&out), "{\"schema\":1", 11) != 0);
}

static void test_a_running_server_answers_others_and_survives_noise(void **state)
{
    static const char *const noise[] = { "", "x\n", "{}\n", "{\"words\":[5,[]]}\n",
                                         "{\"words\":[\"dance\"]}\n" };
    struct rig *r = *state;
    struct pollfd poll_fd = { .events = POLLIN };
    int status;

    snprintf(socket_path, sizeof(socket_path), "%s/sock", r->dir);
    assert_int_equal(control_listen(socket_path, &poll_fd.fd), ERR_OK);
    for (size_t i = 0; i <= COUNT(noise); i++) {
        pid_t child = ask_from_elsewhere(i < COUNT(noise) ? noise[i] : NULL);

        assert_int_equal(poll(&poll_fd, 1, -1), 1);
        control_answer(poll_fd.fd, commands_run, &r->server);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    control_answer(poll_fd.fd, commands_run, &r->server); /* nobody: comes back */
    close(poll_fd.fd);
    unlink(socket_path);
}

static void test_a_dead_socket_is_nobody(void **state)
{
    const struct control_question q = { .words = { "totals" },
                                        .n_words = 1,
                                        .kiosk = "" };
    struct rig *r = *state;
    struct buf out;
    int code;
    int fd;

    buf_init(&out, TEXT_MAX);
    snprintf(socket_path, sizeof(socket_path), "%s/sock", r->dir);
    assert_int_equal(control_ask(socket_path, &q, &code, &out, &out), ERR_OFFLINE);
    assert_int_equal(control_listen(socket_path, &fd), ERR_OK);
    close(fd);
    assert_int_equal(control_ask(socket_path, &q, &code, &out, &out), ERR_OFFLINE);
    unlink(socket_path);
    buf_finish(&out);
}

/* --- the stick -------------------------------------------------------------------- */

static const char *stick_path(struct rig *r, const char *name)
{
    return arena_printf(&r->arena, "%s/stick/BDHVS/%s", r->dir, name);
}

static void make_stick(struct rig *r)
{
    assert_int_equal(file_make_folder(stick_path(r, "out")), ERR_OK);
}

static void remove_stick(struct rig *r)
{
    char command[160];

    snprintf(command, sizeof(command), "rm -rf '%s/stick'", r->dir);
    assert_int_equal(system(command), 0);
}

static void test_a_stick_is_taken_once_or_twice_and_answered(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 3);
    struct usb_counts counts;
    struct buf bytes;
    struct buf payload;

    buf_init(&bytes, TEXT_MAX);
    buf_init(&payload, TEXT_MAX);
    make_stick(r);
    rig_count(r, &b, "completions", "2026-11-22", "m09-b03", 2, 0);
    rig_sign(r, &b, &bytes);
    assert_int_equal(
        file_replace(stick_path(r, "out/k1-1.jws"), bytes.data, bytes.len, 0644),
        ERR_OK);
    for (int i = 0; i < 2; i++) {
        const char *stick = arena_printf(&r->arena, "%s/stick", r->dir);

        assert_int_equal(usb_import(&r->server, stick, &counts), ERR_OK);
        assert_int_equal(counts.n_taken, 1);
        assert_int_equal(counts.n_refused, 0);
    }
    assert_non_null(strstr(rig_totals(r), "\"m09-b03\",\"-\",2]"));
    buf_clear(&bytes);
    assert_int_equal(file_read(stick_path(r, "in/k1-1.jws"), &bytes), ERR_OK);
    assert_int_equal(
        jws_verify(bytes.data, bytes.len, JWS_ACK, &r->server.key, &payload), ERR_OK);
    buf_finish(&bytes);
    buf_finish(&payload);
    remove_stick(r);
}

static void test_everything_else_on_a_stick_is_left_alone(void **state)
{
    struct rig *r = *state;
    struct usb_counts counts;
    char *large = check_alloc(BUNDLE_BYTES_MAX + 1);

    make_stick(r);
    memset(large, 'x', BUNDLE_BYTES_MAX + 1);
    assert_int_equal(symlink(r->dir, stick_path(r, "out/link.jws")), 0);
    assert_int_equal(symlink("/etc/passwd", stick_path(r, "out/passwd.jws")), 0);
    assert_int_equal(mkfifo(stick_path(r, "out/pipe.jws"), 0600), 0);
    assert_int_equal(mkdir(stick_path(r, "out/folder.jws"), 0700), 0);
    assert_int_equal(
        file_replace(stick_path(r, "out/large.jws"), large, BUNDLE_BYTES_MAX + 1, 0644),
        ERR_OK);
    assert_int_equal(file_replace(stick_path(r, "out/noise.jws"), "x", 1, 0644),
                     ERR_OK);
    assert_int_equal(file_replace(stick_path(r, "out/photo.jpg"), "x", 1, 0644),
                     ERR_OK);
    assert_int_equal(file_replace(stick_path(r, "out/.jws"), "x", 1, 0644), ERR_OK);
    assert_int_equal(
        usb_import(&r->server, arena_printf(&r->arena, "%s/stick", r->dir), &counts),
        ERR_OK);
    assert_int_equal(counts.n_taken, 0);
    assert_int_equal(counts.n_refused, 6);
    assert_string_equal(rig_totals(r), "{\"schema\":1,\"rows\":[]}");
    free(large);
    remove_stick(r);
}

static void test_answers_that_cannot_be_written_are_said(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 3);
    struct usb_counts counts;
    struct buf bytes;

    buf_init(&bytes, TEXT_MAX);
    make_stick(r);
    rig_sign(r, &b, &bytes);
    assert_int_equal(
        file_replace(stick_path(r, "out/k1-1.jws"), bytes.data, bytes.len, 0644),
        ERR_OK);
    assert_int_equal(file_replace(stick_path(r, "in"), "a file", 6, 0644), ERR_OK);
    assert_int_not_equal(
        usb_import(&r->server, arena_printf(&r->arena, "%s/stick", r->dir), &counts),
        ERR_OK);
    assert_int_equal(counts.n_taken, 1); /* the totals are safe all the same */
    assert_int_equal(unlink(stick_path(r, "in")), 0);
    assert_int_equal(symlink("out", stick_path(r, "in")), 0); /* leads elsewhere */
    assert_int_not_equal(
        usb_import(&r->server, arena_printf(&r->arena, "%s/stick", r->dir), &counts),
        ERR_OK);
    assert_int_equal(counts.n_taken, 1);
    assert_int_equal(unlink(stick_path(r, "in")), 0);
    assert_int_equal(file_replace(stick_path(r, "in"), "a file", 6, 0644), ERR_OK);
    buf_clear(&r->answer);
    assert_int_equal(file_read(stick_path(r, "out/k1-1.jws"), &r->answer), ERR_OK);
    assert_int_equal(r->answer.len, bytes.len); /* not overwritten by the answer */
    buf_finish(&bytes);
    remove_stick(r);
}

#define T(f) cmocka_unit_test_setup_teardown(f, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_totals_are_one_line_of_json),
        T(test_an_answer_that_is_too_large_is_not_blamed_on_the_disk),
        T(test_wrong_words_are_refused_with_a_reason),
        T(test_held_rows_are_listed_and_let_in),
        T(test_only_a_known_machine_can_be_revoked),
        T(test_metrics_leave_revoked_machines_out),
        T(test_backups_without_a_name_stand_beside_the_database_three_at_most),
        T(test_backup_names_the_tool_of_a_database_that_has_its_own),
        T(test_a_code_is_eight_symbols),
        T(test_a_running_server_answers_others_and_survives_noise),
        T(test_a_dead_socket_is_nobody),
        T(test_a_stick_is_taken_once_or_twice_and_answered),
        T(test_everything_else_on_a_stick_is_left_alone),
        T(test_answers_that_cannot_be_written_are_said),
    };

    cmocka_set_skip_filter(rig_on_postgres() ? "test_backups_*" : "test_backup_*");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
