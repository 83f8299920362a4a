/* A growable byte string with a ceiling. Always NUL-terminated. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct buf {
    char *data; /* NULL while empty; otherwise data[len] == 0 */
    size_t len;
    size_t cap;
    size_t max;    /* bytes; beyond it `overflow` is set and nothing is added */
    bool overflow; /* sticky: check once, at the end */
};

void buf_init(struct buf *b, size_t max_bytes);
void buf_finish(struct buf *b); /* NULL or zeroed is allowed */
void buf_clear(struct buf *b);  /* keeps the memory, resets `overflow` */

/* Makes room for `n` more bytes in one go, when that many may come at all. */
void buf_reserve(struct buf *b, size_t n);

void buf_add(struct buf *b, const void *bytes, size_t n);
void buf_str(struct buf *b, const char *s);
void buf_char(struct buf *b, char c);
void buf_printf(struct buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The bytes so far; "" when empty. Valid until the next change. */
const char *buf_text(const struct buf *b);
