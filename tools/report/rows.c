/* Rows to JSON. */
#include "rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/utf8.h"
#include "commands.h"

struct rows {
    struct buf *out;
    long row; /* being gathered; 0: none */
    long n_columns;
    struct buf cells[ROW_COLUMNS_MAX];
};

void rows_begin(struct buf *out, struct rows **rows)
{
    struct rows *r = check_alloc(sizeof(*r));

    *r = (struct rows){ .out = out };
    for (size_t i = 0; i < ROW_COLUMNS_MAX; i++)
        buf_init(&r->cells[i], CELL_BYTES_MAX);
    json_open(out, "rows", '[');
    *rows = r;
}

static void flush(struct rows *r)
{
    if (!r->row)
        return;
    json_open(r->out, NULL, '[');
    for (long i = 0; i < r->n_columns; i++) {
        json_put_text(r->out, NULL, buf_text(&r->cells[i]));
        buf_clear(&r->cells[i]);
    }
    json_close(r->out, ']');
    r->n_columns = 0;
}

static enum err refuse(struct refusal *no, const char *why, long row)
{
    *no = (struct refusal){ why, row };
    return ERR_REJECTED;
}

enum err rows_cell(struct rows *r, long row, long column, const char *text, size_t n,
                   struct refusal *no)
{
    if (n == 0)
        return ERR_OK; /* nothing stands there: no row begins by it */
    if (row < r->row || row < 1)
        return refuse(no, "damaged", row);
    if (row > ROWS_MAX)
        return refuse(no, "rows", row);
    if (column < 0 || column >= ROW_COLUMNS_MAX)
        return refuse(no, "columns", row);
    if (n > CELL_BYTES_MAX)
        return refuse(no, "cell", row);
    if (!utf8_valid(text, n))
        return refuse(no, "characters", row);
    if (row > r->row) {
        flush(r);
        for (long gap = r->row + 1; gap < row; gap++) {
            json_open(r->out, NULL, '[');
            json_close(r->out, ']');
        }
        r->row = row;
    }
    buf_clear(&r->cells[column]);
    buf_add(&r->cells[column], text, n);
    if (utf8_length(buf_text(&r->cells[column])) > CELL_CHARS_MAX)
        return refuse(no, "cell", row);
    if (column >= r->n_columns)
        r->n_columns = column + 1;
    return ERR_OK;
}

enum err rows_end(struct rows *r)
{
    enum err err;

    flush(r);
    json_close(r->out, ']');
    err = r->out->overflow ? ERR_FULL : ERR_OK;
    for (size_t i = 0; i < ROW_COLUMNS_MAX; i++) {
        if (r->cells[i].data)
            hash_wipe(r->cells[i].data, r->cells[i].cap);
        buf_finish(&r->cells[i]);
    }
    free(r);
    return err;
}
