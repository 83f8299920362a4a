/* A Unix socket that only its owner can open. */
#include "app/control_socket.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/hash.h"
#define LOG_MODULE "control"
#include "base/log.h"
#include "sync/watch.h"

#define REQUEST_MAX 4096 /* bytes */
#define ARGS_MAX 32
#define ANSWER_MAX (16 << 20)
#define SERVE_MS 500
#define ASK_MS 600000 /* a rebuild on a slow card takes minutes */
#define BACKLOG 4

struct control_socket {
    int fd;
    struct watch *watch; /* NULL: nobody is to be woken */
    char path[sizeof(((struct sockaddr_un *)0)->sun_path)];
};

static enum err address(const char *dir, struct sockaddr_un *out)
{
    int n = snprintf(out->sun_path, sizeof(out->sun_path), "%s/ctl.sock", dir);

    out->sun_family = AF_UNIX;
    return n > 0 && (size_t)n < sizeof(out->sun_path) ? ERR_OK : ERR_REJECTED;
}

static int connect_to(const struct sockaddr_un *to)
{
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    if (fd < 0)
        return -1;
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    if (!connect(fd, (const struct sockaddr *)to, sizeof(*to)))
        return fd;
    close(fd);
    return -1;
}

enum err control_socket_open(const char *dir, void (*wake)(void *ctx), void *ctx,
                             struct control_socket **out)
{
    struct control_socket *s;
    struct sockaddr_un at = { 0 };
    int other;
    mode_t mask;
    bool bound;

    *out = NULL;
    if (address(dir, &at))
        return ERR_REJECTED;
    other = connect_to(&at);
    if (other >= 0) {
        close(other);
        return ERR_RETRY;
    }
    unlink(at.sun_path); /* left by a kiosk that was cut off */
    s = check_alloc(sizeof(*s));
    s->watch = NULL;
    memcpy(s->path, at.sun_path, sizeof(s->path));
    s->fd = socket(AF_UNIX, SOCK_STREAM, 0);
    mask = umask(0177);
    bound = s->fd >= 0 && !bind(s->fd, (struct sockaddr *)&at, sizeof(at));
    umask(mask);
    if (!bound || listen(s->fd, BACKLOG) || fcntl(s->fd, F_SETFL, O_NONBLOCK) < 0 ||
        fcntl(s->fd, F_SETFD, FD_CLOEXEC) < 0) {
        LOG_ERR("%s: %s", at.sun_path, strerror(errno));
        control_socket_close(s);
        return ERR_FULL;
    }
    if (wake && watch_create(s->fd, wake, ctx, &s->watch)) {
        control_socket_close(s);
        return ERR_FULL;
    }
    *out = s;
    return ERR_OK;
}

void control_socket_close(struct control_socket *s)
{
    if (!s)
        return;
    watch_destroy(s->watch);
    if (s->fd >= 0) {
        close(s->fd);
        unlink(s->path);
    }
    free(s);
}

/* --- bytes, with a deadline --------------------------------------------------------- */

static bool wait_for(int fd, short what, int64_t until_ms)
{
    struct pollfd p = { .fd = fd, .events = what };
    int64_t left = until_ms - clock_mono_ms(&clock_real);

    return left > 0 && poll(&p, 1, (int)left) > 0;
}

/* Everything until the end of the stream. */
static bool receive(int fd, struct buf *out, int64_t until_ms)
{
    char piece[REQUEST_MAX];

    while (wait_for(fd, POLLIN, until_ms)) {
        ssize_t n = recv(fd, piece, sizeof(piece), MSG_DONTWAIT);

        if (n == 0)
            return !out->overflow;
        if (n > 0)
            buf_add(out, piece, (size_t)n);
        else if (errno != EAGAIN && errno != EINTR)
            return false;
    }
    return false;
}

static bool transmit(int fd, const char *bytes, size_t n, int64_t until_ms)
{
    while (n && wait_for(fd, POLLOUT, until_ms)) {
        ssize_t sent = send(fd, bytes, n, MSG_DONTWAIT | MSG_NOSIGNAL);

        if (sent > 0) {
            bytes += sent;
            n -= (size_t)sent;
        } else if (errno != EAGAIN && errno != EINTR) {
            return false;
        }
    }
    return n == 0;
}

/* --- the kiosk's side --------------------------------------------------------------- */

static size_t split(const struct buf *request, const char *argv[ARGS_MAX])
{
    size_t n = 0;

    for (size_t at = 0; at < request->len && n < ARGS_MAX;) {
        argv[n++] = request->data + at;
        at += strlen(request->data + at) + 1;
    }
    return n;
}

static void answer(int fd, struct control *c)
{
    int64_t until_ms = clock_mono_ms(&clock_real) + SERVE_MS;
    const char *argv[ARGS_MAX];
    struct buf request, output, all;
    size_t argc;
    int code;

    buf_init(&request, REQUEST_MAX);
    buf_init(&output, ANSWER_MAX);
    buf_init(&all, ANSWER_MAX + REQUEST_MAX);
    /* nothing was asked: another kiosk only looked whether somebody listens */
    if (receive(fd, &request, until_ms) && request.len) {
        argc = split(&request, argv);
        code = control_run(c, (int)argc, argv, &output);
        buf_printf(&all, "%d\n", code);
        buf_add(&all, buf_text(&output), output.len);
        if (!transmit(fd, buf_text(&all), all.len,
                      clock_mono_ms(&clock_real) + SERVE_MS))
            LOG_WARN("an answer of %zu bytes was not taken", all.len);
    }
    if (request.data) /* a passphrase may have been among the words */
        hash_wipe(request.data, request.cap);
    buf_finish(&request);
    buf_finish(&output);
    buf_finish(&all);
}

void control_socket_serve(struct control_socket *s, struct control *c)
{
    int fd;

    if (!s)
        return;
    while ((fd = accept(s->fd, NULL, NULL)) >= 0) {
        fcntl(fd, F_SETFD, FD_CLOEXEC);
        answer(fd, c);
        close(fd);
    }
    watch_again(s->watch);
}

/* --- the other side ------------------------------------------------------------------ */

enum err control_ask(const char *dir, int argc, const char *const *argv, int *exit_code,
                     struct buf *out)
{
    int64_t until_ms = clock_mono_ms(&clock_real) + ASK_MS;
    struct sockaddr_un to = { 0 };
    struct buf request, reply;
    enum err err = ERR_CORRUPT;
    char *line_end;
    int fd = address(dir, &to) ? -1 : connect_to(&to);

    if (fd < 0)
        return ERR_OFFLINE;
    buf_init(&request, REQUEST_MAX);
    buf_init(&reply, ANSWER_MAX + REQUEST_MAX);
    for (int i = 0; i < argc; i++)
        buf_add(&request, argv[i], strlen(argv[i]) + 1);
    if (!request.overflow && transmit(fd, buf_text(&request), request.len, until_ms) &&
        !shutdown(fd, SHUT_WR) && receive(fd, &reply, until_ms) && reply.len) {
        *exit_code = (int)strtol(reply.data, &line_end, 10);
        if (*line_end == '\n') {
            line_end++;
            buf_add(out, line_end, reply.len - (size_t)(line_end - reply.data));
            err = ERR_OK;
        }
    }
    if (request.data)
        hash_wipe(request.data, request.cap);
    buf_finish(&request);
    buf_finish(&reply);
    close(fd);
    return err;
}
