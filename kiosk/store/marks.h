/* Người: which person counts in which period. Marks belong to the root of a person
 * (store/kin.h). */
#pragma once

#include "store/apply.h"
#include "store/person.h"

/* A registered person and the cells that are theirs now. */
struct marks_who {
    unsigned char token[EVENT_TOKEN_BYTES]; /* the root */
    struct person_cohort cohort;
};
/* `*found_out` false: nobody registered (a guest's, a visitor's or a blank card). */
NODISCARD enum err marks_who(struct db *db, const unsigned char *token,
                             struct marks_who *out, bool *found_out);

/* An event of a person: marks that are new, and the gauges they move. */
NODISCARD enum err marks_apply(struct apply *a);
/* EVENT_PERSON: the person is new, or moved to other cells. */
NODISCARD enum err marks_apply_person(struct apply *a);

/* --- parts of it, for life.c; gauges are seen by gauge_settle -------------------------- */

/* The marks that event `ev` brings. */
NODISCARD enum err marks_add(struct db *db, const struct marks_who *who,
                             const struct event_row *ev);
/* Takes all marks out of the gauges, and away. */
NODISCARD enum err marks_drop(struct db *db, const struct marks_who *who);
