/* The one extra thread: takes a job to the server and brings the answer back. It opens
 * no database, touches no screen and decides nothing about the data; when to send, and
 * what an answer means for the totals, is the UI thread's (app/uplink.c). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "wire/jws.h"

struct sync;

enum sync_kind {
    SYNC_SEND,     /* POST /v1/bundles, answered by a JWS_ACK */
    SYNC_TIME,     /* GET /v1/time, answered by a JWS_TIME */
    SYNC_ENROL,    /* POST /v1/enrol (wire/enrol.h) */
    SYNC_SETTINGS, /* GET /v1/settings, answered by a JWS_SETTINGS */
    SYNC_FETCH,    /* GET of a file of a pack: its hash is checked by the caller */
};

struct sync_config {
    /* Called from the sync thread when an answer is there, so that the UI loop wakes.
     * Must be thread-safe. May be NULL. */
    void (*wake)(void *ctx);
    void *wake_ctx;
    long connect_s;       /* 0: 15 s */
    long low_speed_bytes; /* a second; 0: 50 */
    long low_speed_s;     /* for so long; 0: 60 s */
    const char *ca_file;  /* PEM; NULL: the system's. Copied */
};

struct sync_job {
    enum sync_kind kind;
    const char *url; /* of the server, "https://host:port"; http only to loopback */
    /* CURLOPT_PINNEDPUBLICKEY form; NULL: for SEND, authority and host name count. TIME
     * (signed) and ENROL (people compare the number) then take any certificate, so that
     * a wrong clock is no dead end. */
    const char *pin;
    int64_t wall_ms;   /* now; 0: the clock is not trusted, so dates are not checked */
    const char *bytes; /* the request's body (SEND, ENROL) */
    size_t n;
    bool has_server_key; /* always, but for the first ENROL */
    unsigned char server_key[JWS_PUBLIC_BYTES];
    const char *kiosk; /* SEND: the id that the ack must name */
    const char *nonce; /* that the answer must echo */
    const char *kid;   /* SETTINGS: who asks */
    const char *path;  /* FETCH: "/v1/packs/…" */
    const char *etag;  /* FETCH: of the bytes that we hold, with quotes; or NULL */
    size_t offset;     /* FETCH: how many these are */
    size_t max;        /* FETCH: bytes of the whole file, or of the piece */
    bool in_pieces;    /* FETCH: no more than `max` are asked for, by `etag` */
};

enum sync_outcome {
    SYNC_VERIFIED,     /* the only success: our server's word for exactly our bytes */
    SYNC_WAITING,      /* ENROL: the administrator has not confirmed yet */
    SYNC_UNREACHABLE,  /* no connection */
    SYNC_CUT,          /* the connection broke, or stalled */
    SYNC_PORTAL,       /* something between us and the server answered */
    SYNC_STRANGER,     /* a server, but not ours: its key is another one */
    SYNC_OTHER_ANSWER, /* our server's word, but for other bytes or another time */
    SYNC_BUSY,         /* 429, 503 */
    SYNC_FAULT,        /* the server failed */
    SYNC_REFUSED,      /* 400: not to be sent again unchanged */
    SYNC_UNKNOWN_KEY,  /* 401: not enrolled, or revoked */
    SYNC_TOO_LARGE,    /* 413 */
    SYNC_DENIED,       /* ENROL, 403: wrong code, or the administrator said no */
    SYNC_EXPIRED,      /* ENROL, 410: the code ran out */
    SYNC_NOT_THERE,    /* FETCH, 404 */
    SYNC_STOPPED,      /* sync_destroy came first */
    SYNC_OUTCOME_COUNT,
};

struct sync_result {
    enum sync_kind kind;
    enum sync_outcome outcome;
    char *payload;  /* VERIFIED: the verified payload; WAITING: the body; or NULL */
    bool continues; /* FETCH: the bytes go on at `offset`; else they begin at 0 */
    size_t n_payload;
    int64_t retry_after_s; /* BUSY, or -1 */
    int64_t round_trip_ms;
    int64_t age_ms; /* since the answer came */
};

/* Starts the thread; call before others exist that use curl. Errors: ERR_FULL. */
NODISCARD enum err sync_create(const struct sync_config *config, struct sync **out);
/* Stops within a second, whatever is under way. NULL is allowed. */
void sync_destroy(struct sync *s);

/* Copies `job` and hands it over. Errors: ERR_RETRY (one is under way or not yet
 * polled). Thread: UI. */
NODISCARD enum err sync_submit(struct sync *s, const struct sync_job *job);
bool sync_busy(struct sync *s);
/* Takes an answer that has come; the caller ends it with sync_result_finish. Thread: UI. */
bool sync_poll(struct sync *s, struct sync_result *out);
void sync_result_finish(struct sync_result *result);

/* What the caller does next about it. */
enum err sync_outcome_err(enum sync_outcome outcome);
/* "portal": for logs, and the last part of the key of the words on screen. */
const char *sync_outcome_name(enum sync_outcome outcome);
