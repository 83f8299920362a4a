/* Reads and writes the commune's settings. */
#include "settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/json.h"
#include "base/utf8.h"
#include "campaign.h"
#include "indicator.h"
#include "notice.h"
#include "parent.h"
#include "programs.h"
#include "record.h"
#include "server.h"
#include "targets.h"
#include "wire/settings.h"

#define LOG_MODULE "settings"
#include "base/log.h"

#define CONTENT_KEY_CHARS 56 /* base64 of "Ed", 8 bytes of id and 32 of key */
#define BASE64 "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

static const struct {
    const char *group;
    const char *only; /* the one code allowed, or NULL: any id */
} groups[] = {
    { "commune", "name" },  { "thon", NULL },
    { "lesson", NULL },     { "module", NULL },
    { "kiosk", NULL },      { "tls", "pin" },
    { "content", "key" },   { "content", "other-key" },
    { "program", "key" },   { "unit", NULL },
    { "target", NULL },     { "base", NULL },
    { "index", NULL },      { "campaign", NULL },
    { "notice", NULL },     { "report", "parent" },
    { "report", "agency" }, { "report", "agency-place" },
    { "report", "symbol" }, { "report", "place" },
    { "report", "signer" }, { "report", "recipients" },
    { "report", "path" },   { "report", "phase1-end" },
    { "parent", "url" },    { "xa", NULL },
};

static bool key_ok(const char *key)
{
    const char *dot = strchr(key, '.');

    if (!dot || strlen(key) > SETTING_KEY_MAX || !bundle_id_ok(dot + 1))
        return false;
    for (size_t i = 0; i < COUNT(groups); i++) {
        size_t n = (size_t)(dot - key);

        if (strlen(groups[i].group) == n && !memcmp(groups[i].group, key, n) &&
            (!groups[i].only || !strcmp(groups[i].only, dot + 1)))
            return true;
    }
    return false;
}

/* A grant with a pin or key that no kiosk can read would let none in. */
static bool trust_ok(const char *key, const char *value, const char **why)
{
    if (*value && !strcmp(key, "tls.pin") && !cert_pin_ok(value)) {
        *why = "not sha256// and the base64 of a SHA-256";
        return false;
    }
    if (*value &&
        (!strncmp(key, "content.", 8) || !strcmp(key, PROGRAMS_KEY_SETTING)) &&
        (strlen(value) != CONTENT_KEY_CHARS || strncmp(value, "RW", 2) != 0 ||
         value[strspn(value, BASE64)])) {
        *why = "not the second line of a minisign public key";
        return false;
    }
    return true;
}

/* Targets, denominators, indicators and notices are records, written as text. */
static bool record_ok(const char *key, const char *value, const char **why)
{
    struct record record;
    struct indicator indicator;
    struct campaign campaign;
    struct notice notice;

    if (*value && !strncmp(key, CAMPAIGN_GROUP, strlen(CAMPAIGN_GROUP)))
        return campaign_read(key, value, &campaign, why);
    if (*value && !strncmp(key, INDICATOR_GROUP, strlen(INDICATOR_GROUP)))
        return indicator_read(key, value, &indicator, why);
    if (*value && !strncmp(key, NOTICE_GROUP, strlen(NOTICE_GROUP)))
        return notice_read(key, value, &notice, why);
    if (!*value || (strncmp(key, "target.", 7) != 0 && strncmp(key, "base.", 5) != 0))
        return true;
    if (!record_read(key, value, &record, why))
        return false;
    *why = "";
    return true;
}

/* A target that is set anew was not reached yet; the same one again keeps its day. */
static enum err forget_reached(struct server *s, const char *key, const char *value)
{
    struct buf old;
    enum err err;

    if (strncmp(key, "target.", 7) != 0)
        return ERR_OK;
    buf_init(&old, SETTING_VALUE_MAX + 1);
    err = settings_get(s, key, "", &old);
    if (!err && strcmp(buf_text(&old), value) != 0)
        err = store_run(s->store, Q_REACHED_DROP, NULL, NULL, PARAM_TEXT(key));
    buf_finish(&old);
    return err;
}

/* The parts are judged once more when it is used (kiosk/sync/upload.c). */
static bool url_ok(const char *url)
{
    static const char *const begins[] = { "https://", "http://127.0.0.1:",
                                          "http://localhost:", "http://[::1]:" };

    for (size_t i = 0; i < COUNT(begins); i++)
        if (!strncmp(url, begins[i], strlen(begins[i])) && url[strlen(begins[i])])
            return !strpbrk(url, " \t\"<>");
    return false;
}

static enum err write_one(struct server *s, const char *key, const char *value,
                          const char **why)
{
    enum err err;

    *why = "";
    if (!key_ok(key)) {
        *why = "no such setting";
        return ERR_REJECTED;
    }
    if (!trust_ok(key, value, why) || !record_ok(key, value, why))
        return ERR_REJECTED;
    if (*value && !strcmp(key, PARENT_URL_SETTING) && !url_ok(value)) {
        *why = "not https://… (http:// to this very machine alone)";
        return ERR_REJECTED;
    }
    if (strlen(value) > SETTING_VALUE_MAX || !utf8_valid(value, strlen(value)) ||
        strchr(value, '\n')) {
        *why = "not a line of text of at most 400 bytes";
        return ERR_REJECTED;
    }
    err = forget_reached(s, key, value);
    if (err)
        return err;
    if (!*value)
        return store_run(s->store, Q_SETTING_DROP, NULL, NULL, PARAM_TEXT(key));
    return store_run(s->store, Q_SETTING_SET, NULL, NULL, PARAM_TEXT(key),
                     PARAM_TEXT(value));
}

static enum err take_version(void *ctx, const struct cell *cells)
{
    *(int64_t *)ctx = cells[0].text ? strtoll(cells[0].text, NULL, 10) : 0;
    return ERR_OK;
}

int64_t settings_version(struct server *s)
{
    int64_t version = 0;

    if (store_run(s->store, Q_IDENTITY_GET, take_version, &version,
                  PARAM_TEXT("settings_ver")))
        return 0; /* logged by the store; kiosks keep what they have */
    return version;
}

static enum err finish(struct server *s, enum err err)
{
    struct arena a = { 0 };

    if (!err)
        err = store_run(
            s->store, Q_IDENTITY_SET, NULL, NULL, PARAM_TEXT("settings_ver"),
            PARAM_TEXT(arena_printf(&a, "%lld", (long long)settings_version(s) + 1)));
    if (!err)
        err = targets_note(s); /* one may be reached already */
    if (!err)
        err = store_commit(s->store);
    if (err)
        store_rollback(s->store);
    arena_finish(&a);
    return err;
}

enum err settings_set_by(struct server *s, const char *by, const char *key,
                         const char *value, const char **why)
{
    enum err err = store_begin(s->store);

    *why = "";
    if (err)
        return server_note(s, err);
    err = write_one(s, key, value, why);
    if (!err)
        err = deeds_add(s, by, DEED_SETTING, key);
    return server_note(s, finish(s, err));
}

enum err settings_set(struct server *s, const char *key, const char *value,
                      const char **why)
{
    enum err err = store_begin(s->store);

    *why = "";
    return err ? err : finish(s, write_one(s, key, value, why));
}

/* Those of `lines` that are not there. */
static enum err write_new(struct server *s, const struct setting_line *lines, size_t n,
                          size_t *n_added, const char **why)
{
    enum err err = ERR_OK;

    for (size_t i = 0; !err && i < n; i++) {
        int64_t known = 0;

        err = store_run(s->store, Q_SETTING_KNOWN, store_number, &known,
                        PARAM_TEXT(lines[i].key));
        if (err || known)
            continue;
        err = write_one(s, lines[i].key, lines[i].value, why);
        *n_added += !err;
    }
    return err;
}

enum err settings_add(struct server *s, const struct setting_line *lines, size_t n,
                      const struct settings_deed *deed, size_t *n_added,
                      const char **why)
{
    enum err err = store_begin(s->store);

    *n_added = 0;
    *why = "";
    if (err)
        return err;
    err = write_new(s, lines, n, n_added, why);
    if (!err && !*n_added) { /* no new version: kiosks have it all */
        store_rollback(s->store);
        return ERR_OK;
    }
    if (!err)
        err = deeds_add(s, deed->by, deed->what, deed->object);
    err = finish(s, err);
    if (err)
        *n_added = 0;
    return server_note(s, err);
}

static enum err write_members(struct server *s, json_value *doc, struct arena *a,
                              const char **why)
{
    void *at = NULL;
    void *inner_at;
    const char *key;
    const char *code;
    json_value *member;
    json_value *inner;
    enum err err = ERR_OK;

    while (!err && json_each(doc, &at, &key, &member)) {
        if (json_text(member)) {
            err = write_one(s, key, json_text(member), why);
            continue;
        }
        inner_at = NULL;
        if (json_kind_of(member) != JSON_IS_OBJECT) {
            *why = "a value is neither text nor an object of texts";
            return ERR_REJECTED;
        }
        while (!err && json_each(member, &inner_at, &code, &inner)) {
            const char *text = json_text(inner);

            *why = "a value is no text";
            err = text ? write_one(s, arena_printf(a, "%s.%s", key, code), text, why)
                       : ERR_REJECTED;
        }
    }
    return err;
}

enum err settings_load(struct server *s, const char *json, size_t n, const char **why)
{
    struct arena a = { 0 };
    json_value *doc = NULL;
    enum err err = json_parse(json, n, 2, &doc, NULL, 0);

    *why = "not a JSON object";
    if (!err && json_kind_of(doc) != JSON_IS_OBJECT)
        err = ERR_REJECTED;
    if (!err) {
        err = store_begin(s->store);
        if (!err)
            err = finish(s, write_members(s, doc, &a, why));
    }
    json_free(doc);
    arena_finish(&a);
    return err;
}

static enum err append_text(void *ctx, const struct cell *cells)
{
    buf_str(ctx, cells[0].text);
    return ERR_OK;
}

enum err settings_get(struct server *s, const char *key, const char *fallback,
                      struct buf *out)
{
    size_t before = out->len;
    enum err err =
        store_run(s->store, Q_SETTING_GET, append_text, out, PARAM_TEXT(key));

    if (out->len == before)
        buf_str(out, fallback);
    return err;
}

struct section {
    struct buf *out;
    const char *prefix; /* "thon." */
};

static enum err append_name(void *ctx, const struct cell *cells)
{
    const struct section *s = ctx;
    size_t n = strlen(s->prefix);

    if (!strncmp(cells[0].text, s->prefix, n))
        json_put_text(s->out, cells[0].text + n, cells[1].text);
    return ERR_OK;
}

static enum err append_record(void *ctx, const struct cell *cells)
{
    const struct section *s = ctx;
    struct record record;
    const char *why;

    if (!strncmp(cells[0].text, s->prefix, strlen(s->prefix)) &&
        record_read(cells[0].text, cells[1].text, &record, &why))
        record_json(&record, s->out);
    return ERR_OK;
}

static enum err append_section(struct server *s, const char *key, const char *prefix,
                               bool records, struct buf *out)
{
    struct section section = { out, prefix };
    enum err err;

    json_open(out, key, records ? '[' : '{');
    err = store_run_plain(s->store, Q_SETTINGS, records ? append_record : append_name,
                          &section);
    json_close(out, records ? ']' : '}');
    return err;
}

static enum err write_json(struct server *s, const char *code, const char *name_key,
                           const char *thon, const char *unit, bool records,
                           struct buf *out)
{
    struct buf name;
    enum err err;

    buf_init(&name, SETTING_VALUE_MAX);
    err = settings_get(s, name_key, "", &name);
    json_open(out, NULL, '{');
    json_open(out, "commune", '{');
    json_put_text(out, "code", code);
    json_put_text(out, "name", buf_text(&name));
    json_close(out, '}');
    buf_finish(&name);
    if (!err)
        err = append_section(s, "thon", thon, false, out);
    if (!err)
        err = append_section(s, "units", unit, false, out);
    if (!err && records)
        err = append_section(s, "targets", "target.", true, out);
    if (!err && records)
        err = append_section(s, "bases", "base.", true, out);
    if (!err)
        err = notices_json(s, out);
    json_close(out, '}');
    return err;
}

enum err settings_json(struct server *s, struct buf *out)
{
    return write_json(s, s->commune, "commune.name", "thon.", "unit.", true, out);
}

enum err settings_json_of(struct server *s, const char *commune, struct buf *out)
{
    struct arena a = { 0 };
    enum err err =
        write_json(s, commune, arena_printf(&a, SETTING_COMMUNE "%s", commune),
                   arena_printf(&a, "thon.%s.", commune),
                   arena_printf(&a, "unit.%s.", commune), false, out);

    arena_finish(&a);
    return err;
}

enum err settings_sign(struct server *s, const char *commune, const char *nonce,
                       struct buf *out)
{
    struct buf settings;
    struct buf json;
    enum err err;

    buf_init(&settings, WIRE_SETTINGS_MAX);
    buf_init(&json, WIRE_SETTINGS_MAX + WIRE_SETTINGS_PLACE);
    err = strcmp(commune, s->commune) ? settings_json_of(s, commune, &settings)
                                      : settings_json(s, &settings);
    if (!err && settings.overflow) {
        LOG_ERR("the settings are longer than kiosks may be sent");
        err = ERR_FULL;
    }
    if (!err)
        err = wire_settings_encode(
            &(struct wire_settings){ .commune = commune,
                                     .settings_ver = settings_version(s),
                                     .server_inst = s->inst,
                                     .settings = buf_text(&settings),
                                     .nonce = nonce },
            &json);
    if (!err)
        jws_sign(&s->key, JWS_SETTINGS, buf_text(&json), json.len, out);
    buf_finish(&settings);
    buf_finish(&json);
    return err;
}

static enum err append_line(void *ctx, const struct cell *cells)
{
    buf_printf(ctx, "%s = %s\n", cells[0].text, cells[1].text);
    return ERR_OK;
}

enum err settings_list(struct server *s, struct buf *out)
{
    return store_run_plain(s->store, Q_SETTINGS, append_line, out);
}
