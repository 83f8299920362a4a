/* HTTP by libmicrohttpd, which stays behind this header: one thread, one loop, bounded
 * bodies, slow clients cut off, TLS when there is a certificate. Knows no paths. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

#define HTTP_BODY_MAX 98304 /* bytes of a request's body; more is 413 */
#define HTTP_IDLE_S 15      /* a silent connection is closed */
#define HTTP_REQUEST_S 60   /* a request that has not ended by then too */
#define HTTP_CONNECTIONS_MAX 256
#define HTTP_CONNECTIONS_PER_ADDRESS 64
#define HTTP_TURN_MS 5000 /* the loop rests no longer */
#define HTTP_COOKIES_MAX 2
#define HTTP_COOKIE_BYTES 160
#define HTTP_LOCATION_BYTES 256

struct http_request {
    const char *method;
    const char *path;
    const char *body; /* n_body bytes, then a NUL */
    size_t n_body;
    bool body_too_large; /* `body` is then incomplete */
    bool secure;         /* it came over TLS */
    const char *peer;    /* address of who is connected, "192.0.2.7" */
    /* The value of a query argument or a header, or NULL. Valid during the call. */
    const char *(*query)(const struct http_request *, const char *name);
    const char *(*header)(const struct http_request *, const char *name);
    void *connection; /* for the two above */
};

struct http_file { /* its bytes are the answer, instead of a body */
    bool is_open;
    int fd; /* http.c closes it */
    uint64_t from, size;
};

struct http_response { /* comes as 200 text/plain with an empty body */
    unsigned status;
    const char *type;                   /* Content-Type */
    char file_name[64];                 /* Content-Disposition, or "" */
    const char *allow;                  /* Allow, or NULL */
    unsigned retry_after_s;             /* Retry-After, 0: none */
    bool cacheable;                     /* for an hour; else no-store */
    char etag[72];                      /* ETag with its quotes, or "" */
    char content_range[64];             /* Content-Range of a 206, or "" */
    char location[HTTP_LOCATION_BYTES]; /* Location of a 303, or "" */
    char cookies[HTTP_COOKIES_MAX][HTTP_COOKIE_BYTES]; /* Set-Cookie, or "" */
    struct buf body;
    struct http_file file;
};

struct http_exchange {
    struct http_request request;
    struct http_response response;
};

struct http_service {
    void (*answer)(void *ctx, const struct http_request *, struct http_response *);
    /* Requests of which `gathers` says yes wait until everything that has come by now is
     * read; then `answer_all` gets them together. */
    bool (*gathers)(const struct http_request *);
    void (*answer_all)(void *ctx, struct http_exchange **exchanges, size_t n);
};

struct http;

struct http_tls {     /* PEM, copied */
    const char *cert; /* with its chain */
    const char *key;
    bool not_on_loopback; /* there it is left out: a proxy, a test */
};

/* Binds "ADDR:PORT" or "[ADDR]:PORT", port 0 for any; `tls` NULL: plain HTTP. Errors:
 * ERR_REJECTED (not an address, or no certificate that fits), ERR_OFFLINE (cannot
 * bind). */
NODISCARD enum err http_open(const char *listen, const struct http_tls *tls,
                             const struct http_service *service, void *ctx,
                             struct http **out);
void http_close(struct http *h); /* NULL is allowed */

/* "127.0.0.1:41877": where it really listens. */
const char *http_address(const struct http *h);
/* Is it served with TLS? */
bool http_is_secure(const struct http *h);
/* Does only this machine reach it? */
bool http_is_loopback(const struct http *h);

/* Serves until SIGTERM or SIGINT, or until `*stop` (looked at after each request).
 * `extra_fd` (or -1) is watched as well: when readable, `on_extra(ctx)` is called.
 * `on_turn(ctx)` (or NULL) is called every HTTP_TURN_MS at least. */
void http_loop(struct http *h, const bool *stop, int extra_fd, void (*on_extra)(void *),
               void (*on_turn)(void *), void *ctx);
