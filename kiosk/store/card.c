/* What a card's QR says: "BD1" and 33 symbols of Crockford's base32 for 165 bits: tag of
 * the commune (20), token (80), MAC (65). Knowing how cards look does not make one. */
#include "store/card.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/encoding.h"
#include "base/hash.h"
#include "store/audit.h"
#include "store/card_key.h"
#include "store/card_row.h"
#include "store/erased.h"
#include "store/journal_private.h"
#include "store/kin.h"
#include "store/people_seal.h"
#include "store/private.h"

#define PREFIX "BD1"
#define PREFIX_STAFF "BDS1"
#define TAG_BITS CARD_TAG_BITS
#define TOKEN_BITS (8 * EVENT_TOKEN_BYTES)
#define MAC_BITS 65
#define SYMBOLS 33
#define PACKED_BYTES 21 /* 165 bits and three zeros */
#define BLANK_MAX 200

/* --- text --------------------------------------------------------------------------- */

static void copy_bits(unsigned char *to, size_t at, const unsigned char *from,
                      size_t start, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned bit = (unsigned)from[(start + i) / 8] >> (7 - (start + i) % 8) & 1U;
        unsigned mask = 0x80U >> (at + i) % 8;

        if (bit)
            to[(at + i) / 8] = (unsigned char)(to[(at + i) / 8] | mask);
    }
}

static void pack(const unsigned char key[HASH_KEY_BYTES], const unsigned char tag[3],
                 const unsigned char *token, unsigned char out[PACKED_BYTES])
{
    const struct hash_part parts[] = { { tag, 3 }, { token, EVENT_TOKEN_BYTES } };
    unsigned char mac[HASH_KEY_BYTES];

    hash_keyed(key, parts, COUNT(parts), mac);
    memset(out, 0, PACKED_BYTES);
    copy_bits(out, 0, tag, 0, TAG_BITS);
    copy_bits(out, TAG_BITS, token, 0, TOKEN_BITS);
    copy_bits(out, TAG_BITS + TOKEN_BITS, mac, 0, MAC_BITS);
}

/* The card that is handed out for a person: the newest valid one. */
static enum err card_of(struct db *db, const unsigned char *token,
                        unsigned char out[EVENT_TOKEN_BYTES])
{
    sqlite3_stmt *st;
    struct card_row card;
    struct kin kin;
    bool row;
    enum err err = card_row_find(db, token, &card);

    memcpy(out, token, EVENT_TOKEN_BYTES);
    if (err || card.state == CARD_STATE_VALID) /* asked for this very card */
        return err;
    err = kin_find(db, token, &kin);
    if (err || !kin.known)
        return err ? err : ERR_REJECTED;
    st = db_stmt(db, "SELECT c.token FROM person p JOIN card c ON c.owner = p.token"
                     " WHERE p.root = ?1 AND c.state = 1"
                     " ORDER BY p.token = p.root DESC, c.made DESC LIMIT 1");
    sqlite3_bind_blob(st, 1, kin.root, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    err = db_row(db, st, &row);
    if (!row)
        return err ? err : ERR_REJECTED;
    memcpy(out, sqlite3_column_blob(st, 0), EVENT_TOKEN_BYTES);
    sqlite3_reset(st);
    return ERR_OK;
}

enum err card_text(struct db *db, const unsigned char *token, char out[CARD_TEXT_CHARS])
{
    unsigned char key[HASH_KEY_BYTES], packed[PACKED_BYTES], tag[3];
    unsigned char card[EVENT_TOKEN_BYTES];
    char symbols[(8 * PACKED_BYTES + 4) / 5 + 1];
    enum err err = db ? card_of(db, token, card) : ERR_CORRUPT;

    out[0] = 0;
    if (!err)
        err = card_key_need(db, key);
    if (err)
        return err;
    card_commune_tag(db, tag);
    pack(key, tag, card, packed);
    encoding_base32(packed, sizeof(packed), symbols);
    (void)snprintf(out, CARD_TEXT_CHARS, PREFIX "%.*s", SYMBOLS, symbols);
    hash_wipe(key, sizeof(key));
    return ERR_OK;
}

/* --- reading ------------------------------------------------------------------------ */

/* The text without blanks, in capitals; false when it is too long for any card. */
static bool tidy(const char *scanned, char *out, size_t size)
{
    size_t n = 0;

    for (; *scanned; scanned++) {
        if (isspace((unsigned char)*scanned) || *scanned == '-')
            continue;
        if (n + 1 >= size)
            return false;
        out[n++] = (char)toupper((unsigned char)*scanned);
    }
    out[n] = 0;
    return true;
}

/* Does `text` begin so, I and L being read as 1? */
static bool begins(const char *text, const char *prefix)
{
    for (; *prefix; text++, prefix++)
        if (*text != *prefix && !(*prefix == '1' && (*text == 'I' || *text == 'L')))
            return false;
    return true;
}

static bool unpack(const char *symbols, unsigned char packed[PACKED_BYTES],
                   unsigned char tag[3], unsigned char token[EVENT_TOKEN_BYTES])
{
    char text[SYMBOLS + 2];

    if (strlen(symbols) != SYMBOLS)
        return false;
    (void)snprintf(text, sizeof(text), "%s0", symbols); /* the three zeros */
    if (encoding_unbase32(text, packed, PACKED_BYTES))
        return false;
    memset(tag, 0, 3);
    memset(token, 0, EVENT_TOKEN_BYTES);
    copy_bits(tag, 0, packed, 0, TAG_BITS);
    copy_bits(token, 0, packed, TAG_BITS, TOKEN_BITS);
    return true;
}

static bool is_signed(struct db *db, const unsigned char packed[PACKED_BYTES],
                      const unsigned char tag[3], const unsigned char *token)
{
    unsigned char key[HASH_KEY_BYTES], want[PACKED_BYTES];
    bool fits = false;

    for (int i = 0; !fits && i < CARD_KEYS; i++)
        if (card_key_read(db, i, key)) {
            pack(key, tag, token, want);
            fits = !memcmp(want, packed, PACKED_BYTES);
        }
    hash_wipe(key, sizeof(key));
    return fits;
}

/* Somebody's of this kiosk who asked to be forgotten, not a visitor's. */
static bool was_erased(struct db *db, const unsigned char *token)
{
    struct erased_list list;
    enum err err = erased_read(db->dir, &list);
    bool found = !err && erased_has(&list, token);

    erased_free(&list);
    return found;
}

enum card_verdict card_read(struct db *db, const char *scanned,
                            unsigned char token_out[EVENT_TOKEN_BYTES])
{
    unsigned char packed[PACKED_BYTES], tag[3], token[EVENT_TOKEN_BYTES];
    char text[128];
    struct card_row card;
    struct kin kin;

    if (!db || !tidy(scanned, text, sizeof(text)))
        return CARD_UNKNOWN;
    if (begins(text, PREFIX_STAFF))
        return CARD_STAFF;
    if (!begins(text, PREFIX) || !unpack(text + strlen(PREFIX), packed, tag, token) ||
        !is_signed(db, packed, tag, token) || card_row_find(db, token, &card))
        return CARD_UNKNOWN;
    memcpy(token_out, token, EVENT_TOKEN_BYTES);
    if (card.state == CARD_STATE_REVOKED)
        return CARD_REVOKED;
    if (card.state == CARD_STATE_NONE)
        return was_erased(db, token) ? CARD_REVOKED : CARD_VISITOR;
    if (kin_find(db, card.owner, &kin) || !kin.known)
        return CARD_UNKNOWN;
    memcpy(token_out, kin.root, EVENT_TOKEN_BYTES);
    return kin.cohort ? CARD_OURS : CARD_BLANK;
}

/* --- making ------------------------------------------------------------------------- */

struct making {
    const unsigned char *token;
    const char *actor;
    size_t n;
    struct person_card *out;
};

static enum err write_reissue(struct db *db, void *ctx)
{
    const struct making *m = ctx;
    struct kin kin;
    enum err err = kin_need(db, m->token, &kin);

    if (!err)
        err = card_row_revoke(db, kin.root);
    if (!err)
        err = card_row_make(db, kin.root, m->out);
    return err ? err
               : audit_add(db, AUDIT_PEOPLE, m->actor, "au.e.card_new", m->out->code);
}

enum err card_reissue(struct db *db, const unsigned char *token, const char *actor,
                      struct person_card *out)
{
    struct making m = { .token = token, .actor = actor, .out = out };
    enum err err;

    memset(out, 0, sizeof(*out));
    if (!people_actor_ok(actor))
        return ERR_REJECTED;
    err = db_transact(db, write_reissue, &m);
    if (err)
        memset(out, 0, sizeof(*out));
    return err;
}

static enum err write_blanks(struct db *db, void *ctx)
{
    const struct making *m = ctx;
    enum err err = ERR_OK;

    for (size_t i = 0; !err && i < m->n; i++) {
        struct event ev = { .kind = EVENT_CARD, .token = m->out[i].token };

        err = card_row_make(db, NULL, &m->out[i]);
        if (!err)
            err = journal_write(db, &ev, NULL);
    }
    return err;
}

enum err card_blank(struct db *db, size_t n, struct person_card *out)
{
    struct making m = { .n = n, .out = out };

    if (n == 0 || n > BLANK_MAX)
        return ERR_REJECTED;
    return db_transact(db, write_blanks, &m);
}
