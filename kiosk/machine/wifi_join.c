/* Joining a network. The profile is volatile while it is tried (NetworkManager drops it by
 * itself when it fails, or when the power goes) and is saved once it works. */
#include <stdio.h>
#include <string.h>

#include "machine/wifi_state.h"

#define LOG_MODULE "wifi"
#include "base/log.h"

#define PATIENCE_MS \
    90000 /* NetworkManager gives up after 25 s on air, 45 s for an address */
#define SETTLE_MS 6000 /* a card that does nothing of what it was told */

/* NMDeviceStateReason */
enum reason {
    REASON_NO_ADDRESS = 5,
    REASON_ADDRESS_EXPIRED = 6,
    REASON_NO_SECRETS = 7,
    REASON_SUPPLICANT_DISCONNECT = 8,
    REASON_DHCP_START = 15,
    REASON_DHCP_ERROR = 16,
    REASON_DHCP_FAILED = 17,
    REASON_SSID_NOT_FOUND = 53
};

static enum wifi_join join_of(const struct wifi *w, unsigned reason)
{
    switch (reason) {
    case REASON_NO_SECRETS:
    case REASON_SUPPLICANT_DISCONNECT:
        return wifi_has_password(w->target.lock) ? WIFI_JOIN_PASSWORD
                                                 : WIFI_JOIN_FAILED;
    case REASON_NO_ADDRESS:
    case REASON_ADDRESS_EXPIRED:
    case REASON_DHCP_START:
    case REASON_DHCP_ERROR:
    case REASON_DHCP_FAILED:
        return WIFI_JOIN_NO_ADDRESS;
    case REASON_SSID_NOT_FOUND:
        return WIFI_JOIN_AWAY;
    default:
        return WIFI_JOIN_FAILED;
    }
}

/* --- how it ends ----------------------------------------------------------------------- */

/* Nobody waits for the answer: it may be gone already. */
static void drop(struct wifi *w, const char *profile)
{
    sd_bus *sd = bus_open(w->bus, w->now_ms);

    if (!sd || sd_bus_call_method_async(sd, NULL, NM_NAME, profile,
                                        NM_NAME ".Settings.Connection", "Delete", NULL,
                                        NULL, NULL) < 0)
        LOG_WARN("a network that is of no use stays remembered");
}

static void end(struct wifi *w, enum wifi_join how)
{
    w->join = how;
    w->changed = true;
    wifi_look_soon(w);
    if (how != WIFI_JOIN_DONE && w->is_new && *w->profile)
        drop(w, w->profile);
    LOG_INFO("joining a network ended as %d", (int)how);
}

static int on_saved(sd_bus_message *m, void *ctx, sd_bus_error *error)
{
    struct wifi *w = ctx;

    (void)error;
    if (!sd_bus_message_is_method_error(m, NULL))
        return 0;
    LOG_WARN("the network is not kept: %s", sd_bus_message_get_error(m)->name);
    if (w->join == WIFI_JOIN_DONE)
        w->join = WIFI_JOIN_UNKEPT;
    w->changed = true;
    return 0;
}

/* What was remembered under that name before does not work, or no better. */
static void drop_older(struct wifi *w)
{
    for (size_t i = 0; i < w->seen.n_profiles; i++)
        if (wifi_ssid_equal(&w->seen.profiles[i].ssid, &w->target.ssid) &&
            strcmp(w->seen.profiles[i].path, w->profile) != 0)
            drop(w, w->seen.profiles[i].path);
}

static void succeed(struct wifi *w)
{
    sd_bus *sd = bus_open(w->bus, w->now_ms);

    end(w, WIFI_JOIN_DONE);
    if (!w->is_new)
        return;
    drop_older(w);
    if (!sd || sd_bus_call_method_async(sd, NULL, NM_NAME, w->profile,
                                        NM_NAME ".Settings.Connection", "Save",
                                        on_saved, w, NULL) < 0)
        w->join = WIFI_JOIN_UNKEPT;
}

void wifi_join_look(struct wifi *w)
{
    const struct wifi_card *card = wifi_card(w);
    int64_t since_ms = w->now_ms - w->join_ms;

    if (w->join != WIFI_JOIN_ASKED)
        return;
    if (since_ms >= PATIENCE_MS) {
        end(w, WIFI_JOIN_SILENT);
        return;
    }
    if (!*w->active || !card)
        return;
    if (!strcmp(card->active, w->active)) {
        if (card->state == WIFI_CARD_ACTIVATED)
            succeed(w);
    } else if (since_ms >= SETTLE_MS && !w->pending) {
        end(w, WIFI_JOIN_FAILED);
    }
}

void wifi_join_hear(struct wifi *w, const char *path, unsigned state, unsigned reason)
{
    const struct wifi_card *card = wifi_card(w);

    wifi_look_soon(w);
    if (w->join == WIFI_JOIN_ASKED && card && path && !strcmp(path, card->path) &&
        state == WIFI_CARD_FAILED)
        end(w, join_of(w, reason));
}

void wifi_join_lost(struct wifi *w)
{
    if (w->join != WIFI_JOIN_ASKED)
        return;
    w->join = WIFI_JOIN_SILENT;
    w->changed = true;
}

void wifi_join_seen(struct wifi *w)
{
    if (w->join != WIFI_JOIN_ASKED)
        w->join = WIFI_JOIN_NONE;
}

/* --- asking ---------------------------------------------------------------------------- */

static enum wifi_join trouble(const struct wifi *w, const char *error)
{
    if (strstr(error, "PermissionDenied") || strstr(error, "AccessDenied") ||
        strstr(error, "Authorization"))
        return WIFI_JOIN_MAY_NOT;
    if (strstr(error, "NoReply") || strstr(error, "Timeout"))
        return WIFI_JOIN_SILENT;
    if (strstr(error, "Unknown"))
        return WIFI_JOIN_AWAY; /* what was chosen is not heard any more */
    return strstr(error, "Invalid") && wifi_has_password(w->target.lock)
               ? WIFI_JOIN_PASSWORD
               : WIFI_JOIN_FAILED;
}

static int on_joining(sd_bus_message *m, void *ctx, sd_bus_error *error)
{
    struct wifi *w = ctx;
    const char *profile = "", *active = "";
    int r;

    (void)error;
    if (w->join != WIFI_JOIN_ASKED)
        return 0;
    if (sd_bus_message_is_method_error(m, NULL)) {
        const char *name = sd_bus_message_get_error(m)->name;

        LOG_WARN("the network cannot be joined: %s", name);
        end(w, trouble(w, name));
        return 0;
    }
    r = w->is_new ? sd_bus_message_read(m, "oo", &profile, &active)
                  : sd_bus_message_read(m, "o", &active);
    if (r < 0 || strlen(profile) >= WIFI_PATH_BYTES ||
        strlen(active) >= WIFI_PATH_BYTES) {
        end(w, WIFI_JOIN_FAILED);
        return 0;
    }
    if (w->is_new)
        (void)snprintf(w->profile, sizeof(w->profile), "%s", profile);
    (void)snprintf(w->active, sizeof(w->active), "%s", active);
    w->join_ms = w->now_ms;
    wifi_look_soon(w);
    return 0;
}

static int put_wireless(sd_bus_message *m, const struct wifi_network *n)
{
    int r = sd_bus_message_open_container(m, 'e', "sa{sv}");

    r = r < 0 ? r : sd_bus_message_append(m, "s", "802-11-wireless");
    r = r < 0 ? r : sd_bus_message_open_container(m, 'a', "{sv}");
    r = r < 0 ? r : sd_bus_message_append(m, "{sv}", "mode", "s", "infrastructure");
    r = r < 0 ? r : sd_bus_message_append(m, "{sv}", "hidden", "b", (int)n->hidden);
    r = r < 0 ? r : sd_bus_message_open_container(m, 'e', "sv");
    r = r < 0 ? r : sd_bus_message_append(m, "s", "ssid");
    r = r < 0 ? r : sd_bus_message_open_container(m, 'v', "ay");
    r = r < 0 ? r : sd_bus_message_append_array(m, 'y', n->ssid.bytes, n->ssid.n);
    for (int i = 0; i < 4; i++) /* variant, entry, settings, their entry */
        r = r < 0 ? r : sd_bus_message_close_container(m);
    return r;
}

static int put_lock(sd_bus_message *m, enum wifi_lock lock, const char *password)
{
    static const char part[] = "802-11-wireless-security";

    if (lock == WIFI_LOCK_OWE)
        return sd_bus_message_append(m, "{sa{sv}}", part, 1, "key-mgmt", "s", "owe");
    if (!wifi_has_password(lock))
        return 0;
    return sd_bus_message_append(m, "{sa{sv}}", part, 2, "key-mgmt", "s",
                                 lock == WIFI_LOCK_SAE ? "sae" : "wpa-psk", "psk", "s",
                                 password);
}

/* The transmitter is left to NetworkManager ("/"): the one that was seen may be gone by the time
 * a password is typed. */
static int ask_new(struct wifi *w, sd_bus *sd, const char *card, const char *password)
{
    sd_bus_message *m = NULL;
    int r = sd_bus_message_new_method_call(sd, &m, NM_NAME, NM_PATH, NM_NAME,
                                           "AddAndActivateConnection2");

    r = r < 0 ? r : sd_bus_message_sensitive(m);
    r = r < 0 ? r : sd_bus_message_open_container(m, 'a', "{sa{sv}}");
    r = r < 0 ? r
              : sd_bus_message_append(m, "{sa{sv}}", "connection", 2, "id", "s",
                                      w->target.name, "type", "s", "802-11-wireless");
    r = r < 0 ? r : put_wireless(m, &w->target);
    r = r < 0 ? r : put_lock(m, w->target.lock, password);
    r = r < 0 ? r : sd_bus_message_close_container(m);
    r = r < 0 ? r
              : sd_bus_message_append(m, "ooa{sv}", card, "/", 1, "persist", "s",
                                      "volatile");
    r = r < 0 ? r : sd_bus_call_async(sd, NULL, m, on_joining, w, 0);
    sd_bus_message_unref(m);
    return r;
}

static int ask_known(struct wifi *w, sd_bus *sd, const char *card)
{
    return sd_bus_call_method_async(sd, NULL, NM_NAME, NM_PATH, NM_NAME,
                                    "ActivateConnection", on_joining, w, "ooo",
                                    w->profile, card, "/");
}

void wifi_join(struct wifi *w, const struct wifi_network *network, const char *password,
               int64_t now_ms)
{
    const struct wifi_card *card = wifi_card(w);
    sd_bus *sd = bus_open(w->bus, now_ms);
    int r = -1;

    if (w->join == WIFI_JOIN_ASKED)
        return;
    w->target = *network;
    w->join = WIFI_JOIN_ASKED;
    w->join_ms = w->now_ms = now_ms;
    w->profile[0] = w->active[0] = 0;
    w->is_new = true;
    for (size_t i = 0; !password && i < w->seen.n_profiles; i++)
        if (wifi_ssid_equal(&w->seen.profiles[i].ssid, &network->ssid)) {
            memcpy(w->profile, w->seen.profiles[i].path, sizeof(w->profile));
            w->is_new = false;
        }
    if (sd && card)
        r = w->is_new ? ask_new(w, sd, card->path, password ? password : "")
                      : ask_known(w, sd, card->path);
    if (r < 0)
        end(w, WIFI_JOIN_SILENT);
}
