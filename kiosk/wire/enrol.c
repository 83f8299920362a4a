/* Enrolment messages as JSON, and the number that both screens show. */
#include "wire/enrol.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/encoding.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "wire/wire_read.h"

#define NUMBER_BELOW 100000000U /* 8 digits */
#define CODE_BYTES 5            /* 8 symbols of 5 bits */
#define KEY_CHARS 64

void enrol_number(const unsigned char kiosk_key[JWS_PUBLIC_BYTES],
                  const unsigned char server_key[JWS_PUBLIC_BYTES],
                  char out[ENROL_NUMBER_CHARS])
{
    unsigned char both[2 * JWS_PUBLIC_BYTES];
    unsigned char digest[HASH_SHA256_BYTES];
    uint64_t v = 0;

    memcpy(both, kiosk_key, JWS_PUBLIC_BYTES);
    memcpy(both + JWS_PUBLIC_BYTES, server_key, JWS_PUBLIC_BYTES);
    hash_sha256(both, sizeof(both), digest);
    for (size_t i = 0; i < 8; i++)
        v = v << 8 | digest[i];
    snprintf(out, ENROL_NUMBER_CHARS, "%08u", (unsigned)(v % NUMBER_BELOW));
}

enum err enrol_code_normalise(const char *typed, char out[ENROL_CODE_CHARS])
{
    unsigned char bytes[CODE_BYTES];

    if (encoding_unbase32(typed, bytes, sizeof(bytes)))
        return ERR_REJECTED;
    encoding_base32(bytes, sizeof(bytes), out);
    return ERR_OK;
}

static void put_key(struct buf *out, const char *name,
                    const unsigned char key[JWS_PUBLIC_BYTES])
{
    struct buf text;

    buf_init(&text, KEY_CHARS);
    encoding_base64url(key, JWS_PUBLIC_BYTES, &text);
    json_put_text(out, name, buf_text(&text));
    buf_finish(&text);
}

enum err enrol_request_encode(const struct enrol_request *r, struct buf *out)
{
    json_open(out, NULL, '{');
    json_put_int(out, "schema", 1);
    json_put_text(out, "code", r->code);
    put_key(out, "public_key", r->public_key);
    json_put_text(out, "nonce", r->nonce);
    json_close(out, '}');
    return out->overflow ? ERR_FULL : ERR_OK;
}

enum err enrol_request_decode(const char *json, size_t n, struct arena *arena,
                              struct enrol_request *out)
{
    char code[ENROL_CODE_CHARS] = "";
    struct wire_reader r;

    *out = (struct enrol_request){ 0 };
    wire_open(&r, json, n, arena, NULL, 0);
    if (!r.failed) {
        if (enrol_code_normalise(wire_text(&r, json_get(r.doc, "code"), "code"), code))
            wire_fail(&r, "code");
        out->code = arena_strdup(arena, code);
        wire_key(&r, json_get(r.doc, "public_key"), "public_key", out->public_key);
        out->nonce = wire_nonce(&r, json_get(r.doc, "nonce"), "nonce");
    }
    return wire_close(&r);
}

enum err enrol_request_open(const char *jws, size_t n, struct arena *arena,
                            struct enrol_request *out)
{
    struct jws_key key;
    struct buf payload;
    enum err err;

    if (n > ENROL_BYTES_MAX)
        return ERR_REJECTED;
    buf_init(&payload, ENROL_BYTES_MAX);
    err = jws_verify_own(jws, n, &key, &payload);
    if (!err)
        err = enrol_request_decode(buf_text(&payload), payload.len, arena, out);
    if (!err && memcmp(out->public_key, key.public_key, JWS_PUBLIC_BYTES))
        err = ERR_REJECTED;
    buf_finish(&payload);
    return err;
}

enum err enrol_waiting_encode(const unsigned char server_key[JWS_PUBLIC_BYTES],
                              struct buf *out)
{
    json_open(out, NULL, '{');
    put_key(out, "server_key", server_key);
    json_close(out, '}');
    return out->overflow ? ERR_FULL : ERR_OK;
}

enum err enrol_waiting_decode(const char *json, size_t n,
                              unsigned char server_key_out[JWS_PUBLIC_BYTES])
{
    json_value *doc = NULL;
    const char *text;
    enum err err = json_parse(json, n, WIRE_DEPTH_MAX, &doc, NULL, 0);

    if (!err) {
        text = json_text(json_get(doc, "server_key"));
        err = text ? jws_public_parse(text, server_key_out) : ERR_REJECTED;
    }
    json_free(doc);
    return err;
}

enum err enrol_grant_encode(const struct enrol_grant *g, struct buf *out)
{
    json_value *settings = NULL;
    enum err err = json_parse(g->settings, strlen(g->settings), WIRE_DEPTH_MAX - 1,
                              &settings, NULL, 0);

    if (!err && json_kind_of(settings) != JSON_IS_OBJECT)
        err = ERR_REJECTED;
    json_free(settings);
    if (err)
        return err;
    json_open(out, NULL, '{');
    json_put_int(out, "schema", 1);
    json_put_text(out, "kiosk", g->kiosk);
    json_put_text(out, "commune", g->commune);
    put_key(out, "server_key", g->server_key);
    json_put_text(out, "tls_pin", g->tls_pin);
    json_put_text(out, "content_key", g->content_key);
    if (g->other_key)
        json_put_text(out, "other_content_key", g->other_key);
    json_put_raw(out, "settings", g->settings);
    json_put_int(out, "settings_ver", g->settings_ver);
    json_put_text(out, "nonce", g->nonce);
    json_close(out, '}');
    return out->overflow ? ERR_FULL : ERR_OK;
}

enum err enrol_grant_decode(const char *json, size_t n, struct arena *arena,
                            struct enrol_grant *out)
{
    struct wire_reader r;

    *out = (struct enrol_grant){ 0 };
    wire_open(&r, json, n, arena, NULL, 0);
    if (!r.failed) {
        out->kiosk = wire_id(&r, json_get(r.doc, "kiosk"), "kiosk");
        out->commune = wire_id(&r, json_get(r.doc, "commune"), "commune");
        wire_key(&r, json_get(r.doc, "server_key"), "server_key", out->server_key);
        out->tls_pin = wire_optional(&r, json_get(r.doc, "tls_pin"), "tls_pin");
        /* The other form that libcurl knows is the name of a file. */
        if (out->tls_pin && strncmp(out->tls_pin, "sha256//", 8))
            wire_fail(&r, "tls_pin");
        out->content_key =
            wire_optional(&r, json_get(r.doc, "content_key"), "content_key");
        out->other_key = wire_optional(&r, json_get(r.doc, "other_content_key"),
                                       "other_content_key");
        out->settings = wire_object(&r, json_get(r.doc, "settings"), "settings");
        out->settings_ver = wire_int(&r, json_get(r.doc, "settings_ver"),
                                     "settings_ver", 0, JSON_INT_MAX);
        out->nonce = wire_nonce(&r, json_get(r.doc, "nonce"), "nonce");
    }
    return wire_close(&r);
}
