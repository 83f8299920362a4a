/* The data key: made once, wrapped by secrets, kept in locked memory while open. The only
 * files of the store that know libsodium are this one and vault_seal.c. */
#include "store/vault.h"

#include <ctype.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/encoding.h"
#include "base/utf8.h"
#include "store/private.h"
#include "store/vault_private.h"
#include "store/waiting.h"

#define LOG_MODULE "vault"
#include "base/log.h"

#define SALT_BYTES crypto_pwhash_SALTBYTES
#define CODE_BYTES 16 /* of a recovery code or a card: 128 bits */
#define CODE_SYMBOLS 26
#define CARD_PREFIX "BDS1"
#define BIG_BOARD_BYTES (1200LL * 1024 * 1024)
#define MEM_BIG (64U * 1024U * 1024U)
#define MEM_SMALL (19U * 1024U * 1024U)
#define OPS 3
#define MISSES_FREE 5 /* then a wait that doubles */
#define WAIT_FIRST_MS 30000
#define WAIT_MAX_MS 3600000

/* --- keys -------------------------------------------------------------------------------- */

static void derive(const unsigned char *secret, unsigned char key[KEY_BYTES])
{
    static const char name[] = "bdhvs data key 1";

    crypto_generichash(key, KEY_BYTES, (const unsigned char *)name, sizeof(name) - 1,
                       secret, SECRET_BYTES);
}

static void unlock_with(struct vault *v, const unsigned char *secret)
{
    vault_lock(v);
    v->secret = sodium_malloc(SECRET_BYTES);
    v->key = sodium_malloc(KEY_BYTES);
    ASSERT(v->secret && v->key);
    memcpy(v->secret, secret, SECRET_BYTES);
    derive(v->secret, v->key);
    sodium_mprotect_readonly(v->secret);
    sodium_mprotect_readonly(v->key);
}

void vault_lock(struct vault *v)
{
    sodium_free(v->secret); /* wipes; NULL is allowed */
    sodium_free(v->key);
    v->secret = v->key = NULL;
}

static enum err read_public(struct vault *v)
{
    sqlite3_stmt *st = db_stmt(v->db, "SELECT public FROM vault");
    bool row;
    enum err err = db_row(v->db, st, &row);

    if (!row)
        return err;
    if (sqlite3_column_bytes(st, 0) != PUBLIC_BYTES)
        err = ERR_CORRUPT;
    else
        memcpy(v->public, sqlite3_column_blob(st, 0), PUBLIC_BYTES);
    v->exists = !err;
    sqlite3_reset(st);
    return err;
}

enum err vault_open(struct db *db, struct vault **out)
{
    struct vault *v = check_alloc(sizeof(*v));
    enum err err = ERR_OK;

    *v = (struct vault){ .db = db };
    if (db)
        err = read_public(v);
    *out = v;
    return err;
}

void vault_close(struct vault *v)
{
    if (!v)
        return;
    vault_lock(v);
    free(v);
}

bool vault_exists(const struct vault *v)
{
    return v->exists;
}

bool vault_is_unlocked(const struct vault *v)
{
    return v->secret != NULL;
}

/* --- wraps ------------------------------------------------------------------------------- */

struct wrap {
    int way; /* enum vault_way */
    char staff[32];
    unsigned char salt[SALT_BYTES];
    int64_t ops, mem;
    unsigned char sealed[NONCE_BYTES + SECRET_BYTES + TAG_BYTES];
};

static int64_t memory_for(void)
{
    int64_t bytes = (int64_t)sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE);

    return bytes > BIG_BOARD_BYTES ? MEM_BIG : MEM_SMALL;
}

/* The bytes of a code as typed or scanned: case, blanks and hyphens do not matter. */
static bool read_code(enum vault_way way, const char *text,
                      unsigned char out[CODE_BYTES])
{
    char symbols[CODE_SYMBOLS + 1];
    size_t n = 0;

    if (way == VAULT_CARD) {
        if (strncasecmp(text, CARD_PREFIX, sizeof(CARD_PREFIX) - 1) != 0)
            return false;
        text += sizeof(CARD_PREFIX) - 1;
    }
    for (; *text; text++) {
        if (*text == ' ' || *text == '-')
            continue;
        if (n == CODE_SYMBOLS)
            return false;
        symbols[n++] = *text;
    }
    symbols[n] = 0;
    return n == CODE_SYMBOLS && encoding_unbase32(symbols, out, CODE_BYTES) == ERR_OK;
}

/* The key that opens a wrap. A passphrase goes through Argon2id; the codes are random
 * already. */
static enum err wrap_key(const struct wrap *w, const char *secret,
                         unsigned char key[KEY_BYTES])
{
    unsigned char code[CODE_BYTES];

    if (w->way == VAULT_PASSPHRASE)
        return crypto_pwhash(key, KEY_BYTES, secret, strlen(secret), w->salt,
                             (unsigned long long)w->ops, (size_t)w->mem,
                             crypto_pwhash_ALG_ARGON2ID13)
                   ? ERR_FULL
                   : ERR_OK;
    if (!read_code((enum vault_way)w->way, secret, code))
        return ERR_REJECTED;
    crypto_generichash(key, KEY_BYTES, w->salt, SALT_BYTES, code, CODE_BYTES);
    sodium_memzero(code, sizeof(code));
    return ERR_OK;
}

static enum err save_wrap(struct vault *v, const struct wrap *w)
{
    sqlite3_stmt *st =
        db_stmt(v->db, "INSERT INTO vault_wrap(way, staff, salt, ops, mem, sealed)"
                       " VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET"
                       " salt = excluded.salt, ops = excluded.ops, mem = excluded.mem,"
                       " sealed = excluded.sealed");

    sqlite3_bind_int(st, 1, w->way);
    db_bind_text(st, 2, w->staff);
    sqlite3_bind_blob(st, 3, w->salt, SALT_BYTES, SQLITE_STATIC);
    sqlite3_bind_int64(st, 4, w->ops);
    sqlite3_bind_int64(st, 5, w->mem);
    sqlite3_bind_blob(st, 6, w->sealed, sizeof(w->sealed), SQLITE_STATIC);
    return db_run(v->db, st, "wrap");
}

static enum err make_wrap(struct vault *v, enum vault_way way, const char *staff,
                          const char *secret, const unsigned char *private)
{
    struct wrap w = { .way = (int)way };
    unsigned char key[KEY_BYTES];
    enum err err;

    snprintf(w.staff, sizeof(w.staff), "%s", staff);
    randombytes_buf(w.salt, SALT_BYTES);
    if (way == VAULT_PASSPHRASE) {
        w.ops = OPS;
        w.mem = memory_for();
    }
    err = wrap_key(&w, secret, key);
    if (!err) {
        randombytes_buf(w.sealed, NONCE_BYTES);
        crypto_aead_xchacha20poly1305_ietf_encrypt(
            w.sealed + NONCE_BYTES, NULL, private, SECRET_BYTES,
            (const unsigned char *)w.staff, strlen(w.staff), NULL, w.sealed, key);
        err = save_wrap(v, &w);
    }
    sodium_memzero(key, sizeof(key));
    return err;
}

static void read_wrap(sqlite3_stmt *st, struct wrap *w)
{
    w->way = sqlite3_column_int(st, 0);
    snprintf(w->staff, sizeof(w->staff), "%s", db_column_text(st, 1));
    if (sqlite3_column_bytes(st, 2) == SALT_BYTES)
        memcpy(w->salt, sqlite3_column_blob(st, 2), SALT_BYTES);
    w->ops = sqlite3_column_int64(st, 3);
    w->mem = sqlite3_column_int64(st, 4);
    if (sqlite3_column_bytes(st, 5) == sizeof(w->sealed))
        memcpy(w->sealed, sqlite3_column_blob(st, 5), sizeof(w->sealed));
}

static enum err open_wrap(struct vault *v, const struct wrap *w, const char *secret)
{
    unsigned char key[KEY_BYTES], private[SECRET_BYTES];
    unsigned char public[PUBLIC_BYTES];
    enum err err = wrap_key(w, secret, key);

    if (!err && crypto_aead_xchacha20poly1305_ietf_decrypt(
                    private, NULL, NULL, w->sealed + NONCE_BYTES,
                    sizeof(w->sealed) - NONCE_BYTES, (const unsigned char *)w->staff,
                    strlen(w->staff), w->sealed, key))
        err = ERR_REJECTED;
    if (!err) {
        crypto_scalarmult_base(public, private);
        err = sodium_memcmp(public, v->public, PUBLIC_BYTES) ? ERR_CORRUPT : ERR_OK;
    }
    if (!err)
        unlock_with(v, private);
    sodium_memzero(key, sizeof(key));
    sodium_memzero(private, sizeof(private));
    return err;
}

/* --- making and opening ------------------------------------------------------------------ */

static void new_code(const char *prefix, bool groups, char out[VAULT_SECRET_CHARS])
{
    unsigned char code[CODE_BYTES];
    char symbols[CODE_SYMBOLS + 1];
    size_t n = (size_t)snprintf(out, VAULT_SECRET_CHARS, "%s", prefix);

    randombytes_buf(code, sizeof(code));
    encoding_base32(code, sizeof(code), symbols);
    for (size_t i = 0; i < CODE_SYMBOLS; i++) {
        if (groups && i && i % 4 == 0)
            out[n++] = '-';
        out[n++] = symbols[i];
    }
    out[n] = 0;
    sodium_memzero(code, sizeof(code));
    sodium_memzero(symbols, sizeof(symbols));
}

static bool passphrase_ok(const char *passphrase)
{
    return utf8_length(passphrase) >= VAULT_PASSPHRASE_MIN &&
           strlen(passphrase) <= SEALED_MAX / 2;
}

struct making {
    struct vault *v;
    const char *passphrase;
    const char *recovery;
    unsigned char public[PUBLIC_BYTES], private[SECRET_BYTES];
};

static enum err write_vault(struct db *db, void *ctx)
{
    struct making *m = ctx;
    sqlite3_stmt *st = db_stmt(db, "INSERT INTO vault(one, public) VALUES(1, ?1)");
    enum err err;

    sqlite3_bind_blob(st, 1, m->public, PUBLIC_BYTES, SQLITE_STATIC);
    err = db_run(db, st, "vault");
    if (!err)
        err = make_wrap(m->v, VAULT_PASSPHRASE, "", m->passphrase, m->private);
    return err ? err : make_wrap(m->v, VAULT_RECOVERY, "", m->recovery, m->private);
}

enum err vault_create(struct vault *v, const char *passphrase,
                      char recovery_out[VAULT_SECRET_CHARS])
{
    struct making m = { .v = v, .passphrase = passphrase, .recovery = recovery_out };
    enum err err;

    if (!v->db)
        return ERR_CORRUPT;
    if (v->exists || !passphrase_ok(passphrase))
        return ERR_REJECTED;
    new_code("", true, recovery_out);
    crypto_box_keypair(m.public, m.private);
    err = db_transact(v->db, write_vault, &m);
    if (!err) {
        memcpy(v->public, m.public, PUBLIC_BYTES);
        v->exists = true;
        unlock_with(v, m.private);
    } else {
        sodium_memzero(recovery_out, VAULT_SECRET_CHARS);
    }
    sodium_memzero(m.private, sizeof(m.private));
    return err;
}

static enum err try_wraps(struct vault *v, enum vault_way way, const char *secret)
{
    sqlite3_stmt *st = db_stmt(v->db, "SELECT way, staff, salt, ops, mem, sealed"
                                      " FROM vault_wrap WHERE way = ?1");
    enum err result = ERR_REJECTED, err;
    bool row;

    sqlite3_bind_int(st, 1, (int)way);
    while (!(err = db_row(v->db, st, &row)) && row) {
        struct wrap w = { 0 };

        read_wrap(st, &w);
        result = open_wrap(v, &w, secret);
        if (result != ERR_REJECTED) {
            sqlite3_reset(st);
            return result;
        }
    }
    return err ? err : result;
}

enum err vault_unlock(struct vault *v, enum vault_way way, const char *secret)
{
    enum err err;

    if (!v->db)
        return ERR_CORRUPT;
    if (!v->exists)
        return ERR_REJECTED;
    if (waiting_left_ms(v->db, "vault"))
        return ERR_RETRY;
    /* on the disk before anything is compared: a power cut gives no guess for free */
    err = waiting_miss(v->db, "vault", MISSES_FREE, WAIT_FIRST_MS, WAIT_MAX_MS);
    if (!err)
        err = try_wraps(v, way, secret);
    if (!err && waiting_clear(v->db, "vault"))
        LOG_WARN("the count of misses was not cleared");
    return err;
}

long vault_wait_s(const struct vault *v)
{
    return v->db ? (long)((waiting_left_ms(v->db, "vault") + 999) / 1000) : 0;
}

/* --- other secrets ----------------------------------------------------------------------- */

enum err vault_card_make(struct vault *v, const char *staff,
                         char secret_out[VAULT_SECRET_CHARS])
{
    enum err err;

    if (!v->secret)
        return ERR_OFFLINE;
    if (!*staff || strlen(staff) >= sizeof(((struct wrap *)NULL)->staff))
        return ERR_REJECTED;
    new_code(CARD_PREFIX, false, secret_out);
    err = make_wrap(v, VAULT_CARD, staff, secret_out, v->secret);
    if (err)
        sodium_memzero(secret_out, VAULT_SECRET_CHARS);
    return err;
}

enum err vault_card_drop(struct vault *v, const char *staff)
{
    sqlite3_stmt *st;

    if (!v->db)
        return ERR_CORRUPT;
    st = db_stmt(v->db, "DELETE FROM vault_wrap WHERE way = ?1 AND staff = ?2");
    sqlite3_bind_int(st, 1, VAULT_CARD);
    db_bind_text(st, 2, staff);
    return db_run(v->db, st, "card");
}

enum err vault_set_passphrase(struct vault *v, const char *passphrase)
{
    if (!v->secret)
        return ERR_OFFLINE;
    if (!passphrase_ok(passphrase))
        return ERR_REJECTED;
    return make_wrap(v, VAULT_PASSPHRASE, "", passphrase, v->secret);
}

enum err vault_set_recovery(struct vault *v, char recovery_out[VAULT_SECRET_CHARS])
{
    enum err err;

    if (!v->secret)
        return ERR_OFFLINE;
    new_code("", true, recovery_out);
    err = make_wrap(v, VAULT_RECOVERY, "", recovery_out, v->secret);
    if (err)
        sodium_memzero(recovery_out, VAULT_SECRET_CHARS);
    return err;
}
