/* See forward_timer.h. */
#include "forward_timer.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static void rest(long seconds)
{
    const struct timespec pause = { seconds, 0 };

    nanosleep(&pause, NULL);
}

enum err forward_timer_start(long first_s, long every_s, void (*run)(void))
{
    pid_t parent = getpid();
    pid_t child = fork();

    if (child < 0)
        return ERR_FULL;
    if (child)
        return ERR_OK;
    if (prctl(PR_SET_PDEATHSIG, SIGTERM) || getppid() != parent)
        _exit(0); /* it is gone already */
    for (rest(first_s);; rest(every_s))
        run();
}
