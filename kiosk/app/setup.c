/* The first administrator and the data key, in one transaction. */
#include "app/setup.h"

#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "base/hash.h"
#include "store/audit.h"

struct writing {
    const struct setup_admin *admin;
    struct vault *vault;
    char *recovery;
};

/* May run twice, when a full disk cost the ballast: each time from the database as it is. */
static enum err write_all(struct db *db, void *ctx)
{
    struct writing *w = ctx;
    struct staff who = { .role = STAFF_ADMIN, .picture = w->admin->picture };
    enum err err;

    vault_close(w->vault);
    w->vault = NULL;
    err = vault_open(db, &w->vault);
    snprintf(who.alias, sizeof(who.alias), "%s", w->admin->alias);
    if (!err)
        err = staff_add(db, &who, w->admin->pin);
    if (!err)
        err = vault_create(w->vault, w->admin->passphrase, w->recovery);
    if (!err)
        err = audit_add(db, AUDIT_STAFF, "setup", "au.e.setup", NULL);
    return err;
}

bool setup_is_due(struct app *app)
{
    struct arena arena = { 0 };
    struct staff *list;
    size_t n = 0;
    bool due = app->db && !vault_exists(app->desk.vault) &&
               !staff_list(app->db, &arena, &list, &n) && n == 0;

    arena_finish(&arena);
    return due;
}

enum err setup_finish(struct app *app, const struct setup_admin *admin,
                      char recovery_out[VAULT_SECRET_CHARS])
{
    struct writing w = { .admin = admin, .recovery = recovery_out };
    enum err err = setup_is_due(app) ? ERR_OK : ERR_REJECTED;

    if (!err)
        err = db_all_or_nothing(app->db, write_all, &w);
    if (err) {
        vault_close(w.vault);
        hash_wipe(recovery_out, VAULT_SECRET_CHARS);
        return err;
    }
    vault_close(app->desk.vault);
    app->desk.vault = w.vault;
    return ERR_OK;
}

enum err setup_set_dpi(struct app *app, int dpi)
{
    char text[16];
    enum err err;

    snprintf(text, sizeof(text), "%d", dpi);
    err = app->db ? db_set(app->db, "set.screen_dpi", text) : ERR_CORRUPT;
    if (!err)
        app->settings.value[SETTING_SCREEN_DPI] = dpi;
    return err;
}
