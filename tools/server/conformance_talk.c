/* See conformance_talk.h. */
#include "conformance_talk.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/encoding.h"
#include "base/hash.h"
#include "sync/upload.h"

#define URL_BYTES 1024
#define NONCE_BYTES 16
#define CONNECT_S 15
#define LOW_SPEED_BYTES 50
#define LOW_SPEED_S 60

bool talk_saw(struct trial *t, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(t->seen, sizeof(t->seen), format, args);
    va_end(args);
    return false;
}

void talk_nonce(char out[TRIAL_NONCE_CHARS])
{
    unsigned char bytes[NONCE_BYTES];

    hash_random(bytes, sizeof(bytes));
    encoding_hex(bytes, sizeof(bytes), out);
}

void talk_open(struct trial *t, const struct conformance_wish *wish)
{
    static const struct upload_limits limits = { CONNECT_S, LOW_SPEED_BYTES,
                                                 LOW_SPEED_S, NULL };

    *t = (struct trial){ .wish = wish };
    if (upload_create(&limits, &t->upload))
        t->upload = NULL; /* then nothing is reached */
    jws_key_make(&t->key);
    for (size_t i = 0; i < TRIAL_RUNS; i++)
        t->runs[i] = hash_random_u64();
    buf_init(&t->request, 4 * BUNDLE_BYTES_MAX);
    buf_init(&t->answer, UPLOAD_ANSWER_MAX);
}

void talk_close(struct trial *t)
{
    upload_destroy(t->upload);
    jws_key_wipe(&t->key);
    buf_finish(&t->request);
    buf_finish(&t->answer);
    arena_finish(&t->arena);
    arena_finish(&t->kept);
}

/* --- HTTP ------------------------------------------------------------------------- */

static bool go_on(void *ctx)
{
    (void)ctx;
    return false;
}

/* No certificate is asked for: who answers is proved by the server's key. */
static long ask(struct trial *t, struct upload_request *request, const char *path)
{
    char url[URL_BYTES];
    size_t n = strlen(t->wish->url);
    struct upload_answer answer;

    buf_clear(&t->answer);
    t->status = 0;
    n -= n && t->wish->url[n - 1] == '/';
    if (!t->upload || snprintf(url, sizeof(url), "%.*s%s", (int)n, t->wish->url,
                               path) >= (int)sizeof(url))
        return 0;
    request->url = url;
    request->any_certificate = !request->pin;
    upload_run(t->upload, request, go_on, NULL, &answer);
    if (answer.end == UPLOAD_ANSWERED) {
        t->status = answer.status;
        buf_add(&t->answer, buf_text(&answer.body), answer.body.len);
    }
    buf_finish(&answer.body);
    return t->status;
}

long talk_get(struct trial *t, const char *path, const char *pin)
{
    struct upload_request request = { .pin = pin,
                                      .wall_ms = clock_wall_ms(&clock_real) };

    return ask(t, &request, path);
}

long talk_post(struct trial *t, const char *path, const void *bytes, size_t n)
{
    struct upload_request request = { .body = bytes, .n = n };

    return ask(t, &request, path);
}

/* --- bundles ---------------------------------------------------------------------- */

static void put_runs(const struct trial *t, const struct shape *s, struct buf *out)
{
    buf_str(out, "\"runs\":[");
    if (s->run >= 0)
        buf_printf(
            out, "[\"%016" PRIx64 "\",%d,%" PRId64 ",500,3,%" PRId64 ",%" PRId64 "]",
            t->runs[s->run], s->run + 1, clock_wall_ms(&clock_real), s->from, s->to);
    buf_str(out, "],\"known\":[");
    for (int i = 0; i < s->n_known; i++)
        buf_printf(out, "%s[\"%016" PRIx64 "\",0]", i ? "," : "", t->runs[i]);
    buf_str(out, "],");
}

static void put_payload(struct trial *t, const struct shape *s, struct buf *out)
{
    const char *counts = s->counts ? s->counts
                                   : "[0,\"completions\",\"2026-11-22\","
                                     "\"conformance\",\"-\",1,0]";

    buf_printf(out,
               "{\"schema\":1,\"commune\":\"%s\",\"kiosk\":\"%s\",\"n\":%" PRId64
               ",\"run\":\"%016" PRIx64 "\",\"nonce\":\"%s\",",
               s->commune   ? s->commune
               : t->commune ? t->commune
                            : "00000",
               s->kiosk   ? s->kiosk
               : t->kiosk ? t->kiosk
                          : "k0000000000000000",
               s->n, t->runs[0], t->nonce);
    put_runs(t, s, out);
    buf_printf(out,
               "\"version\":\"conformance\",\"packs\":{},\"health\":"
               "{\"undervolt\":false},\"counts\":[%s],\"gauges\":[]%s}",
               s->run >= 0 ? counts : "", s->extra ? s->extra : "");
}

void talk_sign(struct trial *t, const struct shape *shape)
{
    struct buf payload;

    talk_nonce(t->nonce);
    buf_init(&payload, 4 * BUNDLE_BYTES_MAX);
    put_payload(t, shape, &payload);
    buf_clear(&t->request);
    if (shape->header)
        jws_sign_header(&t->key, shape->header, buf_text(&payload), payload.len,
                        &t->request);
    else
        jws_sign(&t->key, JWS_TOTALS, buf_text(&payload), payload.len, &t->request);
    buf_finish(&payload);
}

bool talk_signed(struct trial *t, enum jws_type type, struct buf *payload)
{
    return t->met &&
           !jws_verify(buf_text(&t->answer), t->answer.len, type, &t->server, payload);
}

static enum ack_fault judge(struct trial *t)
{
    char sha[HASH_SHA256_HEX];
    struct buf payload;
    enum ack_fault fault = ACK_FINE;

    if (t->status != 200)
        return ACK_STATUS;
    buf_init(&payload, UPLOAD_ANSWER_MAX);
    hash_sha256_hex(buf_text(&t->request), t->request.len, sha);
    if (!talk_signed(t, JWS_ACK, &payload))
        fault = ACK_SIGNATURE;
    else if (ack_decode(buf_text(&payload), payload.len, &t->arena, &t->ack))
        fault = ACK_FIELDS;
    else if (strcmp(t->ack.request_sha256, sha) != 0)
        fault = ACK_FOR;
    else if (!t->kiosk || strcmp(t->ack.kiosk, t->kiosk) != 0)
        fault = ACK_KIOSK;
    else if (strcmp(t->ack.nonce, t->nonce) != 0)
        fault = ACK_NONCE;
    buf_finish(&payload);
    return fault;
}

bool talk_send(struct trial *t)
{
    static const char *const words[] = {
        [ACK_SIGNATURE] = "200, not signed by the server's key as an acknowledgement",
        [ACK_FIELDS] = "a signed answer that is no acknowledgement",
        [ACK_FOR] = "an acknowledgement whose `for` is not SHA-256 of these bytes",
        [ACK_KIOSK] = "an acknowledgement for another kiosk",
        [ACK_NONCE] = "an acknowledgement with another nonce",
    };

    talk_post(t, "/v1/bundles", buf_text(&t->request), t->request.len);
    t->fault = judge(t);
    if (t->fault == ACK_STATUS)
        return talk_saw(t, "status %ld", t->status);
    return t->fault ? talk_saw(t, "%s", words[t->fault]) : true;
}

bool talk_bundle(struct trial *t, const struct shape *shape)
{
    talk_sign(t, shape);
    return talk_send(t);
}

bool talk_held(const struct trial *t, int run, int64_t *held, int64_t *top)
{
    for (size_t i = 0; i < t->ack.n_held; i++) {
        if (t->ack.held[i].run != t->runs[run])
            continue;
        *held = t->ack.held[i].held;
        *top = t->ack.held[i].top;
        return true;
    }
    return false;
}

bool talk_refused(struct trial *t, long want, long or_want)
{
    if (t->status == want || (or_want && t->status == or_want))
        return true;
    return t->status ? talk_saw(t, "status %ld", t->status) : talk_saw(t, "no answer");
}
