/* What a helper program does at its start and end: it reads stdin whole, writes stdout
 * whole, and limits itself before it looks at a stranger's bytes. */
#pragma once

#include <stdbool.h>

struct buf;

/* No core, no files written, at most `memory_mb` of address space and `seconds` of CPU. */
void filter_begin(int memory_mb, int seconds);
/* Appends stdin to `in`. False: it cannot be read, or is larger than the ceiling. */
bool filter_read(struct buf *in);
/* False: not all of it could be written. */
bool filter_write(const struct buf *out);
