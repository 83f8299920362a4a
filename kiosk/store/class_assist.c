/* A volunteer's hand in the open class, and the class as it was the last times. */
#include "store/class_assist.h"

#include "store/private.h"

#define NOT_TAKEN_BACK(e) \
    " AND NOT EXISTS(SELECT 1 FROM voided v WHERE v.seq = " e ".seq)"

/* clang-format off */
#define BEFORE                                                                          \
    "WITH before(seq) AS (SELECT o.seq FROM event o WHERE o.kind = 15 AND o.unit = ?1"   \
    " AND json_extract(o.body, '$.place') = ?2"                                         \
    " AND ifnull(json_extract(o.body, '$.elsewhere'), 0) = 0" NOT_TAKEN_BACK("o")       \
    " ORDER BY o.seq DESC LIMIT 3)"
#define PEOPLE_OF                                                                       \
    " SELECT count(DISTINCT (SELECT p.root FROM person p WHERE p.token = e.token))"      \
    " FROM event e WHERE e.kind = 17" NOT_TAKEN_BACK("e") " AND e.value IN "
/* clang-format on */

static int64_t open_class(struct db *db)
{
    struct class_state now;

    return db && class_current(db, &now) == ERR_OK ? now.seq : 0;
}

enum err class_assist(struct db *db, const unsigned char *token, bool assisted)
{
    int64_t seq = open_class(db);
    sqlite3_stmt *st;

    if (!seq)
        return ERR_REJECTED;
    st = assisted
             ? db_stmt(db, "INSERT INTO class_assist(class, token) VALUES(?1, ?2)"
                           " ON CONFLICT DO NOTHING")
             : db_stmt(db, "DELETE FROM class_assist WHERE class = ?1 AND token = ?2");
    sqlite3_bind_int64(st, 1, seq);
    sqlite3_bind_blob(st, 2, token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    return db_run(db, st, "assist");
}

bool class_is_assisted(struct db *db, const unsigned char *token)
{
    int64_t seq = open_class(db), n;
    sqlite3_stmt *st;

    if (!seq)
        return false;
    st = db_stmt(db, "SELECT count(*) FROM class_assist a JOIN person p"
                     " ON p.token = a.token WHERE a.class = ?1"
                     " AND p.root = (SELECT root FROM person WHERE token = ?2)");
    sqlite3_bind_int64(st, 1, seq);
    sqlite3_bind_blob(st, 2, token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    return db_int(db, st, 0, &n) == ERR_OK && n > 0;
}

static enum err count_before(struct db *db, const char *sql,
                             const struct class_plan *plan, int64_t *out)
{
    sqlite3_stmt *st = db_stmt(db, sql);

    db_bind_text(st, 1, plan->thon);
    db_bind_text(st, 2, plan->place);
    return db_int(db, st, 0, out);
}

enum err class_expected(struct db *db, const struct class_plan *plan, int64_t *all_out,
                        int64_t *last_out)
{
    int64_t classes = 0;
    enum err err;

    *all_out = 0;
    *last_out = -1;
    if (!db)
        return ERR_CORRUPT;
    err = count_before(db, BEFORE " SELECT count(*) FROM before", plan, &classes);
    if (err || !classes)
        return err;
    err = count_before(db, BEFORE PEOPLE_OF "(SELECT seq FROM before)", plan, all_out);
    return err ? err
               : count_before(db, BEFORE PEOPLE_OF "(SELECT max(seq) FROM before)",
                              plan, last_out);
}

enum err class_lesson_counts(struct db *db, const char *const *lessons, size_t n,
                             int64_t *counts)
{
    int64_t seq = open_class(db);
    enum err err = seq ? ERR_OK : ERR_REJECTED;

    for (size_t i = 0; !err && i < n; i++) {
        sqlite3_stmt *st =
            db_stmt(db, "SELECT count(*) FROM event e WHERE e.kind = 4 AND e.seq > ?1"
                        " AND e.unit = ?2" NOT_TAKEN_BACK("e"));

        sqlite3_bind_int64(st, 1, seq);
        db_bind_text(st, 2, lessons[i]);
        err = db_int(db, st, 0, &counts[i]);
    }
    return err;
}
