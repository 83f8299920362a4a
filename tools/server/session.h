/* Who is logged in: random tokens of cookies, kept as hashes, in memory alone. A restart
 * logs everybody out. Bounded: the session that rested longest gives way. */
#pragma once

#include <stdint.h>

#include "base/hash.h"

#define SESSION_TOKEN_CHARS 65 /* 256 random bits in hex, with the NUL */
#define SESSION_NAME_CHARS 33
#define SESSION_IDLE_MS (30LL * 60 * 1000)
#define SESSION_LIFE_MS (12LL * 60 * 60 * 1000)
#define SESSIONS_MAX 128

struct session {
    unsigned char key[HASH_SHA256_BYTES]; /* of the token */
    char name[SESSION_NAME_CHARS];        /* of the official; "": the row is free */
    uint64_t stamp;                       /* of the password that opened it */
    int64_t made_ms;                      /* monotonic, as all times here */
    int64_t seen_ms;
};

struct sessions {
    struct session rows[SESSIONS_MAX];
};

/* Opens one and writes its token. */
void session_open(struct sessions *s, int64_t now_ms, const char *name, uint64_t stamp,
                  char token[SESSION_TOKEN_CHARS]);

/* The session of a token, which lives on by it; NULL: none, or it ran out. Borrowed
 * until the next call. */
const struct session *session_find(struct sessions *s, int64_t now_ms,
                                   const char *token);

void session_close(struct sessions *s, const char *token);
/* All of an official. */
void session_close_all(struct sessions *s, const char *name);
