/* org.freedesktop.login1.Manager: PowerOff and Reboot, without asking anybody for a password. */
#include "machine/power.h"

#include <stdlib.h>
#include <string.h>
#include <systemd/sd-bus.h>

#include "base/check.h"

#define LOG_MODULE "power"
#include "base/log.h"

#define PATIENCE_MS 60000 /* a stop of services that takes longer has gone wrong */

struct power {
    struct bus *bus;
    unsigned number; /* of the connection that was asked; 0: none yet */
    enum power_what what;
    enum power_state state;
    int64_t asked_ms;
    bool changed;
};

void power_create(struct bus *bus, struct power **out)
{
    struct power *p = check_alloc(sizeof(*p));

    *p = (struct power){ .bus = bus };
    *out = p;
}

void power_destroy(struct power *p)
{
    free(p);
}

static void say(struct power *p, enum power_state state)
{
    p->state = state;
    p->changed = true;
}

static enum power_state trouble(sd_bus_message *m)
{
    static const struct {
        const char *error;
        enum power_state state;
    } table[] = {
        { SD_BUS_ERROR_ACCESS_DENIED, POWER_MAY_NOT },
        { SD_BUS_ERROR_INTERACTIVE_AUTHORIZATION_REQUIRED, POWER_MAY_NOT },
        { "org.freedesktop.login1.BlockedByInhibitorLock", POWER_HELD },
        { "org.freedesktop.login1.OperationInProgress", POWER_GOING },
        { SD_BUS_ERROR_SERVICE_UNKNOWN, POWER_NO_ONE },
        { SD_BUS_ERROR_NAME_HAS_NO_OWNER, POWER_NO_ONE },
        { SD_BUS_ERROR_NO_REPLY, POWER_SILENT },
        { SD_BUS_ERROR_TIMEOUT, POWER_SILENT },
    };

    for (size_t i = 0; i < COUNT(table); i++)
        if (sd_bus_message_is_method_error(m, table[i].error))
            return table[i].state;
    return POWER_FAILED;
}

static int on_answer(sd_bus_message *m, void *ctx, sd_bus_error *error)
{
    struct power *p = ctx;

    (void)error;
    if (p->state != POWER_ASKED)
        return 0;
    if (!sd_bus_message_is_method_error(m, NULL)) {
        LOG_INFO("the machine ends");
        say(p, POWER_GOING);
        return 0;
    }
    LOG_WARN("the machine does not end: %s", sd_bus_message_get_error(m)->name);
    say(p, trouble(m));
    return 0;
}

void power_ask(struct power *p, enum power_what what, int64_t now_ms)
{
    sd_bus *sd = bus_open(p->bus, now_ms);

    p->what = what;
    p->asked_ms = now_ms;
    p->number = bus_number(p->bus);
    say(p, POWER_ASKED);
    if (!sd || sd_bus_call_method_async(
                   sd, NULL, "org.freedesktop.login1", "/org/freedesktop/login1",
                   "org.freedesktop.login1.Manager",
                   what == POWER_OFF ? "PowerOff" : "Reboot", on_answer, p, "b", 0) < 0)
        say(p, POWER_NO_ONE);
}

bool power_tick(struct power *p, int64_t now_ms)
{
    bool changed;

    if (p->state == POWER_ASKED && bus_number(p->bus) != p->number)
        say(p, POWER_SILENT);
    if ((p->state == POWER_ASKED || p->state == POWER_GOING) &&
        now_ms - p->asked_ms >= PATIENCE_MS)
        say(p, POWER_SILENT);
    changed = p->changed;
    p->changed = false;
    return changed;
}

int power_wait_ms(const struct power *p, int64_t now_ms)
{
    int64_t left_ms = p->asked_ms + PATIENCE_MS - now_ms;

    if (p->state != POWER_ASKED && p->state != POWER_GOING)
        return -1;
    return left_ms > 0 ? (int)left_ms : 0;
}

bool power_is_busy(const struct power *p)
{
    return p->state == POWER_ASKED;
}

enum power_state power_state(const struct power *p)
{
    return p->state;
}

void power_seen(struct power *p)
{
    p->state = POWER_NONE;
}
