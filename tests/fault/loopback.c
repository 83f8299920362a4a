#include "loopback.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/check.h"

#define REQUEST_MAX 1048576

struct loopback {
    int listener;
    int stop[2]; /* pipe: closed by loopback_stop */
    char url[64];
    pthread_t thread;
    pthread_mutex_t lock; /* guards all below */
    struct loopback_plan plan;
    size_t n_requests;
    struct buf head;
    struct buf body;
};

/* Waits until `fd` can be read; false when the server is to stop. */
static bool readable(const struct loopback *s, int fd)
{
    struct pollfd fds[2] = { { .fd = fd, .events = POLLIN },
                             { .fd = s->stop[0], .events = POLLIN } };

    ASSERT(poll(fds, 2, -1) > 0);
    return fds[1].revents == 0;
}

/* Bytes of the body that the header announces. */
static size_t announced(const char *head)
{
    const char *at = strstr(head, "Content-Length:");

    return at ? strtoul(at + 15, NULL, 10) : 0;
}

/* Reads a whole request; `*n_head_out` bytes of it are the head. */
static bool read_request(const struct loopback *s, int fd, struct buf *all,
                         size_t *n_head_out)
{
    char chunk[65536];

    for (;;) {
        const char *end = all->len ? strstr(all->data, "\r\n\r\n") : NULL;
        ssize_t n;

        if (end) {
            *n_head_out = (size_t)(end - all->data) + 4;
            if (all->len - *n_head_out >= announced(all->data))
                return true;
        }
        if (!readable(s, fd))
            return false;
        n = read(fd, chunk, sizeof(chunk));
        if (n <= 0)
            return false;
        buf_add(all, chunk, (size_t)n);
    }
}

static bool send_all(int fd, const char *bytes, size_t n)
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

static void answer(struct loopback *s, int fd, const struct loopback_plan *plan,
                   const struct loopback_request *request)
{
    struct buf out;
    char last[4096];
    size_t n;

    buf_init(&out, REQUEST_MAX);
    pthread_mutex_lock(&s->lock);
    plan->answer(plan->ctx, request, &out);
    pthread_mutex_unlock(&s->lock);
    n = plan->at_most < out.len ? plan->at_most : out.len;
    if (send_all(fd, out.data, n)) {
        memset(last, n ? out.data[n - 1] : ' ', sizeof(last));
        while (plan->forever && send_all(fd, last, sizeof(last)))
            continue;
        if (plan->hold && readable(s, fd))
            (void)!read(fd, last, sizeof(last)); /* the other side hung up */
    }
    buf_finish(&out);
}

static void serve(struct loopback *s, int fd)
{
    struct loopback_request request;
    struct loopback_plan plan;
    struct buf all;
    size_t n_head = 0;

    buf_init(&all, REQUEST_MAX);
    if (read_request(s, fd, &all, &n_head)) {
        pthread_mutex_lock(&s->lock);
        s->n_requests++;
        buf_clear(&s->head);
        buf_clear(&s->body);
        buf_add(&s->head, all.data, n_head);
        buf_add(&s->body, all.data + n_head, all.len - n_head);
        plan = s->plan;
        pthread_mutex_unlock(&s->lock);
        all.data[n_head - 1] = 0;
        request = (struct loopback_request){ .head = all.data,
                                             .body = all.data + n_head,
                                             .n = all.len - n_head };
        answer(s, fd, &plan, &request);
    }
    buf_finish(&all);
    close(fd);
}

static void *run(void *ctx)
{
    struct loopback *s = ctx;

    while (readable(s, s->listener)) {
        int fd = accept(s->listener, NULL, NULL);

        if (fd >= 0)
            serve(s, fd);
    }
    return NULL;
}

struct loopback *loopback_start(void)
{
    struct loopback *s = check_alloc(sizeof(*s));
    struct sockaddr_in address = { .sin_family = AF_INET };
    socklen_t n = sizeof(address);

    *s = (struct loopback){ .listener = socket(AF_INET, SOCK_STREAM, 0) };
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT(s->listener >= 0);
    ASSERT(bind(s->listener, (struct sockaddr *)&address, sizeof(address)) == 0);
    ASSERT(listen(s->listener, 8) == 0);
    ASSERT(getsockname(s->listener, (struct sockaddr *)&address, &n) == 0);
    ASSERT(pipe(s->stop) == 0);
    snprintf(s->url, sizeof(s->url), "http://127.0.0.1:%u",
             (unsigned)ntohs(address.sin_port));
    buf_init(&s->head, REQUEST_MAX);
    buf_init(&s->body, REQUEST_MAX);
    ASSERT(pthread_mutex_init(&s->lock, NULL) == 0);
    ASSERT(pthread_create(&s->thread, NULL, run, s) == 0);
    return s;
}

void loopback_stop(struct loopback *s)
{
    close(s->stop[1]);
    ASSERT(pthread_join(s->thread, NULL) == 0);
    close(s->stop[0]);
    close(s->listener);
    pthread_mutex_destroy(&s->lock);
    buf_finish(&s->head);
    buf_finish(&s->body);
    free(s);
}

const char *loopback_url(const struct loopback *s)
{
    return s->url;
}

void loopback_plan(struct loopback *s, const struct loopback_plan *plan)
{
    pthread_mutex_lock(&s->lock);
    s->plan = *plan;
    pthread_mutex_unlock(&s->lock);
}

size_t loopback_n_requests(struct loopback *s)
{
    size_t n;

    pthread_mutex_lock(&s->lock);
    n = s->n_requests;
    pthread_mutex_unlock(&s->lock);
    return n;
}

void loopback_last(struct loopback *s, struct buf *head, struct buf *body)
{
    pthread_mutex_lock(&s->lock);
    buf_clear(head);
    buf_clear(body);
    buf_add(head, buf_text(&s->head), s->head.len);
    buf_add(body, buf_text(&s->body), s->body.len);
    pthread_mutex_unlock(&s->lock);
}

void loopback_put(struct buf *out, const char *status, const char *lines,
                  const char *body, size_t n)
{
    buf_printf(out, "HTTP/1.1 %s\r\nConnection: close\r\nContent-Length: %zu\r\n%s\r\n",
               status, n, lines);
    buf_add(out, body, n);
}
