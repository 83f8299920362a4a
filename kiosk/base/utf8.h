/* UTF-8: checked once at each edge, trusted inside. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Well-formed UTF-8 (no surrogates, no overlong forms, at most U+10FFFF), without NUL
 * and without control characters other than tab and line feed. */
bool utf8_valid(const char *s, size_t n);

/* Decodes the code point at `s` and returns its length in bytes, 0 at the NUL.
 * `s` must be valid. */
size_t utf8_next(const char *s, uint32_t *cp_out);

/* Code points in a valid string. */
size_t utf8_length(const char *s);
