/* Setting a new machine up on screen: what the pages of `setup` write. Lists and places are
 * written as they are entered; administrator and data key together, at the end. */
#pragma once

#include "base/err.h"
#include "store/vault.h"

struct app;

/* Nobody can sign in yet and there is no data key. */
bool setup_is_due(struct app *app);

struct setup_admin {
    const char *alias, *pin, *passphrase; /* borrowed; the caller wipes them */
    int picture;
};
/* The first administrator and the data key, both or none; names are open afterwards.
 * `recovery_out` comes back once. Takes up to 4 s (Argon2id). Errors: ERR_REJECTED (set up
 * already, alias, PIN or passphrase), ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err setup_finish(struct app *app, const struct setup_admin *admin,
                                char recovery_out[VAULT_SECRET_CHARS]);

/* Pixels per inch as measured with a ruler; 0: as before anybody measured. The next frame
 * is drawn by it. Errors: those of the disk; then nothing changes. */
NODISCARD enum err setup_set_dpi(struct app *app, int dpi);
