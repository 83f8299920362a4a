/* Scripts played on the null platform against a small page. */
#include "cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "platform/platform.h"

/* A page that counts taps, reads keys and scans, counts down, and completes. */
struct page {
    struct platform *p;
    struct ui *ui;
    int n_taps;
    int64_t began_ms;
    bool online;
    char typed[32];
    size_t n_typed;
};

static void set_network(void *ctx, bool online)
{
    ((struct page *)ctx)->online = online;
}

static void frame(struct page *pg)
{
    struct ui *ui = pg->ui;
    int64_t left_ms = 5000 - (clock_mono_ms(pg->p->clock) - pg->began_ms);
    const char *scan;
    uint32_t c;

    ui_begin(ui);
    if (ui_button(ui, "go", arena_printf(ui_arena(ui), "Lần %d", pg->n_taps),
                  (struct rect){ 10, 10, 200, 100 }, &(struct ui_button_style){ 0 })) {
        pg->n_taps++;
        pg->p->n_acks++;
    }
    c = ui_typed(ui);
    if (c == 0x1EA1)
        pg->n_typed += (size_t)snprintf(pg->typed + pg->n_typed, 4, "ạ");
    else if (c && pg->n_typed < sizeof(pg->typed) - 1)
        pg->typed[pg->n_typed++] = (char)c;
    ui_label(ui, UI_ROLE_FIELD, "typed", pg->typed, ui_page(ui),
             (struct ui_font){ 20, 30, false }, INK, UI_LEFT);
    scan = ui_scanned(ui);
    if (scan)
        snprintf(pg->typed, sizeof(pg->typed), "%s", scan);
    if (ui_key(ui, UI_KEY_BACK))
        pg->n_taps = 0;
    ui_node(ui, UI_ROLE_TEXT, "net", pg->online ? "có mạng" : "mất mạng", ui_page(ui),
            0);
    ui_node(ui, UI_ROLE_TEXT, "left", left_ms > 0 ? "còn" : "hết", ui_page(ui), 0);
    if (left_ms > 0)
        ui_wake_in(ui, (int)left_ms);
    ui_end(ui);
}

struct result {
    int exit_code;
    int64_t end_ms;
    char out[8192];
    char path[64];
};

static struct result play(const char *script)
{
    struct result r = { 0 };
    struct page pg = { .online = true };
    struct platform_hooks hooks = { .ctx = &pg, .network = set_network };
    struct platform_options o = { .w = 1280, .h = 800, .hooks = &hooks };
    FILE *out = tmpfile();
    int fd;

    snprintf(r.path, sizeof(r.path), "/tmp/test_platform_null.XXXXXX");
    fd = mkstemp(r.path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, script, strlen(script)), (ssize_t)strlen(script));
    close(fd);
    assert_non_null(out);
    assert_int_equal(platform_null_create(&o, r.path, out, &pg.p), ERR_OK);
    unlink(r.path);
    pg.ui = ui_create(&pg.p->metrics, pg.p->w, pg.p->h, 0);
    do {
        do {
            frame(&pg);
        } while (ui_again(pg.ui));
        platform_present(pg.p, pg.ui, pg.n_taps < 3 ? "count" : "done");
    } while (platform_wait(pg.p, pg.ui, ui_wake_ms(pg.ui)));
    r.exit_code = pg.p->exit_code;
    r.end_ms = clock_mono_ms(pg.p->clock);
    ui_destroy(pg.ui);
    platform_destroy(pg.p);
    rewind(out);
    r.out[fread(r.out, 1, sizeof(r.out) - 1, out)] = '\0';
    fclose(out);
    return r;
}

static const struct row {
    const char *name, *script;
    int want_exit;
} rows[] = {
    { "an empty script succeeds", "", 0 },
    { "comments and blank lines are skipped", "# a\n\n   \n\t# b\n", 0 },
    { "a tap is seen in the text", "tap go\nexpect node go Lần 1\n", 0 },
    { "a wrong text fails", "expect node go Lần 7\n", 1 },
    { "a missing node fails", "expect node nobody\n", 1 },
    { "a tap on a missing node fails", "tap nobody\n", 1 },
    { "a tap on plain text fails", "tap net\n", 1 },
    { "the screen's name is checked",
      "expect screen count\ntap go\ntap go\ntap go\n"
      "expect screen done\n",
      0 },
    { "a wrong screen fails", "expect screen home\n", 1 },
    { "typed characters arrive in order", "text 3021\nexpect node typed 3021\n", 0 },
    { "a scan arrives whole", "scan ABC 123\nexpect node typed ABC 123\n", 0 },
    { "keys arrive", "tap go\nkey esc\nexpect node go Lần 0\n", 0 },
    { "focus and Enter tap", "key tab\nkey enter\nexpect node go Lần 1\n", 0 },
    { "an unknown key fails", "key f12\n", 1 },
    { "time passes only by waiting",
      "expect node left còn\nwait 5000\n"
      "expect node left hết\n",
      0 },
    { "and not before it is over", "wait 4999\nexpect node left còn\n", 0 },
    { "the network goes and comes",
      "offline\nexpect node net mất mạng\nonline\n"
      "expect node net có mạng\n",
      0 },
    { "a completion is waited for", "tap go\nexpect ack\n", 0 },
    { "no completion fails", "expect ack\n", 1 },
    { "one completion is not two", "tap go\nexpect ack\nexpect ack\n", 1 },
    { "an unknown command fails", "swipe left\n", 1 },
    { "a command without its word fails", "tap\n", 1 },
    { "a word too many fails", "offline now\n", 1 },
    { "a bad number fails", "wait 5s\n", 1 },
    { "a negative wait fails", "wait -1\n", 1 },
    { "what is no UTF-8 fails", "tap \xFF\n", 1 },
    { "letters of an input method arrive whole", "text ạ\nexpect node typed ạ\n", 0 },
};

static void check_row(void **state)
{
    const struct row *r = *state;

    assert_int_equal(play(r->script).exit_code, r->want_exit);
}

static void test_the_clock_stands_still_but_for_waits(void **state)
{
    struct result r = play("tap go\nwait 1500\ntap go\nwait 20000\n");

    (void)state;
    assert_int_equal(r.end_ms, 21500);
}

static void test_frames_are_printed_as_text_when_they_change(void **state)
{
    struct result r = play("tap go\nwait 10\nkey tab\n");

    (void)state;
    assert_string_equal(r.out, "== count @0\n"
                               "button go: Lần 0\n"
                               "field typed\n"
                               "text net: có mạng\n"
                               "text left: còn\n"
                               "== count @0\n"
                               "button go: Lần 1\n"
                               "field typed\n"
                               "text net: có mạng\n"
                               "text left: còn\n"
                               "== count @10\n"
                               "button go +focus: Lần 1\n"
                               "field typed\n"
                               "text net: có mạng\n"
                               "text left: còn\n");
}

static void test_kill_ends_the_process_at_once(void **state)
{
    pid_t pid = fork();
    int status;

    (void)state;
    assert_true(pid >= 0);
    if (pid == 0) {
        play("tap go\nkill\n");
        _exit(0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), 9);
}

static void test_an_error_names_file_and_line(void **state)
{
    int keep = dup(STDERR_FILENO);
    FILE *err = tmpfile();
    char line[256] = "";
    char want[128];
    struct result r;

    (void)state;
    assert_non_null(err);
    dup2(fileno(err), STDERR_FILENO);
    r = play("# one\ntap go\ntap nobody\n");
    dup2(keep, STDERR_FILENO);
    close(keep);
    rewind(err);
    assert_non_null(fgets(line, sizeof(line), err));
    fclose(err);
    snprintf(want, sizeof(want), "%s:3: tap: no node \"nobody\" on screen \"count\"\n",
             r.path);
    assert_string_equal(line, want);
}

static void test_a_script_that_is_not_there_is_refused(void **state)
{
    struct platform_options o = { 0 };
    struct platform *p;

    (void)state;
    assert_int_equal(platform_null_create(&o, "/no/such/x.replay", stdout, &p),
                     ERR_OFFLINE);
}

static void test_a_mark_says_that_all_before_it_is_done(void **state)
{
    struct result r = play("tap go\nmark one two\n");

    (void)state;
    assert_non_null(strstr(r.out, "button go: Lần 1\n"));
    assert_non_null(strstr(strstr(r.out, "Lần 1"), "\n# one two\n"));
}

static void test_a_line_without_end_is_refused(void **state)
{
    static char script[8000];

    (void)state;
    memset(script, 'a', sizeof(script) - 1);
    assert_int_equal(play(script).exit_code, 1);
}

int main(void)
{
    struct CMUnitTest tests[5 + COUNT(rows)] = {
        cmocka_unit_test(test_the_clock_stands_still_but_for_waits),
        cmocka_unit_test(test_frames_are_printed_as_text_when_they_change),
        cmocka_unit_test(test_kill_ends_the_process_at_once),
        cmocka_unit_test(test_an_error_names_file_and_line),
        cmocka_unit_test(test_a_script_that_is_not_there_is_refused),
        cmocka_unit_test(test_a_mark_says_that_all_before_it_is_done),
        cmocka_unit_test(test_a_line_without_end_is_refused),
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        tests[5 + i] =
            (struct CMUnitTest){ .name = rows[i].name,
                                 .test_func = check_row,
                                 .initial_state = (void *)(uintptr_t)&rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
