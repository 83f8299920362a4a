/* The program as its user meets it: its options, and how it complains. */
#pragma once

#include "base/err.h"
#include "base/options.h"

extern struct options options; /* main.c */

/* "bdhvs-server: what: why: what to do"; returns `code`. */
int complain(int code, const char *what, const char *why, const char *fix);
/* The same of a database, whose password is not shown. */
int complain_of(int code, const char *uri, const char *why, const char *fix);
/* What server_open said. */
int cannot_open(const char *uri, enum err err);
