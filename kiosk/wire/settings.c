/* The message as JSON. What its settings mean: store/commune.h, store/notices.h. */
#include "wire/settings.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "wire/wire_read.h"

static bool is_object(const char *text)
{
    json_value *doc = NULL;
    bool yes = !json_parse(text, strlen(text), WIRE_DEPTH_MAX - 1, &doc, NULL, 0) &&
               json_kind_of(doc) == JSON_IS_OBJECT;

    json_free(doc);
    return yes;
}

enum err wire_settings_encode(const struct wire_settings *s, struct buf *out)
{
    if (!is_object(s->settings))
        return ERR_REJECTED;
    json_open(out, NULL, '{');
    json_put_int(out, "schema", 1);
    json_put_text(out, "commune", s->commune);
    json_put_int(out, "settings_ver", s->settings_ver);
    json_put_text(out, "server_inst", s->server_inst);
    json_put_raw(out, "settings", s->settings);
    json_put_text(out, "nonce", s->nonce);
    json_close(out, '}');
    return out->overflow ? ERR_FULL : ERR_OK;
}

enum err wire_settings_decode(const char *json, size_t n, struct arena *arena,
                              struct wire_settings *out)
{
    struct wire_reader r;

    *out = (struct wire_settings){ 0 };
    wire_open(&r, json, n, arena, NULL, 0);
    if (!r.failed) {
        const json_value *nonce = json_get(r.doc, "nonce");
        enum json_kind kind = json_kind_of(nonce);

        out->commune = wire_id(&r, json_get(r.doc, "commune"), "commune");
        out->settings_ver = wire_int(&r, json_get(r.doc, "settings_ver"),
                                     "settings_ver", 0, JSON_INT_MAX);
        out->server_inst = wire_id(&r, json_get(r.doc, "server_inst"), "server_inst");
        out->settings = wire_object(&r, json_get(r.doc, "settings"), "settings");
        if (strlen(out->settings) > WIRE_SETTINGS_MAX)
            wire_fail(&r, "settings");
        if (kind != JSON_IS_NONE && kind != JSON_IS_NULL)
            out->nonce = wire_nonce(&r, nonce, "nonce");
    }
    return wire_close(&r);
}

bool wire_notice_id_ok(const char *id)
{
    size_t n = strlen(id), p = strlen(WIRE_NOTICE_PREFIX);

    return n > p && n <= WIRE_NOTICE_ID_MAX && !strncmp(id, WIRE_NOTICE_PREFIX, p) &&
           strspn(id + p, "0123456789") == n - p;
}
