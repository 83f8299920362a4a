/* Erasing people (PROTOCOL §6). The order is that of erase.h: the list first, because
 * from it everything else can be made good. */
#include "store/erase.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/encoding.h"
#include "store/audit.h"
#include "store/card_row.h"
#include "store/erase_private.h"
#include "store/erased.h"
#include "store/journal_private.h"
#include "store/kin.h"
#include "store/people.h"
#include "store/people_seal.h"
#include "store/requests.h"

#define LOG_MODULE "erase"
#include "base/log.h"

#define APPLIED "erase.applied" /* digest of the list as the database obeys it */
#define COUNT_SETTING "erase.count"

/* --- tokens ------------------------------------------------------------------------- */

struct tokens {
    erase_token *all;
    size_t n, cap;
};

static void add_token(struct tokens *t, const void *token)
{
    if (t->n == t->cap) {
        size_t grown = t->cap ? 2 * t->cap : 16;
        erase_token *more = check_alloc(grown * sizeof(*more));

        if (t->n)
            memcpy(more, t->all, t->n * sizeof(*more));
        free(t->all);
        t->all = more;
        t->cap = grown;
    }
    memcpy(t->all[t->n++], token, EVENT_TOKEN_BYTES);
}

static void free_tokens(struct tokens *t)
{
    if (t->all)
        hash_wipe(t->all, t->cap * sizeof(*t->all));
    free(t->all);
}

/* The tokens that `sql` lists; ?1 may be a token. With `only`: those on that list. */
static enum err list_tokens(struct db *db, const char *sql, const unsigned char *root,
                            const struct erased_list *only, struct tokens *out)
{
    sqlite3_stmt *st = db_stmt(db, sql);
    bool row;
    enum err err;

    if (root)
        sqlite3_bind_blob(st, 1, root, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    while (!(err = db_row(db, st, &row)) && row) {
        const unsigned char *token = sqlite3_column_blob(st, 0);

        if (sqlite3_column_bytes(st, 0) == EVENT_TOKEN_BYTES &&
            (!only || erased_has(only, token)))
            add_token(out, token);
    }
    return err;
}

/* --- rows --------------------------------------------------------------------------- */

static enum err count_events(struct db *db, const unsigned char *token, int64_t *out)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT count(*) FROM event WHERE token = ?1");

    sqlite3_bind_blob(st, 1, token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    return db_int(db, st, 0, out);
}

/* Of one table; its name is ours, of the schema. */
static enum err drop_rows(struct db *db, const char *table, const unsigned char *token)
{
    char sql[96];
    sqlite3_stmt *st = NULL;
    int rc;
    int n = snprintf(sql, sizeof(sql), "DELETE FROM main.%s WHERE token = ?1", table);

    ASSERT(n > 0 && (size_t)n < sizeof(sql));
    rc = sqlite3_prepare_v2(db->sq, sql, -1, &st, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_blob(st, 1, token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(st);
    sqlite3_finalize(st);
    return db_grade(db, rc, sql);
}

/* Every table that speaks of tokens, so that none is forgotten when one is added. Events
 * stay: person_apply.c made them anonymous. */
static enum err drop_everywhere(struct db *db, const unsigned char *token)
{
    sqlite3_stmt *st = db_stmt(
        db, "SELECT t.name FROM main.sqlite_schema t, pragma_table_info(t.name) c"
            " WHERE t.type = 'table' AND c.name = 'token' AND t.name <> 'event'"
            " AND t.sql IS NOT NULL ORDER BY t.name");
    char tables[32][64];
    size_t n = 0;
    bool row;
    enum err err;

    while (!(err = db_row(db, st, &row)) && row) {
        ASSERT(n < COUNT(tables));
        (void)snprintf(tables[n++], sizeof(tables[0]), "%s", db_column_text(st, 0));
    }
    for (size_t i = 0; !err && i < n; i++)
        err = drop_rows(db, tables[i], token);
    return err;
}

static enum err erase_rows(struct db *db, const unsigned char *token, const char *actor,
                           int *n_events)
{
    struct event ev = { .kind = EVENT_ERASE, .token = token, .actor = actor };
    int64_t n;
    enum err err = count_events(db, token, &n);

    if (!err)
        err = journal_write(db, &ev, NULL);
    if (!err)
        err = card_row_erase(db, token);
    if (!err)
        err = drop_everywhere(db, token);
    if (!err)
        *n_events += (int)n;
    return err;
}

static void digest(const struct erased_list *list, char out[ERASED_HEX])
{
    const struct hash_part part = { list->hex, list->n * ERASED_HEX };
    unsigned char sum[HASH_CHAIN_BYTES];

    hash_chain(&part, 1, sum);
    encoding_hex(sum, sizeof(sum), out);
}

/* From now on the database is as the list says. */
static enum err note_applied(struct db *db)
{
    struct erased_list list;
    char sum[ERASED_HEX];
    enum err err = erased_read(db->dir, &list);

    if (err)
        return err;
    digest(&list, sum);
    erased_free(&list);
    return db_set(db, APPLIED, sum);
}

/* --- one person, asked for ---------------------------------------------------------- */

struct erasing {
    unsigned char root[EVENT_TOKEN_BYTES];
    struct tokens people; /* aliases first: person_apply.c */
    const char *actor;
    struct erase_receipt receipt;
};

static enum err next_receipt(struct db *db, struct erase_receipt *out)
{
    long n = strtol(db_setting(db, COUNT_SETTING, "0"), NULL, 10) + 1;
    char text[24];

    (void)snprintf(text, sizeof(text), "%ld", n);
    (void)snprintf(out->number, sizeof(out->number), "X-%04d-%04ld",
                   people_year(db) % 10000, n % 1000000);
    out->day = people_today(db);
    out->wall_ms = out->day < 0 ? 0 : clock_wall_ms(&db->clock);
    return db_set(db, COUNT_SETTING, text);
}

static enum err write_erasure(struct db *db, void *ctx)
{
    struct erasing *e = ctx;
    enum err err = run_need(db);

    e->receipt.n_events = 0;
    if (!err)
        err = next_receipt(db, &e->receipt);
    if (!err)
        err = requests_erased(db, e->root, e->receipt.number);
    for (size_t i = 0; !err && i < e->people.n; i++)
        err = erase_rows(db, e->people.all[i], e->actor, &e->receipt.n_events);
    if (!err)
        err = note_applied(db);
    if (!err)
        err = db_set(db, ERASE_SWEEP, "1");
    return err ? err
               : audit_add(db, AUDIT_PEOPLE, e->actor, "au.e.person_erased",
                           e->receipt.number);
}

static enum err find_tokens(struct db *db, struct erasing *e, struct tokens *cards)
{
    enum err err = list_tokens(db,
                               "SELECT token FROM person WHERE root = ?1"
                               " ORDER BY token = root, token",
                               e->root, NULL, &e->people);

    if (!err)
        err =
            list_tokens(db,
                        "SELECT token FROM person WHERE root = ?1 UNION SELECT c.token"
                        " FROM person p JOIN card c ON c.owner = p.token"
                        " WHERE p.root = ?1",
                        e->root, NULL, cards);
    return err;
}

/* A full disk costs the ballast, as with every write that matters. */
static enum err put_on_list(struct db *db, const struct tokens *t)
{
    enum err err = erased_add(db->dir, t->all, t->n);

    if (err == ERR_FULL && ballast_give_up(db))
        err = erased_add(db->dir, t->all, t->n);
    return err;
}

enum err people_erase(struct db *db, const unsigned char *token, const char *actor,
                      struct erase_receipt *out)
{
    struct erasing e = { .actor = actor };
    struct tokens cards = { 0 };
    struct kin kin;
    enum err err;

    memset(out, 0, sizeof(*out));
    if (!db)
        return ERR_CORRUPT;
    if (!people_actor_ok(actor))
        return ERR_REJECTED;
    err = kin_find(db, token, &kin);
    if (!err && !kin.known)
        err = ERR_REJECTED;
    memcpy(e.root, kin.root, EVENT_TOKEN_BYTES);
    if (!err)
        err = find_tokens(db, &e, &cards);
    if (!err)
        err = put_on_list(db, &cards);
    if (!err)
        err = erase_sweep_aside(db->dir, cards.all, cards.n);
    if (!err)
        err = db_transact(db, write_erasure, &e);
    if (!err) {
        *out = e.receipt;
        err = erase_sweep(db, cards.all, cards.n);
    }
    free_tokens(&e.people);
    free_tokens(&cards);
    return err;
}

/* --- what the list says at the start ------------------------------------------------ */

/* Merges between somebody erased and somebody who is not were undone later than this copy
 * of the database knows: else nobody would have been erased without the other. */
static enum err undo_merges(struct db *db, const struct erased_list *list)
{
    struct tokens tokens = { 0 };
    sqlite3_stmt *st = db_stmt(db, "SELECT token, into_token, seq FROM merged"
                                   " ORDER BY seq DESC");
    int64_t seqs[64];
    bool row;
    size_t n = 0;
    enum err err;

    while (n < COUNT(seqs) && !(err = db_row(db, st, &row)) && row)
        if (erased_has(list, sqlite3_column_blob(st, 0)) !=
            erased_has(list, sqlite3_column_blob(st, 1))) {
            add_token(&tokens, sqlite3_column_blob(st, 0));
            seqs[n++] = sqlite3_column_int64(st, 2);
        }
    sqlite3_reset(st);
    for (size_t i = 0; !err && i < n; i++) {
        struct event ev = { .kind = EVENT_UNMERGE,
                            .token = tokens.all[i],
                            .value = seqs[i],
                            .actor = "erased" };

        err = journal_write(db, &ev, NULL);
    }
    free_tokens(&tokens);
    return err || n < COUNT(seqs) ? err : undo_merges(db, list);
}

static enum err obey(struct db *db, void *ctx)
{
    const struct erased_list *list = ctx;
    struct tokens people = { 0 };
    int n_events = 0;
    enum err err = undo_merges(db, list);

    if (!err)
        err = list_tokens(db, "SELECT token FROM person ORDER BY token = root, token",
                          NULL, list, &people);
    for (size_t i = 0; !err && i < people.n; i++)
        err = erase_rows(db, people.all[i], "erased", &n_events);
    if (!err && people.n)
        err = db_set(db, ERASE_SWEEP, "1");
    if (!err)
        err = note_applied(db);
    if (!err && people.n)
        LOG_WARN("erased again after an old copy was put back: %zu cards", people.n);
    free_tokens(&people);
    return err;
}

void erase_settle(struct db *db)
{
    struct erased_list list;
    char sum[ERASED_HEX];
    enum err err = erased_read(db->dir, &list);

    if (!err && list.n) {
        digest(&list, sum);
        if (strcmp(db_setting(db, APPLIED, ""), sum) != 0)
            err = db_transact(db, obey, &list);
    }
    erased_free(&list);
    if (err)
        LOG_ERR("who was erased could not be looked after: %s", err_name(err));
    erase_sweep_again(db);
}

void erase_sweep_again(struct db *db)
{
    if (!strcmp(db_setting(db, ERASE_SWEEP, "0"), "1") &&
        !erase_sweep(db, NULL, 0)) /* it says what went wrong */
        LOG_INFO("swept after an erasure");
}
