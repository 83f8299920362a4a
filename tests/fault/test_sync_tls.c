/* TLS by a pinned key, with and without a clock that can be trusted; a real TLS server
 * with a certificate that no authority signed. */
#include "../unit/cmocka_all.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "sync/sync.h"
#include "wire/ack.h"

#define BYTES "the signed bundle"
#define YEAR_MS (365LL * 86400000)
#define OTHER_PIN "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

struct fixture {
    char dir[64];
    char cert_path[96];
    char pin[128];
    char url[64];
    struct buf cert;
    struct buf key;
    struct MHD_Daemon *daemon;
    struct jws_key server_key;
    sem_t woken;
};

static void sign_ack(const struct jws_key *key, struct buf *jws)
{
    char sha256[HASH_SHA256_HEX];
    struct ack a = {
        .request_sha256 = sha256, .kiosk = "k1", .server_inst = "i1", .nonce = "n1"
    };
    struct buf payload;

    hash_sha256_hex(BYTES, strlen(BYTES), sha256);
    buf_init(&payload, 4096);
    ASSERT(ack_encode(&a, &payload) == ERR_OK);
    jws_sign(key, JWS_ACK, payload.data, payload.len, jws);
    buf_finish(&payload);
}

static enum MHD_Result handle(void *ctx, struct MHD_Connection *connection,
                              const char *url, const char *method, const char *version,
                              const char *bytes, size_t *n, void **seen)
{
    struct fixture *f = ctx;
    struct MHD_Response *response;
    struct buf jws;
    enum MHD_Result rc;

    (void)url;
    (void)method;
    (void)version;
    (void)bytes;
    if (!*seen || *n) { /* the header, then the body */
        *seen = f;
        *n = 0;
        return MHD_YES;
    }
    buf_init(&jws, 8192);
    sign_ack(&f->server_key, &jws);
    response =
        MHD_create_response_from_buffer(jws.len, jws.data, MHD_RESPMEM_MUST_COPY);
    rc = MHD_queue_response(connection, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    buf_finish(&jws);
    return rc;
}

static void make_certificate(struct fixture *f)
{
    char command[512];
    char path[96];
    FILE *pipe;

    snprintf(command, sizeof(command),
             "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
             " -keyout %s/key.pem -out %s/cert.pem -days 30 -subj /CN=localhost"
             " -addext subjectAltName=DNS:localhost,IP:127.0.0.1 2>/dev/null",
             f->dir, f->dir);
    assert_int_equal(system(command), 0);
    snprintf(command, sizeof(command),
             "openssl x509 -in %s/cert.pem -pubkey -noout | openssl pkey -pubin"
             " -outform der | openssl dgst -sha256 -binary | openssl base64",
             f->dir);
    pipe = popen(command, "r");
    assert_non_null(pipe);
    assert_int_equal(fscanf(pipe, "%90s", path), 1);
    pclose(pipe);
    snprintf(f->pin, sizeof(f->pin), "sha256//%s", path);
    snprintf(f->cert_path, sizeof(f->cert_path), "%s/cert.pem", f->dir);
    snprintf(path, sizeof(path), "%s/key.pem", f->dir);
    buf_init(&f->cert, 65536);
    buf_init(&f->key, 65536);
    assert_int_equal(file_read(f->cert_path, &f->cert), ERR_OK);
    assert_int_equal(file_read(path, &f->key), ERR_OK);
}

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));
    struct sockaddr_in loopback = { .sin_family = AF_INET };

    assert_non_null(f);
    *state = f;
    snprintf(f->dir, sizeof(f->dir), "/tmp/bdhvs-tls-XXXXXX");
    assert_non_null(mkdtemp(f->dir));
    make_certificate(f);
    assert_int_equal(sem_init(&f->woken, 0, 0), 0);
    jws_key_make(&f->server_key);
    loopback.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    f->daemon = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_TLS, 0, NULL, NULL, handle, f,
        MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&loopback, MHD_OPTION_HTTPS_MEM_KEY,
        f->key.data, MHD_OPTION_HTTPS_MEM_CERT, f->cert.data, MHD_OPTION_END);
    assert_non_null(f->daemon);
    snprintf(f->url, sizeof(f->url), "https://localhost:%u",
             (unsigned)MHD_get_daemon_info(f->daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    char path[96];

    MHD_stop_daemon(f->daemon);
    buf_finish(&f->cert);
    buf_finish(&f->key);
    sem_destroy(&f->woken);
    unlink(f->cert_path);
    snprintf(path, sizeof(path), "%s/key.pem", f->dir);
    unlink(path);
    rmdir(f->dir);
    free(f);
    return 0;
}

static void wake(void *ctx)
{
    sem_post(ctx);
}

enum pin { PIN_NONE, PIN_RIGHT, PIN_WRONG };

static const struct row {
    const char *name;
    enum sync_kind kind;
    enum pin pin;
    int64_t years; /* the clock, from now; INT64_MAX: not trusted */
    bool own_authority;
    enum sync_outcome want;
} rows[] = {
    { "the pinned key, no clock", SYNC_SEND, PIN_RIGHT, INT64_MAX, false,
      SYNC_VERIFIED },
    { "the pinned key, the dates hold", SYNC_SEND, PIN_RIGHT, 0, false, SYNC_VERIFIED },
    { "the pinned key, out of date", SYNC_SEND, PIN_RIGHT, 2, false, SYNC_STRANGER },
    { "the pinned key, not valid yet", SYNC_SEND, PIN_RIGHT, -2, false, SYNC_STRANGER },
    { "another key, no clock", SYNC_SEND, PIN_WRONG, INT64_MAX, false, SYNC_STRANGER },
    { "another key, the dates hold", SYNC_SEND, PIN_WRONG, 0, false, SYNC_STRANGER },
    { "another key, known authority", SYNC_SEND, PIN_WRONG, 0, true, SYNC_STRANGER },
    { "no pin, no known authority", SYNC_SEND, PIN_NONE, 0, false, SYNC_STRANGER },
    { "no pin, a known authority", SYNC_SEND, PIN_NONE, 0, true, SYNC_VERIFIED },
    /* An ack is no grant, but it came through: people compare the number. */
    { "the time asks for no certificate", SYNC_TIME, PIN_NONE, INT64_MAX, false,
      SYNC_PORTAL },
    { "but for the pinned key it does", SYNC_TIME, PIN_WRONG, INT64_MAX, false,
      SYNC_STRANGER },
    { "enrolment asks for no certificate", SYNC_ENROL, PIN_NONE, 0, false,
      SYNC_PORTAL },
};

static struct sync_job make_job(const struct fixture *f, const struct row *r)
{
    struct sync_job job = { .kind = r->kind,
                            .url = f->url,
                            .bytes = BYTES,
                            .n = strlen(BYTES),
                            .has_server_key = true,
                            .kiosk = "k1",
                            .nonce = "n1" };

    if (r->pin != PIN_NONE)
        job.pin = r->pin == PIN_RIGHT ? f->pin : OTHER_PIN;
    if (r->years != INT64_MAX)
        job.wall_ms = clock_wall_ms(&clock_real) + r->years * YEAR_MS;
    memcpy(job.server_key, f->server_key.public_key, JWS_PUBLIC_BYTES);
    return job;
}

/* Twice, since a connection might be used again. */
static void check(void **state)
{
    const struct row *r = *state;
    struct sync_config config = { .wake = wake };
    struct sync_result result;
    struct sync_job job;
    struct fixture *f;
    struct sync *sync;
    void *fixture;

    setup(&fixture);
    f = fixture;
    config.wake_ctx = &f->woken;
    config.ca_file = r->own_authority ? f->cert_path : NULL;
    assert_int_equal(sync_create(&config, &sync), ERR_OK);
    job = make_job(f, r);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(sync_submit(sync, &job), ERR_OK);
        assert_int_equal(sem_wait(&f->woken), 0);
        assert_true(sync_poll(sync, &result));
        assert_int_equal(result.outcome, r->want);
        sync_result_finish(&result);
    }
    sync_destroy(sync);
    teardown(&fixture);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(rows)];

    for (size_t i = 0; i < COUNT(rows); i++)
        tests[i] = (struct CMUnitTest){ .name = rows[i].name,
                                        .test_func = check,
                                        .initial_state = (void *)&rows[i] };
    hash_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
