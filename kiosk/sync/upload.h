/* One HTTP request at a time. The only part of sync that knows libcurl. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct upload;

#define UPLOAD_ANSWER_MAX 262144 /* bytes of an answer */

struct upload_limits {
    long connect_s;
    long low_speed_bytes;
    long low_speed_s;
    const char *ca_file; /* borrowed while the upload lives; may be NULL */
};

struct upload_request {
    const char *url;  /* whole */
    const char *body; /* NULL: GET, otherwise POST of application/jose */
    size_t n;
    const char *pin;      /* may be NULL */
    bool any_certificate; /* who answers is proved by other means */
    int64_t wall_ms;      /* see sync_job */
    size_t offset;        /* GET: bytes we hold already; 0: all of it */
    const char *etag;     /* of which they are; NULL: none */
    size_t max;           /* bytes of the answer; 0: UPLOAD_ANSWER_MAX */
    bool in_pieces;       /* GET: a range of `max` bytes is asked for, not the rest */
};

enum upload_end {
    UPLOAD_ANSWERED,
    UPLOAD_UNREACHABLE,
    UPLOAD_CUT,      /* broke off or stalled on the way */
    UPLOAD_LARGE,    /* more than was asked for */
    UPLOAD_STRANGER, /* TLS: another key, a bad certificate */
    UPLOAD_STOPPED,
};

struct upload_answer {
    enum upload_end end;
    long status;
    struct buf body;       /* what came, even when it broke off */
    bool continues;        /* a 206 that starts at `offset` */
    int64_t retry_after_s; /* -1: not said */
    int64_t round_trip_ms;
};

/* Errors: ERR_FULL (curl cannot start). */
NODISCARD enum err upload_create(const struct upload_limits *limits,
                                 struct upload **out);
void upload_destroy(struct upload *u); /* NULL is allowed */

/* Runs one request; `stopping` is asked often, and always after upload_wake. The
 * caller ends `out->body` with buf_finish. */
void upload_run(struct upload *u, const struct upload_request *request,
                bool (*stopping)(void *ctx), void *ctx, struct upload_answer *out);
/* Makes a running upload_run ask `stopping` at once. Thread: any. */
void upload_wake(struct upload *u);
