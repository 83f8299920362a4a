/* Rows of the table `card`, for the files of this room: tokens and codes that people
 * hold in their hands. Inside the caller's transaction. */
#pragma once

#include "store/person.h"

enum card_state { CARD_STATE_NONE, CARD_STATE_VALID, CARD_STATE_REVOKED };

struct card_row {
    enum card_state state; /* NONE: no card of ours */
    unsigned char owner[EVENT_TOKEN_BYTES];
    char code[PERSON_CODE_CHARS];
};

/* A card with a free code for `owner`; NULL: the new token itself. Errors: ERR_FULL when
 * every code is taken. */
NODISCARD enum err card_row_make(struct db *db, const unsigned char *owner,
                                 struct person_card *out);
NODISCARD enum err card_row_find(struct db *db, const unsigned char *token,
                                 struct card_row *out);
/* The newest valid card of `root` itself, else of somebody merged into it; "" if none. */
NODISCARD enum err card_row_code(struct db *db, const unsigned char *root,
                                 char out[PERSON_CODE_CHARS]);
/* No card of the person opens anything from now on. */
NODISCARD enum err card_row_revoke(struct db *db, const unsigned char *root);
/* The cards of one token go; their codes are never given again. */
NODISCARD enum err card_row_erase(struct db *db, const unsigned char *owner);
