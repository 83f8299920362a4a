/* See session.h. */
#include "session.h"

#include <stdio.h>
#include <string.h>

#include "base/encoding.h"

static void forget(struct session *row)
{
    hash_wipe(row, sizeof(*row));
}

static bool is_over(const struct session *row, int64_t now_ms)
{
    return now_ms - row->seen_ms >= SESSION_IDLE_MS ||
           now_ms - row->made_ms >= SESSION_LIFE_MS;
}

/* A free row, one that ran out, or the one that rested longest. */
static struct session *room(struct sessions *s, int64_t now_ms)
{
    struct session *oldest = &s->rows[0];

    for (size_t i = 0; i < SESSIONS_MAX; i++) {
        struct session *row = &s->rows[i];

        if (!row->name[0] || is_over(row, now_ms))
            return row;
        if (row->seen_ms < oldest->seen_ms)
            oldest = row;
    }
    return oldest;
}

void session_open(struct sessions *s, int64_t now_ms, const char *name, uint64_t stamp,
                  char token[SESSION_TOKEN_CHARS])
{
    struct session *row = room(s, now_ms);
    unsigned char secret[HASH_SHA256_BYTES];

    hash_random(secret, sizeof(secret));
    encoding_hex(secret, sizeof(secret), token);
    hash_wipe(secret, sizeof(secret));
    *row = (struct session){ .stamp = stamp, .made_ms = now_ms, .seen_ms = now_ms };
    hash_sha256(token, strlen(token), row->key);
    snprintf(row->name, sizeof(row->name), "%s", name);
}

static struct session *row_of(struct sessions *s, const char *token)
{
    unsigned char key[HASH_SHA256_BYTES];

    hash_sha256(token, strlen(token), key);
    for (size_t i = 0; i < SESSIONS_MAX; i++)
        if (s->rows[i].name[0] && !memcmp(s->rows[i].key, key, sizeof(key)))
            return &s->rows[i];
    return NULL;
}

const struct session *session_find(struct sessions *s, int64_t now_ms,
                                   const char *token)
{
    struct session *row = row_of(s, token);

    if (row && is_over(row, now_ms)) {
        forget(row);
        row = NULL;
    }
    if (row)
        row->seen_ms = now_ms;
    return row;
}

void session_close(struct sessions *s, const char *token)
{
    struct session *row = row_of(s, token);

    if (row)
        forget(row);
}

void session_close_all(struct sessions *s, const char *name)
{
    for (size_t i = 0; i < SESSIONS_MAX; i++)
        if (!strcmp(s->rows[i].name, name))
            forget(&s->rows[i]);
}
