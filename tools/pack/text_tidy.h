/* What an author saved, as lines that can be read: no byte order mark, CR LF becomes LF. */
#pragma once

#include <stdbool.h>

struct buf;
struct report;

/* In place. False when a line is too long, no UTF-8 or not in normal form (reported). */
bool text_tidy(struct buf *b, const char *file, struct report *report);
