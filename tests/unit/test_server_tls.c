/* The server's own certificate: when it is valid, for whom, that its key stays, and that a
 * kiosk's upload takes it by its pin and no other. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "http.h"
#include "routes.h"
#include "server_rig.h"
#include "settings.h"
#include "sync/upload.h"
#include "tls.h"

#define YEAR_MS (365LL * 86400 * 1000)
#define OTHER_PIN "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

/* Pin and end of the certificate that the database holds; `*pair` is the caller's. */
static int64_t own(struct rig *r, struct tls_pair *pair, char pin[CERT_PIN_CHARS])
{
    int64_t to_s = 0;

    tls_pair_init(pair);
    assert_int_equal(tls_own(&r->server, pair), ERR_OK);
    assert_int_equal(cert_read(buf_text(&pair->cert), pin, &to_s), ERR_OK);
    return to_s;
}

static void test_renewing_keeps_the_key(void **state)
{
    struct rig *r = *state;
    char before[CERT_PIN_CHARS], after[CERT_PIN_CHARS];
    struct tls_pair first, second;
    const char *why;

    own(r, &first, before);
    assert_true(cert_pin_ok(before));
    assert_int_equal(tls_renew(&r->server, "may-chu.xa.vn,10.0.0.5", &why), ERR_OK);
    own(r, &second, after);
    assert_string_equal(before, after);
    assert_string_not_equal(buf_text(&first.cert), buf_text(&second.cert));
    assert_string_equal(buf_text(&first.key), buf_text(&second.key));
    tls_pair_finish(&first);
    tls_pair_finish(&second);
}

static void test_names_that_are_none_are_refused(void **state)
{
    static const char *const bad[] = { "may chu,a_b", "-x",  "a..b",   "x.",
                                       "10.0.0.5/8",  "<b>", "máy-chủ" };
    struct rig *r = *state;
    char before[CERT_PIN_CHARS];
    struct tls_pair pair, again;
    const char *why;

    own(r, &pair, before);
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_false(tls_hosts_ok(bad[i]));
        assert_int_equal(tls_renew(&r->server, bad[i], &why), ERR_REJECTED);
        assert_string_not_equal(why, "");
    }
    assert_true(tls_hosts_ok("may-chu,may-chu.xa.vn,10.0.0.5,fd00::2"));
    own(r, &again, before);
    assert_string_equal(buf_text(&pair.cert), buf_text(&again.cert)); /* untouched */
    tls_pair_finish(&pair);
    tls_pair_finish(&again);
}

static void test_it_is_renewed_in_its_last_year(void **state)
{
    struct rig *r = *state;
    char before[CERT_PIN_CHARS], after[CERT_PIN_CHARS];
    struct tls_pair pair;
    int64_t to_s = own(r, &pair, before), later_s;

    tls_pair_finish(&pair);
    r->wall_ms = to_s * 1000 - 2 * YEAR_MS;
    later_s = own(r, &pair, after);
    tls_pair_finish(&pair);
    assert_int_equal(later_s, to_s);
    r->wall_ms = to_s * 1000 - YEAR_MS / 2;
    later_s = own(r, &pair, after);
    tls_pair_finish(&pair);
    if (sizeof(time_t) > 4) /* else GnuTLS knows no day after 2037 */
        assert_true(later_s > to_s + 9 * YEAR_MS / 1000);
    else
        assert_true(later_s > to_s);
    assert_string_equal(before, after);
}

static void test_the_setting_goes_before_what_is_served(void **state)
{
    struct rig *r = *state;
    char pin[CERT_PIN_CHARS];
    const char *why;

    assert_int_equal(tls_pin(&r->server, pin), ERR_OK);
    assert_string_equal(pin, ""); /* served without TLS: the grant has none */
    snprintf(r->server.tls_pin, sizeof(r->server.tls_pin), "%s",
             "sha256//Vj2zg5AmBnwjUea9A3MYEoiU80HhNxOx0yXLc9gy6is=");
    assert_int_equal(tls_pin(&r->server, pin), ERR_OK);
    assert_string_equal(pin, r->server.tls_pin);
    assert_int_equal(settings_set(&r->server, "tls.pin", OTHER_PIN, &why), ERR_OK);
    assert_int_equal(tls_pin(&r->server, pin), ERR_OK);
    assert_string_equal(pin, OTHER_PIN);
    assert_int_equal(settings_set(&r->server, "tls.pin", "/etc/key.pem", &why),
                     ERR_REJECTED);
    assert_int_equal(settings_set(&r->server, "content.other-key", "RWQ", &why),
                     ERR_REJECTED);
    assert_non_null(strstr(why, "minisign"));
}

/* --- a kiosk's upload --------------------------------------------------------------- */

static void *serve(void *arg)
{
    bool stop = false;

    http_loop(arg, &stop, -1, NULL, NULL, NULL);
    return NULL;
}

static bool never(void *ctx)
{
    (void)ctx;
    return false;
}

static enum upload_end ask(const char *address, const char *pin, int64_t wall_ms)
{
    const struct upload_limits limits = { 60, 1, 60, NULL }; /* emulators are slow */
    struct upload_answer answer;
    struct upload *u;
    enum upload_end end;
    char url[128];

    snprintf(url, sizeof(url), "https://%s/v1/time?nonce=n1", address);
    assert_int_equal(upload_create(&limits, &u), ERR_OK);
    upload_run(u,
               &(struct upload_request){ .url = url, .pin = pin, .wall_ms = wall_ms },
               never, NULL, &answer);
    end = answer.end;
    if (end == UPLOAD_ANSWERED)
        assert_int_equal(answer.status, 200);
    buf_finish(&answer.body);
    upload_destroy(u);
    return end;
}

static void test_a_kiosk_takes_the_pinned_key_and_no_other(void **state)
{
    struct rig *r = *state;
    char pin[CERT_PIN_CHARS];
    struct tls_pair pair;
    struct http *http;
    pthread_t thread;
    const char *why;
    int64_t to_s;

    r->wall_ms = 1000; /* 1970: what a server without a clock battery shows */
    assert_int_equal(tls_renew(&r->server, "", &why), ERR_OK);
    to_s = own(r, &pair, pin);
    assert_int_equal(http_open("127.0.0.1:0",
                               &(struct http_tls){ buf_text(&pair.cert),
                                                   buf_text(&pair.key), false },
                               &routes_service, &r->server, &http),
                     ERR_OK);
    assert_true(http_is_secure(http));
    assert_int_equal(pthread_create(&thread, NULL, serve, http), 0);

    assert_int_equal(ask(http_address(http), pin, 0), UPLOAD_ANSWERED);
    assert_int_equal(ask(http_address(http), pin, clock_wall_ms(&clock_real)),
                     UPLOAD_ANSWERED); /* valid from the day of the build on */
    assert_int_equal(ask(http_address(http), pin, to_s * 1000 + YEAR_MS),
                     UPLOAD_STRANGER);
    assert_int_equal(ask(http_address(http), OTHER_PIN, 0), UPLOAD_STRANGER);
    assert_int_equal(ask(http_address(http), NULL, 0), UPLOAD_STRANGER);

    kill(getpid(), SIGTERM);
    pthread_join(thread, NULL);
    http_close(http);
    tls_pair_finish(&pair);
}

static void test_loopback_may_go_without(void **state)
{
    struct rig *r = *state;
    char pin[CERT_PIN_CHARS];
    struct tls_pair pair;
    struct http *http;

    own(r, &pair, pin);
    assert_int_equal(
        http_open("127.0.0.1:0",
                  &(struct http_tls){ buf_text(&pair.cert), buf_text(&pair.key), true },
                  &routes_service, &r->server, &http),
        ERR_OK);
    assert_false(http_is_secure(http));
    http_close(http);
    assert_int_equal(
        http_open("0.0.0.0:0",
                  &(struct http_tls){ buf_text(&pair.cert), buf_text(&pair.key), true },
                  &routes_service, &r->server, &http),
        ERR_OK);
    assert_true(http_is_secure(http));
    http_close(http);
    tls_pair_finish(&pair);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_renewing_keeps_the_key),
        TEST(test_names_that_are_none_are_refused),
        TEST(test_it_is_renewed_in_its_last_year),
        TEST(test_the_setting_goes_before_what_is_served),
        TEST(test_a_kiosk_takes_the_pinned_key_and_no_other),
        TEST(test_loopback_may_go_without),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
