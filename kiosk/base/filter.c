/* stdin and stdout of helper programs. */
#include "base/filter.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"

#define CHUNK 65536
#define MB (1L << 20)

/* The sanitizers reserve terabytes. gcc names them by a macro, clang by a feature. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED
#endif
#endif

static void limit(int what, long value)
{
    struct rlimit now;

    if (getrlimit(what, &now))
        return;
    if (now.rlim_max == RLIM_INFINITY || now.rlim_max > (rlim_t)value)
        now.rlim_max = (rlim_t)value;
    now.rlim_cur = now.rlim_max;
    (void)setrlimit(what, &now);
}

void filter_begin(int memory_mb, int seconds)
{
    check_no_core();
    /* A library that keeps a cache is told "no", not killed. */
    (void)signal(SIGXFSZ, SIG_IGN);
    limit(RLIMIT_CPU, seconds);
#ifndef SANITIZED
    limit(RLIMIT_AS, memory_mb * MB);
#else
    (void)memory_mb;
#endif
}

bool filter_read(struct buf *in)
{
    char chunk[CHUNK];
    ssize_t n;

    while ((n = read(STDIN_FILENO, chunk, sizeof(chunk))) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            break;
        buf_add(in, chunk, (size_t)n);
        if (in->overflow)
            break;
    }
    hash_wipe(chunk, sizeof(chunk));
    return n == 0 && !in->overflow;
}

bool filter_write(const struct buf *out)
{
    const char *p = buf_text(out);
    size_t left = out->len;

    while (left) {
        ssize_t n = write(STDOUT_FILENO, p, left);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        p += n;
        left -= (size_t)n;
    }
    return true;
}
