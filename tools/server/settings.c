/* Reads and writes the commune's settings. */
#include "settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/json.h"
#include "base/utf8.h"
#include "indicator.h"
#include "record.h"
#include "server.h"
#include "targets.h"

#define LOG_MODULE "settings"
#include "base/log.h"

#define CONTENT_KEY_CHARS 56 /* base64 of "Ed", 8 bytes of id and 32 of key */
#define BASE64 "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

static const struct {
    const char *group;
    const char *only; /* the one code allowed, or NULL: any id */
} groups[] = {
    { "commune", "name" },
    { "thon", NULL },
    { "lesson", NULL },
    { "module", NULL },
    { "kiosk", NULL },
    { "tls", "pin" },
    { "content", "key" },
    { "content", "other-key" },
    { "unit", NULL },
    { "target", NULL },
    { "base", NULL },
    { "index", NULL },
    { "report", "parent" },
    { "report", "agency" },
    { "report", "agency-place" },
    { "report", "symbol" },
    { "report", "place" },
    { "report", "signer" },
    { "report", "recipients" },
    { "report", "path" },
    { "report", "phase1-end" },
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
    if (*value && !strncmp(key, "content.", 8) &&
        (strlen(value) != CONTENT_KEY_CHARS || strncmp(value, "RW", 2) != 0 ||
         value[strspn(value, BASE64)])) {
        *why = "not the second line of a minisign public key";
        return false;
    }
    return true;
}

/* Targets, denominators and indicators are records, written as text. */
static bool record_ok(const char *key, const char *value, const char **why)
{
    struct record record;
    struct indicator indicator;

    if (*value && !strncmp(key, INDICATOR_GROUP, strlen(INDICATOR_GROUP)))
        return indicator_read(key, value, &indicator, why);
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

enum err settings_set(struct server *s, const char *key, const char *value,
                      const char **why)
{
    enum err err = store_begin(s->store);

    *why = "";
    return err ? err : finish(s, write_one(s, key, value, why));
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

enum err settings_json(struct server *s, struct buf *out)
{
    struct buf name;
    enum err err;

    buf_init(&name, SETTING_VALUE_MAX);
    err = settings_get(s, "commune.name", "", &name);
    json_open(out, NULL, '{');
    json_open(out, "commune", '{');
    json_put_text(out, "code", s->commune);
    json_put_text(out, "name", buf_text(&name));
    json_close(out, '}');
    buf_finish(&name);
    if (!err)
        err = append_section(s, "thon", "thon.", false, out);
    if (!err)
        err = append_section(s, "units", "unit.", false, out);
    if (!err)
        err = append_section(s, "targets", "target.", true, out);
    if (!err)
        err = append_section(s, "bases", "base.", true, out);
    json_close(out, '}');
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
