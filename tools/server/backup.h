/* Copies of the database, made while it serves; if its store_can_copy. */
#pragma once

#include <stddef.h>

#include "server.h"

struct buf;

#define BACKUPS_KEPT 3 /* of those that got their names here */

/* A complete, checked copy in the new file `path`, marked so that opening it is known as
 * a restore. It gets its name when it is whole and durable.
 * Errors: ERR_FULL, ERR_RETRY, ERR_CORRUPT. */
NODISCARD enum err backup_write(struct server *s, const char *path);

/* The same in <database>.backup-<n>, n growing; of these the newest are kept. The name
 * is appended to `path_out`. Errors: the same. */
NODISCARD enum err backup_rotate(struct server *s, struct buf *path_out);
