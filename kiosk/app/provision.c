/* Runs a set-up file through provision_parts.c in one transaction: with a fault nothing of it
 * stays. To try is the same, taken back. */
#include "app/provision_private.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "store/db.h"
#include "store/staff.h"

#define DEPTH_MAX 4
#define WHY_BYTES 200
/* For trying a file that leaves them out; they are never kept. */
#define TRY_PIN "739204"
#define TRY_PASSPHRASE "khong ai dung cau nay"

/* --- all of it ---------------------------------------------------------------------------- */

static bool is_set_up(struct db *db, const struct vault *vault)
{
    struct arena arena = { 0 };
    struct staff *list;
    size_t n = 0;
    bool known = vault_exists(vault) || staff_list(db, &arena, &list, &n) || n > 0;

    arena_finish(&arena);
    return known;
}

static enum err write_whole(struct db *db, void *ctx)
{
    struct provisioning *p = ctx;
    enum err err;

    vault_close(p->vault); /* a second time, when a full disk cost the ballast */
    p->vault = NULL;
    p->n_faults = 0;
    buf_clear(p->why);
    err = vault_open(db, &p->vault);
    if (!err)
        err = provision_put_all(p);
    return !err && (p->n_faults || !p->keep) ? ERR_REJECTED : err;
}

static enum err run(struct provisioning *p, const char *json, size_t n)
{
    char why[WHY_BYTES] = "";
    enum err err = vault_open(p->db, &p->vault);

    if (!err && json_parse(json, n, DEPTH_MAX, &p->doc, why, sizeof(why))) {
        provision_fault(p, "%s", why);
        return ERR_REJECTED;
    }
    if (!err && json_kind_of(p->doc) != JSON_IS_OBJECT)
        provision_fault(p, "an object is needed");
    else if (!err && is_set_up(p->db, p->vault))
        provision_fault(
            p, "this machine is set up already: its staff change it on screen");
    if (!err && p->n_faults)
        return ERR_REJECTED;
    if (!err)
        err = db_all_or_nothing(p->db, write_whole, p);
    if (err && !p->n_faults && p->keep)
        provision_fault(p, "the database: %s", err_name(err));
    return err;
}

enum err provision(struct db *db, const char *json, size_t n,
                   const struct provision_typed *typed,
                   char recovery_out[VAULT_SECRET_CHARS], struct vault **vault_out,
                   struct buf *why)
{
    struct provisioning p = {
        .db = db, .typed = typed, .recovery = recovery_out, .why = why, .keep = true
    };
    enum err err = run(&p, json, n);

    json_free(p.doc);
    if (err)
        hash_wipe(recovery_out, VAULT_SECRET_CHARS);
    if (!err && vault_out)
        *vault_out = p.vault;
    else
        vault_close(p.vault);
    return err;
}

static void take(char *out, size_t size, const char *text)
{
    (void)snprintf(out, size, "%s", text);
}

/* --- what it holds -------------------------------------------------------------------------- */

static void count_all(const json_value *doc, struct provision_holds *out)
{
    const json_value *staff = json_get(doc, "staff"), *server = json_get(doc, "server");

    take(out->commune, sizeof(out->commune),
         provision_text(json_get(doc, "commune"), "name"));
    take(out->place, sizeof(out->place),
         provision_text(json_get(doc, "place"), "name"));
    take(out->url, sizeof(out->url), provision_text(server, "url"));
    take(out->code, sizeof(out->code), provision_text(server, "code"));
    out->n_thon = json_count(json_get(doc, "thon"));
    out->n_units = json_count(json_get(doc, "units"));
    out->n_slots = json_count(json_get(doc, "calendar"));
    out->n_settings = json_count(json_get(doc, "settings"));
    out->n_staff = json_count(staff);
    out->wants_passphrase = !*provision_text(doc, "passphrase");
    for (size_t i = 0; i < out->n_staff && !out->admin[0]; i++)
        if (!strcmp(provision_text(json_at(staff, i), "role"), "administrator")) {
            take(out->admin, sizeof(out->admin),
                 provision_text(json_at(staff, i), "alias"));
            out->wants_pin = !*provision_text(json_at(staff, i), "pin");
        }
}

enum err provision_try(struct db *db, const char *json, size_t n,
                       struct provision_holds *out, struct buf *why)
{
    static const struct provision_typed typed = { TRY_PIN, TRY_PASSPHRASE };
    char recovery[VAULT_SECRET_CHARS];
    struct provisioning p = {
        .db = db, .typed = &typed, .recovery = recovery, .why = why
    };
    enum err err = run(&p, json, n);

    memset(out, 0, sizeof(*out));
    if (json_kind_of(p.doc) == JSON_IS_OBJECT)
        count_all(p.doc, out);
    json_free(p.doc);
    vault_close(p.vault);
    hash_wipe(recovery, sizeof(recovery));
    return err == ERR_REJECTED && !p.n_faults ? ERR_OK : err;
}
