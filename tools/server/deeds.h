/* What officials did here: a log that only grows, each line chained to the one before. No
 * personal data of learners: names of officials, ids of machines. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "server.h"

#define DEEDS_BY_COMMAND "-" /* `by`: a subcommand on the server's own machine */

enum deed_what {
    DEED_LOGIN,
    DEED_LOGOUT,
    DEED_LOCKED, /* five misses */
    DEED_STAFF_ADD,
    DEED_STAFF_PASSWORD,
    DEED_STAFF_REMOVE,
    DEED_ENROL_CODE,
    DEED_KIOSK_CONFIRM,
    DEED_KIOSK_REVOKE,
    DEED_ADMIT,
    DEED_DIFFICULTY,
    DEED_CAMPAIGN,
    DEED_SPOT_CHECK,
    DEED_FORGET,
    DEED_PARENT_JOIN,
    DEED_NOTICE,       /* written, or changed */
    DEED_NOTICE_END,   /* taken down */
    DEED_SETTING,      /* object: its key */
    DEED_FREEZE,       /* figures of a period are kept for good */
    DEED_REGISTER_ADD, /* object: kind and number of the entry, no words of it */
    DEED_REGISTER_CORRECT,
    DEED_REGISTER_WITHDRAW,
    DEED_REGISTER_FORGET,
    DEED_PROGRAM,      /* offered to kiosks; object: suite and architecture */
    DEED_PROGRAM_STOP, /* … no more */
    DEED_WHATS
};

/* One line more, inside the caller's transaction or by itself. Errors: of the store. */
NODISCARD enum err deeds_add(struct server *s, const char *by, enum deed_what what,
                             const char *object);

struct deed {
    int64_t seq;
    int64_t at_ms;
    const char *by;
    enum deed_what what; /* DEED_WHATS: of a newer program */
    const char *object;
    bool fits; /* it is chained to the line before */
};

/* Calls `row` for the newest `n`, oldest of them first. Errors: of the store, row's. */
typedef enum err deeds_fn(void *ctx, const struct deed *line);
NODISCARD enum err deeds_each(struct server *s, int64_t n, deeds_fn *row, void *ctx);
