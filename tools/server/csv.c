/* See csv.h. */
#include "csv.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"

void csv_begin(struct buf *out)
{
    buf_str(out, "\xEF\xBB\xBF");
}

static void separate(struct buf *out)
{
    if (out->len > 3 && out->data[out->len - 1] != '\n')
        buf_char(out, ',');
}

void csv_text(struct buf *out, const char *text)
{
    separate(out);
    buf_char(out, '"');
    if (*text && strchr("=+-@\t\r", *text))
        buf_char(out, '\'');
    for (const char *p = text; *p; p++) {
        if (*p == '"')
            buf_char(out, '"');
        buf_char(out, *p);
    }
    buf_char(out, '"');
}

void csv_number(struct buf *out, int64_t v)
{
    separate(out);
    buf_printf(out, "%" PRId64, v);
}

void csv_tenths(struct buf *out, int64_t v)
{
    separate(out);
    buf_printf(out, "%s%" PRId64 ".%d", v < 0 ? "-" : "", (v < 0 ? -v : v) / 10,
               (int)((v < 0 ? -v : v) % 10));
}

void csv_end_row(struct buf *out)
{
    buf_str(out, "\r\n");
}
