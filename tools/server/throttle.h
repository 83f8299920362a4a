/* Slows guessing down: who missed five times waits for five minutes, a name as well as an
 * address. Keeps hashes of both, a bounded number, in memory alone. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/hash.h"

#define THROTTLE_MISSES 5
#define THROTTLE_WAIT_MS (5LL * 60 * 1000)
#define THROTTLE_REMEMBER_MS (60LL * 60 * 1000) /* after the last miss */
#define THROTTLE_ROWS 512

enum throttle_kind { THROTTLE_NAME, THROTTLE_ADDRESS };

struct throttle_row {
    unsigned char key[HASH_CHAIN_BYTES];
    int misses; /* 0: the row is free */
    int64_t last_ms;
    int64_t until_ms; /* waits until then */
};

struct throttle {
    struct throttle_row rows[THROTTLE_ROWS];
};

/* How long it has to wait still, 0: not at all. Monotonic times. */
int64_t throttle_wait_ms(const struct throttle *t, int64_t now_ms,
                         enum throttle_kind kind, const char *who);
/* One miss more. True: from now on it waits. */
bool throttle_miss(struct throttle *t, int64_t now_ms, enum throttle_kind kind,
                   const char *who);
/* It was right: its misses are forgotten. */
void throttle_forget(struct throttle *t, enum throttle_kind kind, const char *who);
