/* The columns of a people file, shared by its reader and its writer. */
#pragma once

#include "base/arena.h"
#include "store/commune.h"
#include "store/people.h"
#include "ui/strings.h"

enum people_column {
    COL_CODE,
    COL_NAME,
    COL_YEAR,
    COL_SEX,
    COL_THON,
    COL_GROUP,
    COL_JOB,
    COL_UNIT,
    COL_GUARDIAN,
    COL_KIN,
    COL_CONSENT,
    COL_CONSENT_DAY,
    COL_CONSENT_HOW,
    COL_COUNT
};
struct people_column_def {
    enum text_id head;
    int width;
};
extern const struct people_column_def people_columns[COL_COUNT];

/* The commune's lists, read once. */
struct people_lists {
    struct arena arena;
    struct commune_entry *entries[COMMUNE_JOB + 1];
    size_t n[COMMUNE_JOB + 1];
};
NODISCARD enum err people_lists_read(struct db *db, struct people_lists *out);
void people_lists_finish(struct people_lists *lists);
/* What stands in a cell: the name, or the code where two have one name. */
const char *people_list_word(const struct people_lists *lists, enum commune_list list,
                             const char *code);
/* The code of such a cell, a name without marks, or a code; NULL: there is none. */
const char *people_list_code(const struct people_lists *lists, enum commune_list list,
                             const char *word);

/* Words of consent and kinship; T_COUNT: none. */
enum text_id people_how_word(enum consent_method how);
enum text_id people_kin_word(enum guardian_kind kin);

/* The cells of a person; each is in `arena` or static. */
void people_cells(const struct people_lists *lists, const struct person_record *who,
                  struct arena *arena, const char *cells[COL_COUNT]);
