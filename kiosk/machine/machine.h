/* The machine beneath the program: its network, its switch and its lamp, over one D-Bus. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "machine/backlight.h"
#include "machine/power.h"
#include "machine/wifi.h"

struct machine {
    struct bus *bus; /* NULL: network and switch are left to others */
    struct wifi *wifi;
    struct power *power;
    struct backlight backlight;
};

/* `address`: BUS_SYSTEM, an address, or NULL for none. `backlight_sys`: BACKLIGHT_SYS, or NULL
 * for none. `wake` as of bus_create. */
void machine_open(struct machine *m, const char *address, const char *backlight_sys,
                  void (*wake)(void *ctx), void *ctx);
void machine_close(struct machine *m);
/* `looks`: a page shows the network now. True: something changed. */
bool machine_tick(struct machine *m, bool looks, int64_t now_ms);
/* Milliseconds until machine_tick wants to be called again, -1: not by itself. */
int machine_wait_ms(const struct machine *m, int64_t now_ms);
