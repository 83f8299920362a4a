/* The test vectors of PROTOCOL-kit.md are what this program makes from the keys that stand
 * there: whoever implements the other side can rely on each byte. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/encoding.h"
#include "base/file.h"
#include "base/hash.h"
#include "cmocka_all.h"
#include "wire/ack.h"
#include "wire/bundle.h"
#include "wire/enrol.h"

#define KIT_MAX (256 * 1024)
#define KIOSK "k7f3a9c2e51b04d8"
#define COMMUNE "21520"
#define CODE "7F3K9Q2M"
#define TIME_MS 1795300000000
#define RUN 0x9f2c11aa03b7e6d1
#define PIN "sha256//Vj2zg5AmBnwjUea9A3MYEoiU80HhNxOx0yXLc9gy6is="

struct kit {
    struct buf text;
    struct jws_key kiosk, server;
    struct buf bundle; /* signed */
};

/* A key whose seed is 32 times the byte: for a test alone. */
static struct jws_key key_of(unsigned char byte)
{
    unsigned char seed[JWS_SEED_BYTES];
    struct jws_key key;

    memset(seed, byte, sizeof(seed));
    jws_key_from_seed(seed, &key);
    return key;
}

static int set_up(void **state)
{
    struct kit *k = check_alloc(sizeof(*k));

    *k = (struct kit){ .kiosk = key_of(1), .server = key_of(2) };
    buf_init(&k->text, KIT_MAX);
    buf_init(&k->bundle, KIT_MAX);
    assert_int_equal(file_read(KIT_MD, &k->text), ERR_OK);
    *state = k;
    return 0;
}

static int tear_down(void **state)
{
    struct kit *k = *state;

    buf_finish(&k->text);
    buf_finish(&k->bundle);
    free(k);
    return 0;
}

static void stands(struct kit *k, const char *what, const char *text)
{
    if (!strstr(buf_text(&k->text), text))
        fail_msg("PROTOCOL-kit.md lacks the %s:\n%s", what, text);
}

static void stands_signed(struct kit *k, const char *what, const struct jws_key *key,
                          enum jws_type type, const struct buf *payload)
{
    struct buf jws;

    stands(k, what, buf_text(payload));
    buf_init(&jws, KIT_MAX);
    jws_sign(key, type, buf_text(payload), payload->len, &jws);
    stands(k, what, buf_text(&jws));
    buf_finish(&jws);
}

static void test_the_keys(void **state)
{
    const struct jws_key *keys[2];
    struct kit *k = *state;
    char number[ENROL_NUMBER_CHARS];
    struct buf x;

    keys[0] = &k->kiosk;
    keys[1] = &k->server;
    for (size_t i = 0; i < 2; i++) {
        buf_init(&x, 64);
        encoding_base64url(keys[i]->public_key, JWS_PUBLIC_BYTES, &x);
        stands(k, "public key", buf_text(&x));
        stands(k, "kid", keys[i]->kid);
        buf_finish(&x);
    }
    enrol_number(k->kiosk.public_key, k->server.public_key, number);
    stands(k, "number", number);
}

static void test_the_enrolment(void **state)
{
    struct kit *k = *state;
    struct enrol_request request = { .code = CODE, .nonce = "n1" };
    struct enrol_grant grant = {
        .kiosk = KIOSK,
        .commune = COMMUNE,
        .tls_pin = PIN,
        .settings = "{\"commune\":{\"code\":\"21520\",\"name\":\"X\u00e3 Ba\"}}",
        .settings_ver = 17,
        .nonce = "n1",
    };
    struct buf payload;

    memcpy(request.public_key, k->kiosk.public_key, JWS_PUBLIC_BYTES);
    memcpy(grant.server_key, k->server.public_key, JWS_PUBLIC_BYTES);
    buf_init(&payload, KIT_MAX);
    assert_int_equal(enrol_request_encode(&request, &payload), ERR_OK);
    stands_signed(k, "request", &k->kiosk, JWS_ENROL, &payload);
    buf_clear(&payload);
    assert_int_equal(enrol_waiting_encode(k->server.public_key, &payload), ERR_OK);
    stands(k, "body of 202", buf_text(&payload));
    buf_clear(&payload);
    assert_int_equal(enrol_grant_encode(&grant, &payload), ERR_OK);
    stands_signed(k, "grant", &k->server, JWS_GRANT, &payload);
    buf_finish(&payload);
}

static void make_bundle(struct kit *k, struct buf *payload)
{
    struct bundle_run run = { RUN, 77, TIME_MS, 500, 3, 101, 118 };
    struct bundle_known known = { RUN, 100 };
    struct bundle_count counts[] = {
        { 0, "completions", "2026-11-22", "m09-b03", "-", 7, 1, 0 },
        { 0, "passes", "?3", "m09-b03", "-", 2, 0, 1 },
    };
    struct bundle_gauge gauge = {
        0, "module_finished", "2026-H2", "m09", "sex=f;thon=t07", 5, 117, 2
    };
    struct bundle b = { .commune = COMMUNE,
                        .kiosk = KIOSK,
                        .n = 412,
                        .run = RUN,
                        .nonce = "n2",
                        .runs = &run,
                        .n_runs = 1,
                        .known = &known,
                        .n_known = 1,
                        .version = "0.1.0",
                        .pack_id = "bdhvs",
                        .pack_ver = 31,
                        .health = { 9120, 3, "ok", false, 51, 40, 7 },
                        .counts = counts,
                        .n_counts = 2,
                        .gauges = &gauge,
                        .n_gauges = 1 };

    assert_int_equal(bundle_encode(&b, payload), ERR_OK);
    jws_sign(&k->kiosk, JWS_TOTALS, buf_text(payload), payload->len, &k->bundle);
}

static void test_a_bundle_and_its_acknowledgement(void **state)
{
    struct kit *k = *state;
    char sha[HASH_SHA256_HEX];
    struct ack_held held = { RUN, 118, 118 };
    struct ack ack = { .kiosk = KIOSK,
                       .held = &held,
                       .n_held = 1,
                       .server_inst = "0123456789abcdef",
                       .time_ms = TIME_MS,
                       .nonce = "n2",
                       .after_s = 900,
                       .settings_ver = 17 };
    struct buf payload;

    buf_init(&payload, KIT_MAX);
    make_bundle(k, &payload);
    stands_signed(k, "bundle", &k->kiosk, JWS_TOTALS, &payload);
    hash_sha256_hex(buf_text(&k->bundle), k->bundle.len, sha);
    stands(k, "sum of the bundle", sha);
    ack.request_sha256 = sha;
    buf_clear(&payload);
    assert_int_equal(ack_encode(&ack, &payload), ERR_OK);
    stands_signed(k, "acknowledgement", &k->server, JWS_ACK, &payload);
    buf_finish(&payload);
}

static void test_the_time(void **state)
{
    struct kit *k = *state;
    struct wire_time time = { TIME_MS, "n3" };
    struct buf payload;

    buf_init(&payload, 1024);
    assert_int_equal(wire_time_encode(&time, &payload), ERR_OK);
    stands_signed(k, "time", &k->server, JWS_TIME, &payload);
    buf_finish(&payload);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(test_the_keys),
        EACH(test_the_enrolment),
        EACH(test_a_bundle_and_its_acknowledgement),
        EACH(test_the_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
