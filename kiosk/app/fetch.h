/* A file that comes from the server piece by piece, for packs and for updates of the program:
 * what came is kept in "<path>.part", durably, and goes on there after a cut of the network or of
 * the power; it gets its name when its hash is what was promised.
 *
 * COMING -> [fetch_came: all bytes are there] -> [fetch_verify] -> named | begun anew | refused
 *
 * Who asks for which file, and what a refusal means, is the owner's: app/packs_fill.c,
 * app/updates_fetch.c. Thread: one. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"

#define FETCH_PATH_BYTES 192

/* What is to be asked for, as sync_job has it. */
struct fetch_file {
    char path[FETCH_PATH_BYTES];    /* "/v1/packs/bdhvs/objects/…" */
    char etag[HASH_SHA256_HEX + 7]; /* "": none */
    size_t offset, max;
    bool in_pieces; /* at most `max` bytes are wanted now, not all that are left */
};

/* What the file must be; borrowed for the call. */
struct fetch_wish {
    const char *path; /* here, without ".part" */
    int64_t size;
    const char *sha256;
};

/* Of the file under way; zeroed at first, and when another file is begun. */
struct fetch {
    int64_t offset; /* that was asked for */
    size_t asked;   /* bytes from there; 0: all of them */
    bool own;       /* every byte of the part came in this process */
    bool verifying;
    int fd; /* while verifying */
    struct hash_sha256_sum sum;
};
void fetch_reset(struct fetch *f);

/* Fills offset, max and etag: what is not there yet, at most `piece` bytes of it (0: all). */
void fetch_ask(struct fetch *f, const struct fetch_wish *w, size_t piece,
               struct fetch_file *out);
/* `n` bytes came that go on at the offset asked for, or begin the file anew; `whole`: all that
 * were asked for. Errors: ERR_RETRY (more is wanted), ERR_REJECTED (more or fewer than promised),
 * ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err fetch_came(struct fetch *f, const struct fetch_wish *w,
                              const void *bytes, size_t n, bool continues, bool whole);
/* All bytes are there: looks at them for about `budget_ms`. ERR_OK: the file has its name; the
 * folder is the caller's to sync. Errors: ERR_RETRY (not done yet, or the part that an earlier
 * process left was no good and the file is begun anew: fetch_ask says which), ERR_REJECTED (not
 * what was promised; the part is gone), ERR_CORRUPT. */
NODISCARD enum err fetch_verify(struct fetch *f, const struct fetch_wish *w,
                                int budget_ms);
/* Whether all bytes are there and wait for fetch_verify. */
bool fetch_is_full(const struct fetch_wish *w);
