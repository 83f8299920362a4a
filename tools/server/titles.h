/* Names of modules and lessons: kiosks send ids alone. Read once from a built pack's folder;
 * settings (lesson.<id>) go before it, the raw id comes last. */
#pragma once

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

struct title {
    const char *id;
    const char *text;
};

struct titles {
    struct arena arena;
    struct title *rows; /* in teaching order */
    size_t n_rows;
};

/* Reads the titles of the pack in `folder`. The signature is not checked: kiosks do
 * that; here it is words on a page. Errors: ERR_REJECTED (no readable pack). */
NODISCARD enum err titles_read(const char *folder, struct titles *out);
void titles_finish(struct titles *t); /* zeroed is allowed */

/* The place in teaching order, or n_rows. */
size_t titles_find(const struct titles *t, const char *id);
