/* Reading a verified payload member by member: the first fault is remembered, what
 * follows reads as nothing, and the decoder asks once, at the end. Private to wire/. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"

struct arena;

#define WIRE_DEPTH_MAX 4
#define WIRE_NONCE_MAX 64 /* characters */
#define WIRE_TEXT_MAX 256 /* bytes of free text: versions, pins, keys */

struct wire_reader {
    json_value *doc;
    struct arena *arena; /* strings are copied into it */
    char *why;           /* may be NULL when n_why is 0 */
    size_t n_why;
    bool failed;
};

/* Parses an object of schema 1. On any result the caller ends with wire_close. */
void wire_open(struct wire_reader *r, const char *json, size_t n, struct arena *arena,
               char *why, size_t n_why);
/* ERR_REJECTED when anything failed. */
NODISCARD enum err wire_close(struct wire_reader *r);

/* Remembers that `what` is wrong. */
void wire_fail(struct wire_reader *r, const char *what);

/* `v` read as …; `what` names it in `why`. After a fault they return 0 or "". */
int64_t wire_int(struct wire_reader *r, const json_value *v, const char *what,
                 int64_t min, int64_t max);
const char *wire_id(struct wire_reader *r, const json_value *v, const char *what);
uint64_t wire_run(struct wire_reader *r, const json_value *v, const char *what);
const char *wire_nonce(struct wire_reader *r, const json_value *v, const char *what);
/* Text without control characters, at most WIRE_TEXT_MAX bytes. */
const char *wire_text(struct wire_reader *r, const json_value *v, const char *what);
/* The same, or NULL when the member is missing or null. */
const char *wire_optional(struct wire_reader *r, const json_value *v, const char *what);
/* Exactly `n` bytes of lower-case hex. */
const char *wire_hex(struct wire_reader *r, const json_value *v, const char *what,
                     size_t n);
/* A JSON object, written out again as text. */
const char *wire_object(struct wire_reader *r, json_value *v, const char *what);
void wire_key(struct wire_reader *r, const json_value *v, const char *what,
              unsigned char out[32]);

/* Elements of the array `v`, at most `max`; zeroed room for them in `*list_out`. A
 * missing member is an empty array. */
size_t wire_list(struct wire_reader *r, const json_value *v, const char *what,
                 size_t max, size_t element_bytes, void **list_out);

/* 16 lower-case hex digits. */
NODISCARD enum err wire_run_parse(const char *text, uint64_t *out);
void wire_run_text(uint64_t run, char out[17]);
