/* See forward_timer.h. */
#include "forward_timer.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#include "base/hash.h"

#define FIRST_S 60
#define SPREAD_S 120 /* not every commune of a province at the same second */

static void rest(long seconds)
{
    const struct timespec pause = { seconds, 0 };

    nanosleep(&pause, NULL);
}

enum err forward_timer_start(long minutes, void (*run)(void))
{
    pid_t parent = getpid();
    pid_t child = fork();

    if (child < 0)
        return ERR_FULL;
    if (child)
        return ERR_OK;
    if (prctl(PR_SET_PDEATHSIG, SIGTERM) || getppid() != parent)
        _exit(0); /* it is gone already */
    for (rest(FIRST_S + hash_random_below(SPREAD_S));; rest(minutes * 60))
        run();
}
