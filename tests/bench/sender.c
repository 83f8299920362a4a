/* See sender.h. */
#include "sender.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/check.h"

#define ANSWER_BYTES 65536
#define CLIENTS_MAX 256

struct client {
    int fd;
    bool waits;
    double since_s;
    size_t n_read;
    char answer[ANSWER_BYTES];
};

struct crew {
    const struct crowd *crowd;
    size_t *at;
    struct client *clients;
    size_t n_waiting;
    double *ms; /* of each that was answered */
    struct sent sent;
};

double sender_now_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int dial(unsigned port)
{
    struct sockaddr_in where = { .sin_family = AF_INET,
                                 .sin_port = htons((uint16_t)port) };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT(fd >= 0);
    ASSERT(!connect(fd, (struct sockaddr *)&where, sizeof(where)));
    return fd;
}

static bool put(int fd, const char *bytes, size_t n)
{
    while (n) {
        ssize_t done = send(fd, bytes, n, MSG_NOSIGNAL);

        if (done <= 0)
            return false;
        bytes += done;
        n -= (size_t)done;
    }
    return true;
}

static void send_next(struct crew *w, struct client *c)
{
    const struct buf *request;

    if (*w->at >= crowd_size(w->crowd))
        return;
    request = crowd_request(w->crowd, (*w->at)++);
    c->since_s = sender_now_s();
    c->n_read = 0;
    c->waits = true;
    w->n_waiting++;
    ASSERT(put(c->fd, request->data, request->len));
}

/* Bytes of the whole answer, 0 while its head is not there. */
static size_t answer_size(const struct client *c)
{
    const char *end = strstr(c->answer, "\r\n\r\n");
    const char *length = strstr(c->answer, "\r\nContent-Length:");

    if (!end || !length || length > end)
        return 0;
    return (size_t)(end - c->answer) + 4 + strtoul(length + 17, NULL, 10);
}

/* False: the connection is gone. */
static bool read_some(struct crew *w, struct client *c)
{
    ssize_t got = recv(c->fd, c->answer + c->n_read, ANSWER_BYTES - 1 - c->n_read, 0);
    size_t size;

    if (got <= 0)
        return false;
    c->n_read += (size_t)got;
    c->answer[c->n_read] = 0;
    size = answer_size(c);
    if (!size || c->n_read < size)
        return true;
    c->waits = false;
    w->n_waiting--;
    if (strncmp(c->answer, "HTTP/1.1 200", 12) != 0)
        w->sent.n_bad++;
    else
        w->ms[w->sent.n++] = (sender_now_s() - c->since_s) * 1000;
    return true;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

static void run_until(struct crew *w, int poll_fd, double end_s)
{
    while (w->n_waiting) {
        struct epoll_event events[CLIENTS_MAX];
        int n = epoll_wait(poll_fd, events, CLIENTS_MAX, 30000);

        if (n <= 0)
            break; /* nobody answers */
        for (int i = 0; i < n; i++) {
            struct client *c = events[i].data.ptr;

            if (!read_some(w, c)) {
                epoll_ctl(poll_fd, EPOLL_CTL_DEL, c->fd, NULL);
                w->n_waiting--;
                w->sent.n_bad++;
            } else if (!c->waits && sender_now_s() < end_s) {
                send_next(w, c);
            }
        }
    }
    w->sent.n_bad += w->n_waiting;
}

struct sent sender_run(const struct crowd *crowd, unsigned port, size_t n_clients,
                       double seconds, size_t *at)
{
    struct crew w = { .crowd = crowd, .at = at };
    double began_s;
    int poll_fd = epoll_create1(EPOLL_CLOEXEC);

    ASSERT(n_clients <= CLIENTS_MAX && poll_fd >= 0);
    w.clients = check_alloc(n_clients * sizeof(*w.clients));
    w.ms = check_alloc((crowd_size(crowd) + 1) * sizeof(*w.ms));
    for (size_t i = 0; i < n_clients; i++) {
        struct epoll_event event = { .events = EPOLLIN, .data.ptr = &w.clients[i] };

        w.clients[i].waits = false;
        w.clients[i].fd = dial(port);
        ASSERT(!epoll_ctl(poll_fd, EPOLL_CTL_ADD, w.clients[i].fd, &event));
    }
    began_s = sender_now_s();
    for (size_t i = 0; i < n_clients; i++)
        send_next(&w, &w.clients[i]);
    run_until(&w, poll_fd, began_s + seconds);
    w.sent.seconds = sender_now_s() - began_s;
    qsort(w.ms, w.sent.n, sizeof(*w.ms), by_size);
    w.sent.p50_ms = w.sent.n ? w.ms[w.sent.n / 2] : 0;
    w.sent.p99_ms = w.sent.n ? w.ms[w.sent.n * 99 / 100] : 0;
    for (size_t i = 0; i < n_clients; i++)
        close(w.clients[i].fd);
    close(poll_fd);
    free(w.clients);
    free(w.ms);
    return w.sent;
}

double sender_get(unsigned port, const char *path)
{
    char chunk[ANSWER_BYTES];
    char head[16] = "";
    struct buf request;
    double began_s = sender_now_s();
    ssize_t got;
    int fd = dial(port);

    buf_init(&request, 1024);
    buf_printf(&request,
               "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", path);
    ASSERT(put(fd, request.data, request.len));
    buf_finish(&request);
    while ((got = recv(fd, chunk, sizeof(chunk), 0)) > 0)
        if (!head[0])
            snprintf(head, sizeof(head), "%.12s", chunk);
    close(fd);
    return strcmp(head, "HTTP/1.1 200") ? -1 : (sender_now_s() - began_s) * 1000;
}
