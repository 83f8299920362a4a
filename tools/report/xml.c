/* Text into XML. */
#include "xml.h"

#include <ctype.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/utf8.h"

/* "_x0041_" */
static bool looks_escaped(const char *s)
{
    if (s[0] != '_' || s[1] != 'x')
        return false;
    for (int i = 2; i < 6; i++)
        if (!isxdigit((unsigned char)s[i]))
            return false;
    return s[6] == '_';
}

static void put(struct buf *out, const char *s, size_t n, uint32_t cp)
{
    switch (cp) {
    case '&':
        buf_str(out, "&amp;");
        break;
    case '<':
        buf_str(out, "&lt;");
        break;
    case '>':
        buf_str(out, "&gt;");
        break;
    case '"':
        buf_str(out, "&quot;");
        break;
    default:
        if (cp >= 0x20 ? cp != 0xFFFE && cp != 0xFFFF : cp == '\t' || cp == '\n')
            buf_add(out, s, n);
    }
}

void xml_text(struct buf *out, const char *text)
{
    uint32_t cp;
    size_t n;

    for (; (n = utf8_next(text, &cp)) > 0; text += n)
        put(out, text, n, cp);
}

void xml_cell_text(struct buf *out, const char *text)
{
    uint32_t cp;
    size_t n;

    for (; (n = utf8_next(text, &cp)) > 0; text += n) {
        if (looks_escaped(text))
            buf_str(out, "_x005F");
        put(out, text, n, cp);
    }
}
