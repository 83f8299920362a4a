/* The JSON document of tables that XLSX and DOCX are made of (README.md). */
#pragma once

#include <stdbool.h>

#include "base/err.h"
#include "base/json.h"

struct refusal;

enum column_kind { COLUMN_TEXT, COLUMN_INT, COLUMN_PERCENT, COLUMN_DATE };

#define TABLE_COLUMNS_MAX 64
#define TABLE_ROWS_MAX 100000
#define TABLES_MAX 40

struct column {
    const char *name;
    enum column_kind kind;
    int width; /* in characters */
};
struct table {
    const char *name;  /* of the sheet */
    const char *title; /* NULL: the header is the first row */
    size_t n_columns, n_rows;
    struct column columns[TABLE_COLUMNS_MAX];
    const json_value *rows, *notes; /* arrays */
    const json_value *strong;       /* numbers of rows from 0 that are sums; or NULL */
};

/* Errors: ERR_REJECTED: `no` says which part of it is wrong. */
NODISCARD enum err tables_parse(const char *text, size_t n, json_value **doc,
                                struct refusal *no);
size_t tables_count(const json_value *doc);
NODISCARD enum err tables_read(const json_value *doc, size_t i, struct table *out,
                               struct refusal *no);
/* A cell of a row: text, a number (of a date: days since 1970), or nothing. */
enum cell_kind { CELL_EMPTY, CELL_TEXT, CELL_NUMBER };
enum cell_kind table_cell(const struct table *t, size_t row, size_t column,
                          const char **text, int64_t *number);
