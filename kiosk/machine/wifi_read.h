/* What NetworkManager's messages say, read into plain structs; for wifi.c alone. Strange
 * messages are read as far as they make sense. */
#pragma once

#include "machine/wifi_list.h"

struct sd_bus_message;

#define WIFI_CARDS_MAX 4
#define WIFI_ADDRESSES_MAX 16
#define WIFI_ADDRESS_BYTES 46

/* NMDeviceState */
#define WIFI_CARD_UNMANAGED 10U
#define WIFI_CARD_UNAVAILABLE 20U
#define WIFI_CARD_ACTIVATED 100U
#define WIFI_CARD_FAILED 120U

struct wifi_card {
    char path[WIFI_PATH_BYTES];
    char active[WIFI_PATH_BYTES]; /* the connection in use; "/" */
    char ip4[WIFI_PATH_BYTES];    /* where its address stands; "/" */
    char ap[WIFI_PATH_BYTES];     /* the transmitter in use; "/" */
    unsigned state;
};

struct wifi_address {
    char path[WIFI_PATH_BYTES];
    char text[WIFI_ADDRESS_BYTES];
};

struct wifi_seen {
    bool manager; /* it said something of itself */
    bool on, hardware_on;
    struct wifi_card cards[WIFI_CARDS_MAX];
    struct wifi_heard heard[WIFI_HEARD_MAX];
    struct wifi_profile profiles[WIFI_PROFILES_MAX];
    struct wifi_address addresses[WIFI_ADDRESSES_MAX];
    size_t n_cards, n_heard, n_profiles, n_addresses;
};

/* The answer of GetManagedObjects. False: it cannot be read. */
bool wifi_read_all(struct sd_bus_message *m, struct wifi_seen *out);
/* The answer of Settings.Connection.GetSettings: the name of a Wi-Fi; n 0: it is none. */
void wifi_read_profile(struct sd_bus_message *m, struct wifi_ssid *out);
