/* The inside of struct updates, shared by updates.c (what is there, how the last one ended) and
 * updates_fetch.c (how one comes from the server). Nobody else includes it. */
#pragma once

#include "app/fetch.h"
#include "app/updates.h"
#include "base/buf.h"
#include "wire/program.h"

#define UPDATES_PATH_BYTES 4096

struct updates_coming { /* what the server offers, while it is being fetched */
    enum updates_step step;
    enum updates_why why;
    int64_t ver;
    char version[UPDATES_VERSION_BYTES];
    char list_sha256[HASH_SHA256_HEX], signature_sha256[HASH_SHA256_HEX];
    char refused
        [HASH_SHA256_HEX];       /* list of one that was no good: not again by itself */
    char asked[HASH_SHA256_HEX]; /* of the file whose answer is awaited; "": none */
    bool have_list;
    struct program_list list;
    size_t at; /* of its packages */
    struct fetch fetch;
};

struct updates {
    char dir[UPDATES_PATH_BYTES / 2]; /* <data>/update */
    char state[UPDATES_PATH_BYTES / 2], key[UPDATES_PATH_BYTES / 2];
    char system[PROGRAM_SYSTEM_BYTES]; /* "": no updates are taken here */
    struct updates_last last;
    bool asked;
    bool tidied; /* what is of no use any more was removed */
    int64_t look_ms;
    struct updates_found incoming; /* in <dir>/incoming; .ver 0: nothing to take */
    struct updates_coming coming;
};

void updates_path(const struct updates *u, char out[UPDATES_PATH_BYTES],
                  const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Looks again at what lies in incoming. */
void updates_look_incoming(struct updates *u);
/* Whether the bytes of a list are signed by the program key. */
bool updates_signed(const struct updates *u, const struct buf *list,
                    const struct buf *signature);

/* How the last one ended, and whether one is asked for. */
void updates_read_last(struct updates *u);

/* updates_place.c: folders of <dir> */

/* Removes the plain files whose names `keep` (NULL: none) does not want. */
void updates_prune(const struct updates *u, const char *folder,
                   bool (*keep)(const struct updates *, const char *name));
/* All of them, and the folder. */
void updates_remove_folder(const struct updates *u, const char *name);
/* "new", which is whole, becomes "incoming". Errors: ERR_CORRUPT. */
NODISCARD enum err updates_put_in_place(struct updates *u);

/* updates_fetch.c */

/* Looks for some milliseconds at what came. Whether it wants to be called again at once. */
bool updates_fetch_tick(struct updates *u);
