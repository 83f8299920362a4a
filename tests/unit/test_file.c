#include "cmocka_all.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"

struct fixture {
    char dir[64];
    struct arena arena;
    struct buf buf;
};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));

    snprintf(f->dir, sizeof(f->dir), "/tmp/bdhvs-test-XXXXXX");
    if (!mkdtemp(f->dir))
        return -1;
    buf_init(&f->buf, 64);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    char *command = arena_printf(&f->arena, "rm -r %s", f->dir);
    int failed = system(command);

    arena_finish(&f->arena);
    buf_finish(&f->buf);
    free(f);
    return failed;
}

static char *path(struct fixture *f, const char *name)
{
    return arena_printf(&f->arena, "%s/%s", f->dir, name);
}

static void test_a_replaced_file_has_the_new_bytes_and_mode(void **state)
{
    struct fixture *f = *state;
    struct stat st;

    assert_int_equal(file_replace(path(f, "a"), "one", 3, 0600), ERR_OK);
    assert_int_equal(file_replace(path(f, "a"), "second", 6, 0600), ERR_OK);
    assert_int_equal(file_read(path(f, "a"), &f->buf), ERR_OK);
    assert_string_equal(buf_text(&f->buf), "second");
    assert_int_equal(stat(path(f, "a"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_false(file_exists(path(f, "a.new")));
}

static void test_a_missing_file_is_told_apart_from_a_bad_one(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(file_read(path(f, "none"), &f->buf), ERR_OFFLINE);
    assert_int_equal(file_read(f->dir, &f->buf), ERR_REJECTED);
}

static void test_a_file_over_the_ceiling_is_refused(void **state)
{
    struct fixture *f = *state;
    char big[65] = { 0 };

    assert_int_equal(file_replace(path(f, "a"), big, 65, 0600), ERR_OK);
    assert_int_equal(file_read(path(f, "a"), &f->buf), ERR_REJECTED);
}

static void test_a_link_is_refused_where_strangers_write(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(file_replace(path(f, "a"), "x", 1, 0600), ERR_OK);
    assert_int_equal(symlink(path(f, "a"), path(f, "link")), 0);
    assert_int_equal(file_read_nofollow(path(f, "link"), &f->buf), ERR_REJECTED);
    assert_int_equal(file_read(path(f, "link"), &f->buf), ERR_OK);
}

static void test_folders_are_made_with_their_parents_and_kept_private(void **state)
{
    struct fixture *f = *state;
    struct stat st;

    assert_int_equal(file_make_folder(path(f, "a/b/c")), ERR_OK);
    assert_int_equal(file_make_folder(path(f, "a/b/c")), ERR_OK);
    assert_int_equal(stat(path(f, "a/b"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    assert_int_equal(file_sync_folder(path(f, "a/b")), ERR_OK);
    assert_int_equal(file_sync_folder(path(f, "a/none")), ERR_CORRUPT);
}

static void test_a_folder_that_is_not_there_cannot_be_written_to(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(file_replace(path(f, "none/a"), "x", 1, 0600), ERR_CORRUPT);
}

static void touch(const char *file, int64_t s)
{
    const struct timespec times[2] = { { .tv_sec = (time_t)s },
                                       { .tv_sec = (time_t)s } };

    assert_int_equal(file_replace(file, "x", 1, 0600), ERR_OK);
    assert_int_equal(utimensat(AT_FDCWD, file, times, 0), 0);
}

static int64_t touched_s(const char *file)
{
    struct stat st;

    assert_int_equal(stat(file, &st), 0);
    return st.st_mtim.tv_sec;
}

/* With a time_t of 32 bits SQLite would open it no more. */
static void test_a_file_of_2040_is_of_today_and_others_are_left_alone(void **state)
{
    struct fixture *f = *state;
    char *db = path(f, "kiosk.db"), *wal = path(f, "kiosk.db-wal");

    touch(db, 2221000000); /* 2040-05-19 */
    touch(wal, 2221000000);
    file_fit_times(db);
    assert_true(touched_s(db) < INT32_MAX && touched_s(wal) < INT32_MAX);
    assert_int_equal(file_read(db, &f->buf), ERR_OK);
    touch(db, 1795795497);
    file_fit_times(db);
    assert_true(touched_s(db) == 1795795497);
    file_fit_times(path(f, "none"));
    assert_false(file_exists(path(f, "none")));
}

int main(void)
{
#define ROW(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        ROW(test_a_replaced_file_has_the_new_bytes_and_mode),
        ROW(test_a_missing_file_is_told_apart_from_a_bad_one),
        ROW(test_a_file_over_the_ceiling_is_refused),
        ROW(test_a_link_is_refused_where_strangers_write),
        ROW(test_folders_are_made_with_their_parents_and_kept_private),
        ROW(test_a_folder_that_is_not_there_cannot_be_written_to),
        ROW(test_a_file_of_2040_is_of_today_and_others_are_left_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
