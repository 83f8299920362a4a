/* The inside of struct packs, shared by packs.c (which one is open) and packs_fill.c (how a
 * new one comes). Nobody else includes it. */
#pragma once

#include "app/packs.h"
#include "base/arena.h"
#include "base/hash.h"
#include "lesson/manifest.h"

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
    size_t at; /* of manifest.files */
};

/* packs.c */
NODISCARD enum err packs_write_state(struct packs *p);
void packs_path(const struct packs *p, char out[PACKS_PATH_BYTES], const char *format,
                ...) __attribute__((format(printf, 3, 4)));
int64_t packs_ver_of(const char *name); /* 31 of "bdhvs-31", 0 */
/* Ends what is being filled. */
void packs_fail(struct packs *p, enum packs_trouble trouble);
