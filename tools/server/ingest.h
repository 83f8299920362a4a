/* Takes one bundle: verify, decode, merge in one transaction, sign the answer. The same
 * for HTTP and USB. Merging is max per counter and newest per gauge, so repeats, late
 * copies and any order give the same totals (PROTOCOL §3, §4). */
#pragma once

#include <stddef.h>

#include "base/err.h"
#include "server.h"

struct buf;

#define INGEST_DAY_MAX 2000            /* completions a kiosk and day; more are held */
#define INGEST_VALUE_MAX 1000000000000 /* of one row, so that no sum can overflow */

enum ingest_status {
    INGEST_TAKEN,     /* durable; the acknowledgement stands in `answer` */
    INGEST_TOO_LARGE, /* more than BUNDLE_BYTES_MAX */
    INGEST_UNKNOWN,   /* no such key, or revoked */
    INGEST_WRONG,     /* signature, grammar, foreign commune or kiosk */
    INGEST_LATER,     /* our database cannot take it now */
};

/* `answer` is appended to: the signed acknowledgement, or with any other result a short
 * English reason. Nothing is stored unless INGEST_TAKEN. */
NODISCARD enum ingest_status ingest_take(struct server *s, const char *bytes, size_t n,
                                         struct buf *answer);
