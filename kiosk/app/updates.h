/* Updates of the program, as the kiosk's user sees them: the signed list on a stick
 * (wire/program.h) or what came from the server, the request to bdhvs-update, and what that says
 * of how it went. Nothing is installed here: bdhvs-update copies it itself, from
 * <data>/update/incoming or the stick, and believes nothing that is said here.
 *
 * <data>/update/incoming/  whole: fetched, or brought by bdhvs-ctl; where bdhvs-update looks first
 * <data>/update/new/       being fetched: nobody else looks there
 * <data>/update/request    an administrator wants it
 *
 * EMPTY -> FETCHING [updates_offer] -> EMPTY (it lies in incoming) | FAILED */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "app/fetch.h"
#include "base/err.h"

struct db;
struct updates;

#define UPDATES_FOLDER "program" /* in BDHVS/ of a stick */
#define UPDATES_VERSION_BYTES 32

enum updates_end {
    UPDATES_NEVER,
    UPDATES_AT_WORK,
    UPDATES_KEPT,
    UPDATES_BACK, /* the former program runs again */
    UPDATES_REFUSED
};

/* Why it was refused or went back. */
enum updates_why {
    UPDATES_FINE,
    UPDATES_NOTHING,
    UPDATES_SIGNATURE,
    UPDATES_OLDER,
    UPDATES_OTHER_KIND,
    UPDATES_BROKEN,
    UPDATES_SPACE,
    UPDATES_NEEDS,
    UPDATES_NO_WAY_BACK,
    UPDATES_DATABASE,
    UPDATES_FAILED, /* dpkg, no picture, the power */
    UPDATES_WHYS
};

struct updates_last {
    enum updates_end end;
    enum updates_why why;
    int64_t ver, floor, seq;
    char to[UPDATES_VERSION_BYTES];
};

/* What a folder holds. */
struct updates_found {
    int64_t ver;
    char version[UPDATES_VERSION_BYTES];
};

enum updates_step { UPDATES_EMPTY, UPDATES_FETCHING, UPDATES_FAILED_FETCH };

struct updates_status {
    bool asked; /* and bdhvs-update has not taken it yet */
    struct updates_last last;
    struct updates_found
        incoming;           /* waits for an administrator; .ver 0: nothing does */
    enum updates_step step; /* of what the server offers */
    enum updates_why why;   /* FAILED_FETCH: why it was not taken */
    char coming[UPDATES_VERSION_BYTES];
    int percent; /* of it that is here */
};

/* `dir`: data folder. `state` (folder of bdhvs-update) and `key` (file): NULL: as installed.
 * Never fails. */
struct updates *updates_create(const char *dir, const char *state, const char *key);
void updates_destroy(struct updates *u); /* NULL is allowed */

/* What `folder` holds: UPDATES_FINE, or why it would not be taken; `out` as far as it could be
 * read. The packages themselves are looked at by bdhvs-update. */
enum updates_why updates_look(const struct updates *u, const char *folder,
                              struct updates_found *out);
const char *updates_why_name(enum updates_why why); /* English; static */
/* What was fetched or bdhvs-ctl brought counts no more: so the stick does. Errors:
 * ERR_CORRUPT. */
NODISCARD enum err updates_forget_incoming(struct updates *u);
/* Errors: ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err updates_ask(struct updates *u);
/* Reads how far it came, once in a while; writes the end into the log of staff, once. Milliseconds
 * until it wants to be called again; -1: not by itself. `db` NULL: nothing is written. */
int updates_tick(struct updates *u, struct db *db);
void updates_status(const struct updates *u, struct updates_status *out);

/* --- from the server (updates_fetch.c) --- */

/* "bookworm-arm64": what an update must be for; NULL: none are taken here (no program key, as
 * where the program was not installed from packages). */
const char *updates_system(const struct updates *u);
/* The server offers this one (hashes in hex); `ver` 0: none, and what was fetched of an earlier
 * offer and nobody asked for goes. Nothing happens when it is not newer than what runs or lies
 * here, went back or was refused. */
void updates_offer(struct updates *u, int64_t ver, const char *version,
                   const char *list_sha256, const char *signature_sha256);
/* The next file to be fetched from the server; false: none now. */
bool updates_wanted(struct updates *u, struct fetch_file *out);
/* Whether updates_tick has something to look at, so that nothing is wanted just now. */
bool updates_at_work(const struct updates *u);
/* What came of it, as packs_came. */
void updates_came(struct updates *u, const void *bytes, size_t n, bool continues,
                  bool whole);
void updates_not_there(struct updates *u);
void updates_too_large(struct updates *u);

/* The last one went back, and staff have not seen it yet. */
bool updates_unseen(const struct updates *u, struct db *db);
void updates_seen(const struct updates *u, struct db *db);
