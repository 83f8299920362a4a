/* People without names: token, code, cohort. Names are sealed in the vault (a later
 * file); nothing here can hold one. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lesson/event.h"
#include "store/db.h"

#define PERSON_CODE_CHARS 7 /* 6 digits and the NUL */
#define PERSON_FIELD_MAX 16 /* characters of a code in the cohort */

/* Codes only, so that totals work while names are locked. "" means not said. */
struct person_cohort {
    char thon[PERSON_FIELD_MAX + 1]; /* "t07" */
    char sex[PERSON_FIELD_MAX + 1];  /* "f", "m" or "" */
    char band[PERSON_FIELD_MAX + 1]; /* "u14" "14-17" "18-34" "35-59" "60+" as b0..b4 */
    /* QĐ 757: g1 pupil g2 citizen g3 official g4 worker */
    char group[PERSON_FIELD_MAX + 1];
    char job[PERSON_FIELD_MAX + 1];  /* occupation class */
    char unit[PERSON_FIELD_MAX + 1]; /* own unit, officials only */
};

struct person_card {
    unsigned char token[EVENT_TOKEN_BYTES];
    char code[PERSON_CODE_CHARS]; /* 5 random digits + check digit, unique here */
};

/* Makes a nameless card: a random token and a free code, journalled as EVENT_PERSON.
 * Errors: as journal_append; ERR_REJECTED for a field outside [a-z0-9._-] (what
 * the wire allows), ERR_FULL when every code is taken. */
NODISCARD enum err person_add(struct db *db, const struct person_cohort *cohort,
                              struct person_card *out);

/* The person to whom the card with this code belongs now. Errors: ERR_REJECTED (no such
 * code, revoked, or bad check digit: `*typo_out` is then true), ERR_CORRUPT. */
NODISCARD enum err person_by_code(struct db *db, const char *code,
                                  unsigned char token_out[EVENT_TOKEN_BYTES],
                                  bool *typo_out);

/* The check digit of 5 digits (Damm), as a character. */
char person_check_digit(const char *five_digits);
