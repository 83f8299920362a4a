/* Flags, names and rows. */
#include "machine/wifi_list.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* NetworkManager's D-Bus API, "NM80211ApFlags" and "NM80211ApSecurityFlags" */
#define AP_PRIVACY 0x1U
#define SEC_PSK 0x100U
#define SEC_8021X 0x200U
#define SEC_SAE 0x400U
#define SEC_OWE 0x800U
#define SEC_OWE_TM 0x1000U
#define SEC_SUITE_B 0x2000U

#define STRONG 67
#define FAIR 34

enum wifi_air wifi_air_of(int strength)
{
    return strength < 0         ? WIFI_AIR_AWAY
           : strength >= STRONG ? WIFI_AIR_STRONG
           : strength >= FAIR   ? WIFI_AIR_FAIR
                                : WIFI_AIR_WEAK;
}

enum wifi_lock wifi_lock_of(unsigned flags, unsigned wpa, unsigned rsn)
{
    unsigned sec = wpa | rsn;

    if (sec & SEC_PSK)
        return WIFI_LOCK_PSK;
    if (sec & SEC_SAE)
        return WIFI_LOCK_SAE;
    if (sec & (SEC_8021X | SEC_SUITE_B))
        return WIFI_LOCK_OFFICE;
    if (sec & SEC_OWE)
        return WIFI_LOCK_OWE;
    return flags & AP_PRIVACY && !(sec & SEC_OWE_TM) ? WIFI_LOCK_OLD : WIFI_LOCK_NONE;
}

bool wifi_has_password(enum wifi_lock lock)
{
    return lock == WIFI_LOCK_PSK || lock == WIFI_LOCK_SAE;
}

bool wifi_password_fits(enum wifi_lock lock, const char *password)
{
    size_t n = strlen(password), hex = 0;

    for (const char *c = password; *c; c++) {
        if (*c < 0x20 || *c > 0x7e)
            return false;
        hex += isxdigit((unsigned char)*c) != 0;
    }
    if (lock == WIFI_LOCK_SAE)
        return n > 0 && n <= WIFI_PASSWORD_MAX;
    return n == WIFI_PASSWORD_MAX ? hex == n
                                  : n >= WIFI_PASSWORD_LEAST && n < WIFI_PASSWORD_MAX;
}

bool wifi_ssid_equal(const struct wifi_ssid *a, const struct wifi_ssid *b)
{
    return a->n == b->n && !memcmp(a->bytes, b->bytes, a->n);
}

/* Controls, marks of direction, what is no character. */
static bool is_readable(uint32_t ch)
{
    return ch >= 0x20 && !(ch >= 0x7f && ch < 0xa0) && ch != 0xad && ch != 0x61c &&
           !(ch >= 0x200b && ch <= 0x200f) && !(ch >= 0x2028 && ch <= 0x202e) &&
           !(ch >= 0x2060 && ch <= 0x206f) && ch != 0xfeff &&
           !(ch >= 0xe000 && ch <= 0xf8ff) && !(ch >= 0xfff0 && ch <= 0xffff) &&
           ch < 0xe0000;
}

void wifi_name_of(const struct wifi_ssid *ssid, char out[WIFI_NAME_BYTES])
{
    char text[WIFI_SSID_MAX + 1] = "", *to = out;
    bool shown = false;

    memcpy(text, ssid->bytes, ssid->n);
    for (size_t i = 0; i < ssid->n;) {
        size_t n = 1;
        uint32_t ch = 0;

        while (n < 4 && i + n < ssid->n && (ssid->bytes[i + n] & 0xc0U) == 0x80U)
            n++;
        if (!text[i] || !utf8_valid(text + i, n)) {
            *to++ = '?';
            shown = true;
            i++;
            continue;
        }
        (void)utf8_next(text + i, &ch);
        shown = shown || (ch != ' ' && ch != 0xa0 && ch != 0x3000);
        if (is_readable(ch)) {
            memcpy(to, text + i, n);
            to += n;
        } else {
            *to++ = '?';
        }
        i += n;
    }
    if (!shown) { /* blanks alone */
        to = out;
        *to++ = '?';
    }
    *to = 0;
}

bool wifi_typed(const char *name, bool with_password, struct wifi_network *out)
{
    size_t n = strlen(name);

    *out = (struct wifi_network){ .strength = -1, .hidden = true };
    out->lock = with_password ? WIFI_LOCK_PSK : WIFI_LOCK_NONE;
    if (!n || n > WIFI_SSID_MAX)
        return false;
    memcpy(out->ssid.bytes, name, n);
    out->ssid.n = (unsigned char)n;
    wifi_name_of(&out->ssid, out->name);
    return true;
}

/* --- rows ------------------------------------------------------------------------------ */

static int rank(const struct wifi_network *w)
{
    return (w->joined ? 0 : w->known ? 2 : 4) + (w->strength < 0);
}

static int by_strength(const void *a, const void *b)
{
    const struct wifi_network *x = a, *y = b;

    return rank(x) != rank(y) ? rank(x) - rank(y) : y->strength - x->strength;
}

static int by_worth(const void *a, const void *b)
{
    const struct wifi_network *x = a, *y = b;
    enum wifi_air air = wifi_air_of(x->strength), other = wifi_air_of(y->strength);

    if (rank(x) != rank(y))
        return rank(x) - rank(y);
    if (air != other)
        return air > other ? -1 : 1;
    return memcmp(&x->ssid, &y->ssid, sizeof(x->ssid));
}

static struct wifi_network *find(struct wifi_network *rows, size_t n,
                                 const struct wifi_ssid *ssid, enum wifi_lock lock)
{
    for (size_t i = 0; i < n; i++)
        if (wifi_ssid_equal(&rows[i].ssid, ssid) &&
            (rows[i].lock == lock || rows[i].strength < 0))
            return &rows[i];
    return NULL;
}

/* The row for another name; a full list gives up its last one, if that is worth less. */
static struct wifi_network *add(struct wifi_network *rows, size_t *n,
                                const struct wifi_network *row)
{
    if (*n == WIFI_NETWORKS_MAX) {
        qsort(rows, *n, sizeof(*rows), by_strength);
        if (by_strength(row, &rows[*n - 1]) >= 0)
            return NULL;
        (*n)--;
    }
    rows[*n] = *row;
    return &rows[(*n)++];
}

static void add_heard(struct wifi_network *rows, size_t *n, const struct wifi_heard *h,
                      const struct wifi_profile *profiles, size_t n_profiles,
                      const char *joined)
{
    struct wifi_network *row = find(rows, *n, &h->ssid, h->lock), fresh;
    bool is_joined = *joined && !strcmp(h->path, joined);

    if (row) {
        row->joined |= is_joined;
        if (h->strength > row->strength)
            row->strength = h->strength;
        return;
    }
    fresh = (struct wifi_network){
        .ssid = h->ssid, .strength = h->strength, .lock = h->lock, .joined = is_joined
    };
    for (size_t i = 0; i < n_profiles; i++)
        fresh.known |= wifi_ssid_equal(&profiles[i].ssid, &h->ssid);
    wifi_name_of(&fresh.ssid, fresh.name);
    (void)add(rows, n, &fresh);
}

size_t wifi_list_make(const struct wifi_heard *heard, size_t n_heard,
                      const struct wifi_profile *profiles, size_t n_profiles,
                      const char *joined, struct wifi_network out[WIFI_NETWORKS_MAX])
{
    size_t n = 0;

    for (size_t i = 0; i < n_heard; i++)
        if (heard[i].ssid.n) /* else it does not call out its name */
            add_heard(out, &n, &heard[i], profiles, n_profiles, joined);
    for (size_t i = 0; i < n_profiles; i++) {
        struct wifi_network away = { .ssid = profiles[i].ssid,
                                     .strength = -1,
                                     .known = true };
        bool there = !away.ssid.n;

        for (size_t k = 0; k < n && !there; k++)
            there = wifi_ssid_equal(&out[k].ssid, &away.ssid);
        if (there)
            continue;
        wifi_name_of(&away.ssid, away.name);
        (void)add(out, &n, &away);
    }
    qsort(out, n, sizeof(*out), by_worth);
    return n;
}
