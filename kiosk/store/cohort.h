/* Cohorts: the codes of a person, kept once each and named by a number. */
#pragma once

#include <stdbool.h>

#include "store/person.h"

/* Codes are [a-z0-9._-], at most PERSON_FIELD_MAX, or "". */
bool cohort_ok(const struct person_cohort *cohort);

/* The number of the cohort in the body of an EVENT_PERSON, made if it is new.
 * Errors: ERR_REJECTED (no JSON object, bad codes), as db_run. */
NODISCARD enum err cohort_intern(struct db *db, const char *body, int64_t *id_out);

/* The codes of cohort `id`, all "" for 0. */
NODISCARD enum err cohort_read(struct db *db, int64_t id, struct person_cohort *out);

struct buf;
/* {"thon":"t07",…}; what is not said is left out. */
void cohort_json(const struct person_cohort *cohort, struct buf *out);
/* Says in the journal that `token` is of these cells, as EVENT_PERSON; `actor` may be NULL.
 * Part of the caller's transaction. Errors: as journal_write. */
NODISCARD enum err cohort_journal(struct db *db, const unsigned char *token,
                                  const struct person_cohort *cohort,
                                  const char *actor);
