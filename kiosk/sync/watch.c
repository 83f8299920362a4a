/* One thread asleep in poll() on the watched descriptors and on a pipe for orders. */
#include "sync/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "sync/thread.h"

#define LOG_MODULE "watch"
#include "base/log.h"

enum order { ORDER_AGAIN = 'a', ORDER_STOP = 's' };

struct watch {
    struct watch_fd fds[WATCH_FDS_MAX];
    size_t n;
    int orders[2]; /* read end, write end */
    atomic_bool told;
    pthread_t thread;
    void (*ready)(void *ctx);
    void *ctx;
};

static void order(struct watch *w, enum order what)
{
    char byte = (char)what;

    while (write(w->orders[1], &byte, 1) < 0 && errno == EINTR)
        continue;
}

/* False: it is over. */
static bool take_order(struct watch *w)
{
    char byte = 0;
    ssize_t n = read(w->orders[0], &byte, 1);

    return (n < 0 && errno == EINTR) || (n == 1 && byte == ORDER_AGAIN);
}

static void *watch_main(void *ctx)
{
    struct watch *w = ctx;

    for (;;) {
        struct pollfd fds[1 + WATCH_FDS_MAX] = { { .fd = w->orders[0],
                                                   .events = POLLIN } };
        nfds_t n = atomic_load(&w->told) ? 1 : 1 + w->n;
        bool ready = false;

        for (nfds_t i = 1; i < n; i++)
            fds[i] = (struct pollfd){ .fd = w->fds[i - 1].fd,
                                      .events = w->fds[i - 1].events };
        if (poll(fds, n, -1) < 0 && errno != EINTR)
            return NULL;
        if (fds[0].revents && !take_order(w))
            return NULL;
        for (nfds_t i = 1; i < n; i++)
            ready = ready || fds[i].revents;
        if (ready) {
            atomic_store(&w->told, true);
            w->ready(w->ctx);
        }
    }
}

enum err watch_create(int fd, void (*ready)(void *ctx), void *ctx, struct watch **out)
{
    return watch_create_many(&(struct watch_fd){ fd, POLLIN }, 1, ready, ctx, out);
}

enum err watch_create_many(const struct watch_fd *fds, size_t n,
                           void (*ready)(void *ctx), void *ctx, struct watch **out)
{
    struct watch *w = check_alloc(sizeof(*w));

    ASSERT(n <= WATCH_FDS_MAX);
    *out = NULL;
    memcpy(w->fds, fds, n * sizeof(*fds));
    w->n = n;
    w->ready = ready;
    w->ctx = ctx;
    atomic_init(&w->told, false);
    if (pipe(w->orders)) {
        LOG_ERR("no pipe: %s", strerror(errno));
        free(w);
        return ERR_FULL;
    }
    fcntl(w->orders[0], F_SETFD, FD_CLOEXEC);
    fcntl(w->orders[1], F_SETFD, FD_CLOEXEC);
    if (!thread_start(&w->thread, watch_main, w)) {
        LOG_ERR("the thread cannot start");
        close(w->orders[0]);
        close(w->orders[1]);
        free(w);
        return ERR_FULL;
    }
    *out = w;
    return ERR_OK;
}

void watch_again(struct watch *w)
{
    if (w && atomic_exchange(&w->told, false))
        order(w, ORDER_AGAIN);
}

void watch_destroy(struct watch *w)
{
    if (!w)
        return;
    order(w, ORDER_STOP);
    pthread_join(w->thread, NULL);
    close(w->orders[0]);
    close(w->orders[1]);
    free(w);
}
