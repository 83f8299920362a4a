/* When classes are held. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "store/commune_private.h"
#include "store/private.h"

enum err commune_calendar(struct db *db, struct arena *arena, struct commune_slot **out,
                          size_t *n_out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT id, weekday, from_min, to_min, thon, place, unit,"
                    " lesson FROM commune_slot ORDER BY weekday, from_min");
    bool row;
    enum err err;

    *out = arena_alloc(arena, COMMUNE_ENTRIES_MAX * sizeof(**out));
    *n_out = 0;
    while (!(err = db_row(db, st, &row)) && row) {
        struct commune_slot *s = &(*out)[*n_out];

        if (*n_out == COMMUNE_ENTRIES_MAX)
            continue;
        s->id = sqlite3_column_int64(st, 0);
        s->weekday = sqlite3_column_int(st, 1);
        s->from_min = sqlite3_column_int(st, 2);
        s->to_min = sqlite3_column_int(st, 3);
        snprintf(s->thon, sizeof(s->thon), "%s", db_column_text(st, 4));
        snprintf(s->place, sizeof(s->place), "%s", db_column_text(st, 5));
        snprintf(s->unit, sizeof(s->unit), "%s", db_column_text(st, 6));
        snprintf(s->lesson, sizeof(s->lesson), "%s", db_column_text(st, 7));
        (*n_out)++;
    }
    return err;
}

static bool slot_ok(const struct commune_slot *s)
{
    return commune_code_ok(s->thon) && (!*s->unit || commune_code_ok(s->unit)) &&
           (!*s->place || commune_name_ok(s->place)) && s->weekday >= 0 &&
           s->weekday <= 6 && s->from_min >= 0 && s->to_min <= 1440 &&
           s->from_min < s->to_min;
}

static enum err write_slot(struct db *db, void *ctx)
{
    const struct commune_slot *slot = ctx;
    sqlite3_stmt *st = db_stmt(
        db, "INSERT INTO commune_slot(id, weekday, from_min, to_min, thon, place,"
            " unit, lesson) VALUES(nullif(?1, 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
            " ON CONFLICT DO UPDATE SET weekday = excluded.weekday,"
            " from_min = excluded.from_min, to_min = excluded.to_min,"
            " thon = excluded.thon, place = excluded.place,"
            " unit = excluded.unit, lesson = excluded.lesson");

    sqlite3_bind_int64(st, 1, slot->id);
    sqlite3_bind_int(st, 2, slot->weekday);
    sqlite3_bind_int(st, 3, slot->from_min);
    sqlite3_bind_int(st, 4, slot->to_min);
    db_bind_text(st, 5, slot->thon);
    db_bind_text(st, 6, slot->place);
    db_bind_text(st, 7, slot->unit);
    db_bind_text(st, 8, slot->lesson);
    return db_run(db, st, "slot");
}

enum err commune_set_slot(struct db *db, const struct commune_slot *slot)
{
    struct commune_slot copy = *slot;

    if (!db)
        return ERR_CORRUPT;
    return slot_ok(slot) ? db_transact(db, write_slot, &copy) : ERR_REJECTED;
}

static enum err drop_slot(struct db *db, void *ctx)
{
    sqlite3_stmt *st = db_stmt(db, "DELETE FROM commune_slot WHERE id = ?1");

    sqlite3_bind_int64(st, 1, *(int64_t *)ctx);
    return db_run(db, st, "slot");
}

enum err commune_drop_slot(struct db *db, int64_t id)
{
    return db ? db_transact(db, drop_slot, &id) : ERR_CORRUPT;
}
