/* Rows of a people file on their way from a reader to JSON: bounded, whoever sent them. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct buf;
struct refusal;

#define ROWS_MAX 20000
#define ROW_COLUMNS_MAX 64
#define CELL_CHARS_MAX 1000
#define CELL_BYTES_MAX (CELL_CHARS_MAX * 4)

struct rows;

/* Writes `"rows":[…]` into `out` as they come. */
void rows_begin(struct buf *out, struct rows **rows);
/* Cells of the current row, in any column order; rows in rising order from 1, those left
 * out become []. `text` need not end with NUL. Errors: ERR_REJECTED ("rows", "columns",
 * "cell"; the row stands in `no`). */
NODISCARD enum err rows_cell(struct rows *rows, long row, long column, const char *text,
                             size_t n, struct refusal *no);
/* Ends the array and frees. Errors: ERR_FULL. */
NODISCARD enum err rows_end(struct rows *rows);

/* The readers; each appends `"kind":…,"rows":[…]` members. */
NODISCARD enum err read_csv(const char *bytes, size_t n, struct buf *out,
                            struct refusal *no);
NODISCARD enum err read_xlsx(const char *bytes, size_t n, struct buf *out,
                             struct refusal *no);
