/* posix_spawn, one pipe each way, poll. The helper limits itself (base/filter.h). */
#define _GNU_SOURCE /* pipe2 */
#include "report_helper.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"

#ifndef BDHVS_LIBEXEC
#define BDHVS_LIBEXEC "/usr/libexec/bdhvs"
#endif
#define PROGRAM "bdhvs-report"
#define CHUNK 65536

static bool find(char path[PATH_MAX])
{
    static const char *const beside[] = { "", "../bin/" };
    char own[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", own, sizeof(own) - 1);

    while (n > 0 && own[n - 1] != '/')
        n--;
    for (size_t i = 0; n > 0 && i < COUNT(beside); i++)
        if (snprintf(path, PATH_MAX, "%.*s%s" PROGRAM, (int)n, own, beside[i]) <
                PATH_MAX &&
            access(path, X_OK) == 0)
            return true;
    (void)snprintf(path, PATH_MAX, BDHVS_LIBEXEC "/" PROGRAM);
    return access(path, X_OK) == 0;
}

bool report_helper_there(void)
{
    char path[PATH_MAX];

    return find(path);
}

static int spawn(const char *path, const char *job, const int fds[2], pid_t *pid)
{
    char *const env[] = { (char[]){ "PATH=/usr/bin:/bin" }, (char[]){ "LANG=C.UTF-8" },
                          NULL };
    char *const argv[] = { (char[]){ PROGRAM }, (char *)(uintptr_t)job, NULL };
    posix_spawn_file_actions_t files;
    int rc;

    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, fds[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, fds[1], STDOUT_FILENO);
    rc = posix_spawn(pid, path, &files, NULL, argv, env);
    posix_spawn_file_actions_destroy(&files);
    return rc;
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* Writes what the helper takes; the end closes its input. */
static void feed(int *fd, const struct buf *in, size_t *sent)
{
    ssize_t n =
        send(*fd, buf_text(in) + *sent, in->len - *sent, MSG_NOSIGNAL | MSG_DONTWAIT);

    if (n > 0)
        *sent += (size_t)n;
    if (*sent == in->len || (n < 0 && errno != EAGAIN && errno != EINTR))
        close_fd(fd);
}

/* False: there is no more. */
static bool drain(int fd, struct buf *out)
{
    char chunk[CHUNK];
    ssize_t n = read(fd, chunk, sizeof(chunk));

    if (n > 0)
        buf_add(out, chunk, (size_t)n);
    return (n > 0 || (n < 0 && errno == EINTR)) && !out->overflow;
}

/* ERR_RETRY: too long. */
static enum err exchange(int *to, int from, const struct buf *in, int seconds,
                         struct buf *out)
{
    int64_t until = clock_mono_ms(&clock_real) + seconds * 1000L;
    size_t sent = 0;

    for (;;) {
        struct pollfd fds[2] = { { .fd = from, .events = POLLIN },
                                 { .fd = *to, .events = POLLOUT } };
        int64_t left = until - clock_mono_ms(&clock_real);

        if (left <= 0)
            return ERR_RETRY;
        if (poll(fds, 2, (int)left) < 0 && errno != EINTR)
            return ERR_CORRUPT;
        if (*to >= 0 && fds[1].revents)
            feed(to, in, &sent);
        if (fds[0].revents && !drain(from, out))
            return out->overflow ? ERR_FULL : ERR_OK;
    }
}

static enum err verdict(pid_t pid, enum err err)
{
    int status = 0;

    if (err)
        kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (err || (WIFEXITED(status) && WEXITSTATUS(status) == 0))
        return err;
    return WIFEXITED(status) && WEXITSTATUS(status) == EX_DATAERR ? ERR_REJECTED
                                                                  : ERR_CORRUPT;
}

enum err report_helper_run(const char *job, const struct buf *in, int seconds,
                           struct buf *out)
{
    int to[2] = { -1, -1 }, from[2] = { -1, -1 };
    char path[PATH_MAX];
    enum err err = ERR_CORRUPT;
    pid_t pid = 0;

    if (!find(path))
        return ERR_OFFLINE;
    /* a socket, because writing to one whose reader is gone need not raise SIGPIPE */
    if (!socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, to) &&
        !pipe2(from, O_CLOEXEC) &&
        !spawn(path, job, (const int[]){ to[1], from[1] }, &pid)) {
        close_fd(&to[1]);
        close_fd(&from[1]);
        err = verdict(pid, exchange(&to[0], from[0], in, seconds, out));
    }
    for (int i = 0; i < 2; i++) {
        close_fd(&to[i]);
        close_fd(&from[i]);
    }
    return err;
}
