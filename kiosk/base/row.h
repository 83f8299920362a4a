/* Long lists in a JSON document that our own tools wrote, taken as they stand: thousands of rows
 * of one form, in a small part of the time and memory of json_parse. Whoever reads so keeps
 * json_parse for a document of another form.
 *
 * `*at` stands in a NUL-terminated text and is moved behind what was taken. Pure. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Whether `text` stands there. */
bool row_skip(char **at, const char *text);

/* The word between `start` and `stop`, cut out of the text in place. NULL when something else
 * stands there, or a word that JSON would have to explain. */
char *row_word(char **at, const char *start, char stop);

/* The whole number in [min, max] behind `start`; min is not below 0. */
bool row_number(char **at, const char *start, int64_t min, int64_t max, int64_t *out);
