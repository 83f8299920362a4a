/* Long lists in a JSON document that our own tools wrote, taken as they stand: thousands of rows
 * of one form, in a small part of the time and memory of json_parse. Whoever reads so keeps
 * json_parse for a document of another form.
 *
 * `*at` stands in a NUL-terminated text and is moved behind what was taken. Pure. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether all of it, but for a line end at its end, is ASCII without control characters or a backslash:
 * words in it need no explaining. Wanted of a text before its words are taken. */
bool row_plain(const char *text, size_t n);

/* Whether `text` stands there. */
bool row_skip(char **at, const char *text);

/* The word from `start` to the next quotation mark, cut out of the text in place. NULL when
 * something else stands there, or nothing. */
char *row_word(char **at, const char *start);

/* The whole number in [min, max] behind `start`; min is not below 0. */
bool row_number(char **at, const char *start, int64_t min, int64_t max, int64_t *out);
