/* Assertions and allocation that cannot fail. */
#include "base/check.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define LOG_MODULE "check"
#include "base/log.h"

_Noreturn void check_failed(const char *cond, const char *file, int line)
{
    log_line(LOG_LEVEL_ERR, LOG_MODULE, file, line, "assertion failed: %s", cond);
    abort();
}

void check_no_core(void)
{
    const struct rlimit none = { 0, 0 };

    if (setrlimit(RLIMIT_CORE, &none))
        LOG_WARN("core dumps cannot be switched off");
}

void *check_alloc(unsigned long size)
{
    void *p = calloc(1, size ? size : 1);

    ASSERT(p);
    return p;
}

void *check_realloc(void *old, unsigned long size)
{
    void *p = realloc(old, size ? size : 1);

    ASSERT(p);
    return p;
}

char *check_strdup(const char *s)
{
    size_t n = strlen(s) + 1;
    char *copy = check_alloc(n);

    memcpy(copy, s, n);
    return copy;
}
