/* What a browser posts: application/x-www-form-urlencoded. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* The first value of `name`, decoded. False, and "" in `out`: there is none, it does not
 * fit, it is badly encoded or has a NUL in it. Whether it is UTF-8 is the caller's to ask. */
bool form_value(const char *form, size_t n, const char *name, char *out, size_t size);
