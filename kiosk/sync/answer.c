/* Judges answers. An HTTP status is never success: a captive portal's 200 is just
 * another page. Only what our server signed, for exactly our bytes, counts. */
#include "sync/answer.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"
#include "wire/ack.h"
#include "wire/enrol.h"
#include "wire/settings.h"

static const enum jws_type wanted[] = {
    [SYNC_SEND] = JWS_ACK,
    [SYNC_TIME] = JWS_TIME,
    [SYNC_ENROL] = JWS_GRANT,
    [SYNC_SETTINGS] = JWS_SETTINGS, /* SYNC_FETCH: nothing is signed */
};

static bool same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

static enum sync_outcome judge_ack(const struct sync_job *job,
                                   const struct buf *payload, struct arena *arena)
{
    char sha256[HASH_SHA256_HEX];
    struct ack ack;

    if (ack_decode(buf_text(payload), payload->len, arena, &ack))
        return SYNC_FAULT;
    hash_sha256_hex(job->bytes, job->n, sha256);
    return same(ack.request_sha256, sha256) && same(ack.kiosk, job->kiosk) &&
                   same(ack.nonce, job->nonce)
               ? SYNC_VERIFIED
               : SYNC_OTHER_ANSWER;
}

static enum sync_outcome judge_time(const struct sync_job *job,
                                    const struct buf *payload, struct arena *arena)
{
    struct wire_time time;

    if (wire_time_decode(buf_text(payload), payload->len, arena, &time))
        return SYNC_FAULT;
    return same(time.nonce, job->nonce) ? SYNC_VERIFIED : SYNC_OTHER_ANSWER;
}

static enum sync_outcome judge_grant(const struct sync_job *job,
                                     const struct buf *payload, struct arena *arena)
{
    struct enrol_grant grant;

    if (enrol_grant_decode(buf_text(payload), payload->len, arena, &grant))
        return SYNC_FAULT;
    if (memcmp(grant.server_key, job->server_key, JWS_PUBLIC_BYTES))
        return SYNC_STRANGER;
    return same(grant.nonce, job->nonce) ? SYNC_VERIFIED : SYNC_OTHER_ANSWER;
}

static enum sync_outcome judge_settings(const struct sync_job *job,
                                        const struct buf *payload, struct arena *arena)
{
    struct wire_settings settings;

    if (wire_settings_decode(buf_text(payload), payload->len, arena, &settings))
        return SYNC_FAULT;
    return same(settings.nonce, job->nonce) ? SYNC_VERIFIED : SYNC_OTHER_ANSWER;
}

static enum sync_outcome judge_payload(const struct sync_job *job,
                                       const struct buf *payload)
{
    struct arena arena = { 0 };
    enum sync_outcome outcome = SYNC_FAULT;

    switch (job->kind) {
    case SYNC_SEND:
        outcome = judge_ack(job, payload, &arena);
        break;
    case SYNC_TIME:
        outcome = judge_time(job, payload, &arena);
        break;
    case SYNC_ENROL:
        outcome = judge_grant(job, payload, &arena);
        break;
    case SYNC_SETTINGS:
        outcome = judge_settings(job, payload, &arena);
        break;
    case SYNC_FETCH: /* answer_fetch */
        break;
    }
    arena_finish(&arena);
    return outcome;
}

static enum sync_outcome judge_signed(const struct sync_job *job, const char *body,
                                      size_t n, struct buf *payload_out)
{
    enum sync_outcome outcome = SYNC_STRANGER;
    char kid[JWS_KID_CHARS];
    struct jws_key key;
    struct buf payload;

    if (jws_peek(body, n, wanted[job->kind], kid))
        return SYNC_PORTAL;
    if (!job->has_server_key) /* a grant before its key was shown: not to be believed */
        return SYNC_OTHER_ANSWER;
    jws_key_public(job->server_key, &key);
    buf_init(&payload, JWS_BYTES_MAX);
    if (!jws_verify(body, n, wanted[job->kind], &key, &payload))
        outcome = judge_payload(job, &payload);
    if (outcome == SYNC_VERIFIED)
        buf_add(payload_out, buf_text(&payload), payload.len);
    buf_finish(&payload);
    return outcome;
}

static enum sync_outcome judge_waiting(const struct sync_job *job, const char *body,
                                       size_t n, struct buf *payload_out)
{
    unsigned char key[JWS_PUBLIC_BYTES];

    if (job->kind != SYNC_ENROL || enrol_waiting_decode(body, n, key))
        return SYNC_PORTAL;
    if (job->has_server_key && memcmp(key, job->server_key, sizeof(key)))
        return SYNC_STRANGER;
    buf_add(payload_out, body, n);
    return SYNC_WAITING;
}

enum sync_outcome answer_judge(const struct sync_job *job, long status,
                               const char *body, size_t n, struct buf *payload_out)
{
    bool enrolling = job->kind == SYNC_ENROL;

    ASSERT(job->kind < COUNT(wanted));
    switch (status) {
    case 200:
        return judge_signed(job, body, n, payload_out);
    case 202:
        return judge_waiting(job, body, n, payload_out);
    case 400:
        return SYNC_REFUSED;
    case 401:
        return SYNC_UNKNOWN_KEY;
    case 403:
        return enrolling ? SYNC_DENIED : SYNC_PORTAL;
    case 410:
        return enrolling ? SYNC_EXPIRED : SYNC_FAULT;
    case 413:
        return SYNC_TOO_LARGE;
    case 429:
    case 503:
        return SYNC_BUSY;
    case 511: /* RFC 6585: network authentication required */
        return SYNC_PORTAL;
    default:
        /* Our server sends no other 2xx and no 3xx: portals do. */
        return status < 400 ? SYNC_PORTAL : SYNC_FAULT;
    }
}

enum sync_outcome answer_fetch(const struct sync_job *job, long status, bool continues)
{
    switch (status) {
    case 200:
        return SYNC_VERIFIED;
    case 206:
        return (job->offset || job->in_pieces) && continues ? SYNC_VERIFIED
                                                            : SYNC_PORTAL;
    case 404:
        return SYNC_NOT_THERE;
    case 429:
    case 503:
        return SYNC_BUSY;
    default:
        return status < 500 ? SYNC_PORTAL : SYNC_FAULT;
    }
}
