/* From HTTP to the parts of the server and back. One line in the table a route. */
#include "routes.h"

#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/json.h"
#include "enrolment.h"
#include "file_routes.h"
#include "metrics.h"
#include "pages.h"
#include "paper.h"
#include "register.h"
#include "server.h"
#include "settings.h"
#include "uploads.h"
#include "wire/ack.h"

#define RETRY_S 60
#define NONCE_MAX 64

void routes_refuse(struct http_response *r, unsigned status, const char *why)
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
        routes_refuse(r, 413, "more than 4096 bytes");
        return;
    }
    buf_init(&answer, r->body.max);
    status = enrolment_ask(s, q->body, q->n_body, &answer);
    if (status == ENROLMENT_WAITING || status == ENROLMENT_GRANTED) {
        r->status = statuses[status];
        r->type = status == ENROLMENT_GRANTED ? "application/jose" : "application/json";
        buf_add(&r->body, buf_text(&answer), answer.len);
    } else {
        routes_refuse(r, statuses[status], buf_text(&answer));
    }
    buf_finish(&answer);
}

/* [A-Za-z0-9_-], as base64url is. */
static bool is_token(const char *text, size_t max)
{
    return text && *text && strlen(text) <= max &&
           strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                        "0123456789_-") == strlen(text);
}

static void get_time(struct server *s, const struct http_request *q,
                     struct http_response *r)
{
    const char *nonce = q->query(q, "nonce");
    struct wire_time time = { .time_ms = clock_wall_ms(s->clock), .nonce = nonce };
    struct buf json;

    if (!is_token(nonce, NONCE_MAX)) {
        routes_refuse(r, 400, "a nonce of 1 to 64 letters, digits, - and _ is needed");
        return;
    }
    buf_init(&json, 1024);
    if (wire_time_encode(&time, &json)) {
        routes_refuse(r, 503, "try again later");
    } else {
        r->type = "application/jose";
        jws_sign(&s->key, JWS_TIME, buf_text(&json), json.len, &r->body);
    }
    buf_finish(&json);
}

/* Settings are no secret, but they are for the kiosks of this commune. */
static void get_settings(struct server *s, const struct http_request *q,
                         struct http_response *r)
{
    const char *kid = q->query(q, "kid"), *nonce = q->query(q, "nonce");
    char commune[BUNDLE_ID_MAX + 1];
    bool active = false;

    if (!is_token(nonce, NONCE_MAX) || !is_token(kid, JWS_KID_CHARS - 1)) {
        routes_refuse(r, 400,
                      "a kid and a nonce of letters, digits, - and _ are needed");
    } else if (s->broken || enrolment_is_active(s, kid, commune, &active)) {
        routes_refuse(r, 503, "try again later");
    } else if (!active) {
        routes_refuse(r, 401, "no such key, or revoked");
    } else if (settings_sign(s, commune, nonce, &r->body)) {
        routes_refuse(r, 503, "try again later");
    } else {
        r->type = "application/jose";
    }
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
        routes_refuse(r, 503, "try again later");
}

static void answer_paper(struct server *s, const char *form, size_t n,
                         struct http_response *r)
{
    r->type = "text/html; charset=utf-8";
    s->counts.pages++;
    if (paper_page(s, form, n, &r->body))
        routes_refuse(r, 503, "try again later");
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
    snprintf(r->file_name, sizeof(r->file_name), "bdhvs.csv");
    if ((s->is_province ? page_communes_csv : page_csv)(s, q->query(q, "period"),
                                                        &r->body))
        routes_refuse(r, 503, "try again later");
}

static void get_picture(struct server *s, const struct http_request *q,
                        struct http_response *r)
{
    (void)s;
    (void)q;
    r->type = "image/svg+xml";
    r->cacheable = true;
    page_picture(&r->body);
}

static const struct route {
    const char *method;
    const char *path;
    enum access access;
    void (*answer)(struct server *, const struct http_request *,
                   struct http_response *);
} routes[] = {
    { "POST", UPLOADS_PATH, FOR_ALL, uploads_answer },
    { "POST", "/v1/enrol", FOR_ALL, post_enrol },
    { "GET", "/v1/time", FOR_ALL, get_time },
    { "GET", "/v1/settings", FOR_ALL, get_settings },
    { "GET", "/healthz", FOR_ALL, get_healthz },
    { "GET", "/metrics", FOR_MACHINE, get_metrics },
    { "GET", "/totals.csv", FOR_FIGURES, get_csv },
    { "GET", "/giay", FOR_ALL, get_paper },
    { "POST", "/giay", FOR_ALL, post_paper },
    { "GET", "/style.css", FOR_ALL, get_style },
    { "GET", "/canh.svg", FOR_ALL, get_picture },
};

/* Pages of pages.h. What is posted is for administrators, except where `post` says. */
static const struct page {
    const char *path;
    enum access access;
    page_fn *page; /* NULL: it is only posted to */
    enum access post_access;
    page_fn *post; /* NULL: nothing is posted to it */
} pages[] = {
    { "/", FOR_FIGURES, page_overview, FOR_ALL, NULL },
    { "/cac-xa", FOR_FIGURES, page_communes, FOR_ALL, NULL },
    { "/theo-thon", FOR_FIGURES, page_thons, FOR_ALL, NULL },
    { "/theo-bai", FOR_FIGURES, page_lessons, FOR_ALL, NULL },
    { "/bao-cao", FOR_FIGURES, page_report, FOR_ALL, NULL },
    { "/bao-cao/tai", FOR_OFFICIALS, page_report_file, FOR_ALL, NULL },
    { "/bao-cao/chot", FOR_ADMINISTRATORS, NULL, FOR_ADMINISTRATORS,
      page_report_keep_post },
    { "/theo-nhom", FOR_FIGURES, page_groups, FOR_ALL, NULL },
    { "/don-vi", FOR_FIGURES, page_units, FOR_ALL, NULL },
    { "/cac-may", FOR_FIGURES, page_kiosks, FOR_ALL, NULL },
    { "/may", FOR_FIGURES, page_kiosk, FOR_ALL, NULL },
    { "/goi-bai", FOR_FIGURES, page_packs, FOR_ADMINISTRATORS, page_packs_post },
    { "/kho-khan", FOR_OFFICIALS, page_difficulties, FOR_ADMINISTRATORS,
      page_difficulties_post },
    { "/de-nghi", FOR_OFFICIALS, page_nominations, FOR_ALL, NULL },
    { "/nam-thi-dua", FOR_OFFICIALS, page_campaigns, FOR_ADMINISTRATORS,
      page_campaigns_post },
    { "/kiem-tra", FOR_INSPECTORS, page_spot_check, FOR_INSPECTORS,
      page_spot_check_post },
    { "/mo-ta-du-lieu", FOR_OFFICIALS, page_data_use, FOR_ALL, NULL },
    { "/thong-bao", FOR_OFFICIALS, page_notices, FOR_EDITORS, page_notices_post },
    { "/phong-trao", FOR_OFFICIALS, page_movement, FOR_ALL, NULL },
    { "/viec-cho", FOR_INSPECTORS, page_waiting, FOR_ADMINISTRATORS,
      page_waiting_post },
    { "/cai-dat", FOR_ADMINISTRATORS, page_settings, FOR_ADMINISTRATORS,
      page_settings_post },
    { "/can-bo", FOR_INSPECTORS, page_staff, FOR_ADMINISTRATORS, page_staff_post },
    { "/nhat-ky", FOR_INSPECTORS, page_audit, FOR_ALL, NULL },
    { "/toi", FOR_OFFICIALS, page_me, FOR_OFFICIALS, page_me_post },
    { "/them", FOR_FIGURES, page_more, FOR_ALL, NULL },
    { GATE_LOGIN, FOR_ALL, page_login, FOR_ALL, page_login_post },
    { "/dang-xuat", FOR_OFFICIALS, NULL, FOR_OFFICIALS, page_logout_post },
};

static bool is_read(const char *method)
{
    return !strcmp(method, "GET") || !strcmp(method, "HEAD");
}

static bool method_fits(const struct route *route, const char *method)
{
    return !strcmp(route->method, method) ||
           (!strcmp(route->method, "GET") && is_read(method));
}

static bool may_ask(const struct server *s, const struct http_request *q)
{
    return s->show_page && (!s->loopback_only || gate_names_this_machine(q));
}

/* --- for whom ----------------------------------------------------------------------- */

static void send_to_login(const struct http_request *q, bool posted,
                          struct http_response *r)
{
    char back[GATE_RETURN_CHARS] = "/";
    char *at = r->location;

    if (!posted)
        gate_return_path(q, back);
    r->status = 303;
    at += snprintf(at, sizeof(r->location), GATE_LOGIN "?ve=");
    for (const char *c = back; *c; c++) /* "/theo-thon?period=P1&…", nothing worse */
        at += snprintf(at, 4, strchr("?=&", *c) ? "%%%02X" : "%c", (unsigned)*c);
}

/* False: it has been answered. */
static bool let_in(const struct visit *v, enum access access, bool posted,
                   struct http_response *r)
{
    static const char *const kept[] = {
        "Trang này dành cho người khác",
        "Tên đăng nhập này không được làm việc ấy. Cần thì hỏi quản trị của xã.",
    };

    if (gate_may(v->server, v->visitor, access))
        return true;
    if (!v->visitor->known)
        send_to_login(v->request, posted, r);
    else if (page_say(v, r, 403, kept[0], kept[1]))
        routes_refuse(r, 503, "try again later");
    return false;
}

static bool form_is_ours(const struct visit *v, struct http_response *r)
{
    if (gate_form_ok(v->server, v->request, v->visitor->token))
        return true;
    if (page_say(v, r, 403, "Chưa làm gì cả",
                 "Trang đã mở quá lâu, hoặc được gửi từ nơi khác. Mời mở lại trang rồi "
                 "làm lại."))
        routes_refuse(r, 503, "try again later");
    return false;
}

static void answer_page(struct server *s, const struct page *page,
                        const struct http_request *q, struct http_response *r)
{
    bool posted = !is_read(q->method);
    struct visitor visitor;
    struct visit v = { s, q, &visitor };
    enum err err = gate_visitor(s, q, &visitor);

    r->type = "text/html; charset=utf-8";
    s->counts.pages++;
    if (!err && let_in(&v, posted ? page->post_access : page->access, posted, r) &&
        /* without a session the log-in form is checked by its page */
        (!posted || page->post_access == FOR_ALL || form_is_ours(&v, r)))
        err = (posted ? page->post : page->page)(&v, r);
    hash_wipe(visitor.token, sizeof(visitor.token));
    if (err)
        routes_refuse(r, 503, "try again later");
}

static void answer_route(struct server *s, const struct route *route,
                         const struct http_request *q, struct http_response *r)
{
    struct visitor visitor = { .known = false };
    struct visit v = { s, q, &visitor };

    if (route->access == FOR_MACHINE && !may_ask(s, q)) {
        routes_refuse(r, 403, "shown on this machine only");
        return;
    }
    if (route->access == FOR_FIGURES) {
        if (gate_visitor(s, q, &visitor)) {
            routes_refuse(r, 503, "try again later");
            return;
        }
        if (!let_in(&v, route->access, false, r))
            return;
    }
    route->answer(s, q, r);
}

/* --- which -------------------------------------------------------------------------- */

/* The page of this path: a row of the table, or one of the registers. */
static bool page_of(const char *path, struct page *out)
{
    const struct register_kind *k = register_kind_at(path);

    for (size_t i = 0; i < COUNT(pages); i++)
        if (!strcmp(pages[i].path, path)) {
            *out = pages[i];
            return true;
        }
    if (k)
        *out = (struct page){ k->path, FOR_OFFICIALS, page_register, k->writer,
                              page_register_post };
    return k != NULL;
}

/* False: no page has this path. */
static bool find_page(struct server *s, const struct http_request *q,
                      struct http_response *r)
{
    struct page page;

    if (page_is_elsewhere(s, q->path) || !page_of(q->path, &page))
        return false;
    if (q->body_too_large) {
        routes_refuse(r, 413, "more than 96 KiB");
    } else if ((is_read(q->method) && page.page) ||
               (!strcmp(q->method, "POST") && page.post)) {
        answer_page(s, &page, q, r);
    } else {
        routes_refuse(r, 405, "another method is meant");
        r->allow = page.page ? "GET" : "POST";
    }
    return true;
}

void routes_answer(void *ctx, const struct http_request *q, struct http_response *r)
{
    struct server *s = ctx;
    const struct route *same_path = NULL;

    if ((is_read(q->method) && file_routes_answer(s, q, r)) || find_page(s, q, r))
        return;
    for (size_t i = 0; i < COUNT(routes); i++) {
        if (strcmp(routes[i].path, q->path) != 0)
            continue;
        same_path = &routes[i];
        if (!method_fits(same_path, q->method))
            continue;
        if (q->body_too_large)
            routes_refuse(r, 413, "more than 96 KiB");
        else
            answer_route(s, same_path, q, r);
        return;
    }
    if (same_path) {
        routes_refuse(r, 405, "another method is meant");
        r->allow = same_path->method;
    } else {
        routes_refuse(r, 404, "nothing is here");
    }
}

const struct http_service routes_service = {
    .answer = routes_answer,
    .gathers = uploads_gather,
    .answer_all = uploads_answer_all,
};
