/* See throttle.h. When all rows are taken, the one that would be free first gives way. */
#include "throttle.h"

#include <string.h>

static void make_key(enum throttle_kind kind, const char *who,
                     unsigned char key[HASH_CHAIN_BYTES])
{
    unsigned char byte = (unsigned char)kind;
    const struct hash_part parts[] = { { &byte, 1 }, { who, strlen(who) } };

    hash_chain(parts, 2, key);
}

static bool is_free(const struct throttle_row *row, int64_t now_ms)
{
    return !row->misses ||
           (row->until_ms <= now_ms && now_ms - row->last_ms >= THROTTLE_REMEMBER_MS);
}

static size_t find(const struct throttle *t, const unsigned char key[HASH_CHAIN_BYTES])
{
    size_t i = 0;

    while (i < THROTTLE_ROWS &&
           (!t->rows[i].misses || memcmp(t->rows[i].key, key, HASH_CHAIN_BYTES) != 0))
        i++;
    return i;
}

static struct throttle_row *room(struct throttle *t, int64_t now_ms)
{
    struct throttle_row *best = &t->rows[0];

    for (size_t i = 0; i < THROTTLE_ROWS; i++) {
        struct throttle_row *row = &t->rows[i];

        if (is_free(row, now_ms))
            return row;
        if (row->until_ms < best->until_ms ||
            (row->until_ms == best->until_ms && row->last_ms < best->last_ms))
            best = row;
    }
    return best;
}

int64_t throttle_wait_ms(const struct throttle *t, int64_t now_ms,
                         enum throttle_kind kind, const char *who)
{
    unsigned char key[HASH_CHAIN_BYTES];
    size_t i;

    make_key(kind, who, key);
    i = find(t, key);
    return i < THROTTLE_ROWS && t->rows[i].until_ms > now_ms
               ? t->rows[i].until_ms - now_ms
               : 0;
}

bool throttle_miss(struct throttle *t, int64_t now_ms, enum throttle_kind kind,
                   const char *who)
{
    unsigned char key[HASH_CHAIN_BYTES];
    struct throttle_row *row;
    size_t i;

    make_key(kind, who, key);
    i = find(t, key);
    row = i < THROTTLE_ROWS ? &t->rows[i] : room(t, now_ms);
    if (i == THROTTLE_ROWS || is_free(row, now_ms)) {
        *row = (struct throttle_row){ 0 };
        memcpy(row->key, key, sizeof(key));
    }
    row->misses++;
    row->last_ms = now_ms;
    if (row->misses % THROTTLE_MISSES)
        return false;
    row->until_ms = now_ms + THROTTLE_WAIT_MS;
    return true;
}

void throttle_forget(struct throttle *t, enum throttle_kind kind, const char *who)
{
    unsigned char key[HASH_CHAIN_BYTES];
    size_t i;

    make_key(kind, who, key);
    i = find(t, key);
    if (i < THROTTLE_ROWS)
        t->rows[i] = (struct throttle_row){ 0 };
}
