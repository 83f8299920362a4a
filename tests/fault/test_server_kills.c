/* Every process of PostgreSQL is killed at once while a kiosk uploads, again and again:
 * what was acknowledged is there afterwards, and nothing is there twice. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "cmocka_all.h"
#include "server_rig.h"

#define ROUNDS 8
#define ROWS 5
#define TRIES_MAX 3000
#define PAUSE_MS 20

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
static int send_until_taken(struct rig *r, int64_t n)
{
    const struct timespec pause = { 0, PAUSE_MS * 1000000L };
    struct bundle b = upload(r, n);
    int n_refused = 0;

    while (rig_send(r, &b) != INGEST_TAKEN) {
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

        pg_cluster_order(
            arena_printf(&r->arena, "crash 0.%02d", 5 + (round * 37 + 11) % 40));
        while (!send_until_taken(r, ++n))
            continue; /* not killed yet */
        pg_cluster_done();
        assert_int_equal(store_run_plain(r->server.store, Q_TOTALS, judge, &j), ERR_OK);
        assert_int_equal(j.n_starts, n * ROWS);
        assert_int_equal(j.seconds, n);
        assert_int_equal(j.registered, n);
    }
    assert_int_equal(r->ack.held[0].held, n);
    print_message("%" PRId64 " uploads, %d kills\n", n, ROUNDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_was_acknowledged_outlives_the_kills,
                                        rig_setup, rig_teardown),
    };

    if (setenv("BDHVS_TEST_DB", "postgresql", 1))
        return 1;
    log_set_level(LOG_LEVEL_ERR);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
