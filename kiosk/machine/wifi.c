/* Reads the state of NetworkManager in whole: its objects, then the name of each remembered
 * network. Of signals only one is heard: why a card failed, which nothing tells afterwards. */
#include "machine/wifi.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "machine/wifi_state.h"

#define LOG_MODULE "wifi"
#include "base/log.h"

#define LOOK_MS 2000
#define SCAN_MS 15000

void wifi_create(struct bus *bus, struct wifi **out)
{
    struct wifi *w = check_alloc(sizeof(*w));

    memset(w, 0, sizeof(*w));
    w->bus = bus;
    for (size_t i = 0; i < WIFI_PROFILES_MAX; i++)
        w->asked[i] = (struct wifi_asked){ w, i };
    *out = w;
}

void wifi_destroy(struct wifi *w)
{
    free(w);
}

const struct wifi_card *wifi_card(const struct wifi *w)
{
    return w->card < w->seen.n_cards ? &w->seen.cards[w->card] : NULL;
}

void wifi_look_soon(struct wifi *w)
{
    w->next_ms = 0;
}

/* --- reading --------------------------------------------------------------------------- */

static void say(struct wifi *w, enum wifi_state state)
{
    w->changed = true;
    if (w->state != state)
        LOG_DBG("state %d", (int)state);
    w->state = state;
}

/* The first card that NetworkManager looks after, else the first. */
static size_t choose_card(const struct wifi_seen *seen)
{
    for (size_t i = 0; i < seen->n_cards; i++)
        if (seen->cards[i].state > WIFI_CARD_UNMANAGED)
            return i;
    return 0;
}

static enum wifi_state judge(const struct wifi *w)
{
    const struct wifi_card *card = wifi_card(w);

    if (!w->seen.manager)
        return WIFI_NO_MANAGER;
    if (!card)
        return WIFI_NO_CARD;
    if (!w->seen.hardware_on)
        return WIFI_BLOCKED;
    if (!w->seen.on)
        return WIFI_OFF;
    return card->state <= WIFI_CARD_UNMANAGED ? WIFI_FOREIGN : WIFI_READY;
}

static void publish(struct wifi *w)
{
    const struct wifi_card *card;
    bool on;

    w->seen = w->reading;
    w->card = choose_card(&w->seen);
    card = wifi_card(w);
    on = card && w->seen.on && card->state >= WIFI_CARD_ACTIVATED;
    w->n_rows =
        wifi_list_make(w->seen.heard, card ? w->seen.n_heard : 0, w->seen.profiles,
                       w->seen.n_profiles, on ? card->ap : "", w->rows);
    say(w, judge(w));
    wifi_join_look(w);
}

static int on_profile(sd_bus_message *m, void *ctx, sd_bus_error *error)
{
    const struct wifi_asked *a = ctx;
    struct wifi *w = a->wifi;

    (void)error;
    if (!w->pending)
        return 0; /* of a reading that nobody waits for any more */
    if (!sd_bus_message_is_method_error(m, NULL))
        wifi_read_profile(m, &w->reading.profiles[a->at].ssid);
    if (--w->pending == 0)
        publish(w);
    return 0;
}

static enum wifi_state trouble(sd_bus_message *m)
{
    if (sd_bus_message_is_method_error(m, SD_BUS_ERROR_NO_REPLY) ||
        sd_bus_message_is_method_error(m, SD_BUS_ERROR_TIMEOUT))
        return WIFI_SILENT;
    return sd_bus_message_is_method_error(m, SD_BUS_ERROR_ACCESS_DENIED)
               ? WIFI_REFUSED
               : WIFI_NO_MANAGER;
}

static int on_objects(sd_bus_message *m, void *ctx, sd_bus_error *error)
{
    struct wifi *w = ctx;
    sd_bus *sd = sd_bus_message_get_bus(m);

    (void)error;
    if (!w->pending)
        return 0;
    w->pending--;
    if (sd_bus_message_is_method_error(m, NULL) || !wifi_read_all(m, &w->reading)) {
        memset(&w->seen, 0, sizeof(w->seen));
        w->n_rows = 0;
        say(w, trouble(m));
        return 0;
    }
    for (size_t i = 0; i < w->reading.n_profiles; i++)
        if (sd_bus_call_method_async(sd, NULL, NM_NAME, w->reading.profiles[i].path,
                                     NM_NAME ".Settings.Connection", "GetSettings",
                                     on_profile, &w->asked[i], NULL) >= 0)
            w->pending++;
    if (!w->pending)
        publish(w);
    return 0;
}

static void look(struct wifi *w, sd_bus *sd)
{
    w->next_ms = w->now_ms + LOOK_MS;
    if (sd_bus_call_method_async(sd, NULL, NM_NAME, "/org/freedesktop",
                                 "org.freedesktop.DBus.ObjectManager",
                                 "GetManagedObjects", on_objects, w, NULL) >= 0)
        w->pending = 1;
}

static void scan(struct wifi *w, sd_bus *sd)
{
    const struct wifi_card *card = wifi_card(w);

    if (!card || w->state != WIFI_READY || w->join == WIFI_JOIN_ASKED)
        return;
    w->scan_ms = w->now_ms + SCAN_MS;
    if (sd_bus_call_method_async(sd, NULL, NM_NAME, card->path,
                                 NM_NAME ".Device.Wireless", "RequestScan", NULL, NULL,
                                 "a{sv}", 0) < 0)
        LOG_DBG("no scan");
}

/* --- life ------------------------------------------------------------------------------ */

static int on_card(sd_bus_message *m, void *ctx, sd_bus_error *error)
{
    uint32_t state = 0, before = 0, reason = 0;

    (void)error;
    if (sd_bus_message_read(m, "uuu", &state, &before, &reason) > 0)
        wifi_join_hear(ctx, sd_bus_message_get_path(m), state, reason);
    return 0;
}

/* What was asked before is not answered any more. */
static void begin(struct wifi *w, sd_bus *sd, unsigned number)
{
    w->pending = 0;
    w->next_ms = w->scan_ms = 0;
    if (w->number)
        wifi_join_lost(w);
    w->number = number;
    if (sd && sd_bus_match_signal_async(sd, NULL, NM_NAME, NULL, NM_NAME ".Device",
                                        "StateChanged", on_card, NULL, w) < 0)
        LOG_WARN("nobody will tell why a network cannot be joined");
}

static void rest(struct wifi *w)
{
    if (!w->number && w->state == WIFI_ASKING)
        return;
    w->state = WIFI_ASKING;
    w->refused = false;
    w->n_rows = 0;
    w->pending = 0;
    w->number = 0;
    memset(&w->seen, 0, sizeof(w->seen));
}

bool wifi_tick(struct wifi *w, bool looks, int64_t now_ms)
{
    bool changed = w->changed;
    sd_bus *sd;

    w->changed = false;
    w->now_ms = now_ms;
    if (!looks && !wifi_is_busy(w)) {
        rest(w);
        return changed;
    }
    sd = bus_open(w->bus, now_ms);
    if (bus_number(w->bus) != w->number)
        begin(w, sd, bus_number(w->bus));
    if (!sd) {
        changed |= w->state != WIFI_NO_BUS;
        w->n_rows = 0;
        w->state = WIFI_NO_BUS;
        return changed;
    }
    if (!w->pending && now_ms >= w->next_ms)
        look(w, sd);
    if (now_ms >= w->scan_ms)
        scan(w, sd);
    wifi_join_look(w);
    changed |= w->changed;
    w->changed = false;
    return changed;
}

int wifi_wait_ms(const struct wifi *w, int64_t now_ms)
{
    if (!w->number)
        return w->state == WIFI_NO_BUS ? BUS_RETRY_MS : -1;
    if (w->pending)
        return -1; /* the bus says when its patience ends */
    return w->next_ms > now_ms ? (int)(w->next_ms - now_ms) : 0;
}

bool wifi_is_busy(const struct wifi *w)
{
    return w->join == WIFI_JOIN_ASKED;
}

void wifi_status(const struct wifi *w, struct wifi_status *out)
{
    const struct wifi_card *card = wifi_card(w);

    *out = (struct wifi_status){ .state = w->state,
                                 .networks = w->rows,
                                 .n = w->n_rows,
                                 .address = "",
                                 .join = w->join,
                                 .join_name = w->target.name,
                                 .refused = w->refused };
    for (size_t i = 0; i < w->seen.n_profiles; i++)
        out->n_known += w->seen.profiles[i].ssid.n > 0;
    if (w->n_rows && w->rows[0].joined)
        out->joined = &w->rows[0];
    for (size_t i = 0; card && i < w->seen.n_addresses; i++)
        if (!strcmp(w->seen.addresses[i].path, card->ip4))
            out->address = w->seen.addresses[i].text;
}

/* --- orders ---------------------------------------------------------------------------- */

static int on_told(sd_bus_message *m, void *ctx, sd_bus_error *error)
{
    struct wifi *w = ctx;

    (void)error;
    if (sd_bus_message_is_method_error(m, NULL)) {
        LOG_WARN("refused: %s", sd_bus_message_get_error(m)->name);
        w->refused = true;
    }
    w->changed = true;
    wifi_look_soon(w);
    return 0;
}

void wifi_forget(struct wifi *w, const struct wifi_ssid *ssid)
{
    sd_bus *sd = bus_open(w->bus, w->now_ms);

    w->refused = !sd;
    for (size_t i = 0; sd && i < w->seen.n_profiles; i++)
        if (wifi_ssid_equal(&w->seen.profiles[i].ssid, ssid) &&
            sd_bus_call_method_async(sd, NULL, NM_NAME, w->seen.profiles[i].path,
                                     NM_NAME ".Settings.Connection", "Delete", on_told,
                                     w, NULL) < 0)
            w->refused = true;
}

void wifi_switch(struct wifi *w, bool on)
{
    sd_bus *sd = bus_open(w->bus, w->now_ms);

    w->refused = !sd || sd_bus_call_method_async(sd, NULL, NM_NAME, NM_PATH,
                                                 "org.freedesktop.DBus.Properties",
                                                 "Set", on_told, w, "ssv", NM_NAME,
                                                 "WirelessEnabled", "b", (int)on) < 0;
}
