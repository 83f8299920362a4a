/* A small HTTP server on loopback that misbehaves on request. One connection at a time,
 * one request per connection. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct loopback;

struct loopback_request {
    const char *head; /* request line and header, NUL-terminated */
    const char *body;
    size_t n;
};

struct loopback_plan {
    /* Appends the whole answer, status line and all. Runs in the server's thread, under
     * its lock: after loopback_n_requests the test may look at what it changed. */
    void (*answer)(void *ctx, const struct loopback_request *request, struct buf *out);
    void *ctx;
    size_t at_most; /* bytes of it that are sent */
    bool hold;      /* then says no more, until the other side gives up */
    bool forever;   /* repeats the answer's last byte until the other side gives up */
};

struct loopback *loopback_start(void);
void loopback_stop(struct loopback *s);
const char *loopback_url(const struct loopback *s); /* "http://127.0.0.1:port" */

/* What to do with the requests from now on. Set it while none is under way. */
void loopback_plan(struct loopback *s, const struct loopback_plan *plan);

size_t loopback_n_requests(struct loopback *s);
/* Copies of the newest request. */
void loopback_last(struct loopback *s, struct buf *head, struct buf *body);

/* An answer with a length: status line, further header lines (each with its CRLF). */
void loopback_put(struct buf *out, const char *status, const char *lines,
                  const char *body, size_t n);
