/* What figures are measured by: denominators and targets. Of an enrolled kiosk they are the
 * server's: its grant puts them here. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "store/commune_private.h"
#include "store/private.h"

#define LOG_MODULE "commune"
#include "base/log.h"

static bool servers_has(struct db *db, const char *section)
{
    json_value *doc = commune_grant(db);
    bool has = json_count(json_get(doc, section)) > 0;

    json_free(doc);
    return has;
}

/* --- denominators ------------------------------------------------------------------- */

enum err commune_bases(struct db *db, int year, struct arena *arena,
                       struct commune_base **out, size_t *n_out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT thon, year, households, people, adults, source,"
                    " day FROM commune_base WHERE year = ?1 ORDER BY thon");
    bool row;
    enum err err;

    *out = arena_alloc(arena, COMMUNE_ENTRIES_MAX * sizeof(**out));
    *n_out = 0;
    sqlite3_bind_int(st, 1, year);
    while (!(err = db_row(db, st, &row)) && row) {
        struct commune_base *b = &(*out)[*n_out];

        if (*n_out == COMMUNE_ENTRIES_MAX)
            continue;
        snprintf(b->thon, sizeof(b->thon), "%s", db_column_text(st, 0));
        b->year = sqlite3_column_int(st, 1);
        b->households = sqlite3_column_int64(st, 2);
        b->people = sqlite3_column_int64(st, 3);
        b->adults = sqlite3_column_int64(st, 4);
        snprintf(b->source, sizeof(b->source), "%s", db_column_text(st, 5));
        b->day = sqlite3_column_int64(st, 6);
        (*n_out)++;
    }
    return err;
}

static enum err write_base(struct db *db, void *ctx)
{
    const struct commune_base *base = ctx;
    sqlite3_stmt *st =
        db_stmt(db, "INSERT INTO commune_base VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                    " ON CONFLICT DO UPDATE SET households = excluded.households,"
                    " people = excluded.people, adults = excluded.adults,"
                    " source = excluded.source, day = excluded.day");

    db_bind_text(st, 1, base->thon);
    sqlite3_bind_int(st, 2, base->year);
    sqlite3_bind_int64(st, 3, base->households);
    sqlite3_bind_int64(st, 4, base->people);
    sqlite3_bind_int64(st, 5, base->adults);
    db_bind_text(st, 6, base->source);
    sqlite3_bind_int64(st, 7, base->day);
    return db_run(db, st, "base");
}

static bool base_ok(const struct commune_base *b)
{
    return commune_code_ok(b->thon) && commune_name_ok(b->source) && b->year >= 2000 &&
           b->year <= 2200 && b->households >= -1 && b->people >= -1 &&
           b->adults >= -1 && (b->people < 0 || b->adults <= b->people);
}

enum err commune_set_base(struct db *db, const struct commune_base *base)
{
    struct commune_base copy = *base;

    if (!db)
        return ERR_CORRUPT;
    if (!base_ok(base) || servers_has(db, "bases"))
        return ERR_REJECTED;
    return db_transact(db, write_base, &copy);
}

/* --- targets ------------------------------------------------------------------------------ */

enum err commune_targets(struct db *db, const char *period, struct arena *arena,
                         struct commune_target **out, size_t *n_out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT grp, period, value, due, document, reached"
                    " FROM commune_target WHERE period = ?1 ORDER BY grp");
    bool row;
    enum err err;

    *out = arena_alloc(arena, COMMUNE_ENTRIES_MAX * sizeof(**out));
    *n_out = 0;
    db_bind_text(st, 1, period);
    while (!(err = db_row(db, st, &row)) && row) {
        struct commune_target *t = &(*out)[*n_out];

        if (*n_out == COMMUNE_ENTRIES_MAX)
            continue;
        snprintf(t->group, sizeof(t->group), "%s", db_column_text(st, 0));
        snprintf(t->period, sizeof(t->period), "%s", db_column_text(st, 1));
        t->value = sqlite3_column_int64(st, 2);
        t->due_day = sqlite3_column_int64(st, 3);
        snprintf(t->document, sizeof(t->document), "%s", db_column_text(st, 4));
        t->reached_day = sqlite3_column_int64(st, 5);
        (*n_out)++;
    }
    return err;
}

/* The day on which as many people stood there, as the marks say now; -1: not yet, or
 * nobody knows the day. For a target that is set after it was reached. */
static const char reached_then_sql[] =
    "SELECT e.day FROM mark m JOIN event e ON e.seq = m.seq JOIN person p"
    " ON p.token = m.token JOIN cohort c ON c.id = p.cohort"
    " WHERE m.stat = 'finished_one' AND m.unit = '-' AND m.period = ?2"
    " AND (?1 = '' OR c.grp = ?1) ORDER BY e.day LIMIT 1 OFFSET max(?3, 1) - 1";

static enum err write_target(struct db *db, void *ctx)
{
    const struct commune_target *t = ctx;
    sqlite3_stmt *st = db_stmt(db, reached_then_sql);
    int64_t reached;
    enum err err;

    db_bind_text(st, 1, t->group);
    db_bind_text(st, 2, t->period);
    sqlite3_bind_int64(st, 3, t->value);
    err = db_int(db, st, -1, &reached);
    if (err)
        return err;
    st = db_stmt(db, "INSERT INTO commune_target VALUES(?1, ?2, ?3, ?4, ?5, ?6)"
                     " ON CONFLICT DO UPDATE SET value = excluded.value,"
                     " due = excluded.due, document = excluded.document,"
                     " reached = CASE WHEN value = excluded.value AND reached >= 0"
                     " THEN reached ELSE excluded.reached END");
    db_bind_text(st, 1, t->group);
    db_bind_text(st, 2, t->period);
    sqlite3_bind_int64(st, 3, t->value);
    sqlite3_bind_int64(st, 4, t->due_day);
    db_bind_text(st, 5, t->document);
    sqlite3_bind_int64(st, 6, reached);
    return db_run(db, st, "target");
}

static bool target_ok(const struct commune_target *t)
{
    return (!*t->group || commune_code_ok(t->group)) && *t->period && t->value >= 0 &&
           (!*t->document || commune_name_ok(t->document));
}

enum err commune_set_target(struct db *db, const struct commune_target *t)
{
    struct commune_target copy = *t;

    if (!db)
        return ERR_CORRUPT;
    if (!target_ok(t) || servers_has(db, "targets"))
        return ERR_REJECTED;
    return db_transact(db, write_target, &copy);
}

/* The first day on which the gauge stood there: kept by whoever moves gauges. */
static const char reached_sql[] =
    "UPDATE commune_target SET reached = ?1 WHERE reached < 0 AND value <= (SELECT "
    "g.value"
    " FROM gauge g WHERE g.stat = 'finished_one' AND g.unit = '-'"
    " AND g.period = commune_target.period AND g.dims = CASE grp WHEN '' THEN '-'"
    " ELSE 'group=' || grp END)";

enum err commune_note_targets(struct db *db, int64_t day)
{
    sqlite3_stmt *st;

    if (day < 0)
        return ERR_OK;
    st = db_stmt(db, reached_sql);
    sqlite3_bind_int64(st, 1, day);
    return db_run(db, st, "target");
}

/* --- of the grant ------------------------------------------------------------------- */

static void take_text(const json_value *v, const char *key, char *out, size_t size)
{
    const char *text = json_text(json_get(v, key));

    (void)snprintf(out, size, "%s", text ? text : "");
}

static int64_t take_int(const json_value *v, const char *key, int64_t fallback)
{
    int64_t n;

    return json_int(json_get(v, key), 0, JSON_INT_MAX, &n) ? fallback : n;
}

static int64_t take_day(const json_value *v, const char *key)
{
    const char *text = json_text(json_get(v, key));

    return text ? clock_day_parse(text) : -1;
}

static enum err take_base(struct db *db, const json_value *v)
{
    struct commune_base base = { .year = (int)(take_int(v, "year", 0) % 10000),
                                 .households = take_int(v, "households", -1),
                                 .people = take_int(v, "people", -1),
                                 .adults = take_int(v, "adults", -1),
                                 .day = take_day(v, "day") };

    take_text(v, "thon", base.thon, sizeof(base.thon));
    take_text(v, "source", base.source, sizeof(base.source));
    return base_ok(&base) ? write_base(db, &base) : ERR_REJECTED;
}

static enum err take_target(struct db *db, const json_value *v)
{
    struct commune_target target = { .value = take_int(v, "value", -1),
                                     .due_day = take_day(v, "due") };

    take_text(v, "group", target.group, sizeof(target.group));
    take_text(v, "period", target.period, sizeof(target.period));
    take_text(v, "document", target.document, sizeof(target.document));
    return target_ok(&target) ? write_target(db, &target) : ERR_REJECTED;
}

static enum err take_all(struct db *db, const json_value *list,
                         enum err take(struct db *db, const json_value *v))
{
    enum err err = ERR_OK;

    for (size_t i = 0; !err && i < json_count(list); i++) {
        err = take(db, json_at(list, i));
        if (err != ERR_REJECTED)
            continue;
        LOG_WARN("row %zu of the server's targets or bases is not taken", i);
        err = ERR_OK;
    }
    return err;
}

static enum err take_grant(struct db *db, void *ctx)
{
    return commune_take_aims(db, ctx);
}

enum err commune_take_aims(struct db *db, const json_value *doc)
{
    enum err err = take_all(db, json_get(doc, "bases"), take_base);

    return err ? err : take_all(db, json_get(doc, "targets"), take_target);
}

enum err commune_take_grant(struct db *db)
{
    json_value *doc = commune_grant(db);
    enum err err = doc ? db_transact(db, take_grant, doc) : ERR_OK;

    json_free(doc);
    return err;
}

/* Rows of a section that the text ?1 does not name. */
static enum err drop_others(struct db *db, const char *text, bool bases)
{
    sqlite3_stmt *st = db_stmt(
        db, bases ? "DELETE FROM commune_base WHERE NOT EXISTS(SELECT 1"
                    " FROM json_each(?1, '$.bases') j"
                    " WHERE json_extract(j.value, '$.thon') = thon"
                    " AND json_extract(j.value, '$.year') = commune_base.year)"
                  : "DELETE FROM commune_target WHERE NOT EXISTS(SELECT 1"
                    " FROM json_each(?1, '$.targets') j"
                    " WHERE json_extract(j.value, '$.group') = grp"
                    " AND json_extract(j.value, '$.period') = commune_target.period)");

    db_bind_text(st, 1, text);
    return db_run(db, st, "settings");
}

enum err commune_drop_aims(struct db *db, const json_value *before,
                           const json_value *doc, const char *text)
{
    static const char *const sections[] = { "targets", "bases" };
    enum err err = ERR_OK;

    for (size_t i = 0; !err && i < COUNT(sections); i++)
        if (json_count(json_get(before, sections[i])) ||
            json_count(json_get(doc, sections[i])))
            err = drop_others(db, text, i == 1);
    return err;
}
