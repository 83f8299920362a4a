/* The set-up file on a stick: BDHVS/provision.json with its signature beside it. It is read
 * anew for each step, so that no passphrase lies in memory while somebody reads the page. */
#pragma once

#include "app/provision.h"

struct app;

enum provision_offer_kind {
    PROVISION_NO_FILE,
    PROVISION_NO_KEY,   /* the machine was made without one */
    PROVISION_UNSIGNED, /* or signed by somebody else, or changed since */
    PROVISION_FAULTY,   /* signed, and wrong: `fault` is the first */
    PROVISION_UNREADABLE,
    PROVISION_GOOD,
};

struct provision_offer {
    enum provision_offer_kind kind;
    struct provision_holds holds;
    char fault[200]; /* English, with its place, as bdhvs-ctl says it */
};

/* Whether such a file is on the stick. */
bool provision_stick_is_there(struct app *app);

/* Reads, checks and tries it; up to 2 s (Argon2id). The database stays as it is. */
void provision_stick_look(struct app *app, struct provision_offer *out);

/* Sets the machine up by it; names are open afterwards. Errors: ERR_OFFLINE (the stick or the
 * file is gone), ERR_REJECTED (another file, PIN or passphrase), ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err provision_stick_apply(struct app *app,
                                         const struct provision_typed *typed,
                                         char recovery_out[VAULT_SECRET_CHARS]);
