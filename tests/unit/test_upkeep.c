/* Ports of the network out of a folder like the kernel's; settings that are kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/network.h"
#include "app/settings.h"
#include "store/db.h"

static void put(const char *dir, const char *name, const char *state, bool is_device)
{
    char path[512];
    FILE *f;

    (void)snprintf(path, sizeof(path), "%s/%s", dir, name);
    assert_int_equal(mkdir(path, 0700), 0);
    (void)snprintf(path, sizeof(path), "%s/%s/operstate", dir, name);
    f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(state, f) >= 0);
    assert_int_equal(fclose(f), 0);
    (void)snprintf(path, sizeof(path), "%s/%s/device", dir, name);
    if (is_device)
        assert_int_equal(mkdir(path, 0700), 0);
}

static void test_ports_are_sorted_without_loopback(void **state)
{
    char dir[] = "/tmp/bdhvs-net-XXXXXX", air[64], command[128];
    struct network_port ports[NETWORK_PORTS_MAX];

    (void)state;
    assert_non_null(mkdtemp(dir));
    put(dir, "zwlan9", "down\n", true);
    put(dir, "zeth9", "up\n", true);
    put(dir, "zifb9", "down\n",
        false); /* of the kernel's own: no port of the machine */
    put(dir, "lo", "unknown\n", false);
    (void)snprintf(air, sizeof(air), "%s/zwlan9/wireless", dir);
    assert_int_equal(mkdir(air, 0700), 0);
    assert_int_equal(network_read(dir, ports), 2);
    assert_string_equal(ports[0].name, "zeth9");
    assert_true(ports[0].up);
    assert_false(ports[0].air);
    assert_string_equal(ports[1].name, "zwlan9");
    assert_false(ports[1].up);
    assert_true(ports[1].air);
    assert_string_equal(ports[1].address, "");
    (void)snprintf(command, sizeof(command), "rm -r '%s'", dir);
    assert_int_equal(system(command), 0);
}

static void test_no_folder_is_no_port(void **state)
{
    struct network_port ports[NETWORK_PORTS_MAX];

    (void)state;
    assert_int_equal(network_read("/nowhere", ports), 0);
}

static void test_a_setting_in_range_is_kept_others_refused(void **state)
{
    char dir[] = "/tmp/bdhvs-set-XXXXXX", command[128];
    struct settings settings;
    struct db *db;

    (void)state;
    assert_non_null(mkdtemp(dir));
    assert_int_equal(
        db_open(&(struct db_config){ .dir = dir, .clock = &clock_real }, &db), ERR_OK);
    assert_int_equal(settings_write(db, SETTING_IDLE_S, 240), ERR_OK);
    assert_int_equal(settings_write(db, SETTING_IDLE_S, 5), ERR_REJECTED);
    settings_load(&settings, db);
    assert_int_equal(settings.value[SETTING_IDLE_S], 240);
    assert_string_equal(settings_key(SETTING_IDLE_S), "idle_s");
    db_close(db);
    (void)snprintf(command, sizeof(command), "rm -r '%s'", dir);
    assert_int_equal(system(command), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ports_are_sorted_without_loopback),
        cmocka_unit_test(test_no_folder_is_no_port),
        cmocka_unit_test(test_a_setting_in_range_is_kept_others_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
