/* What an import of questions wrote, read once more. Everything traps. */
#pragma once

#include <stddef.h>

/* The ```gift blocks are a file of `n` items to the import of GIFT too, and it writes them
 * as they are. */
void again_imported(const char *blocks, size_t n);
/* Lessons read the blocks without a word. */
void again_in_lessons(const char *blocks, size_t n);
