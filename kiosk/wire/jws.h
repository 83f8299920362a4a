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
#define JWS_SEED_BYTES 32
#define JWS_KID_CHARS 44     /* base64url of a SHA-256, with the NUL */
#define JWS_BYTES_MAX 262144 /* of a whole message */

struct jws_key {
    unsigned char public_key[JWS_PUBLIC_BYTES];
    unsigned char secret_key[JWS_SECRET_BYTES]; /* zero when only the public half */
    char kid[JWS_KID_CHARS];                    /* RFC 7638 thumbprint */
};

/* `typ` is "bdhvs-totals+json" and so on. JWS_ENROL alone carries its own public key in
 * the header (`jwk`, RFC 7515 §4.1.3), since the reader cannot know it yet. */
enum jws_type {
    JWS_TOTALS,
    JWS_ACK,
    JWS_ENROL,
    JWS_GRANT,
    JWS_TIME,
    JWS_SETTINGS,
    JWS_TYPE_COUNT
};

void jws_key_make(struct jws_key *out);
/* The key pair that RFC 8032 derives from a seed. */
void jws_key_from_seed(const unsigned char seed[JWS_SEED_BYTES], struct jws_key *out);
/* Fills in `kid`. */
void jws_key_public(const unsigned char public_key[JWS_PUBLIC_BYTES],
                    struct jws_key *out);
/* Reads or, when the file is not there, makes and stores (0600, folder 0700) a device
 * key: one line, base64url of the seed. Errors: ERR_CORRUPT, ERR_FULL. */
NODISCARD enum err jws_key_load(const char *path, struct jws_key *out);

/* A public key as text: base64url of its 32 bytes. Errors: ERR_REJECTED. */
NODISCARD enum err jws_public_parse(const char *text,
                                    unsigned char out[JWS_PUBLIC_BYTES]);
/* Overwrites the secret half. */
void jws_key_wipe(struct jws_key *key);

/* Appends header.payload.signature. */
void jws_sign(const struct jws_key *key, enum jws_type type, const char *payload,
              size_t n, struct buf *out);

/* The same with a header of the caller's, a JSON text: what a test of readers needs to send
 * what they must refuse. */
void jws_sign_header(const struct jws_key *key, const char *header_json,
                     const char *payload, size_t n, struct buf *out);

/* Splits and bounds the message and reads `kid`, so that the caller can choose a key.
 * Unknown `alg`, `typ` or any `crit` is refused. Errors: ERR_REJECTED. */
NODISCARD enum err jws_peek(const char *jws, size_t n, enum jws_type want,
                            char kid_out[JWS_KID_CHARS]);

/* Verifies and appends the payload to `payload_out`. `kid` must be the key's own.
 * Errors: ERR_REJECTED, also when `payload_out` reached its ceiling. */
NODISCARD enum err jws_verify(const char *jws, size_t n, enum jws_type want,
                              const struct jws_key *key, struct buf *payload_out);

/* The same for JWS_ENROL, with the key of its own header: it proves only that the sender
 * holds the secret half of `*key_out`. */
NODISCARD enum err jws_verify_own(const char *jws, size_t n, struct jws_key *key_out,
                                  struct buf *payload_out);
