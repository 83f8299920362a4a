/* Every process of PostgreSQL is killed at once while a kiosk uploads, again and again;
 * two servers take uploads into one database: what was acknowledged is there afterwards,
 * and nothing is there twice. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "cmocka_all.h"
#include "server_rig.h"

#define ROUNDS 8
#define ROWS 5
#define TRIES_MAX 3000
#define PAUSE_MS 20
#define BOTH_UPLOADS 60
#define BOTH_MONTHS 12

static struct bundle upload(struct rig *r, int64_t n)
{
    struct bundle b = rig_bundle(r, n, n, n);

    for (int i = 0; i < ROWS; i++)
        rig_count(r, &b, "starts", "2026-11-22",
                  arena_printf(&r->arena, "u%" PRId64 "-%d", n, i), 1, 0);
    rig_count(r, &b, "seconds", "2026-11-22", "all-of-it", n, 0);
    rig_gauge(r, &b, "registered", "2026-11", n, n);
    return b;
}

/* As the kiosk does it: the same bytes until they are acknowledged. */
static int send_until_taken(struct rig *r, const struct bundle *b)
{
    const struct timespec pause = { 0, PAUSE_MS * 1000000L };
    int n_refused = 0;

    while (rig_send(r, b) != INGEST_TAKEN) {
        assert_false(r->server.broken);
        assert_true(n_refused++ < TRIES_MAX);
        nanosleep(&pause, NULL);
    }
    return n_refused;
}

struct judged {
    int64_t n_starts;
    int64_t seconds;
    int64_t registered;
};

static enum err judge(void *ctx, const struct cell *cells)
{
    struct judged *j = ctx;

    if (!strcmp(cells[0].text, "seconds"))
        j->seconds = cells[4].number;
    else if (!strcmp(cells[0].text, "registered"))
        j->registered = cells[4].number;
    else if (cells[4].number == 1)
        j->n_starts++;
    else
        return ERR_CORRUPT; /* counted twice */
    return ERR_OK;
}

static void test_what_was_acknowledged_outlives_the_kills(void **state)
{
    struct rig *r = *state;
    int64_t n = 0;

    for (int round = 0; round < ROUNDS; round++) {
        struct judged j = { 0 };
        struct bundle b;

        pg_cluster_order(
            arena_printf(&r->arena, "crash 0.%02d", 5 + (round * 37 + 11) % 40));
        do
            b = upload(r, ++n);
        while (!send_until_taken(r, &b)); /* not killed yet */
        pg_cluster_done();
        assert_int_equal(store_run_plain(r->server.store, Q_TOTALS, judge, &j), ERR_OK);
        assert_int_equal(j.n_starts, n * ROWS);
        assert_int_equal(j.seconds, n);
        assert_int_equal(j.registered, n);
    }
    assert_int_equal(r->ack.held[0].held, n);
    print_message("%" PRId64 " uploads, %d kills\n", n, ROUNDS);
}

/* --- two servers before one database ---------------------------------------------- */

/* Both say the same numbers, each in its own order, so that they meet. */
static void upload_as(struct rig *r, int who)
{
    if (server_open(r->uri, &r->clock, &r->server))
        _exit(2);
    for (int64_t n = 1; n <= BOTH_UPLOADS; n++) {
        struct bundle b = rig_bundle(r, who * BOTH_UPLOADS + n, n, n);

        for (int i = 0; i < BOTH_MONTHS; i++) {
            int month = who ? BOTH_MONTHS - i : i + 1;

            rig_count(r, &b, "starts", arena_printf(&r->arena, "2025-%02d-15", month),
                      "u", n, 0);
            rig_gauge(r, &b, "registered", arena_printf(&r->arena, "2025-%02d", month),
                      n, n);
        }
        if (send_until_taken(r, &b) > TRIES_MAX)
            _exit(3);
    }
    _exit(r->server.broken);
}

static enum err judge_both(void *ctx, const struct cell *cells)
{
    ++*(int *)ctx;
    return cells[4].number == BOTH_UPLOADS ? ERR_OK : ERR_CORRUPT;
}

static void test_two_servers_take_uploads_at_once(void **state)
{
    struct rig *r = *state;
    pid_t children[2];
    int n_totals = 0;

    server_close(&r->server);
    for (int who = 0; who < 2; who++) {
        children[who] = fork();
        assert_true(children[who] >= 0);
        if (!children[who])
            upload_as(r, who);
    }
    for (int who = 0; who < 2; who++) {
        int status;

        assert_int_equal(waitpid(children[who], &status, 0), children[who]);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
    }
    assert_int_equal(server_open(r->uri, &r->clock, &r->server), ERR_OK);
    assert_int_equal(store_run_plain(r->server.store, Q_TOTALS, judge_both, &n_totals),
                     ERR_OK);
    assert_int_equal(n_totals, 2 * BOTH_MONTHS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_was_acknowledged_outlives_the_kills,
                                        rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_two_servers_take_uploads_at_once,
                                        rig_setup, rig_teardown),
    };

    if (setenv("BDHVS_TEST_DB", "postgresql", 1))
        return 1;
    log_set_level(LOG_LEVEL_ERR);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
