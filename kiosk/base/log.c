/* Writes log lines. Whole lines go out in one write, so threads do not mix. */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LINE_MAX_BYTES 1024

static enum log_level max_level = LOG_LEVEL_INFO;

void log_set_level(enum log_level level)
{
    max_level = level;
}

void log_line(enum log_level level, const char *module, const char *file, int line,
              const char *format, ...)
{
    static const char *const names[] = { "error", "warn", "info", "debug" };
    const char *base = strrchr(file, '/');
    char text[LINE_MAX_BYTES];
    va_list args;
    int n;
    int m;

    if (level > max_level)
        return;
    n = snprintf(text, sizeof(text), "%s: %s: ", module, names[level]);
    va_start(args, format);
    m = vsnprintf(text + n, sizeof(text) - (size_t)n, format, args);
    va_end(args);
    if (m < 0)
        return;
    n += m;
    if (n < LINE_MAX_BYTES)
        n += snprintf(text + n, sizeof(text) - (size_t)n, " (%s:%d)",
                      base ? base + 1 : file, line);
    if (n > LINE_MAX_BYTES - 2)
        n = LINE_MAX_BYTES - 2;
    text[n] = '\n';
    if (write(STDERR_FILENO, text, (size_t)n + 1) < 0)
        return; /* nowhere left to say it */
}
