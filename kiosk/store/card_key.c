/* The settings "card.key" (of the grant) and "card.key.born". */
#include "store/card_key.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/encoding.h"
#include "store/commune.h"

static const char *const names[CARD_KEYS] = { "card.key", "card.key.born" };

bool card_key_read(struct db *db, int i, unsigned char key[HASH_KEY_BYTES])
{
    const char *hex = db_setting(db, names[i], NULL);

    return hex && encoding_unhex(hex, key, HASH_KEY_BYTES) == ERR_OK;
}

enum err card_key_need(struct db *db, unsigned char key[HASH_KEY_BYTES])
{
    char hex[2 * HASH_KEY_BYTES + 1];
    enum err err;

    if (card_key_read(db, 0, key) || card_key_read(db, 1, key))
        return ERR_OK;
    hash_random(key, HASH_KEY_BYTES);
    encoding_hex(key, HASH_KEY_BYTES, hex);
    err = db_set(db, names[1], hex);
    hash_wipe(hex, sizeof(hex));
    return err;
}

/* Of "21520" the number, of other codes a hash. */
void card_commune_tag(struct db *db, unsigned char out[3])
{
    struct arena arena = { 0 };
    const char *code = commune_code(db, &arena);
    unsigned char sum[HASH_CHAIN_BYTES];
    struct hash_part part = { code, strlen(code) };
    char *end;
    long n = strtol(code, &end, 10);

    if (!*code || *end || n < 0 || n >= 1L << CARD_TAG_BITS) {
        hash_chain(&part, 1, sum);
        n = (long)sum[0] << 12 | (long)sum[1] << 4 | sum[2] >> 4;
    }
    out[0] = (unsigned char)(n >> 12);
    out[1] = (unsigned char)(n >> 4);
    out[2] = (unsigned char)(n << 4);
    arena_finish(&arena);
}
