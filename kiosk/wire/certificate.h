/* What the QR of a "Giấy ghi nhận" says: "BC1" and Crockford base32 of a few signed bytes.
 * No name: whoever has the paper can find out whether the name on it is the one that it
 * was made for. The bytes are set out in wire/README.md. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "wire/jws.h"

#define CERTIFICATE_TEXT_CHARS 195 /* of the longest unit, with the NUL */
#define CERTIFICATE_UNIT_MAX 32
#define CERTIFICATE_TAG_CHARS \
    9 /* the first 8 characters of a key's `kid`, and the NUL */
#define CERTIFICATE_REF_BYTES 5
#define CERTIFICATE_REF_CHARS 10 /* "7F3K-9Q2M" */

struct certificate {
    char tag[CERTIFICATE_TAG_CHARS]; /* whose key signed */
    int64_t day;                     /* since 1970 (UTC+7), -1: not certain */
    char unit[CERTIFICATE_UNIT_MAX + 1];
    unsigned char ref[CERTIFICATE_REF_BYTES]; /* the number of the paper */
    bool named;                               /* else the name is written by hand */
    unsigned char name_check[8];
};

/* For the paper of `c`, whose ref and unit are set; `name` is NFC, "": none. Sets named and
 * name_check. */
void certificate_set_name(struct certificate *c, const char *name);
/* Whether the paper was made for `name` (NFC). Of one without a name: false. */
bool certificate_has_name(const struct certificate *c, const char *name);
/* "7F3K-9Q2M": as it is printed. */
void certificate_number(const struct certificate *c, char out[CERTIFICATE_REF_CHARS]);

/* Signs; the tag is the key's. */
void certificate_sign(const struct jws_key *key, const struct certificate *c,
                      char out[CERTIFICATE_TEXT_CHARS]);
/* Reads what was typed or scanned (case, blanks, hyphens do not matter) without believing it:
 * so that the key can be chosen by the tag. Errors: ERR_REJECTED (no such text). */
NODISCARD enum err certificate_peek(const char *text, struct certificate *out);
/* The same, and the signature is that of `key`. Errors: ERR_REJECTED; `*out` is then zero. */
NODISCARD enum err certificate_verify(const char *text, const struct jws_key *key,
                                      struct certificate *out);
