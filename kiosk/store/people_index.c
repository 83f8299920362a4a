/* Everybody's name in memory, in the order of given names. */
#include "store/people_index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "store/card_row.h"
#include "store/cohort.h"
#include "store/kin.h"
#include "store/people_index_private.h"
#include "store/people_seal.h"
#include "store/private.h"
#include "store/vault.h"
#include "vietnamese/collate.h"
#include "vietnamese/fold.h"

#define LOG_MODULE "people"
#include "base/log.h"

/* --- one person --------------------------------------------------------------------- */

static void free_person(struct index_person *p)
{
    if (p)
        hash_wipe(p, sizeof(*p));
    free(p);
}

static struct index_person *make_person(const struct person_record *r)
{
    struct index_person *p = check_alloc(sizeof(*p));

    (void)snprintf(p->name, sizeof(p->name), "%s", r->details.name);
    (void)fold_text(p->name, p->folded, sizeof(p->folded));
    (void)collate_person_key(p->name, p->key, sizeof(p->key));
    (void)snprintf(p->thon, sizeof(p->thon), "%s", r->cohort.thon);
    (void)snprintf(p->sex, sizeof(p->sex), "%s", r->cohort.sex);
    memcpy(p->entry.token, r->token, EVENT_TOKEN_BYTES);
    memcpy(p->entry.code, r->code, sizeof(p->entry.code));
    p->entry.name = p->name;
    p->entry.year = r->details.year;
    p->entry.thon = p->thon;
    p->entry.sex = p->sex;
    return p;
}

/* By name, then the elder first; the token only makes the order a certain one. */
static int compare_people(const struct index_person *a, const struct index_person *b)
{
    int by_name = strcmp(a->key, b->key);

    if (by_name)
        return by_name;
    if (a->entry.year != b->entry.year)
        return a->entry.year < b->entry.year ? -1 : 1;
    return memcmp(a->entry.token, b->entry.token, EVENT_TOKEN_BYTES);
}

static int compare_pointers(const void *a, const void *b)
{
    return compare_people(*(struct index_person *const *)a,
                          *(struct index_person *const *)b);
}

static void add_person(struct people_index *ix, const struct person_record *r)
{
    if (ix->n == ix->cap) {
        size_t grown = ix->cap ? 2 * ix->cap : 256;
        struct index_person **more = check_alloc(grown * sizeof(struct index_person *));

        if (ix->n)
            memcpy(more, ix->people, ix->n * sizeof(struct index_person *));
        free(ix->people);
        ix->people = more;
        ix->cap = grown;
    }
    ix->people[ix->n++] = make_person(r);
}

static void remove_at(struct people_index *ix, size_t i)
{
    free_person(ix->people[i]);
    ix->n--;
    memmove(&ix->people[i], &ix->people[i + 1],
            (ix->n - i) * sizeof(struct index_person *));
}

/* Takes a person in, or counts one that cannot be opened. Nameless people are no part of
 * the index: they have nothing to be found by but their code. */
static enum err take_in(struct people_index *ix, const unsigned char *token)
{
    struct person_record r;
    enum err err = people_read(ix->db, ix->vault, token, &r);

    if (!err && r.details.name[0])
        add_person(ix, &r);
    else if (!err)
        ix->unreadable++;
    hash_wipe(&r, sizeof(r));
    return err;
}

/* --- chips -------------------------------------------------------------------------- */

struct beginning {
    const char *name;
    size_t n_bytes;
    size_t n_people;
};

static int compare_beginnings(const void *a, const void *b)
{
    const struct beginning *x = a, *y = b;
    size_t n = x->n_bytes < y->n_bytes ? x->n_bytes : y->n_bytes;
    int by_text = memcmp(x->name, y->name, n);

    return by_text ? by_text : (x->n_bytes > y->n_bytes) - (x->n_bytes < y->n_bytes);
}

static int compare_frequency(const void *a, const void *b)
{
    const struct beginning *x = a, *y = b;

    if (x->n_people != y->n_people)
        return x->n_people < y->n_people ? 1 : -1;
    return compare_beginnings(a, b);
}

/* Equal neighbours become one, with their number; returns how many are left. */
static size_t count_equal(struct beginning *all, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++)
        if (kept && !compare_beginnings(&all[i], &all[kept - 1]))
            all[kept - 1].n_people++;
        else
            all[kept++] = all[i];
    return kept;
}

static void make_chips(struct people_index *ix)
{
    struct beginning *all = check_alloc((ix->n + 1) * sizeof(*all));
    size_t n = 0;

    for (size_t i = 0; i < ix->n; i++) {
        const char *name = ix->people[i]->name;
        size_t bytes = person_name_family_bytes(name);

        if (bytes)
            all[n++] = (struct beginning){ name, bytes, 1 };
    }
    qsort(all, n, sizeof(*all), compare_beginnings);
    n = count_equal(all, n);
    qsort(all, n, sizeof(*all), compare_frequency);
    hash_wipe(ix->chips, sizeof(ix->chips));
    for (ix->n_chips = 0; ix->n_chips < n && ix->n_chips < INDEX_CHIPS; ix->n_chips++)
        (void)snprintf(ix->chips[ix->n_chips], PERSON_NAME_MAX, "%.*s",
                       (int)all[ix->n_chips].n_bytes, all[ix->n_chips].name);
    free(all);
}

size_t people_family_chips(const struct people_index *ix, const char **out, size_t max)
{
    size_t n = ix->n_chips < max ? ix->n_chips : max;

    for (size_t i = 0; i < n; i++)
        out[i] = ix->chips[i];
    return n;
}

/* --- all of them -------------------------------------------------------------------- */

/* Also when they were named anew meanwhile. */
static enum err load_places(struct people_index *ix)
{
    struct arena arena = { 0 };
    struct commune_entry *entries;
    size_t n;
    enum err err = commune_read(ix->db, COMMUNE_THON, &arena, &entries, &n);

    if (!err) {
        free(ix->places);
        ix->places = check_alloc((n + 1) * sizeof(*ix->places));
        for (ix->n_places = 0; ix->n_places < n; ix->n_places++) {
            struct index_place *p = &ix->places[ix->n_places];

            (void)snprintf(p->code, sizeof(p->code), "%s", entries[ix->n_places].code);
            (void)fold_text(entries[ix->n_places].name, p->folded, sizeof(p->folded));
        }
    }
    arena_finish(&arena);
    return err;
}

static enum err load_people(struct people_index *ix)
{
    sqlite3_stmt *st = db_stmt(ix->db, "SELECT s.token FROM sealed s JOIN person p"
                                       " ON p.token = s.token WHERE p.root = p.token");
    unsigned char token[EVENT_TOKEN_BYTES];
    bool row;
    enum err err;

    while (!(err = db_row(ix->db, st, &row)) && row) {
        memcpy(token, sqlite3_column_blob(st, 0), sizeof(token));
        err = take_in(ix, token);
        if (err) {
            sqlite3_reset(st);
            return err;
        }
    }
    return err;
}

enum err people_index_open(struct db *db, struct vault *vault,
                           struct people_index **out)
{
    struct people_index *ix;
    enum err err;

    *out = NULL;
    if (!db)
        return ERR_CORRUPT;
    if (!vault || !vault_is_unlocked(vault))
        return ERR_OFFLINE;
    ix = check_alloc(sizeof(*ix));
    ix->db = db;
    ix->vault = vault;
    err = load_places(ix);
    if (!err)
        err = load_people(ix);
    if (err) {
        people_index_close(ix);
        return err;
    }
    if (ix->n)
        qsort(ix->people, ix->n, sizeof(struct index_person *), compare_pointers);
    make_chips(ix);
    if (ix->unreadable)
        LOG_WARN("%zu people cannot be opened", ix->unreadable);
    *out = ix;
    return ERR_OK;
}

void people_index_close(struct people_index *ix)
{
    if (!ix)
        return;
    for (size_t i = 0; i < ix->n; i++)
        free_person(ix->people[i]);
    free(ix->people);
    free(ix->places);
    hash_wipe(ix, sizeof(*ix));
    free(ix);
}

static size_t find_token(const struct people_index *ix, const unsigned char *token)
{
    size_t i = 0;

    while (i < ix->n &&
           memcmp(ix->people[i]->entry.token, token, EVENT_TOKEN_BYTES) != 0)
        i++;
    return i;
}

/* The entry of exactly this token is read again: there is none if it is an alias now, or
 * nobody's. */
static enum err refresh_one(struct people_index *ix, const unsigned char *token)
{
    size_t i = find_token(ix, token);
    struct kin kin;
    enum err err = kin_find(ix->db, token, &kin);

    if (err)
        return err;
    if (i < ix->n)
        remove_at(ix, i);
    if (!kin.known || !kin.cohort || memcmp(kin.root, token, EVENT_TOKEN_BYTES) != 0)
        return ERR_OK;
    err = take_in(ix, token);
    if (!err && ix->n) /* one newcomer among many in order */
        qsort(ix->people, ix->n, sizeof(struct index_person *), compare_pointers);
    return err;
}

enum err people_index_refresh(struct people_index *ix,
                              const unsigned char token[EVENT_TOKEN_BYTES])
{
    struct kin kin = { 0 };
    unsigned char asked[EVENT_TOKEN_BYTES];
    enum err err;

    memcpy(asked, token, sizeof(asked)); /* it may point into an entry */
    err = load_places(ix);
    if (!err)
        err = kin_find(ix->db, asked, &kin);
    if (!err)
        err = refresh_one(ix, asked);
    if (!err && kin.known && memcmp(kin.root, asked, sizeof(asked)) != 0)
        err = refresh_one(ix, kin.root);
    make_chips(ix);
    return err;
}

size_t people_index_size(const struct people_index *ix)
{
    return ix->n;
}

size_t people_index_unreadable(const struct people_index *ix)
{
    return ix->unreadable;
}

size_t people_all(const struct people_index *ix, size_t skip,
                  const struct people_entry **out, size_t max)
{
    size_t n = 0;

    while (n < max && skip + n < ix->n) {
        out[n] = &ix->people[skip + n]->entry;
        n++;
    }
    return n;
}

const struct people_entry *people_entry_of(const struct people_index *ix,
                                           const unsigned char token[EVENT_TOKEN_BYTES])
{
    size_t i = find_token(ix, token);

    return i < ix->n ? &ix->people[i]->entry : NULL;
}
