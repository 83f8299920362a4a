/* Reads the file and writes what it says. */
#include "app/provision.h"

#include <stdio.h>
#include <string.h>

#include "app/settings.h"
#include "base/arena.h"
#include "base/check.h"
#include "base/json.h"
#include "store/audit.h"
#include "store/class.h"
#include "store/db.h"
#include "store/staff.h"

#define DEPTH_MAX 4

struct provisioning {
    struct db *db;
    json_value *doc;
    char *why;
    size_t n_why;
};

static enum err refuse(struct provisioning *p, const char *what, const char *which)
{
    snprintf(p->why, p->n_why, "%s%s%s", what, which ? ": " : "", which ? which : "");
    return ERR_REJECTED;
}

static const char *text_in(const json_value *v, const char *key)
{
    const char *text = json_text(json_get(v, key));

    return text ? text : "";
}

static enum err put_list(struct provisioning *p, enum commune_list list,
                         const char *key)
{
    json_value *names = json_get(p->doc, key), *name;
    const char *code;
    void *at = NULL;

    while (json_each(names, &at, &code, &name)) {
        struct commune_entry e = { .gone = false };

        if (!json_text(name) || strlen(code) > COMMUNE_CODE_MAX ||
            strlen(json_text(name)) >= COMMUNE_NAME_MAX)
            return refuse(p, key, code);
        snprintf(e.code, sizeof(e.code), "%s", code);
        snprintf(e.name, sizeof(e.name), "%s", json_text(name));
        if (commune_set(p->db, list, &e))
            return refuse(p, key, code);
    }
    return ERR_OK;
}

static enum err put_settings(struct provisioning *p)
{
    const json_value *commune = json_get(p->doc, "commune");
    const json_value *place = json_get(p->doc, "place");
    const struct {
        const char *key, *value;
    } rows[] = { { "commune.code", text_in(commune, "code") },
                 { "commune.name", text_in(commune, "name") },
                 { "place.thon", text_in(place, "thon") },
                 { "place.name", text_in(place, "name") } };
    enum err err = ERR_OK;

    for (size_t i = 0; !err && i < COUNT(rows); i++)
        if (*rows[i].value)
            err = db_set(p->db, rows[i].key, rows[i].value);
    return err;
}

/* The same rows as on the page of settings, by their keys. */
static enum err put_machine(struct provisioning *p)
{
    json_value *list = json_get(p->doc, "settings"), *number;
    const char *key;
    void *at = NULL;

    while (json_each(list, &at, &key, &number)) {
        enum setting which = settings_find(key);
        int64_t value;

        if (which == SETTING_COUNT)
            return refuse(p, "settings: no such key", key);
        if (json_int(number, 0, INT32_MAX, &value) ||
            settings_write(p->db, which, (long)value))
            return refuse(p, "settings: no number in range", key);
    }
    return ERR_OK;
}

static bool read_role(const char *text, enum staff_role *out)
{
    static const char *const roles[] = { "volunteer", "administrator", "inspector",
                                         "editor" };

    for (size_t i = 0; i < COUNT(roles); i++)
        if (!strcmp(text, roles[i])) {
            *out = (enum staff_role)(i + 1);
            return true;
        }
    return false;
}

static enum err put_staff(struct provisioning *p)
{
    const json_value *list = json_get(p->doc, "staff");
    bool has_admin = false;

    for (size_t i = 0; i < json_count(list); i++) {
        const json_value *v = json_at(list, i);
        struct staff who = { .role = STAFF_VOLUNTEER };
        int64_t picture = 0;

        if (!read_role(text_in(v, "role"), &who.role))
            return refuse(p, "staff: no such role", text_in(v, "role"));
        if (json_get(v, "picture") &&
            json_int(json_get(v, "picture"), 0, STAFF_PICTURES - 1, &picture))
            return refuse(p, "staff: no such picture", NULL);
        who.picture = (int)picture;
        snprintf(who.alias, sizeof(who.alias), "%s", text_in(v, "alias"));
        snprintf(who.thon, sizeof(who.thon), "%s", text_in(v, "thon"));
        if (staff_add(p->db, &who, text_in(v, "pin")))
            return refuse(
                p,
                "staff: an alias of 1 to 40 letters and a PIN of 6 digits that "
                "is not easy to guess are needed",
                NULL);
        has_admin |= who.role == STAFF_ADMIN;
    }
    return has_admin ? ERR_OK : refuse(p, "staff: an administrator is needed", NULL);
}

static int minutes_of(const char *text)
{
    int hour, minute;
    char rest;

    return sscanf(text, "%2d:%2d%c", &hour, &minute, &rest) == 2 ? 60 * hour + minute
                                                                 : -1;
}

static enum err put_calendar(struct provisioning *p)
{
    const json_value *list = json_get(p->doc, "calendar");

    for (size_t i = 0; i < json_count(list); i++) {
        const json_value *v = json_at(list, i);
        struct commune_slot slot = { .from_min = minutes_of(text_in(v, "from")),
                                     .to_min = minutes_of(text_in(v, "to")) };
        int64_t weekday;

        if (json_int(json_get(v, "weekday"), 0, 6, &weekday))
            return refuse(p, "calendar: a weekday is 0 (Monday) to 6", NULL);
        slot.weekday = (int)weekday;
        snprintf(slot.thon, sizeof(slot.thon), "%s", text_in(v, "thon"));
        snprintf(slot.place, sizeof(slot.place), "%s", text_in(v, "place"));
        snprintf(slot.unit, sizeof(slot.unit), "%s", text_in(v, "unit"));
        snprintf(slot.lesson, sizeof(slot.lesson), "%s", text_in(v, "lesson"));
        if (commune_set_slot(p->db, &slot))
            return refuse(p, "calendar: thon, from and to (HH:MM) are needed", NULL);
    }
    return ERR_OK;
}

static enum err put_all(struct provisioning *p, struct vault *vault,
                        char recovery_out[VAULT_SECRET_CHARS])
{
    enum err err = put_settings(p);

    if (!err)
        err = put_machine(p);
    if (!err)
        err = put_list(p, COMMUNE_THON, "thon");
    if (!err)
        err = put_list(p, COMMUNE_UNIT, "units");
    if (!err)
        err = put_calendar(p);
    if (!err)
        err = put_staff(p);
    if (!err && vault_create(vault, text_in(p->doc, "passphrase"), recovery_out))
        err = refuse(p, "passphrase: at least 10 characters are needed", NULL);
    if (!err)
        err = audit_add(p->db, AUDIT_STAFF, "ctl", "au.e.setup", NULL);
    return err;
}

static bool is_set_up(struct db *db, const struct vault *vault)
{
    struct arena arena = { 0 };
    struct staff *list;
    size_t n = 0;
    bool known = vault_exists(vault) || staff_list(db, &arena, &list, &n) || n > 0;

    arena_finish(&arena);
    return known;
}

struct whole {
    struct provisioning *p;
    struct vault *vault;
    char *recovery;
};

static enum err write_whole(struct db *db, void *ctx)
{
    struct whole *w = ctx;

    enum err err;

    vault_close(w->vault); /* a second time, when a full disk cost the ballast */
    w->vault = NULL;
    err = vault_open(db, &w->vault);
    return err ? err : put_all(w->p, w->vault, w->recovery);
}

enum err provision(struct db *db, const char *json, size_t n,
                   char recovery_out[VAULT_SECRET_CHARS], char *why, size_t n_why)
{
    struct provisioning p = { .db = db, .why = why, .n_why = n_why };
    struct whole whole = { .p = &p, .recovery = recovery_out };
    enum err err;

    why[0] = 0;
    err = vault_open(db, &whole.vault);
    if (!err && json_parse(json, n, DEPTH_MAX, &p.doc, why, n_why))
        err = ERR_REJECTED;
    else if (!err && is_set_up(db, whole.vault))
        err = refuse(
            &p, "this machine is set up already: its staff change it on screen", NULL);
    else if (!err)
        err = db_all_or_nothing(db, write_whole, &whole);
    if (err && !why[0])
        snprintf(why, n_why, "the database: %s", err_name(err));
    json_free(p.doc);
    vault_close(whole.vault);
    return err;
}
