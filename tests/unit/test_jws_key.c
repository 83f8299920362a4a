/* The device key's file. */
#include "cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/hash.h"
#include "wire/jws.h"

struct fixture {
    char dir[64];
    char path[128];
};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));

    assert_non_null(f);
    snprintf(f->dir, sizeof(f->dir), "/tmp/bdhvs-key-XXXXXX");
    assert_non_null(mkdtemp(f->dir));
    snprintf(f->path, sizeof(f->path), "%s/keys/device.key", f->dir);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    char keys[128];

    unlink(f->path);
    snprintf(keys, sizeof(keys), "%s/keys", f->dir);
    rmdir(keys);
    rmdir(f->dir);
    free(f);
    return 0;
}

static void test_the_key_is_born_once_and_stays(void **state)
{
    struct fixture *f = *state;
    struct jws_key first;
    struct jws_key second;
    struct stat st;

    assert_int_equal(jws_key_load(f->path, &first), ERR_OK);
    assert_int_equal(stat(f->path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(jws_key_load(f->path, &second), ERR_OK);
    assert_memory_equal(&first, &second, sizeof(first));
}

static void test_two_machines_have_two_keys(void **state)
{
    struct fixture *f = *state;
    struct jws_key first;
    struct jws_key second;

    assert_int_equal(jws_key_load(f->path, &first), ERR_OK);
    assert_int_equal(unlink(f->path), 0);
    assert_int_equal(jws_key_load(f->path, &second), ERR_OK);
    assert_memory_not_equal(first.public_key, second.public_key, JWS_PUBLIC_BYTES);
}

static void test_a_wiped_key_signs_nothing(void **state)
{
    static const unsigned char zero[JWS_SECRET_BYTES];
    struct jws_key key;

    (void)state;
    jws_key_make(&key);
    jws_key_wipe(&key);
    assert_memory_equal(key.secret_key, zero, sizeof(zero));
}

static void test_a_damaged_key_is_reported_and_not_replaced(void **state)
{
    static const char *const damaged[] = {
        "",
        "\n",
        "nWGxne\n",
        "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A", /* cut before the line's end */
        "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=\n",
        "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2AA\n",
        "nWGxne 9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\n",
    };
    struct fixture *f = *state;
    struct jws_key key;
    struct buf after;

    assert_int_equal(jws_key_load(f->path, &key), ERR_OK);
    for (size_t i = 0; i < COUNT(damaged); i++) {
        assert_int_equal(file_replace(f->path, damaged[i], strlen(damaged[i]), 0600),
                         ERR_OK);
        assert_int_equal(jws_key_load(f->path, &key), ERR_CORRUPT);
        buf_init(&after, 256);
        assert_int_equal(file_read(f->path, &after), ERR_OK);
        assert_string_equal(buf_text(&after), damaged[i]);
        buf_finish(&after);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_the_key_is_born_once_and_stays, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_two_machines_have_two_keys, setup,
                                        teardown),
        cmocka_unit_test(test_a_wiped_key_signs_nothing),
        cmocka_unit_test_setup_teardown(test_a_damaged_key_is_reported_and_not_replaced,
                                        setup, teardown),
    };

    hash_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
