/* See server_rig.h. */
#include "server_rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "enrolment.h"
#include "totals.h"

#define ROWS_MAX 600

static int64_t rig_wall(void *ctx)
{
    return *(int64_t *)ctx;
}

static void enrol(struct rig *r)
{
    struct enrol_request request = { .nonce = "n1" };
    char code[ENROL_CODE_CHARS];
    char number[ENROL_NUMBER_CHARS];
    struct buf json;
    struct buf jws;

    buf_init(&json, ENROL_BYTES_MAX);
    buf_init(&jws, ENROL_BYTES_MAX);
    jws_key_make(&r->key);
    assert_int_equal(enrolment_code(&r->server, code), ERR_OK);
    request.code = code;
    memcpy(request.public_key, r->key.public_key, sizeof(request.public_key));
    assert_int_equal(enrol_request_encode(&request, &json), ERR_OK);
    jws_sign(&r->key, JWS_ENROL, buf_text(&json), json.len, &jws);
    assert_int_equal(enrolment_ask(&r->server, buf_text(&jws), jws.len, &r->answer),
                     ENROLMENT_WAITING);
    enrol_number(r->key.public_key, r->server.key.public_key, number);
    assert_int_equal(enrolment_confirm(&r->server, number, r->kiosk), ERR_OK);
    buf_finish(&json);
    buf_finish(&jws);
}

bool rig_on_postgres(void)
{
    const char *kind = getenv("BDHVS_TEST_DB");

    return kind && !strcmp(kind, "postgresql");
}

int rig_setup(void **state)
{
    struct rig *r = calloc(1, sizeof(*r));
    const char *folder = getenv("TMPDIR");

    assert_non_null(r);
    if (!folder)
        folder = access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm";
    snprintf(r->dir, sizeof(r->dir), "%s/bdhvs-server-XXXXXX", folder);
    assert_non_null(mkdtemp(r->dir));
    if (rig_on_postgres())
        pg_cluster_database(r->uri);
    else
        snprintf(r->uri, sizeof(r->uri), "sqlite:%s/server.db", r->dir);
    r->wall_ms = RIG_START_MS;
    r->clock = (struct clock){ rig_wall, rig_wall, &r->wall_ms };
    buf_init(&r->answer, 1 << 20);
    assert_int_equal(server_init(r->uri, &r->clock, RIG_COMMUNE, "minh", "$none", ""),
                     ERR_OK);
    assert_int_equal(server_open(r->uri, &r->clock, &r->server), ERR_OK);
    enrol(r);
    *state = r;
    return 0;
}

int rig_teardown(void **state)
{
    static const char *const names[] = { "server.db", "server.db-wal", "copy.db" };
    struct rig *r = *state;
    char path[128];

    server_close(&r->server);
    if (rig_on_postgres())
        pg_cluster_drop(r->uri);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        snprintf(path, sizeof(path), "%s/%s", r->dir, names[i]);
        unlink(path);
    }
    rmdir(r->dir);
    arena_finish(&r->arena);
    buf_finish(&r->answer);
    free(r);
    return 0;
}

void rig_restart(struct rig *r)
{
    server_close(&r->server);
    assert_int_equal(server_open(r->uri, &r->clock, &r->server), ERR_OK);
}

struct bundle rig_bundle(struct rig *r, int64_t n, int64_t from, int64_t to)
{
    struct bundle b = {
        .commune = RIG_COMMUNE,
        .kiosk = r->kiosk,
        .n = n,
        .run = 0x77,
        .nonce = "nonce-1",
        .n_runs = 1,
        .n_known = 1,
        .version = "0.1.0",
    };

    b.runs = arena_alloc(&r->arena, sizeof(*b.runs));
    b.runs[0] = (struct bundle_run){ .id = 0x77,
                                     .ord = 1,
                                     .start_ms = RIG_START_MS,
                                     .trust = 3,
                                     .from = from,
                                     .to = to };
    b.known = arena_alloc(&r->arena, sizeof(*b.known));
    b.known[0] = (struct bundle_known){ .run = 0x77, .acked = from - 1 };
    b.counts = arena_alloc(&r->arena, ROWS_MAX * sizeof(*b.counts));
    b.gauges = arena_alloc(&r->arena, ROWS_MAX * sizeof(*b.gauges));
    return b;
}

void rig_count(struct rig *r, struct bundle *b, const char *stat, const char *period,
               const char *unit, int64_t plus, int64_t minus)
{
    assert_true(b->n_counts < ROWS_MAX);
    b->counts[b->n_counts++] =
        (struct bundle_count){ .stat = arena_strdup(&r->arena, stat),
                               .period = arena_strdup(&r->arena, period),
                               .unit = arena_strdup(&r->arena, unit),
                               .dims = "-",
                               .plus = plus,
                               .minus = minus };
}

void rig_gauge(struct rig *r, struct bundle *b, const char *stat, const char *period,
               int64_t value, int64_t rev)
{
    assert_true(b->n_gauges < ROWS_MAX);
    b->gauges[b->n_gauges++] =
        (struct bundle_gauge){ .stat = arena_strdup(&r->arena, stat),
                               .period = arena_strdup(&r->arena, period),
                               .unit = "-",
                               .dims = "-",
                               .value = value,
                               .rev = rev };
}

void rig_sign(struct rig *r, const struct bundle *b, struct buf *out)
{
    struct buf json;

    buf_init(&json, BUNDLE_BYTES_MAX);
    assert_int_equal(bundle_encode(b, &json), ERR_OK);
    jws_sign(&r->key, JWS_TOTALS, buf_text(&json), json.len, out);
    buf_finish(&json);
}

enum ingest_status rig_send(struct rig *r, const struct bundle *b)
{
    struct buf bytes;
    struct buf payload;
    enum ingest_status status;

    buf_init(&bytes, BUNDLE_BYTES_MAX);
    buf_init(&payload, 1 << 20);
    rig_sign(r, b, &bytes);
    buf_clear(&r->answer);
    status = ingest_take(&r->server, buf_text(&bytes), bytes.len, &r->answer);
    if (status == INGEST_TAKEN) {
        assert_int_equal(jws_verify(buf_text(&r->answer), r->answer.len, JWS_ACK,
                                    &r->server.key, &payload),
                         ERR_OK);
        assert_int_equal(
            ack_decode(buf_text(&payload), payload.len, &r->arena, &r->ack), ERR_OK);
    }
    buf_finish(&bytes);
    buf_finish(&payload);
    return status;
}

const char *rig_totals(struct rig *r)
{
    struct buf json;
    char *text;

    buf_init(&json, 1 << 20);
    assert_int_equal(totals_json(&r->server, "", &json), ERR_OK);
    text = arena_strdup(&r->arena, buf_text(&json));
    buf_finish(&json);
    return text;
}
