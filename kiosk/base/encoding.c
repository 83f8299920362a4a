/* Text forms of bytes. */
#include "base/encoding.h"

#include <string.h>

#include "base/buf.h"

static const char hex_digits[] = "0123456789abcdef";
static const char base64_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
static const char base32_digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void encoding_hex(const void *bytes, size_t n, char *out)
{
    const unsigned char *p = bytes;

    for (size_t i = 0; i < n; i++) {
        out[2 * i] = hex_digits[p[i] >> 4];
        out[2 * i + 1] = hex_digits[p[i] & 15];
    }
    out[2 * n] = 0;
}

/* The value of `c` in `digits`, or -1. */
static int digit(const char *digits, char c)
{
    const char *at = c ? strchr(digits, c) : NULL;

    return at ? (int)(at - digits) : -1;
}

enum err encoding_unhex(const char *hex, void *out, size_t n)
{
    unsigned char *p = out;

    for (size_t i = 0; i < n; i++) {
        int hi = digit(hex_digits, hex[2 * i]);
        int lo = hi < 0 ? -1 : digit(hex_digits, hex[2 * i + 1]);

        if (lo < 0)
            return ERR_REJECTED;
        p[i] = (unsigned char)(hi << 4 | lo);
    }
    return hex[2 * n] ? ERR_REJECTED : ERR_OK;
}

void encoding_base64url(const void *bytes, size_t n, struct buf *out)
{
    const unsigned char *p = bytes;

    for (size_t i = 0; i < n; i += 3) {
        size_t left = n - i;
        uint32_t v = (uint32_t)p[i] << 16;

        if (left > 1)
            v |= (uint32_t)p[i + 1] << 8;
        if (left > 2)
            v |= p[i + 2];
        buf_char(out, base64_digits[v >> 18]);
        buf_char(out, base64_digits[v >> 12 & 63]);
        if (left > 1)
            buf_char(out, base64_digits[v >> 6 & 63]);
        if (left > 2)
            buf_char(out, base64_digits[v & 63]);
    }
}

enum err encoding_unbase64url(const char *text, size_t n, struct buf *out)
{
    uint32_t v = 0;
    unsigned bits = 0;

    if (n % 4 == 1)
        return ERR_REJECTED;
    for (size_t i = 0; i < n; i++) {
        int d = digit(base64_digits, text[i]);

        if (d < 0)
            return ERR_REJECTED;
        v = v << 6 | (uint32_t)d;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            buf_char(out, (char)(v >> bits & 255));
            v &= (1U << bits) - 1;
        }
    }
    return v || out->overflow ? ERR_REJECTED : ERR_OK;
}

void encoding_base32(const void *bytes, size_t n, char *out)
{
    const unsigned char *p = bytes;
    uint32_t v = 0;
    unsigned bits = 0;

    for (size_t i = 0; i < n; i++) {
        v = v << 8 | p[i];
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            *out++ = base32_digits[v >> bits & 31];
        }
        v &= (1U << bits) - 1;
    }
    if (bits)
        *out++ = base32_digits[v << (5 - bits) & 31];
    *out = 0;
}

static int base32_value(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    if (c == 'O')
        c = '0';
    if (c == 'I' || c == 'L')
        c = '1';
    return digit(base32_digits, c);
}

enum err encoding_unbase32(const char *text, void *out, size_t n)
{
    unsigned char *p = out;
    uint32_t v = 0;
    unsigned bits = 0;
    size_t done = 0;

    for (; *text; text++) {
        int d;

        if (*text == '-')
            continue;
        d = base32_value(*text);
        if (d < 0 || done == n)
            return ERR_REJECTED;
        v = v << 5 | (uint32_t)d;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            p[done++] = (unsigned char)(v >> bits & 255);
            v &= (1U << bits) - 1;
        }
    }
    return done == n && v == 0 ? ERR_OK : ERR_REJECTED;
}
