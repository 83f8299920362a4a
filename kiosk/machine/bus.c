/* sd-bus, and a thread that watches its descriptor. */
#include "machine/bus.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-bus.h>
#include <time.h>

#include "base/check.h"
#include "sync/watch.h"

#define LOG_MODULE "bus"
#include "base/log.h"

#define MESSAGES_MAX 64 /* of one round: a talkative peer must not hold up the page */
#define WRITE_MS 20     /* what could not be written at once is tried again */

struct bus {
    char *address;
    void (*wake)(void *ctx);
    void *ctx;
    sd_bus *sd;
    struct watch *watch;
    unsigned number;
    int64_t opened_ms; /* monotonic */
    int64_t again_ms;  /* after a failure not before it */
    bool more;         /* the last round did not take in everything */
};

void bus_create(const char *address, void (*wake)(void *ctx), void *ctx,
                struct bus **out)
{
    struct bus *bus = check_alloc(sizeof(*bus));

    *bus = (struct bus){ .wake = wake, .ctx = ctx };
    bus->address = check_strdup(address);
    *out = bus;
}

void bus_destroy(struct bus *bus)
{
    if (!bus)
        return;
    bus_close(bus);
    free(bus->address);
    free(bus);
}

static int start(struct bus *bus)
{
    int r;

    if (!strcmp(bus->address, BUS_SYSTEM))
        return sd_bus_open_system(&bus->sd);
    r = sd_bus_new(&bus->sd);
    if (r >= 0)
        r = sd_bus_set_address(bus->sd, bus->address);
    if (r >= 0)
        r = sd_bus_set_bus_client(bus->sd, true);
    return r < 0 ? r : sd_bus_start(bus->sd);
}

struct sd_bus *bus_open(struct bus *bus, int64_t now_ms)
{
    int r;

    if (bus->sd || now_ms < bus->again_ms)
        return bus->sd;
    bus->opened_ms = now_ms;
    r = start(bus);
    if (r >= 0)
        r = sd_bus_set_method_call_timeout(bus->sd, BUS_CALL_US);
    if (r >= 0 && bus->wake &&
        watch_create(sd_bus_get_fd(bus->sd), bus->wake, bus->ctx, &bus->watch))
        r = -1;
    if (r < 0) {
        LOG_DBG("no D-Bus: %s", strerror(-r));
        bus->again_ms = now_ms + BUS_RETRY_MS;
        bus_close(bus);
        return NULL;
    }
    bus->number++;
    return bus->sd;
}

void bus_close(struct bus *bus)
{
    watch_destroy(bus->watch);
    bus->watch = NULL;
    if (bus->sd)
        sd_bus_close(bus->sd);
    bus->sd = sd_bus_unref(bus->sd);
    bus->more = false;
}

unsigned bus_number(const struct bus *bus)
{
    return bus->sd ? bus->number : 0;
}

bool bus_tick(struct bus *bus)
{
    int r = 1;
    int n = 0;

    if (!bus->sd)
        return false;
    while (n < MESSAGES_MAX && (r = sd_bus_process(bus->sd, NULL)) > 0)
        n++;
    bus->more = r > 0;
    if (r < 0 || sd_bus_is_open(bus->sd) <= 0) {
        LOG_WARN("the D-Bus went away");
        bus->again_ms = bus->opened_ms + BUS_RETRY_MS;
        bus_close(bus);
        return true;
    }
    watch_again(bus->watch);
    return n > 0;
}

int bus_wait_ms(const struct bus *bus)
{
    uint64_t until_us = UINT64_MAX, now_us;
    struct timespec now;

    if (!bus->sd)
        return -1;
    if (bus->more)
        return 0;
    if (sd_bus_get_events(bus->sd) & POLLOUT)
        return WRITE_MS;
    if (sd_bus_get_timeout(bus->sd, &until_us) < 0 || until_us == UINT64_MAX)
        return -1;
    if (clock_gettime(CLOCK_MONOTONIC, &now))
        return -1;
    now_us = (uint64_t)now.tv_sec * 1000000U + (uint64_t)now.tv_nsec / 1000U;
    return until_us <= now_us ? 0 : (int)((until_us - now_us) / 1000U) + 1;
}
