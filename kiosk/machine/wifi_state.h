/* Between wifi.c, which asks and listens, and wifi_join.c, which joins. */
#pragma once

#include <systemd/sd-bus.h>

#include "machine/wifi.h"
#include "machine/wifi_read.h"

#define NM_NAME "org.freedesktop.NetworkManager"
#define NM_PATH "/org/freedesktop/NetworkManager"

struct wifi_asked { /* about one remembered network */
    struct wifi *wifi;
    size_t at;
};

struct wifi {
    struct bus *bus;
    unsigned number; /* of the connection that the questions went to; 0: none */
    int64_t now_ms, next_ms, scan_ms;
    bool changed;
    enum wifi_state state;
    bool refused;
    /* the reading that is under way, and the last whole one */
    struct wifi_seen reading, seen;
    struct wifi_asked asked[WIFI_PROFILES_MAX];
    size_t pending; /* answers that the reading still waits for */
    struct wifi_network rows[WIFI_NETWORKS_MAX];
    size_t n_rows, card; /* of seen.cards */
    /* joining */
    enum wifi_join join;
    struct wifi_network target;
    bool is_new;                   /* `profile` was made for this try */
    char profile[WIFI_PATH_BYTES]; /* "": not told yet */
    char active[WIFI_PATH_BYTES];
    int64_t join_ms;
};

/* NULL: there is none. */
const struct wifi_card *wifi_card(const struct wifi *w);
/* Looks again at once. */
void wifi_look_soon(struct wifi *w);
/* After each whole reading, and when time passed. */
void wifi_join_look(struct wifi *w);
/* A card told of a change of its state. */
void wifi_join_hear(struct wifi *w, const char *card, unsigned state, unsigned reason);
/* The connection to the bus was lost. */
void wifi_join_lost(struct wifi *w);
