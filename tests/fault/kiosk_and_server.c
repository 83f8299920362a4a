#include "kiosk_and_server.h"

#include "../unit/cmocka_all.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/encoding.h"
#include "base/hash.h"
#include "wire/ack.h"
#include "wire/enrol.h"
#include "wire/settings.h"

#define KIOSK_ID "k7f3a9c2e51b04d8"

/* ---- the server ----------------------------------------------------------------- */

static struct server_run *find_run(struct server *s, uint64_t id)
{
    for (size_t i = 0; i < s->n_runs; i++) {
        if (s->runs[i].id == id)
            return &s->runs[i];
    }
    ASSERT(s->n_runs < SERVER_RUNS_MAX);
    s->runs[s->n_runs] = (struct server_run){ .id = id };
    return &s->runs[s->n_runs++];
}

static void merge_count(struct server *s, uint64_t run, const struct bundle_count *c)
{
    char key[160];
    struct server_row *row = NULL;

    snprintf(key, sizeof(key), "%s %s %s %s", c->stat, c->period, c->unit, c->dims);
    for (size_t i = 0; i < s->n_rows && !row; i++) {
        if (s->rows[i].run == run && strcmp(s->rows[i].key, key) == 0)
            row = &s->rows[i];
    }
    if (!row) {
        ASSERT(s->n_rows < SERVER_ROWS_MAX);
        row = &s->rows[s->n_rows++];
        row->run = run;
        memcpy(row->key, key, sizeof(key));
        row->plus = 0;
    }
    if (c->plus > row->plus)
        row->plus = c->plus;
}

static void merge(struct server *s, const struct bundle *b)
{
    for (size_t i = 0; i < b->n_runs; i++) {
        struct server_run *run = find_run(s, b->runs[i].id);

        if (b->runs[i].from <= run->held + 1 && b->runs[i].to > run->held)
            run->held = b->runs[i].to;
        if (b->runs[i].to > run->top)
            run->top = b->runs[i].to;
        if (b->runs[i].trust > run->trust)
            run->trust = b->runs[i].trust;
    }
    for (size_t i = s->behaviour == REJECTS_A_ROW; i < b->n_counts; i++)
        merge_count(s, b->runs[b->counts[i].run].id, &b->counts[i]);
    s->n_bundles++;
    s->n_rows_last = b->n_counts + b->n_gauges;
}

static void put_ack(struct server *s, const struct loopback_request *r,
                    const struct bundle *b, struct arena *arena, struct buf *jws)
{
    char sha256[HASH_SHA256_HEX];
    struct ack a = { .request_sha256 = sha256,
                     .kiosk = b->kiosk,
                     .held = arena_alloc(arena, SERVER_RUNS_MAX * sizeof(*a.held)),
                     .server_inst = s->inst,
                     .time_ms = SERVER_TIME_MS,
                     .nonce = b->nonce,
                     .after_s = AFTER_S,
                     .settings_ver = s->settings_ver };
    struct ack_rejected first = { .i = 0, .code = "grammar" };
    struct jws_key other;
    struct buf payload;

    for (size_t i = 0; i < b->n_known; i++) {
        struct server_run *run = find_run(s, b->known[i].run);

        a.held[a.n_held++] =
            (struct ack_held){ .run = run->id, .held = run->held, .top = run->top };
    }
    if (s->behaviour == REJECTS_A_ROW && b->n_counts) {
        a.rejected = &first;
        a.n_rejected = 1;
    }
    if (s->behaviour == FOR_OTHER_BYTES)
        hash_sha256_hex("other", 5, sha256);
    else
        hash_sha256_hex(r->body, r->n, sha256);
    buf_init(&payload, JWS_BYTES_MAX);
    if (s->behaviour == SIGNED_NONSENSE)
        buf_str(&payload, "{\"schema\":1}");
    else
        ASSERT(ack_encode(&a, &payload) == ERR_OK);
    jws_key_make(&other);
    jws_sign(s->behaviour == WRONG_SIGNATURE ? &other : &s->key, JWS_ACK, payload.data,
             payload.len, jws);
    snprintf(s->ack, sizeof(s->ack), "%s", buf_text(jws));
    buf_finish(&payload);
}

static void answer_bundle(struct server *s, const struct loopback_request *r,
                          struct buf *out)
{
    struct arena arena = { 0 };
    struct jws_key kiosk;
    struct buf payload;
    struct bundle b;
    struct buf jws;
    char why[128];

    buf_init(&payload, JWS_BYTES_MAX);
    buf_init(&jws, JWS_BYTES_MAX);
    jws_key_public(s->kiosk_key, &kiosk);
    ASSERT(r->n <= BUNDLE_BYTES_MAX);
    ASSERT(jws_verify(r->body, r->n, JWS_TOTALS, &kiosk, &payload) == ERR_OK);
    ASSERT(bundle_decode(payload.data, payload.len, &arena, &b, why, sizeof(why)) ==
           ERR_OK);
    ASSERT(b.n_unreadable == 0);
    merge(s, &b);
    put_ack(s, r, &b, &arena, &jws);
    loopback_put(out, "200 OK", "Content-Type: application/jose\r\n", jws.data,
                 jws.len);
    if (s->behaviour == CUT_ACK)
        out->len -= jws.len / 2;
    if (s->behaviour == HANG_UP)
        buf_clear(out);
    buf_finish(&jws);
    buf_finish(&payload);
    arena_finish(&arena);
}

/* Requests it does not merge at all. True: answered. */
static bool misbehave(struct server *s, struct buf *out)
{
    switch (s->behaviour) {
    case PORTAL:
        loopback_put(out, "200 OK", "Content-Type: text/html\r\n", "<html>Wi-Fi</html>",
                     18);
        return true;
    case REDIRECT:
        loopback_put(out, "302 Found", "Location: http://127.0.0.1:1/\r\n", "", 0);
        return true;
    case SILENT:
        return true;
    case STATUS_400:
        loopback_put(out, "400 Bad Request", "", "", 0);
        return true;
    case STATUS_401:
        loopback_put(out, "401 Unauthorized", "", "", 0);
        return true;
    case STATUS_413:
        s->n_bundles++;
        loopback_put(out, "413 Too Large", "", "", 0);
        return true;
    case STATUS_413_TWICE:
        if (s->n_bundles >= 2)
            return false;
        s->n_bundles++;
        loopback_put(out, "413 Too Large", "", "", 0);
        return true;
    case STATUS_429:
        loopback_put(out, "429 Too Many", "Retry-After: 7\r\n", "", 0);
        return true;
    case STATUS_500:
        loopback_put(out, "500 Oops", "", "", 0);
        return true;
    case STATUS_503:
        loopback_put(out, "503 Busy", "", "", 0);
        return true;
    case OVERSIZE:
        buf_str(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        for (int i = 0; i < 300000; i++)
            buf_char(out, 'a');
        return true;
    default:
        return false;
    }
}

static void answer_time(struct server *s, const struct loopback_request *r,
                        struct buf *out)
{
    const char *nonce = strstr(r->head, "nonce=") + 6;
    struct wire_time t = { .time_ms = SERVER_TIME_MS };
    struct arena arena = { 0 };
    struct buf payload;
    struct buf jws;

    t.nonce = arena_strndup(&arena, nonce, strcspn(nonce, " "));
    buf_init(&payload, 1024);
    buf_init(&jws, 4096);
    ASSERT(wire_time_encode(&t, &payload) == ERR_OK);
    jws_sign(&s->key, JWS_TIME, payload.data, payload.len, &jws);
    loopback_put(out, "200 OK", "", jws.data, jws.len);
    buf_finish(&jws);
    buf_finish(&payload);
    arena_finish(&arena);
}

void server_settings_jws(struct server *s, const char *nonce, struct buf *out)
{
    struct wire_settings w = { .commune =
                                   s->lie == SETTINGS_NEIGHBOUR ? "21523" : "21520",
                               .settings_ver = s->settings_ver,
                               .server_inst = s->inst,
                               .settings = s->settings,
                               .nonce = s->lie == SETTINGS_REPLAYED ? "old" : nonce };
    struct jws_key other;
    struct buf payload;

    buf_init(&payload, WIRE_SETTINGS_MAX);
    if (s->lie == SETTINGS_GARBAGE)
        buf_str(&payload, "{\"schema\":1,\"settings\":7}");
    else
        ASSERT(wire_settings_encode(&w, &payload) == ERR_OK);
    jws_key_make(&other);
    jws_sign(s->lie == SETTINGS_FORGED ? &other : &s->key, JWS_SETTINGS, payload.data,
             payload.len, out);
    buf_finish(&payload);
}

static void answer_settings(struct server *s, const struct loopback_request *r,
                            struct buf *out)
{
    const char *nonce = strstr(r->head, "nonce=") + 6;
    struct arena arena = { 0 };
    struct jws_key kiosk;
    struct buf jws;

    s->n_settings_asked++;
    jws_key_public(s->kiosk_key, &kiosk);
    ASSERT(strstr(r->head, kiosk.kid));
    buf_init(&jws, JWS_BYTES_MAX);
    server_settings_jws(s, arena_strndup(&arena, nonce, strcspn(nonce, " ")), &jws);
    if (s->lie == SETTINGS_MISSING)
        loopback_put(out, "404 Not Found", "", "", 0);
    else
        loopback_put(out, "200 OK", "Content-Type: application/jose\r\n", jws.data,
                     jws.len);
    if (s->lie == SETTINGS_CUT)
        out->len -= jws.len / 2;
    buf_finish(&jws);
    arena_finish(&arena);
}

static void answer_enrol(struct server *s, const struct loopback_request *r,
                         struct buf *out)
{
    static const char *const status[] = { "403 Forbidden", "410 Gone" };
    struct enrol_grant g = { .kiosk = KIOSK_ID,
                             .commune = "21520",
                             .settings = "{\"thon\":[[\"t07\",\"Bản Mới\"]]}",
                             .settings_ver = 3 };
    struct arena arena = { 0 };
    struct enrol_request request;
    struct buf body;
    struct buf jws;

    ASSERT(enrol_request_open(r->body, r->n, &arena, &request) == ERR_OK);
    ASSERT(strcmp(request.code, "7K3M9QPX") == 0);
    memcpy(s->kiosk_key, request.public_key, JWS_PUBLIC_BYTES);
    buf_init(&body, 8192);
    buf_init(&jws, 16384);
    if (s->enrol_status == 200) {
        g.nonce = request.nonce;
        memcpy(g.server_key, s->key.public_key, JWS_PUBLIC_BYTES);
        ASSERT(enrol_grant_encode(&g, &body) == ERR_OK);
        jws_sign(&s->key, JWS_GRANT, body.data, body.len, &jws);
        loopback_put(out, "200 OK", "", jws.data, jws.len);
    } else if (s->enrol_status == 202) {
        ASSERT(enrol_waiting_encode(s->key.public_key, &body) == ERR_OK);
        loopback_put(out, "202 Accepted", "Content-Type: application/json\r\n",
                     body.data, body.len);
        if (s->swap_key)
            jws_key_make(&s->key);
    } else {
        loopback_put(out, status[s->enrol_status == 410], "", "", 0);
    }
    buf_finish(&jws);
    buf_finish(&body);
    arena_finish(&arena);
}

static void serve(void *ctx, const struct loopback_request *r, struct buf *out)
{
    struct kiosk *k = ctx;

    if (k->server.behaviour == HANG_UP_ON_ALL)
        return;
    if (k->server.behaviour == BUSY_FOR_ALL)
        loopback_put(out, "503 Busy", "Retry-After: 7\r\n", "", 0);
    else if (k->server.behaviour == NO_TIME && strncmp(r->head, "GET", 3) == 0)
        loopback_put(out, "404 Not Found", "", "", 0);
    else if (strncmp(r->head, "GET /v1/time", 12) == 0)
        answer_time(&k->server, r, out);
    else if (strncmp(r->head, "GET /v1/settings?", 17) == 0)
        answer_settings(&k->server, r, out);
    else if (strncmp(r->head, "POST /v1/enrol", 14) == 0)
        answer_enrol(&k->server, r, out);
    else if (!misbehave(&k->server, out))
        answer_bundle(&k->server, r, out);
}

int64_t server_completions(const struct kiosk *k)
{
    int64_t sum = 0;

    for (size_t i = 0; i < k->server.n_rows; i++) {
        const struct server_row *row = &k->server.rows[i];

        if (strncmp(row->key, "completions ", 12) == 0 && strstr(row->key, " -"))
            sum += row->plus;
    }
    return sum;
}

/* ---- the kiosk ------------------------------------------------------------------ */

static int64_t fake_mono(void *ctx)
{
    return ((struct kiosk *)ctx)->mono_ms;
}

static int64_t fake_wall(void *ctx)
{
    return ((struct kiosk *)ctx)->wall_ms;
}

static void wake(void *ctx)
{
    sem_post(ctx);
}

static void open_all(struct kiosk *k)
{
    const struct db_config db = { .dir = k->dir,
                                  .clock = &k->clock,
                                  .program_version = "0.1.0",
                                  .build_day = clock_day(SERVER_TIME_MS) - 30 };
    const struct uplink_config uplink = { .dir = k->dir,
                                          .clock = &k->clock,
                                          .program_version = "0.1.0",
                                          .sync = { .wake = wake,
                                                    .wake_ctx = &k->woken,
                                                    .low_speed_bytes = 1000000,
                                                    .low_speed_s = k->patience_s } };
    struct uplink_config config = uplink;

    assert_int_equal(db_open(&db, &k->db), ERR_OK);
    config.db = k->db;
    config.server_url = k->server_url;
    assert_int_equal(uplink_create(&config, &k->uplink), ERR_OK);
}

static void close_all(struct kiosk *k)
{
    uplink_destroy(k->uplink);
    db_close(k->db);
}

int kiosk_setup_unenrolled(void **state)
{
    struct kiosk *k = calloc(1, sizeof(*k));

    assert_non_null(k);
    snprintf(k->dir, sizeof(k->dir), "/tmp/bdhvs-uplink-XXXXXX");
    assert_non_null(mkdtemp(k->dir));
    k->clock = (struct clock){ fake_mono, fake_wall, k };
    k->mono_ms = 1000000;
    k->patience_s = 60;
    assert_int_equal(sem_init(&k->woken, 0, 0), 0);
    jws_key_make(&k->server.key);
    k->server.inst = "i1";
    k->server.settings = "{}";
    k->loopback = loopback_start();
    kiosk_behave(k, HONEST);
    open_all(k);
    *state = k;
    return 0;
}

int kiosk_setup(void **state)
{
    struct jws_key key;
    struct kiosk *k;
    char path[128];
    struct buf text;

    kiosk_setup_unenrolled(state);
    k = *state;
    snprintf(path, sizeof(path), "%s/keys/device.key", k->dir);
    assert_int_equal(jws_key_load(path, &key), ERR_OK);
    memcpy(k->server.kiosk_key, key.public_key, JWS_PUBLIC_BYTES);
    buf_init(&text, 64);
    encoding_base64url(k->server.key.public_key, JWS_PUBLIC_BYTES, &text);
    assert_int_equal(db_set(k->db, "server.url", loopback_url(k->loopback)), ERR_OK);
    assert_int_equal(db_set(k->db, "server.key", buf_text(&text)), ERR_OK);
    assert_int_equal(db_set(k->db, "commune", "21520"), ERR_OK);
    assert_int_equal(db_set(k->db, "kiosk.id", KIOSK_ID), ERR_OK);
    buf_finish(&text);
    kiosk_restart(k);
    return 0;
}

static int remove_one(const char *path, const struct stat *st, int type,
                      struct FTW *ftw)
{
    (void)st;
    (void)type;
    (void)ftw;
    return remove(path);
}

int kiosk_teardown(void **state)
{
    struct kiosk *k = *state;

    close_all(k);
    loopback_stop(k->loopback);
    sem_destroy(&k->woken);
    nftw(k->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    free(k);
    return 0;
}

void kiosk_behave(struct kiosk *k, enum behaviour behaviour)
{
    k->server.behaviour = behaviour;
    loopback_plan(k->loopback, &(struct loopback_plan){ .answer = serve,
                                                        .ctx = k,
                                                        .at_most = SIZE_MAX,
                                                        .hold = behaviour == SILENT });
}

void kiosk_complete(struct kiosk *k, int n)
{
    for (int i = 1; i <= n; i++) {
        char unit[16];
        const struct event events[] = {
            { .kind = EVENT_START, .unit = unit },
            { .kind = EVENT_COMPLETE,
              .unit = unit,
              .value = 100,
              .flags = EVENT_PASSED,
              .body = "{\"seconds\":60}" },
        };
        struct event_id last;

        snprintf(unit, sizeof(unit), "m01-b%02d", i);
        k->mono_ms += 60000;
        assert_int_equal(journal_append(k->db, events, COUNT(events), &last), ERR_OK);
    }
    uplink_changed(k->uplink);
}

void kiosk_settle(struct kiosk *k)
{
    uplink_tick(k->uplink);
    while (kiosk_status(k).sending) {
        assert_int_equal(sem_wait(&k->woken), 0);
        uplink_tick(k->uplink);
    }
    loopback_n_requests(k->loopback); /* what the server changed may be read now */
}

enum sync_outcome kiosk_send(struct kiosk *k)
{
    uplink_send_now(k->uplink);
    kiosk_settle(k);
    return kiosk_status(k).outcome;
}

void kiosk_restart(struct kiosk *k)
{
    close_all(k);
    k->mono_ms = 2000; /* the machine was off */
    open_all(k);
}

int64_t kiosk_waiting(struct kiosk *k)
{
    struct outbox_state state;

    assert_int_equal(outbox_state(k->db, &state), ERR_OK);
    return state.rows_waiting;
}

struct uplink_status kiosk_status(struct kiosk *k)
{
    struct uplink_status status;

    uplink_status(k->uplink, &status);
    return status;
}
