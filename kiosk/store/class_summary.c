/* What came of the open class. */
#include <string.h>

#include "base/arena.h"
#include "store/class_private.h"
#include "store/private.h"

static enum err count(struct db *db, const char *sql, int64_t since, int64_t *out)
{
    sqlite3_stmt *st = db_stmt(db, sql);

    sqlite3_bind_int64(st, 1, since);
    return db_int(db, st, 0, out);
}

static enum err count_members(struct db *db, struct arena *arena,
                              struct class_summary *out)
{
    struct class_member *list;
    size_t n;
    enum err err = class_members(db, arena, &list, &n);

    out->members = (int64_t)n;
    for (size_t i = 0; i < n; i++) {
        out->present += list[i].present;
        out->finished += list[i].finished;
        out->registered += list[i].is_new;
    }
    return err;
}

static enum err read_lessons(struct db *db, int64_t since, struct arena *arena,
                             struct class_summary *out)
{
    sqlite3_stmt *st = db_stmt(
        db, "SELECT unit, count(*) AS n FROM event e WHERE kind = 4 AND seq > ?1"
            " AND NOT EXISTS(SELECT 1 FROM voided v WHERE v.seq = e.seq)"
            " GROUP BY unit ORDER BY n DESC, unit LIMIT 8");
    bool row;
    enum err err;

    sqlite3_bind_int64(st, 1, since);
    while (!(err = db_row(db, st, &row)) && row)
        if (out->n_lessons < COUNT(out->lessons))
            out->lessons[out->n_lessons++] = arena_strdup(arena, db_column_text(st, 0));
    return err;
}

/* Asked at least three times, and right at first least often. */
static enum err read_hardest(struct db *db, int64_t since, struct arena *arena,
                             struct class_summary *out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT unit FROM event WHERE kind = 3 AND seq > ?1 GROUP BY unit"
                    " HAVING count(*) >= 3 AND sum(value) * 2 < count(*)"
                    " ORDER BY sum(value) * 1.0 / count(*), unit LIMIT 1");
    bool row;
    enum err err;

    sqlite3_bind_int64(st, 1, since);
    err = db_row(db, st, &row);
    if (row) {
        out->hard_item = arena_strdup(arena, db_column_text(st, 0));
        sqlite3_reset(st);
    }
    return err;
}

enum err class_summary(struct db *db, struct arena *arena, struct class_summary *out)
{
    struct class_state now;
    enum err err = class_current(db, &now);

    *out = (struct class_summary){ .minutes = -1 };
    if (err || !now.seq)
        return err ? err : ERR_REJECTED;
    out->minutes = class_minutes(db, &now);
    err = count_members(db, arena, out);
    if (!err)
        err = class_head_count(db, &out->heads);
    if (!err)
        err = count(db,
                    "SELECT count(*) FROM event e WHERE kind = 19 AND seq > ?1 AND NOT "
                    "EXISTS(SELECT 1 FROM voided v WHERE v.seq = e.seq)",
                    now.seq, &out->helps);
    if (!err)
        err = count(db,
                    "SELECT count(*) FROM event e WHERE kind = 20 AND seq > ?1 AND NOT "
                    "EXISTS(SELECT 1 FROM voided v WHERE v.seq = e.seq)",
                    now.seq, &out->sign_offs);
    if (!err)
        err = read_lessons(db, now.seq, arena, out);
    return err ? err : read_hardest(db, now.seq, arena, out);
}
