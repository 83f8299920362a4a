/* Cards that people hold: the QR text and its reading, new ones, blank ones. Codes that
 * people type are in person.h. */
#pragma once

#include <stddef.h>

#include "store/person.h"

#define CARD_TEXT_CHARS 37 /* "BD1…", 36 and the NUL */
/* What the QR of a card says: commune tag, token, MAC. Of a revoked card, and of a person,
 * that of the newest valid card. Errors: ERR_REJECTED (no card). */
NODISCARD enum err card_text(struct db *db, const unsigned char *token,
                             char out[CARD_TEXT_CHARS]);
enum card_verdict {
    CARD_OURS,    /* `token_out` is the person it belongs to now */
    CARD_BLANK,   /* ours, printed ahead, claimed by nobody */
    CARD_VISITOR, /* of another kiosk of this commune */
    CARD_REVOKED, /* lost and replaced, or of somebody erased */
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
