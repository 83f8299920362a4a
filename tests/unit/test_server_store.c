/* The database behind the server: settings, backups, a second process, and what happens
 * when it fails in the middle of a merge. */
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "backup.h"
#include "base/check.h"
#include "base/file.h"
#include "cmocka_all.h"
#include "password.h"
#include "server_rig.h"
#include "settings.h"
#include "totals.h"

/* --- a driver that fails ---------------------------------------------------------- */

static struct store_driver failing;
static const struct store_driver *real;
static enum query fail_at;
static enum err fail_run_with;
static enum err fail_commit_with;

static enum err run_failing(struct store *s, enum query q, const struct param *params,
                            size_t n, row_fn *row, void *ctx)
{
    if (fail_run_with && q == fail_at)
        return fail_run_with;
    return real->run(s, q, params, n, row, ctx);
}

static enum err transact_failing(struct store *s, enum tx tx)
{
    if (tx == TX_COMMIT && fail_commit_with)
        return fail_commit_with;
    return real->transact(s, tx);
}

static void let_fail(struct rig *r)
{
    real = r->server.store->driver;
    failing = *real;
    failing.run = run_failing;
    failing.transact = transact_failing;
    r->server.store->driver = &failing;
}

/* A mistyped path must not leave a database that belongs to whoever typed it. */
static void test_only_init_makes_a_database(void **state)
{
    struct rig *r = *state;
    struct server other;
    char uri[128];

    snprintf(uri, sizeof(uri), "sqlite:%s/typo.db", r->dir);
    assert_int_equal(server_open(uri, &r->clock, &other), ERR_REJECTED);
    assert_int_equal(access(strchr(uri, ':') + 1, F_OK), -1);
}

/* --- sums --------------------------------------------------------------------------- */

static const char *totals_of(struct rig *r, const char *kiosk)
{
    struct buf json;
    char *text;

    buf_init(&json, 1 << 20);
    assert_int_equal(totals_json(&r->server, kiosk, &json), ERR_OK);
    text = arena_strdup(&r->arena, buf_text(&json));
    buf_finish(&json);
    return text;
}

static void merge_at_random(struct rig *r)
{
    uint32_t seed = 77;

    for (int64_t n = 1; n <= 60; n++) {
        struct bundle b = rig_bundle(r, n, 1, 9);

        for (int i = 0; i < 5; i++) {
            char unit[] = { 'a', 0 };

            seed = seed * 1664525U + 1013904223U;
            unit[0] = (char)('a' + (seed >> 8) % 3);
            b.runs[0].id = b.known[0].run = 1 + (seed >> 12) % 3;
            b.runs[0].ord = (int64_t)b.runs[0].id;
            rig_count(r, &b, "completions", "2026-11-22", unit, (seed >> 16) % 20,
                      (seed >> 20) % 30);
            rig_gauge(r, &b, "active", "all", (seed >> 24) % 50, (seed >> 10) % 40);
        }
        assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    }
}

static void test_the_sum_of_all_is_what_its_rows_add_up_to(void **state)
{
    struct rig *r = *state;

    merge_at_random(r);
    assert_string_equal(totals_of(r, ""), totals_of(r, r->kiosk));
}

static const char back_to_step_1[] =
    "DROP TRIGGER counter_is_new; DROP TRIGGER counter_grew; DROP TRIGGER gauge_is_new;"
    "DROP TRIGGER gauge_moved; DROP TABLE sum_of_all; DROP TABLE frozen;"
    "DROP TABLE entry; DROP TABLE reached; DROP TABLE difficulty; DROP TABLE audit;"
    "ALTER TABLE admin DROP COLUMN role; ALTER TABLE kiosk DROP COLUMN temp_c;"
    "ALTER TABLE kiosk DROP COLUMN power_cuts; ALTER TABLE kiosk DROP COLUMN undervolt;"
    "DROP INDEX counter_of_day; CREATE INDEX counter_whole ON counter(stat);"
    "CREATE INDEX counter_thon ON counter(stat);"
    "CREATE INDEX counter_by_period ON counter(kiosk);"
    "ALTER TABLE kiosk DROP COLUMN commune; ALTER TABLE kiosk DROP COLUMN system; "
    "ALTER TABLE enrol_code DROP COLUMN commune;"
    "DROP TABLE forward; PRAGMA user_version = 1";

static void test_a_database_without_sums_gains_them(void **state)
{
    struct rig *r = *state;
    const char *before;
    sqlite3 *sq;

    merge_at_random(r);
    before = totals_of(r, "");
    server_close(&r->server);
    assert_int_equal(sqlite3_open(strchr(r->uri, ':') + 1, &sq), SQLITE_OK);
    assert_int_equal(sqlite3_exec(sq, back_to_step_1, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(sq);
    assert_int_equal(server_open(r->uri, &r->clock, &r->server), ERR_OK);
    assert_string_equal(totals_of(r, ""), before);
    merge_at_random(r); /* nothing new */
    assert_string_equal(totals_of(r, ""), before);
}

static void test_a_merge_that_fails_leaves_no_trace(void **state)
{
    static const struct {
        enum query at;
        enum err run;
        enum err commit;
        bool broken;
    } rows[] = {
        { Q_COUNT_MERGE, ERR_FULL, ERR_OK, false },
        { Q_GAUGE_MERGE, ERR_RETRY, ERR_OK, false },
        { Q_KIOSK_SEEN, ERR_FULL, ERR_OK, false },
        { Q_RUNS_OF, ERR_FULL, ERR_OK, false },
        { QUERY_COUNT, ERR_OK, ERR_FULL, false },
        { Q_COUNT_MERGE, ERR_CORRUPT, ERR_OK, true },
    };
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 3);

    rig_count(r, &b, "completions", "2026-11-22", "m09-b03", 2, 0);
    rig_gauge(r, &b, "registered", "all", 5, 3);
    let_fail(r);
    for (size_t i = 0; i < COUNT(rows); i++) {
        fail_at = rows[i].at;
        fail_run_with = rows[i].run;
        fail_commit_with = rows[i].commit;
        assert_int_equal(rig_send(r, &b), INGEST_LATER);
        assert_int_equal(r->server.broken, rows[i].broken);
        fail_run_with = fail_commit_with = ERR_OK;
        assert_string_equal(rig_totals(r), "{\"schema\":1,\"rows\":[]}");
    }
    assert_int_equal(rig_send(r, &b), INGEST_LATER); /* broken: no more answers */
    rig_restart(r);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
}

/* Sends bundles until the disk takes no more; the exit status is how many were taken. */
static void send_until_refused(struct rig *r)
{
    const struct rlimit limit = { 400000, 400000 };
    int n = 0;

    signal(SIGXFSZ, SIG_IGN);
    if (server_open(r->uri, &r->clock, &r->server) || setrlimit(RLIMIT_FSIZE, &limit))
        _exit(255);
    for (; n < 250; n++) {
        struct bundle b = rig_bundle(r, n + 1, n + 1, n + 1);

        for (int i = 0; i < 40; i++)
            rig_count(r, &b, "starts", "2026-11-22",
                      arena_printf(&r->arena, "u%d-%d", n, i), 1, 0);
        if (rig_send(r, &b) != INGEST_TAKEN)
            break;
    }
    _exit(n);
}

static void test_a_disk_that_takes_no_more_loses_nothing_acknowledged(void **state)
{
    struct rig *r = *state;
    const char *totals;
    pid_t child;
    int status;
    int taken;

    server_close(&r->server);
    child = fork();
    assert_true(child >= 0);
    if (!child)
        send_until_refused(r);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    taken = WEXITSTATUS(status);
    assert_true(taken > 2 && taken < 250);
    assert_int_equal(server_open(r->uri, &r->clock, &r->server), ERR_OK);
    totals = rig_totals(r);
    for (int n = 0; n < taken; n++)
        for (int i = 0; i < 40; i++)
            assert_non_null(
                strstr(totals, arena_printf(&r->arena, "\"u%d-%d\",\"-\",1]", n, i)));
    assert_null(strstr(totals, arena_printf(&r->arena, "\"u%d-", taken)));
}

/* --- opening ---------------------------------------------------------------------- */

static void test_a_second_process_is_told_to_wait(void **state)
{
    struct rig *r = *state;
    struct server second;

    assert_int_equal(server_open(r->uri, &r->clock, &second), ERR_RETRY);
}

static void test_init_makes_one_identity_and_keeps_it(void **state)
{
    struct rig *r = *state;
    struct jws_key before = r->server.key;
    char inst[17];

    memcpy(inst, r->server.inst, sizeof(inst));
    server_close(&r->server);
    assert_int_equal(server_init(r->uri, &r->clock, "99999", "other", "$x", ""),
                     ERR_REJECTED);
    assert_int_equal(server_open(r->uri, &r->clock, &r->server), ERR_OK);
    assert_memory_equal(&r->server.key, &before, sizeof(before));
    assert_string_equal(r->server.inst, inst);
    assert_string_equal(r->server.commune, RIG_COMMUNE);
}

static void test_an_empty_database_is_no_server(void **state)
{
    struct rig *r = *state;
    struct server empty;
    char uri[128];

    snprintf(uri, sizeof(uri), "sqlite:%s/copy.db", r->dir);
    assert_int_equal(file_replace(strchr(uri, ':') + 1, "", 0, 0600), ERR_OK);
    assert_int_equal(server_open(uri, &r->clock, &empty), ERR_REJECTED);
    assert_int_equal(server_open("mysql:x", &r->clock, &empty), ERR_REJECTED);
    assert_int_equal(server_init("sqlite:/nowhere/at/all.db", &r->clock, RIG_COMMUNE,
                                 "minh", "$x", ""),
                     ERR_CORRUPT);
}

static void test_a_backup_that_is_put_back_has_a_new_inst(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 3);
    struct server copy;
    char path[128];
    char uri[160];
    char inst[17];

    rig_count(r, &b, "completions", "2026-11-22", "m09-b03", 2, 0);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    snprintf(path, sizeof(path), "%s/copy.db", r->dir);
    snprintf(uri, sizeof(uri), "sqlite:%s", path);
    assert_int_equal(backup_write(&r->server, path), ERR_OK);
    assert_int_equal(server_open(uri, &r->clock, &copy), ERR_OK);
    assert_string_not_equal(copy.inst, r->server.inst);
    assert_string_equal(copy.key.kid, r->server.key.kid);
    memcpy(inst, copy.inst, sizeof(inst));
    server_close(&copy);
    assert_int_equal(server_open(uri, &r->clock, &copy), ERR_OK);
    assert_string_equal(copy.inst, inst); /* once, not at every start */
    server_close(&copy);
    rig_restart(r);
    assert_string_not_equal(r->server.inst, inst); /* the original keeps its own */
}

/* --- settings --------------------------------------------------------------------- */

static void test_settings_are_checked_one_by_one(void **state)
{
    static const struct {
        const char *key;
        const char *value;
        enum err want;
    } rows[] = {
        { "thon.t01", "Nước Giáp", ERR_OK },
        { "commune.name", "Xã Đặng Thùy Trâm", ERR_OK },
        { "thon.t01", "", ERR_OK },
        { "commune.code", "1", ERR_REJECTED },
        { "secret_key", "x", ERR_REJECTED },
        { "thon", "x", ERR_REJECTED },
        { "thon.", "x", ERR_REJECTED },
        { "thon.T 1", "x", ERR_REJECTED },
        { "thon.t01", "two\nlines", ERR_REJECTED },
        { "thon.t01", "\xC3(", ERR_REJECTED },
        { "unit.u01", "Hội Phụ nữ xã", ERR_OK },
        { "target.g2.2026-h2", "120; 2026-12-31; KH 06/KH-UBND", ERR_OK },
        { "target.all.2026", "400; 2026-12-31; KH 06/KH-UBND", ERR_OK },
        { "target.g2.2026-h2", "", ERR_OK },
        { "target.g2.2026-h3", "120; 2026-12-31; KH", ERR_REJECTED },
        { "target.g2", "120; 2026-12-31; KH", ERR_REJECTED },
        { "target.g2.2026", "120; 2026-02-30; KH", ERR_REJECTED },
        { "target.g2.2026", "-5; 2026-12-31; KH", ERR_REJECTED },
        { "target.g2.2026", "5; 2026-12-31", ERR_REJECTED },
        { "target.g2.2026", "5; 2026-12-31; KH; more", ERR_REJECTED },
        { "base.t01.2026", "90; 360; 240; 2026-01-15; Công an xã", ERR_OK },
        { "base.t01.2027", "-; 360; 240; 2027-01-15; Công an xã", ERR_OK },
        { "base.t01.2026", "90; 240; 360; 2026-01-15; Công an xã", ERR_REJECTED },
        { "base.t01.2026-h1", "90; 360; 240; 2026-01-15; Công an xã", ERR_REJECTED },
    };
    struct rig *r = *state;
    int64_t version = 0;

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *why = "";

        assert_int_equal(settings_set(&r->server, rows[i].key, rows[i].value, &why),
                         rows[i].want);
        version += rows[i].want == ERR_OK;
        assert_int_equal(settings_version(&r->server), version);
        assert_int_equal(*why != 0, rows[i].want != ERR_OK);
    }
}

static void test_a_settings_file_is_taken_whole_or_not_at_all(void **state)
{
    static const struct {
        const char *json;
        enum err want;
    } rows[] = {
        { "{\"thon\":{\"t01\":\"A\"},\"commune.name\":\"B\"}", ERR_OK },
        { "{\"thon\":{\"t02\":\"C\",\"T 3\":\"D\"}}", ERR_REJECTED },
        { "{\"thon\":{\"t02\":5}}", ERR_REJECTED },
        { "[]", ERR_REJECTED },
        { "{\"thon\":[\"t02\"]}", ERR_REJECTED },
        { "nonsense", ERR_REJECTED },
    };
    struct rig *r = *state;
    struct buf list;

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *why = "";

        assert_int_equal(
            settings_load(&r->server, rows[i].json, strlen(rows[i].json), &why),
            rows[i].want);
    }
    buf_init(&list, 1000);
    assert_int_equal(settings_list(&r->server, &list), ERR_OK);
    assert_string_equal(buf_text(&list), "commune.name = B\nthon.t01 = A\n");
    buf_finish(&list);
}

static void test_passwords_are_hashed_and_short_ones_refused(void **state)
{
    char hash[PASSWORD_HASH_CHARS];

    (void)state;
    assert_int_equal(password_hash("ngắn", hash), ERR_REJECTED);
    assert_int_equal(password_hash("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", hash),
                     ERR_REJECTED);
    assert_int_equal(password_hash("mười ký tự trở lên", hash), ERR_OK);
    assert_memory_equal(hash, "$argon2id$", 10);
    assert_null(strstr(hash, "mười"));
}

#define T(f) cmocka_unit_test_setup_teardown(f, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_the_sum_of_all_is_what_its_rows_add_up_to),
        T(test_a_merge_that_fails_leaves_no_trace),
        T(test_init_makes_one_identity_and_keeps_it),
        T(test_settings_are_checked_one_by_one),
        T(test_a_settings_file_is_taken_whole_or_not_at_all),
        cmocka_unit_test(test_passwords_are_hashed_and_short_ones_refused),
    };
    const struct CMUnitTest of_files[] = {
        T(test_only_init_makes_a_database),
        T(test_a_database_without_sums_gains_them),
        T(test_a_disk_that_takes_no_more_loses_nothing_acknowledged),
        T(test_a_second_process_is_told_to_wait),
        T(test_an_empty_database_is_no_server),
        T(test_a_backup_that_is_put_back_has_a_new_inst),
    };
    int n_failed = cmocka_run_group_tests(tests, NULL, NULL);

    if (!rig_on_postgres())
        n_failed += cmocka_run_group_tests(of_files, NULL, NULL);
    return n_failed;
}
