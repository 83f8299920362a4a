/* The server's answer to a bundle, payload of a JWS. The only thing that is success.
 *
 * HTTP: POST /v1/bundles, Content-Type: application/jose, a JWS of JWS_TOTALS of at most
 * BUNDLE_BYTES_MAX. Answers: 200 application/jose, a JWS of JWS_ACK · 400 not a bundle ·
 * 401 unknown or revoked key · 413 too large · 429/503 with Retry-After.
 * GET /v1/time?nonce=<[A-Za-z0-9_-]{1,64}>: 200 application/jose, a JWS of JWS_TIME. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"

struct arena;
struct buf;

#define ACK_REJECTED_MAX 500

struct ack_held {
    uint64_t run;
    int64_t held; /* every rev up to it is in the server's database */
    int64_t top;  /* the greatest rev it has seen of that run */
};

struct ack_rejected {
    int64_t i;        /* index of the row: counts first, then gauges */
    const char *code; /* "grammar", "held" */
};

struct ack {
    const char *request_sha256; /* hex, of the request's bytes */
    const char *kiosk;
    struct ack_held *held;
    size_t n_held;
    int64_t foreign_ord;
    const char *server_inst;
    struct ack_rejected *rejected;
    size_t n_rejected;
    int64_t time_ms;
    const char *nonce; /* echo */
    int64_t after_s;
    const char *pack_id; /* NULL: the server offers none */
    int64_t pack_ver;
    const char *pack_manifest; /* SHA-256 hex */
    int64_t settings_ver;
    int64_t program_ver; /* 0: none is offered for the kiosk's system */
    const char *program_version;
    const char *program_list;      /* SHA-256 hex of list.json (wire/program.h) */
    const char *program_signature; /* … of list.json.minisig */
};

/* The encoders write into an empty `out`. Errors: ERR_FULL when it reached its ceiling. */
NODISCARD enum err ack_encode(const struct ack *a, struct buf *out);
/* Errors: ERR_REJECTED. */
NODISCARD enum err ack_decode(const char *json, size_t n, struct arena *arena,
                              struct ack *out);

/* GET /v1/time?nonce= : {"schema":1,"time_ms":…,"nonce":"…"} as JWS_TIME. */
struct wire_time {
    int64_t time_ms;
    const char *nonce;
};
NODISCARD enum err wire_time_encode(const struct wire_time *t, struct buf *out);
NODISCARD enum err wire_time_decode(const char *json, size_t n, struct arena *arena,
                                    struct wire_time *out);
