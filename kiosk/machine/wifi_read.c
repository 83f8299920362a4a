/* Walks through a{oa{sa{sv}}}: objects, their interfaces, their properties. */
#include "machine/wifi_read.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <systemd/sd-bus.h>

#define NM "org.freedesktop.NetworkManager"

/* One object while it is read: any of them may turn out to be any of these. */
struct object {
    bool is_card, is_air, is_heard, is_profile, is_address, is_manager;
    struct wifi_card card;
    struct wifi_heard heard;
    unsigned flags, wpa, rsn;
    char address[WIFI_ADDRESS_BYTES];
    bool on, hardware_on;
    bool unsaved; /* of a profile: it is still tried */
};

/* --- values ---------------------------------------------------------------------------- */

/* Enters the variant when it holds `type`; else passes over it. */
static bool enter(sd_bus_message *m, const char *type)
{
    if (sd_bus_message_enter_container(m, SD_BUS_TYPE_VARIANT, type) > 0)
        return true;
    (void)sd_bus_message_skip(m, "v");
    return false;
}

static void read_unsigned(sd_bus_message *m, unsigned *out)
{
    uint32_t value = 0;

    if (!enter(m, "u"))
        return;
    if (sd_bus_message_read_basic(m, 'u', &value) > 0)
        *out = value;
    (void)sd_bus_message_exit_container(m);
}

static void read_byte(sd_bus_message *m, int *out)
{
    uint8_t value = 0;

    if (!enter(m, "y"))
        return;
    if (sd_bus_message_read_basic(m, 'y', &value) > 0)
        *out = value > 100 ? 100 : value;
    (void)sd_bus_message_exit_container(m);
}

static void read_bool(sd_bus_message *m, bool *out)
{
    int value = 0;

    if (!enter(m, "b"))
        return;
    if (sd_bus_message_read_basic(m, 'b', &value) > 0)
        *out = value != 0;
    (void)sd_bus_message_exit_container(m);
}

static void take_path(char out[WIFI_PATH_BYTES], const char *path)
{
    (void)snprintf(out, WIFI_PATH_BYTES, "%s",
                   path && strlen(path) < WIFI_PATH_BYTES ? path : "/");
}

static void read_path(sd_bus_message *m, char out[WIFI_PATH_BYTES])
{
    const char *path = NULL;

    if (!enter(m, "o"))
        return;
    if (sd_bus_message_read_basic(m, 'o', &path) > 0)
        take_path(out, path);
    (void)sd_bus_message_exit_container(m);
}

static void read_ssid(sd_bus_message *m, struct wifi_ssid *out)
{
    const void *bytes = NULL;
    size_t n = 0;

    if (!enter(m, "ay"))
        return;
    if (sd_bus_message_read_array(m, 'y', &bytes, &n) >= 0 && n <= WIFI_SSID_MAX &&
        bytes) {
        memcpy(out->bytes, bytes, n);
        out->n = (unsigned char)n;
    }
    (void)sd_bus_message_exit_container(m);
}

/* Calls `each` with every name of a dictionary a{s?} whose entries are `entry`. `each` takes
 * the value, or passes over it. False: the message is at odds with itself. */
typedef void entry_fn(sd_bus_message *m, const char *name, void *ctx);

static bool each_entry(sd_bus_message *m, const char *entry, entry_fn *each, void *ctx)
{
    char array[24];
    int r;

    (void)snprintf(array, sizeof(array), "{%s}", entry);
    if (sd_bus_message_enter_container(m, SD_BUS_TYPE_ARRAY, array) <= 0)
        return false;
    while ((r = sd_bus_message_enter_container(m, SD_BUS_TYPE_DICT_ENTRY, entry)) > 0) {
        const char *name = NULL;

        if (sd_bus_message_read_basic(m, entry[0], &name) <= 0)
            return false;
        each(m, name, ctx);
        if (sd_bus_message_exit_container(m) < 0)
            return false;
    }
    return r == 0 && sd_bus_message_exit_container(m) >= 0;
}

/* --- properties ------------------------------------------------------------------------ */

static void manager_property(sd_bus_message *m, const char *name, void *ctx)
{
    struct object *o = ctx;

    if (!strcmp(name, "WirelessEnabled"))
        read_bool(m, &o->on);
    else if (!strcmp(name, "WirelessHardwareEnabled"))
        read_bool(m, &o->hardware_on);
    else
        (void)sd_bus_message_skip(m, "v");
}

static void device_property(sd_bus_message *m, const char *name, void *ctx)
{
    struct object *o = ctx;

    if (!strcmp(name, "State"))
        read_unsigned(m, &o->card.state);
    else if (!strcmp(name, "ActiveConnection"))
        read_path(m, o->card.active);
    else if (!strcmp(name, "Ip4Config"))
        read_path(m, o->card.ip4);
    else
        (void)sd_bus_message_skip(m, "v");
}

static void air_property(sd_bus_message *m, const char *name, void *ctx)
{
    struct object *o = ctx;

    if (!strcmp(name, "ActiveAccessPoint"))
        read_path(m, o->card.ap);
    else
        (void)sd_bus_message_skip(m, "v");
}

static void heard_property(sd_bus_message *m, const char *name, void *ctx)
{
    struct object *o = ctx;

    if (!strcmp(name, "Ssid"))
        read_ssid(m, &o->heard.ssid);
    else if (!strcmp(name, "Strength"))
        read_byte(m, &o->heard.strength);
    else if (!strcmp(name, "Flags"))
        read_unsigned(m, &o->flags);
    else if (!strcmp(name, "WpaFlags"))
        read_unsigned(m, &o->wpa);
    else if (!strcmp(name, "RsnFlags"))
        read_unsigned(m, &o->rsn);
    else
        (void)sd_bus_message_skip(m, "v");
}

static void address_value(sd_bus_message *m, const char *name, void *ctx)
{
    struct object *o = ctx;
    const char *text = NULL;

    if (strcmp(name, "address") != 0 || *o->address) {
        (void)sd_bus_message_skip(m, "v");
        return;
    }
    if (!enter(m, "s"))
        return;
    if (sd_bus_message_read_basic(m, 's', &text) > 0)
        (void)snprintf(o->address, sizeof(o->address), "%s", text);
    (void)sd_bus_message_exit_container(m);
}

static void address_property(sd_bus_message *m, const char *name, void *ctx)
{
    if (strcmp(name, "AddressData") != 0) {
        (void)sd_bus_message_skip(m, "v");
        return;
    }
    if (!enter(m, "aa{sv}"))
        return;
    if (sd_bus_message_enter_container(m, SD_BUS_TYPE_ARRAY, "a{sv}") > 0) {
        while (each_entry(m, "sv", address_value, ctx))
            continue;
        (void)sd_bus_message_exit_container(m);
    }
    (void)sd_bus_message_exit_container(m);
}

static void profile_property(sd_bus_message *m, const char *name, void *ctx)
{
    struct object *o = ctx;

    if (!strcmp(name, "Unsaved"))
        read_bool(m, &o->unsaved);
    else
        (void)sd_bus_message_skip(m, "v");
}

/* --- objects --------------------------------------------------------------------------- */

static void interface(sd_bus_message *m, const char *name, void *ctx)
{
    static const struct {
        const char *name;
        entry_fn *property;
        size_t flag;
    } table[] = {
        { NM, manager_property, offsetof(struct object, is_manager) },
        { NM ".Device", device_property, offsetof(struct object, is_card) },
        { NM ".Device.Wireless", air_property, offsetof(struct object, is_air) },
        { NM ".AccessPoint", heard_property, offsetof(struct object, is_heard) },
        { NM ".IP4Config", address_property, offsetof(struct object, is_address) },
        { NM ".Settings.Connection", profile_property,
          offsetof(struct object, is_profile) },
    };

    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        if (!strcmp(name, table[i].name)) {
            *(bool *)((char *)ctx + table[i].flag) = true;
            (void)each_entry(m, "sv", table[i].property, ctx);
            return;
        }
    (void)sd_bus_message_skip(m, "a{sv}");
}

static void keep(struct wifi_seen *out, struct object *o, const char *path)
{
    if (o->is_manager) {
        out->manager = true;
        out->on = o->on;
        out->hardware_on = o->hardware_on;
    }
    if (o->is_card && o->is_air && out->n_cards < WIFI_CARDS_MAX) {
        take_path(o->card.path, path);
        out->cards[out->n_cards++] = o->card;
    }
    if (o->is_heard && out->n_heard < WIFI_HEARD_MAX) {
        take_path(o->heard.path, path);
        o->heard.lock = wifi_lock_of(o->flags, o->wpa, o->rsn);
        out->heard[out->n_heard++] = o->heard;
    }
    if (o->is_profile && !o->unsaved && out->n_profiles < WIFI_PROFILES_MAX)
        take_path(out->profiles[out->n_profiles++].path, path);
    if (o->is_address && *o->address && out->n_addresses < WIFI_ADDRESSES_MAX) {
        struct wifi_address *a = &out->addresses[out->n_addresses++];

        take_path(a->path, path);
        memcpy(a->text, o->address, sizeof(a->text));
    }
}

static void object(sd_bus_message *m, const char *path, void *ctx)
{
    struct object o = { .card = { .active = "/", .ip4 = "/", .ap = "/" },
                        .on = true,
                        .hardware_on = true };

    if (strlen(path) >= WIFI_PATH_BYTES) {
        (void)sd_bus_message_skip(m, "a{sa{sv}}");
        return;
    }
    (void)each_entry(m, "sa{sv}", interface, &o);
    keep(ctx, &o, path);
}

bool wifi_read_all(sd_bus_message *m, struct wifi_seen *out)
{
    memset(out, 0, sizeof(*out));
    return each_entry(m, "oa{sa{sv}}", object, out);
}

/* --- a remembered network -------------------------------------------------------------- */

static void profile_value(sd_bus_message *m, const char *name, void *ctx)
{
    if (!strcmp(name, "ssid"))
        read_ssid(m, ctx);
    else
        (void)sd_bus_message_skip(m, "v");
}

static void profile_part(sd_bus_message *m, const char *name, void *ctx)
{
    if (!strcmp(name, "802-11-wireless"))
        (void)each_entry(m, "sv", profile_value, ctx);
    else
        (void)sd_bus_message_skip(m, "a{sv}");
}

void wifi_read_profile(sd_bus_message *m, struct wifi_ssid *out)
{
    *out = (struct wifi_ssid){ .n = 0 };
    (void)each_entry(m, "sa{sv}", profile_part, out);
}
