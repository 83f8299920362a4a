/* How a learner likes the pages: kept by token until the person is erased. Primary data, no
 * event: it counts for nothing. */
#pragma once

#include <stdbool.h>

#include "lesson/event.h"
#include "store/db.h"

#define LOOK_LANG_BYTES 8

struct look {
    int text_step;              /* 0 Vừa, 1 To, 2 Rất to */
    bool contrast;              /* darker lines and letters on white */
    bool still;                 /* nothing moves */
    char lang[LOOK_LANG_BYTES]; /* of the voice */
};

/* `out` stays as it is for somebody who never chose. Errors: ERR_CORRUPT. */
NODISCARD enum err look_read(struct db *db,
                             const unsigned char token[EVENT_TOKEN_BYTES],
                             struct look *out);
/* Errors: as db_transact. */
NODISCARD enum err look_write(struct db *db,
                              const unsigned char token[EVENT_TOKEN_BYTES],
                              const struct look *look);
