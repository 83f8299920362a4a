/* The commune's lists: those of the grant first, then what was entered here. */
#include "store/commune.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "store/commune_private.h"
#include "store/private.h"

#define DEPTH_MAX 6
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

bool commune_code_ok(const char *code)
{
    size_t n = strlen(code);

    return n > 0 && n <= COMMUNE_CODE_MAX && strspn(code, code_letters) == n;
}

bool commune_name_ok(const char *name)
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
    if (i == COMMUNE_ENTRIES_MAX)
        return;
    l->n = i == l->n ? i + 1 : l->n;
    snprintf(l->at[i].code, sizeof(l->at[i].code), "%s", code);
    snprintf(l->at[i].name, sizeof(l->at[i].name), "%s", name);
    l->at[i].gone = gone;
}

/* --- the grant -------------------------------------------------------------------------- */

json_value *commune_grant(struct db *db)
{
    const char *text = db_setting(db, SETTING_GRANT, NULL);
    json_value *doc = NULL;

    if (!text || !*text || json_parse(text, strlen(text), DEPTH_MAX, &doc, NULL, 0))
        return NULL;
    return doc;
}

static void put_granted(struct db *db, enum commune_list list, struct list *out)
{
    json_value *doc = commune_grant(db);
    json_value *names = json_get(doc, grant_keys[list]), *name;
    const char *code;
    void *at = NULL;

    while (json_each(names, &at, &code, &name))
        if (json_text(name) && commune_code_ok(code) &&
            commune_name_ok(json_text(name)))
            put(out, code, json_text(name), false);
    json_free(doc);
}

static bool servers_list(struct db *db, enum commune_list list)
{
    json_value *doc = commune_grant(db);
    bool has = json_count(json_get(doc, grant_keys[list])) > 0;

    json_free(doc);
    return has;
}

bool commune_is_servers(struct db *db)
{
    return db && servers_list(db, COMMUNE_THON);
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
    struct list l = { .at = arena_alloc(arena, COMMUNE_ENTRIES_MAX * sizeof(*l.at)) };
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

struct entry_of {
    enum commune_list list;
    const struct commune_entry *entry;
};

static enum err write_entry(struct db *db, void *ctx)
{
    const struct entry_of *e = ctx;
    sqlite3_stmt *st =
        db_stmt(db, "INSERT INTO commune(list, code, name, gone) VALUES(?1, ?2, ?3, ?4)"
                    " ON CONFLICT DO UPDATE SET name = excluded.name,"
                    " gone = excluded.gone");

    sqlite3_bind_int(st, 1, (int)e->list);
    db_bind_text(st, 2, e->entry->code);
    db_bind_text(st, 3, e->entry->name);
    sqlite3_bind_int(st, 4, e->entry->gone);
    return db_run(db, st, "commune");
}

enum err commune_set(struct db *db, enum commune_list list, struct commune_entry *entry)
{
    enum err err = ERR_OK;

    if (!db)
        return ERR_CORRUPT;
    if ((list != COMMUNE_THON && list != COMMUNE_UNIT) ||
        !commune_name_ok(entry->name) || servers_list(db, list))
        return ERR_REJECTED;
    if (!entry->code[0])
        err = free_code(db, list, entry->code);
    if (err)
        return err;
    if (!commune_code_ok(entry->code))
        return ERR_REJECTED;
    return db_transact(db, write_entry, &(struct entry_of){ list, entry });
}

static const char *of_commune(struct db *db, const char *member, const char *setting,
                              struct arena *arena)
{
    json_value *doc = db ? commune_grant(db) : NULL;
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
