/* One row for a token that chose: BLAKE2b of the set under a key of this database and the
 * row's own salt. A copy of the database shows no pictures at a glance; whoever has it and
 * this program tries 220 sets in no time, and finds codes and lessons open anyway. */
#include "store/pictures.h"

#include <string.h>

#include "base/encoding.h"
#include "base/hash.h"
#include "store/audit.h"
#include "store/card_row.h"
#include "store/kin.h"
#include "store/people_seal.h"
#include "store/private.h"
#include "store/waiting.h"

#define KEY_SETTING \
    "pictures.key" /* goes with backups, so that a restore loses nothing */
#define GUESSES "pictures"
#define SALT_BYTES 16
#define MS 1000

bool pictures_is_set(unsigned pictures)
{
    unsigned n = 0;

    if (pictures >> PICTURES_ALL)
        return false;
    for (int i = 0; i < PICTURES_ALL; i++)
        n += pictures >> i & 1U;
    return n == PICTURES_CHOSEN;
}

static bool key_read(struct db *db, unsigned char key[HASH_KEY_BYTES])
{
    const char *hex = db_setting(db, KEY_SETTING, NULL);

    return hex && encoding_unhex(hex, key, HASH_KEY_BYTES) == ERR_OK;
}

static enum err key_need(struct db *db, unsigned char key[HASH_KEY_BYTES])
{
    char hex[2 * HASH_KEY_BYTES + 1];
    enum err err;

    if (key_read(db, key))
        return ERR_OK;
    hash_random(key, HASH_KEY_BYTES);
    encoding_hex(key, HASH_KEY_BYTES, hex);
    err = db_set(db, KEY_SETTING, hex);
    hash_wipe(hex, sizeof(hex));
    return err;
}

static void sum_of(const unsigned char key[HASH_KEY_BYTES], const unsigned char *token,
                   const unsigned char *salt, unsigned pictures,
                   unsigned char out[HASH_KEY_BYTES])
{
    const unsigned char set[2] = { (unsigned char)(pictures >> 8),
                                   (unsigned char)pictures };
    const struct hash_part parts[] = { { salt, SALT_BYTES },
                                       { token, EVENT_TOKEN_BYTES },
                                       { set, sizeof(set) } };

    hash_keyed(key, parts, COUNT(parts), out);
}

#define OF_THE_PERSON " token IN (SELECT token FROM person WHERE root = ?1)"

bool pictures_has(struct db *db, const unsigned char *token)
{
    struct kin kin;
    sqlite3_stmt *st;
    int64_t n;

    if (!db || kin_find(db, token, &kin) || !kin.known)
        return false;
    st = db_stmt(db, "SELECT count(*) FROM pictures WHERE" OF_THE_PERSON);
    sqlite3_bind_blob(st, 1, kin.root, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    return !db_int(db, st, 0, &n) && n > 0;
}

/* --- choosing ----------------------------------------------------------------------- */

struct choosing {
    const unsigned char *token;
    unsigned pictures; /* 0: none from now on */
    const char *actor;
};

static enum err forget(struct db *db, const unsigned char *root)
{
    sqlite3_stmt *st = db_stmt(db, "DELETE FROM pictures WHERE" OF_THE_PERSON);

    sqlite3_bind_blob(st, 1, root, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    return db_run(db, st, "pictures");
}

static enum err insert(struct db *db, const unsigned char *root, unsigned pictures)
{
    unsigned char key[HASH_KEY_BYTES], salt[SALT_BYTES], sum[HASH_KEY_BYTES];
    sqlite3_stmt *st;
    enum err err;

    if (!key_read(db, key))
        return ERR_CORRUPT; /* it was made before this began */
    hash_random(salt, sizeof(salt));
    sum_of(key, root, salt, pictures, sum);
    hash_wipe(key, sizeof(key));
    st = db_stmt(db, "INSERT INTO pictures(token, salt, sum) VALUES(?1, ?2, ?3)");
    sqlite3_bind_blob(st, 1, root, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    sqlite3_bind_blob(st, 2, salt, sizeof(salt), SQLITE_STATIC);
    sqlite3_bind_blob(st, 3, sum, sizeof(sum), SQLITE_STATIC);
    err = db_run(db, st, "pictures");
    hash_wipe(sum, sizeof(sum));
    return err;
}

static enum err write_choice(struct db *db, void *ctx)
{
    const struct choosing *c = ctx;
    char code[PERSON_CODE_CHARS];
    struct kin kin;
    enum err err = kin_need(db, c->token, &kin);

    if (!err)
        err = forget(db, kin.root);
    if (!err && c->pictures)
        err = insert(db, kin.root, c->pictures);
    if (!err)
        err = card_row_code(db, kin.root, code);
    return err ? err
               : audit_add(db, AUDIT_PEOPLE, c->actor,
                           c->pictures ? "au.e.pictures" : "au.e.pictures_reset", code);
}

enum err pictures_choose(struct db *db, const unsigned char *token, unsigned pictures,
                         const char *actor)
{
    struct choosing c = { token, pictures, actor };
    unsigned char key[HASH_KEY_BYTES];
    enum err err;

    if (!db)
        return ERR_CORRUPT;
    if (!pictures_is_set(pictures) || !people_actor_ok(actor))
        return ERR_REJECTED;
    err = key_need(db, key);
    hash_wipe(key, sizeof(key));
    return err ? err : db_transact(db, write_choice, &c);
}

enum err pictures_reset(struct db *db, const unsigned char *token, const char *actor)
{
    struct choosing c = { token, 0, actor };

    if (!db)
        return ERR_CORRUPT;
    if (!people_actor_ok(actor))
        return ERR_REJECTED;
    return db_transact(db, write_choice, &c);
}

/* --- comparing ---------------------------------------------------------------------- */

long pictures_wait_s(struct db *db)
{
    return db ? (long)((waiting_left_ms(db, GUESSES) + MS - 1) / MS) : 0;
}

static bool fits(struct db *db, const unsigned char *token, unsigned pictures)
{
    unsigned char key[HASH_KEY_BYTES], sum[HASH_KEY_BYTES];
    sqlite3_stmt *st;
    struct kin kin;
    bool row, found = false;

    if (kin_find(db, token, &kin) || !kin.known || !key_read(db, key))
        return false;
    st = db_stmt(db, "SELECT token, salt, sum FROM pictures WHERE" OF_THE_PERSON);
    sqlite3_bind_blob(st, 1, kin.root, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    while (!db_row(db, st, &row) && row) {
        sum_of(key, sqlite3_column_blob(st, 0), sqlite3_column_blob(st, 1), pictures,
               sum);
        found = found || !memcmp(sum, sqlite3_column_blob(st, 2), sizeof(sum));
    }
    hash_wipe(key, sizeof(key));
    return found;
}

struct guessing {
    int tries, wait_s;
};

/* The next multiple of `tries`: its miss waits, those before it do not. */
static enum err write_guess(struct db *db, void *ctx)
{
    const struct guessing *g = ctx;
    int waits_at = (waiting_misses(db, GUESSES) / g->tries + 1) * g->tries;

    return waiting_miss(db, GUESSES, waits_at, g->wait_s * (int64_t)MS,
                        g->wait_s * (int64_t)MS);
}

static enum err write_right(struct db *db, void *ctx)
{
    (void)ctx;
    return waiting_clear(db, GUESSES);
}

enum err pictures_check(struct db *db, const unsigned char *token, unsigned pictures,
                        int tries, int wait_s, enum pictures_verdict *out)
{
    struct guessing g = { tries > 0 ? tries : 1, wait_s };
    enum err err;

    *out = PICTURES_WAIT;
    if (!db)
        return ERR_CORRUPT;
    if (pictures_wait_s(db))
        return ERR_OK;
    *out = PICTURES_MISSED;
    err = db_transact(db, write_guess, &g);
    if (err)
        return err;
    if (!pictures_is_set(pictures) || !fits(db, token, pictures)) {
        *out = pictures_wait_s(db) ? PICTURES_WAIT : PICTURES_MISSED;
        return ERR_OK;
    }
    *out = PICTURES_FIT;
    return db_transact(db, write_right, NULL);
}
