/* The only file that includes microhttpd.h. libmicrohttpd runs without threads of its
 * own: its epoll descriptor is one of the things our loop waits for. */
#include "http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/check.h"
#include "base/clock.h"

#define LOG_MODULE "http"
#include "base/log.h"

#define ADDRESS_CHARS 64
#define ANSWER_MAX (8 * 1024 * 1024)
#define MEMORY_PER_CONNECTION 32768
#define POLL_MAX_MS 5000

struct http {
    struct MHD_Daemon *daemon;
    http_handler *handler;
    void *ctx;
    char address[ADDRESS_CHARS];
    bool loopback;
};

/* One request while its body arrives: http.con_cls */
struct pending {
    struct buf body;
    int64_t began_ms;
};

static int signal_pipe[2] = { -1, -1 };

static void on_signal(int number)
{
    int saved = errno;
    char byte = (char)number;

    if (write(signal_pipe[1], &byte, 1) < 0) {
        /* the pipe is full: a signal is waiting already */
    }
    errno = saved;
}

static bool catch_signals(void)
{
    struct sigaction stop = { .sa_handler = on_signal };
    struct sigaction ignore = { .sa_handler = SIG_IGN };

    if (pipe(signal_pipe))
        return false;
    for (int i = 0; i < 2; i++) {
        fcntl(signal_pipe[i], F_SETFD, FD_CLOEXEC);
        fcntl(signal_pipe[i], F_SETFL, O_NONBLOCK);
    }
    return !sigaction(SIGTERM, &stop, NULL) && !sigaction(SIGINT, &stop, NULL) &&
           !sigaction(SIGPIPE, &ignore, NULL);
}

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

static enum MHD_Result send_response(struct MHD_Connection *connection,
                                     const struct http_response *answer)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(
        answer->body.len, (void *)(uintptr_t)buf_text(&answer->body),
        MHD_RESPMEM_MUST_COPY);
    char number[16];
    char disposition[128];
    enum MHD_Result result;

    if (!response)
        return MHD_NO;
    add_header(response, "Content-Type", answer->type);
    add_header(response, "Allow", answer->allow);
    add_header(response, "Cache-Control",
               answer->cacheable ? "max-age=3600" : "no-store");
    add_header(response, "X-Content-Type-Options", "nosniff");
    add_header(response, "Referrer-Policy", "no-referrer");
    add_header(response, "Content-Security-Policy",
               "default-src 'none'; style-src 'self'; base-uri 'none';"
               " form-action 'self'; frame-ancestors 'none'");
    if (answer->retry_after_s) {
        snprintf(number, sizeof(number), "%u", answer->retry_after_s);
        add_header(response, "Retry-After", number);
    }
    if (answer->file_name) {
        snprintf(disposition, sizeof(disposition), "attachment; filename=\"%s\"",
                 answer->file_name);
        add_header(response, "Content-Disposition", disposition);
    }
    result = MHD_queue_response(connection, answer->status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result answer(struct http *h, struct MHD_Connection *connection,
                              const char *url, const char *method,
                              const struct pending *p)
{
    struct http_request request = {
        .method = method,
        .path = url,
        .body = buf_text(&p->body),
        .n_body = p->body.len,
        .body_too_large = p->body.overflow,
        .query = find_query,
        .header = find_header,
        .connection = connection,
    };
    struct http_response response = { .status = 200,
                                      .type = "text/plain; charset=utf-8" };
    enum MHD_Result result;

    buf_init(&response.body, ANSWER_MAX);
    h->handler(h->ctx, &request, &response);
    if (response.body.overflow) {
        LOG_ERR("%s: the answer is larger than %d bytes", url, ANSWER_MAX);
        buf_clear(&response.body);
        response.status = 500;
    }
    result = send_response(connection, &response);
    buf_finish(&response.body);
    return result;
}

/* Says so before the body comes: the client need not send it. */
static bool announces_too_much(struct MHD_Connection *connection)
{
    const char *text =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Length");

    return text && strtoull(text, NULL, 10) > HTTP_BODY_MAX;
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
    if (p)
        buf_finish(&p->body);
    free(p);
    *con_cls = NULL;
}

/* --- the socket ------------------------------------------------------------------- */

/* Splits "ADDR:PORT" or "[ADDR]:PORT". */
static bool split_address(const char *text, char addr[ADDRESS_CHARS], char port[8])
{
    const char *colon = strrchr(text, ':');
    size_t n = colon ? (size_t)(colon - text) : 0;

    if (!n || n >= ADDRESS_CHARS || !colon[1] || strlen(colon + 1) > 5 ||
        colon[1 + strspn(colon + 1, "0123456789")])
        return false;
    if (text[0] == '[' && text[n - 1] == ']') {
        text++;
        n -= 2;
    }
    memcpy(addr, text, n);
    addr[n] = 0;
    snprintf(port, 8, "%s", colon + 1);
    return true;
}

static void describe(struct http *h, int fd)
{
    struct sockaddr_storage where = { 0 };
    socklen_t n = sizeof(where);
    char host[INET6_ADDRSTRLEN] = "";

    if (getsockname(fd, (struct sockaddr *)&where, &n))
        return;
    if (where.ss_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&where;

        inet_ntop(AF_INET6, &six->sin6_addr, host, sizeof(host));
        h->loopback = IN6_IS_ADDR_LOOPBACK(&six->sin6_addr);
        snprintf(h->address, sizeof(h->address), "[%s]:%u", host,
                 ntohs(six->sin6_port));
    } else {
        const struct sockaddr_in *four = (const struct sockaddr_in *)&where;

        inet_ntop(AF_INET, &four->sin_addr, host, sizeof(host));
        h->loopback = ntohl(four->sin_addr.s_addr) >> 24 == 127;
        snprintf(h->address, sizeof(h->address), "%s:%u", host, ntohs(four->sin_port));
    }
}

static enum err bind_socket(const char *text, int *fd_out)
{
    struct addrinfo hints = { .ai_family = AF_UNSPEC,
                              .ai_socktype = SOCK_STREAM,
                              .ai_flags =
                                  AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV };
    struct addrinfo *found = NULL;
    char addr[ADDRESS_CHARS];
    char port[8];
    int one = 1;
    int fd;

    if (!split_address(text, addr, port) || getaddrinfo(addr, port, &hints, &found)) {
        LOG_ERR("%s: not ADDR:PORT", text);
        return ERR_REJECTED;
    }
    fd = socket(found->ai_family, SOCK_STREAM, 0);
    if (fd >= 0) {
        fcntl(fd, F_SETFD, FD_CLOEXEC);
        fcntl(fd, F_SETFL, O_NONBLOCK);
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
    }
    if (fd < 0 || bind(fd, found->ai_addr, found->ai_addrlen) ||
        listen(fd, SOMAXCONN)) {
        LOG_ERR("%s: %s", text, strerror(errno));
        if (fd >= 0)
            close(fd);
        fd = -1;
    }
    freeaddrinfo(found);
    *fd_out = fd;
    return fd < 0 ? ERR_OFFLINE : ERR_OK;
}

enum err http_open(const char *listen, http_handler *handler, void *ctx,
                   struct http **out)
{
    struct http *h;
    int fd;
    enum err err = bind_socket(listen, &fd);

    *out = NULL;
    if (err)
        return err;
    h = check_alloc(sizeof(*h));
    *h = (struct http){ .handler = handler, .ctx = ctx };
    describe(h, fd);
    /* the daemon owns the socket from here on */
    h->daemon = MHD_start_daemon(
        MHD_USE_EPOLL, 0, NULL, NULL, on_request, h, MHD_OPTION_LISTEN_SOCKET, fd,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)HTTP_IDLE_S, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)HTTP_CONNECTIONS_MAX, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
        (unsigned)HTTP_CONNECTIONS_PER_ADDRESS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)MEMORY_PER_CONNECTION, MHD_OPTION_END);
    if (!h->daemon || !catch_signals()) {
        LOG_ERR("%s: the HTTP service does not start", listen);
        http_close(h);
        return ERR_OFFLINE;
    }
    *out = h;
    return ERR_OK;
}

void http_close(struct http *h)
{
    if (!h)
        return;
    if (h->daemon)
        MHD_stop_daemon(h->daemon);
    free(h);
}

const char *http_address(const struct http *h)
{
    return h->address;
}

bool http_is_loopback(const struct http *h)
{
    return h->loopback;
}

void http_loop(struct http *h, const bool *stop, int extra_fd, void (*on_extra)(void *),
               void *ctx)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(h->daemon, MHD_DAEMON_INFO_EPOLL_FD);

    ASSERT(info);
    while (!*stop) {
        struct pollfd fds[] = {
            { .fd = info->epoll_fd, .events = POLLIN },
            { .fd = signal_pipe[0], .events = POLLIN },
            { .fd = extra_fd, .events = POLLIN },
        };
        MHD_UNSIGNED_LONG_LONG wait_ms = POLL_MAX_MS;

        if (MHD_get_timeout(h->daemon, &wait_ms) != MHD_YES || wait_ms > POLL_MAX_MS)
            wait_ms = POLL_MAX_MS;
        if (poll(fds, COUNT(fds), (int)wait_ms) < 0 && errno != EINTR) {
            LOG_ERR("poll: %s", strerror(errno));
            return;
        }
        if (fds[1].revents)
            return;
        if (fds[2].revents & POLLIN)
            on_extra(ctx);
        if (MHD_run(h->daemon) != MHD_YES) {
            LOG_ERR("the HTTP service failed");
            return;
        }
    }
}
