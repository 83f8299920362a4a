/* Records of RFC 4180, read in place: fields are cut and unquoted inside the text. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Cuts the next field out of `*at` (NUL-terminated) and moves on; `*last_out`: it ended its
 * record. `*line` counts the line ends inside. NULL: a stray quotation mark. Borrowed from
 * the text. */
char *csv_field(char **at, bool *last_out, int *line);

/* Appends a record, quoted where it must be. */
void csv_write(struct buf *b, const char *const *fields, size_t n_fields);
