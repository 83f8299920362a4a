/* See serve.h. */
#include "serve.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/service.h"
#include "commands.h"
#include "control.h"
#include "forward_timer.h"
#include "http.h"
#include "program.h"
#include "routes.h"
#include "server.h"
#include "titles.h"
#include "tls.h"

#define LOG_MODULE "serve"
#include "base/log.h"

#define EARLIEST_MS \
    1735689600000 /* 2025: kiosks believe our clock, so it must be sane */
#define SOCKET_PATH_BYTES 128
#define FORWARD_FIRST_S 60   /* after the start */
#define FORWARD_SPREAD_S 120 /* not every commune of a province in the same second */
#define FORWARD_MINUTES_MAX 10080 /* at least once a week */

struct serving {
    struct server *server;
    int control;
    struct service service; /* what systemd is told */
};

static void on_control(void *ctx)
{
    struct serving *serving = ctx;

    control_answer(serving->control, commands_run, serving->server);
}

static void on_turn(void *ctx)
{
    struct serving *serving = ctx;
    int64_t now_ms = clock_mono_ms(&clock_real);

    if (service_asks(&serving->service, now_ms) && server_answers(serving->server))
        service_alive(&serving->service, now_ms);
}

/* Which certificate: `*out` NULL is none, else it borrows from `pair`. 0, or an exit code
 * after a complaint. */
static int choose_tls(struct server *s, struct tls_pair *pair, struct http_tls *tls,
                      const struct http_tls **out)
{
    const char *when = options_get(&options, "tls");
    const char *cert = options_get(&options, "tls-cert");
    const char *key = options_get(&options, "tls-key");
    bool is_auto = !strcmp(when, "auto");

    *out = NULL;
    if (!cert != !key)
        return complain(EX_USAGE, "TLS", "one of --tls-cert and --tls-key is missing",
                        "give both, or none");
    if (!is_auto && strcmp(when, "yes") != 0 && strcmp(when, "no") != 0)
        return complain(EX_USAGE, "--tls", "not a word of it", "auto, yes or no");
    if (!cert && !strcmp(when, "no"))
        return 0;
    if (cert ? tls_read(cert, key, pair) : tls_own(s, pair))
        return complain(EX_UNAVAILABLE, cert ? cert : "TLS",
                        "certificate or key cannot be read", "look at the line above");
    *tls = (struct http_tls){ buf_text(&pair->cert), buf_text(&pair->key),
                              !cert && is_auto };
    *out = tls;
    return 0;
}

/* A setting that names another key than the one served with is a proxy's, or a mistake. */
static void note_pin(struct server *s, const char *cert_pem)
{
    char told[CERT_PIN_CHARS];
    int64_t to_s;

    if (cert_read(cert_pem, s->tls_pin, &to_s)) {
        s->tls_pin[0] = 0;
        return;
    }
    if (server_clock_is_sane(s) && clock_wall_ms(s->clock) / 1000 > to_s)
        LOG_WARN("the certificate is out of its dates: kiosks will refuse it");
    if (!tls_pin(s, told) && strcmp(told, s->tls_pin) != 0)
        LOG_WARN("tls.pin is not of the certificate served here (%s): right only with "
                 "a proxy in front",
                 s->tls_pin);
}

/* 0, or an exit code after a complaint. */
static int open_http(struct server *s, struct http **out)
{
    const char *listen = options_get(&options, "listen");
    const struct http_tls *chosen;
    struct http_tls tls;
    struct tls_pair pair;
    int code;

    tls_pair_init(&pair);
    code = choose_tls(s, &pair, &tls, &chosen);
    if (!code && http_open(listen, chosen, &routes_service, s, out))
        code = complain(EX_UNAVAILABLE, listen, "cannot serve there",
                        "choose a free ADDR:PORT; check the certificate and its key");
    if (!code && http_is_secure(*out))
        note_pin(s, buf_text(&pair.cert));
    tls_pair_finish(&pair);
    return code;
}

static void offer_pack(struct server *s, struct titles *titles)
{
    const char *pack = options_get(&options, "pack");

    s->titles = titles;
    if (!pack)
        return;
    if (titles_read(pack, titles))
        LOG_WARN("%s: no titles in this pack: lessons go by their ids", pack);
    snprintf(s->offer.folder, sizeof(s->offer.folder), "%s", pack);
    offer_refresh(&s->offer);
}

static int loop(struct server *s, struct http *http, const char *socket_path)
{
    struct serving serving = { .server = s, .control = -1 };

    if (socket_path && control_listen(socket_path, &serving.control))
        return complain(1, socket_path, "cannot be made", "check the folder's rights");
    printf("listening on http%s://%s\n", http_is_secure(http) ? "s" : "",
           http_address(http));
    fflush(stdout);
    service_init(&serving.service);
    service_ready(&serving.service, clock_mono_ms(&clock_real));
    http_loop(http, &s->broken, serving.control, on_control, on_turn, &serving);
    service_ends(&serving.service);
    if (socket_path) {
        close(serving.control);
        unlink(socket_path);
    }
    return s->broken ? 1 : 0;
}

int serve_run(void (*forward)(void))
{
    const char *uri = options_get(&options, "db");
    bool alone = !store_uri_is_shared(uri);
    char path[SOCKET_PATH_BYTES];
    struct titles titles = { 0 };
    struct http *http = NULL;
    struct server server;
    long minutes = options_number(&options, "forward-every", 0, FORWARD_MINUTES_MAX);
    enum err err;
    int code;

    if (alone && control_path(uri, path, sizeof(path)))
        return complain(EX_USAGE, uri, "the path is too long", "use a shorter one");
    if (clock_wall_ms(&clock_real) < EARLIEST_MS)
        return complain(EX_TEMPFAIL, "clock", "it shows a year long ago",
                        "set it: kiosks take their time from here");
    if (minutes &&
        forward_timer_start(FORWARD_FIRST_S + hash_random_below(FORWARD_SPREAD_S),
                            minutes * 60, forward))
        return complain(EX_OSERR, "serve", "no process beside it can be made",
                        "try again, or --forward-every 0");
    err = server_open(uri, &clock_real, &server);
    if (err)
        return cannot_open(uri, err);
    code = open_http(&server, &http);
    if (!code) {
        offer_pack(&server, &titles);
        programs_place(&server, options_get(&options, "programs"));
        server.show_page = options_on(&options, "open-page") || http_is_loopback(http);
        server.loopback_only = !options_on(&options, "open-page");
        code = loop(&server, http, alone ? path : NULL);
    }
    http_close(http);
    server_close(&server);
    titles_finish(&titles);
    return code;
}
