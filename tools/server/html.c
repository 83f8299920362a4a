/* See html.h. */
#include "html.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"

void html_literal(struct buf *out, const char *markup)
{
    buf_str(out, markup);
}

void html_text(struct buf *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        switch (*p) {
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
        case '\'':
            buf_str(out, "&#39;");
            break;
        default:
            buf_char(out, *p);
        }
    }
}

void html_element(struct buf *out, const char *tag, const char *class_name,
                  const char *text)
{
    if (class_name)
        buf_printf(out, "<%s class=\"%s\">", tag, class_name);
    else
        buf_printf(out, "<%s>", tag);
    html_text(out, text);
    buf_printf(out, "</%s>", tag);
}

void html_number_text(int64_t v, char out[HTML_NUMBER_CHARS])
{
    char digits[HTML_NUMBER_CHARS];
    uint64_t size = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    int n = snprintf(digits, sizeof(digits), "%" PRIu64, size);
    int at = 0;

    if (v < 0)
        out[at++] = '-';
    for (int i = 0; i < n; i++) {
        if (i && (n - i) % 3 == 0)
            out[at++] = '.';
        out[at++] = digits[i];
    }
    out[at] = 0;
}

void html_number(struct buf *out, int64_t v)
{
    char text[HTML_NUMBER_CHARS];

    html_number_text(v, text);
    buf_str(out, text);
}
