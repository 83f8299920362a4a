/* The inside of an open pack, shared by pack.c (folder, signature, objects) and
 * pack_index.c (what the index says). Nobody else includes it. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "lesson/manifest.h"
#include "lesson/pack.h"
#include "lesson/voice_index.h"

/* Found out when it is first wanted: a start shows a page before anything is said. */
struct pack_voices {
    bool read;
    struct voice_index *index; /* NULL: it does not speak */
    struct arena arena;
};

struct pack {
    struct arena arena; /* everything reached from here */
    char *folder;
    item_types types;
    struct buf list; /* manifest.json, cut up by … */
    struct manifest manifest;
    struct pack_info info; /* its lists are the ones below */
    struct pack_module *modules;
    struct pack_lesson *lessons;
    struct pack_list *module_lists, *path_lists;
    const char **objects;        /* of the lessons … */
    const struct pack **holders; /* … and the pack each is in: this one or one beside */
    const char **notes;
    const char *author, *licence; /* may be "" */
    struct pack *beside[PACK_BESIDE_MAX];
    struct pack_beside told[PACK_BESIDE_MAX];
    struct pack_voices *voices;
};

#define PACK_MODULES_MAX 64
#define PACK_LESSONS_MAX 512
#define PACK_PATHS_MAX 8

/* printf into `why`; always ERR_REJECTED. */
enum err pack_refuse(char *why, size_t n_why, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* "lesson m01-b01 is left out: …", for staff. */
void pack_add_note(struct pack *p, const char *id, const char *why);

/* Reads and checks the object of a lesson into `arena`. Errors: ERR_REJECTED,
 * ERR_CORRUPT. */
NODISCARD enum err pack_load_lesson(const struct pack *p, const char *object,
                                    struct arena *arena, struct lesson **out, char *why,
                                    size_t n_why);

/* The object is in the manifest and a file of its size in the folder. */
bool pack_has_object(const struct pack *p, const char *sha256);

/* Every picture of it is in the manifest; NULL is. */
bool pack_has_picture(const struct pack *p, const struct picture *picture);

/* Fills in `p->info` from the index. Errors: ERR_REJECTED. */
NODISCARD enum err pack_index_read(struct pack *p, json_value *index, char *why,
                                   size_t n_why);
