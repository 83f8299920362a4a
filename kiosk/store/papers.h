/* “Giấy ghi nhận”: who has earned one, and that it was given. A paper is an event, made when
 * it is shown for the first time and counted once (statistic `certificates`); showing or
 * printing it again gives the same paper. Its name, its QR and its looks are not here. */
#pragma once

#include <stdbool.h>

#include "lesson/event.h"
#include "store/db.h"

#define PAPERS_REF_BYTES 5

struct paper_issued {
    char unit[EVENT_UNIT_MAX + 1]; /* module */
    int64_t day;                   /* it was given; -1: not certain (yet) */
    /* Its number. It follows from the salt of the event, so that nothing leads from a
     * paper back to the events of somebody who was erased. */
    unsigned char ref[PAPERS_REF_BYTES];
};

/* Every lesson of the module is passed, by the curriculum of now; or the paper was given
 * before, and lessons were added since. Holders of nameless and blank cards earn it too.
 * Errors: ERR_CORRUPT. */
NODISCARD enum err papers_earned(struct db *db, const unsigned char *token,
                                 const char *module, bool *out);
/* Gives the paper, or gives it back. Another one is given for a module whose lessons have
 * changed and are all passed again. Errors: ERR_REJECTED (not earned, nobody's token), as
 * journal_append. */
NODISCARD enum err papers_issue(struct db *db, const unsigned char *token,
                                const char *module, struct paper_issued *out);
