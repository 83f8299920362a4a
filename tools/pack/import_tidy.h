/* A file of questions from elsewhere, before anything is read in it. */
#pragma once

#include <stdbool.h>

struct buf;
struct report;

#define IMPORT_BYTES_MAX (1024U * 1024U)
#define IMPORT_ITEMS_MAX 5000

/* Makes a file into lines of valid UTF-8 that end with LF, in place; a byte order mark is
 * taken off. False: refused, with a line in `report`. */
bool import_tidy(struct buf *text, const char *file, struct report *report);
