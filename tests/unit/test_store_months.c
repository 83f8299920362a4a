/* How PostgreSQL keeps totals: a partition for each month, made when it is needed. */
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "contract.h"

static const char *ask(struct contract *c, const char *sql)
{
    char *out = arena_alloc(&c->arena, 200);

    pg_cluster_ask(c->uri, sql, out, 200);
    return out;
}

static void count(struct contract *c, const char *period, int64_t plus)
{
    DO(c, Q_COUNT_MERGE, T("21520"), T("k"), T("r"), T("starts"), T(period), T("u"),
       T("-"), N(plus), N(0));
}

static const char *where(struct contract *c, const char *period)
{
    return ask(c, arena_printf(&c->arena,
                               "SELECT tableoid::regclass FROM counter"
                               " WHERE period = '%s'",
                               period));
}

static void test_a_month_has_its_partition_and_the_rest_the_other(void **state)
{
    static const char *const rows[][2] = {
        { "2025-03-31", "counter_2025_03" }, { "2025-03-01", "counter_2025_03" },
        { "2025-03", "counter_2025_03" },    { "2025-04-01", "counter_2025_04" },
        { "2025-12-31", "counter_2025_12" }, { "2024-12-31", "counter_other" },
        { "2099-01-01", "counter_other" },   { "?3", "counter_other" },
        { "2025", "counter_other" },         { "2025-Q1", "counter_other" },
        { "2025-H2", "counter_other" },      { "all", "counter_other" },
        { "P1", "counter_other" },           { "2025-99-01", "counter_other" },
    };
    struct contract *c = *state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(store_begin(c->store), ERR_OK);
        count(c, rows[i][0], (int64_t)i + 1);
        count(c, rows[i][0], (int64_t)i + 1);
        assert_int_equal(store_commit(c->store), ERR_OK);
    }
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(where(c, rows[i][0]), rows[i][1]);
    DO(c, Q_GAUGE_MERGE, T("21520"), T("k"), T("active"), T("2025-05"), T("-"), T("-"),
       N(1), N(1), N(1), T("r"));
    assert_string_equal(ask(c, "SELECT tableoid::regclass FROM gauge"),
                        "gauge_2025_05");
}

static void test_a_partition_goes_with_its_transaction_and_comes_again(void **state)
{
    struct contract *c = *state;

    assert_int_equal(store_begin(c->store), ERR_OK);
    count(c, "2025-06-01", 1);
    store_rollback(c->store);
    assert_string_equal(ask(c, "SELECT to_regclass('counter_2025_06')"), "");
    assert_int_equal(store_begin(c->store), ERR_OK);
    count(c, "2025-06-01", 1);
    assert_int_equal(store_commit(c->store), ERR_OK);
    assert_string_equal(where(c, "2025-06-01"), "counter_2025_06");
}

static void test_rows_that_waited_move_when_their_month_comes(void **state)
{
    struct contract *c = *state;

    pg_cluster_do(c->uri, "INSERT INTO counter VALUES('21520', 'k', 'r', 'starts',"
                          " '2025-07-08', 'u', '-', 7, 0)");
    assert_string_equal(where(c, "2025-07-08"), "counter_other");
    count(c, "2025-07-09", 1);
    assert_string_equal(where(c, "2025-07-08"), "counter_2025_07");
    count(c, "2025-07-08", 5);
    assert_string_equal(ROWS_PLAIN(c, Q_TOTALS, 5),
                        "starts|2025-07-08|u|-|7\nstarts|2025-07-09|u|-|1\n");
}

/* Whoever comes second waits, and finds the partition. */
static void test_two_processes_need_the_same_month_at_once(void **state)
{
    struct contract *c = *state;
    pid_t child;
    int status;

    assert_int_equal(store_begin(c->store), ERR_OK);
    count(c, "2025-06-01", 1);
    child = fork();
    assert_true(child >= 0);
    if (!child) {
        struct contract second = { .dir = "" };

        if (store_open(c->uri, STORE_EXISTING, &second.store))
            _exit(1);
        _exit(store_run(second.store, Q_COUNT_MERGE, NULL, NULL, T("21520"), T("k"),
                        T("other"), T("starts"), T("2025-06-02"), T("u"), T("-"), N(2),
                        N(0)) != ERR_OK);
    }
    nanosleep(&(struct timespec){ .tv_nsec = 700000000 }, NULL);
    assert_int_equal(store_commit(c->store), ERR_OK);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_string_equal(where(c, "2025-06-02"), "counter_2025_06");
}

static void test_two_processes_may_serve_one_database(void **state)
{
    struct contract *c = *state;
    struct contract second = { .dir = "" };

    assert_int_equal(store_open(c->uri, STORE_EXISTING, &second.store), ERR_OK);
    for (int i = 1; i <= 12; i++) {
        struct contract *who = i % 2 ? c : &second;

        count(who, arena_printf(&c->arena, "2025-%02d-05", i), i);
        count(who, "2025-01-05", i);
    }
    store_close(second.store);
    arena_finish(&second.arena);
    assert_string_equal(ask(c, "SELECT sum(plus) FROM counter"), "89");
    assert_string_equal(ask(c, "SELECT count(*) FROM pg_class WHERE relname LIKE"
                               " 'counter_2025___'"),
                        "12");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, contract_setup, contract_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_a_month_has_its_partition_and_the_rest_the_other),
        CASE(test_a_partition_goes_with_its_transaction_and_comes_again),
        CASE(test_rows_that_waited_move_when_their_month_comes),
        CASE(test_two_processes_need_the_same_month_at_once),
        CASE(test_two_processes_may_serve_one_database),
    };

    if (setenv("BDHVS_TEST_DB", "postgresql", 1))
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
