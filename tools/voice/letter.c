/* Letters by code point. */
#include "letter.h"

#include <stdint.h>

#include "base/utf8.h"

bool letter_at(const char *s)
{
    uint32_t cp;

    if (!utf8_next(s, &cp))
        return false;
    if (cp < 0x80)
        return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
    return cp >= 0xc0 && cp < 0x2000 && cp != 0xd7 && cp != 0xf7; /* not × ÷ */
}
