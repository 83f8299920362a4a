/* Bits of lessons under a MAC. */
#include "store/passport.h"

#include <string.h>

#include "base/arena.h"
#include "base/encoding.h"
#include "store/card_key.h"
#include "store/erased.h"
#include "store/kin.h"
#include "store/private.h"

#define PREFIX "BP1"
#define PREFIX_CHARS 3
#define VERSION 1
#define TAG_AT 1
#define TOKEN_AT 4
#define LIST_AT (TOKEN_AT + EVENT_TOKEN_BYTES)
#define LIST_BYTES 4
#define BITS_AT (LIST_AT + LIST_BYTES)
#define MAC_BYTES 10
#define BYTES_MAX (BITS_AT + PASSPORT_LESSONS_MAX / 8 + MAC_BYTES)
#define SYMBOLS_MAX ((8 * BYTES_MAX + 4) / 5)

_Static_assert(PASSPORT_TEXT_CHARS == PREFIX_CHARS + SYMBOLS_MAX + 1, "room");

/* Every lesson of the curriculum once, by id, and what `root` (NULL: nobody) passed. */
struct lessons {
    const char *ids[PASSPORT_LESSONS_MAX];
    bool passed[PASSPORT_LESSONS_MAX];
    size_t n;
    unsigned char tag[LIST_BYTES];
};

static enum err read_lessons(struct db *db, const unsigned char *root,
                             struct arena *arena, struct lessons *out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT c.lesson, EXISTS(SELECT 1 FROM progress p WHERE"
                    " p.token = ?1 AND p.lesson = c.lesson AND p.passed)"
                    " FROM curriculum c WHERE c.kind = 'module' GROUP BY c.lesson"
                    " ORDER BY c.lesson");
    struct hash_part parts[PASSPORT_LESSONS_MAX];
    unsigned char sum[HASH_CHAIN_BYTES];
    bool row;
    enum err err;

    out->n = 0;
    if (root)
        sqlite3_bind_blob(st, 1, root, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    while (!(err = db_row(db, st, &row)) && row) {
        const char *id;

        if (out->n == PASSPORT_LESSONS_MAX) {
            sqlite3_reset(st);
            return ERR_REJECTED;
        }
        id = arena_strdup(arena, db_column_text(st, 0));
        parts[out->n] = (struct hash_part){ id, strlen(id) };
        out->passed[out->n] = sqlite3_column_int(st, 1) != 0;
        out->ids[out->n++] = id;
    }
    hash_chain(parts, out->n, sum);
    memcpy(out->tag, sum, LIST_BYTES);
    return err;
}

static void mac_of(const unsigned char key[HASH_KEY_BYTES], const unsigned char *bytes,
                   size_t n, unsigned char out[MAC_BYTES])
{
    static const char label[] = "bdhvs passport";
    const struct hash_part parts[] = { { label, sizeof(label) }, { bytes, n } };
    unsigned char mac[HASH_KEY_BYTES];

    hash_keyed(key, parts, COUNT(parts), mac);
    memcpy(out, mac, MAC_BYTES);
}

/* --- making ------------------------------------------------------------------------- */

enum err passport_text(struct db *db, const unsigned char *token,
                       char out[PASSPORT_TEXT_CHARS])
{
    unsigned char key[HASH_KEY_BYTES], bytes[BYTES_MAX] = { VERSION };
    struct arena arena = { 0 };
    struct lessons lessons;
    struct kin kin;
    size_t n;
    enum err err = db ? kin_find(db, token, &kin) : ERR_CORRUPT;

    out[0] = 0;
    if (!err && !kin.known)
        err = ERR_REJECTED;
    if (!err)
        err = read_lessons(db, kin.root, &arena, &lessons);
    if (!err)
        err = card_key_need(db, key);
    if (!err) {
        card_commune_tag(db, bytes + TAG_AT);
        memcpy(bytes + TOKEN_AT, kin.root, EVENT_TOKEN_BYTES);
        memcpy(bytes + LIST_AT, lessons.tag, LIST_BYTES);
        for (size_t i = 0; i < lessons.n; i++)
            if (lessons.passed[i])
                bytes[BITS_AT + i / 8] |= (unsigned char)(0x80U >> i % 8);
        n = BITS_AT + (lessons.n + 7) / 8;
        mac_of(key, bytes, n, bytes + n);
        memcpy(out, PREFIX, PREFIX_CHARS);
        encoding_base32(bytes, n + MAC_BYTES, out + PREFIX_CHARS);
        hash_wipe(key, sizeof(key));
    }
    arena_finish(&arena);
    return err;
}

/* --- reading ------------------------------------------------------------------------ */

/* The bytes of the text, and how many; 0: it is no passport. */
static size_t unpack(const char *scanned, unsigned char bytes[BYTES_MAX])
{
    char text[PASSPORT_TEXT_CHARS];
    size_t used = 0, n;

    for (; *scanned; scanned++) {
        if (strchr(" \t\r\n-", *scanned))
            continue;
        if (used + 1 >= sizeof(text))
            return 0;
        text[used++] = *scanned;
    }
    text[used] = 0;
    if (used < PREFIX_CHARS || !strchr("Bb", text[0]) || !strchr("Pp", text[1]) ||
        !strchr("1IiLl", text[2]))
        return 0;
    n = 5 * (used - PREFIX_CHARS) / 8;
    if (n < BITS_AT + MAC_BYTES || n > BYTES_MAX ||
        encoding_unbase32(text + PREFIX_CHARS, bytes, n) || bytes[0] != VERSION)
        return 0;
    return n;
}

static bool is_signed(struct db *db, const unsigned char *bytes, size_t n)
{
    unsigned char key[HASH_KEY_BYTES], mac[MAC_BYTES], tag[3];
    bool fits = false;

    card_commune_tag(db, tag);
    for (int i = 0; !fits && i < CARD_KEYS; i++)
        if (card_key_read(db, i, key)) {
            mac_of(key, bytes, n - MAC_BYTES, mac);
            fits = !memcmp(mac, bytes + n - MAC_BYTES, MAC_BYTES);
        }
    hash_wipe(key, sizeof(key));
    return fits && !memcmp(tag, bytes + TAG_AT, sizeof(tag));
}

static enum passport_verdict whose(struct db *db, struct passport *p)
{
    struct erased_list list;
    struct kin kin;
    bool gone;
    enum err err;

    if (kin_find(db, p->token, &kin))
        return PASSPORT_UNKNOWN;
    if (kin.known) {
        memcpy(p->token, kin.root, EVENT_TOKEN_BYTES);
        return PASSPORT_OURS;
    }
    err = erased_read(db->dir, &list);
    gone = err || erased_has(&list, p->token);
    erased_free(&list);
    return gone ? PASSPORT_UNKNOWN : PASSPORT_VISITOR;
}

enum passport_verdict passport_read(struct db *db, const char *scanned,
                                    struct arena *arena, struct passport *out)
{
    unsigned char bytes[BYTES_MAX];
    struct lessons lessons;
    size_t n = db ? unpack(scanned, bytes) : 0;
    enum passport_verdict verdict;

    *out = (struct passport){ 0 };
    if (!n || !is_signed(db, bytes, n) || read_lessons(db, NULL, arena, &lessons))
        return PASSPORT_UNKNOWN;
    memcpy(out->token, bytes + TOKEN_AT, EVENT_TOKEN_BYTES);
    verdict = whose(db, out);
    if (verdict == PASSPORT_UNKNOWN) {
        *out = (struct passport){ 0 };
        return verdict;
    }
    if (memcmp(bytes + LIST_AT, lessons.tag, LIST_BYTES) != 0 ||
        n != BITS_AT + (lessons.n + 7) / 8 + MAC_BYTES)
        return PASSPORT_LESSONS;
    out->passed = arena_alloc(arena, (lessons.n + 1) * sizeof(*out->passed));
    for (size_t i = 0; i < lessons.n; i++)
        if (bytes[BITS_AT + i / 8] & 0x80U >> i % 8)
            out->passed[out->n_passed++] = lessons.ids[i];
    return verdict;
}
