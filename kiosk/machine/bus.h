/* The way to the other programs of this machine: its D-Bus. Connected only while somebody asks
 * for it, so that a resting kiosk is woken by nobody; it never waits for an answer.
 *
 * CLOSED -> OPEN [bus_open] -> CLOSED [bus_close, or the daemon went]. Thread: one. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct bus;
struct sd_bus;

#define BUS_SYSTEM "system"  /* the machine's own; else an address ("unix:path=…") */
#define BUS_RETRY_MS 3000    /* after a failure, before it is tried again */
#define BUS_CALL_US 10000000 /* how long an answer is waited for */

/* Opens nothing yet; copies `address`. `wake` is called from a thread when something is to be
 * read; NULL: the caller looks itself. */
void bus_create(const char *address, void (*wake)(void *ctx), void *ctx,
                struct bus **out);
void bus_destroy(struct bus *bus); /* NULL is allowed */

/* The connection, until the next call of this header; NULL: there is none at the moment. */
struct sd_bus *bus_open(struct bus *bus, int64_t now_ms);
/* Nobody wants it any more. Whoever waits for an answer gets none. */
void bus_close(struct bus *bus);
/* Another number for each connection: what was asked on an older one is not answered. */
unsigned bus_number(const struct bus *bus);
/* Takes in what came, and calls whom it is for. True: something came, or the line broke. */
bool bus_tick(struct bus *bus);
/* Milliseconds until bus_tick wants to be called again, -1: not by itself. */
int bus_wait_ms(const struct bus *bus);
