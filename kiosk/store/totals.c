/* What the kiosk counts, as one JSON document: byte-equal with the server's once
 * everything is acked. */
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "store/journal.h"
#include "store/private.h"

static const char rows_sql[] =
    "SELECT stat, period, unit, dims, sum(plus) - sum(minus) AS value FROM total"
    " GROUP BY stat, period, unit, dims HAVING value <> 0"
    " UNION ALL SELECT stat, period, unit, dims, value FROM gauge WHERE value <> 0"
    " ORDER BY 1, 2, 3, 4";

enum err journal_totals_json(struct db *db, struct buf *out)
{
    sqlite3_stmt *st;
    bool row;
    enum err err;

    if (!db)
        return ERR_CORRUPT;
    json_open(out, NULL, '{');
    json_put_int(out, "schema", 1);
    json_open(out, "rows", '[');
    st = db_stmt(db, rows_sql);
    while (!(err = db_row(db, st, &row)) && row) {
        json_open(out, NULL, '[');
        for (int i = 0; i < 4; i++)
            json_put_text(out, NULL, db_column_text(st, i));
        json_put_int(out, NULL, sqlite3_column_int64(st, 4));
        json_close(out, ']');
    }
    json_close(out, ']');
    json_close(out, '}');
    return err ? err : out->overflow ? ERR_FULL : ERR_OK;
}
