/* Enrolment (PROTOCOL §4): the kiosk sends its public key under a short code; both
 * screens show one number made from both keys; the confirmed grant carries what the
 * kiosk needs to know.
 *
 * HTTP: the kiosk repeats one request, byte for byte, until it is answered for good.
 *   POST /v1/enrol
 *   Content-Type: application/jose
 *   <JWS of type JWS_ENROL, at most ENROL_BYTES_MAX, signed by the kiosk's own key, which
 *    stands in the header as `jwk`: see enrol_request_open>
 * Answers
 *   202 application/json {"server_key":"<base64url of 32 bytes>"}: the code is good, the
 *       administrator has not confirmed yet. Bytes that the server has not seen before
 *       ALWAYS get 202, even when that kiosk was confirmed already: the kiosk must know
 *       the key (and show the number made from it) before it can believe a grant.
 *       The kiosk asks again every ENROL_POLL_S seconds.
 *   200 application/jose <JWS of type JWS_GRANT>: confirmed; signed by exactly that
 *       server_key, `nonce` echoed. The same bytes get the same grant again until the
 *       code runs out (an answer may be lost on the way).
 *   400 not a request of ours · 403 refused: wrong code, or the administrator said no
 *   410 the code ran out (15 minutes) or was used up (5 wrong tries)
 *   413 too large · 429/503 with Retry-After: later
 * A kiosk key that is enrolled already gets its old kiosk id back. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "wire/jws.h"

struct arena;
struct buf;

#define ENROL_CODE_CHARS 9    /* 8 Crockford symbols and the NUL */
#define ENROL_NUMBER_CHARS 9  /* 8 digits and the NUL */
#define ENROL_BYTES_MAX 4096  /* of the request */
#define ENROL_GRANT_MAX 65536 /* bytes of the grant */
#define ENROL_POLL_S 3

struct enrol_request { /* payload of JWS_ENROL, signed by the kiosk's new key */
    const char *code;  /* as typed: any case, '-' and the look-alikes I L O allowed */
    unsigned char public_key[JWS_PUBLIC_BYTES];
    const char *nonce;
};

struct enrol_grant {     /* payload of JWS_GRANT, signed by the server's key */
    const char *kiosk;   /* id given to the machine, "k" + 16 hex digits */
    const char *commune; /* "21520" */
    unsigned char server_key[JWS_PUBLIC_BYTES];
    const char *tls_pin;     /* CURLOPT_PINNEDPUBLICKEY form, or NULL */
    const char *content_key; /* minisign public key line, or NULL */
    const char *other_key; /* the same, of others, whose packs stand beside; or NULL */
    const char *settings;  /* JSON object: thon, groups, units, targets; raw */
    int64_t settings_ver;
    const char *nonce; /* echo */
};

/* The 8 digits that both screens show: from SHA-256 over both keys. */
void enrol_number(const unsigned char kiosk_key[JWS_PUBLIC_BYTES],
                  const unsigned char server_key[JWS_PUBLIC_BYTES],
                  char out[ENROL_NUMBER_CHARS]);

/* The 8 symbols in the one spelling that is compared: capitals, no '-', O as 0, I and L
 * as 1. Errors: ERR_REJECTED. */
NODISCARD enum err enrol_code_normalise(const char *typed, char out[ENROL_CODE_CHARS]);

NODISCARD enum err enrol_request_encode(const struct enrol_request *r, struct buf *out);
/* `out->code` comes out normalised. */
NODISCARD enum err enrol_request_decode(const char *json, size_t n, struct arena *arena,
                                        struct enrol_request *out);
/* What the server does with the body of a POST: verifies it with the key in its header,
 * reads it, and checks that the payload names the same key. Errors: ERR_REJECTED. */
NODISCARD enum err enrol_request_open(const char *jws, size_t n, struct arena *arena,
                                      struct enrol_request *out);

/* The body of 202. */
NODISCARD enum err enrol_waiting_encode(
    const unsigned char server_key[JWS_PUBLIC_BYTES], struct buf *out);
NODISCARD enum err enrol_waiting_decode(const char *json, size_t n,
                                        unsigned char server_key_out[JWS_PUBLIC_BYTES]);

/* `settings` must be a JSON object. Errors: ERR_REJECTED (it is not), ERR_FULL. */
NODISCARD enum err enrol_grant_encode(const struct enrol_grant *g, struct buf *out);
NODISCARD enum err enrol_grant_decode(const char *json, size_t n, struct arena *arena,
                                      struct enrol_grant *out);
