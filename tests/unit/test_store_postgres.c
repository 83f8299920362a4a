/* What PostgreSQL alone can do to the server: be away, go away in the middle, be another
 * database than yesterday. (Its partitions: test_store_months.c) */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "contract.h"
#include "server_rig.h"

#define RECONNECT_TRIES 100

static void sleep_ms(long ms)
{
    nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000 }, NULL);
}

static const char *ask(struct contract *c, const char *sql)
{
    char *out = arena_alloc(&c->arena, 200);

    pg_cluster_ask(c->uri, sql, out, 200);
    return out;
}

/* Every connection to this database ends, as at a restart of the server. */
static void cut(const char *uri)
{
    pg_cluster_do(uri, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                       " WHERE datname = current_database()"
                       " AND pid <> pg_backend_pid()");
}

static enum err set(struct contract *c, const char *key, const char *value)
{
    return store_run(c->store, Q_SETTING_SET, NULL, NULL, T(key), T(value));
}

/* --- the connection --------------------------------------------------------------- */

static void test_a_connection_that_was_lost_is_made_again(void **state)
{
    struct contract *c = *state;
    int n = 0;

    assert_int_equal(set(c, "a", "1"), ERR_OK);
    cut(c->uri);
    while (set(c, "a", "2") != ERR_OK && n++ < RECONNECT_TRIES)
        sleep_ms(50);
    assert_true(n < RECONNECT_TRIES);
    assert_string_equal(ROWS_PLAIN(c, Q_SETTINGS, 2), "a|2\n");
}

static void test_a_transaction_ends_with_its_connection(void **state)
{
    struct contract *c = *state;
    int n = 0;

    assert_int_equal(store_begin(c->store), ERR_OK);
    assert_int_equal(set(c, "a", "1"), ERR_OK);
    cut(c->uri);
    assert_int_equal(set(c, "b", "1"), ERR_RETRY);
    assert_int_equal(set(c, "c", "1"), ERR_RETRY); /* no new connection in between */
    assert_int_equal(store_commit(c->store), ERR_RETRY);
    store_rollback(c->store);
    while (store_begin(c->store) != ERR_OK && n++ < RECONNECT_TRIES)
        sleep_ms(50);
    assert_string_equal(ROWS_PLAIN(c, Q_SETTINGS, 2), "");
    store_rollback(c->store);
}

static void test_a_lost_commit_is_not_taken_for_one(void **state)
{
    struct contract *c = *state;

    assert_int_equal(store_begin(c->store), ERR_OK);
    assert_int_equal(set(c, "a", "1"), ERR_OK);
    cut(c->uri);
    assert_int_equal(store_commit(c->store), ERR_RETRY);
    store_rollback(c->store);
    contract_reopen(c);
    assert_string_equal(ROWS_PLAIN(c, Q_SETTINGS, 2), "");
}

/* COMMIT of a failed transaction is answered with ROLLBACK, and no error. */
static void test_a_failed_transaction_does_not_commit(void **state)
{
    struct contract *c = *state;

    assert_int_equal(store_run(c->store, Q_ADMIN_ADD, NULL, NULL, T("m"), T("x"), N(1)),
                     ERR_OK);
    assert_int_equal(store_begin(c->store), ERR_OK);
    assert_int_equal(set(c, "a", "1"), ERR_OK);
    assert_int_equal(store_run(c->store, Q_ADMIN_ADD, NULL, NULL, T("m"), T("x"), N(1)),
                     ERR_CORRUPT);
    assert_int_equal(set(c, "b", "1"), ERR_RETRY);
    assert_int_equal(store_commit(c->store), ERR_RETRY);
    assert_string_equal(ROWS_PLAIN(c, Q_SETTINGS, 2), "");
}

static void test_a_server_that_is_away_is_waited_for(void **state)
{
    struct contract *c = *state;
    struct store *second = NULL;
    int n = 0;

    pg_cluster_order("kill");
    pg_cluster_done();
    assert_int_equal(store_open(c->uri, STORE_EXISTING, &second), ERR_RETRY);
    for (int i = 0; i < 3; i++)
        assert_int_equal(set(c, "a", "1"), ERR_RETRY);
    assert_int_equal(store_begin(c->store), ERR_RETRY);
    pg_cluster_order("start");
    pg_cluster_done();
    while (set(c, "a", "1") != ERR_OK && n++ < RECONNECT_TRIES)
        sleep_ms(50);
    assert_string_equal(ROWS_PLAIN(c, Q_SETTINGS, 2), "a|1\n");
}

static void test_a_row_that_another_holds_is_tried_again(void **state)
{
    struct contract *c = *state;
    struct store *second = NULL;

    assert_int_equal(set(c, "a", "1"), ERR_OK);
    assert_int_equal(store_open(c->uri, STORE_EXISTING, &second), ERR_OK);
    assert_int_equal(store_begin(c->store), ERR_OK);
    assert_int_equal(set(c, "a", "2"), ERR_OK);
    assert_int_equal(store_begin(second), ERR_OK);
    assert_int_equal(store_run(second, Q_SETTING_SET, NULL, NULL, T("a"), T("3")),
                     ERR_RETRY); /* lock_timeout */
    store_rollback(second);
    assert_int_equal(store_commit(c->store), ERR_OK);
    assert_int_equal(store_run(second, Q_SETTING_SET, NULL, NULL, T("a"), T("4")),
                     ERR_OK);
    store_close(second);
    assert_string_equal(ROWS_PLAIN(c, Q_SETTINGS, 2), "a|4\n");
}

static void test_each_failure_has_its_next_action(void **state)
{
    static const struct {
        const char *sqlstate;
        enum err want;
    } rows[] = {
        { "53100", ERR_FULL },    { "53200", ERR_RETRY },   { "40001", ERR_RETRY },
        { "40P01", ERR_RETRY },   { "55P03", ERR_RETRY },   { "57014", ERR_RETRY },
        { "57P01", ERR_RETRY },   { "25006", ERR_RETRY },   { "08006", ERR_RETRY },
        { "58030", ERR_CORRUPT }, { "XX001", ERR_CORRUPT }, { "23505", ERR_CORRUPT },
    };
    struct contract *c = *state;

    pg_cluster_do(c->uri,
                  "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$"
                  " BEGIN RAISE EXCEPTION USING ERRCODE = NEW.value; END $$;"
                  "CREATE TRIGGER fail BEFORE INSERT ON setting FOR EACH ROW"
                  " EXECUTE FUNCTION fail()");
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(set(c, "a", rows[i].sqlstate), rows[i].want);
    pg_cluster_do(c->uri, "DROP TRIGGER fail ON setting");
    assert_int_equal(set(c, "a", "1"), ERR_OK);
}

/* --- opening ---------------------------------------------------------------------- */

static void test_only_a_fit_database_is_opened(void **state)
{
    struct contract *c = *state;
    struct store *other = NULL;
    char uri[PG_URI_BYTES];

    pg_cluster_uri("nowhere", uri);
    assert_int_equal(store_open(uri, STORE_EXISTING, &other), ERR_REJECTED);
    assert_int_equal(store_open(uri, STORE_MAKE, &other), ERR_REJECTED);
    assert_int_equal(store_open("postgresql://[", STORE_EXISTING, &other),
                     ERR_REJECTED);
    assert_int_equal(store_open("postgresql://?host=/nowhere", STORE_MAKE, &other),
                     ERR_RETRY);
    pg_cluster_database(uri);
    assert_int_equal(store_open(uri, STORE_EXISTING, &other), ERR_REJECTED);
    pg_cluster_drop(uri);
    pg_cluster_do(c->uri, "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C'"
                          " TEMPLATE template0");
    pg_cluster_uri("latin", uri);
    assert_int_equal(store_open(uri, STORE_MAKE, &other), ERR_REJECTED);
    pg_cluster_do(c->uri, "UPDATE schema_version SET version = version + 1");
    assert_int_equal(store_open(c->uri, STORE_EXISTING, &other), ERR_REJECTED);
    pg_cluster_do(c->uri, "UPDATE schema_version SET version = version - 1");
    assert_int_equal(store_open(c->uri, STORE_EXISTING, &other), ERR_OK);
    store_close(other);
}

static void test_an_older_database_is_brought_up_to_date(void **state)
{
    struct contract *c = *state;

    assert_int_equal(set(c, "a", "1"), ERR_OK);
    pg_cluster_do(
        c->uri,
        "DROP VIEW sum_of_all; DROP FUNCTION make_month;"
        "DROP FUNCTION note_origin; DROP TABLE frozen, reached, audit, difficulty, "
        "entry;"
        "DROP FUNCTION frozen_stays, audit_stays, entry_remains;"
        "ALTER TABLE admin DROP COLUMN role; ALTER TABLE kiosk DROP COLUMN temp_c,"
        " DROP COLUMN power_cuts, DROP COLUMN undervolt;"
        "DROP INDEX counter_of_day;"
        "CREATE INDEX counter_by_period ON counter(kiosk, stat, period);"
        "DROP TABLE forward; ALTER TABLE enrol_code DROP COLUMN commune;"
        "ALTER TABLE kiosk DROP COLUMN commune, DROP COLUMN system;"
        "UPDATE schema_version SET version = 1");
    contract_reopen(c);
    assert_string_equal(ask(c, "SELECT version FROM schema_version"), "9");
    assert_string_equal(ROWS_PLAIN(c, Q_SETTINGS, 2), "a|1\n");
    assert_string_equal(ROWS_PLAIN(c, Q_TOTALS, 5), "");
}

static void test_a_server_that_does_not_sync_is_refused(void **state)
{
    struct contract *c = *state;
    struct store *other = NULL;

    pg_cluster_do(c->uri, "ALTER SYSTEM SET fsync = off");
    pg_cluster_do(c->uri, "SELECT pg_reload_conf()");
    for (int i = 0; i < 40 && strcmp(ask(c, "SHOW fsync"), "off") != 0; i++)
        sleep_ms(50);
    assert_int_equal(store_open(c->uri, STORE_EXISTING, &other), ERR_REJECTED);
    pg_cluster_do(c->uri, "ALTER SYSTEM RESET fsync");
    pg_cluster_do(c->uri, "SELECT pg_reload_conf()");
    for (int i = 0; i < 40 && strcmp(ask(c, "SHOW fsync"), "on") != 0; i++)
        sleep_ms(50);
    assert_int_equal(store_open(c->uri, STORE_EXISTING, &other), ERR_OK);
    store_close(other);
}

static void test_commits_are_synchronous_whatever_the_default(void **state)
{
    struct contract *c = *state;
    char uri[PG_URI_BYTES + 64];
    struct store *other = NULL;
    const char *before = ask(c, "SELECT pg_current_wal_insert_lsn()");

    snprintf(uri, sizeof(uri), "%s&options=-csynchronous_commit%%3Doff", c->uri);
    assert_int_equal(store_open(uri, STORE_EXISTING, &other), ERR_OK);
    assert_int_equal(store_run(other, Q_SETTING_SET, NULL, NULL, T("a"), T("1")),
                     ERR_OK);
    /* the log was flushed up to it, and not some 200 ms later */
    assert_string_equal(
        ask(c, arena_printf(&c->arena, "SELECT pg_current_wal_flush_lsn() > '%s'",
                            before)),
        "t");
    store_close(other);
}

/* --- copies ----------------------------------------------------------------------- */

static void test_a_loaded_dump_knows_that_it_is_one(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 3);
    struct server copy;
    char uri[PG_URI_BYTES];
    char inst[17];

    rig_count(r, &b, "completions", "2026-11-22", "m09-b03", 2, 0);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    pg_cluster_database(uri);
    assert_int_equal(
        system(arena_printf(&r->arena,
                            "pg_dump '%s' | psql -qX -v ON_ERROR_STOP=1 '%s' >%s/out",
                            r->uri, uri, r->dir)),
        0);
    assert_int_equal(remove(arena_printf(&r->arena, "%s/out", r->dir)), 0);
    assert_int_equal(server_open(uri, &r->clock, &copy), ERR_OK);
    assert_string_not_equal(copy.inst, r->server.inst);
    assert_string_equal(copy.key.kid, r->server.key.kid);
    memcpy(inst, copy.inst, sizeof(inst));
    server_close(&copy);
    assert_int_equal(server_open(uri, &r->clock, &copy), ERR_OK);
    assert_string_equal(copy.inst, inst); /* once, not at every start */
    server_close(&copy);
    memcpy(inst, r->server.inst, sizeof(inst));
    rig_restart(r);
    assert_string_equal(r->server.inst, inst); /* the original keeps its own */
    pg_cluster_drop(uri);
}

/* A standby took over while the server ran: what it acknowledged may be gone. */
static void test_another_database_under_the_same_name_ends_the_process(void **state)
{
    struct contract *c = *state;
    enum err err;
    int n = 0;

    pg_cluster_do(c->uri, "CREATE OR REPLACE FUNCTION note_origin() RETURNS text"
                          " LANGUAGE sql AS $$ SELECT 'elsewhere' $$");
    cut(c->uri);
    while ((err = set(c, "a", "1")) == ERR_RETRY && n++ < RECONNECT_TRIES)
        sleep_ms(50);
    assert_int_equal(err, ERR_CORRUPT);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, contract_setup, contract_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_a_connection_that_was_lost_is_made_again),
        CASE(test_a_transaction_ends_with_its_connection),
        CASE(test_a_lost_commit_is_not_taken_for_one),
        CASE(test_a_failed_transaction_does_not_commit),
        CASE(test_a_server_that_is_away_is_waited_for),
        CASE(test_a_row_that_another_holds_is_tried_again),
        CASE(test_each_failure_has_its_next_action),
        CASE(test_only_a_fit_database_is_opened),
        CASE(test_an_older_database_is_brought_up_to_date),
        CASE(test_a_server_that_does_not_sync_is_refused),
        CASE(test_commits_are_synchronous_whatever_the_default),
        cmocka_unit_test_setup_teardown(test_a_loaded_dump_knows_that_it_is_one,
                                        rig_setup, rig_teardown),
        CASE(test_another_database_under_the_same_name_ends_the_process),
    };

    if (setenv("BDHVS_TEST_DB", "postgresql", 1))
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
