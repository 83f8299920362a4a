/* From HTTP to the parts of the server and back. One line in the table a route. */
#include "routes.h"

#include <string.h>

#include "base/check.h"
#include "base/json.h"
#include "enrolment.h"
#include "ingest.h"
#include "metrics.h"
#include "page.h"
#include "paper.h"
#include "server.h"
#include "wire/ack.h"

#define RETRY_S 60
#define NONCE_MAX 64

static void reason(struct http_response *r, unsigned status, const char *why)
{
    r->status = status;
    r->type = "application/json";
    buf_clear(&r->body);
    json_open(&r->body, NULL, '{');
    json_put_text(&r->body, "error", why);
    json_close(&r->body, '}');
    if (status == 503)
        r->retry_after_s = RETRY_S;
}

static void post_bundle(struct server *s, const struct http_request *q,
                        struct http_response *r)
{
    static const unsigned statuses[] = {
        [INGEST_TAKEN] = 200, [INGEST_TOO_LARGE] = 413, [INGEST_UNKNOWN] = 401,
        [INGEST_WRONG] = 400, [INGEST_LATER] = 503,
    };
    struct buf answer;
    enum ingest_status status;

    buf_init(&answer, r->body.max);
    status = ingest_take(s, q->body, q->n_body, &answer);
    if (status == INGEST_TAKEN) {
        r->type = "application/jose";
        buf_add(&r->body, buf_text(&answer), answer.len);
    } else {
        reason(r, statuses[status], buf_text(&answer));
    }
    buf_finish(&answer);
}

static void post_enrol(struct server *s, const struct http_request *q,
                       struct http_response *r)
{
    static const unsigned statuses[] = {
        [ENROLMENT_WAITING] = 202, [ENROLMENT_GRANTED] = 200, [ENROLMENT_WRONG] = 400,
        [ENROLMENT_REFUSED] = 403, [ENROLMENT_OVER] = 410,    [ENROLMENT_LATER] = 503,
    };
    struct buf answer;
    enum enrolment_status status;

    if (q->n_body > ENROL_BYTES_MAX) {
        reason(r, 413, "more than 4096 bytes");
        return;
    }
    buf_init(&answer, r->body.max);
    status = enrolment_ask(s, q->body, q->n_body, &answer);
    if (status == ENROLMENT_WAITING || status == ENROLMENT_GRANTED) {
        r->status = statuses[status];
        r->type = status == ENROLMENT_GRANTED ? "application/jose" : "application/json";
        buf_add(&r->body, buf_text(&answer), answer.len);
    } else {
        reason(r, statuses[status], buf_text(&answer));
    }
    buf_finish(&answer);
}

static void get_time(struct server *s, const struct http_request *q,
                     struct http_response *r)
{
    const char *nonce = q->query(q, "nonce");
    struct wire_time time = { .time_ms = clock_wall_ms(s->clock), .nonce = nonce };
    struct buf json;

    if (!nonce || !*nonce || strlen(nonce) > NONCE_MAX ||
        strspn(nonce, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                      "0123456789_-") != strlen(nonce)) {
        reason(r, 400, "a nonce of 1 to 64 letters, digits, - and _ is needed");
        return;
    }
    buf_init(&json, 1024);
    if (wire_time_encode(&time, &json)) {
        reason(r, 503, "try again later");
    } else {
        r->type = "application/jose";
        jws_sign(&s->key, JWS_TIME, buf_text(&json), json.len, &r->body);
    }
    buf_finish(&json);
}

static void get_healthz(struct server *s, const struct http_request *q,
                        struct http_response *r)
{
    (void)q;
    r->status = s->broken ? 503 : 200;
    buf_str(&r->body, s->broken ? "broken\n" : "ok\n");
}

static void get_metrics(struct server *s, const struct http_request *q,
                        struct http_response *r)
{
    (void)q;
    r->type = "text/plain; version=0.0.4; charset=utf-8";
    if (metrics_write(s, &r->body))
        reason(r, 503, "try again later");
}

static void get_page(struct server *s, const struct http_request *q,
                     struct http_response *r)
{
    r->type = "text/html; charset=utf-8";
    s->counts.pages++;
    if (page_write(s, q->query(q, "period"), &r->body))
        reason(r, 503, "try again later");
}

static void answer_paper(struct server *s, const char *form, size_t n,
                         struct http_response *r)
{
    r->type = "text/html; charset=utf-8";
    s->counts.pages++;
    if (paper_page(s, form, n, &r->body))
        reason(r, 503, "try again later");
}

static void get_paper(struct server *s, const struct http_request *q,
                      struct http_response *r)
{
    (void)q;
    answer_paper(s, NULL, 0, r);
}

/* Posted, so that the code stands in no address, history or log. */
static void post_paper(struct server *s, const struct http_request *q,
                       struct http_response *r)
{
    answer_paper(s, q->body, q->n_body, r);
}

static void get_style(struct server *s, const struct http_request *q,
                      struct http_response *r)
{
    (void)s;
    (void)q;
    r->type = "text/css; charset=utf-8";
    r->cacheable = true;
    page_style(&r->body);
}

static void get_csv(struct server *s, const struct http_request *q,
                    struct http_response *r)
{
    r->type = "text/csv; charset=utf-8";
    r->file_name = "bdhvs.csv";
    if (page_csv(s, q->query(q, "period"), &r->body))
        reason(r, 503, "try again later");
}

enum access {
    FOR_ALL,
    FOR_OFFICIALS, /* until officials can log in: this machine only, or --open-page */
};

static const struct route {
    const char *method;
    const char *path;
    enum access access;
    void (*answer)(struct server *, const struct http_request *,
                   struct http_response *);
} routes[] = {
    { "POST", "/v1/bundles", FOR_ALL, post_bundle },
    { "POST", "/v1/enrol", FOR_ALL, post_enrol },
    { "GET", "/v1/time", FOR_ALL, get_time },
    { "GET", "/healthz", FOR_ALL, get_healthz },
    { "GET", "/metrics", FOR_OFFICIALS, get_metrics },
    { "GET", "/", FOR_OFFICIALS, get_page },
    { "GET", "/totals.csv", FOR_OFFICIALS, get_csv },
    { "GET", "/giay", FOR_ALL, get_paper },
    { "POST", "/giay", FOR_ALL, post_paper },
    { "GET", "/style.css", FOR_ALL, get_style },
};

static bool method_fits(const struct route *route, const char *method)
{
    return !strcmp(route->method, method) ||
           (!strcmp(route->method, "GET") && !strcmp(method, "HEAD"));
}

/* "/v1/packs/<id>/…": the one route whose path goes on. */
static bool is_pack(const char *path, const char **rest_out)
{
    static const char prefix[] = "/v1/packs/";

    *rest_out = path + sizeof(prefix) - 1;
    return !strncmp(path, prefix, sizeof(prefix) - 1);
}

/* A page of another site must not read ours through a name that it points at us. */
static bool names_this_machine(const char *host)
{
    static const char *const names[] = { "127.0.0.1", "localhost", "[::1]" };

    for (size_t i = 0; host && i < COUNT(names); i++) {
        size_t n = strlen(names[i]);

        if (!strncmp(host, names[i], n) && (!host[n] || host[n] == ':'))
            return true;
    }
    return false;
}

static bool may_see(const struct server *s, const struct http_request *q)
{
    return s->show_page &&
           (!s->loopback_only || names_this_machine(q->header(q, "Host")));
}

void routes_answer(void *ctx, const struct http_request *q, struct http_response *r)
{
    struct server *s = ctx;
    const struct route *same_path = NULL;
    const char *rest;

    if (is_pack(q->path, &rest) &&
        (!strcmp(q->method, "GET") || !strcmp(q->method, "HEAD"))) {
        offer_answer(&s->offer, rest, q, r);
        return;
    }
    for (size_t i = 0; i < COUNT(routes); i++) {
        if (strcmp(routes[i].path, q->path))
            continue;
        same_path = &routes[i];
        if (!method_fits(same_path, q->method))
            continue;
        if (q->body_too_large)
            reason(r, 413, "more than 96 KiB");
        else if (same_path->access == FOR_OFFICIALS && !may_see(s, q))
            reason(r, 403, "shown on this machine only");
        else
            same_path->answer(s, q, r);
        return;
    }
    if (same_path) {
        reason(r, 405, "another method is meant");
        r->allow = same_path->method;
    } else {
        reason(r, 404, "nothing is here");
    }
}
