/* The sync thread against a server, a portal and a wire that misbehave: nothing but a
 * verified ack for exactly our bytes is ever success, and nothing hangs. */
#include "../unit/cmocka_all.h"

#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/hash.h"
#include "loopback.h"
#include "sync/sync.h"
#include "wire/ack.h"

#define BYTES "the signed bundle"

static struct jws_key server_key;
static struct jws_key stranger_key;

struct fixture {
    struct loopback *server;
    struct sync *sync;
    sem_t woken;
};

static void wake(void *ctx)
{
    sem_post(ctx);
}

static void start(void **state, const struct sync_config *limits)
{
    struct fixture *f = calloc(1, sizeof(*f));
    struct sync_config config = *limits;

    assert_non_null(f);
    assert_int_equal(sem_init(&f->woken, 0, 0), 0);
    f->server = loopback_start();
    config.wake = wake;
    config.wake_ctx = &f->woken;
    assert_int_equal(sync_create(&config, &f->sync), ERR_OK);
    *state = f;
}

static int setup(void **state)
{
    start(state, &(struct sync_config){ 0 });
    return 0;
}

static int setup_impatient(void **state)
{
    start(state, &(struct sync_config){ .connect_s = 1, .low_speed_s = 1 });
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    sync_destroy(f->sync);
    loopback_stop(f->server);
    sem_destroy(&f->woken);
    free(f);
    return 0;
}

/* ---- answers -------------------------------------------------------------------- */

static void put_ack(const struct jws_key *key, const char *body, size_t n,
                    const char *kiosk, const char *nonce, struct buf *out)
{
    char sha256[HASH_SHA256_HEX];
    struct ack a = { .request_sha256 = sha256,
                     .kiosk = kiosk,
                     .server_inst = "i1",
                     .nonce = nonce,
                     .time_ms = 1795300000000 };
    struct buf payload;

    hash_sha256_hex(body, n, sha256);
    buf_init(&payload, 4096);
    assert_int_equal(ack_encode(&a, &payload), ERR_OK);
    jws_sign(key, JWS_ACK, payload.data, payload.len, out);
    buf_finish(&payload);
}

static void honest(void *ctx, const struct loopback_request *r, struct buf *out)
{
    struct buf jws;

    (void)ctx;
    buf_init(&jws, 8192);
    put_ack(&server_key, r->body, r->n, "k1", "n1", &jws);
    loopback_put(out, "200 OK", "Content-Type: application/jose\r\n", jws.data,
                 jws.len);
    buf_finish(&jws);
}

/* Without a length, so that only the connection's end says where it ends. */
static void honest_unmeasured(void *ctx, const struct loopback_request *r,
                              struct buf *out)
{
    (void)ctx;
    buf_str(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
    put_ack(&server_key, r->body, r->n, "k1", "n1", out);
}

static void wrong_signature(void *ctx, const struct loopback_request *r,
                            struct buf *out)
{
    struct buf jws;

    (void)ctx;
    buf_init(&jws, 8192);
    put_ack(&stranger_key, r->body, r->n, "k1", "n1", &jws);
    loopback_put(out, "200 OK", "", jws.data, jws.len);
    buf_finish(&jws);
}

static void ack_of_other_bytes(void *ctx, const struct loopback_request *r,
                               struct buf *out)
{
    struct buf jws;

    (void)ctx;
    (void)r;
    buf_init(&jws, 8192);
    put_ack(&server_key, "other", 5, "k1", "n1", &jws);
    loopback_put(out, "200 OK", "", jws.data, jws.len);
    buf_finish(&jws);
}

static void fixed(void *ctx, const struct loopback_request *r, struct buf *out)
{
    (void)r;
    buf_str(out, ctx);
}

static void oversize(void *ctx, const struct loopback_request *r, struct buf *out)
{
    (void)ctx;
    (void)r;
    buf_str(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
    for (int i = 0; i < 300000; i++)
        buf_char(out, 'a');
}

static void oversize_announced(void *ctx, const struct loopback_request *r,
                               struct buf *out)
{
    (void)ctx;
    (void)r;
    buf_str(out, "HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n");
}

/* ---- one exchange --------------------------------------------------------------- */

static struct sync_job job_to(const char *url)
{
    struct sync_job job = { .kind = SYNC_SEND,
                            .url = url,
                            .bytes = BYTES,
                            .n = strlen(BYTES),
                            .has_server_key = true,
                            .kiosk = "k1",
                            .nonce = "n1" };

    memcpy(job.server_key, server_key.public_key, JWS_PUBLIC_BYTES);
    return job;
}

static void exchange(struct fixture *f, const struct sync_job *job,
                     struct sync_result *out)
{
    assert_int_equal(sync_submit(f->sync, job), ERR_OK);
    assert_int_equal(sem_wait(&f->woken), 0);
    assert_true(sync_poll(f->sync, out));
    assert_false(sync_poll(f->sync, out)); /* only once */
}

static enum sync_outcome outcome_of(struct fixture *f, const struct sync_job *job)
{
    struct sync_result r;
    enum sync_outcome outcome;

    exchange(f, job, &r);
    outcome = r.outcome;
    assert_int_equal(r.payload != NULL, outcome == SYNC_VERIFIED);
    sync_result_finish(&r);
    return outcome;
}

static const struct row {
    const char *name;
    void (*answer)(void *ctx, const struct loopback_request *r, struct buf *out);
    const char *text; /* of `fixed` */
    bool hold;
    bool forever;
    enum sync_outcome want;
    int64_t want_retry_s;
} rows[] = {
    { "an honest server", honest, "", false, false, SYNC_VERIFIED, -1 },
    { "an honest server without a length", honest_unmeasured, "", false, false,
      SYNC_VERIFIED, -1 },
    { "a portal's page", fixed,
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n"
      "<html>Chào mừng! Bấm để vào mạng</html>",
      false, false, SYNC_PORTAL, -1 },
    { "a portal's redirect", fixed,
      "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/login\r\n"
      "Content-Length: 0\r\n\r\n",
      false, false, SYNC_PORTAL, -1 },
    { "a wrong signature", wrong_signature, "", false, false, SYNC_STRANGER, -1 },
    { "an ack for other bytes", ack_of_other_bytes, "", false, false, SYNC_OTHER_ANSWER,
      -1 },
    { "500", fixed, "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", false, false,
      SYNC_FAULT, -1 },
    { "502 with a page", fixed,
      "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\n\r\n<html>", false, false,
      SYNC_FAULT, -1 },
    { "429 with Retry-After", fixed,
      "HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n", false, false,
      SYNC_BUSY, 7 },
    { "503 without", fixed, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", false,
      false, SYNC_BUSY, -1 },
    { "a Retry-After of a hundred years", fixed,
      "HTTP/1.1 503 Busy\r\nRetry-After: 3155760000\r\nContent-Length: 0\r\n\r\n",
      false, false, SYNC_BUSY, 86400 },
    { "a Retry-After that is nonsense", fixed,
      "HTTP/1.1 503 Busy\r\nRetry-After: soon\r\nContent-Length: 0\r\n\r\n", false,
      false, SYNC_BUSY, -1 },
    { "400", fixed, "HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n\r\n", false, false,
      SYNC_REFUSED, -1 },
    { "silence after the request", fixed, "", true, false, SYNC_CUT, -1 },
    { "silence inside the header", fixed, "HTTP/1.1 200 O", true, false, SYNC_CUT, -1 },
    { "silence inside the body", fixed,
      "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc", true, false, SYNC_CUT, -1 },
    { "hung up without a word", fixed, "", false, false, SYNC_CUT, -1 },
    { "garbage instead of HTTP", fixed, "SSH-2.0-OpenSSH_9.2\r\n\r\n", false, false,
      SYNC_CUT, -1 },
    { "an answer too large", oversize, "", false, false, SYNC_CUT, -1 },
    { "an answer that says it is too large", oversize_announced, "", false, false,
      SYNC_CUT, -1 },
    { "a body without end", fixed, "HTTP/1.1 200 OK\r\n\r\nx", false, true, SYNC_CUT,
      -1 },
    { "a header line without end", fixed, "HTTP/1.1 200 OK\r\nX: y", false, true,
      SYNC_CUT, -1 },
};

static void check_row(void **state)
{
    const struct row *r = *state;
    struct sync_result result;
    struct sync_job job;
    struct fixture *f;
    void *fixture;

    if (r->hold)
        setup_impatient(&fixture);
    else
        setup(&fixture);
    f = fixture;
    loopback_plan(f->server, &(struct loopback_plan){ .answer = r->answer,
                                                      .ctx = (void *)r->text,
                                                      .at_most = SIZE_MAX,
                                                      .hold = r->hold,
                                                      .forever = r->forever });
    job = job_to(loopback_url(f->server));
    exchange(f, &job, &result);
    assert_int_equal(result.outcome, r->want);
    assert_int_equal(result.retry_after_s, r->want_retry_s);
    assert_int_equal(result.payload != NULL, r->want == SYNC_VERIFIED);
    assert_int_equal(loopback_n_requests(f->server), 1); /* no redirect, no repeat */
    sync_result_finish(&result);
    teardown(&fixture);
}

static void cut_everywhere(struct fixture *f,
                           void (*answer)(void *, const struct loopback_request *,
                                          struct buf *))
{
    const struct loopback_request sample = { .head = "",
                                             .body = BYTES,
                                             .n = strlen(BYTES) };
    struct sync_job job = job_to(loopback_url(f->server));
    struct loopback_plan plan = { .answer = answer };
    struct buf whole;

    buf_init(&whole, 65536);
    answer(NULL, &sample, &whole);
    for (; plan.at_most < whole.len; plan.at_most++) {
        enum sync_outcome outcome;

        loopback_plan(f->server, &plan);
        outcome = outcome_of(f, &job);
        assert_int_equal(sync_outcome_err(outcome), ERR_OFFLINE);
    }
    loopback_plan(f->server, &plan); /* and whole, it is success */
    assert_int_equal(outcome_of(f, &job), SYNC_VERIFIED);
    buf_finish(&whole);
}

static void test_an_answer_cut_at_any_byte_is_no_success(void **state)
{
    cut_everywhere(*state, honest);
}

static void test_an_unmeasured_answer_cut_at_any_byte_is_no_success(void **state)
{
    cut_everywhere(*state, honest_unmeasured);
}

static void test_the_request_is_what_the_contract_says(void **state)
{
    struct fixture *f = *state;
    struct sync_job job = job_to(loopback_url(f->server));
    struct buf head;
    struct buf body;

    loopback_plan(f->server,
                  &(struct loopback_plan){ .answer = honest, .at_most = SIZE_MAX });
    buf_init(&head, 65536);
    buf_init(&body, 65536);
    assert_int_equal(outcome_of(f, &job), SYNC_VERIFIED);
    loopback_last(f->server, &head, &body);
    assert_memory_equal(head.data, "POST /v1/bundles HTTP/1.1\r\n", 27);
    assert_non_null(strstr(head.data, "\r\nContent-Type: application/jose\r\n"));
    assert_null(strstr(head.data, "Cookie:"));
    assert_null(strstr(head.data, "Expect:"));
    assert_string_equal(buf_text(&body), BYTES);

    job.kind = SYNC_TIME;
    job.bytes = NULL;
    assert_int_equal(outcome_of(f, &job), SYNC_PORTAL); /* an ack is not the time */
    loopback_last(f->server, &head, &body);
    assert_memory_equal(head.data, "GET /v1/time?nonce=n1 HTTP/1.1\r\n", 32);
    assert_int_equal(body.len, 0);
    buf_finish(&head);
    buf_finish(&body);
}

static void test_a_cookie_is_not_kept(void **state)
{
    static char cookie[] = "HTTP/1.1 200 OK\r\nSet-Cookie: portal=1; Path=/\r\n"
                           "Content-Length: 0\r\n\r\n";
    struct fixture *f = *state;
    struct sync_job job = job_to(loopback_url(f->server));
    struct buf head;
    struct buf body;

    buf_init(&head, 65536);
    buf_init(&body, 65536);
    loopback_plan(f->server, &(struct loopback_plan){
                                 .answer = fixed, .ctx = cookie, .at_most = SIZE_MAX });
    assert_int_equal(outcome_of(f, &job), SYNC_PORTAL);
    assert_int_equal(outcome_of(f, &job), SYNC_PORTAL);
    loopback_last(f->server, &head, &body);
    assert_null(strstr(head.data, "Cookie"));
    buf_finish(&head);
    buf_finish(&body);
}

static void test_the_environment_cannot_put_a_proxy_between(void **state)
{
    struct fixture *f = *state;
    struct sync_job job = job_to(loopback_url(f->server));

    loopback_plan(f->server,
                  &(struct loopback_plan){ .answer = honest, .at_most = SIZE_MAX });
    assert_int_equal(setenv("http_proxy", "http://127.0.0.1:1", 1), 0);
    assert_int_equal(setenv("ALL_PROXY", "http://127.0.0.1:1", 1), 0);
    assert_int_equal(outcome_of(f, &job), SYNC_VERIFIED);
    unsetenv("http_proxy");
    unsetenv("ALL_PROXY");
}

static void test_only_https_or_this_machine_is_spoken_to(void **state)
{
    static const char *const refused[] = {
        "http://192.0.2.1",
        "http://example.org",
        "http://127.0.0.1.example.org",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "127.0.0.1:1",
        "http://a@127.0.0.1",
        "http://127.0.0.1@192.0.2.1",
        "",
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < COUNT(refused); i++) {
        struct sync_job job = job_to(refused[i]);

        assert_int_equal(outcome_of(f, &job), SYNC_UNREACHABLE);
    }
    assert_int_equal(loopback_n_requests(f->server), 0);
}

static void test_a_closed_port_is_unreachable(void **state)
{
    struct fixture *f = *state;
    struct sync_job job = job_to("http://127.0.0.1:1");

    assert_int_equal(outcome_of(f, &job), SYNC_UNREACHABLE);
}

static void test_a_server_that_never_greets_is_unreachable(void **state)
{
    struct fixture *f = *state;
    char url[64];
    struct sync_job job;

    loopback_plan(f->server,
                  &(struct loopback_plan){ .answer = honest, .at_most = SIZE_MAX });
    snprintf(url, sizeof(url), "https%s", loopback_url(f->server) + 4);
    job = job_to(url); /* it waits for a request, we for its half of TLS */
    assert_int_equal(outcome_of(f, &job), SYNC_UNREACHABLE);
}

static void test_one_job_at_a_time_until_its_answer_is_taken(void **state)
{
    struct fixture *f = *state;
    struct sync_job job = job_to(loopback_url(f->server));
    struct sync_result r;

    loopback_plan(f->server,
                  &(struct loopback_plan){ .answer = honest, .at_most = SIZE_MAX });
    assert_false(sync_busy(f->sync));
    assert_int_equal(sync_submit(f->sync, &job), ERR_OK);
    assert_int_equal(sync_submit(f->sync, &job), ERR_RETRY);
    assert_int_equal(sem_wait(&f->woken), 0);
    assert_int_equal(sync_submit(f->sync, &job), ERR_RETRY);
    assert_true(sync_busy(f->sync));
    assert_true(sync_poll(f->sync, &r));
    sync_result_finish(&r);
    assert_int_equal(outcome_of(f, &job), SYNC_VERIFIED);
}

/* With the usual 60 s of patience: the test would not end if stopping waited for it. */
static void test_stopping_does_not_wait_for_a_silent_server(void **state)
{
    static char nothing[] = "";
    struct fixture *f = *state;
    struct sync_config config = { 0 };
    struct sync_job job = job_to(loopback_url(f->server));
    struct sync *patient;

    loopback_plan(f->server, &(struct loopback_plan){
                                 .answer = fixed, .ctx = nothing, .hold = true });
    assert_int_equal(sync_create(&config, &patient), ERR_OK);
    assert_int_equal(sync_submit(patient, &job), ERR_OK);
    while (loopback_n_requests(f->server) == 0)
        continue;
    sync_destroy(patient); /* its result was never taken: nothing leaks */
}

static void test_stopping_drops_a_job_that_was_not_begun(void **state)
{
    struct fixture *f = *state;
    struct sync_config config = { 0 };
    struct sync_job job = job_to("http://127.0.0.1:1");
    struct sync *s;

    (void)f;
    for (int i = 0; i < 50; i++) {
        assert_int_equal(sync_create(&config, &s), ERR_OK);
        assert_int_equal(sync_submit(s, &job), ERR_OK);
        sync_destroy(s);
    }
    sync_destroy(NULL);
}

int main(void)
{
    static const struct CMUnitTest single[] = {
        cmocka_unit_test_setup_teardown(test_an_answer_cut_at_any_byte_is_no_success,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(
            test_an_unmeasured_answer_cut_at_any_byte_is_no_success, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_request_is_what_the_contract_says,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_cookie_is_not_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_environment_cannot_put_a_proxy_between,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_only_https_or_this_machine_is_spoken_to,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_closed_port_is_unreachable, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_a_server_that_never_greets_is_unreachable,
                                        setup_impatient, teardown),
        cmocka_unit_test_setup_teardown(
            test_one_job_at_a_time_until_its_answer_is_taken, setup, teardown),
        cmocka_unit_test_setup_teardown(test_stopping_does_not_wait_for_a_silent_server,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_stopping_drops_a_job_that_was_not_begun,
                                        setup, teardown),
    };
    struct CMUnitTest tests[COUNT(rows) + COUNT(single)];

    memcpy(tests, single, sizeof(single));
    for (size_t i = 0; i < COUNT(rows); i++)
        tests[COUNT(single) + i] =
            (struct CMUnitTest){ .name = rows[i].name,
                                 .test_func = check_row,
                                 .initial_state = (void *)&rows[i] };
    hash_init();
    jws_key_make(&server_key);
    jws_key_make(&stranger_key);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
