/* Strict reading by jansson, writing by hand. */
#include "base/json.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"

/* jansson's own limit is 2048 levels; ours is checked first so that depth never costs
 * stack. Brackets inside strings do not count. */
static unsigned depth_of(const char *text, size_t n)
{
    unsigned depth = 0;
    unsigned deepest = 0;
    bool in_string = false;

    for (size_t i = 0; i < n; i++) {
        if (in_string) {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '"')
                in_string = false;
        } else if (text[i] == '"') {
            in_string = true;
        } else if (text[i] == '{' || text[i] == '[') {
            if (++depth > deepest)
                deepest = depth;
        } else if ((text[i] == '}' || text[i] == ']') && depth) {
            depth--;
        }
    }
    return deepest;
}

static bool has_real(json_t *v)
{
    const char *key;
    json_t *member;
    size_t i;

    if (json_is_real(v))
        return true;
    json_array_foreach(v, i, member)
    {
        if (has_real(member))
            return true;
    }
    json_object_foreach(v, key, member)
    {
        if (has_real(member))
            return true;
    }
    return false;
}

enum err json_parse(const char *text, size_t n, unsigned max_depth, json_value **out,
                    char *why, size_t n_why)
{
    json_error_t error = { 0 };
    json_t *doc;

    *out = NULL;
    if (n_why)
        why[0] = 0;
    if (depth_of(text, n) > max_depth) {
        snprintf(why, n_why, "nested deeper than %u levels", max_depth);
        return ERR_REJECTED;
    }
    doc = json_loadb(text, n, JSON_REJECT_DUPLICATES, &error);
    if (!doc) {
        snprintf(why, n_why, "line %d: %s", error.line, error.text);
        return ERR_REJECTED;
    }
    if (has_real(doc)) {
        json_decref(doc);
        snprintf(why, n_why, "a number is not an integer");
        return ERR_REJECTED;
    }
    *out = doc;
    return ERR_OK;
}

void json_free(json_value *doc)
{
    json_decref(doc);
}

enum json_kind json_kind_of(const json_value *v)
{
    if (!v)
        return JSON_IS_NONE;
    switch (json_typeof(v)) {
    case JSON_OBJECT:
        return JSON_IS_OBJECT;
    case JSON_ARRAY:
        return JSON_IS_ARRAY;
    case JSON_STRING:
        return JSON_IS_TEXT;
    case JSON_INTEGER:
        return JSON_IS_INT;
    case JSON_TRUE:
    case JSON_FALSE:
        return JSON_IS_BOOL;
    default:
        return JSON_IS_NULL;
    }
}

json_value *json_get(const json_value *v, const char *key)
{
    return json_object_get(v, key);
}

size_t json_count(const json_value *v)
{
    return json_kind_of(v) == JSON_IS_OBJECT ? json_object_size(v) : json_array_size(v);
}

json_value *json_at(const json_value *v, size_t i)
{
    return json_array_get(v, i);
}

bool json_each(json_value *v, void **at, const char **key, json_value **member)
{
    *at = *at ? json_object_iter_next(v, *at) : json_object_iter(v);
    if (!*at)
        return false;
    *key = json_object_iter_key(*at);
    *member = json_object_iter_value(*at);
    return true;
}

const char *json_text(const json_value *v)
{
    return json_string_value(v);
}

enum err json_int(const json_value *v, int64_t min, int64_t max, int64_t *out)
{
    int64_t got;

    if (!json_is_integer(v))
        return ERR_REJECTED;
    got = json_integer_value(v);
    if (got < min || got > max)
        return ERR_REJECTED;
    *out = got;
    return ERR_OK;
}

bool json_bool(const json_value *v, bool fallback)
{
    return json_kind_of(v) == JSON_IS_BOOL ? json_is_true(v) : fallback;
}

static void put_string(struct buf *b, const char *text)
{
    buf_char(b, '"');
    for (const char *p = text; *p; p++) {
        if (*p == '"' || *p == '\\') {
            buf_char(b, '\\');
            buf_char(b, *p);
        } else if (*p == '\n') {
            buf_str(b, "\\n");
        } else if ((unsigned char)*p < 0x20) {
            buf_printf(b, "\\u%04x", (unsigned)*p);
        } else {
            buf_char(b, *p);
        }
    }
    buf_char(b, '"');
}

static void put_key(struct buf *b, const char *key)
{
    char last = b->len ? b->data[b->len - 1] : '\n';

    if (last != '{' && last != '[' && last != '\n')
        buf_char(b, ',');
    if (key) {
        put_string(b, key);
        buf_char(b, ':');
    }
}

void json_open(struct buf *b, const char *key, char bracket)
{
    put_key(b, key);
    buf_char(b, bracket);
}

void json_close(struct buf *b, char bracket)
{
    buf_char(b, bracket);
}

void json_put_text(struct buf *b, const char *key, const char *text)
{
    put_key(b, key);
    if (text)
        put_string(b, text);
    else
        buf_str(b, "null");
}

void json_put_int(struct buf *b, const char *key, int64_t v)
{
    put_key(b, key);
    buf_printf(b, "%lld", (long long)v);
}

void json_put_bool(struct buf *b, const char *key, bool v)
{
    put_key(b, key);
    buf_str(b, v ? "true" : "false");
}

void json_put_fixed(struct buf *b, const char *key, double v, int decimals)
{
    put_key(b, key);
    buf_printf(b, "%.*f", decimals, v);
}

void json_put_raw(struct buf *b, const char *key, const char *json)
{
    put_key(b, key);
    buf_str(b, json);
}
