/* Helper programs that behave, and those that do not. */
#define _DEFAULT_SOURCE /* usleep */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmocka_all.h"

#include "app/helper.h"
#include "base/buf.h"
#include "base/check.h"

#define BIG (1 << 20)

static enum err run(const char *script, int seconds, int memory_mb, const char *in,
                    size_t n, struct buf *out)
{
    const struct helper_def def = { { "/bin/sh", { "-c", script }, seconds, memory_mb },
                                    1 };
    struct helper *h;
    enum err err = helper_start_def(&def, in, n, &h);

    assert_int_equal(err, ERR_OK);
    while (!helper_tick(h))
        usleep(1000);
    err = helper_result(h);
    buf_init(out, 2 * BIG);
    buf_add(out, buf_text(helper_output(h)), helper_output(h)->len);
    helper_free(h);
    return err;
}

static const struct row {
    const char *name, *script, *in;
    int seconds;
    enum err want;
    const char *output; /* NULL: not looked at */
} rows[] = {
    { "input goes in, output comes back", "cat", "Phạm Thị Nga", 20, ERR_OK,
      "Phạm Thị Nga" },
    { "no input is an end at once", "cat", "", 20, ERR_OK, "" },
    { "one that does not read its input is no fault", "echo hi", "x", 20, ERR_OK,
      "hi\n" },
    { "a refusal brings its reason", "echo why; exit 65", "", 20, ERR_REJECTED,
      "why\n" },
    { "another exit is a crash", "exit 3", "", 20, ERR_CORRUPT, NULL },
    { "a signal is a crash", "kill -SEGV $$", "", 20, ERR_CORRUPT, NULL },
    { "one that never ends is stopped", "sleep 600", "", 1, ERR_RETRY, NULL },
    { "its children end with it", "sleep 600 & sleep 600", "", 1, ERR_RETRY, NULL },
    { "a child left behind does not keep us", "sleep 600 & echo ok", "", 20, ERR_OK,
      "ok\n" },
    { "endless output is cut", "yes", "", 20, ERR_FULL, NULL },
    { "endless complaints are no output", "yes | head -c 300000 >&2; echo ok", "", 20,
      ERR_OK, "ok\n" },
    { "it writes no file",
      "trap '' XFSZ; cat >/dev/null; f=/tmp/bdhvs-helper-$$; echo name >$f && exit 3; "
      "rm -f $f; exit 65",
      "", 20, ERR_REJECTED, NULL },
    { "nothing of ours is in its environment", "echo ${BDHVS_SECRET-none} $HOME", "",
      20, ERR_OK, "none /nonexistent\n" },
    { "no descriptor of ours is open in it",
      "for f in /proc/self/fd/*; do n=${f##*/}; [ $n -le 2 ] || [ ! -e $f ] || "
      "[ \"$(readlink $f)\" != /etc/passwd ] || echo leak; done",
      "", 20, ERR_OK, "" },
};

static void check_row(void **state)
{
    const struct row *r = *state;
    struct buf out;
    int leak = open("/etc/passwd", O_RDONLY); /* without CLOEXEC */

    setenv("BDHVS_SECRET", "Phạm Thị Nga", 1);
    assert_int_equal(run(r->script, r->seconds, 512, r->in, strlen(r->in), &out),
                     r->want);
    if (r->output)
        assert_string_equal(buf_text(&out), r->output);
    buf_finish(&out);
    close(leak);
}

static void test_a_megabyte_goes_through_without_waiting_for_each_other(void **state)
{
    char *in = check_alloc(BIG);
    struct buf out;

    (void)state;
    memset(in, 'x', BIG - 1);
    assert_int_equal(run("cat", 20, 512, in, BIG - 1, &out), ERR_OK);
    assert_int_equal(out.len, BIG - 1);
    buf_finish(&out);
    free(in);
}

static void test_memory_has_an_end(void **state)
{
    struct buf out;

    (void)state;
#ifdef __SANITIZE_ADDRESS__
    skip(); /* helper.c sets no such limit there */
#endif
    if (getenv("BDHVS_EMULATED")) /* qemu-user takes no limit of memory */
        skip();
    assert_int_not_equal(
        run("x=$(head -c 200000000 /dev/zero | tr '\\0' a); echo ${#x}", 30, 64, "", 0,
            &out),
        ERR_OK);
    buf_finish(&out);
}

static void test_one_that_is_not_installed_is_offline(void **state)
{
    const struct helper_def def = { { "bdhvs-none", { NULL }, 1, 64 }, 1 };
    struct helper *h;

    (void)state;
    assert_int_equal(helper_start_def(&def, "", 0, &h), ERR_OFFLINE);
    assert_null(h);
    helper_free(h);
}

static void test_freeing_stops_it(void **state)
{
    const struct helper_def def = { { "/bin/sleep", { "600" }, 600, 64 }, 1 };
    struct helper *h;

    (void)state;
    assert_int_equal(helper_start_def(&def, "", 0, &h), ERR_OK);
    helper_free(h); /* returns: it waited for the end of the child */
}

int main(void)
{
    static const struct CMUnitTest others[] = {
        cmocka_unit_test(test_a_megabyte_goes_through_without_waiting_for_each_other),
        cmocka_unit_test(test_memory_has_an_end),
        cmocka_unit_test(test_one_that_is_not_installed_is_offline),
        cmocka_unit_test(test_freeing_stops_it),
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
