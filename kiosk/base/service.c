/* sd_notify and when to call it. */
#include "base/service.h"

#include <systemd/sd-daemon.h>

#define US_PER_MS 1000
#define LONGEST_MS 3600000

void service_init(struct service *s)
{
    uint64_t usec = 0;

    *s = (struct service){ 0 };
    if (sd_watchdog_enabled(0, &usec) > 0)
        s->every_ms = (int64_t)(usec / US_PER_MS / 2);
    if (s->every_ms > LONGEST_MS)
        s->every_ms = LONGEST_MS;
}

bool service_awaits(const char *what, int64_t ms)
{
    return sd_notifyf(0, "STATUS=waiting for %s\nEXTEND_TIMEOUT_USEC=%lld", what,
                      (long long)(ms * US_PER_MS)) > 0;
}

void service_ready(struct service *s, int64_t now_ms)
{
    if (s->ready)
        return;
    s->ready = true;
    s->next_ms = now_ms + s->every_ms;
    (void)sd_notify(0, "READY=1");
}

bool service_asks(struct service *s, int64_t now_ms)
{
    if (!s->ready || !s->every_ms || now_ms < s->next_ms)
        return false;
    s->next_ms =
        now_ms + (s->every_ms < SERVICE_RETRY_MS ? s->every_ms : SERVICE_RETRY_MS);
    return true;
}

void service_alive(struct service *s, int64_t now_ms)
{
    s->next_ms = now_ms + s->every_ms;
    (void)sd_notify(0, "WATCHDOG=1");
}

void service_goes_on(void)
{
    (void)sd_notify(0, "WATCHDOG=1");
}

int service_wait_ms(const struct service *s, int64_t now_ms)
{
    if (!s->ready || !s->every_ms)
        return -1;
    return s->next_ms > now_ms ? (int)(s->next_ms - now_ms) : 0;
}

void service_ends(const struct service *s)
{
    if (s->ready)
        (void)sd_notify(0, "STOPPING=1");
}
