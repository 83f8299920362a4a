/* A helper program as a process: found beside the kiosk, started with three descriptors
 * and nothing else of ours, within limits. What goes through the descriptors is the
 * matter of helper.c and camera.c. Thread: one. */
#pragma once

#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"

struct child_def {
    const char *program; /* beside the kiosk, else in libexec; "/…": that very file */
    const char *words[3];
    int seconds;   /* of CPU */
    int memory_mb; /* of address space */
};

/* The file of `program`. False: it is not there. */
bool child_find(const char *program, char path[PATH_MAX]);

/* Starts it on `fds` as its stdin, stdout and stderr, which stay the caller's, in a
 * process group of its own. Errors: ERR_OFFLINE (it is not there), ERR_FULL; logged. */
NODISCARD enum err child_start(const struct child_def *def, const int fds[3],
                               pid_t *out);
/* Kills it with all that it started, and waits for its end. 0 is allowed. */
void child_kill(pid_t pid);
