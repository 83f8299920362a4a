/* JWS compact serialisation (RFC 7515) with EdDSA over Ed25519 (RFC 8037). The raw
 * bytes are signed, so any JOSE library can check one. Nothing is parsed before the
 * signature is verified, except the header, which is bounded. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct buf;

#define JWS_PUBLIC_BYTES 32
#define JWS_SECRET_BYTES 64
#define JWS_KID_CHARS 44 /* base64url of a SHA-256, with the NUL */

struct jws_key {
    unsigned char public_key[JWS_PUBLIC_BYTES];
    unsigned char secret_key[JWS_SECRET_BYTES]; /* zero when only the public half */
    char kid[JWS_KID_CHARS];                    /* RFC 7638 thumbprint */
};

enum jws_type { JWS_TOTALS, JWS_ACK, JWS_ENROL, JWS_GRANT, JWS_TIME, JWS_TYPE_COUNT };

void jws_key_make(struct jws_key *out);
/* Fills in `kid`. */
void jws_key_public(const unsigned char public_key[JWS_PUBLIC_BYTES],
                    struct jws_key *out);
/* Reads or, when the file is not there, makes and stores (0600) a device key.
 * Errors: ERR_CORRUPT, ERR_FULL. */
NODISCARD enum err jws_key_load(const char *path, struct jws_key *out);

/* Appends header.payload.signature. */
void jws_sign(const struct jws_key *key, enum jws_type type, const char *payload,
              size_t n, struct buf *out);

/* Splits and bounds the message and reads `kid`, so that the caller can choose a key.
 * Unknown `alg`, `typ` or any `crit` is refused. Errors: ERR_REJECTED. */
NODISCARD enum err jws_peek(const char *jws, size_t n, enum jws_type want,
                            char kid_out[JWS_KID_CHARS]);

/* Verifies and appends the payload to `payload_out`. Errors: ERR_REJECTED. */
NODISCARD enum err jws_verify(const char *jws, size_t n, enum jws_type want,
                              const struct jws_key *key, struct buf *payload_out);
