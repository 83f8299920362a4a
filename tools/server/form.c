/* See form.h. */
#include "form.h"

#include <string.h>

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* Decodes one character at form[*at] and moves on. False: badly encoded. */
static bool next_char(const char *form, size_t n, size_t *at, char *out)
{
    int hi;
    int lo;

    *out = form[(*at)++];
    if (*out == '+')
        *out = ' ';
    if (*out != '%')
        return *out != 0;
    hi = *at + 1 < n ? hex_digit(form[*at]) : -1;
    lo = hi < 0 ? -1 : hex_digit(form[*at + 1]);
    *at += 2;
    *out = (char)(hi * 16 + lo);
    return lo >= 0 && (hi || lo);
}

static bool decode(const char *form, size_t n, char *out, size_t size)
{
    size_t used = 0;

    for (size_t at = 0; at < n; used++)
        if (used + 1 >= size || !next_char(form, n, &at, &out[used]))
            return false;
    out[used] = 0;
    return true;
}

bool form_value(const char *form, size_t n, const char *name, char *out, size_t size)
{
    size_t n_name = strlen(name);

    for (size_t at = 0; at < n;) {
        const char *field = form + at;
        const char *end = memchr(field, '&', n - at);
        size_t length = end ? (size_t)(end - field) : n - at;

        if (length > n_name && field[n_name] == '=' && !memcmp(field, name, n_name)) {
            if (decode(field + n_name + 1, length - n_name - 1, out, size))
                return true;
            break;
        }
        at += length + 1;
    }
    out[0] = 0;
    return false;
}
