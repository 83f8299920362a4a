/* People with names: sealed on disk, readable only while the vault is unlocked. Codes of
 * the cohort stay open, so that totals work (store/person.h). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/card.h"
#include "store/erase.h"
#include "store/merge.h"
#include "store/person.h"
#include "vietnamese/person_name.h"

struct vault;

enum consent_method { CONSENT_TAP = 1, CONSENT_VOICE, CONSENT_PAPER };
enum guardian_kind {
    GUARDIAN_NONE,
    GUARDIAN_FATHER,
    GUARDIAN_MOTHER,
    GUARDIAN_GRANDPARENT,
    GUARDIAN_OTHER
};

struct person_consent {
    char text_version[17]; /* "c1": strings consent texts, one per wording */
    int64_t day;           /* -1: not certain */
    enum consent_method method;
    char witness[17];            /* staff id, "" for the person alone at the kiosk */
    enum guardian_kind guardian; /* who agreed beside somebody under 16 */
};

/* What the seal protects. */
struct person_details {
    char name[PERSON_NAME_MAX];
    int year;                            /* of birth; 0: not said */
    char guardian_name[PERSON_NAME_MAX]; /* "" */
};

struct person_record {
    unsigned char token[EVENT_TOKEN_BYTES];
    char code[PERSON_CODE_CHARS];
    struct person_details details; /* zero while locked */
    struct person_cohort cohort;
    struct person_consent consent;
    bool unchecked; /* registered while locked: duplicates are looked for at unlock */
    bool merged;    /* this card now belongs to another person */
};

/* The band on 1 January of `on_year`; "" for year 0. */
void person_band(int birth_year, int on_year, char out[PERSON_FIELD_MAX + 1]);

/* Registers: events of person and consent, sealed details and card in one transaction.
 * `claim` is the token of a blank card or of a nameless person, or NULL; what was learnt
 * with it is the person's. The band follows from the year (if it is said). Works while
 * locked. Errors: ERR_REJECTED (bad name, year outside 1900…now, bad codes or actor, the
 * card has a name already, no consent, nobody of the family beside somebody under 16, no
 * vault), ERR_FULL. */
NODISCARD enum err people_register(struct db *db, struct vault *vault,
                                   const struct person_details *details,
                                   const struct person_cohort *cohort,
                                   const struct person_consent *consent,
                                   const unsigned char *claim, const char *actor,
                                   struct person_card *out);
/* Replaces details and cohort (moves the gauges). Errors: as people_register; ERR_REJECTED
 * also for a nameless person: a name needs consent. */
NODISCARD enum err people_edit(struct db *db, struct vault *vault,
                               const unsigned char token[EVENT_TOKEN_BYTES],
                               const struct person_details *details,
                               const struct person_cohort *cohort, const char *actor);
/* Follows merges and reissued cards to the person. ERR_REJECTED: nobody's. Details are
 * empty while locked. */
NODISCARD enum err people_read(struct db *db, struct vault *vault,
                               const unsigned char token[EVENT_TOKEN_BYTES],
                               struct person_record *out);
