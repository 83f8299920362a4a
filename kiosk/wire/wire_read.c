/* Reading payload members. */
#include "wire/wire_read.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/encoding.h"
#include "base/utf8.h"
#include "wire/bundle.h"
#include "wire/jws.h"

#define WIRE_OBJECT_MAX 65536 /* bytes, written out */

void wire_open(struct wire_reader *r, const char *json, size_t n, struct arena *arena,
               char *why, size_t n_why)
{
    *r = (struct wire_reader){ .arena = arena, .why = why, .n_why = n_why };
    if (json_parse(json, n, WIRE_DEPTH_MAX, &r->doc, why, n_why)) {
        r->failed = true;
        return;
    }
    if (json_kind_of(r->doc) != JSON_IS_OBJECT)
        wire_fail(r, "the document");
    wire_int(r, json_get(r->doc, "schema"), "schema", 1, 1);
}

enum err wire_close(struct wire_reader *r)
{
    json_free(r->doc);
    r->doc = NULL;
    return r->failed ? ERR_REJECTED : ERR_OK;
}

void wire_fail(struct wire_reader *r, const char *what)
{
    if (!r->failed && r->n_why)
        snprintf(r->why, r->n_why, "%s is missing or malformed", what);
    r->failed = true;
}

int64_t wire_int(struct wire_reader *r, const json_value *v, const char *what,
                 int64_t min, int64_t max)
{
    int64_t got = 0;

    if (json_int(v, min, max, &got))
        wire_fail(r, what);
    return got;
}

/* A copy of the text of `v`, or "" and a fault when `ok` does not hold for it. */
static const char *copy_if(struct wire_reader *r, const json_value *v, const char *what,
                           bool (*ok)(const char *))
{
    const char *text = json_text(v);

    if (!text || !ok(text)) {
        wire_fail(r, what);
        return "";
    }
    return arena_strdup(r->arena, text);
}

const char *wire_id(struct wire_reader *r, const json_value *v, const char *what)
{
    return copy_if(r, v, what, bundle_id_ok);
}

uint64_t wire_run(struct wire_reader *r, const json_value *v, const char *what)
{
    const char *text = json_text(v);
    uint64_t run = 0;

    if (!text || wire_run_parse(text, &run))
        wire_fail(r, what);
    return run;
}

static bool nonce_ok(const char *text)
{
    size_t n = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                            "0123456789-_");

    return n >= 1 && n <= WIRE_NONCE_MAX && text[n] == 0;
}

const char *wire_nonce(struct wire_reader *r, const json_value *v, const char *what)
{
    return copy_if(r, v, what, nonce_ok);
}

static bool text_ok(const char *text)
{
    size_t n = strlen(text);

    return n <= WIRE_TEXT_MAX && utf8_valid(text, n) && !strpbrk(text, "\t\n");
}

const char *wire_text(struct wire_reader *r, const json_value *v, const char *what)
{
    return copy_if(r, v, what, text_ok);
}

const char *wire_optional(struct wire_reader *r, const json_value *v, const char *what)
{
    enum json_kind kind = json_kind_of(v);

    if (kind == JSON_IS_NONE || kind == JSON_IS_NULL)
        return NULL;
    return wire_text(r, v, what);
}

const char *wire_hex(struct wire_reader *r, const json_value *v, const char *what,
                     size_t n)
{
    const char *text = json_text(v);

    if (!text || strlen(text) != 2 * n || text[strspn(text, "0123456789abcdef")]) {
        wire_fail(r, what);
        return "";
    }
    return arena_strdup(r->arena, text);
}

/* Depth is bounded by WIRE_DEPTH_MAX. */
static void put_value(struct buf *out, const char *key, json_value *v)
{
    const char *name;
    json_value *member;
    int64_t number = 0;
    void *at = NULL;

    switch (json_kind_of(v)) {
    case JSON_IS_OBJECT:
        json_open(out, key, '{');
        while (json_each(v, &at, &name, &member))
            put_value(out, name, member);
        json_close(out, '}');
        break;
    case JSON_IS_ARRAY:
        json_open(out, key, '[');
        for (size_t i = 0; i < json_count(v); i++)
            put_value(out, NULL, json_at(v, i));
        json_close(out, ']');
        break;
    case JSON_IS_INT:
        if (json_int(v, -JSON_INT_MAX, JSON_INT_MAX, &number))
            out->overflow = true;
        json_put_int(out, key, number);
        break;
    case JSON_IS_BOOL:
        json_put_bool(out, key, json_bool(v, false));
        break;
    default:
        json_put_text(out, key, json_text(v));
    }
}

const char *wire_object(struct wire_reader *r, json_value *v, const char *what)
{
    const char *copy = "";
    struct buf text;

    buf_init(&text, WIRE_OBJECT_MAX);
    if (json_kind_of(v) == JSON_IS_OBJECT)
        put_value(&text, NULL, v);
    if (!text.len || text.overflow)
        wire_fail(r, what);
    else
        copy = arena_strdup(r->arena, buf_text(&text));
    buf_finish(&text);
    return copy;
}

void wire_key(struct wire_reader *r, const json_value *v, const char *what,
              unsigned char out[32])
{
    const char *text = json_text(v);

    if (!text || jws_public_parse(text, out))
        wire_fail(r, what);
}

size_t wire_list(struct wire_reader *r, const json_value *v, const char *what,
                 size_t max, size_t element_bytes, void **list_out)
{
    size_t n = json_count(v);

    *list_out = NULL;
    if (json_kind_of(v) == JSON_IS_NONE)
        return 0;
    if (json_kind_of(v) != JSON_IS_ARRAY || n > max) {
        wire_fail(r, what);
        return 0;
    }
    *list_out = arena_alloc(r->arena, n * element_bytes);
    return n;
}

enum err wire_run_parse(const char *text, uint64_t *out)
{
    unsigned char bytes[8];
    uint64_t run = 0;

    if (strlen(text) != 16 || encoding_unhex(text, bytes, sizeof(bytes)))
        return ERR_REJECTED;
    for (size_t i = 0; i < sizeof(bytes); i++)
        run = run << 8 | bytes[i];
    *out = run;
    return ERR_OK;
}

void wire_run_text(uint64_t run, char out[17])
{
    unsigned char bytes[8];

    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (unsigned char)(run >> (56 - 8 * i) & 255);
    encoding_hex(bytes, sizeof(bytes), out);
}
