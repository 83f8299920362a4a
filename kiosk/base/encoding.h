/* Hex, base64url without padding (RFC 4648 §5) and Crockford base32. */
#pragma once

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct buf;

/* Lower-case hex; `out` has room for 2 * n + 1. */
void encoding_hex(const void *bytes, size_t n, char *out);
/* Exactly 2 * n lower-case hex digits and then the end of the string.
 * Errors: ERR_REJECTED. */
NODISCARD enum err encoding_unhex(const char *hex, void *out, size_t n);

/* Appends to `out`. */
void encoding_base64url(const void *bytes, size_t n, struct buf *out);
/* Appends the bytes of `n` characters. Strict: no padding, no spaces, zero spare bits.
 * Errors: ERR_REJECTED, also when `out` reached its ceiling. */
NODISCARD enum err encoding_unbase64url(const char *text, size_t n, struct buf *out);

/* Crockford base32 (no I L O U), most significant bits first; `out` has room for
 * (8 * n + 4) / 5 + 1. */
void encoding_base32(const void *bytes, size_t n, char *out);
/* Reads ceil(8 * n / 5) symbols; small letters and the look-alikes I L O are accepted,
 * '-' is skipped. Errors: ERR_REJECTED. */
NODISCARD enum err encoding_unbase32(const char *text, void *out, size_t n);
