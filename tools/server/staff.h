/* The officials who may log in: short names, Argon2id strings, roles. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "server.h"

struct buf;

/* What they may do is said in routes.c, once for each page. */
enum staff_role {
    STAFF_ADMINISTRATOR, /* everything */
    STAFF_INSPECTOR,     /* reads everything, changes nothing */
    STAFF_EDITOR,        /* reads the figures; notices are theirs */
    STAFF_ROLES
};

struct staff {
    char name[BUNDLE_ID_MAX + 1];
    enum staff_role role;
    uint64_t stamp; /* another one with another password */
};

/* "administrator"; false: no such role. */
bool staff_role_parse(const char *text, enum staff_role *out);
const char *staff_role_name(enum staff_role role);

/* `*found_out` says whether there is one. Errors: of the store. */
NODISCARD enum err staff_find(struct server *s, const char *name, struct staff *out,
                              bool *found_out);
/* The same, if the password fits; takes as long for a name that nobody has. */
NODISCARD enum err staff_check(struct server *s, const char *name, const char *password,
                               struct staff *out, bool *fits_out);

/* Changes, each with its line in the log (deeds.h); `by` is who does it. Sessions of whom
 * they concern end. `hash` is of password_hash. Errors: ERR_REJECTED (`*why` says), of the
 * store. */
NODISCARD enum err staff_add(struct server *s, const char *by, const char *name,
                             enum staff_role role, const char *hash, const char **why);
NODISCARD enum err staff_passwd(struct server *s, const char *by, const char *name,
                                const char *hash, const char **why);
NODISCARD enum err staff_remove(struct server *s, const char *by, const char *name,
                                const char **why);

/* Calls `row` with name role made_ms of each, by name. Errors: of the store. */
NODISCARD enum err staff_each(struct server *s, row_fn *row, void *ctx);
