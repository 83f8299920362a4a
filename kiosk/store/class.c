/* Classes, read out of their events: EVENT_CLASS_OPEN says where, EVENT_PRESENT who came;
 * what was learnt is between its opening and its close. */
#include "store/class.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/utf8.h"
#include "store/class_private.h"
#include "store/journal_private.h"
#include "store/private.h"

#define BODY_MAX 2048
#define MS_PER_MIN 60000
#define DAY_MIN 1440
#define BEFORE_MIN 90 /* a class may be opened so long before its time */

/* --- writing ------------------------------------------------------------------------------ */

struct write {
    const struct event *events;
    size_t n;
    struct event_id last;
};

static enum err write_all(struct db *db, void *ctx)
{
    struct write *w = ctx;
    enum err err = ERR_OK;

    for (size_t i = 0; !err && i < w->n; i++)
        err = journal_write(db, &w->events[i], &w->last);
    return err;
}

enum err class_write(struct db *db, const struct event *events, size_t n)
{
    struct write w = { .events = events, .n = n };

    return db ? db_transact(db, write_all, &w) : ERR_CORRUPT;
}

/* Takes the event `seq` back. */
enum err class_take_back(struct db *db, int64_t seq, const char *actor)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT printf('%016x-%d', r.id, e.seq) FROM event e"
                                   " JOIN run r ON r.ord = e.run WHERE e.seq = ?1");
    char unit[48];
    bool row;
    enum err err;

    sqlite3_bind_int64(st, 1, seq);
    err = db_row(db, st, &row);
    if (!row)
        return err ? err : ERR_REJECTED;
    snprintf(unit, sizeof(unit), "%s", db_column_text(st, 0));
    sqlite3_reset(st);
    return class_write(
        db, &(struct event){ .kind = EVENT_VOID, .unit = unit, .actor = actor }, 1);
}

/* --- plans --------------------------------------------------------------------------------- */

static bool id_ok(const char *id, size_t max)
{
    return strlen(id) <= max &&
           !id[strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789._-")];
}

static bool plan_ok(const struct class_plan *p)
{
    return *p->thon && id_ok(p->thon, COMMUNE_CODE_MAX) &&
           id_ok(p->unit, COMMUNE_CODE_MAX) && id_ok(p->lesson, EVENT_UNIT_MAX) &&
           utf8_valid(p->place, strlen(p->place));
}

static void plan_json(const struct class_plan *p, struct buf *out)
{
    json_open(out, NULL, '{');
    json_put_text(out, "thon", p->thon);
    if (*p->unit)
        json_put_text(out, "unit", p->unit);
    json_put_text(out, "place", p->place);
    json_put_text(out, "lesson", p->lesson);
    json_put_bool(out, "tap_only", p->tap_only);
    json_put_bool(out, "consent_once", p->consent_once);
}

static void take_text(const json_value *doc, const char *key, char *out, size_t size)
{
    const char *text = json_text(json_get(doc, key));

    snprintf(out, size, "%s", text ? text : "");
}

static void read_plan(const char *body, struct class_plan *out)
{
    json_value *doc = NULL;

    *out = (struct class_plan){ .tap_only = true };
    if (json_parse(body, strlen(body), 3, &doc, NULL, 0))
        return;
    take_text(doc, "thon", out->thon, sizeof(out->thon));
    take_text(doc, "unit", out->unit, sizeof(out->unit));
    take_text(doc, "place", out->place, sizeof(out->place));
    take_text(doc, "lesson", out->lesson, sizeof(out->lesson));
    out->tap_only = json_bool(json_get(doc, "tap_only"), true);
    out->consent_once = json_bool(json_get(doc, "consent_once"), false);
    json_free(doc);
}

/* --- what the calendar says ------------------------------------------------------------------ */

/* Now, in Vietnam: false when nobody knows the time. */
static bool now_local(struct db *db, int *weekday, int *minute)
{
    int64_t mono_ms, wall_ms, day;

    if (run_need(db))
        return false;
    mono_ms = run_mono_ms(db);
    day = run_day(&db->run, mono_ms);
    wall_ms = db->run.start_ms + mono_ms + 7LL * 3600 * 1000;
    *weekday = (int)((day + 3) % 7); /* 1 January 1970 was a Thursday; Monday is 0 */
    *minute = (int)(wall_ms / MS_PER_MIN % DAY_MIN);
    return day >= 0;
}

static void from_slot(const struct commune_slot *s, struct class_plan *out)
{
    snprintf(out->thon, sizeof(out->thon), "%s", s->thon);
    snprintf(out->place, sizeof(out->place), "%s", s->place);
    snprintf(out->unit, sizeof(out->unit), "%s", s->unit);
    snprintf(out->lesson, sizeof(out->lesson), "%s", s->lesson);
}

bool class_propose(struct db *db, struct class_plan *out, int *weekday_out,
                   int *minute_out)
{
    struct arena arena = { 0 };
    struct commune_slot *slots;
    bool found = false;
    size_t n = 0;

    *out = (struct class_plan){ .tap_only = true };
    *weekday_out = *minute_out = -1;
    snprintf(out->thon, sizeof(out->thon), "%s", db_setting(db, "place.thon", ""));
    snprintf(out->place, sizeof(out->place), "%s", db_setting(db, "place.name", ""));
    if (!now_local(db, weekday_out, minute_out)) {
        *weekday_out = *minute_out = -1;
        return false;
    }
    if (!commune_calendar(db, &arena, &slots, &n))
        for (size_t i = 0; i < n && !found; i++) {
            found = slots[i].weekday == *weekday_out &&
                    *minute_out >= slots[i].from_min - BEFORE_MIN &&
                    *minute_out < slots[i].to_min;
            if (found)
                from_slot(&slots[i], out);
        }
    arena_finish(&arena);
    return found;
}

/* --- the open one ------------------------------------------------------------------------------ */

/* The newest that was opened, neither closed nor taken back. */
static enum err read_open(struct db *db, struct class_state *out)
{
    sqlite3_stmt *st = db_stmt(
        db,
        "SELECT e.seq, e.body, ifnull(e.day, -1), e.mono_ms, e.run = ?1, e.actor"
        " FROM event e WHERE e.kind = 15"
        " AND NOT EXISTS(SELECT 1 FROM event c WHERE c.kind = 16 AND c.value = e.seq)"
        " AND NOT EXISTS(SELECT 1 FROM voided v WHERE v.seq = e.seq)"
        " ORDER BY e.seq DESC LIMIT 1");
    bool row;
    enum err err;

    sqlite3_bind_int64(st, 1, db->run.ord);
    err = db_row(db, st, &row);
    if (!row)
        return err;
    out->seq = sqlite3_column_int64(st, 0);
    read_plan(db_column_text(st, 1), &out->plan);
    out->day = sqlite3_column_int64(st, 2);
    out->mono_ms = sqlite3_column_int64(st, 3);
    out->same_run = sqlite3_column_int(st, 4) != 0;
    snprintf(out->opened_by, sizeof(out->opened_by), "%s", db_column_text(st, 5));
    sqlite3_reset(st);
    return ERR_OK;
}

static enum err write_close(struct db *db, const struct class_state *c, int64_t minutes,
                            const char *actor)
{
    char body[64];

    snprintf(body, sizeof(body), "{\"minutes\":%lld}", (long long)minutes);
    return class_write(
        db,
        &(struct event){
            .kind = EVENT_CLASS_CLOSE, .value = c->seq, .actor = actor, .body = body },
        1);
}

/* Forgotten over midnight: closes by itself, of unknown length. */
static bool is_over(struct db *db, const struct class_state *c)
{
    int64_t today;

    if (run_need(db))
        return false;
    today = run_day(&db->run, run_mono_ms(db));
    return c->day >= 0 && today >= 0 && today != c->day;
}

enum err class_current(struct db *db, struct class_state *out)
{
    enum err err;

    *out = (struct class_state){ .day = -1 };
    if (!db)
        return ERR_CORRUPT;
    err = read_open(db, out);
    if (!err && out->seq && is_over(db, out)) {
        err = write_close(db, out, -1, NULL);
        *out = (struct class_state){ .day = -1 };
    }
    return err;
}

static enum err need_open(struct db *db, struct class_state *out)
{
    enum err err = class_current(db, out);

    return err ? err : out->seq ? ERR_OK : ERR_REJECTED;
}

enum err class_open(struct db *db, const struct class_plan *plan, const char *actor)
{
    struct class_state now;
    struct buf body;
    enum err err = class_current(db, &now);

    if (err)
        return err;
    if (now.seq || !plan_ok(plan))
        return ERR_REJECTED;
    buf_init(&body, BODY_MAX);
    plan_json(plan, &body);
    json_close(&body, '}');
    err = class_write(db,
                      &(struct event){ .kind = EVENT_CLASS_OPEN,
                                       .unit = plan->thon,
                                       .actor = actor,
                                       .body = buf_text(&body) },
                      1);
    buf_finish(&body);
    return err;
}

/* Minutes since it was opened, -1 when a restart lies between. */
static int64_t minutes_of(const struct db *db, const struct class_state *c)
{
    return c->same_run ? (run_mono_ms(db) - c->mono_ms + MS_PER_MIN / 2) / MS_PER_MIN
                       : -1;
}

enum err class_close(struct db *db, const char *const *volunteers, size_t n_volunteers,
                     const char *actor)
{
    struct class_state now;
    int64_t minutes;
    enum err err = need_open(db, &now);

    if (err)
        return err;
    minutes = minutes_of(db, &now);
    err = write_close(db, &now, minutes, actor);
    for (size_t i = 0; !err && minutes > 0 && i < n_volunteers; i++)
        err = volunteer_add(db, volunteers[i], (int)minutes, actor);
    return err;
}

/* --- who is there -------------------------------------------------------------------------------- */

/* The event by which the person is present in this class, 0: is not. */
static int64_t present_seq(struct db *db, int64_t class_seq, const unsigned char *token)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT max(e.seq) FROM event e WHERE e.kind = 17 AND e.value = ?1"
                    " AND e.token IN (SELECT k.token FROM person k WHERE k.root ="
                    " (SELECT root FROM person WHERE token = ?2))"
                    " AND NOT EXISTS(SELECT 1 FROM voided v WHERE v.seq = e.seq)");
    int64_t seq = 0;

    sqlite3_bind_int64(st, 1, class_seq);
    sqlite3_bind_blob(st, 2, token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    if (db_int(db, st, 0, &seq))
        return 0;
    return seq;
}

enum err class_present(struct db *db, const unsigned char *token, bool present,
                       const char *actor)
{
    struct class_state now;
    int64_t seq;
    enum err err = need_open(db, &now);

    if (err)
        return err;
    seq = present_seq(db, now.seq, token);
    if ((seq != 0) == present)
        return ERR_OK;
    if (!present)
        return class_take_back(db, seq, actor);
    return class_write(db,
                       &(struct event){ .kind = EVENT_PRESENT,
                                        .token = token,
                                        .unit = now.plan.thon,
                                        .value = now.seq,
                                        .actor = actor },
                       1);
}

enum err class_add(struct db *db, const unsigned char *token, const char *actor)
{
    return class_present(db, token, true, actor);
}

/* --- beside attendance ------------------------------------------------------------------------------- */

enum err class_head_count(struct db *db, struct head_count *out)
{
    struct class_state now;
    sqlite3_stmt *st;
    bool row;
    enum err err = need_open(db, &now);

    *out = (struct head_count){ 0 };
    if (err)
        return err;
    st = db_stmt(db, "SELECT unit, sum(value) FROM event WHERE kind = 18"
                     " AND json_extract(body, '$.class') = ?1 GROUP BY unit");
    sqlite3_bind_int64(st, 1, now.seq);
    while (!(err = db_row(db, st, &row)) && row) {
        const char *unit = db_column_text(st, 0);
        int64_t n = sqlite3_column_int64(st, 1);

        if (!strcmp(unit, "all"))
            out->all = n;
        else if (!strcmp(unit, "women"))
            out->women = n;
        else
            out->old = n;
    }
    return err;
}

/* The events that lead from one count to the other; returns how many. */
static size_t head_events(const struct head_count *was, const struct head_count *now,
                          const char *thon, int64_t class_seq, const char *actor,
                          struct event events[3], char bodies[3][160])
{
    const struct {
        const char *unit, *codes;
        int64_t by;
    } parts[] = { { "all", "", now->all - was->all },
                  { "women", ",\"sex\":\"f\"", now->women - was->women },
                  { "old", ",\"band\":\"b4\"", now->old - was->old } };
    size_t n = 0;

    for (size_t i = 0; i < COUNT(parts); i++) {
        if (!parts[i].by)
            continue;
        snprintf(bodies[n], 160, "{\"class\":%lld,\"thon\":\"%s\"%s}",
                 (long long)class_seq, thon, parts[i].codes);
        events[n] = (struct event){ .kind = EVENT_HEAD_COUNT,
                                    .unit = parts[i].unit,
                                    .value = parts[i].by,
                                    .actor = actor,
                                    .body = bodies[n] };
        n++;
    }
    return n;
}

static bool heads_ok(const struct head_count *c)
{
    return c->all >= 0 && c->all <= 2000 && c->women >= 0 && c->women <= c->all &&
           c->old >= 0 && c->old <= c->all;
}

enum err class_set_head_count(struct db *db, const struct head_count *count,
                              const char *actor)
{
    struct class_state now;
    struct head_count was;
    struct event events[3];
    char bodies[3][160];
    size_t n;
    enum err err = need_open(db, &now);

    if (!err)
        err = class_head_count(db, &was);
    if (err)
        return err;
    if (!heads_ok(count))
        return ERR_REJECTED;
    n = head_events(&was, count, now.plan.thon, now.seq, actor, events, bodies);
    return n ? class_write(db, events, n) : ERR_OK;
}

enum err class_enter(struct db *db, const struct class_elsewhere *c, const char *actor)
{
    static const struct head_count none = { 0 };
    struct event events[5];
    char bodies[3][160];
    struct class_state now;
    struct buf body;
    int64_t next;
    size_t n;
    enum err err = class_current(db, &now);

    if (err)
        return err;
    if (!plan_ok(&c->plan) || !heads_ok(&c->heads) || c->minutes < 1 ||
        c->minutes > DAY_MIN || c->day < 0)
        return ERR_REJECTED;
    err = db_int(db, db_stmt(db, "SELECT max(seq) + 1 FROM event"), 1, &next);
    if (err)
        return err;
    buf_init(&body, BODY_MAX);
    plan_json(&c->plan, &body);
    json_put_bool(&body, "elsewhere", true);
    json_put_int(&body, "day", c->day);
    json_put_int(&body, "minutes", c->minutes);
    json_close(&body, '}');
    events[0] = (struct event){ .kind = EVENT_CLASS_OPEN,
                                .unit = c->plan.thon,
                                .actor = actor,
                                .body = buf_text(&body) };
    events[1] =
        (struct event){ .kind = EVENT_CLASS_CLOSE, .value = next, .actor = actor };
    n = 2 +
        head_events(&none, &c->heads, c->plan.thon, next, actor, events + 2, bodies);
    err = class_write(db, events, n);
    buf_finish(&body);
    return err;
}

/* --- help, sign-offs, VNeID, hours --------------------------------------------------------------------- */

enum err help_add(struct db *db, const char *kind, const unsigned char *token,
                  const char *thon, const char *actor)
{
    char body[64];

    if (strlen(kind) != 2 || kind[0] != 'h' || kind[1] < '1' ||
        kind[1] >= '1' + HELP_KINDS || !id_ok(thon, COMMUNE_CODE_MAX))
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

enum err help_undo(struct db *db, const char *kind, const char *actor)
{
    sqlite3_stmt *st;
    int64_t seq;
    enum err err = run_need(db);

    if (err)
        return err;
    st = db_stmt(db, "SELECT max(seq) FROM event e WHERE kind = 19 AND unit = ?1"
                     " AND run = ?2"
                     " AND NOT EXISTS(SELECT 1 FROM voided v WHERE v.seq = e.seq)");
    db_bind_text(st, 1, kind);
    sqlite3_bind_int64(st, 2, db->run.ord);
    err = db_int(db, st, 0, &seq);
    return err ? err : seq ? class_take_back(db, seq, actor) : ERR_REJECTED;
}

enum err sign_off(struct db *db, const unsigned char *token, const char *lesson,
                  const char *actor)
{
    if (!*lesson || !id_ok(lesson, EVENT_UNIT_MAX))
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
    sqlite3_stmt *st = db_stmt(
        db, "SELECT e.unit, e.value, ifnull(e.day, -1), e.actor FROM event e"
            " WHERE e.kind = 21 AND e.token IN (SELECT k.token FROM person k WHERE"
            " k.root = (SELECT root FROM person WHERE token = ?1))"
            " ORDER BY e.seq DESC LIMIT 1");
    bool row;
    enum err err;

    *out = (struct vneid){ .day = -1 };
    sqlite3_bind_blob(st, 1, token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
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

enum err volunteer_add(struct db *db, const char *staff, int minutes, const char *actor)
{
    char body[80];

    if (minutes < 1 || minutes > DAY_MIN || !*staff || !id_ok(staff, 16))
        return ERR_REJECTED;
    snprintf(body, sizeof(body), "{\"staff\":\"%s\"}", staff);
    return class_write(
        db,
        &(struct event){
            .kind = EVENT_VOLUNTEER, .value = minutes, .actor = actor, .body = body },
        1);
}
