/* What one commune says in its own way: a folder beside the content, with files that take the
 * place of those of the same name and with replace.csv, a list of words exchanged.
 *   replace.csv  file,from,to
 *                m07-tien-so/b02-quet-ma/lesson.md,quán bà Nga,quán bà Hin */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct buf;
struct report;

#define OVERLAY_BYTES_MAX (256U * 1024U)
#define OVERLAY_ROWS_MAX 500

struct overlay_row {
    const char *file; /* below the content, "m07-tien-so/b02-quet-ma/lesson.md" */
    const char *from, *to;
    int line;
    size_t n_found;
};

struct overlay {
    const char *root;
    const char *list; /* its replace.csv, for messages */
    struct overlay_row *rows;
    size_t n;
};

/* The rows of the tidy text of `file`; copied into `arena`. */
void overlay_read(char *text, const char *file, struct arena *arena,
                  struct report *report, struct overlay *out);
/* Exchanges the words of the file `below`; what no longer fits overflows `text`. `arena` is
 * for what is needed meanwhile. */
void overlay_words(struct overlay *o, const char *below, struct buf *text,
                   struct arena *arena);
/* Names the rows whose words were nowhere: the lesson was changed since. */
void overlay_check(const struct overlay *o, struct report *report);
