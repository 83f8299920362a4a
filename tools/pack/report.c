/* The list of problems. */
#include "report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define LINES_BYTES_MAX (1024U * 1024U)
#define WHAT_BYTES 400

void report_init(struct report *r)
{
    *r = (struct report){ 0 };
    buf_init(&r->lines, LINES_BYTES_MAX);
}

void report_finish(struct report *r)
{
    if (r)
        buf_finish(&r->lines);
}

/* Bytes of the whole letter at `s`; 0: it was cut. */
static size_t letter_bytes(const char *s)
{
    unsigned char lead = (unsigned char)*s;
    size_t n = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;

    if (lead >= 0x80 && lead < 0xC0)
        return 0;
    for (size_t i = 1; i < n; i++)
        if (((unsigned char)s[i] & 0xC0) != 0x80)
            return 0;
    return n;
}

/* What is quoted may be cut by bytes ("%.40s"). */
static void drop_half_letters(char *s)
{
    char *to = s;

    while (*s) {
        size_t n = letter_bytes(s);

        memmove(to, s, n);
        to += n;
        s += n ? n : 1;
    }
    *to = 0;
}

static void __attribute__((format(printf, 5, 0)))
add(struct report *r, const char *file, int line, const char *kind, const char *format,
    va_list args)
{
    char what[WHAT_BYTES];

    vsnprintf(what, sizeof(what), format, args);
    drop_half_letters(what);
    for (char *p = what; *p; p++) {
        if ((unsigned char)*p < 0x20) /* quoted input stays on one line */
            *p = ' ';
    }
    buf_printf(&r->lines, "%s:%d: %s%s\n", file, line > 0 ? line : 1, kind, what);
}

void report_problem(struct report *r, const char *file, int line, const char *what, ...)
{
    va_list args;

    va_start(args, what);
    add(r, file, line, "", what, args);
    va_end(args);
    r->n_problems++;
}

void report_warning(struct report *r, const char *file, int line, const char *what, ...)
{
    va_list args;

    va_start(args, what);
    add(r, file, line, "warning: ", what, args);
    va_end(args);
    r->n_warnings++;
}
