/* Letting kiosks in: codes, numbers, grants, and everything that must be refused. */
#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"
#include "enrolment.h"
#include "server_rig.h"
#include "settings.h"

#define MINUTE_MS 60000
#define OTHER_KEY "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"

/* A new machine's request under `code`, signed. */
static void make_request(struct jws_key *key, const char *code, const char *nonce,
                         struct buf *out)
{
    struct enrol_request request = { .code = code, .nonce = nonce };
    struct buf json;

    memcpy(request.public_key, key->public_key, sizeof(request.public_key));
    buf_init(&json, ENROL_BYTES_MAX);
    assert_int_equal(enrol_request_encode(&request, &json), ERR_OK);
    buf_clear(out);
    jws_sign(key, JWS_ENROL, buf_text(&json), json.len, out);
    buf_finish(&json);
}

static enum enrolment_status ask(struct rig *r, const struct buf *request)
{
    buf_clear(&r->answer);
    return enrolment_ask(&r->server, buf_text(request), request->len, &r->answer);
}

static void confirm(struct rig *r, const struct jws_key *key)
{
    char number[ENROL_NUMBER_CHARS];
    char kiosk[BUNDLE_ID_MAX + 1];

    enrol_number(key->public_key, r->server.key.public_key, number);
    assert_int_equal(enrolment_confirm(&r->server, number, kiosk), ERR_OK);
}

static struct enrol_grant read_grant(struct rig *r)
{
    struct enrol_grant grant;
    struct buf payload;

    buf_init(&payload, ENROL_GRANT_MAX);
    assert_int_equal(jws_verify(buf_text(&r->answer), r->answer.len, JWS_GRANT,
                                &r->server.key, &payload),
                     ERR_OK);
    assert_int_equal(
        enrol_grant_decode(buf_text(&payload), payload.len, &r->arena, &grant), ERR_OK);
    buf_finish(&payload);
    return grant;
}

static void test_a_confirmed_kiosk_gets_its_grant_and_may_send(void **state)
{
    struct rig *r = *state;
    struct jws_key key;
    struct buf request;
    struct enrol_grant grant;
    struct bundle b;
    char code[ENROL_CODE_CHARS];
    const char *why;

    assert_int_equal(settings_set(&r->server, "thon.t01", "Nước Giáp", &why), ERR_OK);
    assert_int_equal(settings_set(&r->server, "content.other-key", OTHER_KEY, &why),
                     ERR_OK);
    assert_int_equal(settings_set(&r->server, "unit.u01", "Hội Phụ nữ xã", &why),
                     ERR_OK);
    assert_int_equal(
        settings_set(&r->server, "target.all.2026-h2", "120; 2026-12-31; KH 06", &why),
        ERR_OK);
    assert_int_equal(settings_set(&r->server, "base.t07.2026",
                                  "-; 360; 240; 2026-01-15; Công an xã", &why),
                     ERR_OK);
    buf_init(&request, ENROL_BYTES_MAX);
    jws_key_make(&key);
    assert_int_equal(enrolment_code(&r->server, code), ERR_OK);
    make_request(&key, code, "n7", &request);
    assert_int_equal(ask(r, &request), ENROLMENT_WAITING);
    assert_int_equal(ask(r, &request), ENROLMENT_WAITING);
    confirm(r, &key);
    assert_int_equal(ask(r, &request), ENROLMENT_GRANTED);
    grant = read_grant(r);
    assert_string_equal(grant.nonce, "n7");
    assert_string_equal(grant.commune, RIG_COMMUNE);
    assert_memory_equal(grant.server_key, r->server.key.public_key, JWS_PUBLIC_BYTES);
    assert_non_null(strstr(grant.settings, "\"t01\":\"Nước Giáp\""));
    assert_non_null(strstr(grant.settings, "\"units\":{\"u01\":\"Hội Phụ nữ xã\"}"));
    assert_non_null(strstr(grant.settings,
                           "\"targets\":[{\"group\":\"\",\"period\":\"2026-H2\","
                           "\"value\":120,\"due\":\"2026-12-31\","
                           "\"document\":\"KH 06\"}]"));
    assert_non_null(strstr(grant.settings,
                           "\"bases\":[{\"thon\":\"t07\",\"year\":2026,"
                           "\"people\":360,\"adults\":240,\"day\":\"2026-01-15\","
                           "\"source\":\"Công an xã\"}]"));
    assert_int_equal(grant.settings_ver, 5);
    assert_null(grant.content_key);
    assert_string_equal(grant.other_key, OTHER_KEY);
    assert_int_equal(ask(r, &request), ENROLMENT_GRANTED); /* an answer may be lost */

    r->key = key;
    snprintf(r->kiosk, sizeof(r->kiosk), "%s", grant.kiosk);
    b = rig_bundle(r, 1, 1, 1);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    buf_finish(&request);
}

static void test_a_waiting_kiosk_may_not_send(void **state)
{
    struct rig *r = *state;
    struct jws_key key;
    struct buf request;
    struct bundle b;
    char code[ENROL_CODE_CHARS];

    buf_init(&request, ENROL_BYTES_MAX);
    jws_key_make(&key);
    assert_int_equal(enrolment_code(&r->server, code), ERR_OK);
    make_request(&key, code, "n", &request);
    assert_int_equal(ask(r, &request), ENROLMENT_WAITING);
    r->key = key;
    b = rig_bundle(r, 1, 1, 1);
    assert_int_equal(rig_send(r, &b), INGEST_UNKNOWN);
    buf_finish(&request);
}

static void test_new_bytes_wait_even_for_a_kiosk_that_is_in(void **state)
{
    struct rig *r = *state;
    struct buf request;
    struct enrol_grant grant;
    char code[ENROL_CODE_CHARS];

    buf_init(&request, ENROL_BYTES_MAX);
    assert_int_equal(enrolment_code(&r->server, code), ERR_OK);
    make_request(&r->key, code, "again", &request);
    assert_int_equal(ask(r, &request), ENROLMENT_WAITING);
    assert_int_equal(ask(r, &request), ENROLMENT_GRANTED);
    grant = read_grant(r);
    assert_string_equal(grant.kiosk, r->kiosk); /* the old id */
    buf_finish(&request);
}

static void test_a_code_dies_after_fifteen_minutes(void **state)
{
    struct rig *r = *state;
    struct jws_key key;
    struct buf request;
    char code[ENROL_CODE_CHARS];

    buf_init(&request, ENROL_BYTES_MAX);
    jws_key_make(&key);
    assert_int_equal(enrolment_code(&r->server, code), ERR_OK);
    make_request(&key, code, "n", &request);
    r->wall_ms += 15 * MINUTE_MS - 1;
    assert_int_equal(ask(r, &request), ENROLMENT_WAITING);
    r->wall_ms += 1;
    assert_int_equal(ask(r, &request), ENROLMENT_OVER);
    buf_finish(&request);
}

static void test_a_code_dies_after_five_wrong_tries(void **state)
{
    struct rig *r = *state;
    struct jws_key key;
    struct buf request;
    char code[ENROL_CODE_CHARS];

    buf_init(&request, ENROL_BYTES_MAX);
    jws_key_make(&key);
    assert_int_equal(enrolment_code(&r->server, code), ERR_OK);
    for (int i = 0; i < 5; i++) {
        make_request(&key, "00000000", "n", &request);
        assert_int_equal(ask(r, &request), ENROLMENT_REFUSED);
    }
    make_request(&key, code, "n", &request);
    assert_int_equal(ask(r, &request), ENROLMENT_OVER);
    buf_finish(&request);
}

static void test_a_code_serves_one_machine(void **state)
{
    struct rig *r = *state;
    struct jws_key first;
    struct jws_key second;
    struct buf request;
    char code[ENROL_CODE_CHARS];

    buf_init(&request, ENROL_BYTES_MAX);
    jws_key_make(&first);
    jws_key_make(&second);
    assert_int_equal(enrolment_code(&r->server, code), ERR_OK);
    make_request(&first, code, "n", &request);
    assert_int_equal(ask(r, &request), ENROLMENT_WAITING);
    make_request(&second, code, "n", &request);
    assert_int_equal(ask(r, &request), ENROLMENT_REFUSED);
    make_request(&first, code, "n", &request);
    assert_int_equal(ask(r, &request), ENROLMENT_WAITING);
    buf_finish(&request);
}

static void test_a_number_is_confirmed_once_and_in_time(void **state)
{
    struct rig *r = *state;
    struct jws_key key;
    struct buf request;
    char code[ENROL_CODE_CHARS];
    char number[ENROL_NUMBER_CHARS];
    char kiosk[BUNDLE_ID_MAX + 1];

    buf_init(&request, ENROL_BYTES_MAX);
    jws_key_make(&key);
    enrol_number(key.public_key, r->server.key.public_key, number);
    assert_int_equal(enrolment_confirm(&r->server, number, kiosk), ERR_REJECTED);
    assert_int_equal(enrolment_code(&r->server, code), ERR_OK);
    make_request(&key, code, "n", &request);
    assert_int_equal(ask(r, &request), ENROLMENT_WAITING);
    r->wall_ms += 16 * MINUTE_MS;
    assert_int_equal(enrolment_confirm(&r->server, number, kiosk), ERR_REJECTED);
    r->wall_ms -= 2 * MINUTE_MS;
    assert_int_equal(enrolment_confirm(&r->server, number, kiosk), ERR_OK);
    assert_int_equal(strlen(kiosk), 17);
    assert_int_equal(enrolment_confirm(&r->server, number, kiosk), ERR_REJECTED);
    buf_finish(&request);
}

static void test_a_revoked_key_stays_out(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 1);
    struct buf request;
    char code[ENROL_CODE_CHARS];

    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    assert_int_equal(
        store_run(r->server.store, Q_KIOSK_REVOKE, NULL, NULL, PARAM_TEXT(r->kiosk)),
        ERR_OK);
    assert_int_equal(rig_send(r, &b), INGEST_UNKNOWN);
    buf_init(&request, ENROL_BYTES_MAX);
    assert_int_equal(enrolment_code(&r->server, code), ERR_OK);
    make_request(&r->key, code, "n", &request);
    assert_int_equal(ask(r, &request), ENROLMENT_REFUSED);
    buf_finish(&request);
}

static void test_noise_is_no_request(void **state)
{
    static const char *const rows[] = { "", "x", "a.b.c", "{\"code\":\"ABCDEFGH\"}" };
    struct rig *r = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf bytes;

        buf_init(&bytes, 100);
        buf_str(&bytes, rows[i]);
        assert_int_equal(ask(r, &bytes), ENROLMENT_WRONG);
        buf_finish(&bytes);
    }
}

#define T(f) cmocka_unit_test_setup_teardown(f, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_a_confirmed_kiosk_gets_its_grant_and_may_send),
        T(test_a_waiting_kiosk_may_not_send),
        T(test_new_bytes_wait_even_for_a_kiosk_that_is_in),
        T(test_a_code_dies_after_fifteen_minutes),
        T(test_a_code_dies_after_five_wrong_tries),
        T(test_a_code_serves_one_machine),
        T(test_a_number_is_confirmed_once_and_in_time),
        T(test_a_revoked_key_stays_out),
        T(test_noise_is_no_request),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
