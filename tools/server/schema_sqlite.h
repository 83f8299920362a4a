/* The tables of the SQLite backend, as numbered steps. */
#pragma once

#include <stddef.h>

/* Step i brings a database from user_version i to i + 1, inside a transaction. */
extern const char *const schema_sqlite[];
extern const size_t schema_sqlite_n;
