/* See programs.h. */
#include "programs.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

#define LOG_MODULE "update"
#include "base/log.h"

extern char **environ; /* POSIX has it, no header does */

#define ASK_SECONDS 60
#define LOOK_MS 20

static _Noreturn void become(const char *const *words, int out_fd, bool for_tests)
{
    static char system_path[] = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";
    static char quiet[] = "DEBIAN_FRONTEND=noninteractive", plain[] = "LC_ALL=C.UTF-8";
    static char *const env[] = { system_path, quiet, plain, NULL };

    if (out_fd >= 0)
        dup2(out_fd, STDOUT_FILENO);
    if (!for_tests) {
        environ = (char **)env;
        if (chdir("/"))
            _exit(126);
    }
    execvp(words[0], (char *const *)words);
    _exit(127);
}

static pid_t begin(const char *const *words, int out_fd, bool for_tests)
{
    pid_t pid = fork();

    if (!pid) {
        setpgid(0, 0);
        become(words, out_fd, for_tests);
    }
    if (pid < 0)
        LOG_ERR("%s: cannot be started: %s", words[0], strerror(errno));
    return pid;
}

/* The exit code, -1: it did not end by itself in time. */
static int finish(pid_t pid, int seconds, const char *name)
{
    int64_t end_ms = clock_mono_ms(&clock_real) + INT64_C(1000) * seconds;
    int status = 0;

    while (!waitpid(pid, &status, WNOHANG)) {
        if (clock_mono_ms(&clock_real) > end_ms) {
            LOG_ERR("%s: takes longer than %d s", name, seconds);
            kill(-pid, SIGKILL);
            waitpid(pid, &status, 0);
            return -1;
        }
        poll(NULL, 0, LOOK_MS);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int programs_run(const char *const *words, int seconds, bool for_tests)
{
    pid_t pid = begin(words, -1, for_tests);
    int code = pid < 0 ? -1 : finish(pid, seconds, words[0]);

    if (code)
        LOG_WARN("%s %s: exit %d", words[0], words[1] ? words[1] : "", code);
    return code;
}

bool programs_ask(const char *const *words, char *out, size_t n, bool for_tests)
{
    size_t have = 0;
    ssize_t got;
    int fds[2];
    pid_t pid;

    *out = 0;
    if (pipe(fds))
        return false;
    pid = begin(words, fds[1], for_tests);
    close(fds[1]);
    while (pid > 0 && have + 1 < n &&
           (got = read(fds[0], out + have, n - 1 - have)) > 0)
        have += (size_t)got;
    close(fds[0]);
    out[have] = 0;
    out[strcspn(out, "\n")] = 0;
    if (pid > 0 && !finish(pid, ASK_SECONDS, words[0]))
        return true;
    *out = 0;
    return false;
}
