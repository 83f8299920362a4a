/* CSV as spreadsheets save it (RFC 4180): with ; or , or tab, CRLF or LF, a byte-order
 * mark or none. UTF-8 and UTF-16; the fonts of old times are refused with a word. */
#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/utf8.h"
#include "commands.h"
#include "rows.h"

#define TEXT_MAX (48u << 20)

static enum err refuse(struct refusal *no, const char *why, long row)
{
    *no = (struct refusal){ why, row };
    return ERR_REJECTED;
}

/* --- encoding ------------------------------------------------------------------------- */

static void put_utf8(struct buf *out, uint32_t cp)
{
    if (cp < 0x80) {
        buf_char(out, (char)cp);
    } else if (cp < 0x800) {
        buf_char(out, (char)(0xC0 | cp >> 6));
        buf_char(out, (char)(0x80 | (cp & 0x3F)));
    } else if (cp < 0x10000) {
        buf_char(out, (char)(0xE0 | cp >> 12));
        buf_char(out, (char)(0x80 | (cp >> 6 & 0x3F)));
        buf_char(out, (char)(0x80 | (cp & 0x3F)));
    } else {
        buf_char(out, (char)(0xF0 | cp >> 18));
        buf_char(out, (char)(0x80 | (cp >> 12 & 0x3F)));
        buf_char(out, (char)(0x80 | (cp >> 6 & 0x3F)));
        buf_char(out, (char)(0x80 | (cp & 0x3F)));
    }
}

static uint32_t unit16(const unsigned char *p, bool big)
{
    return big ? (uint32_t)(p[0] << 8 | p[1]) : (uint32_t)(p[1] << 8 | p[0]);
}

/* False: half a character, or a lone surrogate. */
static bool from_utf16(const unsigned char *p, size_t n, bool big, struct buf *out)
{
    if (n % 2)
        return false;
    for (size_t i = 0; i < n; i += 2) {
        uint32_t cp = unit16(p + i, big);

        if (cp >= 0xDC00 && cp < 0xE000)
            return false;
        if (cp >= 0xD800 && cp < 0xDC00) {
            uint32_t low = i + 3 < n ? unit16(p + i + 2, big) : 0;

            if (low < 0xDC00 || low >= 0xE000)
                return false;
            cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
            i += 2;
        }
        put_utf8(out, cp);
    }
    return true;
}

/* CRLF and a lone CR are line ends, too. */
static void plain_ends(const char *p, size_t n, struct buf *out)
{
    for (size_t i = 0; i < n;) {
        const char *cr = memchr(p + i, '\r', n - i);
        size_t run = cr ? (size_t)(cr - (p + i)) : n - i;

        buf_add(out, p + i, run);
        i += run;
        if (i < n) {
            buf_char(out, '\n');
            i += i + 1 < n && p[i + 1] == '\n' ? 2 : 1;
        }
    }
}

static enum err decode(const char *bytes, size_t n, struct buf *out, struct refusal *no)
{
    const unsigned char *p = (const unsigned char *)bytes;
    struct buf wide;
    bool fits = true;

    buf_init(&wide, TEXT_MAX);
    if (n >= 2 && ((p[0] == 0xFF && p[1] == 0xFE) || (p[0] == 0xFE && p[1] == 0xFF))) {
        fits = from_utf16(p + 2, n - 2, p[0] == 0xFE, &wide) && !wide.overflow;
        plain_ends(buf_text(&wide), wide.len, out);
    } else {
        size_t mark = n >= 3 && !memcmp(p, "\xEF\xBB\xBF", 3) ? 3 : 0;

        plain_ends(bytes + mark, n - mark, out);
    }
    buf_finish(&wide);
    if (fits && memchr(buf_text(out), 0, out->len))
        return refuse(no, "binary", 0);
    if (!fits || !utf8_valid(buf_text(out), out->len))
        return refuse(no, "encoding", 0);
    return out->overflow ? refuse(no, "size", 0) : ERR_OK;
}

/* --- fields --------------------------------------------------------------------------- */

/* What separates most in the first line, outside quotes. */
static char separator_of(const char *text)
{
    static const char marks[] = { ';', ',', '\t' };
    size_t counts[sizeof(marks)] = { 0 }, best = 0;
    bool quoted = false;

    for (const char *s = text; *s && (quoted || *s != '\n'); s++) {
        if (*s == '"')
            quoted = !quoted;
        for (size_t i = 0; !quoted && i < sizeof(marks); i++)
            counts[i] += *s == marks[i];
    }
    for (size_t i = 1; i < sizeof(marks); i++)
        if (counts[i] > counts[best])
            best = i;
    return marks[best];
}

/* A field in quotes at *s, its "" made one; leaves *s behind the last quote. False: it
 * does not end, or something stands behind it. */
static bool quoted_field(const char **s, char separator, struct buf *field)
{
    for ((*s)++; **s; (*s)++) {
        if (**s != '"') {
            buf_char(field, **s);
        } else if ((*s)[1] == '"') {
            buf_char(field, *(*s)++);
        } else {
            (*s)++;
            return !**s || **s == '\n' || **s == separator;
        }
        if (field->overflow)
            return true; /* rows_cell says that it is too long */
    }
    return false;
}

static enum err parse(const char *s, char separator, struct rows *rows,
                      struct refusal *no)
{
    long row = 1, column = 0;
    struct buf field;
    enum err err = ERR_OK;

    buf_init(&field, CELL_BYTES_MAX);
    while (!err && *s) {
        size_t n;

        buf_clear(&field);
        if (*s == '"') {
            if (!quoted_field(&s, separator, &field))
                err = refuse(no, "quotes", row);
        } else {
            n = strcspn(s, (char[]){ separator, '\n', 0 });
            buf_add(&field, s, n);
            s += n;
        }
        if (!err && field.overflow)
            err = refuse(no, "cell", row);
        if (!err)
            err = rows_cell(rows, row, column, buf_text(&field), field.len, no);
        column = *s == separator ? column + 1 : 0;
        row += *s == '\n';
        s += *s != 0;
    }
    buf_finish(&field);
    return err;
}

enum err read_csv(const char *bytes, size_t n, struct buf *out, struct refusal *no)
{
    char separator[2] = { 0 };
    struct rows *rows;
    struct buf text;
    const char *s;
    enum err err, ended;

    buf_init(&text, TEXT_MAX);
    err = decode(bytes, n, &text, no);
    if (err) {
        buf_finish(&text);
        return err;
    }
    s = buf_text(&text);
    separator[0] = separator_of(s);
    /* Excel's own line, which it does not show or count. */
    if (!strncmp(s, "sep=", 4) && s[4] && (s[5] == '\n' || !s[5])) {
        separator[0] = s[4];
        s += s[5] ? 6 : 5;
    }
    json_put_text(out, "kind", "csv");
    json_put_text(out, "separator", separator);
    rows_begin(out, &rows);
    err = separator[0] == '"' ? refuse(no, "quotes", 1)
                              : parse(s, separator[0], rows, no);
    ended = rows_end(rows);
    buf_finish(&text);
    return err ? err : ended;
}
