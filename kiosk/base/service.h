/* What a program that runs as a service (Type=notify) tells systemd: that it is ready, that it
 * still lives, that it ends. Started by hand ($NOTIFY_SOCKET is not there) it tells nothing
 * and wakes nobody. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define SERVICE_RETRY_MS \
    5000 /* a sign of life that could not be given is tried again */

struct service {
    bool ready;
    int64_t
        every_ms; /* between two signs of life: half of WatchdogSec=; 0: none wanted */
    int64_t next_ms;
};

void service_init(struct service *s);
/* Something is awaited that may take hours, as a screen that nobody switched on yet: the time
 * to start is stretched by `ms`. False: no service, nobody is told, nobody waits. */
bool service_awaits(const char *what, int64_t ms);
/* The service can be used from now on. Said once. */
void service_ready(struct service *s, int64_t now_ms);
/* Whether a sign of life is wanted now. Who finds that all is well calls service_alive; who
 * does not is asked again soon, and restarted by systemd in the end. */
bool service_asks(struct service *s, int64_t now_ms);
void service_alive(struct service *s, int64_t now_ms);
/* A long deed between two frames got a step further, as a file that goes to a slow stick: what
 * is told is a sign of life. A deed that hangs is told of no more. */
void service_goes_on(void);
/* Milliseconds until service_asks says yes; -1: it never will. */
int service_wait_ms(const struct service *s, int64_t now_ms);
void service_ends(const struct service *s);
