/* Takes bundles: verify, decode, merge in one transaction, sign the answers. The same
 * for HTTP and USB. Those that wait at the same moment share a transaction, and so the
 * one flush to the disk that each of them must wait for. Merging is max per counter and newest per gauge, so repeats, late
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

struct ingest_upload {
    const char *bytes;
    size_t n;
    /* Appended to: the signed acknowledgement, or with any other status than INGEST_TAKEN
     * a short English reason. Nothing is stored unless INGEST_TAKEN. */
    struct buf *answer;
    enum ingest_status status;
};

/* Each gets the answer that it would get alone, whatever the others are. */
void ingest_take_all(struct server *s, struct ingest_upload *uploads, size_t n);
NODISCARD enum ingest_status ingest_take(struct server *s, const char *bytes, size_t n,
                                         struct buf *answer);
