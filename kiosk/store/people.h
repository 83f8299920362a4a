/* People with names: sealed on disk, readable only while the vault is unlocked. Codes of
 * the cohort stay open, so that totals work (store/person.h). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/person.h"
#include "vietnamese/person_name.h"

struct arena;
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
 * `claim` is the token of a blank card, or NULL. Works while locked. Errors: ERR_REJECTED
 * (bad name, year outside 1900…now, bad codes, card not blank, no consent), ERR_FULL. */
NODISCARD enum err people_register(struct db *db, struct vault *vault,
                                   const struct person_details *details,
                                   const struct person_cohort *cohort,
                                   const struct person_consent *consent,
                                   const unsigned char *claim, const char *actor,
                                   struct person_card *out);
/* Replaces details and cohort (moves the gauges). */
NODISCARD enum err people_edit(struct db *db, struct vault *vault,
                               const unsigned char token[EVENT_TOKEN_BYTES],
                               const struct person_details *details,
                               const struct person_cohort *cohort, const char *actor);
/* Follows merges and reissued cards to the person. ERR_REJECTED: nobody's. Details are
 * empty while locked. */
NODISCARD enum err people_read(struct db *db, struct vault *vault,
                               const unsigned char token[EVENT_TOKEN_BYTES],
                               struct person_record *out);

/* `other` becomes a second card of `keep`; undone within 30 days. */
NODISCARD enum err people_merge(struct db *db, const unsigned char *keep,
                                const unsigned char *other, const char *actor);
struct people_merged {
    unsigned char other[EVENT_TOKEN_BYTES];
    int64_t seq;
    int days_left; /* to undo; -1: not certain, still allowed */
};
NODISCARD enum err people_merges(struct db *db, const unsigned char *keep,
                                 struct arena *arena, struct people_merged **out,
                                 size_t *n_out);
NODISCARD enum err people_unmerge(struct db *db, int64_t seq, const char *actor);

struct erase_receipt {
    char number[24]; /* "X-2026-0007": no name, no token */
    int64_t day;     /* -1: not certain */
    int64_t wall_ms; /* 0: not certain */
    int n_events;    /* rows made anonymous */
};
/* PROTOCOL §6: sealed rows, tokens and salts go, local backups are rewritten, the token is
 * put on the `erased` list outside the database; totals stay. */
NODISCARD enum err people_erase(struct db *db, const unsigned char *token,
                                const char *actor, struct erase_receipt *out);

/* --- cards ---------------------------------------------------------------------------- */

#define CARD_TEXT_CHARS 37 /* "BD1…", 36 and the NUL */
/* What the QR of a card says: commune tag, token, MAC. */
NODISCARD enum err card_text(struct db *db, const unsigned char *token,
                             char out[CARD_TEXT_CHARS]);
enum card_verdict {
    CARD_OURS,    /* `token_out` is the person it belongs to now */
    CARD_BLANK,   /* ours, printed ahead, claimed by nobody */
    CARD_VISITOR, /* of another kiosk of this commune */
    CARD_REVOKED,
    CARD_UNKNOWN, /* no card of ours, or damaged */
    CARD_STAFF,   /* "BDS1…": see vault.h */
};
enum card_verdict card_read(struct db *db, const char *scanned,
                            unsigned char token_out[EVENT_TOKEN_BYTES]);
/* A new card and code for the same person; the old ones are revoked at once. */
NODISCARD enum err card_reissue(struct db *db, const unsigned char *token,
                                const char *actor, struct person_card *out);
/* Blank cards printed ahead: token and code, no cohort. At most 200 at once. */
NODISCARD enum err card_blank(struct db *db, size_t n, struct person_card *out);
