/* content/voice/manifest.csv: which texts are spoken, who recorded them, and whether that
 * person agreed. The kiosk writes the same for what is recorded there (app/recordings.h);
 * its last column, the language, may be missing: then a row is for every language. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct arena;
struct report;
struct spoken;

#define VOICE_LIST_BYTES_MAX (4U * 1024U * 1024U)
#define VOICE_LIST_MAX 32768

struct voice_row {
    const char *key, *text;
    const char *speaker, *date, *dialect, *consent; /* "" for drafts */
    const char *lang; /* "": any, as in lists without that column */
    bool recorded;
    int line;
};

struct voice_list {
    struct voice_row *rows;
    size_t n;
};

const char *voice_list_path(const char *root, struct arena *arena);

/* Reads SRC/voice/manifest.csv; what is wrong goes to `report`. Not there: no rows.
 * Errors: ERR_REJECTED (reported, too). */
NODISCARD enum err voice_list_read(const char *root, struct arena *arena,
                                   struct report *report, struct voice_list *out);

/* Writes it anew: every text that is spoken, in order, with what was known about its
 * recording; then recordings whose text is spoken no more. Errors: ERR_FULL,
 * ERR_CORRUPT. */
NODISCARD enum err voice_list_write(const char *root, const struct voice_list *l,
                                    const struct spoken *spoken);
