/* The server above: this one's membership there, as a kiosk's here (PROTOCOL §4). It has
 * a key of its own for it, so that nothing signed for kiosks means anything upwards. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "server.h"

struct buf;

#define PARENT_URL_SETTING "parent.url"
#define PARENT_FACT_KEPT "parent.kept" /* the bundle that waits for its ack; "": none */
#define PARENT_PIN_CHARS 128
#define PARENT_NONCE_CHARS 23 /* base64url of 16 bytes, with the NUL */

struct parent {
    bool enrolled;
    struct jws_key key;
    char kiosk[BUNDLE_ID_MAX + 1]; /* what we are called there */
    char pin[PARENT_PIN_CHARS];    /* "": none */
    unsigned char server_key[JWS_PUBLIC_BYTES];
    /* what was said: see forward.c */
    uint64_t run;
    int64_t ord;
    int64_t start_ms; /* of the run */
    int64_t rev;      /* the last that was given */
    int64_t acked;    /* of this run */
    int64_t n;        /* of the last bundle */
    int64_t kept_to;  /* the last rev in the bundle that waits for its ack */
    int64_t kept_rows;
    int64_t acked_ms; /* when an ack came last; 0: never */
    int64_t all_ms;   /* when everything was begun to be said */
    int64_t wary;     /* 1: we were put back once, and may have told what we forgot */
};

/* Reads it inside a transaction, which from then on has it alone. Errors: of the store. */
NODISCARD enum err parent_load(struct server *s, struct parent *out);
NODISCARD enum err parent_save(struct server *s, const struct parent *p);
/* How long the parent has acknowledged nothing; -1: there is none. Errors: of the store. */
NODISCARD enum err parent_silence(struct server *s, int64_t *ms_out);
/* Everything is to be said once more, above what anybody said before. */
void parent_new_run(struct parent *p, int64_t now_ms);
void parent_nonce(char out[PARENT_NONCE_CHARS]);

/* Appends {"request","nonce","public_key"}: what is posted to /v1/enrol. Makes the key if
 * there is none. Errors: ERR_REJECTED (not a code), of the store. */
NODISCARD enum err parent_ask(struct server *s, const char *code, struct buf *out);
/* The grant that answered it; `kiosk_out`: what we are called there. `server_key` is the one whose number was shown. Errors:
 * ERR_REJECTED (`*why`), of the store. */
NODISCARD enum err parent_join(struct server *s, const char *jws,
                               const char *server_key,
                               char kiosk_out[BUNDLE_ID_MAX + 1], const char **why);
