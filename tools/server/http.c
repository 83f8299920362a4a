/* The only file that includes microhttpd.h. libmicrohttpd runs without threads of its
 * own: its epoll descriptor is one of the things our loop waits for. */
#include "http.h"

#include <errno.h>
#include <microhttpd.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/hash.h"
#include "listen.h"
#include "stop.h"

#define LOG_MODULE "http"
#include "base/log.h"

#define TLS_PRIORITIES "NORMAL:-VERS-TLS1.0:-VERS-TLS1.1"
#define ANSWER_MAX (8 * 1024 * 1024)
#define SWALLOW_MAX (1U << 20) /* bytes of a body */
#define MEMORY_PER_CONNECTION 32768

struct pending;

struct http {
    struct MHD_Daemon *daemon;
    const struct http_service *service;
    void *ctx;
    struct pending *gathered[HTTP_CONNECTIONS_MAX]; /* suspended, not yet answered */
    size_t n_gathered;
    char *cert; /* PEM; the daemon reads them while it lives */
    char *key;
    char address[LISTEN_ADDRESS_CHARS];
    int stop_fd; /* readable once somebody wants us to end */
    bool loopback;
};

/* One request while its body arrives: http.con_cls */
struct pending {
    struct buf body;
    int64_t began_ms;
    char peer[LISTEN_ADDRESS_CHARS];
    struct http_exchange exchange; /* once the body is there */
    bool answered;                 /* together with others, but not yet sent */
};

/* --- one request ------------------------------------------------------------------ */

static const char *find_query(const struct http_request *r, const char *name)
{
    return MHD_lookup_connection_value(r->connection, MHD_GET_ARGUMENT_KIND, name);
}

static const char *find_header(const struct http_request *r, const char *name)
{
    return MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, name);
}

static void add_header(struct MHD_Response *response, const char *name,
                       const char *value)
{
    if (value && MHD_add_response_header(response, name, value) != MHD_YES)
        LOG_WARN("header %s refused", name);
}

static struct MHD_Response *make_response(struct http_response *answer)
{
    struct MHD_Response *response;

    if (!answer->file.is_open)
        return MHD_create_response_from_buffer(
            answer->body.len, (void *)(uintptr_t)buf_text(&answer->body),
            MHD_RESPMEM_MUST_COPY);
    response = MHD_create_response_from_fd_at_offset64(
        answer->file.size, answer->file.fd, answer->file.from);
    answer->file.is_open = !response; /* else the library closes it */
    return response;
}

static enum MHD_Result send_response(struct MHD_Connection *connection,
                                     struct http_response *answer)
{
    struct MHD_Response *response = make_response(answer);
    char number[16];
    char disposition[128];
    enum MHD_Result result;

    if (!response)
        return MHD_NO;
    add_header(response, "Content-Type", answer->type);
    add_header(response, "Allow", answer->allow);
    if (answer->etag[0]) {
        add_header(response, "ETag", answer->etag);
        add_header(response, "Accept-Ranges", "bytes");
    }
    if (answer->content_range[0])
        add_header(response, "Content-Range", answer->content_range);
    add_header(response, "Cache-Control",
               answer->cacheable ? "max-age=3600" : "no-store");
    add_header(response, "X-Content-Type-Options", "nosniff");
    /* not no-referrer: with that a form of ours is posted with "Origin: null" */
    add_header(response, "Referrer-Policy", "same-origin");
    add_header(response, "Content-Security-Policy",
               "default-src 'none'; style-src 'self'; img-src 'self' data:;"
               " base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    if (answer->location[0])
        add_header(response, "Location", answer->location);
    for (size_t i = 0; i < HTTP_COOKIES_MAX; i++)
        if (answer->cookies[i][0])
            add_header(response, "Set-Cookie", answer->cookies[i]);
    if (answer->retry_after_s) {
        snprintf(number, sizeof(number), "%u", answer->retry_after_s);
        add_header(response, "Retry-After", number);
    }
    if (answer->file_name[0]) {
        snprintf(disposition, sizeof(disposition), "attachment; filename=\"%s\"",
                 answer->file_name);
        add_header(response, "Content-Disposition", disposition);
    }
    result = MHD_queue_response(connection, answer->status, response);
    MHD_destroy_response(response);
    return result;
}

static void describe_peer(struct MHD_Connection *connection,
                          char out[LISTEN_ADDRESS_CHARS])
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);

    out[0] = 0;
    if (info)
        listen_peer(info->client_addr, out);
}

static void describe_request(const struct http *h, struct MHD_Connection *connection,
                             const char *url, const char *method, struct pending *p)
{
    describe_peer(connection, p->peer);
    p->exchange.request = (struct http_request){
        .method = method,
        .path = url,
        .body = buf_text(&p->body),
        .n_body = p->body.len,
        .body_too_large = p->body.overflow,
        .secure = h->cert != NULL,
        .peer = p->peer,
        .query = find_query,
        .header = find_header,
        .connection = connection,
    };
    p->exchange.response =
        (struct http_response){ .status = 200, .type = "text/plain; charset=utf-8" };
    buf_init(&p->exchange.response.body, ANSWER_MAX);
}

static enum MHD_Result send_answer(struct pending *p)
{
    struct http_response *response = &p->exchange.response;

    if (response->body.overflow) {
        LOG_ERR("%s: the answer is larger than %d bytes", p->exchange.request.path,
                ANSWER_MAX);
        buf_clear(&response->body);
        response->status = 500;
    }
    return send_response(p->exchange.request.connection, response);
}

static enum MHD_Result answer(struct http *h, struct MHD_Connection *connection,
                              const char *url, const char *method, struct pending *p)
{
    describe_request(h, connection, url, method, p);
    if (h->service->gathers(&p->exchange.request)) {
        ASSERT(h->n_gathered < COUNT(h->gathered));
        h->gathered[h->n_gathered++] = p;
        MHD_suspend_connection(connection); /* on_request is called again later */
        return MHD_YES;
    }
    h->service->answer(h->ctx, &p->exchange.request, &p->exchange.response);
    return send_answer(p);
}

/* The connections go on in the next round, which sends the answers. */
static void answer_gathered(struct http *h)
{
    struct http_exchange *exchanges[HTTP_CONNECTIONS_MAX];
    size_t n = h->n_gathered;

    if (!n)
        return;
    for (size_t i = 0; i < n; i++)
        exchanges[i] = &h->gathered[i]->exchange;
    h->service->answer_all(h->ctx, exchanges, n);
    h->n_gathered = 0;
    for (size_t i = 0; i < n; i++) {
        h->gathered[i]->answered = true;
        MHD_resume_connection(exchanges[i]->request.connection);
    }
}

/* Says so before the body comes: the client need not send it. A little too much is read to its
 * end, and dropped: who is still sending when we hang up may never see the answer. */
static bool announces_too_much(struct MHD_Connection *connection)
{
    const char *text =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Length");

    return text && strtoull(text, NULL, 10) > SWALLOW_MAX;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *connection,
                                  const char *url, const char *method,
                                  const char *version, const char *data, size_t *n_data,
                                  void **con_cls)
{
    struct http *h = cls;
    struct pending *p = *con_cls;
    int64_t now_ms = clock_mono_ms(&clock_real);

    (void)version;
    if (!p) {
        p = check_alloc(sizeof(*p));
        *p = (struct pending){ .began_ms = now_ms };
        buf_init(&p->body, HTTP_BODY_MAX);
        *con_cls = p;
        if (!announces_too_much(connection))
            return MHD_YES;
        p->body.overflow = true;
        return answer(h, connection, url, method, p);
    }
    if (p->answered)
        return send_answer(p);
    if (now_ms - p->began_ms > HTTP_REQUEST_S * 1000)
        return MHD_NO; /* drips on purpose */
    if (*n_data) {
        buf_add(&p->body, data, *n_data);
        *n_data = 0;
        return MHD_YES;
    }
    return answer(h, connection, url, method, p);
}

static void on_completed(void *cls, struct MHD_Connection *connection, void **con_cls,
                         enum MHD_RequestTerminationCode why)
{
    struct pending *p = *con_cls;

    (void)cls;
    (void)connection;
    (void)why;
    if (p) {
        buf_finish(&p->body);
        buf_finish(&p->exchange.response.body);
        if (p->exchange.response.file.is_open)
            close(p->exchange.response.file.fd);
    }
    free(p);
    *con_cls = NULL;
}

/* --- the service ------------------------------------------------------------------ */

enum err http_open(const char *listen, const struct http_tls *tls,
                   const struct http_service *service, void *ctx, struct http **out)
{
    struct MHD_OptionItem secure[] = {
        { MHD_OPTION_END, 0, NULL },
        { MHD_OPTION_END, 0, NULL },
        { MHD_OPTION_END, 0, NULL },
        { MHD_OPTION_END, 0, NULL },
    };
    struct http *h = check_alloc(sizeof(*h));
    enum err err;
    int fd;

    *out = NULL;
    *h = (struct http){ .service = service, .ctx = ctx };
    err = listen_open(listen, &fd);
    if (err)
        goto fail;
    listen_describe(fd, h->address, &h->loopback);
    if (tls && tls->not_on_loopback && h->loopback)
        tls = NULL;
    if (tls) {
        h->cert = check_strdup(tls->cert);
        h->key = check_strdup(tls->key);
        secure[0] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_CERT, 0, h->cert };
        secure[1] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_KEY, 0, h->key };
        secure[2] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_PRIORITIES, 0,
                                             (void *)(uintptr_t)TLS_PRIORITIES };
    }
    /* the daemon owns the socket from here on */
    h->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | (tls ? MHD_USE_TLS : 0U), 0, NULL,
        NULL, on_request, h, MHD_OPTION_ARRAY, secure, MHD_OPTION_LISTEN_SOCKET, fd,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)HTTP_IDLE_S, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)HTTP_CONNECTIONS_MAX, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
        (unsigned)HTTP_CONNECTIONS_PER_ADDRESS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)MEMORY_PER_CONNECTION, MHD_OPTION_END);
    if (!h->daemon || !stop_catch(&h->stop_fd)) {
        LOG_ERR("%s: the HTTP service does not start", listen);
        err = tls ? ERR_REJECTED : ERR_OFFLINE;
        goto fail;
    }
    *out = h;
    return ERR_OK;

fail:
    http_close(h);
    return err;
}

void http_close(struct http *h)
{
    if (!h)
        return;
    if (h->daemon)
        MHD_stop_daemon(h->daemon);
    free(h->cert);
    if (h->key)
        hash_wipe(h->key, strlen(h->key));
    free(h->key);
    free(h);
}

const char *http_address(const struct http *h)
{
    return h->address;
}

bool http_is_secure(const struct http *h)
{
    return h->cert != NULL;
}

bool http_is_loopback(const struct http *h)
{
    return h->loopback;
}

static int time_left_ms(const struct http *h)
{
    MHD_UNSIGNED_LONG_LONG left_ms = HTTP_TURN_MS;

    if (MHD_get_timeout(h->daemon, &left_ms) != MHD_YES || left_ms > HTTP_TURN_MS)
        return HTTP_TURN_MS;
    return (int)left_ms;
}

/* Reads what has come, sends what can be sent. */
static bool run_round(struct http *h)
{
    if (MHD_run(h->daemon) == MHD_YES)
        return true;
    LOG_ERR("the HTTP service failed");
    return false;
}

void http_loop(struct http *h, const bool *stop, int extra_fd, void (*on_extra)(void *),
               void (*on_turn)(void *), void *ctx)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(h->daemon, MHD_DAEMON_INFO_EPOLL_FD);

    ASSERT(info);
    for (bool go_on = true; go_on && !*stop;) {
        struct pollfd fds[] = {
            { .fd = info->epoll_fd, .events = POLLIN },
            { .fd = h->stop_fd, .events = POLLIN },
            { .fd = extra_fd, .events = POLLIN },
        };
        int wait_ms = h->n_gathered ? 0 : time_left_ms(h);

        if (poll(fds, COUNT(fds), wait_ms) < 0 && errno != EINTR) {
            LOG_ERR("poll: %s", strerror(errno));
            go_on = false;
        }
        if (fds[1].revents)
            go_on = false;
        else if (fds[2].revents & POLLIN)
            on_extra(ctx);
        answer_gathered(h);
        go_on = run_round(h) && go_on;
        if (on_turn)
            on_turn(ctx);
    }
    answer_gathered(h); /* no connection may be left waiting */
    run_round(h);
}
