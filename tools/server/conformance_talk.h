/* The trial's side of the wire: bundles in every shape, and what came back. Private to
 * conformance*.c. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "conformance.h"
#include "wire/ack.h"
#include "wire/bundle.h"
#include "wire/enrol.h"
#include "wire/jws.h"

struct upload;

#define TRIAL_RUNS 2 /* the machine's own runs; the second is known to it only later */
#define TRIAL_NONCE_CHARS 33
#define TRIAL_SEEN_BYTES 200

/* What is wrong with an answer that should be an acknowledgement; 0: nothing. */
enum ack_fault {
    ACK_FINE,
    ACK_STATUS,    /* not 200 */
    ACK_SIGNATURE, /* no JWS of the server's key */
    ACK_FIELDS,    /* not readable as one */
    ACK_FOR,       /* of other bytes */
    ACK_KIOSK,
    ACK_NONCE,
};

struct trial {
    const struct conformance_wish *wish;
    struct upload *upload;
    struct arena arena;    /* of one rule */
    struct arena kept;     /* of the whole trial */
    struct jws_key key;    /* the machine's */
    struct jws_key server; /* learned at enrolment */
    bool met;              /* `server` is known */
    const char *kiosk;     /* NULL: not enrolled */
    const char *commune;
    const char *tls_pin; /* or NULL */
    uint64_t runs[TRIAL_RUNS];

    struct buf request; /* bytes of the last bundle */
    char nonce[TRIAL_NONCE_CHARS];
    long status; /* of the last answer; 0: none came */
    struct buf answer;
    struct ack ack; /* of the last bundle, when it was well */
    enum ack_fault fault;
    char seen[TRIAL_SEEN_BYTES]; /* what a broken rule saw */
};

/* A bundle, right unless told otherwise. */
struct shape {
    int64_t n;
    int run; /* index into trial.runs; -1: a bundle without runs and rows */
    int64_t from, to;
    int n_known;         /* how many of trial.runs it says it knows */
    const char *counts;  /* JSON rows; NULL: one completion */
    const char *extra;   /* JSON members, put last: ",\"x\":1"; or NULL */
    const char *header;  /* JWS header as JSON; NULL: the right one */
    const char *commune; /* NULL: the right one */
    const char *kiosk;   /* NULL: the right one */
};

void talk_open(struct trial *t, const struct conformance_wish *wish);
void talk_close(struct trial *t);
void talk_nonce(char out[TRIAL_NONCE_CHARS]);

/* Status of the answer, which is in `t->answer`; 0 when none came. */
long talk_get(struct trial *t, const char *path, const char *pin);
long talk_post(struct trial *t, const char *path, const void *bytes, size_t n);

/* Signs it into `t->request`. */
void talk_sign(struct trial *t, const struct shape *shape);
/* Sends `t->request` and looks at what came: `t->fault`, `t->ack`. True when it is an
 * acknowledgement of these very bytes; else `t->seen` tells. */
bool talk_send(struct trial *t);
/* Both. */
bool talk_bundle(struct trial *t, const struct shape *shape);
/* `*held` and `*top` of a run in the last ack; false when it is not in it. */
bool talk_held(const struct trial *t, int run, int64_t *held, int64_t *top);
/* Is the last answer something of that type, signed by the server? The payload is put
 * into `payload`. */
bool talk_signed(struct trial *t, enum jws_type type, struct buf *payload);

/* Tells what a broken rule saw; returns false. */
bool talk_saw(struct trial *t, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Was the last request refused with this status? Else tells what came. */
bool talk_refused(struct trial *t, long want, long or_want);
