/* Growable byte string. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/hash.h"

void buf_init(struct buf *b, size_t max_bytes)
{
    *b = (struct buf){ .max = max_bytes };
}

void buf_finish(struct buf *b)
{
    if (!b)
        return;
    if (b->data)
        hash_wipe(b->data, b->cap); /* it may have held a name */
    free(b->data);
    *b = (struct buf){ .max = b->max };
}

void buf_clear(struct buf *b)
{
    size_t n = b->len;

    b->len = 0;
    b->overflow = false;
    if (n)
        hash_wipe(b->data, n); /* it may have held a name */
}

/* Not realloc: what it leaves behind is not wiped. */
static void grow(struct buf *b, size_t cap)
{
    char *data = check_alloc(cap);

    *data = 0;
    if (b->data) {
        memcpy(data, b->data, b->len + 1);
        hash_wipe(b->data, b->cap);
    }
    free(b->data);
    b->data = data;
    b->cap = cap;
}

void buf_reserve(struct buf *b, size_t n)
{
    if (!b->overflow && n <= b->max && b->len <= b->max - n && b->len + n + 1 > b->cap)
        grow(b, b->len + n + 1);
}

static bool reserve(struct buf *b, size_t n)
{
    size_t need;

    if (b->overflow || n > b->max || b->len > b->max - n) {
        b->overflow = true;
        return false;
    }
    need = b->len + n + 1;
    if (need > b->cap) {
        size_t cap = b->cap ? b->cap : 256;

        while (cap < need)
            cap *= 2;
        grow(b, cap);
    }
    return true;
}

void buf_add(struct buf *b, const void *bytes, size_t n)
{
    if (!reserve(b, n))
        return;
    if (n)
        memcpy(b->data + b->len, bytes, n);
    b->len += n;
    b->data[b->len] = 0;
}

void buf_str(struct buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

void buf_char(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    ASSERT(n >= 0);
    if (!reserve(b, (size_t)n))
        return;
    va_start(args, format);
    vsnprintf(b->data + b->len, (size_t)n + 1, format, args);
    va_end(args);
    b->len += (size_t)n;
}

const char *buf_text(const struct buf *b)
{
    return b->data ? b->data : "";
}
