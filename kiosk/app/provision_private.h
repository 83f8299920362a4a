/* A set-up file while it is read: what provision.c and provision_parts.c share. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "app/provision.h"
#include "base/json.h"

struct provisioning {
    struct db *db;
    json_value *doc;
    const struct provision_typed *typed;
    struct vault *vault;
    char *recovery;
    struct buf *why;
    size_t n_faults;
    bool keep;
};

/* One line of what is wrong; reading goes on. */
__attribute__((format(printf, 2, 3))) void provision_fault(struct provisioning *p,
                                                           const char *format, ...);
/* "": there is none. */
const char *provision_text(const json_value *v, const char *key);
/* Writes every part, past its faults. Errors: those of the disk. */
NODISCARD enum err provision_put_all(struct provisioning *p);
