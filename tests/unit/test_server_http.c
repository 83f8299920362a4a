/* Real HTTP on loopback: every status, in raw bytes, through the loop that `serve` runs.
 * The server's thread is the only one that touches the database while it serves. */
#include <arpa/inet.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "http.h"
#include "routes.h"
#include "server_rig.h"

#define REPLY_MAX (1 << 20)

static struct http *http;
static pthread_t thread;

static void *serve(void *arg)
{
    struct rig *r = arg;

    http_loop(http, &r->server.broken, -1, NULL, NULL, NULL);
    return NULL;
}

static int start(void **state)
{
    struct rig *r;

    rig_setup(state);
    r = *state;
    assert_int_equal(http_open("127.0.0.1:0", NULL, &routes_service, &r->server, &http),
                     ERR_OK);
    assert_true(http_is_loopback(http));
    r->server.show_page = true;
    r->server.loopback_only = true;
    assert_int_equal(pthread_create(&thread, NULL, serve, r), 0);
    return 0;
}

static void stop_serving(void)
{
    if (!http)
        return;
    kill(getpid(), SIGTERM); /* the loop catches it: that is how serve ends */
    pthread_join(thread, NULL);
    http_close(http);
    http = NULL;
}

static int stop(void **state)
{
    stop_serving();
    return rig_teardown(state);
}

static int dial(void)
{
    struct sockaddr_in where = { .sin_family = AF_INET };
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    where.sin_port =
        htons((uint16_t)strtoul(strrchr(http_address(http), ':') + 1, NULL, 10));
    assert_true(fd >= 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&where, sizeof(where)), 0);
    return fd;
}

static void put(int fd, const char *bytes, size_t n)
{
    while (n) {
        ssize_t done = send(fd, bytes, n, MSG_NOSIGNAL);

        if (done <= 0)
            return; /* the server has said what it had to say */
        bytes += done;
        n -= (size_t)done;
    }
}

/* Reads until the server closes; the status, or 0. */
static int read_reply(int fd, struct buf *reply)
{
    char chunk[4096];
    ssize_t got;
    int status = 0;

    buf_clear(reply);
    while ((got = recv(fd, chunk, sizeof(chunk), 0)) > 0)
        buf_add(reply, chunk, (size_t)got);
    close(fd);
    if (sscanf(buf_text(reply), "HTTP/1.1 %d", &status) != 1)
        return 0;
    return status;
}

static int exchange(const char *bytes, size_t n, struct buf *reply)
{
    int fd = dial();

    put(fd, bytes, n);
    return read_reply(fd, reply);
}

static int request(const char *method, const char *path, const char *host,
                   const char *body, size_t n_body, struct buf *reply)
{
    struct buf bytes;
    int status;

    buf_init(&bytes, REPLY_MAX);
    buf_printf(&bytes,
               "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n"
               "Content-Length: %zu\r\n\r\n",
               method, path, host, n_body);
    buf_add(&bytes, body, n_body);
    status = exchange(bytes.data, bytes.len, reply);
    buf_finish(&bytes);
    return status;
}

static const char *body_of(const struct buf *reply)
{
    const char *body = strstr(buf_text(reply), "\r\n\r\n");

    return body ? body + 4 : "";
}

static void test_each_path_answers_with_its_status(void **state)
{
    static const struct {
        const char *method;
        const char *path;
        const char *host;
        const char *body;
        int want;
        const char *says;
    } rows[] = {
        { "GET", "/healthz", "127.0.0.1", "", 200, "ok" },
        { "HEAD", "/healthz", "127.0.0.1", "", 200, "" },
        { "GET", "/v1/time?nonce=abc-_9", "127.0.0.1", "", 200, "." },
        { "GET", "/v1/time", "127.0.0.1", "", 400, "{\"error\":" },
        { "GET", "/v1/time?nonce=a%20b", "127.0.0.1", "", 400, "{\"error\":" },
        { "GET", "/v1/time?nonce=%22%3E", "127.0.0.1", "", 400, "{\"error\":" },
        { "POST", "/v1/bundles", "127.0.0.1", "nonsense", 400, "{\"error\":" },
        { "POST", "/v1/bundles", "127.0.0.1", "", 400, "{\"error\":" },
        { "GET", "/v1/bundles", "127.0.0.1", "", 405, "{\"error\":" },
        { "POST", "/v1/enrol", "127.0.0.1", "nonsense", 400, "{\"error\":" },
        { "DELETE", "/", "127.0.0.1", "", 405, "{\"error\":" },
        { "GET", "/nowhere", "127.0.0.1", "", 404, "{\"error\":" },
        { "GET", "/../server.db", "127.0.0.1", "", 404, "{\"error\":" },
        { "GET", "/", "127.0.0.1", "", 303, "" },
        { "GET", "/?period=2026-11", "localhost:80", "", 303, "" },
        { "GET", "/totals.csv", "127.0.0.1", "", 303, "" },
        { "POST", "/can-bo", "127.0.0.1", "viec=them", 303, "" },
        { "GET", "/dang-nhap", "127.0.0.1", "", 200, "<!doctype html>" },
        { "GET", "/dang-nhap?ve=%3Cscript%3E", "[::1]", "", 200,
          "name=\"ve\" value=\"/\"" },
        { "POST", "/dang-nhap", "127.0.0.1", "ten=minh", 403, "Trang đã mở quá lâu" },
        { "GET", "/dang-xuat", "127.0.0.1", "", 405, "{\"error\":" },
        { "POST", "/", "127.0.0.1", "", 405, "{\"error\":" },
        { "GET", "/metrics", "127.0.0.1", "", 200, "bdhvs_kiosks 1" },
        { "GET", "/giay", "evil.example", "", 200, "Mã trên giấy" },
        { "POST", "/giay", "xa.example", "ma=BC1", 200, "Mã gõ thiếu" },
        { "DELETE", "/giay", "127.0.0.1", "", 405, "{\"error\":" },
        { "GET", "/style.css", "evil.example", "", 200, "body {" },
        { "GET", "/", "evil.example", "", 303, "" },
        { "GET", "/canh.svg", "evil.example", "", 200, "<svg" },
        { "GET", "/metrics", "127.0.0.1.evil.example", "", 403, "{\"error\":" },
        { "GET", "/metrics", "evil.example", "", 403, "{\"error\":" },
    };
    struct buf reply;

    (void)state;
    buf_init(&reply, REPLY_MAX);
    for (size_t i = 0; i < COUNT(rows); i++) {
        int got = request(rows[i].method, rows[i].path, rows[i].host, rows[i].body,
                          strlen(rows[i].body), &reply);

        if (got != rows[i].want || !strstr(body_of(&reply), rows[i].says))
            fail_msg("%s %s: %d %s", rows[i].method, rows[i].path, got,
                     body_of(&reply));
        assert_non_null(strstr(buf_text(&reply), "default-src 'none'"));
        assert_non_null(strstr(buf_text(&reply), "X-Content-Type-Options: nosniff"));
    }
    buf_finish(&reply);
}

static void test_a_bundle_over_http_is_acknowledged(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 3);
    struct buf bytes;
    struct buf reply;
    struct buf payload;

    buf_init(&bytes, BUNDLE_BYTES_MAX);
    buf_init(&reply, REPLY_MAX);
    buf_init(&payload, REPLY_MAX);
    rig_count(r, &b, "completions", "2026-11-22", "m09-b03", 2, 0);
    rig_sign(r, &b, &bytes);
    assert_int_equal(
        request("POST", "/v1/bundles", "kiosk.example", bytes.data, bytes.len, &reply),
        200);
    assert_int_equal(jws_verify(body_of(&reply), strlen(body_of(&reply)), JWS_ACK,
                                &r->server.key, &payload),
                     ERR_OK);
    jws_key_make(&r->key); /* somebody else's */
    buf_clear(&bytes);
    rig_sign(r, &b, &bytes);
    assert_int_equal(
        request("POST", "/v1/bundles", "kiosk.example", bytes.data, bytes.len, &reply),
        401);
    stop_serving();
    assert_non_null(strstr(rig_totals(r), "\"m09-b03\",\"-\",2]"));
    buf_finish(&bytes);
    buf_finish(&reply);
    buf_finish(&payload);
}

#define AT_ONCE 16

/* Everybody has sent before the loop begins. */
static void test_uploads_of_one_moment_share_a_commit(void **state)
{
    struct rig *r = *state;
    struct buf reply;
    int fds[AT_ONCE];

    kill(getpid(), SIGTERM);
    pthread_join(thread, NULL);
    http_close(http);
    assert_int_equal(http_open("127.0.0.1:0", NULL, &routes_service, &r->server, &http),
                     ERR_OK);
    for (int i = 0; i < AT_ONCE; i++) {
        struct bundle b = rig_bundle(r, i + 1, i + 1, i + 1);
        struct buf jws;
        struct buf bytes;

        buf_init(&jws, BUNDLE_BYTES_MAX);
        buf_init(&bytes, REPLY_MAX);
        rig_count(r, &b, "starts", "2026-11-22", "m09-b03", i + 1, 0);
        rig_sign(r, &b, &jws);
        buf_printf(&bytes,
                   "POST /v1/bundles HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
                   "Content-Length: %zu\r\n\r\n%s",
                   jws.len, buf_text(&jws));
        fds[i] = dial();
        put(fds[i], bytes.data, bytes.len);
        buf_finish(&jws);
        buf_finish(&bytes);
    }
    assert_int_equal(pthread_create(&thread, NULL, serve, r), 0);
    buf_init(&reply, REPLY_MAX);
    for (int i = 0; i < AT_ONCE; i++)
        assert_int_equal(read_reply(fds[i], &reply), 200);
    stop_serving();
    assert_int_equal(r->server.counts.bundles_taken, AT_ONCE);
    assert_in_range(r->server.counts.commits, 1, AT_ONCE / 2);
    assert_non_null(strstr(rig_totals(r), "\"m09-b03\",\"-\",16]"));
    buf_finish(&reply);
}

static void test_too_large_is_too_large_announced_or_not(void **state)
{
    struct buf bytes;
    struct buf reply;
    char *body = check_alloc(HTTP_BODY_MAX + 1);

    (void)state;
    buf_init(&bytes, 1 << 20);
    buf_init(&reply, REPLY_MAX);
    memset(body, 'x', HTTP_BODY_MAX + 1);
    assert_int_equal(
        request("POST", "/v1/bundles", "h", body, HTTP_BODY_MAX + 1, &reply), 413);
    assert_int_equal(request("POST", "/v1/bundles", "h", body, HTTP_BODY_MAX, &reply),
                     400);
    assert_int_equal(request("POST", "/v1/enrol", "h", body, 5000, &reply), 413);
    buf_printf(&bytes,
               "POST /v1/bundles HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
               "Transfer-Encoding: chunked\r\n\r\n%x\r\n",
               HTTP_BODY_MAX + 1);
    buf_add(&bytes, body, HTTP_BODY_MAX + 1);
    buf_str(&bytes, "\r\n0\r\n\r\n");
    assert_int_equal(exchange(bytes.data, bytes.len, &reply), 413);
    buf_finish(&bytes);
    buf_finish(&reply);
    free(body);
}

static void test_a_broken_database_says_so_and_asks_for_patience(void **state)
{
    struct rig *r = *state;
    struct http_request request = {
        .method = "POST", .path = "/v1/bundles", .body = "x", .n_body = 1
    };
    struct http_response response = { .status = 200 };

    stop_serving();
    r->server.broken = true;
    buf_init(&response.body, 1000);
    routes_answer(&r->server, &request, &response);
    assert_int_equal(response.status, 503);
    assert_true(response.retry_after_s > 0);
    request = (struct http_request){ .method = "GET", .path = "/healthz" };
    routes_answer(&r->server, &request, &response);
    assert_int_equal(response.status, 503);
    buf_finish(&response.body);
}

static void test_broken_http_harms_nobody(void **state)
{
    static const char *const rows[] = {
        "\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "POST /v1/bundles HTTP/1.1\r\nHost: h\r\nContent-Length: -5\r\n\r\n",
        "POST /v1/bundles HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999"
        "\r\n\r\n",
        "POST /v1/bundles HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz"
        "\r\n",
    };
    struct buf reply;

    (void)state;
    buf_init(&reply, REPLY_MAX);
    for (size_t i = 0; i < COUNT(rows); i++) {
        int fd = dial();

        put(fd, rows[i], strlen(rows[i]));
        close(fd);
        assert_int_equal(request("GET", "/healthz", "h", "", 0, &reply), 200);
    }
    buf_finish(&reply);
}

/* Clients that stop in the middle keep a connection, not the server. */
static void test_half_sent_requests_do_not_hold_up_the_next(void **state)
{
    static const char half[] = "POST /v1/bundles HTTP/1.1\r\nHost: h\r\n"
                               "Content-Length: 5000\r\n\r\nabc";
    int fds[40];
    struct buf reply;

    (void)state;
    buf_init(&reply, REPLY_MAX);
    for (size_t i = 0; i < COUNT(fds); i++) {
        fds[i] = dial();
        put(fds[i], half, i % 2 ? sizeof(half) - 1 : 20);
    }
    assert_int_equal(request("GET", "/healthz", "h", "", 0, &reply), 200);
    for (size_t i = 0; i < COUNT(fds); i++)
        close(fds[i]);
    buf_finish(&reply);
}

static void test_addresses_that_are_none_are_refused(void **state)
{
    static const char *const rows[] = {
        "",       "127.0.0.1", ":80", "127.0.0.1:", "127.0.0.1:123456", "127.0.0.1:8o",
        "name:80"
    };
    struct http *other;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(http_open(rows[i], NULL, &routes_service, NULL, &other),
                         ERR_REJECTED);
    assert_int_equal(http_open(http_address(http), NULL, &routes_service, NULL, &other),
                     ERR_OFFLINE); /* taken */
}

#define T(f) cmocka_unit_test_setup_teardown(f, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_each_path_answers_with_its_status),
        T(test_a_bundle_over_http_is_acknowledged),
        T(test_uploads_of_one_moment_share_a_commit),
        T(test_too_large_is_too_large_announced_or_not),
        T(test_a_broken_database_says_so_and_asks_for_patience),
        T(test_broken_http_harms_nobody),
        T(test_half_sent_requests_do_not_hold_up_the_next),
        T(test_addresses_that_are_none_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
