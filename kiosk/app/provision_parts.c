/* The parts of a set-up file, one function each: a fault is told with its place, and the next
 * part is read all the same. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "app/provision_private.h"
#include "app/settings.h"
#include "base/buf.h"
#include "base/check.h"
#include "store/audit.h"
#include "store/class.h"
#include "store/db.h"
#include "store/staff.h"

#define LINE_BYTES 200

void provision_fault(struct provisioning *p, const char *format, ...)
{
    char line[LINE_BYTES];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(line, sizeof(line), format, args);
    va_end(args);
    buf_printf(p->why, "%s\n", line);
    p->n_faults++;
}

/* A refusal is a fault of the file; anything else ends the work. */
#define TOOK_OR_FAULT(p, err, ...)                                                 \
    ((err) == ERR_REJECTED ? (provision_fault((p), __VA_ARGS__), (enum err)ERR_OK) \
                           : (err))

const char *provision_text(const json_value *v, const char *key)
{
    const char *text = json_text(json_get(v, key));

    return text ? text : "";
}

/* Members that are unknown, or of another kind than these. */
struct member {
    const char *name;
    enum json_kind kind;
};

static void check_members(struct provisioning *p, const char *where, json_value *v,
                          const struct member *known, size_t n_known)
{
    json_value *member;
    const char *key;
    void *at = NULL;

    while (json_each(v, &at, &key, &member)) {
        size_t i = 0;

        while (i < n_known && strcmp(known[i].name, key) != 0)
            i++;
        if (i == n_known)
            provision_fault(p, "%s%.40s: no such member", where, key);
        else if (json_kind_of(member) != known[i].kind)
            provision_fault(p, "%s%s: %s is needed", where, key,
                            known[i].kind == JSON_IS_TEXT    ? "a text"
                            : known[i].kind == JSON_IS_INT   ? "a whole number"
                            : known[i].kind == JSON_IS_ARRAY ? "a list"
                                                             : "an object");
    }
}

/* --- the parts ---------------------------------------------------------------------------- */

static enum err put_list(struct provisioning *p, enum commune_list list,
                         const char *key)
{
    json_value *names = json_get(p->doc, key), *name;
    const char *code;
    void *at = NULL;
    enum err err = ERR_OK;

    while (!err && json_each(names, &at, &code, &name)) {
        struct commune_entry e = { .gone = false };

        if (!json_text(name) || strlen(code) > COMMUNE_CODE_MAX ||
            strlen(json_text(name)) >= COMMUNE_NAME_MAX) {
            provision_fault(
                p, "%s.%.40s: a code and a name that is not too long are needed", key,
                code);
            continue;
        }
        snprintf(e.code, sizeof(e.code), "%s", code);
        snprintf(e.name, sizeof(e.name), "%s", json_text(name));
        err = commune_set(p->db, list, &e);
        err = TOOK_OR_FAULT(p, err, "%s.%s: no code or name that can be", key, code);
    }
    return err;
}

static enum err put_facts(struct provisioning *p)
{
    static const struct member commune_has[] = { { "code", JSON_IS_TEXT },
                                                 { "name", JSON_IS_TEXT } };
    static const struct member place_has[] = { { "thon", JSON_IS_TEXT },
                                               { "name", JSON_IS_TEXT } };
    json_value *commune = json_get(p->doc, "commune");
    json_value *place = json_get(p->doc, "place");
    const struct {
        const char *key, *value;
    } rows[] = { { "commune.code", provision_text(commune, "code") },
                 { "commune.name", provision_text(commune, "name") },
                 { "place.thon", provision_text(place, "thon") },
                 { "place.name", provision_text(place, "name") } };
    enum err err = ERR_OK;

    check_members(p, "commune.", commune, commune_has, COUNT(commune_has));
    check_members(p, "place.", place, place_has, COUNT(place_has));
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
    enum err err = ERR_OK;

    while (!err && json_each(list, &at, &key, &number)) {
        enum setting which = settings_find(key);
        int64_t value;

        if (which == SETTING_COUNT) {
            provision_fault(p, "settings.%.40s: no such key", key);
            continue;
        }
        err = json_int(number, 0, INT32_MAX, &value)
                  ? ERR_REJECTED
                  : settings_write(p->db, which, (long)value);
        err = TOOK_OR_FAULT(p, err, "settings.%s: no number in range", key);
    }
    return err;
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

/* The file's own PIN, or what was typed for the first administrator. */
static const char *pin_of(const struct provisioning *p, const json_value *v,
                          const struct staff *who, bool first_admin)
{
    const char *pin = provision_text(v, "pin");

    if (!*pin && who->role == STAFF_ADMIN && first_admin && p->typed->pin)
        return p->typed->pin;
    return pin;
}

static enum err put_one(struct provisioning *p, json_value *v, size_t i,
                        bool *has_admin)
{
    static const struct member has[] = { { "alias", JSON_IS_TEXT },
                                         { "role", JSON_IS_TEXT },
                                         { "pin", JSON_IS_TEXT },
                                         { "picture", JSON_IS_INT },
                                         { "thon", JSON_IS_TEXT } };
    struct staff who = { .role = STAFF_VOLUNTEER };
    size_t before = p->n_faults;
    int64_t picture = 0;
    char where[32];
    const char *pin;
    enum err err;

    snprintf(where, sizeof(where), "staff[%zu].", i);
    check_members(p, where, v, has, COUNT(has));
    if (!read_role(provision_text(v, "role"), &who.role))
        provision_fault(p, "%srole: volunteer, administrator, inspector or editor",
                        where);
    if (json_get(v, "picture") &&
        json_int(json_get(v, "picture"), 0, STAFF_PICTURES - 1, &picture))
        provision_fault(p, "%spicture: 0 to %d", where, STAFF_PICTURES - 1);
    pin = pin_of(p, v, &who, !*has_admin);
    *has_admin |= who.role == STAFF_ADMIN;
    if (staff_pin_check(pin) != PIN_FINE)
        provision_fault(p, "%spin: %d digits that are not easy to guess", where,
                        STAFF_PIN_MIN);
    if (strlen(provision_text(v, "alias")) >= sizeof(who.alias) ||
        strlen(provision_text(v, "thon")) >= sizeof(who.thon))
        provision_fault(p, "%salias, thon: too long", where);
    if (p->n_faults > before)
        return ERR_OK;
    who.picture = (int)picture;
    snprintf(who.alias, sizeof(who.alias), "%s", provision_text(v, "alias"));
    snprintf(who.thon, sizeof(who.thon), "%s", provision_text(v, "thon"));
    err = staff_add(p->db, &who, pin);
    return TOOK_OR_FAULT(p, err, "%salias: 1 to 40 letters", where);
}

static enum err put_staff(struct provisioning *p)
{
    const json_value *list = json_get(p->doc, "staff");
    bool has_admin = false;
    enum err err = ERR_OK;

    for (size_t i = 0; !err && i < json_count(list); i++)
        err = put_one(p, json_at(list, i), i, &has_admin);
    if (!has_admin)
        provision_fault(p, "staff: an administrator is needed");
    return err;
}

static int minutes_of(const char *text)
{
    int hour, minute;
    char rest;

    return sscanf(text, "%2d:%2d%c", &hour, &minute, &rest) == 2 ? 60 * hour + minute
                                                                 : -1;
}

static enum err put_slot(struct provisioning *p, json_value *v, size_t i)
{
    static const struct member has[] = {
        { "weekday", JSON_IS_INT }, { "from", JSON_IS_TEXT },  { "to", JSON_IS_TEXT },
        { "thon", JSON_IS_TEXT },   { "place", JSON_IS_TEXT }, { "unit", JSON_IS_TEXT },
        { "lesson", JSON_IS_TEXT },
    };
    struct commune_slot slot = { .from_min = minutes_of(provision_text(v, "from")),
                                 .to_min = minutes_of(provision_text(v, "to")) };
    int64_t weekday;
    char where[32];
    enum err err;

    snprintf(where, sizeof(where), "calendar[%zu].", i);
    check_members(p, where, v, has, COUNT(has));
    if (json_int(json_get(v, "weekday"), 0, 6, &weekday)) {
        provision_fault(p, "%sweekday: 0 (Monday) to 6", where);
        return ERR_OK;
    }
    slot.weekday = (int)weekday;
    snprintf(slot.thon, sizeof(slot.thon), "%s", provision_text(v, "thon"));
    snprintf(slot.place, sizeof(slot.place), "%s", provision_text(v, "place"));
    snprintf(slot.unit, sizeof(slot.unit), "%s", provision_text(v, "unit"));
    snprintf(slot.lesson, sizeof(slot.lesson), "%s", provision_text(v, "lesson"));
    err = commune_set_slot(p->db, &slot);
    return TOOK_OR_FAULT(p, err, "%sthon, from, to: a thôn and HH:MM are needed",
                         where);
}

static enum err put_calendar(struct provisioning *p)
{
    const json_value *list = json_get(p->doc, "calendar");
    enum err err = ERR_OK;

    for (size_t i = 0; !err && i < json_count(list); i++)
        err = put_slot(p, json_at(list, i), i);
    return err;
}

static void check_server(struct provisioning *p)
{
    static const struct member has[] = { { "url", JSON_IS_TEXT },
                                         { "code", JSON_IS_TEXT } };
    json_value *server = json_get(p->doc, "server");
    const char *url = provision_text(server, "url");

    check_members(p, "server.", server, has, COUNT(has));
    if (server &&
        (strncmp(url, "https://", 8) != 0 || strlen(url) >= PROVISION_URL_MAX))
        provision_fault(p, "server.url: an address that begins with https://");
    if (strlen(provision_text(server, "code")) >= PROVISION_CODE_MAX)
        provision_fault(p,
                        "server.code: the code of 8 characters that the server shows");
}

static enum err put_key(struct provisioning *p)
{
    const char *own = provision_text(p->doc, "passphrase");
    enum err err = ERR_REJECTED;

    if (!*own && p->typed->passphrase)
        own = p->typed->passphrase;
    if (*own)
        err = vault_create(p->vault, own, p->recovery);
    return TOOK_OR_FAULT(p, err, "passphrase: at least %d characters",
                         VAULT_PASSPHRASE_MIN);
}

static const struct member top[] = {
    { "commune", JSON_IS_OBJECT },  { "thon", JSON_IS_OBJECT },
    { "units", JSON_IS_OBJECT },    { "place", JSON_IS_OBJECT },
    { "passphrase", JSON_IS_TEXT }, { "staff", JSON_IS_ARRAY },
    { "calendar", JSON_IS_ARRAY },  { "server", JSON_IS_OBJECT },
    { "settings", JSON_IS_OBJECT },
};

enum err provision_put_all(struct provisioning *p)
{
    enum err err;

    check_members(p, "", p->doc, top, COUNT(top));
    check_server(p);
    err = put_facts(p);
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
    if (!err)
        err = put_key(p);
    if (!err)
        err = audit_add(p->db, AUDIT_STAFF, "ctl", "au.e.setup", NULL);
    return err;
}
