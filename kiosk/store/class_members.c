/* Who belongs to the open class, and what came of it. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "store/class_private.h"
#include "store/private.h"

#define MEMBERS_MAX 400
#define MS_PER_MIN 60000

#define ROOT_OF(token) "(SELECT p.root FROM person p WHERE p.token = " token ")"
#define NOT_TAKEN_BACK(e) \
    " AND NOT EXISTS(SELECT 1 FROM voided v WHERE v.seq = " e ".seq)"

/* Present now; present in one of the three classes before at that place and thôn; or
 * registered since it was opened. */
static const char members_sql[] =
    "WITH mine(token) AS ("
    " SELECT DISTINCT " ROOT_OF(
        "e.token") " FROM event e WHERE e.kind = 17"
                   "  AND e.token IS NOT NULL AND e.value IN (SELECT ?1 UNION SELECT "
                   "seq FROM"
                   "   (SELECT o.seq FROM event o WHERE o.kind = 15 AND o.seq < ?1 AND "
                   "o.unit = ?2"
                   "    AND json_extract(o.body, '$.place') = ?3" NOT_TAKEN_BACK("o") "    ORDER BY o.seq DESC LIMIT 3))" NOT_TAKEN_BACK(
                       "e") " UNION SELECT " ROOT_OF("e.token") " FROM event e WHERE "
                                                                "e.kind = 6 AND e.seq "
                                                                "> ?1"
                                                                "  AND e.token IS NOT "
                                                                "NULL AND e.actor IS "
                                                                "NOT NULL AND e.actor "
                                                                "<> 'band')"
                                                                " SELECT m.token,"
                                                                " EXISTS(SELECT 1 FROM "
                                                                "event e WHERE e.kind "
                                                                "= 17 AND e.value = ?1"
                                                                "  AND " ROOT_OF("e."
                                                                                 "toke"
                                                                                 "n") " = m.token" NOT_TAKEN_BACK(
                                                                    "e") "),"
                                                                         " EXISTS("
                                                                         "SELECT 1 "
                                                                         "FROM event e "
                                                                         "WHERE "
                                                                         "e.token = "
                                                                         "m.token AND "
                                                                         "e.kind = 4 "
                                                                         "AND e.seq > "
                                                                         "?"
                                                                         "1" NOT_TAKEN_BACK(
                                                                             "e") "),"
                                                                                  " EXI"
                                                                                  "STS("
                                                                                  "SELE"
                                                                                  "CT "
                                                                                  "1 "
                                                                                  "FROM"
                                                                                  " cla"
                                                                                  "ss_"
                                                                                  "need"
                                                                                  " n "
                                                                                  "WHER"
                                                                                  "E "
                                                                                  "n."
                                                                                  "toke"
                                                                                  "n = "
                                                                                  "m."
                                                                                  "toke"
                                                                                  "n "
                                                                                  "AND "
                                                                                  "n."
                                                                                  "clas"
                                                                                  "s = "
                                                                                  "?1),"
                                                                                  " EXI"
                                                                                  "STS("
                                                                                  "SELE"
                                                                                  "CT "
                                                                                  "1 "
                                                                                  "FROM"
                                                                                  " eve"
                                                                                  "nt "
                                                                                  "e "
                                                                                  "WHER"
                                                                                  "E "
                                                                                  "e."
                                                                                  "toke"
                                                                                  "n = "
                                                                                  "m."
                                                                                  "toke"
                                                                                  "n "
                                                                                  "AND "
                                                                                  "e."
                                                                                  "kind"
                                                                                  " = "
                                                                                  "6 "
                                                                                  "AND "
                                                                                  "e."
                                                                                  "seq "
                                                                                  "> "
                                                                                  "?1),"
                                                                                  " ("
                                                                                  "SELE"
                                                                                  "CT "
                                                                                  "coun"
                                                                                  "t(*)"
                                                                                  " FRO"
                                                                                  "M "
                                                                                  "(SEL"
                                                                                  "ECT "
                                                                                  "o."
                                                                                  "seq "
                                                                                  "FROM"
                                                                                  " eve"
                                                                                  "nt "
                                                                                  "o "
                                                                                  "WHER"
                                                                                  "E "
                                                                                  "o."
                                                                                  "kind"
                                                                                  " = "
                                                                                  "15 "
                                                                                  "AND "
                                                                                  "o."
                                                                                  "seq "
                                                                                  "< ?1"
                                                                                  "   "
                                                                                  "AND "
                                                                                  "o."
                                                                                  "unit"
                                                                                  " = "
                                                                                  "?2 "
                                                                                  "AND "
                                                                                  "json"
                                                                                  "_ext"
                                                                                  "ract"
                                                                                  "(o."
                                                                                  "body"
                                                                                  ", "
                                                                                  "'$."
                                                                                  "plac"
                                                                                  "e') "
                                                                                  "= "
                                                                                  "?"
                                                                                  "3" NOT_TAKEN_BACK(
                                                                                      "o") "   ORDER BY o.seq DESC LIMIT 3) b WHERE b.seq > ifnull((SELECT max(e.value) FROM event e"
                                                                                           "   WHERE e.kind = 17 AND e.value < ?1 AND " ROOT_OF("e.token") " = m.token" NOT_TAKEN_BACK(
                                                                                               "e") "), 0)),"
                                                                                                    " ifnull((SELECT lesson FROM place l WHERE l.token = m.token ORDER BY l.seq DESC"
                                                                                                    "  LIMIT 1), '')"
                                                                                                    " FROM mine m JOIN person p ON p.token = m.token WHERE p.root = p.token";

enum err class_members(struct db *db, struct arena *arena, struct class_member **out,
                       size_t *n_out)
{
    struct class_state now;
    sqlite3_stmt *st;
    bool row;
    enum err err = class_current(db, &now);

    *out = arena_alloc(arena, MEMBERS_MAX * sizeof(**out));
    *n_out = 0;
    if (err || !now.seq)
        return err;
    st = db_stmt(db, members_sql);
    sqlite3_bind_int64(st, 1, now.seq);
    db_bind_text(st, 2, now.plan.thon);
    db_bind_text(st, 3, now.plan.place);
    while (!(err = db_row(db, st, &row)) && row) {
        struct class_member *m = &(*out)[*n_out];

        if (*n_out == MEMBERS_MAX || sqlite3_column_bytes(st, 0) != EVENT_TOKEN_BYTES)
            continue;
        memcpy(m->token, sqlite3_column_blob(st, 0), EVENT_TOKEN_BYTES);
        m->present = sqlite3_column_int(st, 1) != 0;
        m->finished = sqlite3_column_int(st, 2) != 0;
        m->needs_help = sqlite3_column_int(st, 3) != 0;
        m->is_new = sqlite3_column_int(st, 4) != 0;
        m->missed = sqlite3_column_int(st, 5);
        m->lesson = arena_strdup(arena, db_column_text(st, 6));
        (*n_out)++;
    }
    return err;
}

enum err class_needs_help(struct db *db, const unsigned char *token, bool needs,
                          const char *actor)
{
    struct class_state now;
    sqlite3_stmt *st;
    enum err err = class_current(db, &now);

    (void)actor; /* a note, not an event */
    if (err || !now.seq)
        return err ? err : ERR_REJECTED;
    st = needs ? db_stmt(db, "INSERT INTO class_need(class, token) VALUES(?1, ?2)"
                             " ON CONFLICT DO NOTHING")
               : db_stmt(db, "DELETE FROM class_need WHERE class = ?1 AND token = ?2");
    sqlite3_bind_int64(st, 1, now.seq);
    sqlite3_bind_blob(st, 2, token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    return db_run(db, st, "need");
}

/* --- the summary ----------------------------------------------------------------------------- */

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
    if (now.same_run)
        out->minutes = (run_mono_ms(db) - now.mono_ms + MS_PER_MIN / 2) / MS_PER_MIN;
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
