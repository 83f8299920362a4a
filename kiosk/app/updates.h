/* Updates of the program, as the kiosk's user sees them: the signed list on a stick
 * (wire/program.h), the request to bdhvs-update, and what that says of how it went. Nothing
 * is installed or copied here: bdhvs-update takes it from the stick itself and believes nothing
 * that is said here. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

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

struct updates_status {
    bool asked; /* and bdhvs-update has not taken it yet */
    struct updates_last last;
};

/* `dir`: data folder. `state` (folder of bdhvs-update) and `key` (file): NULL: as installed.
 * Never fails. */
struct updates *updates_create(const char *dir, const char *state, const char *key);
void updates_destroy(struct updates *u); /* NULL is allowed */

/* What `folder` holds: UPDATES_FINE, and its version in `version`, or why it would not be taken.
 * The packages themselves are looked at by bdhvs-update. */
enum updates_why updates_look(const struct updates *u, const char *folder,
                              char version[UPDATES_VERSION_BYTES]);
const char *updates_why_name(enum updates_why why); /* English; static */
/* What bdhvs-ctl brought is taken away, so that the stick counts. Errors: ERR_CORRUPT. */
NODISCARD enum err updates_forget_incoming(const struct updates *u);
/* Errors: ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err updates_ask(struct updates *u);
/* Reads how far it came, once in a while; writes the end into the log of staff, once. Milliseconds
 * until it wants to be called again; -1: not by itself. `db` NULL: nothing is written. */
int updates_tick(struct updates *u, struct db *db);
void updates_status(const struct updates *u, struct updates_status *out);

/* The last one went back, and staff have not seen it yet. */
bool updates_unseen(const struct updates *u, struct db *db);
void updates_seen(const struct updates *u, struct db *db);
