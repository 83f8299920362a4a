/* The inside of struct packs, shared by packs.c (which one is open) and packs_fill.c (how a
 * new one comes). Nobody else includes it. */
#pragma once

#include "app/packs.h"
#include "base/arena.h"
#include "base/hash.h"
#include "base/json.h"
#include "lesson/manifest.h"

/* A pack that stands, or stood, beside the open one. */
struct packs_other {
    char name[PACKS_NAME_BYTES]; /* "canh-bao-3": the newest that came */
    bool on;
};

struct packs {
    char root[PACKS_PATH_BYTES]; /* <data>/packs */
    char bundled[PACKS_PATH_BYTES];
    char folder[PACKS_PATH_BYTES]; /* to open now */
    int64_t folder_floor;
    item_types types;
    struct pack_key keys[PACKS_KEYS_MAX];
    size_t n_keys;
    int64_t floor;
    char current[PACKS_NAME_BYTES], previous[PACKS_NAME_BYTES];
    char refused[PACKS_NAME_BYTES]; /* fell back from it, or it failed its check */
    struct packs_other beside[PACKS_BESIDE_MAX];
    size_t n_beside;
    char trial_of
        [PACKS_NAME_BYTES]; /* the one beside that is on trial; "": the current */
    int trial; /* starts since it is current without a lesson shown; 0: confirmed */
    bool fell_back;

    enum packs_step step;
    enum packs_trouble trouble;
    char source[PACKS_PATH_BYTES]; /* a stick's folder; "": the server */
    char id[PACKS_NAME_BYTES];
    char coming[PACKS_NAME_BYTES];
    char want_manifest[HASH_SHA256_HEX]; /* from the server's word */
    bool have_signature;
    struct arena arena; /* of `manifest` */
    struct manifest manifest;
    bool have_manifest;
    size_t at;          /* of manifest.files */
    struct fetch fetch; /* of the file there, from the server */
};

/* packs_beside.c */
void packs_read_beside(struct packs *p, const json_value *list);
void packs_write_beside(const struct packs *p, struct buf *state);
/* The newest version of that id that stood beside; 0: none did. */
int64_t packs_beside_floor(const struct packs *p, const char *id);
bool packs_stands_beside(const struct packs *p, const char *name);
/* Whether there is room for one of that id. */
bool packs_beside_room(const struct packs *p, const char *id);
/* Takes the place of an older one of its id. There is room. */
void packs_set_beside(struct packs *p, const char *name);
/* The one on trial ended the program too often. */
void packs_drop_trial(struct packs *p);

/* packs_fill.c: the id of the pack that is open */
bool packs_is_open(const struct packs *p, const char *id);

/* packs_sweep.c: removes what is neither open nor kept to go back to. Only while none is
 * open. */
void packs_sweep(const struct packs *p);

/* packs.c */
bool packs_name_ok(const char *name); /* "bdhvs-31": may stand in a path */
NODISCARD enum err packs_write_state(struct packs *p);
void packs_path(const struct packs *p, char out[PACKS_PATH_BYTES], const char *format,
                ...) __attribute__((format(printf, 3, 4)));
int64_t packs_ver_of(const char *name); /* 31 of "bdhvs-31", 0 */
/* Ends what is being filled. */
void packs_fail(struct packs *p, enum packs_trouble trouble);
