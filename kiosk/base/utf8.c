/* UTF-8 checks, after RFC 3629. */
#include "base/utf8.h"

/* Length of the well-formed sequence at `s` of at most `n` bytes, or 0. */
static size_t sequence(const unsigned char *s, size_t n, uint32_t *cp_out)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    size_t len = s[0] < 0x80   ? 1
                 : s[0] < 0xC2 ? 0
                 : s[0] < 0xE0 ? 2
                 : s[0] < 0xF0 ? 3
                 : s[0] < 0xF5 ? 4
                               : 0;
    uint32_t cp;

    if (!len || len > n)
        return 0;
    cp = len == 1 ? s[0] : s[0] & (0x7FU >> len);
    for (size_t i = 1; i < len; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return 0;
        cp = cp << 6 | (s[i] & 0x3F);
    }
    if (cp < least[len] || cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000))
        return 0;
    *cp_out = cp;
    return len;
}

bool utf8_valid(const char *s, size_t n)
{
    const unsigned char *p = (const unsigned char *)s;
    uint32_t cp;

    while (n) {
        size_t len = sequence(p, n, &cp);

        if (!len || cp == 0x7F || (cp < 0x20 && cp != '\t' && cp != '\n'))
            return false;
        p += len;
        n -= len;
    }
    return true;
}

size_t utf8_next(const char *s, uint32_t *cp_out)
{
    if (!*s)
        return 0;
    return sequence((const unsigned char *)s, 4, cp_out);
}

size_t utf8_length(const char *s)
{
    size_t n = 0;

    for (; *s; s++)
        n += ((unsigned char)*s & 0xC0) != 0x80;
    return n;
}
