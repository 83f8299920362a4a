/* What begins with a digit: which kind of figure it is, how it is said, how far it
 * reaches. Pure. */
#pragma once

#include <stddef.h>

struct buf;

/* `text` begins with a digit; `before` is the word in front of it as written, or "".
 * Appends the words to `say`; returns the bytes of `text` they stand for. */
size_t figures_read(const char *text, const char *before, struct buf *say);
