/* From what NetworkManager tells to rows that people can choose from. Pure. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WIFI_SSID_MAX 32
#define WIFI_NAME_BYTES (WIFI_SSID_MAX + 2)
#define WIFI_NETWORKS_MAX 48 /* rows; the weakest of a town's fall off */
#define WIFI_HEARD_MAX 256   /* transmitters */
#define WIFI_PROFILES_MAX 32
#define WIFI_PATH_BYTES 96
#define WIFI_PASSWORD_LEAST \
    8 /* IEEE 802.11i: 8 to 63 characters, or 64 hexadecimal digits */
#define WIFI_PASSWORD_MAX 64

struct wifi_ssid { /* any bytes: it is no text */
    unsigned char bytes[WIFI_SSID_MAX];
    unsigned char n;
};

/* How well it is heard, in words. Few steps, so that rows do not change places all the time
 * under a finger. */
enum wifi_air { WIFI_AIR_AWAY, WIFI_AIR_WEAK, WIFI_AIR_FAIR, WIFI_AIR_STRONG };

enum wifi_lock {
    WIFI_LOCK_NONE,
    WIFI_LOCK_OWE,    /* open, and enciphered all the same */
    WIFI_LOCK_PSK,    /* a password: WPA, WPA2 and WPA2/3 */
    WIFI_LOCK_SAE,    /* a password: WPA3 alone */
    WIFI_LOCK_OLD,    /* WEP: whoever likes reads along; not joined from here */
    WIFI_LOCK_OFFICE, /* a name and more: by who looks after that network */
};

struct wifi_network {
    struct wifi_ssid ssid;
    char name[WIFI_NAME_BYTES]; /* readable UTF-8, never empty */
    int strength;               /* 0…100; -1: not heard now */
    enum wifi_lock lock;
    bool known, joined;
    bool hidden; /* was typed, and does not call out its name */
};

struct wifi_heard {
    char path[WIFI_PATH_BYTES];
    struct wifi_ssid ssid;
    int strength;
    enum wifi_lock lock;
};

struct wifi_profile { /* a remembered network */
    char path[WIFI_PATH_BYTES];
    struct wifi_ssid ssid; /* n 0: not read, or no Wi-Fi */
};

enum wifi_air wifi_air_of(int strength);
/* By the flags of an access point: NM80211ApFlags and NM80211ApSecurityFlags. */
enum wifi_lock wifi_lock_of(unsigned flags, unsigned wpa, unsigned rsn);
bool wifi_has_password(enum wifi_lock lock);
/* ASCII, and as long as the standard asks for that lock. */
bool wifi_password_fits(enum wifi_lock lock, const char *password);
bool wifi_ssid_equal(const struct wifi_ssid *a, const struct wifi_ssid *b);
/* What cannot be read, or would turn the line around, is "?". */
void wifi_name_of(const struct wifi_ssid *ssid, char out[WIFI_NAME_BYTES]);
/* A network that somebody typed. False: longer than 32 bytes, or empty. */
bool wifi_typed(const char *name, bool with_password, struct wifi_network *out);
/* One row per name: the joined one first, then remembered ones, then by enum wifi_air.
 * `joined`: path of the transmitter in use. How many rows. */
size_t wifi_list_make(const struct wifi_heard *heard, size_t n_heard,
                      const struct wifi_profile *profiles, size_t n_profiles,
                      const char *joined, struct wifi_network out[WIFI_NETWORKS_MAX]);
