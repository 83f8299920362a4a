/* Wi-Fi by NetworkManager: what is heard and known, joining, forgetting, off and on. What it
 * says is read anew every few seconds while a page looks, so that whatever happens to it
 * meanwhile, the next answer is the whole truth. Nothing here waits. Passwords go straight
 * into the message, which is wiped; they are kept by NetworkManager alone.
 *
 * Joining: NONE -> ASKED [wifi_join] -> JOINED or what hindered it [NetworkManager].
 * A network is written to the disk once it was joined: a wrong password leaves nothing. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "machine/bus.h"
#include "machine/wifi_list.h"

struct wifi;

enum wifi_state {
    WIFI_ASKING,     /* nothing is known yet */
    WIFI_NO_BUS,     /* the machine's D-Bus cannot be reached */
    WIFI_NO_MANAGER, /* NetworkManager is not there */
    WIFI_SILENT,     /* it does not answer */
    WIFI_REFUSED,    /* it may not be asked by us */
    WIFI_NO_CARD,
    WIFI_FOREIGN, /* there is a card, which something else looks after */
    WIFI_BLOCKED, /* by a switch at the machine */
    WIFI_OFF,
    WIFI_READY
};

enum wifi_join {
    WIFI_JOIN_NONE,
    WIFI_JOIN_ASKED,
    WIFI_JOIN_DONE,
    WIFI_JOIN_UNKEPT,     /* joined, but it could not be written to the disk */
    WIFI_JOIN_PASSWORD,   /* the wrong one */
    WIFI_JOIN_NO_ADDRESS, /* joined, but the transmitter gave none */
    WIFI_JOIN_AWAY,       /* out of reach */
    WIFI_JOIN_MAY_NOT,    /* this machine does not let us */
    WIFI_JOIN_SILENT,     /* no answer in time, or the line broke */
    WIFI_JOIN_FAILED
};

struct wifi_status {
    enum wifi_state state;
    const struct wifi_network *networks; /* until the next tick */
    size_t n;
    const struct wifi_network *joined; /* one of them; NULL: none */
    const char *address;               /* of the card; "": none */
    size_t n_known;                    /* that are remembered, heard or not */
    enum wifi_join join;
    const char *join_name; /* what `join` speaks of */
    bool refused;          /* the last forgetting, or switching, was not allowed */
};

void wifi_create(struct bus *bus, struct wifi **out); /* borrows `bus` */
void wifi_destroy(struct wifi *w);                    /* NULL is allowed */

/* `looks`: a page shows it now. True: something changed. */
bool wifi_tick(struct wifi *w, bool looks, int64_t now_ms);
/* Milliseconds until it wants to be called again, -1: not by itself. */
int wifi_wait_ms(const struct wifi *w, int64_t now_ms);
/* It still waits for an answer, and for the connection. */
bool wifi_is_busy(const struct wifi *w);
void wifi_status(const struct wifi *w, struct wifi_status *out);

/* Joins. `password` NULL: as remembered, or none is needed; else it must pass
 * wifi_password_fits. What stood under that name before is replaced once it works. */
void wifi_join(struct wifi *w, const struct wifi_network *network, const char *password,
               int64_t now_ms);
/* The page has shown what came of joining. */
void wifi_join_seen(struct wifi *w);
void wifi_forget(struct wifi *w, const struct wifi_ssid *ssid);
void wifi_switch(struct wifi *w, bool on);
