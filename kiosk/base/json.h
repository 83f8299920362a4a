/* JSON in and out. Reading is strict and bounded (jansson stays in json.c): duplicate
 * keys, bad UTF-8, NUL, trailing bytes and numbers that are not integers are refused.
 * Writing appends to a buf, with commas kept by the writer. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct buf;

/* A value inside a document. Opaque; borrowed from the document until json_free. */
typedef struct json_t json_value;

#define JSON_INT_MAX 9007199254740991 /* 2^53 - 1, the largest every reader keeps */

/* Parses `n` bytes whose nesting is at most `max_depth`. On ERR_OK the caller frees
 * `*out`. Errors: ERR_REJECTED; `why` (may be NULL, `n_why` bytes) then says what and
 * where ("line 3: duplicate object key"). */
NODISCARD enum err json_parse(const char *text, size_t n, unsigned max_depth,
                              json_value **out, char *why, size_t n_why);
void json_free(json_value *doc); /* NULL is allowed */

enum json_kind {
    JSON_IS_NONE, /* no value at all: NULL */
    JSON_IS_NULL,
    JSON_IS_OBJECT,
    JSON_IS_ARRAY,
    JSON_IS_TEXT,
    JSON_IS_INT,
    JSON_IS_BOOL,
};
enum json_kind json_kind_of(const json_value *v);

/* The member, or NULL when `v` is no object or has none. */
json_value *json_get(const json_value *v, const char *key);
/* Elements of an array, members of an object, else 0. */
size_t json_count(const json_value *v);
/* The i-th element, or NULL. */
json_value *json_at(const json_value *v, size_t i);
/* Walks an object: `*at` starts as NULL; false at the end. Keys are borrowed. */
bool json_each(json_value *v, void **at, const char **key, json_value **member);

/* The string, or NULL when `v` is no string. */
const char *json_text(const json_value *v);
/* Errors: ERR_REJECTED when `v` is no integer in [min, max]. */
NODISCARD enum err json_int(const json_value *v, int64_t min, int64_t max,
                            int64_t *out);
/* The boolean, or `fallback` when `v` is none. */
bool json_bool(const json_value *v, bool fallback);

/* Writer. Commas come by themselves: a value after a value in the same object or array
 * gets one. `key` NULL inside arrays and at the top. */
void json_open(struct buf *b, const char *key, char bracket);         /* '{' or '[' */
void json_close(struct buf *b, char bracket);                         /* '}' or ']' */
void json_put_text(struct buf *b, const char *key, const char *text); /* NULL: null */
void json_put_int(struct buf *b, const char *key, int64_t v);
void json_put_bool(struct buf *b, const char *key, bool v);
/* `v` with `decimals` digits after the point, e.g. for milliseconds in logs. */
void json_put_fixed(struct buf *b, const char *key, double v, int decimals);
/* Bytes that are JSON already. */
void json_put_raw(struct buf *b, const char *key, const char *json);
