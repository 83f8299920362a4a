/* HTTP by libcurl: https only (http to loopback), no redirects, no cookies, no proxy
 * from the environment, nothing unbounded. What an answer means: answer.c. */
#include "sync/upload.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/check.h"
#include "base/clock.h"
#include "sync/certificate_date.h"

#define LOG_MODULE "upload"
#include "base/log.h"

#define TOTAL_S 3600L /* a drip just above the low-speed limit ends here */
#define POLL_MS 1000
#define RETRY_AFTER_MAX_S 86400

struct upload {
    CURLM *multi; /* keeps connections open from one request to the next */
    struct upload_limits limits;
};

struct transfer {
    size_t offset;
    struct upload_answer *answer;
    bool (*stopping)(void *ctx);
    void *ctx;
};

enum err upload_create(const struct upload_limits *limits, struct upload **out)
{
    struct upload *u = check_alloc(sizeof(*u));

    *out = NULL;
    *u = (struct upload){ .limits = *limits };
    if (curl_global_init(CURL_GLOBAL_DEFAULT)) {
        free(u);
        return ERR_FULL;
    }
    u->multi = curl_multi_init();
    if (!u->multi) {
        upload_destroy(u);
        return ERR_FULL;
    }
    *out = u;
    return ERR_OK;
}

void upload_destroy(struct upload *u)
{
    if (!u)
        return;
    curl_multi_cleanup(u->multi);
    curl_global_cleanup();
    free(u);
}

void upload_wake(struct upload *u)
{
    curl_multi_wakeup(u->multi);
}

/* Whether the address may be used: https, or http to this very machine. */
static bool url_allowed(const char *url)
{
    CURLU *parts = curl_url();
    char *scheme = NULL;
    char *host = NULL;
    char *user = NULL;
    bool allowed = false;

    if (parts && !curl_url_set(parts, CURLUPART_URL, url, 0) &&
        !curl_url_get(parts, CURLUPART_SCHEME, &scheme, 0) &&
        !curl_url_get(parts, CURLUPART_HOST, &host, 0) &&
        curl_url_get(parts, CURLUPART_USER, &user, 0) == CURLUE_NO_USER) {
        allowed = strcmp(scheme, "https") == 0 ||
                  (strcmp(scheme, "http") == 0 &&
                   (strcmp(host, "127.0.0.1") == 0 || strcmp(host, "localhost") == 0 ||
                    strcmp(host, "[::1]") == 0));
    }
    curl_free(scheme);
    curl_free(host);
    curl_free(user);
    curl_url_cleanup(parts);
    return allowed;
}

static size_t take_body(char *bytes, size_t size, size_t n, void *ctx)
{
    struct transfer *t = ctx;

    buf_add(&t->answer->body, bytes, size * n);
    return t->answer->body.overflow ? 0 : size * n; /* 0 ends the transfer */
}

/* Content-Range must say that it goes on where we stopped; else a 206 is worth nothing. */
static size_t take_header(char *bytes, size_t size, size_t n, void *ctx)
{
    static const char name[] = "content-range:";
    struct transfer *t = ctx;
    size_t len = size * n;
    char line[128];
    unsigned long long from;

    if (len > sizeof(name) && len < sizeof(line) &&
        strncasecmp(bytes, name, sizeof(name) - 1) == 0) {
        memcpy(line, bytes + sizeof(name) - 1, len - sizeof(name) + 1);
        line[len - sizeof(name) + 1] = 0;
        t->answer->continues =
            sscanf(line, " bytes %llu-", &from) == 1 && from == t->offset;
    }
    return len;
}

static int ask_stop(void *ctx, curl_off_t down_total, curl_off_t down_now,
                    curl_off_t up_total, curl_off_t up_now)
{
    struct transfer *t = ctx;

    (void)down_total;
    (void)down_now;
    (void)up_total;
    (void)up_now;
    return t->stopping(t->ctx);
}

static void set_limits(CURL *easy, const struct upload_limits *limits,
                       struct transfer *t)
{
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PROXY, ""); /* also turns the environment's off */
    curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    /* Do not wait for a name server that does not answer when we are to stop. */
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, limits->connect_s);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, limits->low_speed_bytes);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, limits->low_speed_s);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, TOTAL_S);
    curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)t->answer->body.max);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, t);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, ask_stop);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, t);
    if (limits->ca_file)
        curl_easy_setopt(easy, CURLOPT_CAINFO, limits->ca_file);
}

/* With a pin the key is the identity: a commune's server may have no certificate of an
 * authority, so the chain and the name are not asked for; its dates are, afterwards. */
static void set_request(CURL *easy, const struct upload_request *request,
                        struct curl_slist *headers)
{
    curl_easy_setopt(easy, CURLOPT_URL, request->url);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    if (request->pin) {
        curl_easy_setopt(easy, CURLOPT_PINNEDPUBLICKEY, request->pin);
        /* Dates are known after a handshake only: each request makes its own. */
        curl_easy_setopt(easy, CURLOPT_CERTINFO, 1L);
        curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
    }
    if (request->pin || request->any_certificate) {
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
    }
    if (request->body) {
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request->body);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->n);
    }
}

static CURLcode drive(CURLM *multi, CURL *easy, const struct transfer *t)
{
    CURLcode code = CURLE_ABORTED_BY_CALLBACK;
    int running = 1;
    int left;
    CURLMsg *message;

    if (curl_multi_add_handle(multi, easy))
        return CURLE_FAILED_INIT;
    while (running && !t->stopping(t->ctx)) {
        if (curl_multi_perform(multi, &running) ||
            (running && curl_multi_poll(multi, NULL, 0, POLL_MS, NULL))) {
            code = CURLE_FAILED_INIT;
            break;
        }
    }
    while ((message = curl_multi_info_read(multi, &left)) != NULL) {
        if (message->msg == CURLMSG_DONE)
            code = message->data.result;
    }
    curl_multi_remove_handle(multi, easy);
    return code;
}

static enum upload_end end_of(CURL *easy, CURLcode code, bool overflow)
{
    curl_off_t ready_us = 0;

    switch (code) {
    case CURLE_OK:
        return UPLOAD_ANSWERED;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_FAILED_INIT:
        return UPLOAD_UNREACHABLE;
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
        return UPLOAD_STRANGER;
    case CURLE_ABORTED_BY_CALLBACK:
        return UPLOAD_STOPPED;
    case CURLE_FILESIZE_EXCEEDED:
        return UPLOAD_LARGE;
    case CURLE_OPERATION_TIMEDOUT: /* before the request could leave, or later */
        curl_easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &ready_us);
        return ready_us ? UPLOAD_CUT : UPLOAD_UNREACHABLE;
    default:
        return overflow ? UPLOAD_LARGE : UPLOAD_CUT;
    }
}

/* The text of `name` in the server's own certificate, or NULL. */
static const char *certificate_field(CURL *easy, const char *name)
{
    struct curl_certinfo *info = NULL;
    size_t n = strlen(name);

    if (curl_easy_getinfo(easy, CURLINFO_CERTINFO, &info) || !info ||
        info->num_of_certs < 1)
        return NULL;
    for (struct curl_slist *line = info->certinfo[0]; line; line = line->next) {
        if (strncmp(line->data, name, n) == 0 && line->data[n] == ':')
            return line->data + n + 1;
    }
    return NULL;
}

static bool dates_hold(CURL *easy, int64_t wall_ms)
{
    const char *start = certificate_field(easy, "Start date");
    const char *expire = certificate_field(easy, "Expire date");
    int64_t from_s = start ? certificate_date_s(start) : -1;
    int64_t to_s = expire ? certificate_date_s(expire) : -1;
    int64_t now_s = wall_ms / 1000;

    return from_s >= 0 && from_s <= now_s && now_s <= to_s;
}

static int64_t retry_after_s(CURL *easy)
{
    curl_off_t wait = 0;

    if (curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &wait) || wait <= 0)
        return -1;
    return wait < RETRY_AFTER_MAX_S ? wait : RETRY_AFTER_MAX_S;
}

static struct curl_slist *add_range(struct curl_slist *headers,
                                    const struct upload_request *request)
{
    size_t from = request->offset;
    char line[128];
    int n;

    if (!request->etag || (!from && !request->in_pieces))
        return headers;
    n = snprintf(line, sizeof(line), "Range: bytes=%zu-", from);
    if (request->in_pieces)
        snprintf(line + n, sizeof(line) - (size_t)n, "%zu", from + request->max - 1);
    headers = curl_slist_append(headers, line);
    snprintf(line, sizeof(line), "If-Range: %s", request->etag);
    return curl_slist_append(headers, line);
}

static void run_allowed(struct upload *u, const struct upload_request *request,
                        struct transfer *t, struct upload_answer *out)
{
    CURL *easy = curl_easy_init();
    struct curl_slist *headers;
    CURLcode code;

    ASSERT(easy);
    headers = curl_slist_append(NULL, "Content-Type: application/jose");
    headers = curl_slist_append(headers, "Expect:"); /* no waiting for a 100 */
    headers = add_range(headers, request);
    ASSERT(headers);
    set_limits(easy, &u->limits, t);
    set_request(easy, request, headers);
    code = drive(u->multi, easy, t);
    out->end = end_of(easy, code, out->body.overflow);
    if (out->end == UPLOAD_ANSWERED) {
        curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &out->status);
        out->retry_after_s = retry_after_s(easy);
        if (request->pin && request->wall_ms &&
            strncmp(request->url, "https:", 6) == 0 &&
            !dates_hold(easy, request->wall_ms)) {
            LOG_WARN("the server's certificate is out of its dates");
            out->end = UPLOAD_STRANGER;
        }
    } else {
        LOG_INFO("no answer: %s", curl_easy_strerror(code));
    }
    curl_easy_cleanup(easy);
    curl_slist_free_all(headers);
}

void upload_run(struct upload *u, const struct upload_request *request,
                bool (*stopping)(void *ctx), void *ctx, struct upload_answer *out)
{
    struct transfer t = {
        .offset = request->offset, .answer = out, .stopping = stopping, .ctx = ctx
    };
    int64_t start_ms = clock_mono_ms(&clock_real);

    *out = (struct upload_answer){ .retry_after_s = -1 };
    buf_init(&out->body, request->max ? request->max : UPLOAD_ANSWER_MAX);
    if (url_allowed(request->url)) {
        run_allowed(u, request, &t, out);
    } else {
        LOG_ERR("the server's address is neither https nor this machine");
        out->end = UPLOAD_UNREACHABLE;
    }
    out->round_trip_ms = clock_mono_ms(&clock_real) - start_ms;
}
