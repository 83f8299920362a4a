/* Signing and verifying. Says nothing about what a payload means. */
#include "wire/jws.h"

#include <sodium.h>
#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/encoding.h"
#include "base/json.h"

#define HEADER_CHARS_MAX 512
#define SIGNATURE_CHARS 86 /* base64url of 64 bytes */
#define HEADER_DEPTH_MAX 2

static const char *const typ_names[JWS_TYPE_COUNT] = {
    [JWS_TOTALS] = "bdhvs-totals+json", [JWS_ACK] = "bdhvs-ack+json",
    [JWS_ENROL] = "bdhvs-enrol+json",   [JWS_GRANT] = "bdhvs-grant+json",
    [JWS_TIME] = "bdhvs-time+json",     [JWS_SETTINGS] = "bdhvs-settings+json",
};

/* The three parts, borrowed from the message. */
struct parts {
    const char *header;
    size_t n_header;
    const char *payload;
    size_t n_payload;
    const char *signature; /* SIGNATURE_CHARS */
    size_t n_signed;       /* header.payload */
};

struct header {
    char kid[JWS_KID_CHARS];
    bool has_key;
    unsigned char public_key[JWS_PUBLIC_BYTES];
};

static void put_header(const struct jws_key *key, enum jws_type type,
                       struct buf *header)
{
    struct buf x;

    json_open(header, NULL, '{');
    json_put_text(header, "alg", "EdDSA");
    if (type == JWS_ENROL) {
        buf_init(&x, JWS_KID_CHARS);
        encoding_base64url(key->public_key, JWS_PUBLIC_BYTES, &x);
        json_open(header, "jwk", '{');
        json_put_text(header, "crv", "Ed25519");
        json_put_text(header, "kty", "OKP");
        json_put_text(header, "x", buf_text(&x));
        json_close(header, '}');
        buf_finish(&x);
    }
    json_put_text(header, "kid", key->kid);
    json_put_text(header, "typ", typ_names[type]);
    json_close(header, '}');
    ASSERT(!header->overflow);
}

void jws_sign(const struct jws_key *key, enum jws_type type, const char *payload,
              size_t n, struct buf *out)
{
    struct buf header;

    ASSERT(type < JWS_TYPE_COUNT);
    buf_init(&header, HEADER_CHARS_MAX);
    put_header(key, type, &header);
    jws_sign_header(key, buf_text(&header), payload, n, out);
    buf_finish(&header);
}

void jws_sign_header(const struct jws_key *key, const char *header_json,
                     const char *payload, size_t n, struct buf *out)
{
    unsigned char signature[crypto_sign_BYTES];
    size_t start = out->len;

    encoding_base64url(header_json, strlen(header_json), out);
    buf_char(out, '.');
    encoding_base64url(payload, n, out);
    if (out->overflow)
        return;
    crypto_sign_detached(signature, NULL, (const unsigned char *)out->data + start,
                         out->len - start, key->secret_key);
    buf_char(out, '.');
    encoding_base64url(signature, sizeof(signature), out);
}

static enum err split(const char *jws, size_t n, struct parts *out)
{
    const char *first;
    const char *second;

    if (n > JWS_BYTES_MAX)
        return ERR_REJECTED;
    first = memchr(jws, '.', n);
    if (!first)
        return ERR_REJECTED;
    second = memchr(first + 1, '.', n - (size_t)(first + 1 - jws));
    if (!second || n - (size_t)(second + 1 - jws) != SIGNATURE_CHARS)
        return ERR_REJECTED;
    out->header = jws;
    out->n_header = (size_t)(first - jws);
    out->payload = first + 1;
    out->n_payload = (size_t)(second - first - 1);
    out->signature = second + 1;
    out->n_signed = (size_t)(second - jws);
    return out->n_header && out->n_header <= HEADER_CHARS_MAX ? ERR_OK : ERR_REJECTED;
}

static bool text_is(const json_value *v, const char *want)
{
    const char *text = json_text(v);

    return text && strcmp(text, want) == 0;
}

/* A `jwk` that is there must be a whole Ed25519 key. */
static enum err read_jwk(const json_value *jwk, struct header *out)
{
    const char *x = json_text(json_get(jwk, "x"));

    if (!jwk)
        return ERR_OK;
    if (!text_is(json_get(jwk, "kty"), "OKP") ||
        !text_is(json_get(jwk, "crv"), "Ed25519") || !x)
        return ERR_REJECTED;
    out->has_key = true;
    return jws_public_parse(x, out->public_key);
}

static enum err read_members(const json_value *doc, enum jws_type want,
                             struct header *out)
{
    const char *kid = json_text(json_get(doc, "kid"));

    if (!text_is(json_get(doc, "alg"), "EdDSA") ||
        !text_is(json_get(doc, "typ"), typ_names[want]) || json_get(doc, "crit"))
        return ERR_REJECTED;
    if (!kid || strlen(kid) != JWS_KID_CHARS - 1)
        return ERR_REJECTED;
    memcpy(out->kid, kid, JWS_KID_CHARS);
    return read_jwk(json_get(doc, "jwk"), out);
}

static enum err read_header(const struct parts *p, enum jws_type want,
                            struct header *out)
{
    json_value *doc = NULL;
    struct buf text;
    enum err err;

    ASSERT(want < JWS_TYPE_COUNT);
    *out = (struct header){ 0 };
    buf_init(&text, HEADER_CHARS_MAX);
    err = encoding_unbase64url(p->header, p->n_header, &text);
    if (!err)
        err = json_parse(buf_text(&text), text.len, HEADER_DEPTH_MAX, &doc, NULL, 0);
    if (!err)
        err = read_members(doc, want, out);
    json_free(doc);
    buf_finish(&text);
    return err;
}

static enum err check_signature(const struct parts *p,
                                const unsigned char key[JWS_PUBLIC_BYTES],
                                struct buf *payload_out)
{
    struct buf signature;
    enum err err;

    buf_init(&signature, crypto_sign_BYTES);
    err = encoding_unbase64url(p->signature, SIGNATURE_CHARS, &signature);
    if (!err &&
        crypto_sign_verify_detached((const unsigned char *)signature.data,
                                    (const unsigned char *)p->header, p->n_signed, key))
        err = ERR_REJECTED;
    buf_finish(&signature);
    return err ? err : encoding_unbase64url(p->payload, p->n_payload, payload_out);
}

enum err jws_peek(const char *jws, size_t n, enum jws_type want,
                  char kid_out[JWS_KID_CHARS])
{
    struct header header;
    struct parts parts;
    enum err err = split(jws, n, &parts);

    if (!err)
        err = read_header(&parts, want, &header);
    if (!err)
        memcpy(kid_out, header.kid, JWS_KID_CHARS);
    return err;
}

enum err jws_verify(const char *jws, size_t n, enum jws_type want,
                    const struct jws_key *key, struct buf *payload_out)
{
    struct header header;
    struct parts parts;
    enum err err = split(jws, n, &parts);

    if (!err)
        err = read_header(&parts, want, &header);
    if (err || strcmp(header.kid, key->kid))
        return ERR_REJECTED;
    return check_signature(&parts, key->public_key, payload_out);
}

enum err jws_verify_own(const char *jws, size_t n, struct jws_key *key_out,
                        struct buf *payload_out)
{
    struct header header = { 0 };
    struct parts parts;
    enum err err = split(jws, n, &parts);

    if (!err)
        err = read_header(&parts, JWS_ENROL, &header);
    if (err || !header.has_key)
        return ERR_REJECTED;
    jws_key_public(header.public_key, key_out);
    if (strcmp(header.kid, key_out->kid))
        return ERR_REJECTED;
    return check_signature(&parts, key_out->public_key, payload_out);
}
