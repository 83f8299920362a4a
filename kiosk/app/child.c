/* posix_spawn with a clean table of descriptors, and prlimit. */
#define _GNU_SOURCE /* prlimit, posix_spawn_file_actions_addclosefrom_np */
#include "app/child.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"

#define LOG_MODULE "helper"
#include "base/log.h"

#ifndef BDHVS_LIBEXEC
#define BDHVS_LIBEXEC "/usr/libexec/bdhvs"
#endif

#define MB (1L << 20)
#define ARGS 5

bool child_find(const char *program, char path[PATH_MAX])
{
    static const char *const beside[] = { "", "../bin/" };
    char own[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", own, sizeof(own) - 1);

    if (program[0] == '/') {
        (void)snprintf(path, PATH_MAX, "%s", program);
        return access(path, X_OK) == 0;
    }
    while (n > 0 && own[n - 1] != '/')
        n--;
    for (size_t i = 0; n > 0 && i < COUNT(beside); i++)
        if (snprintf(path, PATH_MAX, "%.*s%s%s", (int)n, own, beside[i], program) <
                PATH_MAX &&
            access(path, X_OK) == 0)
            return true;
    (void)snprintf(path, PATH_MAX, "%s/%s", BDHVS_LIBEXEC, program);
    return access(path, X_OK) == 0;
}

static int spawn(const char *path, const struct child_def *def, const int fds[3],
                 pid_t *out)
{
    /* Nothing of ours goes along: no data folder, no display, no locale surprises. */
    char *const env[] = { (char[]){ "PATH=/usr/bin:/bin" }, (char[]){ "LANG=C.UTF-8" },
                          (char[]){ "HOME=/nonexistent" }, NULL };
    char *argv[ARGS] = { (char *)(uintptr_t)path };
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    sigset_t none, all;
    int rc, n = 1;

    for (size_t i = 0; i < COUNT(def->words) && def->words[i]; i++)
        argv[n++] = (char *)(uintptr_t)def->words[i];
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_init(&how);
    posix_spawnattr_setpgroup(&how, 0);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &all);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                       POSIX_SPAWN_SETSIGDEF);
    posix_spawn_file_actions_init(&files);
    for (int i = 0; i < 3; i++)
        posix_spawn_file_actions_adddup2(&files, fds[i], i);
    posix_spawn_file_actions_addclosefrom_np(&files, 3);
    rc = posix_spawn(out, path, &files, &how, argv, env);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&how);
    return rc;
}

/* Never above what it has: our helpers lower their own limits at their start, a program of
 * others does not know. */
static bool lower(pid_t pid, __rlimit_resource_t what, rlim_t value)
{
    struct rlimit now;

    if (prlimit(pid, what, NULL, &now))
        return false;
    if (now.rlim_max > value)
        now.rlim_max = value;
    now.rlim_cur = now.rlim_max;
    return !prlimit(pid, what, &now, NULL);
}

static void limit(pid_t pid, const struct child_def *def)
{
#ifdef __SANITIZE_ADDRESS__
    bool memory = true; /* its shadow alone is terabytes of addresses */
#else
    bool memory = lower(pid, RLIMIT_AS, (rlim_t)(def->memory_mb * MB));
#endif
    bool cpu = lower(pid, RLIMIT_CPU, (rlim_t)def->seconds);
    bool core = lower(pid, RLIMIT_CORE, 0);
    bool files = lower(pid, RLIMIT_FSIZE, 0);

    if (!(memory && cpu && core && files) && kill(pid, 0) == 0)
        LOG_WARN("%s: not all limits hold: %s", def->program, strerror(errno));
}

enum err child_start(const struct child_def *def, const int fds[3], pid_t *out)
{
    char path[PATH_MAX];
    int rc;

    *out = 0;
    if (!child_find(def->program, path)) {
        LOG_WARN("%s is not installed", def->program);
        return ERR_OFFLINE;
    }
    rc = spawn(path, def, fds, out);
    if (rc) {
        LOG_ERR("%s does not start: %s", def->program, strerror(rc));
        *out = 0;
        return ERR_FULL;
    }
    limit(*out, def);
    return ERR_OK;
}

void child_kill(pid_t pid)
{
    int status;

    if (!pid)
        return;
    kill(-pid, SIGKILL);
    kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
}
