/* A descriptor watched for the UI loop, which waits for its window system and cannot
 * wait for anything else. The thread sleeps in poll() and wakes the loop, so that nothing
 * has to look by the clock: at rest nobody wakes (tools/bench idle).
 *
 * WATCHING -> TOLD [thread: readable, `ready` called] -> WATCHING [watch_again] */
#pragma once

#include <stddef.h>

#include "base/err.h"

struct watch;

#define WATCH_FDS_MAX 4

/* `ready` is called from the thread; it must be thread-safe. `fd` stays the caller's and
 * open while the watch lives. Errors: ERR_FULL. */
NODISCARD enum err watch_create(int fd, void (*ready)(void *ctx), void *ctx,
                                struct watch **out);
/* The same for several; `events` as for poll(2): /proc/self/mountinfo tells of a mount by
 * POLLPRI. Until watch_again it is quiet, however many of them become ready. At most
 * WATCH_FDS_MAX. */
struct watch_fd {
    int fd;
    short events;
};
NODISCARD enum err watch_create_many(const struct watch_fd *fds, size_t n,
                                     void (*ready)(void *ctx), void *ctx,
                                     struct watch **out);
/* What was readable has been taken: look again. Cheap when already watching. NULL is
 * allowed. */
void watch_again(struct watch *w);
void watch_destroy(struct watch *w); /* NULL is allowed */
