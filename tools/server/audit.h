/* What officials did here: a log that only grows, each line chained to the one before. No
 * personal data of learners: names of officials, ids of machines. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "server.h"

#define AUDIT_BY_COMMAND "-" /* `by`: a subcommand on the server's own machine */

enum audit_what {
    AUDIT_LOGIN,
    AUDIT_LOGOUT,
    AUDIT_LOCKED, /* five misses */
    AUDIT_STAFF_ADD,
    AUDIT_STAFF_PASSWORD,
    AUDIT_STAFF_REMOVE,
    AUDIT_ENROL_CODE,
    AUDIT_KIOSK_CONFIRM,
    AUDIT_KIOSK_REVOKE,
    AUDIT_ADMIT,
    AUDIT_DIFFICULTY,
    AUDIT_WHATS
};

/* One line more, inside the caller's transaction or by itself. Errors: of the store. */
NODISCARD enum err audit_add(struct server *s, const char *by, enum audit_what what,
                             const char *object);

struct audit_line {
    int64_t seq;
    int64_t at_ms;
    const char *by;
    enum audit_what what; /* AUDIT_WHATS: of a newer program */
    const char *object;
    bool fits; /* it is chained to the line before */
};

/* Calls `row` for the newest `n`, oldest of them first. Errors: of the store, row's. */
typedef enum err audit_fn(void *ctx, const struct audit_line *line);
NODISCARD enum err audit_each(struct server *s, int64_t n, audit_fn *row, void *ctx);
