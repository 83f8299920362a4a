/* See crowd.h. */
#include "crowd.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/encoding.h"
#include "wire/bundle.h"

#define START_MS 1795300000000
#define LESSONS_A_DAY 20
#define NAME_BYTES 24
#define REQUEST_MAX (BUNDLE_BYTES_MAX + 512)

struct member {
    struct jws_key key;
    char kiosk[NAME_BYTES];
    uint64_t run;
};

struct crowd {
    struct member members[CROWD_KIOSKS];
    struct buf *requests;
    size_t n_requests;
};

/* What a kiosk says about one lesson: by itself, then of whom. */
static const struct saying {
    const char *stat;
    const char *dims;
} sayings[] = {
    { "starts", "-" },
    { "completions", "-" },
    { "passes", "-" },
    { "seconds", "-" },
    { "item_shown", "-" },
    { "item_first_right", "-" },
    { "practice_done", "-" },
    { "practice_hints", "-" },
    { "completions", "thon=t03" },
    { "completions", "sex=f" },
    { "completions", "band=b4" },
    { "completions", "group=g2" },
    { "completions", "sex=f;thon=t03" },
    { "completions", "band=b4;thon=t03" },
};

static const char *const gauges[] = { "active", "finished_one", "module_finished",
                                      "lesson_firsts" };

/* Upload `n` of a kiosk: a lesson of a day, with `n_rows` rows in the proportion of
 * `sayings` to `gauges`; more rows mean more lessons. */
static void fill(struct bundle *b, struct arena *arena, int64_t n, int n_rows)
{
    int n_kinds = (int)(COUNT(sayings) + COUNT(gauges));

    for (int i = 0; i < n_rows; i++) {
        int kind = i % n_kinds;
        int64_t lesson = (n + i / n_kinds) % 30 + (n / 30 + i / n_kinds) % 2;
        const char *unit = arena_printf(arena, "m%02d-b%02d", (int)(lesson / 5 + 1),
                                        (int)(lesson % 5 + 1));
        int64_t day = n / LESSONS_A_DAY + i / n_kinds;

        if (kind < (int)COUNT(sayings))
            b->counts[b->n_counts++] = (struct bundle_count){
                .stat = sayings[kind].stat,
                .period = arena_printf(arena, "2026-%02d-%02d",
                                       (int)(day / 28 % 12 + 1), (int)(day % 28 + 1)),
                .unit = unit,
                .dims = sayings[kind].dims,
                .plus = 1 + n % LESSONS_A_DAY,
            };
        else
            b->gauges[b->n_gauges++] = (struct bundle_gauge){
                .stat = gauges[kind - (int)COUNT(sayings)],
                .period = "2026-11",
                .unit = unit,
                .dims = "-",
                .value = 1 + n,
                .rev = n + 1,
            };
    }
}

static void sign(const struct member *m, int64_t n, int n_rows, struct arena *arena,
                 struct buf *jws)
{
    struct bundle_run run = {
        .id = m->run,
        .ord = 1,
        .start_ms = START_MS,
        .trust = 3,
        .from = n + 1,
        .to = n + 1,
    };
    struct bundle_known known = { .run = m->run, .acked = n };
    struct bundle b = {
        .commune = CROWD_COMMUNE,
        .kiosk = m->kiosk,
        .n = n + 1,
        .run = m->run,
        .nonce = "nonce-1",
        .n_runs = 1,
        .runs = &run,
        .n_known = 1,
        .known = &known,
        .version = "1.0.0",
    };
    struct buf json;

    b.counts = arena_alloc(arena, (size_t)n_rows * sizeof(*b.counts));
    b.gauges = arena_alloc(arena, (size_t)n_rows * sizeof(*b.gauges));
    fill(&b, arena, n, n_rows);
    buf_init(&json, BUNDLE_BYTES_MAX);
    ASSERT(!bundle_encode(&b, &json));
    jws_sign(&m->key, JWS_TOTALS, buf_text(&json), json.len, jws);
    buf_finish(&json);
}

struct crowd *crowd_create(size_t per_kiosk, int n_rows)
{
    struct crowd *c = check_alloc(sizeof(*c));
    struct arena arena = { 0 };
    struct buf jws;

    c->n_requests = per_kiosk * CROWD_KIOSKS;
    c->requests = check_alloc(c->n_requests * sizeof(*c->requests));
    buf_init(&jws, BUNDLE_BYTES_MAX);
    for (size_t i = 0; i < CROWD_KIOSKS; i++) {
        jws_key_make(&c->members[i].key);
        snprintf(c->members[i].kiosk, NAME_BYTES, "k%04zx", i);
        c->members[i].run = 0x1000 + i;
    }
    for (size_t i = 0; i < c->n_requests; i++) {
        buf_clear(&jws);
        arena_reset(&arena);
        sign(&c->members[i % CROWD_KIOSKS], (int64_t)(i / CROWD_KIOSKS), n_rows, &arena,
             &jws);
        buf_init(&c->requests[i], REQUEST_MAX);
        buf_printf(&c->requests[i],
                   "POST /v1/bundles HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                   "Content-Type: application/jose\r\nContent-Length: %zu\r\n\r\n%s",
                   jws.len, buf_text(&jws));
    }
    buf_finish(&jws);
    arena_finish(&arena);
    return c;
}

void crowd_destroy(struct crowd *c)
{
    for (size_t i = 0; i < c->n_requests; i++)
        buf_finish(&c->requests[i]);
    free(c->requests);
    free(c);
}

size_t crowd_size(const struct crowd *c)
{
    return c->n_requests;
}

const struct buf *crowd_request(const struct crowd *c, size_t i)
{
    return &c->requests[i];
}

static void public_hex(const struct jws_key *key, char out[2 * JWS_PUBLIC_BYTES + 1])
{
    encoding_hex(key->public_key, JWS_PUBLIC_BYTES, out);
}

void crowd_let_in(struct server *s, const struct jws_key *key, const char *kiosk)
{
    char hex[2 * JWS_PUBLIC_BYTES + 1];

    public_hex(key, hex);
    ASSERT(!store_run(s->store, Q_KIOSK_ASK, NULL, NULL, PARAM_TEXT(key->kid),
                      PARAM_TEXT(hex), PARAM_TEXT("12345678"), PARAM_INT(START_MS),
                      PARAM_TEXT("-"), ((struct param){ .null = true })));
    ASSERT(!store_run(s->store, Q_KIOSK_NAME, NULL, NULL, PARAM_TEXT(key->kid),
                      PARAM_TEXT(kiosk), PARAM_INT(START_MS)));
}

void crowd_enrol(const struct crowd *c, const char *uri)
{
    struct server server;

    ASSERT(!server_init(uri, &clock_real, CROWD_COMMUNE, "minh", "$none", ""));
    ASSERT(!server_open(uri, &clock_real, &server));
    ASSERT(!store_begin(server.store));
    for (size_t i = 0; i < CROWD_KIOSKS; i++)
        crowd_let_in(&server, &c->members[i].key, c->members[i].kiosk);
    ASSERT(!store_commit(server.store));
    server_close(&server);
}

void crowd_write_keys(const struct crowd *c, const char *path)
{
    char hex[2 * JWS_PUBLIC_BYTES + 1];
    FILE *file = fopen(path, "we");

    ASSERT(file);
    for (size_t i = 0; i < CROWD_KIOSKS; i++) {
        public_hex(&c->members[i].key, hex);
        (void)fprintf(file, "%s %s %s\n", c->members[i].key.kid, hex,
                      c->members[i].kiosk);
    }
    ASSERT(!fclose(file));
}
