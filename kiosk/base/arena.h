/* A bump allocator: many small allocations, freed together. */
#pragma once

#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *blocks; /* newest first */
    size_t used;                /* bytes used in the newest block */
};

/* A zeroed arena is empty and ready. Memory is zeroed and aligned for any type; out
 * of memory aborts. */
void *arena_alloc(struct arena *a, size_t size);
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n);
/* printf into the arena. */
char *arena_printf(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Forget everything, keep the largest block for reuse. */
void arena_reset(struct arena *a);
/* Free everything; the arena is empty and ready again. NULL is allowed. */
void arena_finish(struct arena *a);
