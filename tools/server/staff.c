/* See staff.h. */
#include "staff.h"

#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/hash.h"
#include "deeds.h"
#include "password.h"
#include "session.h"

static const char *const role_names[STAFF_ROLES] = {
    [STAFF_ADMINISTRATOR] = "administrator",
    [STAFF_INSPECTOR] = "inspector",
    [STAFF_EDITOR] = "editor",
};

bool staff_role_parse(const char *text, enum staff_role *out)
{
    for (size_t i = 0; i < STAFF_ROLES; i++)
        if (!strcmp(role_names[i], text)) {
            *out = (enum staff_role)i;
            return true;
        }
    return false;
}

const char *staff_role_name(enum staff_role role)
{
    return role_names[role];
}

struct finding {
    struct staff *staff;
    char hash[PASSWORD_HASH_CHARS];
    bool found;
};

/* Cells of Q_ADMIN_GET: role hash. */
static enum err take_staff(void *ctx, const struct cell *c)
{
    struct finding *f = ctx;
    unsigned char sha[HASH_SHA256_BYTES];

    if (!staff_role_parse(c[0].text, &f->staff->role))
        return ERR_CORRUPT;
    snprintf(f->hash, sizeof(f->hash), "%s", c[1].text);
    hash_sha256(c[1].text, strlen(c[1].text), sha);
    memcpy(&f->staff->stamp, sha, sizeof(f->staff->stamp));
    f->found = true;
    return ERR_OK;
}

static enum err find(struct server *s, const char *name, struct finding *f)
{
    *f->staff = (struct staff){ .role = STAFF_EDITOR };
    snprintf(f->staff->name, sizeof(f->staff->name), "%s", name);
    if (!bundle_id_ok(name))
        return ERR_OK;
    return server_note(
        s, store_run(s->store, Q_ADMIN_GET, take_staff, f, PARAM_TEXT(name)));
}

enum err staff_find(struct server *s, const char *name, struct staff *out,
                    bool *found_out)
{
    struct finding f = { .staff = out };
    enum err err = find(s, name, &f);

    *found_out = !err && f.found;
    hash_wipe(f.hash, sizeof(f.hash));
    return err;
}

enum err staff_check(struct server *s, const char *name, const char *password,
                     struct staff *out, bool *fits_out)
{
    struct finding f = { .staff = out };
    enum err err = find(s, name, &f);

    *fits_out = password_fits(f.found ? f.hash : NULL, password) && !err;
    hash_wipe(f.hash, sizeof(f.hash));
    return err;
}

/* --- changes ---------------------------------------------------------------------- */

/* Ends the transaction that the caller began. */
static enum err finish(struct server *s, enum err err)
{
    if (!err)
        err = store_commit(s->store);
    if (err)
        store_rollback(s->store);
    return server_note(s, err);
}

enum err staff_add(struct server *s, const char *by, const char *name,
                   enum staff_role role, const char *hash, const char **why)
{
    struct staff there;
    bool found;
    enum err err;

    *why = "needs a short name of a-z 0-9 . _ -";
    if (!bundle_id_ok(name))
        return ERR_REJECTED;
    err = staff_find(s, name, &there, &found);
    *why = "is there already";
    if (err || found)
        return err ? err : ERR_REJECTED;
    err = store_begin(s->store);
    if (err)
        return server_note(s, err);
    err =
        store_run(s->store, Q_STAFF_ADD, NULL, NULL, PARAM_TEXT(name), PARAM_TEXT(hash),
                  PARAM_INT(clock_wall_ms(s->clock)), PARAM_TEXT(role_names[role]));
    if (!err)
        err = deeds_add(s, by, DEED_STAFF_ADD, name);
    return finish(s, err);
}

enum err staff_passwd(struct server *s, const char *by, const char *name,
                      const char *hash, const char **why)
{
    struct staff there;
    bool found;
    enum err err = staff_find(s, name, &there, &found);

    *why = "no such official";
    if (err || !found)
        return err ? err : ERR_REJECTED;
    err = store_begin(s->store);
    if (err)
        return server_note(s, err);
    err = store_run(s->store, Q_STAFF_PASSWORD, NULL, NULL, PARAM_TEXT(name),
                    PARAM_TEXT(hash));
    if (!err)
        err = deeds_add(s, by, DEED_STAFF_PASSWORD, name);
    err = finish(s, err);
    if (!err)
        session_close_all(s->sessions, name);
    return err;
}

enum err staff_remove(struct server *s, const char *by, const char *name,
                      const char **why)
{
    struct staff there;
    bool found;
    int64_t n_administrators = 0;
    enum err err = staff_find(s, name, &there, &found);

    *why = "no such official";
    if (err || !found)
        return err ? err : ERR_REJECTED;
    err = store_run_plain(s->store, Q_ADMIN_COUNT, store_number, &n_administrators);
    *why = "is the last administrator";
    if (!err && there.role == STAFF_ADMINISTRATOR && n_administrators < 2)
        return ERR_REJECTED;
    if (!err)
        err = store_begin(s->store);
    if (err)
        return server_note(s, err);
    err = store_run(s->store, Q_STAFF_REMOVE, NULL, NULL, PARAM_TEXT(name));
    if (!err)
        err = deeds_add(s, by, DEED_STAFF_REMOVE, name);
    err = finish(s, err);
    if (!err)
        session_close_all(s->sessions, name);
    return err;
}

enum err staff_each(struct server *s, row_fn *row, void *ctx)
{
    return server_note(s, store_run_plain(s->store, Q_STAFF, row, ctx));
}
