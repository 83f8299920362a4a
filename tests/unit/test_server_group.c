/* Uploads that share a transaction: each gets the answer that it would get alone, and
 * nothing is acknowledged that is not kept. */
#include <string.h>

#include "cmocka_all.h"
#include "server_rig.h"

#define DAY "2026-11-22"
#define GROUP 5

struct group {
    struct buf bytes[GROUP];
    struct buf answers[GROUP];
    struct ingest_upload uploads[GROUP];
};

/* Upload i: n = i + 1, one lesson "u<i>" of its own. */
static void make_group(struct rig *r, struct group *g)
{
    for (int i = 0; i < GROUP; i++) {
        struct bundle b = rig_bundle(r, i + 1, i + 1, i + 1);

        rig_count(r, &b, "starts", DAY, arena_printf(&r->arena, "u%d", i), 1, 0);
        buf_init(&g->bytes[i], BUNDLE_BYTES_MAX);
        buf_init(&g->answers[i], BUNDLE_BYTES_MAX);
        rig_sign(r, &b, &g->bytes[i]);
        g->uploads[i] = (struct ingest_upload){ buf_text(&g->bytes[i]), g->bytes[i].len,
                                                &g->answers[i], INGEST_LATER };
    }
}

static void finish_group(struct group *g)
{
    for (int i = 0; i < GROUP; i++) {
        buf_finish(&g->bytes[i]);
        buf_finish(&g->answers[i]);
    }
}

static bool is_stored(struct rig *r, int i)
{
    return strstr(rig_totals(r), arena_printf(&r->arena, "\"u%d\"", i)) != NULL;
}

static void test_each_of_a_group_gets_its_own_answer(void **state)
{
    struct rig *r = *state;
    struct group g;

    make_group(r, &g);
    g.bytes[1].data[g.bytes[1].len - 10] ^= 1; /* the signature does not fit */
    g.uploads[3].n = 20;                       /* cut off */
    ingest_take_all(&r->server, g.uploads, GROUP);
    for (int i = 0; i < GROUP; i++) {
        bool wrong = i == 1 || i == 3;

        assert_int_equal(g.uploads[i].status, wrong ? INGEST_WRONG : INGEST_TAKEN);
        assert_int_equal(is_stored(r, i), !wrong);
    }
    assert_int_equal(r->server.counts.commits, 1);
    finish_group(&g);
}

/* A store that fails when it is told of `poison`, or at `full_commits` more commits. */
static const char *poison;
static int full_commits;
static enum err poison_err;
static const struct store_driver *real;

static enum err run_or_fail(struct store *s, enum query q, const struct param *params,
                            size_t n, row_fn *row, void *ctx)
{
    for (size_t i = 0; poison && i < n; i++)
        if (params[i].text && !strcmp(params[i].text, poison))
            return poison_err;
    return real->run(s, q, params, n, row, ctx);
}

static enum err transact_or_fail(struct store *s, enum tx tx)
{
    if (tx != TX_COMMIT || !full_commits)
        return real->transact(s, tx);
    full_commits--;
    return ERR_FULL;
}

/* Takes five, of which the store fails at the third as told, then looks at what is kept. */
static void take_from_a_bad_store(struct rig *r, struct group *g)
{
    static struct store_driver bad;

    make_group(r, g);
    real = r->server.store->driver;
    bad = *real;
    bad.run = run_or_fail;
    bad.transact = transact_or_fail;
    r->server.store->driver = &bad;
    ingest_take_all(&r->server, g->uploads, GROUP);
    r->server.store->driver = real;
    poison = NULL;
    full_commits = 0;
}

static void test_one_that_the_store_refuses_spoils_no_other(void **state)
{
    struct rig *r = *state;
    struct group g;

    poison = "u2";
    poison_err = ERR_FULL;
    take_from_a_bad_store(r, &g);
    for (int i = 0; i < GROUP; i++) {
        assert_int_equal(g.uploads[i].status, i == 2 ? INGEST_LATER : INGEST_TAKEN);
        assert_int_equal(is_stored(r, i), i != 2);
    }
    assert_string_equal(buf_text(&g.answers[2]), "the server's disk is full");
    assert_false(r->server.broken);
    finish_group(&g);
}

static void test_a_full_disk_acknowledges_nothing(void **state)
{
    struct rig *r = *state;
    struct group g;

    full_commits = 1 + GROUP; /* together, then each alone */
    take_from_a_bad_store(r, &g);
    for (int i = 0; i < GROUP; i++) {
        assert_int_equal(g.uploads[i].status, INGEST_LATER);
        assert_false(is_stored(r, i));
    }
    assert_false(r->server.broken);
    finish_group(&g);
}

static void test_a_failing_disk_ends_it_for_all(void **state)
{
    struct rig *r = *state;
    struct group g;

    poison = "u2";
    poison_err = ERR_CORRUPT;
    take_from_a_bad_store(r, &g);
    for (int i = 0; i < GROUP; i++) {
        assert_int_equal(g.uploads[i].status, INGEST_LATER);
        assert_false(is_stored(r, i));
    }
    assert_true(r->server.broken);
    finish_group(&g);
}

#define T(f) cmocka_unit_test_setup_teardown(f, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_each_of_a_group_gets_its_own_answer),
        T(test_one_that_the_store_refuses_spoils_no_other),
        T(test_a_full_disk_acknowledges_nothing),
        T(test_a_failing_disk_ends_it_for_all),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
