/* People who need a look: unchecked, long away, older by a year. */
#include "store/people_keep.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "store/audit.h"
#include "store/card_row.h"
#include "store/cohort.h"
#include "store/kin.h"
#include "store/people_seal.h"
#include "store/private.h"
#include "store/vault.h"

#define LOG_MODULE "people"
#include "base/log.h"

#define BAND_YEAR "people.band_year"
#define UNDO_DAYS 30

typedef unsigned char token_bytes[EVENT_TOKEN_BYTES];

/* The tokens of a query with its bindings set. */
static enum err list(struct db *db, sqlite3_stmt *st, struct arena *arena,
                     token_bytes **out, size_t *n_out)
{
    size_t cap = 0;
    bool row;
    enum err err;

    *out = NULL;
    *n_out = 0;
    while (!(err = db_row(db, st, &row)) && row) {
        if (*n_out == cap) {
            size_t grown = cap ? 2 * cap : 64;
            token_bytes *more = arena_alloc(arena, grown * sizeof(*more));

            if (cap)
                memcpy(more, *out, cap * sizeof(*more));
            *out = more;
            cap = grown;
        }
        memcpy((*out)[(*n_out)++], sqlite3_column_blob(st, 0), EVENT_TOKEN_BYTES);
    }
    return err;
}

enum err people_unchecked(struct db *db, struct arena *arena, token_bytes **out,
                          size_t *n_out)
{
    *out = NULL;
    *n_out = 0;
    if (!db)
        return ERR_CORRUPT;
    return list(db,
                db_stmt(db, "SELECT s.token FROM sealed s JOIN person p"
                            " ON p.token = s.token WHERE s.unchecked = 1"
                            " AND p.root = p.token"),
                arena, out, n_out);
}

static enum err write_checked(struct db *db, void *ctx)
{
    sqlite3_stmt *st = db_stmt(db, "UPDATE sealed SET unchecked = 0 WHERE token = ?1");

    sqlite3_bind_blob(st, 1, ctx, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    return db_run(db, st, "checked");
}

enum err people_checked(struct db *db, const unsigned char *token)
{
    token_bytes copy;

    memcpy(copy, token, sizeof(copy));
    return db_transact(db, write_checked, copy);
}

/* --- long away ---------------------------------------------------------------------- */

/* `day` less some months; the day of the month is cut to 28. */
static int64_t months_before(int64_t day, int months)
{
    int year, month, mday;
    char text[40];

    clock_day_civil(day, &year, &month, &mday);
    month -= months % 12;
    year -= months / 12;
    if (month < 1) {
        month += 12;
        year--;
    }
    (void)snprintf(text, sizeof(text), "%04d-%02d-%02d", year, month,
                   mday > 28 ? 28 : mday);
    return clock_day_parse(text);
}

/* An event without a certain day has the one that its run's clock says. */
static const char stale_sql[] =
    "SELECT r.token FROM person r WHERE r.root = r.token AND r.cohort IS NOT NULL"
    " AND ?1 > (SELECT ifnull(max(ifnull(e.day, (n.start_ms + e.mono_ms + 25200000)"
    " / 86400000)), 0) FROM person p JOIN event e ON e.token = p.token"
    " JOIN run n ON n.ord = e.run WHERE p.root = r.token)";

enum err people_stale(struct db *db, int months, struct arena *arena, token_bytes **out,
                      size_t *n_out)
{
    int64_t today = db ? people_today(db) : -1;
    sqlite3_stmt *st;

    *out = NULL;
    *n_out = 0;
    if (!db)
        return ERR_CORRUPT;
    if (today < 0 || months <= 0 || months > 1200)
        return ERR_OK;
    st = db_stmt(db, stale_sql);
    sqlite3_bind_int64(st, 1, months_before(today, months));
    return list(db, st, arena, out, n_out);
}

struct keeping {
    const unsigned char *token;
    const char *actor;
};

/* The answer is an event of the person, so the months begin anew with its day. */
static enum err write_kept(struct db *db, void *ctx)
{
    const struct keeping *k = ctx;
    struct person_cohort cohort;
    char code[PERSON_CODE_CHARS];
    struct kin kin;
    enum err err = kin_need(db, k->token, &kin);

    if (!err && !kin.cohort)
        err = ERR_REJECTED;
    if (!err)
        err = cohort_read(db, kin.cohort, &cohort);
    if (!err)
        err = cohort_journal(db, kin.root, &cohort, k->actor);
    if (!err)
        err = card_row_code(db, kin.root, code);
    return err ? err : audit_add(db, AUDIT_PEOPLE, k->actor, "au.e.person_kept", code);
}

enum err people_kept(struct db *db, const unsigned char *token, const char *actor)
{
    struct keeping k = { .token = token, .actor = actor };

    if (!db)
        return ERR_CORRUPT;
    return people_actor_ok(actor) ? db_transact(db, write_kept, &k) : ERR_REJECTED;
}

/* --- a new year --------------------------------------------------------------------- */

struct ageing {
    struct vault *vault;
    token_bytes *tokens;
    size_t n;
    int year;
    int64_t today;
    size_t moved;
};

static enum err age_one(struct db *db, struct ageing *a, const unsigned char *token)
{
    char band[PERSON_FIELD_MAX + 1];
    struct person_record r;
    enum err err = people_read(db, a->vault, token, &r);

    if (!err && r.details.year) {
        person_band(r.details.year, a->year, band);
        if (strcmp(band, r.cohort.band) != 0) {
            memcpy(r.cohort.band, band, sizeof(band));
            err = cohort_journal(db, token, &r.cohort, "band");
            a->moved++;
        }
    }
    hash_wipe(&r, sizeof(r));
    return err;
}

static const char old_aliases_sql[] =
    "SELECT count(*) FROM sealed WHERE token IN (SELECT m.token FROM merged m"
    " JOIN event e ON e.seq = m.seq WHERE e.day < ?1)";

static enum err write_aliases(struct db *db, void *ctx)
{
    sqlite3_stmt *st =
        db_stmt(db, "DELETE FROM sealed WHERE token IN (SELECT m.token FROM merged m"
                    " JOIN event e ON e.seq = m.seq WHERE e.day < ?1)");

    sqlite3_bind_int64(st, 1, *(const int64_t *)ctx);
    return db_run(db, st, "sealed");
}

/* The name of somebody merged is of use until the merge can be undone no more. */
static enum err drop_old_aliases(struct db *db, int64_t today)
{
    sqlite3_stmt *st = db_stmt(db, old_aliases_sql);
    int64_t before = today - UNDO_DAYS, n;
    enum err err;

    sqlite3_bind_int64(st, 1, before);
    err = db_int(db, st, 0, &n);
    return err || !n ? err : db_transact(db, write_aliases, &before);
}

static enum err write_bands(struct db *db, void *ctx)
{
    struct ageing *a = ctx;
    char text[16];
    enum err err = ERR_OK;

    a->moved = 0;
    for (size_t i = 0; !err && i < a->n; i++)
        err = age_one(db, a, a->tokens[i]);
    (void)snprintf(text, sizeof(text), "%d", a->year);
    return err ? err : db_set(db, BAND_YEAR, text);
}

enum err people_refresh_bands(struct db *db, struct vault *vault)
{
    struct ageing a = { .vault = vault, .today = db ? people_today(db) : -1 };
    struct arena arena = { 0 };
    int month, mday;
    enum err err;

    if (!db)
        return ERR_CORRUPT;
    if (a.today < 0 || !vault || !vault_is_unlocked(vault))
        return ERR_OK;
    clock_day_civil(a.today, &a.year, &month, &mday);
    err = drop_old_aliases(db, a.today);
    if (err || strtol(db_setting(db, BAND_YEAR, "0"), NULL, 10) >= a.year)
        return err;
    err = list(db,
               db_stmt(db, "SELECT s.token FROM sealed s JOIN person p"
                           " ON p.token = s.token WHERE p.root = p.token"),
               &arena, &a.tokens, &a.n);
    if (!err)
        err = db_transact(db, write_bands, &a);
    if (!err && a.moved)
        LOG_INFO("%zu people are in another age band this year", a.moved);
    arena_finish(&arena);
    return err;
}
