/* Bump allocator over a list of blocks. */
#include "base/arena.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/hash.h"

#define BLOCK_BYTES 16384
#define ALIGN _Alignof(max_align_t) /* what malloc gives: 16, with 32 bits 8 */

struct arena_block {
    struct arena_block *next;
    size_t size;
    _Alignas(ALIGN) unsigned char data[];
};

static size_t round_up(size_t n)
{
    return (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
}

void *arena_alloc(struct arena *a, size_t size)
{
    void *p;

    ASSERT(size < SIZE_MAX / 2);
    size = round_up(size ? size : 1);
    if (!a->blocks || a->blocks->size - a->used < size) {
        size_t n = size > BLOCK_BYTES ? size : BLOCK_BYTES;
        struct arena_block *b = check_alloc(sizeof(*b) + n);

        b->size = n;
        b->next = a->blocks;
        a->blocks = b;
        a->used = 0;
    }
    p = a->blocks->data + a->used;
    a->used += size;
    memset(p, 0, size);
    return p;
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
    char *copy = arena_alloc(a, n + 1);

    memcpy(copy, s, n);
    return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
    return arena_strndup(a, s, strlen(s));
}

char *arena_printf(struct arena *a, const char *format, ...)
{
    va_list args;
    char *text;
    int n;

    va_start(args, format);
    n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    ASSERT(n >= 0);
    text = arena_alloc(a, (size_t)n + 1);
    va_start(args, format);
    vsnprintf(text, (size_t)n + 1, format, args);
    va_end(args);
    return text;
}

/* A frame or a page may have held names: nothing of it stays behind. */
static void free_block(struct arena_block *b)
{
    if (b)
        hash_wipe(b->data, b->size);
    free(b);
}

void arena_reset(struct arena *a)
{
    struct arena_block *keep = NULL;
    struct arena_block *next;

    for (struct arena_block *b = a->blocks; b; b = next) {
        next = b->next;
        if (!keep || b->size > keep->size) {
            free_block(keep);
            keep = b;
        } else {
            free_block(b);
        }
    }
    if (keep) {
        keep->next = NULL;
        hash_wipe(keep->data, keep->size);
    }
    a->blocks = keep;
    a->used = 0;
}

void arena_finish(struct arena *a)
{
    struct arena_block *next;

    if (!a)
        return;
    for (struct arena_block *b = a->blocks; b; b = next) {
        next = b->next;
        free_block(b);
    }
    *a = (struct arena){ 0 };
}
