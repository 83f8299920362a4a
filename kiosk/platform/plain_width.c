/* See plain_width.h. */
#include "platform/plain_width.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

/* Thousandths of an em, roughly those of Noto Sans. */
static int advance(uint32_t cp)
{
    if (cp >= 0x300 && cp <= 0x36F)
        return 0;
    if (cp < 0x80 && strchr("iljI.,:;!'|", (int)cp))
        return 270;
    if (cp == ' ' || cp == 0xA0)
        return 260;
    if (cp < 0x80 && strchr("mwMW@%", (int)cp))
        return 900;
    return cp >= 'A' && cp <= 'Z' ? 650 : 560;
}

int plain_text_width(void *ctx, bool bold, int size, const char *text, size_t n)
{
    int64_t sum = 0;
    size_t at = 0;

    (void)ctx;
    while (at < n) {
        uint32_t cp;

        at += utf8_next(text + at, &cp);
        sum += advance(cp);
    }
    return (int)((sum * size * (bold ? 106 : 100) / 100 + 500) / 1000);
}
