/* Reports that were sent: the document as it was, under a number. A correction is the next
 * number; nothing is ever overwritten. */
#pragma once

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"
#include "server.h"

struct buf;

/* The newest version of a period, 0: it is not frozen. Errors: of the store. */
NODISCARD enum err frozen_last(struct server *s, const char *period, int64_t *out);
/* Appends the very bytes. Errors: ERR_REJECTED (there is no such version), ERR_CORRUPT
 * (they are not what was stored), and those of the store. */
NODISCARD enum err frozen_get(struct server *s, const char *period, int64_t version,
                              struct buf *out);
/* Keeps `document` as the next version; `version` is that number. Its line in the log, by
 * `by` (deeds.h), is one write with it. Durable on ERR_OK. Errors: of the store. */
NODISCARD enum err frozen_add(struct server *s, const char *by, const char *period,
                              int64_t version, const struct buf *document);
/* Appends a line for each: period, version, day, SHA-256. */
NODISCARD enum err frozen_list(struct server *s, struct buf *out);
