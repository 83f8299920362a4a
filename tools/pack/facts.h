/* content/facts.csv: what lessons state, where it comes from and when to look again. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct report;

#define FACTS_BYTES_MAX (1024U * 1024U)
#define FACTS_MAX 2000

struct fact {
    const char *id, *text, *source;
    int64_t checked, due; /* days since 1970; -1: not a date */
    int line;
};

struct facts {
    struct fact *list;
    size_t n;
};

/* Reads RFC 4180 with the head line id,fact,source,checked,due. `text` is valid UTF-8.
 * What is wrong, and each fact whose day has come (a warning), goes to `report`.
 * `today` in days since 1970. */
void facts_read(char *text, const char *file, int64_t today, struct arena *arena,
                struct report *report, struct facts *out);

/* NULL when there is none. */
const struct fact *facts_find(const struct facts *f, const char *id);
