/* Set-up files: every fault with its place, nothing kept of a wrong one nor of a trial, what is
 * typed instead, and who may have signed. */
#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"

#include "app/provision.h"
#include "app/provision_signed.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "store/class.h"
#include "store/staff.h"
#include "store_fixture.h"

#define ADMIN "{\"alias\":\"Minh\",\"role\":\"administrator\",\"pin\":\"739204\"}"
#define PHRASE "\"passphrase\":\"nuoc suoi trong\""
#define GOOD                                                                          \
    "{\"commune\":{\"code\":\"21520\",\"name\":\"xã Đặng Thùy Trâm\"}," PHRASE        \
    ",\"thon\":{\"t01\":\"Nước Giáp\"},\"units\":{\"u01\":\"Hội Nông dân\"}," \
    "\"place\":{\"thon\":\"t01\",\"name\":\"Nhà văn "                               \
    "hóa\"},\"settings\":{\"bar_low\":1},"                                           \
    "\"server\":{\"url\":\"https://xa.example\",\"code\":\"ABCD1234\"},"              \
    "\"calendar\":[{\"weekday\":6,\"from\":\"07:30\",\"to\":\"10:00\",\"thon\":"      \
    "\"t01\"}],"                                                                      \
    "\"staff\":[" ADMIN "]}"
#define WITH(more) "{" PHRASE ",\"staff\":[" ADMIN "]," more "}"
#define STAFF(one) "{" PHRASE ",\"staff\":[" ADMIN "," one "]}"

static const struct row {
    const char *name, *json, *says;
} rows[] = {
    { "no JSON", "xin chào", "line 1" },
    { "a list", "[]", "an object is needed" },
    { "a member twice", "{\"thon\":{},\"thon\":{}}", "duplicate" },
    { "an unknown member", WITH("\"pasword\":\"x\""), "pasword: no such member" },
    { "a list where an object should be", WITH("\"thon\":[]"), "thon: an object" },
    { "nobody to administer", "{" PHRASE "}", "staff: an administrator is needed" },
    { "no passphrase", "{\"staff\":[" ADMIN "]}", "passphrase: at least 10" },
    { "a short passphrase", "{\"passphrase\":\"ngan\",\"staff\":[" ADMIN "]}",
      "passphrase: at least 10" },
    { "a role that is none",
      STAFF("{\"alias\":\"A\",\"role\":\"mayor\",\"pin\":\"739204\"}"),
      "staff[1].role" },
    { "an easy PIN", STAFF("{\"alias\":\"A\",\"role\":\"editor\",\"pin\":\"123456\"}"),
      "staff[1].pin" },
    { "a face that is none",
      STAFF("{\"alias\":\"A\",\"role\":\"editor\",\"pin\":\"739204\",\"picture\":6}"),
      "staff[1].picture" },
    { "nobody's name", STAFF("{\"alias\":\"\",\"role\":\"editor\",\"pin\":\"739204\"}"),
      "staff[1].alias" },
    { "a member of staff that is unknown",
      STAFF("{\"alias\":\"A\",\"role\":\"editor\",\"pin\":\"739204\",\"phone\":\"0\"}"),
      "staff[1].phone: no such member" },
    { "a hamlet without a name", WITH("\"thon\":{\"t01\":\"\"}"), "thon.t01" },
    { "a code that is none", WITH("\"units\":{\"U 1\":\"Hội\"}"), "units.U 1" },
    { "a setting that is none", WITH("\"settings\":{\"dpi\":1}"), "settings.dpi" },
    { "a setting out of range", WITH("\"settings\":{\"screen_dpi\":9999}"),
      "settings.screen_dpi" },
    { "a day that is none", WITH("\"calendar\":[{\"weekday\":7}]"),
      "calendar[0].weekday" },
    { "a time that is none",
      WITH("\"calendar\":[{\"weekday\":1,\"from\":\"7h\",\"to\":\"10:00\",\"thon\":"
           "\"t01\"}]"),
      "calendar[0].thon, from, to" },
    { "a server without a lock", WITH("\"server\":{\"url\":\"http://x\"}"),
      "server.url" },
    { "a key in the file", WITH("\"server\":{\"url\":\"https://x\",\"pin\":\"x\"}"),
      "server.pin: no such member" },
};

static struct fixture *fixture; /* of the row */

static size_t n_staff(struct fixture *f)
{
    struct arena arena = { 0 };
    struct staff *list;
    size_t n = 0;

    assert_int_equal(staff_list(f->db, &arena, &list, &n), ERR_OK);
    arena_finish(&arena);
    return n;
}

static bool has_key(struct fixture *f)
{
    struct vault *vault;
    bool exists;

    assert_int_equal(vault_open(f->db, &vault), ERR_OK);
    exists = vault_exists(vault);
    vault_close(vault);
    return exists;
}

static void assert_untouched(struct fixture *f)
{
    assert_int_equal(n_staff(f), 0);
    assert_false(has_key(f));
    assert_string_equal(db_setting(f->db, "commune.name", "none"), "none");
    assert_string_equal(db_setting(f->db, "set.bar_low", "none"), "none");
}

static const struct provision_typed nothing = { NULL, NULL };

static void check_row(void **state)
{
    const struct row *r = *state;
    char recovery[VAULT_SECRET_CHARS];
    struct buf why;
    void *made = NULL;

    assert_int_equal(fixture_setup(&made), 0);
    fixture = made;
    buf_init(&why, PROVISION_FAULTS_MAX);
    assert_int_equal(provision(fixture->db, r->json, strlen(r->json), &nothing,
                               recovery, NULL, &why),
                     ERR_REJECTED);
    if (!strstr(buf_text(&why), r->says))
        fail_msg("\"%s\" is not in \"%s\"", r->says, buf_text(&why));
    assert_untouched(fixture);
    buf_finish(&why);
    assert_int_equal(fixture_teardown(&made), 0);
}

static void test_every_fault_is_told_at_once(void **state)
{
    static const char json[] =
        "{\"x\":1,\"thon\":{\"t01\":\"\"},\"settings\":{\"dpi\":1}}";
    static const char *const places[] = { "x: ", "thon.t01: ", "settings.dpi: ",
                                          "staff: ", "passphrase: " };
    struct fixture *f = *state;
    char recovery[VAULT_SECRET_CHARS];
    struct buf why;

    buf_init(&why, PROVISION_FAULTS_MAX);
    assert_int_equal(
        provision(f->db, json, strlen(json), &nothing, recovery, NULL, &why),
        ERR_REJECTED);
    for (size_t i = 0; i < COUNT(places); i++)
        assert_non_null(strstr(buf_text(&why), places[i]));
    buf_finish(&why);
}

static void test_a_trial_tells_and_keeps_nothing(void **state)
{
    struct fixture *f = *state;
    struct provision_holds holds;
    struct buf why;

    buf_init(&why, PROVISION_FAULTS_MAX);
    assert_int_equal(provision_try(f->db, GOOD, strlen(GOOD), &holds, &why), ERR_OK);
    assert_string_equal(buf_text(&why), "");
    assert_string_equal(holds.commune, "xã Đặng Thùy Trâm");
    assert_string_equal(holds.admin, "Minh");
    assert_string_equal(holds.url, "https://xa.example");
    assert_int_equal(holds.n_thon + holds.n_units + holds.n_staff + holds.n_slots, 4);
    assert_false(holds.wants_pin || holds.wants_passphrase);
    assert_untouched(f);
    fixture_reopen(f);
    assert_untouched(f);
    buf_finish(&why);
}

static void test_it_sets_up_whole_and_once(void **state)
{
    struct fixture *f = *state;
    char recovery[VAULT_SECRET_CHARS];
    struct vault *vault = NULL;
    struct buf why;

    buf_init(&why, PROVISION_FAULTS_MAX);
    assert_int_equal(
        provision(f->db, GOOD, strlen(GOOD), &nothing, recovery, &vault, &why), ERR_OK);
    assert_true(vault_is_unlocked(vault));
    vault_close(vault);
    assert_int_equal(n_staff(f), 1);
    assert_string_equal(db_setting(f->db, "set.bar_low", ""), "1");
    assert_int_equal(
        provision(f->db, GOOD, strlen(GOOD), &nothing, recovery, NULL, &why),
        ERR_REJECTED);
    assert_non_null(strstr(buf_text(&why), "set up already"));
    buf_finish(&why);
}

static void test_what_is_left_out_is_typed(void **state)
{
    static const char json[] =
        "{\"staff\":[{\"alias\":\"Minh\",\"role\":\"administrator\"}]}";
    static const struct provision_typed easy = { "123456", "nuoc suoi trong" };
    static const struct provision_typed typed = { "739204", "nuoc suoi trong" };
    struct fixture *f = *state;
    char recovery[VAULT_SECRET_CHARS];
    struct provision_holds holds;
    struct vault *vault;
    struct buf why;

    buf_init(&why, PROVISION_FAULTS_MAX);
    assert_int_equal(provision_try(f->db, json, strlen(json), &holds, &why), ERR_OK);
    assert_true(holds.wants_pin && holds.wants_passphrase);
    assert_int_equal(
        provision(f->db, json, strlen(json), &nothing, recovery, NULL, &why),
        ERR_REJECTED);
    assert_int_equal(provision(f->db, json, strlen(json), &easy, recovery, NULL, &why),
                     ERR_REJECTED);
    assert_untouched(f);
    assert_int_equal(provision(f->db, json, strlen(json), &typed, recovery, NULL, &why),
                     ERR_OK);
    fixture_reopen(f);
    assert_int_equal(vault_open(f->db, &vault), ERR_OK);
    assert_int_equal(vault_unlock(vault, VAULT_PASSPHRASE, typed.passphrase), ERR_OK);
    vault_close(vault);
    buf_finish(&why);
}

static void test_a_typed_pin_is_the_first_administrators_alone(void **state)
{
    static const char json[] = "{" PHRASE ",\"staff\":["
                               "{\"alias\":\"A\",\"role\":\"administrator\"},"
                               "{\"alias\":\"B\",\"role\":\"administrator\"},"
                               "{\"alias\":\"C\",\"role\":\"volunteer\"}]}";
    static const struct provision_typed typed = { "739204", NULL };
    struct fixture *f = *state;
    char recovery[VAULT_SECRET_CHARS];
    struct buf why;

    buf_init(&why, PROVISION_FAULTS_MAX);
    assert_int_equal(provision(f->db, json, strlen(json), &typed, recovery, NULL, &why),
                     ERR_REJECTED);
    assert_null(strstr(buf_text(&why), "staff[0]"));
    assert_non_null(strstr(buf_text(&why), "staff[1].pin"));
    assert_non_null(strstr(buf_text(&why), "staff[2].pin"));
    buf_finish(&why);
}

static void test_a_signature_is_wanted_where_there_is_a_key(void **state)
{
    static const char key[] =
        "untrusted comment: x\n"
        "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\n";
    struct fixture *f = *state;
    char why[200], path[128];

    snprintf(path, sizeof(path), "%s", fixture_path(f, "provision.pub"));
    assert_int_equal(provision_verify(path, "{}", 2, NULL, why, sizeof(why)),
                     ERR_OFFLINE);
    assert_int_equal(file_replace(path, key, strlen(key), 0600), ERR_OK);
    assert_int_equal(provision_verify(path, "{}", 2, NULL, why, sizeof(why)),
                     ERR_REJECTED);
    assert_non_null(strstr(why, "not signed"));
    assert_int_equal(provision_verify(path, "{}", 2, "rubbish\n", why, sizeof(why)),
                     ERR_REJECTED);
    assert_int_equal(file_replace(path, "rubbish", 7, 0600), ERR_OK);
    assert_int_equal(provision_verify(path, "{}", 2, NULL, why, sizeof(why)),
                     ERR_REJECTED);
    assert_non_null(strstr(why, "no public key"));
}

#define CASE(test) \
    cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest whole[] = {
        CASE(test_every_fault_is_told_at_once),
        CASE(test_a_trial_tells_and_keeps_nothing),
        CASE(test_it_sets_up_whole_and_once),
        CASE(test_what_is_left_out_is_typed),
        CASE(test_a_typed_pin_is_the_first_administrators_alone),
        CASE(test_a_signature_is_wanted_where_there_is_a_key),
    };
    struct CMUnitTest tests[COUNT(rows)];
    int failed;

    for (size_t i = 0; i < COUNT(rows); i++)
        tests[i] = (struct CMUnitTest){ .name = rows[i].name,
                                        .test_func = check_row,
                                        .initial_state = (void *)&rows[i] };
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    return failed + cmocka_run_group_tests(whole, NULL, NULL);
}
