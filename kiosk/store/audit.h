/* The log of what staff did: append-only, chained, without personal data. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct buf;
struct db;

enum audit_kind {
    AUDIT_LOGIN = 1,
    AUDIT_PEOPLE,
    AUDIT_EXPORT,
    AUDIT_STAFF,
    AUDIT_SETTING,
    AUDIT_PACK,
    AUDIT_SYNC,
    AUDIT_BACKUP,
    AUDIT_KIND_COUNT
};

struct audit_line {
    int64_t seq;
    int64_t day;       /* since 1970, -1: not certain */
    int64_t wall_ms;   /* 0: not certain */
    const char *actor; /* staff id, "setup", "ctl", "self" */
    enum audit_kind kind;
    const char *what;   /* key of a sentence of strings.def: "au.e.person_erased" */
    const char *detail; /* card number, file kind, counts: never a name */
};

/* Part of the caller's transaction when there is one. `detail` may be NULL. Errors: ERR_REJECTED
 * without an actor, so that nothing is done by nobody. */
NODISCARD enum err audit_add(struct db *db, enum audit_kind kind, const char *actor,
                             const char *what, const char *detail);
/* Newest first. `kind` 0: all. */
NODISCARD enum err audit_read(struct db *db, enum audit_kind kind, size_t skip,
                              size_t max, struct arena *arena, struct audit_line **out,
                              size_t *n_out);
/* Errors: ERR_CORRUPT when a line was changed or is missing; `report` says where. */
NODISCARD enum err audit_verify(struct db *db, struct buf *report);
