/* The order of Vietnamese words and names: a ă â b c d đ e ê …, then tones (none, à, ả, ã,
 * á, ạ as CLDR vi has it), then case. Agrees with ICU's "vi" (tests/unit). */
#pragma once

#include <stddef.h>

/* A key that memcmp orders, NUL-terminated bytes in `out` (never 0 inside). Returns its
 * length. For lists of people: by given name, then the rest ("Phạm Thị Nga" under Nga). */
size_t collate_key(const char *text, char *out, size_t size);
size_t collate_person_key(const char *name, char *out, size_t size);
