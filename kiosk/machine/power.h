/* Switching the machine off and starting it anew, by systemd-logind. What the kiosk writes is
 * on the disk before anybody asks; the service is ended in order by systemd meanwhile.
 *
 * NONE -> ASKED [power_ask] -> GOING, or what hindered it [logind]. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "machine/bus.h"

struct power;

enum power_what { POWER_OFF, POWER_RESTART };

enum power_state {
    POWER_NONE,
    POWER_ASKED,
    POWER_GOING,   /* it is ending: systemd will end us, too */
    POWER_NO_ONE,  /* neither D-Bus nor logind */
    POWER_MAY_NOT, /* this machine does not let us */
    POWER_HELD,    /* another program holds the machine awake */
    POWER_SILENT,  /* no answer, or nothing happened within a minute */
    POWER_FAILED
};

void power_create(struct bus *bus, struct power **out); /* borrows `bus` */
void power_destroy(struct power *p);                    /* NULL is allowed */

void power_ask(struct power *p, enum power_what what, int64_t now_ms);
/* True: something changed. */
bool power_tick(struct power *p, int64_t now_ms);
int power_wait_ms(const struct power *p, int64_t now_ms);
/* It still waits for an answer, and for the connection. */
bool power_is_busy(const struct power *p);
enum power_state power_state(const struct power *p);
/* The page has shown why not. */
void power_seen(struct power *p);
