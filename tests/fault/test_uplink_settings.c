/* Settings that are newer than ours: only our server's word for our commune is taken, whole,
 * and nothing older than what is held. By HTTP and by stick. */
#include "../unit/cmocka_all.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/hash.h"
#include "kiosk_and_server.h"
#include "store/commune.h"
#include "store/notices.h"

#define OLD                                                                        \
    "{\"thon\":{\"t07\":\"Bản Cũ\"},\"targets\":[{\"group\":\"g2\",\"period\":" \
    "\"2026-H2\",\"value\":5,\"due\":\"2026-12-31\",\"document\":\"KH\"}]}"
#define NEW                                                                      \
    "{\"thon\":{\"t07\":\"Bản Mới\"},\"notices\":[{\"id\":\"tb1\",\"from\":" \
    "\"2026-11-20\",\"to\":\"2026-11-30\",\"text\":\"Thứ bảy có lớp.\","  \
    "\"source\":\"UBND xã\"}]}"

static void offer(struct kiosk *k, int64_t ver, const char *settings)
{
    k->server.settings_ver = ver;
    k->server.settings = settings;
}

/* Something new to say, so that there is an ack, and what it offers is asked for. */
static void meet(struct kiosk *k)
{
    kiosk_complete(k, 1);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    kiosk_settle(k);
    kiosk_settle(k);
}

static void check_name(struct kiosk *k, const char *want)
{
    struct arena arena = { 0 };

    assert_string_equal(commune_name(k->db, COMMUNE_THON, "t07", &arena), want);
    arena_finish(&arena);
}

static int64_t held(struct kiosk *k)
{
    char inst[COMMUNE_INST_MAX + 1];

    return commune_settings_held(k->db, inst);
}

static size_t n_targets(struct kiosk *k)
{
    struct commune_target *targets;
    struct arena arena = { 0 };
    size_t n;

    assert_int_equal(commune_targets(k->db, "2026-H2", &arena, &targets, &n), ERR_OK);
    arena_finish(&arena);
    return n;
}

static void test_newer_settings_come_after_an_ack(void **state)
{
    struct kiosk *k = *state;
    struct notice notices[NOTICES_MAX];
    struct arena arena = { 0 };
    int64_t change_ms;
    size_t n;

    offer(k, 3, OLD);
    meet(k);
    check_name(k, "Bản Cũ");
    assert_int_equal(n_targets(k), 1);
    meet(k); /* the same version is not asked for again */
    assert_int_equal(k->server.n_settings_asked, 1);
    offer(k, 4, NEW);
    meet(k);
    assert_int_equal(held(k), 4);
    assert_int_equal(uplink_settings_taken(k->uplink), 2);
    check_name(k, "Bản Mới");
    assert_int_equal(n_targets(k), 0); /* the server has it no more */
    assert_int_equal(notices_now(k->db, &arena, notices, &n, &change_ms), ERR_OK);
    assert_int_equal(n, 1);
    assert_string_equal(notices[0].text, "Thứ bảy có lớp.");
    kiosk_restart(k);
    assert_int_equal(held(k), 4);
    check_name(k, "Bản Mới");
    arena_finish(&arena);
}

static const struct lie_row {
    const char *name;
    enum settings_lie lie;
} lie_rows[] = {
    { "forged settings change nothing", SETTINGS_FORGED },
    { "nor do those of another question", SETTINGS_REPLAYED },
    { "nor does signed garbage", SETTINGS_GARBAGE },
    { "nor do those of the commune next door", SETTINGS_NEIGHBOUR },
    { "nor does half an answer", SETTINGS_CUT },
    { "an older server has none", SETTINGS_MISSING },
};

static void check_lie(void **state)
{
    const struct lie_row *r = *state;
    struct kiosk *k;
    void *fixture;

    kiosk_setup(&fixture);
    k = fixture;
    kiosk_behave(k, HONEST);
    offer(k, 3, OLD);
    meet(k);
    offer(k, 4, NEW);
    k->server.lie = r->lie;
    meet(k);
    assert_int_equal(k->server.n_settings_asked, 2);
    assert_int_equal(held(k), 3);
    check_name(k, "Bản Cũ");
    /* the sending itself went well, and says so */
    assert_int_equal(kiosk_status(k).outcome, SYNC_VERIFIED);
    k->server.lie = SETTINGS_TRUE; /* the next ack offers them again */
    meet(k);
    assert_int_equal(held(k), 4);
    kiosk_teardown(&fixture);
}

static void test_an_older_version_is_neither_asked_for_nor_taken(void **state)
{
    struct kiosk *k = *state;

    offer(k, 4, NEW);
    meet(k);
    offer(k, 3, OLD);
    meet(k);
    assert_int_equal(k->server.n_settings_asked, 1);
    assert_int_equal(held(k), 4);
    check_name(k, "Bản Mới");
}

static void test_a_server_that_was_put_back_is_believed(void **state)
{
    struct kiosk *k = *state;

    offer(k, 4, NEW);
    meet(k);
    offer(k, 3, OLD);
    k->server.inst = "i2";
    meet(k);
    assert_int_equal(held(k), 3);
    check_name(k, "Bản Cũ");
    meet(k);
    assert_int_equal(k->server.n_settings_asked, 2);
}

static void test_a_full_disk_keeps_the_old_settings_whole(void **state)
{
    struct kiosk *k = *state;
    struct rlimit before, full;

    offer(k, 3, OLD);
    meet(k);
    offer(k, 4, NEW);
    kiosk_complete(k, 1);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED); /* they are on their way … */
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    full = before;
    full.rlim_cur = 1;
    assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &full), 0);
    kiosk_settle(k);
    kiosk_settle(k);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    k->mono_ms += 60000;
    kiosk_restart(k);
    if (held(k) == 3) { /* … and if they did not fit, nothing of them is there */
        check_name(k, "Bản Cũ");
        assert_int_equal(n_targets(k), 1);
        meet(k);
    }
    assert_int_equal(held(k), 4);
    check_name(k, "Bản Mới");
    assert_int_equal(n_targets(k), 0);
}

/* --- the stick ---------------------------------------------------------------------- */

static void put_settings(struct kiosk *k)
{
    char path[256];
    struct buf jws;

    snprintf(path, sizeof(path), "%s/stick/BDHVS/in", k->dir);
    assert_int_equal(file_make_folder(path), ERR_OK);
    snprintf(path, sizeof(path), "%s/stick/BDHVS/in/settings.jws", k->dir);
    buf_init(&jws, JWS_BYTES_MAX);
    server_settings_jws(&k->server, NULL, &jws);
    assert_int_equal(file_replace(path, jws.data, jws.len, 0644), ERR_OK);
    buf_finish(&jws);
}

static void carry(struct kiosk *k, struct uplink_courier *out)
{
    char stick[256];

    snprintf(stick, sizeof(stick), "%s/stick", k->dir);
    assert_int_equal(uplink_courier(k->uplink, stick, out), ERR_OK);
}

static void test_a_stick_brings_them_to_a_kiosk_without_a_network(void **state)
{
    struct kiosk *k = *state;
    struct uplink_courier c;

    offer(k, 4, NEW);
    put_settings(k);
    carry(k, &c);
    assert_int_equal(c.settings, 1);
    assert_int_equal(c.ignored, 0);
    assert_int_equal(held(k), 4);
    check_name(k, "Bản Mới");
    carry(k, &c); /* it stays in: nothing new */
    assert_int_equal(c.settings, 0);
    offer(k, 3, OLD);
    put_settings(k);
    carry(k, &c); /* an old stick */
    assert_int_equal(c.settings, 0);
    assert_int_equal(held(k), 4);
}

static void test_a_stick_of_a_servers_earlier_life_changes_nothing(void **state)
{
    struct kiosk *k = *state;
    struct uplink_courier c;

    offer(k, 4, NEW);
    meet(k);
    offer(k, 90, OLD);
    k->server.inst = "i0";
    put_settings(k);
    carry(k, &c);
    assert_int_equal(c.settings, 0);
    check_name(k, "Bản Mới");
}

static void test_a_forged_stick_is_ignored(void **state)
{
    static const enum settings_lie lies[] = { SETTINGS_FORGED, SETTINGS_GARBAGE,
                                              SETTINGS_NEIGHBOUR };
    struct kiosk *k = *state;
    struct uplink_courier c;

    offer(k, 4, NEW);
    for (size_t i = 0; i < COUNT(lies); i++) {
        k->server.lie = lies[i];
        put_settings(k);
        carry(k, &c);
        assert_int_equal(c.ignored, 1);
        assert_int_equal(held(k), 0);
    }
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, kiosk_setup, kiosk_teardown)

int main(void)
{
    static const struct CMUnitTest single[] = {
        WITH(test_newer_settings_come_after_an_ack),
        WITH(test_an_older_version_is_neither_asked_for_nor_taken),
        WITH(test_a_server_that_was_put_back_is_believed),
        WITH(test_a_full_disk_keeps_the_old_settings_whole),
        WITH(test_a_stick_brings_them_to_a_kiosk_without_a_network),
        WITH(test_a_stick_of_a_servers_earlier_life_changes_nothing),
        WITH(test_a_forged_stick_is_ignored),
    };
    struct CMUnitTest tests[COUNT(lie_rows) + COUNT(single)];

    memcpy(tests, single, sizeof(single));
    for (size_t i = 0; i < COUNT(lie_rows); i++)
        tests[COUNT(single) + i] =
            (struct CMUnitTest){ .name = lie_rows[i].name,
                                 .test_func = check_lie,
                                 .initial_state = (void *)&lie_rows[i] };
    hash_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
