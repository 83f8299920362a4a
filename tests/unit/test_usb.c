/* Sticks that come, go, are full, locked or full of tricks. */
#define _GNU_SOURCE /* mkdtemp, unshare, usleep */
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmocka_all.h"

#include "app/usb.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"

#define NOT_ALLOWED 77
#define LARGE 300000 /* bytes; more than the small file system has */
#define HUGE_BYTES (3 << 20)
#define MANY 5000 /* more than are looked at */

struct stage {
    char dir[64];
    struct usb *usb;
    atomic_int woken;
};

static void wake(void *ctx)
{
    struct stage *s = ctx;

    atomic_fetch_add(&s->woken, 1);
}

static int setup(void **state)
{
    struct stage *s = check_alloc(sizeof(*s));

    *s = (struct stage){ .dir = "/tmp/bdhvs-usb-XXXXXX" };
    if (!mkdtemp(s->dir) || usb_create(s->dir, wake, s, &s->usb))
        return -1;
    (void)usb_tick(s->usb);
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    struct stage *s = *state;
    char command[128];

    usb_destroy(s->usb);
    (void)snprintf(command, sizeof(command), "rm -rf %s", s->dir);
    free(s);
    return system(command);
}

static char *at(const struct stage *s, const char *name)
{
    static char path[256];

    (void)snprintf(path, sizeof(path), "%s/%s", s->dir, name);
    return path;
}

static void plug(struct stage *s, const char *name)
{
    assert_int_equal(mkdir(at(s, name), 0755), 0);
    for (int i = 0; i < 5000 && !atomic_load(&s->woken); i++)
        usleep(1000);
    assert_true(atomic_exchange(&s->woken, 0) > 0);
    assert_true(usb_tick(s->usb));
}

static void put(const struct stage *s, const char *name, const char *text)
{
    FILE *f = fopen(at(s, name), "w");

    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void test_it_is_told_when_a_stick_comes_and_goes(void **state)
{
    struct stage *s = *state;
    struct usb_status st;

    usb_status(s->usb, &st);
    assert_false(st.present);
    assert_false(usb_tick(s->usb)); /* nothing happened: nobody looks */
    plug(s, "KINGSTON");
    usb_status(s->usb, &st);
    assert_true(st.present);
    assert_string_equal(st.label, "KINGSTON");
    assert_true(st.free_mb > 0);
    assert_int_equal(rmdir(at(s, "KINGSTON")), 0);
    for (int i = 0; i < 5000 && !atomic_load(&s->woken); i++)
        usleep(1000);
    assert_true(usb_tick(s->usb));
    assert_null(usb_path(s->usb));
    assert_int_equal(usb_write(s->usb, "a.csv", "x", 1), USB_NONE);
}

static void test_what_is_written_is_read_back_and_nothing_else_stays(void **state)
{
    static const char *const suffixes[] = { ".csv", NULL };
    struct stage *s = *state;
    struct arena arena = { 0 };
    const char **names;
    struct buf bytes;
    bool more;
    size_t n;

    plug(s, "A");
    assert_int_equal(usb_write(s->usb, "bao-cao/a.csv", "xyz", 3), USB_DONE);
    assert_int_equal(usb_write(s->usb, "bao-cao/a.csv", "xy", 2), USB_DONE);
    buf_init(&bytes, 100);
    assert_int_equal(usb_read(s->usb, "bao-cao/a.csv", &bytes), USB_DONE);
    assert_string_equal(buf_text(&bytes), "xy");
    assert_int_equal(usb_list(s->usb, "bao-cao", suffixes, &arena, &names, &n, &more),
                     USB_DONE);
    assert_int_equal(n, 1);
    assert_string_equal(names[0], "a.csv");
    assert_false(more);
    assert_int_not_equal(access(at(s, "A/BDHVS/bao-cao/a.csv.new"), F_OK), 0);
    buf_finish(&bytes);
    arena_finish(&arena);
}

static void test_links_pipes_and_folders_are_strange(void **state)
{
    static const char *const suffixes[] = { ".csv", NULL };
    struct stage *s = *state;
    struct arena arena = { 0 };
    const char **names;
    struct buf bytes;
    bool more;
    size_t n;

    plug(s, "A");
    assert_int_equal(mkdir(at(s, "A/BDHVS"), 0755), 0);
    put(s, "secret", "secret");
    assert_int_equal(symlink("../../secret", at(s, "A/BDHVS/link.csv")), 0);
    assert_int_equal(mkfifo(at(s, "A/BDHVS/pipe.csv"), 0644), 0);
    assert_int_equal(mkdir(at(s, "A/BDHVS/folder.csv"), 0755), 0);
    buf_init(&bytes, 100);
    assert_int_equal(usb_read(s->usb, "link.csv", &bytes), USB_STRANGE);
    assert_int_equal(usb_read(s->usb, "pipe.csv", &bytes), USB_STRANGE);
    assert_int_equal(usb_read(s->usb, "folder.csv", &bytes), USB_STRANGE);
    assert_int_equal(bytes.len, 0);
    assert_int_equal(usb_write(s->usb, "link.csv", "x", 1), USB_STRANGE);
    assert_int_equal(usb_write(s->usb, "folder.csv", "x", 1), USB_STRANGE);
    assert_int_equal(usb_list(s->usb, "", suffixes, &arena, &names, &n, &more),
                     USB_DONE);
    assert_int_equal(n, 0);
    /* a temporary name that is a link: removed, not followed */
    assert_int_equal(symlink("../../secret", at(s, "A/BDHVS/b.csv.new")), 0);
    assert_int_equal(usb_write(s->usb, "b.csv", "x", 1), USB_DONE);
    assert_int_equal(usb_read(s->usb, "b.csv", &bytes), USB_DONE);
    assert_string_equal(buf_text(&bytes), "x");
    buf_finish(&bytes);
    arena_finish(&arena);
}

static void test_a_folder_that_is_a_link_is_not_entered(void **state)
{
    struct stage *s = *state;

    plug(s, "A");
    assert_int_equal(mkdir(at(s, "A/other"), 0755), 0);
    assert_int_equal(symlink("other", at(s, "A/BDHVS")), 0);
    assert_int_equal(usb_write(s->usb, "a.csv", "x", 1), USB_STRANGE);
    assert_int_not_equal(access(at(s, "A/other/a.csv"), F_OK), 0);
}

static void test_too_large_is_not_read(void **state)
{
    struct stage *s = *state;
    struct buf bytes;

    plug(s, "A");
    assert_int_equal(usb_write(s->usb, "a.csv", "0123456789", 10), USB_DONE);
    buf_init(&bytes, 9);
    assert_int_equal(usb_read(s->usb, "a.csv", &bytes), USB_LARGE);
    buf_finish(&bytes);
}

static void test_a_full_stick_keeps_the_old_file_and_no_half_one(void **state)
{
    const struct rlimit small = { 8, RLIM_INFINITY };
    struct stage *s = *state;
    struct rlimit before;
    struct buf bytes;

    plug(s, "A");
    assert_int_equal(usb_write(s->usb, "a.csv", "old", 3), USB_DONE);
    getrlimit(RLIMIT_FSIZE, &before);
    (void)signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small); /* as a file system that takes no more */
    assert_int_equal(usb_write(s->usb, "a.csv", "0123456789", 10), USB_FULL);
    setrlimit(RLIMIT_FSIZE, &before);
    buf_init(&bytes, 100);
    assert_int_equal(usb_read(s->usb, "a.csv", &bytes), USB_DONE);
    assert_string_equal(buf_text(&bytes), "old");
    assert_int_not_equal(access(at(s, "A/BDHVS/a.csv.new"), F_OK), 0);
    buf_finish(&bytes);
}

/* A real file system on stick A, in a process of its own that may mount one. What it says. */
static int on_a_mount(struct stage *s, unsigned long flags, const char *options,
                      size_t n, bool *read_only_out)
{
    static const char bytes[LARGE];
    struct usb_status status;
    int ended;
    pid_t child = fork();

    assert_true(child >= 0);
    if (!child) {
        if ((unshare(CLONE_NEWNS) && unshare(CLONE_NEWUSER | CLONE_NEWNS)) ||
            mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
            mount("none", at(s, "A"), "tmpfs", flags, options))
            _exit(NOT_ALLOWED);
        usb_status(s->usb, &status);
        _exit((int)usb_write(s->usb, "out/a.csv", bytes, n) |
              (status.read_only ? 0x40 : 0));
    }
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(WIFEXITED(ended));
    if (WEXITSTATUS(ended) == NOT_ALLOWED)
        skip();
    *read_only_out = WEXITSTATUS(ended) & 0x40;
    return WEXITSTATUS(ended) & ~0x40;
}

static void test_real_sticks_that_are_locked_or_small_say_which(void **state)
{
    struct stage *s = *state;
    bool read_only;

    plug(s, "A");
    assert_int_equal(on_a_mount(s, MS_RDONLY, "", 10, &read_only), USB_READ_ONLY);
    assert_true(read_only);
    assert_int_equal(on_a_mount(s, 0, "size=64k", LARGE, &read_only), USB_FULL);
    assert_false(read_only);
    assert_int_equal(on_a_mount(s, 0, "size=64k", 10, &read_only), USB_DONE);
}

static int n_steps;

static void count_step(void)
{
    n_steps++;
}

/* The watchdog of a service waits for a sign of life, also while a slow stick is written. */
static void test_a_large_file_is_told_step_by_step(void **state)
{
    char *large = check_alloc(HUGE_BYTES);
    struct stage *s = *state;

    memset(large, 'x', HUGE_BYTES);
    plug(s, "A");
    usb_files_on_step(count_step);
    assert_int_equal(usb_write(s->usb, "small.csv", "x", 1), USB_DONE);
    assert_int_equal(n_steps, 0); /* none needed */
    assert_int_equal(usb_write(s->usb, "a.db", large, HUGE_BYTES), USB_DONE);
    usb_files_on_step(NULL);
    assert_int_equal(n_steps, 2 * (HUGE_BYTES >> 20)); /* written, and read back */
    free(large);
}

static void test_a_stick_full_of_files_is_looked_at_for_a_while_only(void **state)
{
    static const char *const suffixes[] = { ".csv", NULL };
    struct stage *s = *state;
    struct arena arena = { 0 };
    const char **names;
    char name[64];
    bool more;
    size_t n;

    plug(s, "A");
    assert_int_equal(mkdir(at(s, "A/BDHVS"), 0755), 0);
    for (int i = 0; i < MANY; i++) {
        (void)snprintf(name, sizeof(name), "A/BDHVS/%d.tmp", i);
        put(s, name, "");
    }
    assert_int_equal(usb_list(s->usb, "", suffixes, &arena, &names, &n, &more),
                     USB_DONE);
    assert_true(more);
    arena_finish(&arena);
}

static void test_after_release_it_is_away_until_another_comes(void **state)
{
    struct stage *s = *state;
    struct usb_status st;

    plug(s, "A");
    assert_int_equal(usb_release(s->usb), USB_DONE);
    usb_status(s->usb, &st);
    assert_true(st.released);
    assert_false(st.present);
    assert_int_equal(usb_write(s->usb, "a.csv", "x", 1), USB_NONE);
    plug(s, "B");
    usb_status(s->usb, &st);
    assert_true(st.present);
    assert_false(st.released);
    assert_string_equal(st.label, "B");
}

static void test_every_verdict_has_its_own_words(void **state)
{
    (void)state;
    assert_string_equal(usb_words(USB_DONE), "");
    for (int i = USB_NONE; i < USB_VERDICT_COUNT; i++) {
        assert_true(strlen(usb_words((enum usb_verdict)i)) > 10);
        for (int j = USB_NONE; j < i; j++)
            assert_string_not_equal(usb_words((enum usb_verdict)i),
                                    usb_words((enum usb_verdict)j));
    }
}

int main(void)
{
#define STICK(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        STICK(test_it_is_told_when_a_stick_comes_and_goes),
        STICK(test_what_is_written_is_read_back_and_nothing_else_stays),
        STICK(test_links_pipes_and_folders_are_strange),
        STICK(test_a_folder_that_is_a_link_is_not_entered),
        STICK(test_too_large_is_not_read),
        STICK(test_a_full_stick_keeps_the_old_file_and_no_half_one),
        STICK(test_real_sticks_that_are_locked_or_small_say_which),
        STICK(test_a_large_file_is_told_step_by_step),
        STICK(test_a_stick_full_of_files_is_looked_at_for_a_while_only),
        STICK(test_after_release_it_is_away_until_another_comes),
        cmocka_unit_test(test_every_verdict_has_its_own_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
