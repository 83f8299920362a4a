/* The commune's lists: those of the grant first, then what was entered here. */
#include "store/commune.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/utf8.h"
#include "store/period.h"
#include "store/private.h"

#define DEPTH_MAX 6
#define ENTRIES_MAX 200
#define SETTING_GRANT "commune.settings"

/* Codes that law and plan fix; their words are the program's (app/lists.h). */
static const char *const groups[] = { "g1", "g2", "g3", "g4" };
static const char *const jobs[] = {
    "j1", "j2", "j3", "j4", "j5", "j6", "j7", "j8", "j9"
};

static const char *const grant_keys[] = {
    [COMMUNE_THON] = "thon", [COMMUNE_UNIT] = "units"
};
static const char code_letters[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";

struct list {
    struct commune_entry *at;
    size_t n;
};

static bool code_ok(const char *code)
{
    size_t n = strlen(code);

    return n > 0 && n <= COMMUNE_CODE_MAX && strspn(code, code_letters) == n;
}

static bool name_ok(const char *name)
{
    size_t n = strlen(name);

    return n > 0 && n < COMMUNE_NAME_MAX && utf8_valid(name, n) &&
           !strpbrk(name, "\t\n");
}

/* Adds it, or renames the one that is there. */
static void put(struct list *l, const char *code, const char *name, bool gone)
{
    size_t i = 0;

    while (i < l->n && strcmp(l->at[i].code, code) != 0)
        i++;
    if (i == ENTRIES_MAX)
        return;
    l->n = i == l->n ? i + 1 : l->n;
    snprintf(l->at[i].code, sizeof(l->at[i].code), "%s", code);
    snprintf(l->at[i].name, sizeof(l->at[i].name), "%s", name);
    l->at[i].gone = gone;
}

/* --- the grant -------------------------------------------------------------------------- */

/* NULL: none, or not readable. The caller frees it. */
static json_value *read_grant(struct db *db)
{
    const char *text = db_setting(db, SETTING_GRANT, NULL);
    json_value *doc = NULL;

    if (!text || !*text || json_parse(text, strlen(text), DEPTH_MAX, &doc, NULL, 0))
        return NULL;
    return doc;
}

static void put_granted(struct db *db, enum commune_list list, struct list *out)
{
    json_value *doc = read_grant(db);
    json_value *names = json_get(doc, grant_keys[list]), *name;
    const char *code;
    void *at = NULL;

    while (json_each(names, &at, &code, &name))
        if (json_text(name) && code_ok(code) && name_ok(json_text(name)))
            put(out, code, json_text(name), false);
    json_free(doc);
}

bool commune_is_servers(struct db *db)
{
    json_value *doc = db ? read_grant(db) : NULL;
    bool servers = doc && json_count(json_get(doc, "thon")) > 0;

    json_free(doc);
    return servers;
}

/* --- lists ------------------------------------------------------------------------------ */

static enum err put_entered(struct db *db, enum commune_list list, struct list *out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT code, name, gone FROM commune WHERE list = ?1"
                    " ORDER BY code");
    bool row;
    enum err err;

    sqlite3_bind_int(st, 1, (int)list);
    while (!(err = db_row(db, st, &row)) && row)
        put(out, db_column_text(st, 0), db_column_text(st, 1),
            sqlite3_column_int(st, 2));
    return err;
}

enum err commune_read(struct db *db, enum commune_list list, struct arena *arena,
                      struct commune_entry **out, size_t *n_out)
{
    struct list l = { .at = arena_alloc(arena, ENTRIES_MAX * sizeof(*l.at)) };
    enum err err = ERR_OK;

    if (list == COMMUNE_GROUP)
        for (size_t i = 0; i < COUNT(groups); i++)
            put(&l, groups[i], groups[i], false);
    if (list == COMMUNE_JOB)
        for (size_t i = 0; i < COUNT(jobs); i++)
            put(&l, jobs[i], jobs[i], false);
    if (db && (list == COMMUNE_THON || list == COMMUNE_UNIT)) {
        err = put_entered(db, list, &l);
        put_granted(db, list, &l);
    }
    *out = l.at;
    *n_out = l.n;
    return err;
}

const char *commune_name(struct db *db, enum commune_list list, const char *code,
                         struct arena *arena)
{
    struct commune_entry *entries;
    size_t n;

    if (!commune_read(db, list, arena, &entries, &n))
        for (size_t i = 0; i < n; i++)
            if (!strcmp(entries[i].code, code))
                return entries[i].name;
    return arena_strdup(arena, code);
}

/* t01, t02 … : the first that nobody has. */
static enum err free_code(struct db *db, enum commune_list list,
                          char out[COMMUNE_CODE_MAX + 1])
{
    struct arena arena = { 0 };
    struct commune_entry *entries;
    size_t n, i = 0;
    enum err err = commune_read(db, list, &arena, &entries, &n);

    for (int k = 1; !err && k < 1000; k++) {
        snprintf(out, COMMUNE_CODE_MAX + 1, "%c%02d", list == COMMUNE_THON ? 't' : 'u',
                 k);
        for (i = 0; i < n && strcmp(entries[i].code, out) != 0; i++)
            ;
        if (i == n)
            break;
    }
    arena_finish(&arena);
    return err ? err : i == n ? ERR_OK : ERR_FULL;
}

enum err commune_set(struct db *db, enum commune_list list, struct commune_entry *entry)
{
    sqlite3_stmt *st;
    enum err err = ERR_OK;

    if (!db)
        return ERR_CORRUPT;
    if ((list != COMMUNE_THON && list != COMMUNE_UNIT) || !name_ok(entry->name) ||
        (list == COMMUNE_THON && commune_is_servers(db)))
        return ERR_REJECTED;
    if (!entry->code[0])
        err = free_code(db, list, entry->code);
    if (err)
        return err;
    if (!code_ok(entry->code))
        return ERR_REJECTED;
    st =
        db_stmt(db, "INSERT INTO commune(list, code, name, gone) VALUES(?1, ?2, ?3, ?4)"
                    " ON CONFLICT DO UPDATE SET name = excluded.name,"
                    " gone = excluded.gone");
    sqlite3_bind_int(st, 1, (int)list);
    db_bind_text(st, 2, entry->code);
    db_bind_text(st, 3, entry->name);
    sqlite3_bind_int(st, 4, entry->gone);
    return db_run(db, st, "commune");
}

static const char *of_commune(struct db *db, const char *member, const char *setting,
                              struct arena *arena)
{
    json_value *doc = db ? read_grant(db) : NULL;
    const char *text = json_text(json_get(json_get(doc, "commune"), member));

    if (!text || !*text)
        text = db ? db_setting(db, setting, "") : "";
    text = arena_strdup(arena, text);
    json_free(doc);
    return text;
}

const char *commune_code(struct db *db, struct arena *arena)
{
    return of_commune(db, "code", "commune.code", arena);
}

const char *commune_title(struct db *db, struct arena *arena)
{
    return of_commune(db, "name", "commune.name", arena);
}

/* --- denominators ----------------------------------------------------------------------- */

enum err commune_bases(struct db *db, int year, struct arena *arena,
                       struct commune_base **out, size_t *n_out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT thon, year, households, people, adults, source,"
                    " day FROM commune_base WHERE year = ?1 ORDER BY thon");
    bool row;
    enum err err;

    *out = arena_alloc(arena, ENTRIES_MAX * sizeof(**out));
    *n_out = 0;
    sqlite3_bind_int(st, 1, year);
    while (!(err = db_row(db, st, &row)) && row) {
        struct commune_base *b = &(*out)[*n_out];

        if (*n_out == ENTRIES_MAX)
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

enum err commune_set_base(struct db *db, const struct commune_base *base)
{
    sqlite3_stmt *st;

    if (!code_ok(base->thon) || !name_ok(base->source) || base->year < 2000 ||
        base->year > 2200 || base->households < -1 || base->people < -1 ||
        base->adults < -1 || (base->people >= 0 && base->adults > base->people))
        return ERR_REJECTED;
    st = db_stmt(db, "INSERT INTO commune_base VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)"
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

/* --- targets ------------------------------------------------------------------------------ */

enum err commune_targets(struct db *db, const char *period, struct arena *arena,
                         struct commune_target **out, size_t *n_out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT grp, period, value, due, document, reached"
                    " FROM commune_target WHERE period = ?1 ORDER BY grp");
    bool row;
    enum err err;

    *out = arena_alloc(arena, ENTRIES_MAX * sizeof(**out));
    *n_out = 0;
    db_bind_text(st, 1, period);
    while (!(err = db_row(db, st, &row)) && row) {
        struct commune_target *t = &(*out)[*n_out];

        if (*n_out == ENTRIES_MAX)
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

enum err commune_set_target(struct db *db, const struct commune_target *t)
{
    sqlite3_stmt *st;

    if ((*t->group && !code_ok(t->group)) || !*t->period || t->value < 0 ||
        (*t->document && !name_ok(t->document)))
        return ERR_REJECTED;
    st = db_stmt(db, "INSERT INTO commune_target VALUES(?1, ?2, ?3, ?4, ?5, -1)"
                     " ON CONFLICT DO UPDATE SET value = excluded.value,"
                     " due = excluded.due, document = excluded.document,"
                     " reached = CASE WHEN value = excluded.value THEN reached"
                     " ELSE -1 END");
    db_bind_text(st, 1, t->group);
    db_bind_text(st, 2, t->period);
    sqlite3_bind_int64(st, 3, t->value);
    sqlite3_bind_int64(st, 4, t->due_day);
    db_bind_text(st, 5, t->document);
    return db_run(db, st, "target");
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

/* --- the calendar ---------------------------------------------------------------------------- */

enum err commune_calendar(struct db *db, struct arena *arena, struct commune_slot **out,
                          size_t *n_out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT id, weekday, from_min, to_min, thon, place, unit,"
                    " lesson FROM commune_slot ORDER BY weekday, from_min");
    bool row;
    enum err err;

    *out = arena_alloc(arena, ENTRIES_MAX * sizeof(**out));
    *n_out = 0;
    while (!(err = db_row(db, st, &row)) && row) {
        struct commune_slot *s = &(*out)[*n_out];

        if (*n_out == ENTRIES_MAX)
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

enum err commune_set_slot(struct db *db, const struct commune_slot *slot)
{
    sqlite3_stmt *st;

    if (!code_ok(slot->thon) || (*slot->unit && !code_ok(slot->unit)) ||
        (*slot->place && !name_ok(slot->place)) || slot->weekday < 0 ||
        slot->weekday > 6 || slot->from_min < 0 || slot->to_min > 1440 ||
        slot->from_min >= slot->to_min)
        return ERR_REJECTED;
    st = db_stmt(db,
                 "INSERT INTO commune_slot(id, weekday, from_min, to_min, thon, place,"
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

enum err commune_drop_slot(struct db *db, int64_t id)
{
    sqlite3_stmt *st = db_stmt(db, "DELETE FROM commune_slot WHERE id = ?1");

    sqlite3_bind_int64(st, 1, id);
    return db_run(db, st, "slot");
}
