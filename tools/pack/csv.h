/* Tables of authors (base/csv.h): the head is checked, and faults are reported. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct report;

#define CSV_FIELDS_MAX 8

struct csv {
    char *at; /* NUL-terminated text, changed while it is read */
    int line; /* 1, 2, … */
    const char *file;
    const char *const *head; /* names of the fields */
    size_t n_fields;
    struct report *report;
};

/* Reads the head line; false when it is another one (reported). */
bool csv_read_head(struct csv *c);
/* A record of exactly `n_fields`; false when it is none (reported) and reading goes on
 * behind it. Fields are borrowed from the text. */
bool csv_read(struct csv *c, char *fields[CSV_FIELDS_MAX]);
