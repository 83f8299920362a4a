/* Enrolment messages, and the number that people compare. */
#include "cmocka_all.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"
#include "wire/enrol.h"

static void sign_request(const struct jws_key *signer, const struct jws_key *named,
                         const char *code, struct buf *jws)
{
    struct enrol_request r = { .code = code, .nonce = "n1" };
    struct buf payload;

    memcpy(r.public_key, named->public_key, JWS_PUBLIC_BYTES);
    buf_init(&payload, ENROL_BYTES_MAX);
    buf_init(jws, ENROL_BYTES_MAX);
    assert_int_equal(enrol_request_encode(&r, &payload), ERR_OK);
    jws_sign(signer, JWS_ENROL, payload.data, payload.len, jws);
    buf_finish(&payload);
}

static void test_a_request_is_opened_without_knowing_its_key(void **state)
{
    struct arena arena = { 0 };
    struct enrol_request r;
    struct jws_key key;
    struct buf jws;

    (void)state;
    jws_key_make(&key);
    sign_request(&key, &key, "7k3m-9qpx", &jws);
    assert_int_equal(enrol_request_open(jws.data, jws.len, &arena, &r), ERR_OK);
    assert_string_equal(r.code, "7K3M9QPX");
    assert_string_equal(r.nonce, "n1");
    assert_memory_equal(r.public_key, key.public_key, JWS_PUBLIC_BYTES);
    buf_finish(&jws);
    arena_finish(&arena);
}

static void test_nobody_can_enrol_the_key_of_another(void **state)
{
    struct arena arena = { 0 };
    struct enrol_request r;
    struct jws_key mine;
    struct jws_key yours;
    struct buf jws;

    (void)state;
    jws_key_make(&mine);
    jws_key_make(&yours);
    sign_request(&mine, &yours, "7K3M9QPX", &jws);
    assert_int_equal(enrol_request_open(jws.data, jws.len, &arena, &r), ERR_REJECTED);
    buf_finish(&jws);
    arena_finish(&arena);
}

static const struct code_row {
    const char *name;
    const char *typed;
    const char *want; /* NULL: refused */
} code_rows[] = {
    { "as shown", "7K3M9QPX", "7K3M9QPX" },
    { "small letters", "7k3m9qpx", "7K3M9QPX" },
    { "with a stroke", "7K3M-9QPX", "7K3M9QPX" },
    { "letters that look like digits", "OIL00000", "01100000" },
    { "too short", "7K3M9QP", NULL },
    { "too long", "7K3M9QPXX", NULL },
    { "a letter that is none", "7K3M9QPU", NULL },
    { "a space", "7K3M 9QPX", NULL },
    { "nothing", "", NULL },
    { "Vietnamese letters", "\xc4\x91K3M9QPX", NULL },
};

static void check_code(void **state)
{
    const struct code_row *r = *state;
    char out[ENROL_CODE_CHARS] = "";

    assert_int_equal(enrol_code_normalise(r->typed, out),
                     r->want ? ERR_OK : ERR_REJECTED);
    assert_string_equal(out, r->want ? r->want : "");
}

static void test_both_sides_compute_the_same_eight_digits(void **state)
{
    unsigned char kiosk[JWS_PUBLIC_BYTES] = { 1 };
    unsigned char server[JWS_PUBLIC_BYTES] = { 2 };
    char first[ENROL_NUMBER_CHARS];
    char again[ENROL_NUMBER_CHARS];

    (void)state;
    enrol_number(kiosk, server, first);
    assert_int_equal(strspn(first, "0123456789"), 8);
    assert_int_equal(strlen(first), 8);
    assert_string_equal(first, "10993332");
    server[31] = 1; /* a man in the middle has another key */
    enrol_number(kiosk, server, again);
    assert_string_not_equal(first, again);
    server[31] = 0;
    kiosk[31] = 1;
    enrol_number(kiosk, server, again);
    assert_string_not_equal(first, again);
}

static void test_the_waiting_answer_carries_the_servers_key(void **state)
{
    static const char *const bad[] = {
        "",
        "{}",
        "[]",
        "<html>",
        "{\"server_key\":1}",
        "{\"server_key\":\"AA\"}",
        "{\"server_key\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"}",
    };
    unsigned char key[JWS_PUBLIC_BYTES] = { 7, 8, 9 };
    unsigned char got[JWS_PUBLIC_BYTES];
    struct buf out;

    (void)state;
    buf_init(&out, 256);
    assert_int_equal(enrol_waiting_encode(key, &out), ERR_OK);
    assert_int_equal(enrol_waiting_decode(out.data, out.len, got), ERR_OK);
    assert_memory_equal(got, key, sizeof(key));
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_int_equal(enrol_waiting_decode(bad[i], strlen(bad[i]), got),
                         ERR_REJECTED);
    buf_finish(&out);
}

static struct enrol_grant example_grant(void)
{
    return (struct enrol_grant){
        .kiosk = "k7f3a9c2e51b04d8",
        .commune = "21520",
        .server_key = { 1, 2, 3 },
        .tls_pin = "sha256//AAAA=",
        .content_key = NULL,
        .other_key = "RWQcommune",
        .settings = "{\"thon\":[[\"t01\",\"Th\xc3\xb4n 1\"]],\"open\":true,\"n\":3,"
                    "\"none\":null}",
        .settings_ver = 17,
        .nonce = "n1",
    };
}

static void test_a_grant_comes_out_as_it_went_in(void **state)
{
    struct enrol_grant in = example_grant();
    struct arena arena = { 0 };
    struct enrol_grant g;
    struct buf out;

    (void)state;
    buf_init(&out, 4096);
    assert_int_equal(enrol_grant_encode(&in, &out), ERR_OK);
    assert_int_equal(enrol_grant_decode(out.data, out.len, &arena, &g), ERR_OK);
    assert_string_equal(g.kiosk, in.kiosk);
    assert_string_equal(g.commune, in.commune);
    assert_memory_equal(g.server_key, in.server_key, JWS_PUBLIC_BYTES);
    assert_string_equal(g.tls_pin, in.tls_pin);
    assert_null(g.content_key);
    assert_string_equal(g.other_key, in.other_key);
    assert_string_equal(g.settings, in.settings);
    assert_int_equal(g.settings_ver, 17);
    assert_string_equal(g.nonce, "n1");
    buf_finish(&out);
    arena_finish(&arena);
}

static void test_a_pin_that_names_a_file_is_refused(void **state)
{
    struct enrol_grant in = example_grant();
    struct arena arena = { 0 };
    struct enrol_grant g;
    struct buf out;

    (void)state;
    buf_init(&out, 4096);
    in.tls_pin = "/etc/ssl/private/key.pem";
    assert_int_equal(enrol_grant_encode(&in, &out), ERR_OK);
    assert_int_equal(enrol_grant_decode(out.data, out.len, &arena, &g), ERR_REJECTED);
    buf_finish(&out);
    arena_finish(&arena);
}

static void test_settings_that_are_no_object_are_refused(void **state)
{
    static const char *const bad[] = { "",
                                       "[]",
                                       "{",
                                       "{} {}",
                                       "{\"a\":1},\"kiosk\":\"x\"",
                                       "{\"a\":{\"b\":{\"c\":{\"d\":1}}}}" };
    struct enrol_grant g = example_grant();
    struct buf out;

    (void)state;
    buf_init(&out, 4096);
    for (size_t i = 0; i < COUNT(bad); i++) {
        g.settings = bad[i];
        assert_int_equal(enrol_grant_encode(&g, &out), ERR_REJECTED);
        assert_int_equal(out.len, 0);
    }
    buf_finish(&out);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(code_rows) + 7] = {
        cmocka_unit_test(test_a_request_is_opened_without_knowing_its_key),
        cmocka_unit_test(test_nobody_can_enrol_the_key_of_another),
        cmocka_unit_test(test_both_sides_compute_the_same_eight_digits),
        cmocka_unit_test(test_the_waiting_answer_carries_the_servers_key),
        cmocka_unit_test(test_a_grant_comes_out_as_it_went_in),
        cmocka_unit_test(test_a_pin_that_names_a_file_is_refused),
        cmocka_unit_test(test_settings_that_are_no_object_are_refused),
    };

    for (size_t i = 0; i < COUNT(code_rows); i++)
        tests[7 + i] = (struct CMUnitTest){ .name = code_rows[i].name,
                                            .test_func = check_code,
                                            .initial_state = (void *)&code_rows[i] };
    hash_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
