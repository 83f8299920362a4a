/* Enrolment (PROTOCOL §4): the kiosk sends its public key under a short code; both
 * screens show one number made from both keys; the confirmed grant carries what the
 * kiosk needs to know. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "wire/jws.h"

struct arena;
struct buf;

#define ENROL_CODE_CHARS 9    /* 8 Crockford symbols and the NUL */
#define ENROL_NUMBER_CHARS 9  /* 8 digits and the NUL */

struct enrol_request { /* payload of JWS_ENROL, signed by the kiosk's new key */
    const char *code;
    unsigned char public_key[JWS_PUBLIC_BYTES];
    const char *nonce;
};

struct enrol_grant { /* payload of JWS_GRANT, signed by the server's key */
    const char *kiosk;   /* id given to the machine, "k" + 16 hex digits */
    const char *commune; /* "21520" */
    unsigned char server_key[JWS_PUBLIC_BYTES];
    const char *tls_pin;     /* CURLOPT_PINNEDPUBLICKEY form, or NULL */
    const char *content_key; /* minisign public key line, or NULL */
    const char *settings;    /* JSON object: thon, groups, units, targets; raw */
    int64_t settings_ver;
    const char *nonce; /* echo */
};

/* The 8 digits that both screens show: from SHA-256 over both keys. */
void enrol_number(const unsigned char kiosk_key[JWS_PUBLIC_BYTES],
                  const unsigned char server_key[JWS_PUBLIC_BYTES],
                  char out[ENROL_NUMBER_CHARS]);

NODISCARD enum err enrol_request_encode(const struct enrol_request *r, struct buf *out);
NODISCARD enum err enrol_request_decode(const char *json, size_t n, struct arena *arena,
                                        struct enrol_request *out);
NODISCARD enum err enrol_grant_encode(const struct enrol_grant *g, struct buf *out);
NODISCARD enum err enrol_grant_decode(const char *json, size_t n, struct arena *arena,
                                      struct enrol_grant *out);
