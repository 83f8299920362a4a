/* A content tree that a test may spoil: a copy of tests/unit/content-one in a fresh
 * temporary folder. Everything asserts: a test cannot go on without its files. */
#pragma once

#include <stddef.h>

#include "base/arena.h"

#define TREE_LESSON "m01-one/b01-first/lesson.md"

struct tree {
    struct arena arena;
    const char *root;    /* of everything; removed at the end */
    const char *content; /* the copy */
};

void tree_make(struct tree *t);
void tree_remove(struct tree *t);

/* Paths below the content. */
const char *tree_path(struct tree *t, const char *name);
char *tree_read(struct tree *t, const char *path, size_t *n);
void tree_write(const char *path, const void *bytes, size_t n);
/* Puts `to` in the place of the first `from` of the file, which must be there. */
void tree_replace(struct tree *t, const char *name, const char *from, const char *to);
