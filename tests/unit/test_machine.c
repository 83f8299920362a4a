/* Rows of Wi-Fi out of what is heard and known, passwords that can be, names of any bytes; the
 * lamp of a panel; what is said where there is no D-Bus. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cmocka_all.h"

#include "base/check.h"
#include "machine/machine.h"

static struct wifi_ssid ssid_of(const char *bytes, size_t n)
{
    struct wifi_ssid ssid = { .n = (unsigned char)n };

    memcpy(ssid.bytes, bytes, n);
    return ssid;
}

/* --- locks and passwords ---------------------------------------------------------------- */

static void test_flags_tell_the_lock(void **state)
{
    static const struct {
        unsigned flags, wpa, rsn;
        enum wifi_lock lock;
    } rows[] = {
        { 0, 0, 0, WIFI_LOCK_NONE },       { 1, 0, 0, WIFI_LOCK_OLD },
        { 1, 0, 0x188, WIFI_LOCK_PSK },    { 1, 0x144, 0, WIFI_LOCK_PSK },
        { 1, 0, 0x588, WIFI_LOCK_PSK },    { 1, 0, 0x488, WIFI_LOCK_SAE },
        { 1, 0, 0x288, WIFI_LOCK_OFFICE }, { 1, 0, 0x2000, WIFI_LOCK_OFFICE },
        { 1, 0, 0x888, WIFI_LOCK_OWE },    { 1, 0, 0x1000, WIFI_LOCK_NONE },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(wifi_lock_of(rows[i].flags, rows[i].wpa, rows[i].rsn),
                         rows[i].lock);
}

static void test_passwords_are_as_long_as_the_standard_asks(void **state)
{
    static const char digits[] =
        "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789ABCDEF0";
    static const struct {
        enum wifi_lock lock;
        size_t n; /* of digits */
        bool fits;
    } rows[] = {
        { WIFI_LOCK_PSK, 0, false },  { WIFI_LOCK_PSK, 7, false },
        { WIFI_LOCK_PSK, 8, true },   { WIFI_LOCK_PSK, 63, true },
        { WIFI_LOCK_PSK, 64, true },  { WIFI_LOCK_PSK, 65, false },
        { WIFI_LOCK_SAE, 1, true },   { WIFI_LOCK_SAE, 0, false },
        { WIFI_LOCK_SAE, 65, false },
    };
    char text[80];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        (void)snprintf(text, sizeof(text), "%.*s", (int)rows[i].n, digits);
        assert_int_equal(wifi_password_fits(rows[i].lock, text), rows[i].fits);
    }
    memset(text, 'z', 64);
    text[64] = 0;
    assert_false(wifi_password_fits(WIFI_LOCK_PSK, text)); /* no hexadecimal digits */
    assert_true(wifi_password_fits(WIFI_LOCK_PSK, "~ ^_`\\|\"'[]{}"));
    assert_false(wifi_password_fits(WIFI_LOCK_PSK, "mật khẩu dài"));
    assert_false(wifi_password_fits(WIFI_LOCK_PSK, "tab\there12"));
}

/* --- names ------------------------------------------------------------------------------ */

static void test_names_of_any_bytes_can_be_read(void **state)
{
    static const struct {
        const char *bytes;
        size_t n;
        const char *name;
    } rows[] = {
        { "nha-van-hoa-02", 14, "nha-van-hoa-02" },
        { "Nhà văn hóa", 14, "Nhà văn hóa" },
        { "\xff\xfe"
          "A",
          3, "??A" },
        { "a\0b", 3, "a?b" },
        { "a\nb\x7f", 4, "a?b?" },
        { "\xe2\x80\xae"
          "abc",
          6, "?abc" },
        { "\xf0\x9f\x98\x80", 4, "\xf0\x9f\x98\x80" },
        { "\xf0\x9f\x98", 3, "???" },
        { "   ", 3, "?" },
        { "\xc0\xaf", 2, "??" },
        { "", 0, "?" },
        { "01234567890123456789012345678901", 32, "01234567890123456789012345678901" },
    };
    char name[WIFI_NAME_BYTES];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct wifi_ssid ssid = ssid_of(rows[i].bytes, rows[i].n);

        wifi_name_of(&ssid, name);
        assert_string_equal(name, rows[i].name);
    }
}

static void test_a_typed_name_has_at_most_32_bytes(void **state)
{
    struct wifi_network n;

    (void)state;
    assert_true(wifi_typed("01234567890123456789012345678901", true, &n));
    assert_int_equal(n.ssid.n, 32);
    assert_true(n.hidden);
    assert_int_equal(n.lock, WIFI_LOCK_PSK);
    assert_false(wifi_typed("012345678901234567890123456789012", true, &n));
    assert_false(wifi_typed("", true, &n));
    assert_true(wifi_typed("cho", false, &n));
    assert_int_equal(n.lock, WIFI_LOCK_NONE);
}

/* --- rows ------------------------------------------------------------------------------- */

static struct wifi_heard heard_of(const char *name, int strength, enum wifi_lock lock)
{
    struct wifi_heard h = { .ssid = ssid_of(name, strlen(name)),
                            .strength = strength,
                            .lock = lock };

    (void)snprintf(h.path, sizeof(h.path), "/%s/%d", name, strength);
    return h;
}

static void test_the_joined_one_comes_first_then_known_then_strong(void **state)
{
    const struct wifi_heard heard[] = {
        heard_of("weak", 10, WIFI_LOCK_PSK),  heard_of("strong", 90, WIFI_LOCK_PSK),
        heard_of("known", 20, WIFI_LOCK_PSK), heard_of("mine", 30, WIFI_LOCK_PSK),
        heard_of("mine", 70, WIFI_LOCK_PSK),  heard_of("strong", 40, WIFI_LOCK_NONE),
        heard_of("", 99, WIFI_LOCK_PSK),
    };
    const struct wifi_profile profiles[] = {
        { "/s/1", ssid_of("known", 5) },
        { "/s/2", ssid_of("away", 4) },
        { "/s/3", ssid_of("mine", 4) },
        { "/s/4", { .n = 0 } }, /* a cable */
    };
    struct wifi_network rows[WIFI_NETWORKS_MAX];
    size_t n = wifi_list_make(heard, COUNT(heard), profiles, COUNT(profiles),
                              "/mine/30", rows);

    (void)state;
    assert_int_equal(n, 6);
    assert_string_equal(rows[0].name, "mine");
    assert_true(rows[0].joined && rows[0].known);
    assert_int_equal(rows[0].strength, 70); /* two transmitters of one network */
    assert_string_equal(rows[1].name, "known");
    assert_string_equal(rows[2].name, "away");
    assert_int_equal(rows[2].strength, -1);
    assert_string_equal(rows[3].name, "strong");
    assert_int_equal(rows[3].lock, WIFI_LOCK_PSK);
    assert_string_equal(rows[4].name, "strong"); /* an open one that looks the same */
    assert_int_equal(rows[4].lock, WIFI_LOCK_NONE);
    assert_string_equal(rows[5].name, "weak");
}

static void test_of_a_towns_networks_the_strongest_stay(void **state)
{
    struct wifi_heard heard[WIFI_HEARD_MAX];
    const struct wifi_profile known = { "/s/1", ssid_of("n0", 2) };
    struct wifi_network rows[WIFI_NETWORKS_MAX];
    char name[8];

    (void)state;
    for (int i = 0; i < WIFI_HEARD_MAX; i++) {
        (void)snprintf(name, sizeof(name), "n%d", i);
        heard[i] = heard_of(name, i * 100 / WIFI_HEARD_MAX, WIFI_LOCK_PSK);
    }
    assert_int_equal(wifi_list_make(heard, WIFI_HEARD_MAX, &known, 1, "", rows),
                     WIFI_NETWORKS_MAX);
    assert_string_equal(rows[0].name, "n0"); /* weak, but ours */
    for (size_t i = 1; i < WIFI_NETWORKS_MAX; i++) {
        assert_true(rows[i].strength >= 81);
        assert_true(i == 1 || strcmp(rows[i - 1].name, rows[i].name) < 0);
    }
}

/* --- the lamp --------------------------------------------------------------------------- */

static void put(const char *dir, const char *lamp, const char *most)
{
    char path[512];
    FILE *f;

    (void)snprintf(path, sizeof(path), "%s/%s", dir, lamp);
    assert_int_equal(mkdir(path, 0700), 0);
    (void)snprintf(path, sizeof(path), "%s/%s/max_brightness", dir, lamp);
    f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(most, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static long lamp_now(const struct backlight *b)
{
    long value = -1;
    FILE *f = fopen(b->path, "r");

    assert_non_null(f);
    assert_int_equal(fscanf(f, "%ld", &value), 1);
    assert_int_equal(fclose(f), 0);
    return value;
}

static void test_a_lamp_is_dimmed_but_never_dark(void **state)
{
    char dir[] = "/tmp/bdhvs-lamp-XXXXXX", command[128];
    struct backlight b;

    (void)state;
    assert_non_null(mkdtemp(dir));
    put(dir, "a-switch", "1\n"); /* on or off: not dimmed */
    put(dir, "broken", "much\n");
    put(dir, "panel", "255\n");
    put(dir, "second", "100\n");
    backlight_find(dir, &b);
    assert_non_null(strstr(b.path, "/panel/"));
    assert_int_equal(backlight_set(&b, 8), ERR_OK);
    assert_int_equal(lamp_now(&b), 204);
    assert_int_equal(backlight_set(&b, 0), ERR_OK);
    assert_int_equal(lamp_now(&b), 51);
    assert_int_equal(backlight_set(&b, 99), ERR_OK);
    assert_int_equal(lamp_now(&b), 255);
    (void)snprintf(command, sizeof(command), "rm -r '%s'", dir);
    assert_int_equal(system(command), 0);
    assert_int_equal(backlight_set(&b, 5), ERR_OFFLINE); /* it was pulled out */
}

static void test_without_a_lamp_nothing_is_dimmed(void **state)
{
    struct backlight b;

    (void)state;
    backlight_find("/nowhere", &b);
    assert_string_equal(b.path, "");
    assert_int_equal(backlight_set(&b, 5), ERR_OFFLINE);
}

/* --- no D-Bus --------------------------------------------------------------------------- */

static void test_without_a_bus_everybody_says_so_at_once(void **state)
{
    struct wifi_status st;
    struct machine m;

    (void)state;
    machine_open(&m, "unix:path=/nowhere/bus", NULL, NULL, NULL);
    (void)machine_tick(&m, true, 1000);
    wifi_status(m.wifi, &st);
    assert_int_equal(st.state, WIFI_NO_BUS);
    assert_int_equal(st.n, 0);
    assert_in_range(machine_wait_ms(&m, 1000), 1, BUS_RETRY_MS);
    power_ask(m.power, POWER_OFF, 2000);
    assert_int_equal(power_state(m.power), POWER_NO_ONE);
    power_seen(m.power);
    (void)machine_tick(&m, false, 3000); /* nobody looks: nobody is woken */
    assert_int_equal(machine_wait_ms(&m, 3000), -1);
    machine_close(&m);
}

static void test_by_hand_nothing_is_asked(void **state)
{
    struct machine m;

    (void)state;
    machine_open(&m, NULL, NULL, NULL, NULL);
    assert_null(m.wifi);
    assert_null(m.power);
    assert_false(machine_tick(&m, true, 1000));
    assert_int_equal(machine_wait_ms(&m, 1000), -1);
    machine_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_flags_tell_the_lock),
        cmocka_unit_test(test_passwords_are_as_long_as_the_standard_asks),
        cmocka_unit_test(test_names_of_any_bytes_can_be_read),
        cmocka_unit_test(test_a_typed_name_has_at_most_32_bytes),
        cmocka_unit_test(test_the_joined_one_comes_first_then_known_then_strong),
        cmocka_unit_test(test_of_a_towns_networks_the_strongest_stay),
        cmocka_unit_test(test_a_lamp_is_dimmed_but_never_dark),
        cmocka_unit_test(test_without_a_lamp_nothing_is_dimmed),
        cmocka_unit_test(test_without_a_bus_everybody_says_so_at_once),
        cmocka_unit_test(test_by_hand_nothing_is_asked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
