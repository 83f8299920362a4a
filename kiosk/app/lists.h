/* Lists of codes with the words that people read: those that law and plan fix have their
 * words in strings.def, those of the commune come from store/commune.h. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct arena;
struct db;

enum list_kind {
    LIST_THON,
    LIST_UNIT,
    LIST_GROUP, /* of QĐ 757 */
    LIST_JOB,   /* occupations of the plan (DOMAIN §3, R01) */
    LIST_SEX,
    LIST_BAND,
    LIST_HELP, /* kinds of help */
    LIST_VNEID,
};

struct list_entry {
    const char *code;
    const char *words;
};

/* What can be chosen. `db` NULL: the fixed lists only. In `arena`. */
NODISCARD enum err list_read(struct db *db, enum list_kind kind, struct arena *arena,
                             struct list_entry **out, size_t *n_out);
/* The words for a code, also of one that is not offered any more; an unknown code as it
 * is, "" as "Chưa ghi". Never NULL. */
const char *list_words(struct db *db, enum list_kind kind, const char *code,
                       struct arena *arena);
/* The list of a dimension of the figures: "thon", "group", …. False: there is none. */
bool list_of_dimension(const char *dimension, enum list_kind *out);

/* Old names of thôn of the commune and units that its plan names: offered at the set-up to
 * tap, never preset. NULL ends them. */
extern const char *const list_thon_ideas[];
extern const char *const list_unit_ideas[];
