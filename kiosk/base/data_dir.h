/* Where a program keeps its data when no --data says so. */
#pragma once

#include <stddef.h>

/* $XDG_DATA_HOME/bdhvs, else ~/.local/share/bdhvs, else /var/lib/bdhvs (a service has no
 * home). `out` has room for `n` bytes; cut short if that is not enough. */
void data_dir_default(char *out, size_t n);
