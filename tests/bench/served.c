/* See served.h. */
#include "served.h"

#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"

static void become(const char *const *argv, int in, int out, const char *log)
{
    int fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);

    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    close(in);
    close(out);
    if (fd >= 0)
        dup2(fd, STDERR_FILENO);
    execvp(argv[0], (char *const *)(uintptr_t)argv);
    _exit(127);
}

int served_start(struct served *s, const char *const *argv, const char *log)
{
    char line[256] = "";
    const char *at = NULL;
    int to[2];
    int from[2];
    FILE *said;

    ASSERT(!pipe(to) && !pipe(from));
    fcntl(to[1], F_SETFD, FD_CLOEXEC);
    fcntl(from[0], F_SETFD, FD_CLOEXEC);
    s->pid = fork();
    ASSERT(s->pid >= 0);
    if (!s->pid)
        become(argv, to[0], from[1], log);
    close(to[0]);
    close(from[1]);
    s->in = to[1];
    said = fdopen(from[0], "r");
    ASSERT(said);
    while (!at && fgets(line, sizeof(line), said))
        at = strstr(line, "http://127.0.0.1:");
    (void)fclose(said); /* it has said all that it says */
    s->port = at ? (unsigned)strtoul(at + 17, NULL, 10) : 0;
    if (!s->port)
        served_stop(s);
    return s->port != 0;
}

static long high_water_kb(long pid)
{
    char path[64];
    char line[128];
    long kb = 0;
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%ld/status", pid);
    file = fopen(path, "re");
    while (file && fgets(line, sizeof(line), file))
        if (!strncmp(line, "VmHWM:", 6))
            kb = strtol(line + 6, NULL, 10);
    if (file)
        (void)fclose(file);
    return kb;
}

double served_rss_mb(const struct served *s)
{
    char path[96];
    long kb = high_water_kb(s->pid);
    long child;
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%d/task/%d/children", s->pid, s->pid);
    file = fopen(path, "re");
    while (file && fscanf(file, "%ld", &child) == 1)
        kb += high_water_kb(child);
    if (file)
        (void)fclose(file);
    return (double)kb / 1024;
}

double served_cpu_s(const struct served *s)
{
    char path[64];
    unsigned long user = 0;
    unsigned long kernel = 0;
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%d/stat", s->pid);
    file = fopen(path, "re");
    if (file &&
        fscanf(file, "%*d %*s %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu",
               &user, &kernel) != 2)
        user = 0;
    if (file)
        (void)fclose(file);
    return (double)(user + kernel) / (double)sysconf(_SC_CLK_TCK);
}

void served_stop(struct served *s)
{
    close(s->in);
    kill(s->pid, SIGTERM);
    waitpid(s->pid, NULL, 0);
}
