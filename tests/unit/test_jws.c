/* Signing and verifying: RFC 8037 appendix A, and messages made by an attacker who can
 * sign with a key of his own, or change what another signed. */
#include "cmocka_all.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/encoding.h"
#include "base/hash.h"
#include "wire/jws.h"

#define RFC_D "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
#define RFC_X "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
#define RFC_KID "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
#define RFC_INPUT "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
#define RFC_SIGNATURE                                                                 \
    "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_" \
    "MuM0KAg"

static struct jws_key rfc_key(void)
{
    unsigned char seed[JWS_SEED_BYTES];
    struct jws_key key;

    assert_int_equal(jws_public_parse(RFC_D, seed), ERR_OK); /* 32 bytes as well */
    jws_key_from_seed(seed, &key);
    return key;
}

static void test_the_key_of_rfc_8037_has_its_public_half_and_thumbprint(void **state)
{
    struct jws_key key = rfc_key();
    unsigned char x[JWS_PUBLIC_BYTES];
    struct jws_key half;

    (void)state;
    assert_int_equal(jws_public_parse(RFC_X, x), ERR_OK);
    assert_memory_equal(key.public_key, x, sizeof(x));
    assert_string_equal(key.kid, RFC_KID);
    jws_key_public(x, &half);
    assert_string_equal(half.kid, RFC_KID);
}

static void test_the_key_of_rfc_8037_signs_as_the_rfc_says(void **state)
{
    struct jws_key key = rfc_key();
    unsigned char signature[crypto_sign_BYTES];
    struct buf text;

    (void)state;
    crypto_sign_detached(signature, NULL, (const unsigned char *)RFC_INPUT,
                         strlen(RFC_INPUT), key.secret_key);
    buf_init(&text, 128);
    encoding_base64url(signature, sizeof(signature), &text);
    assert_string_equal(buf_text(&text), RFC_SIGNATURE);
    buf_finish(&text);
}

static void test_a_message_without_our_type_is_refused(void **state)
{
    const char *jws = RFC_INPUT "." RFC_SIGNATURE;
    struct jws_key key = rfc_key();
    char kid[JWS_KID_CHARS];
    struct buf payload;

    (void)state;
    buf_init(&payload, 1024);
    for (enum jws_type type = 0; type < JWS_TYPE_COUNT; type++) {
        assert_int_equal(jws_peek(jws, strlen(jws), type, kid), ERR_REJECTED);
        assert_int_equal(jws_verify(jws, strlen(jws), type, &key, &payload),
                         ERR_REJECTED);
    }
    assert_int_equal(payload.len, 0);
    buf_finish(&payload);
}

static void test_each_type_verifies_as_itself_and_as_nothing_else(void **state)
{
    struct jws_key key = rfc_key();
    char kid[JWS_KID_CHARS];
    struct buf payload;
    struct buf jws;

    (void)state;
    buf_init(&payload, 1024);
    buf_init(&jws, 4096);
    for (enum jws_type made = 0; made < JWS_TYPE_COUNT; made++) {
        buf_clear(&jws);
        jws_sign(&key, made, "{\"a\":1}", 7, &jws);
        for (enum jws_type want = 0; want < JWS_TYPE_COUNT; want++) {
            enum err expected = made == want ? ERR_OK : ERR_REJECTED;

            buf_clear(&payload);
            assert_int_equal(jws_peek(jws.data, jws.len, want, kid), expected);
            assert_int_equal(jws_verify(jws.data, jws.len, want, &key, &payload),
                             expected);
            assert_string_equal(buf_text(&payload), made == want ? "{\"a\":1}" : "");
        }
        assert_string_equal(kid, RFC_KID);
    }
    buf_finish(&jws);
    buf_finish(&payload);
}

static void test_another_key_does_not_verify(void **state)
{
    struct jws_key key = rfc_key();
    struct jws_key other;
    struct buf payload;
    struct buf jws;

    (void)state;
    jws_key_make(&other);
    buf_init(&payload, 1024);
    buf_init(&jws, 4096);
    jws_sign(&key, JWS_ACK, "{}", 2, &jws);
    assert_int_equal(jws_verify(jws.data, jws.len, JWS_ACK, &other, &payload),
                     ERR_REJECTED);
    memcpy(other.kid, key.kid, sizeof(other.kid)); /* a forged name does not help */
    assert_int_equal(jws_verify(jws.data, jws.len, JWS_ACK, &other, &payload),
                     ERR_REJECTED);
    buf_finish(&jws);
    buf_finish(&payload);
}

static void test_every_changed_character_is_noticed(void **state)
{
    struct jws_key key = rfc_key();
    struct buf payload;
    struct buf jws;

    (void)state;
    buf_init(&payload, 1024);
    buf_init(&jws, 4096);
    jws_sign(&key, JWS_TOTALS, "{\"n\":412}", 9, &jws);
    for (size_t i = 0; i < jws.len; i++) {
        char before = jws.data[i];

        jws.data[i] = before == 'A' ? 'B' : 'A';
        assert_int_equal(jws_verify(jws.data, jws.len, JWS_TOTALS, &key, &payload),
                         ERR_REJECTED);
        jws.data[i] = before;
    }
    assert_int_equal(payload.len, 0);
    buf_finish(&jws);
    buf_finish(&payload);
}

static void test_every_cut_and_every_addition_is_noticed(void **state)
{
    struct jws_key key = rfc_key();
    struct buf payload;
    struct buf jws;

    (void)state;
    buf_init(&payload, 1024);
    buf_init(&jws, 4096);
    jws_sign(&key, JWS_TOTALS, "{\"n\":412}", 9, &jws);
    for (size_t n = 0; n < jws.len; n++) {
        char *exact = malloc(n + 1); /* so that reading beyond is seen */

        assert_non_null(exact);
        memcpy(exact, jws.data, n);
        assert_int_equal(jws_verify(exact, n, JWS_TOTALS, &key, &payload),
                         ERR_REJECTED);
        free(exact);
    }
    buf_str(&jws, "\n");
    assert_int_equal(jws_verify(jws.data, jws.len, JWS_TOTALS, &key, &payload),
                     ERR_REJECTED);
    buf_finish(&jws);
    buf_finish(&payload);
}

/* A message with any header, correctly signed. */
static void sign_header(const struct jws_key *key, const char *header,
                        const char *payload, struct buf *out)
{
    unsigned char signature[crypto_sign_BYTES];

    encoding_base64url(header, strlen(header), out);
    buf_char(out, '.');
    encoding_base64url(payload, strlen(payload), out);
    crypto_sign_detached(signature, NULL, (const unsigned char *)out->data, out->len,
                         key->secret_key);
    buf_char(out, '.');
    encoding_base64url(signature, sizeof(signature), out);
}

#define TYP "\"typ\":\"bdhvs-ack+json\""
#define KID "\"kid\":\"" RFC_KID "\""
#define ALG "\"alg\":\"EdDSA\""

static const struct header_row {
    const char *name;
    const char *header;
    enum err want;
} header_rows[] = {
    { "the plain header is taken", "{" ALG "," KID "," TYP "}", ERR_OK },
    { "members in another order", "{" TYP "," KID "," ALG "}", ERR_OK },
    { "an unknown member is ignored", "{" ALG "," KID "," TYP ",\"x5t\":\"a\"}",
      ERR_OK },
    { "alg none", "{\"alg\":\"none\"," KID "," TYP "}", ERR_REJECTED },
    { "alg HS256", "{\"alg\":\"HS256\"," KID "," TYP "}", ERR_REJECTED },
    { "alg in other letters", "{\"alg\":\"eddsa\"," KID "," TYP "}", ERR_REJECTED },
    { "no alg", "{" KID "," TYP "}", ERR_REJECTED },
    { "alg is no text", "{\"alg\":1," KID "," TYP "}", ERR_REJECTED },
    { "alg twice", "{\"alg\":\"none\"," ALG "," KID "," TYP "}", ERR_REJECTED },
    { "no typ", "{" ALG "," KID "}", ERR_REJECTED },
    { "an unknown typ", "{" ALG "," KID ",\"typ\":\"JWT\"}", ERR_REJECTED },
    { "crit", "{" ALG "," KID "," TYP ",\"crit\":[\"exp\"]}", ERR_REJECTED },
    { "an empty crit", "{" ALG "," KID "," TYP ",\"crit\":[]}", ERR_REJECTED },
    { "unencoded payload (RFC 7797)",
      "{" ALG "," KID "," TYP ",\"b64\":false,\"crit\":[\"b64\"]}", ERR_REJECTED },
    { "no kid", "{" ALG "," TYP "}", ERR_REJECTED },
    { "a short kid", "{" ALG ",\"kid\":\"kPrK\"," TYP "}", ERR_REJECTED },
    { "a kid with a tail", "{" ALG ",\"kid\":\"" RFC_KID "A\"," TYP "}", ERR_REJECTED },
    { "nested deeply", "{" ALG "," KID "," TYP ",\"a\":[[[[[[1]]]]]]}", ERR_REJECTED },
    { "no object", "[" ALG "]", ERR_REJECTED },
    { "a bad key in jwk",
      "{" ALG "," KID "," TYP
      ",\"jwk\":{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\"}}",
      ERR_REJECTED },
    { "another curve in jwk",
      "{" ALG "," KID "," TYP
      ",\"jwk\":{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"" RFC_X "\"}}",
      ERR_REJECTED },
};

static void check_header(void **state)
{
    const struct header_row *r = *state;
    struct jws_key key = rfc_key();
    struct buf payload;
    struct buf jws;

    buf_init(&payload, 1024);
    buf_init(&jws, 4096);
    sign_header(&key, r->header, "{}", &jws);
    assert_int_equal(jws_verify(jws.data, jws.len, JWS_ACK, &key, &payload), r->want);
    buf_finish(&jws);
    buf_finish(&payload);
}

static void test_a_long_header_is_refused_before_it_is_parsed(void **state)
{
    struct jws_key key = rfc_key();
    struct buf header;
    struct buf payload;
    struct buf jws;

    (void)state;
    buf_init(&header, 4096);
    buf_init(&payload, 1024);
    buf_init(&jws, 8192);
    buf_str(&header, "{" ALG "," KID "," TYP ",\"pad\":\"");
    for (int i = 0; i < 400; i++)
        buf_char(&header, 'x');
    buf_str(&header, "\"}");
    sign_header(&key, buf_text(&header), "{}", &jws);
    assert_int_equal(jws_verify(jws.data, jws.len, JWS_ACK, &key, &payload),
                     ERR_REJECTED);
    buf_finish(&jws);
    buf_finish(&payload);
    buf_finish(&header);
}

static void test_enrolment_is_verified_by_the_key_in_its_header(void **state)
{
    struct jws_key key;
    struct jws_key found;
    struct buf payload;
    struct buf jws;

    (void)state;
    jws_key_make(&key);
    buf_init(&payload, 1024);
    buf_init(&jws, 4096);
    jws_sign(&key, JWS_ENROL, "{\"a\":1}", 7, &jws);
    assert_int_equal(jws_verify_own(jws.data, jws.len, &found, &payload), ERR_OK);
    assert_memory_equal(found.public_key, key.public_key, JWS_PUBLIC_BYTES);
    assert_string_equal(buf_text(&payload), "{\"a\":1}");
    for (size_t i = 0; i < jws.len; i++) {
        char before = jws.data[i];

        jws.data[i] = before == 'A' ? 'B' : 'A';
        assert_int_equal(jws_verify_own(jws.data, jws.len, &found, &payload),
                         ERR_REJECTED);
        jws.data[i] = before;
    }
    buf_clear(&jws);
    jws_sign(&key, JWS_ACK, "{}", 2, &jws); /* carries no key */
    assert_int_equal(jws_verify_own(jws.data, jws.len, &found, &payload), ERR_REJECTED);
    buf_finish(&jws);
    buf_finish(&payload);
}

static void test_a_payload_beyond_the_ceiling_is_refused(void **state)
{
    struct jws_key key = rfc_key();
    struct buf payload;
    struct buf jws;

    (void)state;
    buf_init(&payload, 6);
    buf_init(&jws, 4096);
    jws_sign(&key, JWS_ACK, "{\"a\":1}", 7, &jws);
    assert_int_equal(jws_verify(jws.data, jws.len, JWS_ACK, &key, &payload),
                     ERR_REJECTED);
    buf_finish(&jws);
    buf_finish(&payload);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(header_rows) + 10] = {
        cmocka_unit_test(test_the_key_of_rfc_8037_has_its_public_half_and_thumbprint),
        cmocka_unit_test(test_the_key_of_rfc_8037_signs_as_the_rfc_says),
        cmocka_unit_test(test_a_message_without_our_type_is_refused),
        cmocka_unit_test(test_each_type_verifies_as_itself_and_as_nothing_else),
        cmocka_unit_test(test_another_key_does_not_verify),
        cmocka_unit_test(test_every_changed_character_is_noticed),
        cmocka_unit_test(test_every_cut_and_every_addition_is_noticed),
        cmocka_unit_test(test_a_long_header_is_refused_before_it_is_parsed),
        cmocka_unit_test(test_enrolment_is_verified_by_the_key_in_its_header),
        cmocka_unit_test(test_a_payload_beyond_the_ceiling_is_refused),
    };

    for (size_t i = 0; i < COUNT(header_rows); i++)
        tests[10 + i] = (struct CMUnitTest){ .name = header_rows[i].name,
                                             .test_func = check_header,
                                             .initial_state = (void *)&header_rows[i] };
    hash_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
