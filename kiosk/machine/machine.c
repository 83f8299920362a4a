/* One connection for all who ask, closed as soon as nobody does. */
#include "machine/machine.h"

void machine_open(struct machine *m, const char *address, const char *backlight_sys,
                  void (*wake)(void *ctx), void *ctx)
{
    *m = (struct machine){ .bus = NULL };
    if (backlight_sys)
        backlight_find(backlight_sys, &m->backlight);
    if (!address)
        return;
    bus_create(address, wake, ctx, &m->bus);
    wifi_create(m->bus, &m->wifi);
    power_create(m->bus, &m->power);
}

void machine_close(struct machine *m)
{
    bus_destroy(m->bus);
    wifi_destroy(m->wifi);
    power_destroy(m->power);
    *m = (struct machine){ .bus = NULL };
}

bool machine_tick(struct machine *m, bool looks, int64_t now_ms)
{
    bool changed;

    if (!m->bus)
        return false;
    changed = bus_tick(m->bus);
    changed |= wifi_tick(m->wifi, looks, now_ms);
    changed |= power_tick(m->power, now_ms);
    if (!looks && !wifi_is_busy(m->wifi) && !power_is_busy(m->power))
        bus_close(m->bus);
    return changed;
}

static int sooner(int a, int b)
{
    return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

int machine_wait_ms(const struct machine *m, int64_t now_ms)
{
    if (!m->bus)
        return -1;
    return sooner(bus_wait_ms(m->bus), sooner(wifi_wait_ms(m->wifi, now_ms),
                                              power_wait_ms(m->power, now_ms)));
}
