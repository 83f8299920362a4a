/* The sealed half of a person, and what the people_*.c files share. */
#pragma once

#include "store/people.h"

/* Seals and stores, as the next version. `unchecked`: nobody looked for duplicates. */
NODISCARD enum err people_seal_write(struct db *db, struct vault *vault,
                                     const unsigned char *token,
                                     const struct person_details *details,
                                     bool unchecked);
enum people_seal {
    PEOPLE_SEAL_NONE,       /* a nameless person */
    PEOPLE_SEAL_SHUT,       /* locked */
    PEOPLE_SEAL_OPEN,       /* `out` is filled in; wipe it */
    PEOPLE_SEAL_UNREADABLE, /* of another key, or damaged */
};
NODISCARD enum err people_seal_read(struct db *db, struct vault *vault,
                                    const unsigned char *token,
                                    struct person_details *out, bool *unchecked_out,
                                    enum people_seal *how_out);

/* The year it is, as well as this machine knows; never before the program was built. */
int people_year(const struct db *db);
/* Today, -1 when it is not certain. */
int64_t people_today(const struct db *db);
/* A staff id, "self", "ctl" …, as events and audit lines take them. */
bool people_actor_ok(const char *actor);
