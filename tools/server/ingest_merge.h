/* One verified bundle into the database: its runs, counters and gauges. Knows no
 * signatures and no transactions. */
#pragma once

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"
#include "ingest.h"
#include "wire/ack.h"

struct taking {
    struct server *server;
    struct ingest_upload *upload; /* what is taken; borrowed */
    struct arena arena;           /* of the bundle and the acknowledgement */
    const struct bundle *bundle;
    char sha256[HASH_SHA256_HEX];
    struct ack ack; /* what the database holds: filled by ingest_merge */
    int64_t n_merged;
    int64_t n_held;
};

/* Inside a transaction of the caller; may be called again after a rollback. Errors: of
 * the store. */
NODISCARD enum err ingest_merge(struct taking *t);
