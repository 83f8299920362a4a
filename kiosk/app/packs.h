/* Content packs on this kiosk (PROTOCOL §5): which one is open, which one before it is kept,
 * and how a new one comes, from a stick's folder or file by file from the server.
 *
 * <data>/packs/<id>-<ver>/  installed: whole and verified
 * <data>/packs/new/         being filled; what is there already is not fetched again
 * <data>/packs/state.json   {"current":…,"previous":…,"trial":n,"beside":[…]}: replaced as a
 *                           whole
 *
 * EMPTY -> FILLING [packs_add_folder, packs_offer] -> CHECKING -> READY -> (installed)
 * FILLING, CHECKING -> FAILED. A new pack is on trial until its first lesson was shown; three
 * starts without that, and the one before it is opened again.
 *
 * A pack whose manifest says beside which other it stands (an alert, lessons of others) takes
 * nobody's place: it is opened with it, is on trial in the same way, and can be put away. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/fetch.h"
#include "base/err.h"
#include "lesson/item.h"
#include "lesson/pack.h"

struct arena;
struct packs;

#define PACKS_PATH_BYTES 4096
#define PACKS_NAME_BYTES 64
#define PACKS_KEYS_MAX 4
#define PACKS_BESIDE_MAX 16 /* remembered, those that were put away too */

struct packs_config {
    const char *dir;     /* data folder */
    const char *bundled; /* --pack: opened while nothing newer was installed; or NULL */
    item_types types;
    const struct pack_key *keys; /* copied */
    size_t n_keys;
    int64_t floor; /* the newest version ever shown here */
};

/* Reads the state; counts a start on trial; removes packs that nothing goes back to. Never
 * fails: a folder that cannot be read is an empty one. */
struct packs *packs_create(const struct packs_config *config);
void packs_destroy(struct packs *p); /* NULL is allowed */

/* The folder to open now, and the floor that holds for it: a pack that was kept to go back
 * to may be older than the newest one shown. */
const char *packs_folder(const struct packs *p, int64_t *floor_out);
/* The i-th folder to open beside it, and its floor; false: no more. */
bool packs_beside_folder(const struct packs *p, size_t i, char out[PACKS_PATH_BYTES],
                         int64_t *floor_out);
/* Packs that came with the program and stand beside nothing yet: folders in "beside/" next to
 * the bundled pack, signed by a key that counts, for the open pack. */
struct packs_spare {
    const char *folder; /* for packs_add_folder */
    const char *title, *author;
};
size_t packs_spares(const struct packs *p, struct arena *arena,
                    struct packs_spare out[PACK_BESIDE_MAX]);
/* By an administrator: the pack of that id stands beside no more, and no older one may come.
 * Errors: ERR_OFFLINE (there is none), ERR_FULL, ERR_CORRUPT (nothing changed). */
NODISCARD enum err packs_put_away(struct packs *p, const char *id);
/* A lesson of the open pack was shown: it stays. */
void packs_confirm(struct packs *p);

/* --- a new one --------------------------------------------------------------------------- */

enum packs_step {
    PACKS_EMPTY,
    PACKS_FILLING,
    PACKS_CHECKING,
    PACKS_READY,
    PACKS_FAILED
};
enum packs_trouble {
    PACKS_FINE,
    PACKS_NO_PACK,   /* nothing that looks like one */
    PACKS_SIGNATURE, /* not signed by a key that counts here */
    PACKS_OLDER,     /* than what was shown already */
    PACKS_SAME,      /* it is the open one */
    PACKS_BROKEN,    /* a file is not what the list says */
    PACKS_SPACE,
    PACKS_GONE,      /* the stick was pulled, or the file is not at the server */
    PACKS_NEWER_APP, /* needs a newer program */
    PACKS_OTHER,     /* it stands beside a pack that is not the open one */
    PACKS_TOO_MANY,  /* stand beside it already */
};

/* From `folder` (a stick): looks at its manifest at once, copies in packs_tick.
 * Errors: as packs_status tells. */
NODISCARD enum err packs_add_folder(struct packs *p, const char *folder);
/* The server offers this one; files are asked for through packs_wanted. Nothing happens when
 * it is not newer, was refused before, or another one is being filled. */
void packs_offer(struct packs *p, const char *id, int64_t ver,
                 const char *manifest_sha256);
void packs_cancel(struct packs *p); /* what was filled is kept for the next time */

/* Copies or checks for some milliseconds. Milliseconds until it wants to be called again;
 * -1: not by itself. */
int packs_tick(struct packs *p);

/* The next file to be fetched from the server; false: none now. */
bool packs_wanted(struct packs *p, struct fetch_file *out);
/* What came of it: `n` bytes that go on at the offset, or begin anew. */
void packs_came(struct packs *p, const void *bytes, size_t n, bool continues,
                bool whole);
void packs_not_there(struct packs *p);
void packs_too_large(struct packs *p); /* more bytes than its list says */

/* READY and nobody is learning: makes it the current one, on trial. The caller opens
 * packs_folder anew. Errors: ERR_FULL, ERR_CORRUPT (nothing changed). */
NODISCARD enum err packs_switch(struct packs *p);
/* By an administrator: back to the one before. Errors: ERR_OFFLINE (none is kept), as above. */
NODISCARD enum err packs_go_back(struct packs *p);

struct packs_status {
    enum packs_step step;
    enum packs_trouble trouble;
    char current[PACKS_NAME_BYTES];  /* "bdhvs-31", "" when it is the bundled one */
    char previous[PACKS_NAME_BYTES]; /* "": what came with the program */
    bool may_go_back;
    char coming[PACKS_NAME_BYTES]; /* being filled */
    bool on_trial, fell_back;      /* fell_back: the last start went back by itself */
    size_t n_done, n_files;
    int64_t floor;
};
void packs_status(const struct packs *p, struct packs_status *out);
