/* The list of an update, and the copying of its large files. */
#include "cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/file_copy.h"
#include "wire/program.h"

#define SHA "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" /* abc */
#define LIST(ver, version, suite, files)                              \
    "{\"ver\":" ver ",\"version\":\"" version "\",\"suite\":\"" suite \
    "\",\"arch\":\"arm64\",\"files\":[" files "]}\n"
#define FILE_OF(name, size) \
    "{\"name\":\"" name "\",\"size\":" size ",\"sha256\":\"" SHA "\"}"
#define KIOSK FILE_OF("bdhvs-kiosk_0.2.0_arm64.deb", "3")

static const char good[] = LIST("7", "0.2.0", "bookworm",
                                KIOSK "," FILE_OF("bdhvs-content_0.2.0_all.deb", "3"));

static void test_a_list_is_read_and_written_byte_for_byte(void **state)
{
    char system[PROGRAM_SYSTEM_BYTES];
    struct program_list list;
    struct buf out;

    (void)state;
    assert_int_equal(program_list_read(good, strlen(good), &list), ERR_OK);
    assert_int_equal(list.ver, 7);
    assert_int_equal(list.n_packages, 2);
    assert_int_equal(program_system(&list, system), ERR_OK);
    assert_string_equal(system, "bookworm-arm64");
    buf_init(&out, PROGRAM_LIST_MAX);
    program_list_write(&list, &out);
    assert_string_equal(buf_text(&out), good);
    buf_finish(&out);
}

static void test_what_is_not_as_described_is_refused(void **state)
{
    static const char *const bad[] = {
        "",
        LIST("0", "0.2.0", "bookworm", KIOSK),
        LIST("7", "0.2.1", "bookworm", KIOSK),
        LIST("7", "0.2.0", "bookworm", ""),
        LIST("7", "0.2.0", "bookworm", KIOSK "," KIOSK),
        LIST("7", "0.2.0", "book/worm", KIOSK),
        LIST("7", "0.2.0", "bookworm", FILE_OF("../bdhvs-kiosk_0.2.0_arm64.deb", "3")),
        LIST("7", "0.2.0", "bookworm", FILE_OF("other_0.2.0_arm64.deb", "3")),
        LIST("7", "0.2.0", "bookworm", FILE_OF("bdhvs-kiosk_0.2.0_arm64.deb", "0")),
        LIST("7", "0.2.0", "bookworm",
             FILE_OF("bdhvs-kiosk_0.2.0_arm64.deb", "1073741825")),
    };
    struct program_list list;

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_int_equal(program_list_read(bad[i], strlen(bad[i]), &list),
                         ERR_REJECTED);
}

static void test_a_system_may_stand_in_a_path(void **state)
{
    static const char *const bad[] = { "..", "a+b", "a~b" };
    char system[PROGRAM_SYSTEM_BYTES];
    struct program_list list = { .arch = "arm64" };

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        snprintf(list.suite, sizeof(list.suite), "%s", bad[i]);
        assert_int_equal(program_system(&list, system), ERR_REJECTED);
    }
}

static void test_a_copy_is_whole_or_not_there(void **state)
{
    static const struct {
        int64_t size;
        const char *sha256;
        enum err want;
    } rows[] = {
        { 3, SHA, ERR_OK },
        { 4, SHA, ERR_REJECTED },
        { 2, SHA, ERR_REJECTED },
        { 3, "00", ERR_REJECTED },
    };
    char dir[] = "/tmp/bdhvs-copy-XXXXXX", from[64], to[64], part[64];

    (void)state;
    assert_non_null(mkdtemp(dir));
    snprintf(from, sizeof(from), "%s/from", dir);
    snprintf(to, sizeof(to), "%s/to", dir);
    snprintf(part, sizeof(part), "%s/to.new", dir);
    assert_int_equal(file_replace(from, "abc", 3, 0600), ERR_OK);
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(file_copy_hashed(from, to, rows[i].size, rows[i].sha256),
                         rows[i].want);
        assert_int_equal(file_exists(to), rows[i].want == ERR_OK);
        assert_false(file_exists(part));
        unlink(to);
    }
    unlink(from);
    assert_int_equal(file_copy_hashed(from, to, 3, SHA), ERR_OFFLINE);
    assert_int_equal(symlink("/etc/passwd", from), 0);
    assert_int_equal(file_copy_hashed(from, to, 3, SHA), ERR_REJECTED);
    unlink(from);
    assert_int_equal(mkfifo(from, 0600), 0);
    assert_int_equal(file_copy_hashed(from, to, 3, SHA), ERR_REJECTED);
    unlink(from);
    assert_true(file_free_bytes(dir) > 0);
    rmdir(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_list_is_read_and_written_byte_for_byte),
        cmocka_unit_test(test_what_is_not_as_described_is_refused),
        cmocka_unit_test(test_a_system_may_stand_in_a_path),
        cmocka_unit_test(test_a_copy_is_whole_or_not_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
