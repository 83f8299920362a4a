/* Which tokens are one person: merges and reissued cards lead to the "root". */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lesson/event.h"
#include "store/db.h"

struct kin {
    bool known; /* the token is one of ours */
    unsigned char root[EVENT_TOKEN_BYTES];
    int64_t cohort; /* of the root; 0: a blank card, counted for nobody */
};

/* The token of a person or of any card of theirs. Errors: ERR_CORRUPT. */
NODISCARD enum err kin_find(struct db *db, const unsigned char *token, struct kin *out);

/* The same, ERR_REJECTED unless it is somebody registered. */
NODISCARD enum err kin_need(struct db *db, const unsigned char *token, struct kin *out);
