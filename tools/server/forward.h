/* Tells the parent what may leave the commune: as a sender of PROTOCOL §4, all of it in
 * gauges. The serving process makes the bundle and takes the acknowledgement; who carries
 * both is another process (forward_cli.c), so that kiosks never wait for a network. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "server.h"

struct buf;

enum forward_how {
    FORWARD_FRESH,   /* look what has changed first */
    FORWARD_MORE,    /* what is left of it */
    FORWARD_SMALLER, /* the last was too large: half as many rows */
};

/* Appends the letter: {"url","pin","kiosk","server_key","nonce","bytes","rows","left",
 * "fresh"}. What was not acknowledged yet is given again, byte for byte, and is not fresh. Errors: ERR_REJECTED
 * (`*why`: no parent is set, or it has not let us in), of the store. */
NODISCARD enum err forward_next(struct server *s, enum forward_how how, struct buf *out,
                                const char **why);

struct forward_taken {
    int64_t left;     /* rows that are to follow */
    int64_t rejected; /* rows that the parent set aside */
};

/* The signed answer to the letter. Only now anything counts as told. Errors: ERR_REJECTED
 * (`*why`: not signed by the parent, or for other bytes), of the store. */
NODISCARD enum err forward_take(struct server *s, const char *ack_jws,
                                struct forward_taken *out, const char **why);
