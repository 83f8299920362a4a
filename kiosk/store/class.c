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
#define FIRST_DAY 20089 /* 2025-01-01: the campaign's first year */
#define MS_PER_MIN 60000
#define DAY_MIN 1440
#define MINUTES_MAX 960
#define VOLUNTEERS_MAX 16
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

bool class_id_ok(const char *id, size_t max)
{
    return strlen(id) <= max &&
           !id[strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789._-")];
}

static bool plan_ok(const struct class_plan *p)
{
    return *p->thon && class_id_ok(p->thon, COMMUNE_CODE_MAX) &&
           class_id_ok(p->unit, COMMUNE_CODE_MAX) &&
           class_id_ok(p->lesson, EVENT_UNIT_MAX) &&
           utf8_valid(p->place, strlen(p->place));
}

/* Leaves the object open. */
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

static struct event close_event(const struct class_state *c, int64_t minutes,
                                const char *actor, char body[CLASS_BODY_BYTES])
{
    (void)snprintf(body, CLASS_BODY_BYTES, "{\"minutes\":%lld}", (long long)minutes);
    return (struct event){
        .kind = EVENT_CLASS_CLOSE, .value = c->seq, .actor = actor, .body = body
    };
}

int64_t class_minutes(const struct db *db, const struct class_state *c)
{
    return c->same_run ? (run_mono_ms(db) - c->mono_ms + MS_PER_MIN / 2) / MS_PER_MIN
                       : -1;
}

/* Forgotten over midnight: closes by itself, of unknown length. Where nobody knows the
 * day, a class is no longer than MINUTES_MAX; after a restart then only people can say. */
static bool is_over(struct db *db, const struct class_state *c)
{
    int64_t today = run_day(&db->run, run_mono_ms(db));

    if (c->day >= 0 && today >= 0)
        return today != c->day;
    return c->same_run && class_minutes(db, c) > MINUTES_MAX;
}

enum err class_current(struct db *db, struct class_state *out)
{
    char body[CLASS_BODY_BYTES];
    enum err err;

    *out = (struct class_state){ .day = -1 };
    if (!db)
        return ERR_CORRUPT;
    err = read_open(db, out);
    if (!err && out->seq)
        err = run_need(db);
    if (!err && out->seq && is_over(db, out)) {
        struct event close = close_event(out, -1, NULL, body);

        err = class_write(db, &close, 1);
        *out = (struct class_state){ .day = -1 };
    }
    return err;
}

enum err class_need_open(struct db *db, struct class_state *out)
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

enum err class_close(struct db *db, const char *const *volunteers, size_t n_volunteers,
                     const char *actor)
{
    struct event events[1 + VOLUNTEERS_MAX];
    char bodies[1 + VOLUNTEERS_MAX][CLASS_BODY_BYTES];
    struct class_state now;
    int64_t minutes;
    size_t n = 1;
    enum err err = class_need_open(db, &now);

    if (!err && n_volunteers > VOLUNTEERS_MAX)
        err = ERR_REJECTED;
    if (err)
        return err;
    minutes = class_minutes(db, &now);
    events[0] = close_event(&now, minutes, actor, bodies[0]);
    for (size_t i = 0; !err && minutes > 0 && i < n_volunteers; i++, n++)
        err =
            volunteer_event(volunteers[i], (int)minutes, actor, bodies[n], &events[n]);
    return err ? err : class_write(db, events, n);
}

/* --- held elsewhere ----------------------------------------------------------------- */

static void elsewhere_json(const struct class_elsewhere *c, struct buf *out)
{
    plan_json(&c->plan, out);
    json_put_bool(out, "elsewhere", true);
    json_put_int(out, "day", c->day);
    json_put_int(out, "minutes", c->minutes);
    json_close(out, '}');
}

/* In the future, or before anybody could have meant it? */
static bool elsewhere_day_ok(struct db *db, int64_t day)
{
    int64_t today = run_day(&db->run, run_mono_ms(db));

    return day >= FIRST_DAY && day <= (today >= 0 ? today : db->build_day + 3650);
}

enum err class_enter(struct db *db, const struct class_elsewhere *c, const char *actor)
{
    static const struct head_count none = { 0 };
    struct event events[5];
    char bodies[3][CLASS_BODY_BYTES];
    struct class_state now;
    struct buf body;
    int64_t next;
    enum err err = class_current(db, &now);

    if (err)
        return err;
    if (!plan_ok(&c->plan) || !head_count_ok(&c->heads) || c->minutes < 1 ||
        c->minutes > MINUTES_MAX || !elsewhere_day_ok(db, c->day))
        return ERR_REJECTED;
    err = db_int(db, db_stmt(db, "SELECT max(seq) + 1 FROM event"), 1, &next);
    if (err)
        return err;
    buf_init(&body, BODY_MAX);
    elsewhere_json(c, &body);
    events[0] = (struct event){ .kind = EVENT_CLASS_OPEN,
                                .unit = c->plan.thon,
                                .actor = actor,
                                .body = buf_text(&body) };
    events[1] =
        (struct event){ .kind = EVENT_CLASS_CLOSE, .value = next, .actor = actor };
    err = class_write(db, events,
                      2 + head_count_events(&none, &c->heads, c->plan.thon, next,
                                            c->day, actor, events + 2, bodies));
    buf_finish(&body);
    return err;
}
