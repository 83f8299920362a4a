/* The hash chain over the events. */
#include "store/chain.h"

#include <string.h>

void chain_who(const unsigned char salt[CHAIN_SALT_BYTES],
               const unsigned char token[EVENT_TOKEN_BYTES],
               unsigned char out[HASH_CHAIN_BYTES])
{
    const struct hash_part parts[] = { { salt, CHAIN_SALT_BYTES },
                                       { token, EVENT_TOKEN_BYTES } };

    hash_chain(parts, COUNT(parts), out);
}

/* Every column but token, salt and chain, as text or bytes, in this order for ever.
 * hash_chain puts each part's length before it, so NULL is as good as empty. */
static const char parts_sql[] =
    "SELECT p.chain, CAST(e.seq AS TEXT), printf('%016x', r.id),"
    " CAST(e.mono_ms AS TEXT), CAST(e.day AS TEXT), CAST(e.kind AS TEXT), e.who,"
    " c.thon || '|' || c.sex || '|' || c.band || '|' || c.grp || '|' || c.job || '|'"
    " || c.unit, e.unit, CAST(e.value AS TEXT), e.actor, CAST(e.flags AS TEXT), e.body"
    " FROM event e JOIN run r ON r.ord = e.run LEFT JOIN cohort c ON c.id = e.cohort"
    " LEFT JOIN event p ON p.seq = e.seq - 1 WHERE e.seq = ?1";

enum err chain_of(struct db *db, int64_t seq, unsigned char out[HASH_CHAIN_BYTES])
{
    sqlite3_stmt *st = db_stmt(db, parts_sql);
    struct hash_part parts[13];
    bool row;
    enum err err;

    sqlite3_bind_int64(st, 1, seq);
    err = db_row(db, st, &row);
    if (!row)
        return err ? err : ERR_CORRUPT;
    ASSERT(sqlite3_column_count(st) == COUNT(parts));
    for (int i = 0; i < (int)COUNT(parts); i++) {
        parts[i].bytes = sqlite3_column_blob(st, i);
        parts[i].n = (size_t)sqlite3_column_bytes(st, i);
    }
    hash_chain(parts, COUNT(parts), out);
    sqlite3_reset(st);
    return ERR_OK;
}
