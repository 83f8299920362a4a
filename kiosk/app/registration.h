/* The person being registered: goes from page to page, exists in memory alone, and is wiped
 * when it is done, given up, or whoever wrote it walks away.
 *
 * EMPTY -> DRAFT [registration_begin] -> SAVED [registration_save, kept for the card's name
 * while the vault is locked] -> EMPTY [registration_wipe] */
#pragma once

#include <stdbool.h>

#include "store/card.h"
#include "store/people_index.h"
#include "vietnamese/syllable.h"

struct app;

#define CONSENT_TEXT_VERSION "c1" /* of the strings reg.c.1…4 and gc.1…4 */
#define ADULT_YEARS 16            /* below it the family is asked, too */

struct registration {
    bool open, saved;
    bool telex;
    char typed[TYPING_MAX];          /* the name as it stands in the field */
    char year[5];                    /* digits as typed, "19" at first */
    char guardian_typed[TYPING_MAX]; /* of the adult of the family */
    enum guardian_kind guardian;
    bool adult_agrees, child_agrees;
    struct person_cohort cohort;
    bool group_chosen, job_chosen; /* by hand: no preset any more */
    bool year_unknown;             /* asked, and nobody knows it */
    bool not_alike;                /* "Khác người": asked and answered */
    enum consent_method method;
    bool has_claim; /* a card without a name becomes theirs */
    unsigned char claim[EVENT_TOKEN_BYTES];
    unsigned char token[EVENT_TOKEN_BYTES]; /* once saved */
};

/* A fresh draft: thôn of the open class, "19". The Telex switch stays as it was. */
void registration_begin(struct app *app);
void registration_wipe(struct app *app);

/* The name as it would be stored, into `out` (PERSON_NAME_MAX bytes). */
enum name_trouble registration_name(const struct app *app, char *out);
/* Year of birth; 0: not said ("19", ""); -1: cannot be one. */
int registration_year(const struct app *app);
/* Digits typed as an age become the year. False: no age. */
bool registration_take_age(struct app *app);
int registration_age(const struct app *app); /* -1 without a year */
bool registration_is_child(const struct app *app);
/* Group from the age, occupation from the group, as long as nobody chose them. */
void registration_presets(struct app *app);
void registration_choose_group(struct app *app, const char *code);

/* Those of the index who may be the same; at most `max`. 0 while names are locked. */
size_t registration_alike(const struct app *app, struct people_likeness *out,
                          size_t max);
/* The page after groups: duplicates, guardian or consent. */
const char *registration_after_groups(const struct app *app);

/* A card without a name held before the scanner, or its code. What it is, as card_read;
 * CARD_OURS: somebody has it already; CARD_BLANK: it is theirs from now on. */
enum card_verdict registration_claim(struct app *app, const char *scanned);
enum card_verdict registration_claim_code(struct app *app, const char *code);

/* "Đồng ý": on the disk when ERR_OK; the person is selected, and present when a class is
 * open. Errors: as people_register. */
NODISCARD enum err registration_save(struct app *app);
/* "Cùng người": the entry that is there already is used. */
NODISCARD enum err registration_use(struct app *app, const unsigned char *token);
