/* Reads the table `rejected`. */
#include "store/set_aside.h"

#include "base/arena.h"
#include "store/private.h"

static const char *column(sqlite3_stmt *st, int i, struct arena *arena)
{
    return arena_strdup(arena, (const char *)sqlite3_column_text(st, i));
}

enum err set_aside_read(struct db *db, size_t max, struct arena *arena,
                        struct set_aside **out, size_t *n_out)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT stat, period, unit, dims, code FROM rejected"
                                   " ORDER BY period DESC, stat, unit, dims LIMIT ?1");
    struct set_aside *list = arena_alloc(arena, (max ? max : 1) * sizeof(*list));
    size_t n = 0;
    bool row;
    enum err err;

    sqlite3_bind_int64(st, 1, (sqlite3_int64)max);
    while (!(err = db_row(db, st, &row)) && row && n < max) {
        list[n++] = (struct set_aside){ column(st, 0, arena), column(st, 1, arena),
                                        column(st, 2, arena), column(st, 3, arena),
                                        column(st, 4, arena) };
    }
    if (!err && row)
        sqlite3_reset(st);
    *out = list;
    *n_out = err ? 0 : n;
    return err;
}
