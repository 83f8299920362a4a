/* The list of problems. */
#include "report.h"

#include <stdarg.h>
#include <stdio.h>

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

static void __attribute__((format(printf, 5, 0)))
add(struct report *r, const char *file, int line, const char *kind, const char *format,
    va_list args)
{
    char what[WHAT_BYTES];

    vsnprintf(what, sizeof(what), format, args);
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
