/* Reads the file and writes what it says, going on past each fault so that all are told; with
 * a fault nothing of it stays. To try is the same, taken back. */
#include "app/provision.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "app/settings.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"
#include "base/json.h"
#include "store/audit.h"
#include "store/class.h"
#include "store/db.h"
#include "store/staff.h"

#define DEPTH_MAX 4
#define WHY_BYTES 200
/* For trying a file that leaves them out; they are never kept. */
#define TRY_PIN "739204"
#define TRY_PASSPHRASE "khong ai dung cau nay"

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

__attribute__((format(printf, 2, 3))) static void fault(struct provisioning *p,
                                                        const char *format, ...)
{
    char line[WHY_BYTES];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(line, sizeof(line), format, args);
    va_end(args);
    buf_printf(p->why, "%s\n", line);
    p->n_faults++;
}

/* A refusal is a fault of the file; anything else ends the work. */
#define TOOK_OR_FAULT(p, err, ...) \
    ((err) == ERR_REJECTED ? (fault((p), __VA_ARGS__), ERR_OK) : (err))

/* "": there is none. */
static const char *text_in(const json_value *v, const char *key)
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
            fault(p, "%s%.40s: no such member", where, key);
        else if (json_kind_of(member) != known[i].kind)
            fault(p, "%s%s: %s is needed", where, key,
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
            fault(p, "%s.%.40s: a code and a name that is not too long are needed", key,
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
    } rows[] = { { "commune.code", text_in(commune, "code") },
                 { "commune.name", text_in(commune, "name") },
                 { "place.thon", text_in(place, "thon") },
                 { "place.name", text_in(place, "name") } };
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
            fault(p, "settings.%.40s: no such key", key);
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
    const char *pin = text_in(v, "pin");

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
    char where[24];
    const char *pin;
    enum err err;

    snprintf(where, sizeof(where), "staff[%zu].", i);
    check_members(p, where, v, has, COUNT(has));
    if (!read_role(text_in(v, "role"), &who.role))
        fault(p, "%srole: volunteer, administrator, inspector or editor", where);
    if (json_get(v, "picture") &&
        json_int(json_get(v, "picture"), 0, STAFF_PICTURES - 1, &picture))
        fault(p, "%spicture: 0 to %d", where, STAFF_PICTURES - 1);
    pin = pin_of(p, v, &who, !*has_admin);
    *has_admin |= who.role == STAFF_ADMIN;
    if (staff_pin_check(pin) != PIN_FINE)
        fault(p, "%spin: %d digits that are not easy to guess", where, STAFF_PIN_MIN);
    if (strlen(text_in(v, "alias")) >= sizeof(who.alias) ||
        strlen(text_in(v, "thon")) >= sizeof(who.thon))
        fault(p, "%salias, thon: too long", where);
    if (p->n_faults > before)
        return ERR_OK;
    who.picture = (int)picture;
    snprintf(who.alias, sizeof(who.alias), "%s", text_in(v, "alias"));
    snprintf(who.thon, sizeof(who.thon), "%s", text_in(v, "thon"));
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
        fault(p, "staff: an administrator is needed");
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
    struct commune_slot slot = { .from_min = minutes_of(text_in(v, "from")),
                                 .to_min = minutes_of(text_in(v, "to")) };
    int64_t weekday;
    char where[24];
    enum err err;

    snprintf(where, sizeof(where), "calendar[%zu].", i);
    check_members(p, where, v, has, COUNT(has));
    if (json_int(json_get(v, "weekday"), 0, 6, &weekday)) {
        fault(p, "%sweekday: 0 (Monday) to 6", where);
        return ERR_OK;
    }
    slot.weekday = (int)weekday;
    snprintf(slot.thon, sizeof(slot.thon), "%s", text_in(v, "thon"));
    snprintf(slot.place, sizeof(slot.place), "%s", text_in(v, "place"));
    snprintf(slot.unit, sizeof(slot.unit), "%s", text_in(v, "unit"));
    snprintf(slot.lesson, sizeof(slot.lesson), "%s", text_in(v, "lesson"));
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
    const char *url = text_in(server, "url");

    check_members(p, "server.", server, has, COUNT(has));
    if (server &&
        (strncmp(url, "https://", 8) != 0 || strlen(url) >= PROVISION_URL_MAX))
        fault(p, "server.url: an address that begins with https://");
    if (strlen(text_in(server, "code")) >= PROVISION_CODE_MAX)
        fault(p, "server.code: the code of 8 characters that the server shows");
}

static enum err put_key(struct provisioning *p)
{
    const char *own = text_in(p->doc, "passphrase");
    enum err err = ERR_REJECTED;

    if (!*own && p->typed->passphrase)
        own = p->typed->passphrase;
    if (*own)
        err = vault_create(p->vault, own, p->recovery);
    return TOOK_OR_FAULT(p, err, "passphrase: at least %d characters",
                         VAULT_PASSPHRASE_MIN);
}

/* --- all of it ---------------------------------------------------------------------------- */

static const struct member top[] = {
    { "commune", JSON_IS_OBJECT },  { "thon", JSON_IS_OBJECT },
    { "units", JSON_IS_OBJECT },    { "place", JSON_IS_OBJECT },
    { "passphrase", JSON_IS_TEXT }, { "staff", JSON_IS_ARRAY },
    { "calendar", JSON_IS_ARRAY },  { "server", JSON_IS_OBJECT },
    { "settings", JSON_IS_OBJECT },
};

static enum err put_all(struct provisioning *p)
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
        err = put_all(p);
    return !err && (p->n_faults || !p->keep) ? ERR_REJECTED : err;
}

static enum err run(struct provisioning *p, const char *json, size_t n)
{
    char why[WHY_BYTES] = "";
    enum err err = vault_open(p->db, &p->vault);

    if (!err && json_parse(json, n, DEPTH_MAX, &p->doc, why, sizeof(why))) {
        fault(p, "%s", why);
        return ERR_REJECTED;
    }
    if (!err && json_kind_of(p->doc) != JSON_IS_OBJECT)
        fault(p, "an object is needed");
    else if (!err && is_set_up(p->db, p->vault))
        fault(p, "this machine is set up already: its staff change it on screen");
    if (!err && p->n_faults)
        return ERR_REJECTED;
    if (!err)
        err = db_all_or_nothing(p->db, write_whole, p);
    if (err && !p->n_faults && p->keep)
        fault(p, "the database: %s", err_name(err));
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

    take(out->commune, sizeof(out->commune), text_in(json_get(doc, "commune"), "name"));
    take(out->place, sizeof(out->place), text_in(json_get(doc, "place"), "name"));
    take(out->url, sizeof(out->url), text_in(server, "url"));
    take(out->code, sizeof(out->code), text_in(server, "code"));
    out->n_thon = json_count(json_get(doc, "thon"));
    out->n_units = json_count(json_get(doc, "units"));
    out->n_slots = json_count(json_get(doc, "calendar"));
    out->n_settings = json_count(json_get(doc, "settings"));
    out->n_staff = json_count(staff);
    out->wants_passphrase = !*text_in(doc, "passphrase");
    for (size_t i = 0; i < out->n_staff && !out->admin[0]; i++)
        if (!strcmp(text_in(json_at(staff, i), "role"), "administrator")) {
            take(out->admin, sizeof(out->admin), text_in(json_at(staff, i), "alias"));
            out->wants_pin = !*text_in(json_at(staff, i), "pin");
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
