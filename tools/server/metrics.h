/* The server's numbers in Prometheus text format, without personal data. */
#pragma once

#include "base/err.h"
#include "server.h"

struct buf;

/* Errors: of the store. */
NODISCARD enum err metrics_write(struct server *s, struct buf *out);
