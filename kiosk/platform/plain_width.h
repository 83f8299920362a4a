/* Widths of text that depend on no font, for frames that are the same on every machine. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Pixels of `n` bytes of UTF-8 at `size` pixels. `ctx` is not looked at. Thread: any. */
int plain_text_width(void *ctx, bool bold, int size, const char *text, size_t n);
