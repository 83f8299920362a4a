/* Between people_index.c (loading, keeping) and people_search.c (finding). */
#pragma once

#include "store/commune.h"
#include "store/people_index.h"

#define INDEX_KEY_BYTES 256 /* of the collation */
#define INDEX_CHIPS 12

/* One person; names in it are wiped before the memory is given back. */
struct index_person {
    struct people_entry entry; /* name, thon and sex point into this struct */
    char name[PERSON_NAME_MAX];
    char folded[PERSON_NAME_MAX];
    char key[INDEX_KEY_BYTES]; /* collation: given name first */
    char thon[PERSON_FIELD_MAX + 1];
    char sex[PERSON_FIELD_MAX + 1];
};
struct index_place {
    char code[COMMUNE_CODE_MAX + 1];
    char folded[COMMUNE_NAME_MAX];
};
struct people_index {
    struct db *db;                /* borrowed */
    struct vault *vault;          /* borrowed */
    struct index_person **people; /* by collation key */
    size_t n, cap;
    size_t unreadable;
    struct index_place *places;
    size_t n_places;
    char chips[INDEX_CHIPS][PERSON_NAME_MAX];
    size_t n_chips;
};
