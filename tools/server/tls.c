/* See tls.h. Invariants:
 * 1. The key is made once and never replaced: it is what kiosks have pinned.
 * 2. The certificate begins on the day the program was built, whatever the clock says, so
 *    that one made under a wrong clock is valid all the same. */
#include "tls.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "server.h"
#include "settings.h"

#define LOG_MODULE "tls"
#include "base/log.h"

#define DAY_S 86400
#define LIFE_DAYS 3653 /* ten years */
#define RENEW_S (365LL * DAY_S)
#define LATEST_DAY "2100-01-01" /* a clock beyond it is wrong */
#define HOSTS_BYTES 4096

static const char *const names[] = { "tls_key", "tls_cert", "tls_hosts" };
enum { TLS_KEY, TLS_CERT, TLS_HOSTS };

void tls_pair_init(struct tls_pair *p)
{
    buf_init(&p->cert, CERT_PEM_MAX);
    buf_init(&p->key, CERT_PEM_MAX);
}

void tls_pair_finish(struct tls_pair *p)
{
    if (p->key.data)
        hash_wipe(p->key.data, p->key.len);
    buf_finish(&p->key);
    buf_finish(&p->cert);
}

static enum err take_text(void *ctx, const struct cell *cells)
{
    buf_str(ctx, cells[0].text ? cells[0].text : "");
    return ERR_OK;
}

static enum err get(struct store *store, int what, struct buf *out)
{
    buf_clear(out);
    return store_run(store, Q_IDENTITY_GET, take_text, out, PARAM_TEXT(names[what]));
}

static enum err put(struct store *store, int what, const struct buf *text)
{
    return store_run(store, Q_IDENTITY_SET, NULL, NULL, PARAM_TEXT(names[what]),
                     PARAM_TEXT(buf_text(text)));
}

/* --- for which names -------------------------------------------------------------- */

static bool add_host(struct cert_wish *wish, const char *host, size_t n)
{
    char *to;

    if (wish->n_hosts == CERT_HOSTS_MAX || n >= CERT_HOST_CHARS)
        return false;
    to = wish->hosts[wish->n_hosts];
    memcpy(to, host, n);
    to[n] = 0;
    if (!cert_host_ok(to))
        return false;
    for (size_t i = 0; i < wish->n_hosts; i++)
        if (!strcmp(wish->hosts[i], to))
            return true;
    wish->n_hosts++;
    return true;
}

static bool add_list(struct cert_wish *wish, const char *hosts)
{
    while (*hosts) {
        size_t n = strcspn(hosts, ", ");

        if (n && !add_host(wish, hosts, n))
            return false;
        hosts += n + (hosts[n] != 0);
    }
    return true;
}

bool tls_hosts_ok(const char *hosts)
{
    struct cert_wish wish = { .n_hosts = 0 };

    return strlen(hosts) < HOSTS_BYTES && add_list(&wish, hosts);
}

static void add_address(struct cert_wish *wish, const struct sockaddr *a)
{
    char text[INET6_ADDRSTRLEN];
    const void *bytes = NULL;

    if (a && a->sa_family == AF_INET) {
        bytes = &((const struct sockaddr_in *)(const void *)a)->sin_addr;
    } else if (a && a->sa_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)(const void *)a;

        if (!IN6_IS_ADDR_LINKLOCAL(&six->sin6_addr)) /* needs a scope to be reached */
            bytes = &six->sin6_addr;
    }
    if (bytes && inet_ntop(a->sa_family, bytes, text, sizeof(text)))
        (void)add_host(wish, text, strlen(text)); /* full: those given come first */
}

static void add_own(struct cert_wish *wish)
{
    char name[CERT_HOST_CHARS] = "";
    struct ifaddrs *list = NULL;

    if (!gethostname(name, sizeof(name) - 1))
        (void)add_host(wish, name,
                       strlen(name)); /* one that is no DNS name is left out */
    (void)add_host(wish, "localhost", strlen("localhost"));
    if (getifaddrs(&list))
        return;
    for (const struct ifaddrs *i = list; i; i = i->ifa_next)
        add_address(wish, i->ifa_addr);
    freeifaddrs(list);
}

static void set_days(struct cert_wish *wish, const struct clock *clock)
{
    int64_t today = clock_day(clock_wall_ms(clock));
    int64_t base = BDHVS_BUILD_DAY;

    if (today > base && today < clock_day_parse(LATEST_DAY))
        base = today;
    wish->from_s = clock_day_start(BDHVS_BUILD_DAY) / 1000;
    wish->to_s = clock_day_start(base + LIFE_DAYS) / 1000;
}

/* --- making ----------------------------------------------------------------------- */

static enum err write_pair(struct store *store, const struct cert_wish *wish,
                           const struct buf *hosts)
{
    struct tls_pair pair;
    enum err err;

    tls_pair_init(&pair);
    err = get(store, TLS_KEY, &pair.key);
    if (!err && !pair.key.len) {
        err = cert_make_key(&pair.key);
        if (!err)
            err = put(store, TLS_KEY, &pair.key);
    }
    if (!err && cert_sign_self(buf_text(&pair.key), wish, &pair.cert))
        err = ERR_CORRUPT; /* the wish was checked: it is the stored key */
    if (!err)
        err = put(store, TLS_CERT, &pair.cert);
    if (!err)
        err = put(store, TLS_HOSTS, hosts);
    tls_pair_finish(&pair);
    return err;
}

enum err tls_make(struct store *store, const struct clock *clock, const char *hosts,
                  const char **why)
{
    struct cert_wish wish = { .n_hosts = 0 };
    struct buf given;
    enum err err = ERR_OK;

    *why = "";
    buf_init(&given, HOSTS_BYTES);
    if (*hosts)
        buf_str(&given, hosts);
    else
        err = get(store, TLS_HOSTS, &given);
    if (!err && (given.overflow || !add_list(&wish, buf_text(&given)))) {
        *why = "not a list of at most 32 DNS names and IP addresses";
        err = ERR_REJECTED;
    }
    add_own(&wish);
    set_days(&wish, clock);
    if (!err)
        err = write_pair(store, &wish, &given);
    buf_finish(&given);
    return err;
}

enum err tls_renew(struct server *s, const char *hosts, const char **why)
{
    enum err err = store_begin(s->store);

    *why = "";
    if (err)
        return server_note(s, err);
    err = tls_make(s->store, s->clock, hosts, why);
    if (!err)
        err = store_commit(s->store);
    if (err)
        store_rollback(s->store);
    return err == ERR_REJECTED ? err : server_note(s, err);
}

/* --- reading ---------------------------------------------------------------------- */

static bool is_due(struct server *s, const struct buf *cert)
{
    char pin[CERT_PIN_CHARS];
    int64_t to_s;

    return !cert->len || cert_read(buf_text(cert), pin, &to_s) ||
           (server_clock_is_sane(s) && clock_wall_ms(s->clock) / 1000 > to_s - RENEW_S);
}

enum err tls_own(struct server *s, struct tls_pair *out)
{
    const char *why;
    enum err err = get(s->store, TLS_CERT, &out->cert);
    if (!err && is_due(s, &out->cert)) {
        err = tls_renew(s, "", &why);
        if (!err)
            LOG_INFO("a certificate for ten years was made, the key stays");
        if (!err)
            err = get(s->store, TLS_CERT, &out->cert);
    }
    if (!err)
        err = get(s->store, TLS_KEY, &out->key);
    return server_note(s, err);
}

enum err tls_read(const char *cert_path, const char *key_path, struct tls_pair *out)
{
    if (file_read(cert_path, &out->cert)) {
        LOG_ERR("%s: cannot be read", cert_path);
        return ERR_REJECTED;
    }
    if (file_read(key_path, &out->key)) {
        LOG_ERR("%s: cannot be read", key_path);
        return ERR_REJECTED;
    }
    return ERR_OK;
}

enum err tls_pin(struct server *s, char out[CERT_PIN_CHARS])
{
    struct buf pin;
    enum err err;

    buf_init(&pin, SETTING_VALUE_MAX + 1);
    err = settings_get(s, "tls.pin", s->tls_pin, &pin);
    snprintf(out, CERT_PIN_CHARS, "%s", buf_text(&pin));
    buf_finish(&pin);
    return err;
}
