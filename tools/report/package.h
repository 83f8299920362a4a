/* A ZIP in memory: what XLSX, DOCX and the locked file are. libzip stays behind this
 * header. Nothing is ever on a disk. */
#pragma once

#include <stddef.h>

#include "base/err.h"

struct buf;
struct package;

void package_create(struct package **out);
/* Adds a file; `bytes` are copied. `passphrase` NULL: plain; else AES-256. Errors:
 * ERR_FULL. */
NODISCARD enum err package_add(struct package *p, const char *name, const char *bytes,
                               size_t n, const char *passphrase);
/* Appends the ZIP to `out` and frees `p`. Errors: ERR_FULL. */
NODISCARD enum err package_close(struct package *p, struct buf *out);
void package_drop(struct package *p); /* NULL is allowed */

/* A stranger's ZIP, borrowed from `bytes`. Errors: ERR_REJECTED. */
NODISCARD enum err package_open(const char *bytes, size_t n, struct package **out);
/* Appends the file `name` (NULL: the first). What all files of `p` give together is
 * counted: more than 64 MiB, or 300 times what the ZIP has (a bomb), is ERR_FULL. Errors:
 * ERR_OFFLINE (there is none), ERR_REJECTED (damaged, or it is locked otherwise). */
NODISCARD enum err package_get(struct package *p, const char *name,
                               const char *passphrase, struct buf *out);
