/* See stop.h. */
#include "stop.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

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

bool stop_catch(int *fd_out)
{
    struct sigaction stop = { .sa_handler = on_signal };
    struct sigaction ignore = { .sa_handler = SIG_IGN };

    if (pipe(signal_pipe))
        return false;
    for (int i = 0; i < 2; i++) {
        fcntl(signal_pipe[i], F_SETFD, FD_CLOEXEC);
        fcntl(signal_pipe[i], F_SETFL, O_NONBLOCK);
    }
    *fd_out = signal_pipe[0];
    return !sigaction(SIGTERM, &stop, NULL) && !sigaction(SIGINT, &stop, NULL) &&
           !sigaction(SIGPIPE, &ignore, NULL);
}
