/* What counts as something to touch or point with, from the kernel's words on real devices. */
#include "cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/check.h"
#include "platform/pointing.h"

static const struct row {
    const char *name, *abs, *rel, *key;
    bool want;
} rows[] = {
    { "a touch panel of several fingers", "2608000 3", "0", "400 0 0 0 0 0", true },
    { "a touch panel of one finger", "3", "0", "400 0 0 0 0 0", true },
    { "a mouse", "0", "943", "1f0000 0 0 0 0", true },
    { "a mouse that is placed, of a virtual machine", "3", "100", "70000 0 0 0 0",
      true },
    { "a keyboard", "0", "0",
      "402000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe", false },
    { "a gamepad", "3003f", "0", "7cdb000000000000 0 0 0 0", false },
    { "a power button", "0", "0", "10000000000000 0", false },
    { "a tilt sensor", "7", "0", "0", false },
    { "a device that says nothing", "", "", "", false },
    { "a device with too long a line", NULL, "0", "0", false },
};

/* The rows are of 64-bit machines. A program of 32 bits is told words of 32, on either kernel
 * (input_bits_to_string in drivers/input/input.c). */
static void print_words(FILE *f, const char *text)
{
    const char *blank = "";
    char *end;

    for (unsigned long long word; *text; text = end) {
        word = strtoull(text, &end, 16);
        if (sizeof(long) == 4 && (word >> 32 || *blank)) {
            fprintf(f, "%s%llx", blank, word >> 32);
            blank = " ";
        }
        fprintf(f, "%s%llx", blank, sizeof(long) == 4 ? word & 0xffffffff : word);
        blank = " ";
    }
}

static void put(const char *folder, const char *name, const char *text)
{
    char path[128];
    FILE *f;

    snprintf(path, sizeof(path), "%s/event4/device/capabilities/%s", folder, name);
    f = fopen(path, "w");
    assert_non_null(f);
    for (int i = 0; !text && i < 3000; i++)
        fputc('0', f);
    print_words(f, text ? text : "0");
    fputc('\n', f);
    fclose(f);
}

static void make(const char *folder)
{
    static const char *const parts[] = { "event4", "event4/device",
                                         "event4/device/capabilities", "mice" };
    char path[128];

    for (size_t i = 0; i < COUNT(parts); i++) {
        snprintf(path, sizeof(path), "%s/%s", folder, parts[i]);
        assert_int_equal(mkdir(path, 0700), 0);
    }
}

static void check_row(void **state)
{
    const struct row *r = *state;
    char folder[] = "/tmp/test_pointing.XXXXXX", rm[64];

    assert_non_null(mkdtemp(folder));
    make(folder);
    put(folder, "abs", r->abs);
    put(folder, "rel", r->rel);
    put(folder, "key", r->key);
    assert_int_equal(pointing_found(folder), r->want);
    snprintf(rm, sizeof(rm), "rm -r %s", folder);
    assert_int_equal(system(rm), 0);
}

static void test_nothing_is_claimed_where_nothing_can_be_read(void **state)
{
    (void)state;
    assert_true(pointing_found("/nowhere"));
}

int main(void)
{
    struct CMUnitTest tests[COUNT(rows) + 1];

    for (size_t i = 0; i < COUNT(rows); i++)
        tests[i] = (struct CMUnitTest){ .name = rows[i].name,
                                        .test_func = check_row,
                                        .initial_state = (void *)&rows[i] };
    tests[COUNT(rows)] = (struct CMUnitTest)cmocka_unit_test(
        test_nothing_is_claimed_where_nothing_can_be_read);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
