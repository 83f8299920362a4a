/* What stands beside lessons: help given, tasks done on one's own phone, loudspeakers, VNeID,
 * hours. */
#include <stdio.h>
#include <string.h>

#include "store/class_private.h"
#include "store/kin.h"
#include "store/private.h"

#define DAY_MIN 1440

enum err help_add(struct db *db, const char *kind, const unsigned char *token,
                  const char *thon, const char *actor)
{
    char body[64];

    if (strlen(kind) != 2 || kind[0] != 'h' || kind[1] < '1' ||
        kind[1] >= '1' + HELP_KINDS || !class_id_ok(thon, COMMUNE_CODE_MAX))
        return ERR_REJECTED;
    snprintf(body, sizeof(body), "{\"thon\":\"%s\"}", thon);
    return class_write(db,
                       &(struct event){ .kind = EVENT_HELP,
                                        .token = token,
                                        .unit = kind,
                                        .actor = actor,
                                        .body = *thon ? body : NULL },
                       1);
}

enum err help_today(struct db *db, int64_t out[HELP_KINDS])
{
    sqlite3_stmt *st;
    bool row;
    enum err err = run_need(db);

    memset(out, 0, HELP_KINDS * sizeof(*out));
    if (err)
        return err;
    st = db_stmt(db, "SELECT unit, count(*) FROM event e WHERE kind = 19"
                     " AND (day = ?1 OR (day IS NULL AND run = ?2))"
                     " AND NOT EXISTS(SELECT 1 FROM voided v WHERE v.seq = e.seq)"
                     " GROUP BY unit");
    sqlite3_bind_int64(st, 1, run_day(&db->run, run_mono_ms(db)));
    sqlite3_bind_int64(st, 2, db->run.ord);
    while (!(err = db_row(db, st, &row)) && row) {
        const char *unit = db_column_text(st, 0);

        if (unit[0] == 'h' && unit[1] >= '1' && unit[1] < '1' + HELP_KINDS)
            out[unit[1] - '1'] = sqlite3_column_int64(st, 1);
    }
    return err;
}

/* The last one of this run. */
static enum err undo(struct db *db, enum event_kind kind, const char *unit,
                     const char *actor)
{
    sqlite3_stmt *st;
    int64_t seq;
    enum err err = run_need(db);

    if (err)
        return err;
    st = db_stmt(db, "SELECT max(seq) FROM event e WHERE kind = ?3 AND unit = ?1"
                     " AND run = ?2"
                     " AND NOT EXISTS(SELECT 1 FROM voided v WHERE v.seq = e.seq)");
    db_bind_text(st, 1, unit);
    sqlite3_bind_int64(st, 2, db->run.ord);
    sqlite3_bind_int64(st, 3, kind);
    err = db_int(db, st, 0, &seq);
    return err ? err : seq ? class_take_back(db, seq, actor) : ERR_REJECTED;
}

enum err help_undo(struct db *db, const char *kind, const char *actor)
{
    return undo(db, EVENT_HELP, kind, actor);
}

enum err notice_played(struct db *db, const char *lesson, const char *actor)
{
    if (!*lesson || !class_id_ok(lesson, EVENT_UNIT_MAX))
        return ERR_REJECTED;
    return class_write(
        db, &(struct event){ .kind = EVENT_NOTICE, .unit = lesson, .actor = actor }, 1);
}

enum err notice_undo(struct db *db, const char *lesson, const char *actor)
{
    return undo(db, EVENT_NOTICE, lesson, actor);
}

enum err notice_plays(struct db *db, const char *lesson, int64_t *out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT sum(plus - minus) FROM total WHERE stat = 'notice_plays'"
                    " AND unit = ?1 AND dims = '-'");

    db_bind_text(st, 1, lesson);
    return db_int(db, st, 0, out);
}

enum err sign_off(struct db *db, const unsigned char *token, const char *lesson,
                  const char *actor)
{
    if (!*lesson || !class_id_ok(lesson, EVENT_UNIT_MAX))
        return ERR_REJECTED;
    return class_write(
        db,
        &(struct event){
            .kind = EVENT_SIGN_OFF, .token = token, .unit = lesson, .actor = actor },
        1);
}

enum err vneid_set(struct db *db, const unsigned char *token, const char *status,
                   enum vneid_source source, const char *actor)
{
    if (strlen(status) != 2 || status[0] != 'v' || status[1] < '0' || status[1] > '3' ||
        source < VNEID_SAID || source > VNEID_LIST)
        return ERR_REJECTED;
    return class_write(db,
                       &(struct event){ .kind = EVENT_VNEID,
                                        .token = token,
                                        .unit = status,
                                        .value = (int64_t)source,
                                        .actor = actor },
                       1);
}

enum err vneid_get(struct db *db, const unsigned char *token, struct vneid *out)
{
    struct kin kin;
    sqlite3_stmt *st;
    bool row;
    enum err err = kin_find(db, token, &kin);

    *out = (struct vneid){ .day = -1 };
    if (err || !kin.known)
        return err;
    st = db_stmt(db, "SELECT e.unit, e.value, ifnull(e.day, -1), e.actor FROM event e"
                     " JOIN person p ON p.token = e.token WHERE p.root = ?1"
                     " AND e.kind = 21 ORDER BY e.seq DESC LIMIT 1");
    sqlite3_bind_blob(st, 1, kin.root, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    err = db_row(db, st, &row);
    if (!row)
        return err;
    snprintf(out->status, sizeof(out->status), "%s", db_column_text(st, 0));
    out->source = (enum vneid_source)sqlite3_column_int(st, 1);
    out->day = sqlite3_column_int64(st, 2);
    snprintf(out->who, sizeof(out->who), "%s", db_column_text(st, 3));
    sqlite3_reset(st);
    return ERR_OK;
}

enum err volunteer_event(const char *staff, int minutes, const char *actor,
                         char body[CLASS_BODY_BYTES], struct event *out)
{
    if (minutes < 1 || minutes > DAY_MIN || !*staff || !class_id_ok(staff, 16))
        return ERR_REJECTED;
    (void)snprintf(body, CLASS_BODY_BYTES, "{\"staff\":\"%s\"}", staff);
    *out = (struct event){
        .kind = EVENT_VOLUNTEER, .value = minutes, .actor = actor, .body = body
    };
    return ERR_OK;
}

enum err volunteer_add(struct db *db, const char *staff, int minutes, const char *actor)
{
    char body[CLASS_BODY_BYTES];
    struct event ev;
    enum err err = volunteer_event(staff, minutes, actor, body, &ev);

    return err ? err : class_write(db, &ev, 1);
}
